"""All checks as asset checks: three for each source, two for each landed table and one for each table of the
warehouse, with a report of every rule.

Belongs here: which checks the UI shows, and a result as Dagster sees it. Does not belong here: the rules
(``ingest.quality``; of the warehouse dbt's data tests).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import dagster as dg

from claimhouse.briefing.quality import write_quality
from claimhouse.data_tests import data_tests
from ingest.quality import SOURCE_CHECKS, CheckResult, blocking, catalogue
from ingest.settings import Settings
from orchestration.assets.landing import source_key, source_specs
from orchestration.layers import WRITER_POOL
from orchestration.pages import written
from orchestration.resources import House
from orchestration.texts import served

# One event for each of some 280 rules took ten seconds of a refresh, and nobody reads 280 lines:
# the rules of a table and severity are one check, whose report names each that failed.
NAMES = {"error": "load_is_valid", "warning": "load_is_plausible"}
_CONSEQUENCES = {"error": "A failure keeps the load out.", "warning": "A failure is a warning."}
TABLE_CHECK = "rules_hold"
SOURCE_CHECK = "source_is_well"
_SHOWN_SAMPLES = 10

# The one check that blocks: that all the others of severity error passed. Were they to block each by
# itself, those on documents and articles would have to run before the facts are extracted.
SOUND = dg.AssetCheckSpec(
    "load_is_sound",
    asset=dg.AssetKey(["landing", "extractions"]),
    description="Every check of severity error passed on every open load; else none of it is committed.",
    blocking=True,
)


@lru_cache(maxsize=1)
def check_specs() -> list[dg.AssetCheckSpec]:
    """The checks of every landed table, and the one that blocks."""
    rules: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for check in catalogue():
        rules[check.table, check.severity][check.name] += 1
    specs = [
        dg.AssetCheckSpec(
            NAMES[severity],
            asset=dg.AssetKey(["landing", table]),
            description=f"{_counted(names.total())}: {', '.join(names)}. {_CONSEQUENCES[severity]}",
        )
        for (table, severity), names in rules.items()
    ]
    return [*specs, SOUND]


def _counted(rules: int) -> str:
    return "1 rule" if rules == 1 else f"{rules} rules"


def evaluations(results: Iterable[CheckResult]) -> Iterator[dg.AssetCheckResult]:
    """The results of one run, those of one table and severity together."""
    grouped: dict[tuple[str, str], list[CheckResult]] = defaultdict(list)
    for result in results:
        grouped[result.table_name, result.severity].append(result)
    for (table, severity), group in grouped.items():
        yield _evaluation(dg.AssetKey(["landing", table]), NAMES[severity], group)


def table_specs(manifest: Mapping[str, Any]) -> list[dg.AssetCheckSpec]:
    """One check for each table of the warehouse that has data tests."""
    return [
        dg.AssetCheckSpec(
            TABLE_CHECK,
            asset=dg.AssetKey(table),
            description=f"{_counted(len(tests))}: {', '.join(_rules(table, tests))}."
            " A failure keeps the candidate from being published.",
        )
        for table, tests in data_tests(manifest).items()
    ]


def _rules(table: str, tests: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What each data test of a table asks, once, with the columns that it is asked of.

    dbt's own names hold the table and every argument too.
    """
    columns: dict[str, list[str]] = {}
    for test in tests:
        of = columns.setdefault(test["name"].partition(f"_{table}")[0], [])
        if test.get("column_name"):
            of.append(test["column_name"])
    for rule, of in columns.items():
        yield f"{rule} ({', '.join(of)})" if of else rule


def table_evaluations(manifest: Mapping[str, Any], results: Iterable[CheckResult]) -> Iterator[dg.AssetCheckResult]:
    """The results of one run on the warehouse, those of one table together; tests that did not run have not passed."""
    grouped: dict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        grouped[result.table_name].append(result)
    for table, tests in data_tests(manifest).items():
        yield _evaluation(dg.AssetKey(table), TABLE_CHECK, grouped[table], len(tests))


def _evaluation(key: dg.AssetKey, name: str, group: list[CheckResult], rules: int | None = None) -> dg.AssetCheckResult:
    failed = [r for r in group if not r.is_passed]
    metadata: dict[str, Any] = {
        "rules": len(group),
        "rules_failed": len(failed),
        "rows_failed": sum(r.failed_rows or 0 for r in failed),
        "report": dg.MetadataValue.md(_report(failed or group)),
    }
    if failed:
        rows = {r.label: json.loads(r.sample_json)[:_SHOWN_SAMPLES] for r in failed}
        metadata["failing_rows"] = dg.MetadataValue.json(rows)
    is_error = rules is not None or any(r.severity == "error" for r in group)
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=not failed and len(group) == (rules or len(group)),
        severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def _report(results: list[CheckResult]) -> str:
    lines = ["| rule | column | expected | observed |", "|---|---|---|---|"]
    for r in results:
        cells = (r.check_name, r.column_name or "", r.expected, r.observed)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


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
        failed = sum(not r.is_passed for r in results)
        context.log.info(f"{len(results)} checks, {failed} failed, {len(bad)} of them blocking")
        yield from evaluations(results)
        paths = written(context.log, "the page of the checks", lambda: write_quality(house.settings, results)) or []
        pages: dict[str, dg.MetadataValue[Any]] = {}
        for path in paths:
            pages |= served(f"/quality/{path.stem}", path.stem)
        yield dg.AssetCheckResult(
            asset_key=SOUND.asset_key,
            check_name=SOUND.name,
            passed=not bad,
            metadata={"checks": len(results), "blocking_failures": [r.label for r in bad], **pages},
        )

    return check_load


def source_checks(settings: Settings) -> list[dg.AssetChecksDefinition]:
    """The step that checks the sources once they were read; a failure is seen, and keeps nothing out."""
    expected = "; ".join(f"{check}: {said}" for check, said in SOURCE_CHECKS.items())
    specs = [
        dg.AssetCheckSpec(
            SOURCE_CHECK,
            asset=spec.key,
            description=f"Expected: {expected}.",
            additional_deps=[dg.AssetKey(["landing", "documents"])],
        )
        for spec in source_specs(settings)
    ]
    if not specs:
        return []

    @dg.multi_asset_check(
        name="check_sources",
        specs=specs,
        can_subset=True,
        pool=WRITER_POOL,
        description="Check that every source answers, is not silent, and brings what it usually brings.",
    )
    def check_sources(context: dg.AssetCheckExecutionContext, house: House) -> Iterator[dg.AssetCheckResult]:
        by_source: dict[str, list[CheckResult]] = defaultdict(list)
        for result in house.loads.check_sources():
            by_source[str(result.column_name)].append(result)
            if not result.is_passed:
                context.log.warning(f"source {result.column_name}: {result.check_name} failed: {result.observed}")
        yield from source_evaluations(by_source)

    return [check_sources]


def source_evaluations(by_source: Mapping[str, list[CheckResult]]) -> Iterator[dg.AssetCheckResult]:
    """The results of one run on the sources, those of one source together."""
    for source, results in by_source.items():
        failed = [r for r in results if not r.is_passed]
        is_error = any(r.severity == "error" for r in failed)
        yield dg.AssetCheckResult(
            asset_key=source_key(source),
            check_name=SOURCE_CHECK,
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
            description="; ".join(f"{r.check_name} failed: {r.observed}" for r in failed) or None,
            metadata={r.check_name: r.observed for r in results},
        )
