"""The checks on a load as asset checks, one for each rule and landed table.

Belongs here: which checks the UI shows, and a result as Dagster sees it. Does not belong here:
the rules (``ingest.quality``), checks on the warehouse (dbt tests, which Dagster shows by itself).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import dagster as dg

from ingest.quality import CheckResult, LoadChecker, blocking
from orchestration.layers import WRITER_POOL
from orchestration.resources import House

_SHOWN_SAMPLES = 10


def _key(result: CheckResult) -> tuple[str, str, str]:
    return result.table_name, result.check_name, result.severity


def _check_name(check_name: str, severity: str) -> str:
    return check_name if severity == "error" else f"{check_name}__warning"


@lru_cache(maxsize=1)
def _catalogue() -> dict[tuple[str, str, str], list[CheckResult]]:
    """Every check there is, from having checked nothing."""
    found: dict[tuple[str, str, str], list[CheckResult]] = defaultdict(list)
    for result in LoadChecker(load_id="none", run_id="none").finish():
        found[_key(result)].append(result)
    return dict(found)


def check_specs() -> list[dg.AssetCheckSpec]:
    """A check for each rule of each landed table; a rule over several columns is one check."""
    specs = []
    for (table, name, severity), results in _catalogue().items():
        columns = ", ".join(r.column_name for r in results if r.column_name)
        expected = results[0].expected if len(results) == 1 else f"holds for {columns}"
        specs.append(
            dg.AssetCheckSpec(
                _check_name(name, severity),
                asset=dg.AssetKey(["landing", table]),
                description=f"{name.replace('_', ' ')}: {expected}".capitalize() + ".",
                blocking=severity == "error",
            )
        )
    return specs


def evaluations(results: Iterable[CheckResult]) -> Iterator[dg.AssetCheckResult]:
    """The results of one run, several columns and loads of one rule together."""
    grouped: dict[tuple[str, str, str], list[CheckResult]] = defaultdict(list)
    for result in results:
        grouped[_key(result)].append(result)
    for (table, name, severity), group in grouped.items():
        failed = [r for r in group if not r.is_passed]
        report = [{"column": r.column_name, "expected": r.expected, "observed": r.observed} for r in failed or group]
        samples = [row for r in failed for row in json.loads(r.sample_json)][:_SHOWN_SAMPLES]
        metadata: dict[str, dg.RawMetadataValue] = {
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

    return check_load
