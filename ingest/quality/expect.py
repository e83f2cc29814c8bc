"""Great Expectations: suites made of checks, run on pandas frames.

Belongs here: everything that knows that library, which is imported only when there is something
to check (its import takes seconds). Does not belong here: what is checked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.garbage import without_garbage_collection
from ingest.late import Late
from ingest.quality.checks import Check

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 10
_YES_OR_NO = ("holds", "not_null")
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
        _taken_for_absent("pyspark", "sqlalchemy", "boto3"),
        _left_for_later("altair", "scipy.stats"),
    ):
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


@contextmanager
def _taken_for_absent(*libraries: str) -> Iterator[None]:
    """Meanwhile these libraries count as not installed, whether or not somebody has imported them already."""
    imported = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] in libraries}
    sys.modules.update(dict.fromkeys(libraries))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for library in libraries:
            del sys.modules[library]
        sys.modules.update(imported)


@contextmanager
def _left_for_later(*modules: str) -> Iterator[None]:
    """Meanwhile importing one of these modules gives a stand-in, unless somebody has imported it already."""
    stands = {}
    for name in modules:
        package, _, inner = name.partition(".")
        if name not in sys.modules and package not in sys.modules:
            stands[package] = Late(package)
            if inner:
                setattr(stands[package], inner, Late(name))
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name, stand in stands.items():
            if sys.modules.get(name) is stand:
                del sys.modules[name]


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


def run(name: str, checks: Sequence[Check], frame: pd.DataFrame) -> list[Outcome]:
    """The outcome of each check on a frame whose index is 0, 1, 2 …

    First only whether they hold, those that ask each row for yes or no all at once; then once more, each by itself and
    at length, those that do not.
    """
    if not checks:
        return []
    joined = tuple(c for c in checks if c.kind in _YES_OR_NO)
    every = Check(table=checks[0].table, name="all_at_once", kind="holds", expected="every row passes all of these")
    single = tuple(c for c in checks if c.kind not in _YES_OR_NO)
    frame_with_every = frame.assign(**{every.looks_at: _pass_all(joined, frame)})
    first = _validate(name, (every, *single), frame_with_every, "BOOLEAN_ONLY")
    failed = () if first[0].success else joined
    failed += tuple(c for c, r in zip(single, first[1:], strict=True) if not r.success)
    at_length = dict(zip(failed, _validate(f"{name} again", failed, frame, _AT_LENGTH), strict=True)) if failed else {}
    return [_outcome(at_length[c], frame) if c in at_length else Outcome(0, []) for c in checks]


def _pass_all(checks: Sequence[Check], frame: pd.DataFrame) -> Any:
    """For each row whether it passes all of these checks, which ask for yes or no."""
    passing: Any = True
    for check in checks:
        column = frame[check.looks_at]
        # as the library has it: null is neither yes nor no, and passes what is not about nulls
        passing &= column.notna() if check.kind == "not_null" else column.isin([True]) | column.isna()
    return passing


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
