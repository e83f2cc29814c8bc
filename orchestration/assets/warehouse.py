"""The warehouse layer: dbt builds the candidate, and one rename publishes it.

Belongs here: the dbt assets and the published file as assets. Does not belong here: the models
(``dbt_project``), the candidate and the rename (``claimhouse.publishing``).
"""

from collections.abc import Iterator

import dagster as dg
import pyarrow.parquet as pq
from dagster_dbt import build_dbt_asset_specs

from claimhouse.building import Builder, BuildError, Outcome
from claimhouse.data_tests import broken_rules, run_data_tests
from claimhouse.reporting import Aside, loads_aside
from ingest.quality import CheckResult, write_results
from orchestration.checks import table_evaluations, table_specs
from orchestration.dbt import CompiledProject, Translator, run_dbt
from orchestration.dbt_results import failures, is_of_machine, succeeded
from orchestration.layers import OWNERS, PUBLISHED, WRITER_POOL
from orchestration.resources import House
from orchestration.texts import served

WAREHOUSE = dg.AssetKey("claimhouse_duckdb")
NONE_ASIDE = "no_load_is_set_aside"
_DRAWN = (
    *("dim_articles", "fct_claims", "fct_event_mentions", "fct_figures", "fct_dates", "fct_locations"),
    *("events", "relations", "ops_rejected"),
)
_Event = dg.MaterializeResult[None] | dg.AssetCheckResult


def warehouse_assets(compiled: CompiledProject) -> list[dg.AssetsDefinition]:
    """The dbt assets, all in one call of dbt, and the published file behind them."""
    specs = build_dbt_asset_specs(
        manifest=compiled.manifest, project=compiled.project, dagster_dbt_translator=Translator()
    )

    @dg.multi_asset(
        name="build_candidate",
        specs=specs,
        check_specs=table_specs(compiled.manifest),
        pool=WRITER_POOL,
        description="Build every table in the candidate with dbt, and ask the candidate dbt's data tests.",
    )
    def build_candidate(context: dg.AssetExecutionContext, house: House) -> Iterator[_Event]:
        tried = _Tries(house, compiled, context.run.run_id)
        builder = Builder(house.publisher, house.loads.landing, tried.build, context.run.run_id)
        try:
            loads = builder.run()
        except BuildError as problem:
            # what a failed build has made is never published, so it is no materialization
            yield from table_evaluations(compiled.manifest, tried.rules)
            raise dg.Failure(str(problem), allow_retries=False) from None
        context.log.info(f"{len(loads)} loads were added to the candidate")
        counts = house.publisher.candidate_rows()
        for name in tried.built:
            metadata = {"dagster/row_count": counts[name]} if name in counts else {}
            yield dg.MaterializeResult(asset_key=dg.AssetKey(name), metadata=metadata)
        yield from table_evaluations(compiled.manifest, tried.rules)

    @dg.asset(
        key=WAREHOUSE,
        deps=list(build_candidate.keys),
        group_name=PUBLISHED,
        kinds={"duckdb"},
        owners=OWNERS,
        pool=WRITER_POOL,
        description="The one file that people query, replaced in one rename.",
        check_specs=[
            dg.AssetCheckSpec(
                NONE_ASIDE,
                asset=WAREHOUSE,
                description="Every committed load is in the warehouse. One that cannot be built is left out of it until"
                " somebody decides; a failure is a warning.",
            )
        ],
    )
    def claimhouse_duckdb(context: dg.AssetExecutionContext, house: House) -> Iterator[_Event]:
        checks = pq.read_table(house.loads.checks_file("warehouse"))
        counts = house.publisher.publish(context.run.run_id, checks)
        house.keep()
        lines = ["| table | rows |", "|---|---:|", *(f"| {name} | {rows:,} |" for name, rows in counts.items())]
        path = str(house.publisher.warehouse_path)
        yield dg.MaterializeResult(
            metadata={
                **served(),
                "path": dg.MetadataValue.path(path),
                "rows": dg.MetadataValue.md("\n".join(lines)),
                # numbers of their own, which the UI draws over all refreshes
                **{name: counts[name] for name in _DRAWN if name in counts},
            },
        )
        yield none_aside(loads_aside(house.settings))

    return [build_candidate, claimhouse_duckdb]


def none_aside(aside: list[Aside]) -> dg.AssetCheckResult:
    """The check that no load is set aside, with each that is, why, and the ways on."""
    return dg.AssetCheckResult(
        asset_key=WAREHOUSE,
        check_name=NONE_ASIDE,
        passed=not aside,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"loads_set_aside": len(aside), **{one.load_id: dg.MetadataValue.text(str(one)) for one in aside}},
    )


class _Tries:
    """Runs of dbt on whatever the publisher has laid out.

    Of the last one, ``built`` are the tables and views in the order in which dbt built them, and ``rules`` is what the
    data tests found.
    """

    def __init__(self, house: House, compiled: CompiledProject, run_id: str) -> None:
        self._house, self._compiled, self._run_id = house, compiled, run_id
        self.built: list[str] = []
        self.rules: list[CheckResult] = []

    def build(self) -> Outcome:
        publisher, manifest = self._house.publisher, self._compiled.manifest
        run = run_dbt(publisher, self._compiled)
        if run.results is None:
            return Outcome((f"dbt ended without results: {run.last_line}",), is_of_machine=True)
        told = failures(run.results, manifest)
        if not told and not run.is_successful:
            told = [f"dbt failed: {run.last_line}"]
        built = succeeded(run.results)
        self.built = [manifest["nodes"][unique_id]["name"] for unique_id in built]
        # also of a build that failed: a rule that is broken may be why
        self.rules = run_data_tests(manifest, publisher.candidate_path, built, self._run_id, publisher.candidate_config)
        # results of a refused candidate count too: they say why yesterday's file is still there
        write_results(self._house.loads.checks_file("warehouse"), self.rules)
        told += broken_rules(self.rules)
        return Outcome(tuple(told), is_of_machine(told))
