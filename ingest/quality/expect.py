"""Great Expectations: suites made of checks, run on pandas frames.

Belongs here: everything that knows that library, which is imported only when there is something
to check (its import takes seconds). Does not belong here: what is checked.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.garbage import without_garbage_collection
from ingest.late import left_for_later, taken_for_absent
from ingest.quality.checks import Check

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 10
_BRIEFLY = "BOOLEAN_ONLY"
_AT_LENGTH = {"result_format": "SUMMARY", "partial_unexpected_count": SAMPLE_ROWS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found in one frame: how many rows fail, and where the first of them stand.

    ``error`` is set where the check itself could not be run, which counts as a failure.
    """

    failed: int
    places: list[int]
    error: str | None = None


@lru_cache(maxsize=1)
def _context() -> Any:
    """The one context of the process: in memory, silent, without telemetry."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # its other engines, all of which it imports to check frames of pandas, and what two of its expectations compute
    # and draw: a second and a half at each refresh
    with (
        without_garbage_collection(is_all_kept=True),
        taken_for_absent("pyspark", "sqlalchemy", "boto3", "botocore"),
        left_for_later("altair", "scipy.stats"),
    ):
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


def warm_up() -> None:
    """Import the library. May run in a thread while other processes work."""
    _context()


@lru_cache(maxsize=1)
def _batch_definition() -> Any:
    """One for all frames: for each that is made, the library writes down all that it knows of."""
    source = _context().data_sources.add_pandas("loads")
    return source.add_dataframe_asset("frames").add_batch_definition_whole_dataframe("all")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Any]:
    """The class of expectation for each kind of check.

    The library asks an expectation for its configuration some seventy times a run, and works it out each time: that
    was half of what checking a small load took. These keep it; nothing changes an expectation once it is made.
    """
    from great_expectations.compatibility.pydantic import PrivateAttr
    from great_expectations.expectations import core

    def keeping(base: Any) -> Any:
        def configuration(self: Any) -> Any:
            if self._kept is None:
                self._kept = base.configuration.fget(self)
            return self._kept

        members = {"_kept": PrivateAttr(default=None), "configuration": property(configuration), "__module__": __name__}
        return type(base)(f"Kept{base.__name__}", (base,), members)

    kinds: Any = core
    in_set = keeping(kinds.ExpectColumnValuesToBeInSet)
    between = keeping(kinds.ExpectColumnValuesToBeBetween)
    not_null = keeping(kinds.ExpectColumnValuesToNotBeNull)
    return {"not_null": not_null, "codes": in_set, "limits": between, "holds": in_set}


def _expectation(check: Check, number: int) -> Any:
    given: dict[str, Any] = {
        "column": check.looks_at,
        "severity": "critical" if check.severity == "error" else "warning",
        "notes": check.expected,
        "meta": {"number": number},
    }
    match check.kind:
        case "codes":
            given["value_set"] = list(check.codes)
        case "limits":
            given |= {"min_value": check.low, "max_value": check.high}
        case "holds":
            given["value_set"] = [True]
    return _kinds()[check.kind](**given)


@lru_cache(maxsize=64)
def _suite(name: str, checks: tuple[Check, ...]) -> Any:
    import great_expectations as gx

    _context()
    return gx.ExpectationSuite(name=name, expectations=[_expectation(c, i) for i, c in enumerate(checks)])


@dataclass(frozen=True, slots=True)
class Look:
    """Checks to be run on a frame whose index is 0, 1, 2 …; ``name`` is that of their suite."""

    name: str
    checks: Sequence[Check]
    frame: pd.DataFrame


def run(looks: Sequence[Look]) -> list[list[Outcome]]:
    """The outcome of each check of each look.

    A validation costs as much as some ten thousand rows. So first one asks whether each row passes all that is asked of
    it, whichever frame it stands in; where one does not, its checks are asked once more, each by itself and at length.
    """
    passing = [[_passing(check, look.frame) for check in look.checks] for look in looks]
    if _all_pass(passing):
        return [[Outcome(0, [])] * len(look.checks) for look in looks]
    return [_at_length(look, masks) for look, masks in zip(looks, passing, strict=True)]


def _passing(check: Check, frame: pd.DataFrame) -> Any:
    """For each row whether it passes; as the library has it, a null passes what is not about nulls."""
    import numpy as np

    column = frame[check.looks_at]
    try:
        match check.kind:
            case "not_null":
                return column.notna().to_numpy()
            case "limits":
                low, high = check.low, check.high
                known = column[column.notna()]
                within = known.between(-np.inf if low is None else low, np.inf if high is None else high)
                return within.reindex(column.index, fill_value=True).to_numpy()
            case "codes":
                return (column.isin(check.codes) | column.isna()).to_numpy()
            case "holds":
                return (column.isin([True]) | column.isna()).to_numpy()
    except TypeError:
        # values that cannot be compared: the library says so
        return np.zeros(len(frame), dtype=bool)


def _all_pass(passing: list[list[Any]]) -> bool:
    import numpy as np
    import pandas as pd

    every = Check(table="all", name="all_at_once", kind="holds", expected="every row passes all of its checks")
    rows = [np.logical_and.reduce(masks) for masks in passing if masks]
    if not sum(map(len, rows)):
        return True
    return bool(
        _validate(every.name, (every,), pd.DataFrame({every.looks_at: np.concatenate(rows)}), _BRIEFLY)[0].success
    )


def _at_length(look: Look, passing: list[Any]) -> list[Outcome]:
    failed = tuple(check for check, mask in zip(look.checks, passing, strict=True) if not mask.all())
    found = _validate(look.name, failed, look.frame, _AT_LENGTH) if failed else []
    outcomes = {check: _outcome(result, look.frame) for check, result in zip(failed, found, strict=True)}
    return [outcomes.get(check, Outcome(0, [])) for check in look.checks]


def _validate(name: str, checks: tuple[Check, ...], frame: pd.DataFrame, result_format: Any) -> list[Any]:
    """The library's own results, in the order of the checks."""
    batch = _batch_definition().get_batch({"dataframe": frame})
    results = batch.validate(_suite(name, checks), result_format=result_format).results
    return sorted(results, key=lambda r: r.expectation_config.meta["number"])


def _outcome(result: Any, frame: pd.DataFrame) -> Outcome:
    if "unexpected_count" not in result.result:
        return Outcome(len(frame), [], _message(result.exception_info))
    places = [int(i) for i in result.result.get("partial_unexpected_index_list") or []]
    return Outcome(int(result.result["unexpected_count"]), places[:SAMPLE_ROWS])


def _message(info: Any) -> str:
    """The first message in what the library tells of an exception, which comes in two shapes."""
    if isinstance(info, dict):
        if info.get("exception_message"):
            return str(info["exception_message"])
        for value in info.values():
            if isinstance(value, dict) and value.get("exception_message"):
                return str(value["exception_message"])
    return "the check could not be run"
