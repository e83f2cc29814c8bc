"""The checks on a load as asset checks, one for each rule and landed table.

Belongs here: which checks the UI shows, and a result as Dagster sees it. Does not belong here:
the rules (``ingest.quality``), checks on the warehouse (dbt tests, which Dagster shows by itself).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import dagster as dg

from ingest.quality import Check, CheckResult, blocking, catalogue
from orchestration.layers import WRITER_POOL
from orchestration.resources import House

_SHOWN_SAMPLES = 10


# The one check that blocks: that all the others of severity error passed. Were they to block each by
# itself, those on documents and articles would have to run before the facts are extracted.
SOUND = dg.AssetCheckSpec(
    "load_is_sound",
    asset=dg.AssetKey(["landing", "extractions"]),
    description="Every check of severity error passed on every open load; else none of it is committed.",
    blocking=True,
)

# table, name of the rule, severity
_Key = tuple[str, str, str]


def _check_name(check_name: str, severity: str) -> str:
    return check_name if severity == "error" else f"{check_name}__warning"


@lru_cache(maxsize=1)
def _catalogue() -> dict[_Key, list[Check]]:
    """Every rule that there is, with its checks: one, or one for each column that it is about."""
    found: dict[_Key, list[Check]] = defaultdict(list)
    for check in catalogue():
        found[check.table, check.name, check.severity].append(check)
    return dict(found)


def check_specs() -> list[dg.AssetCheckSpec]:
    """A check for each rule of each landed table; a rule over several columns is one check."""
    specs = []
    for (table, name, severity), checks in _catalogue().items():
        columns = ", ".join(c.column for c in checks if c.column)
        expected = checks[0].expected if len(checks) == 1 else f"holds for {columns}"
        specs.append(
            dg.AssetCheckSpec(
                _check_name(name, severity),
                asset=dg.AssetKey(["landing", table]),
                description=_described(name, expected, severity),
            )
        )
    return [*specs, SOUND]


def _described(name: str, expected: str, severity: str) -> str:
    consequence = "A failure keeps the load out." if severity == "error" else "A failure is a warning."
    return f"{name.replace('_', ' ').capitalize()}: {expected}. {consequence}"


def evaluations(results: Iterable[CheckResult]) -> Iterator[dg.AssetCheckResult]:
    """The results of one run, several columns and loads of one rule together."""
    grouped: dict[_Key, list[CheckResult]] = defaultdict(list)
    for result in results:
        grouped[result.table_name, result.check_name, result.severity].append(result)
    for (table, name, severity), group in grouped.items():
        failed = [r for r in group if not r.is_passed]
        report = [{"column": r.column_name, "expected": r.expected, "observed": r.observed} for r in failed or group]
        samples = [row for r in failed for row in json.loads(r.sample_json)][:_SHOWN_SAMPLES]
        metadata: dict[str, Any] = {
            "report": dg.MetadataValue.json(report),
            "rows_checked": sum(r.checked_rows or 0 for r in group),
            "rows_failed": sum(r.failed_rows or 0 for r in group),
        }
        if samples:
            metadata["failing_rows"] = dg.MetadataValue.json(samples)
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(["landing", table]),
            check_name=_check_name(name, severity),
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if severity == "error" else dg.AssetCheckSeverity.WARN,
            metadata=metadata,
        )


def load_checks() -> dg.AssetChecksDefinition:
    """The one step that checks the open loads; a failed check of severity error keeps them out."""

    @dg.multi_asset_check(
        name="check_load",
        specs=check_specs(),
        can_subset=True,
        pool=WRITER_POOL,
        description="Check every open load before it is committed.",
    )
    def check_load(context: dg.AssetCheckExecutionContext, house: House) -> Iterator[dg.AssetCheckResult]:
        results = house.loads.audit()
        bad = blocking(results)
        context.log.info(
            f"{len(results)} checks, {sum(not r.is_passed for r in results)} failed, {len(bad)} of them blocking"
        )
        shown = {(spec.asset_key, spec.name) for spec in check_specs()}
        for evaluation in evaluations(results):
            if (evaluation.asset_key, evaluation.check_name) in shown:
                yield evaluation
        yield dg.AssetCheckResult(
            asset_key=SOUND.asset_key,
            check_name=SOUND.name,
            passed=not bad,
            metadata={"checks": len(results), "blocking_failures": [r.label for r in bad]},
        )

    return check_load
