"""The warehouse layer: dbt builds the candidate, and one rename publishes it.

Belongs here: the dbt assets and the published file as assets. Does not belong here: the models
(``dbt_project``), the candidate and the rename (``claimhouse.publishing``).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import pyarrow.parquet as pq
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

from claimhouse.building import Builder, BuildError, Outcome
from ingest.home import home
from ingest.quality import write_results
from orchestration.dbt import BUILD, Translator, dbt_arguments, dbt_environment, remove_old_runs
from orchestration.dbt_results import check_results, failures, is_of_machine
from orchestration.layers import OWNERS, PUBLISHED, WRITER_POOL
from orchestration.resources import House

WAREHOUSE = dg.AssetKey("claimhouse_duckdb")
_DRAWN = (
    *("dim_articles", "fct_claims", "fct_event_mentions", "fct_figures", "fct_dates", "fct_locations"),
    *("events", "relations", "ops_rejected"),
)


def warehouse_assets(project: DbtProject) -> list[dg.AssetsDefinition]:
    """The dbt assets, all in one call of dbt, and the published file behind them."""

    @dbt_assets(
        manifest=project.manifest_path,
        project=project,
        name=BUILD,
        dagster_dbt_translator=Translator(),
        pool=WRITER_POOL,
    )
    def build_candidate(context: dg.AssetExecutionContext, house: House, dbt: DbtCliResource) -> Iterator[Any]:
        tried = _Tries(context, house, dbt)
        builder = Builder(house.publisher, house.loads.landing, tried.build, context.run.run_id)
        try:
            loads = builder.run()
        except BuildError as problem:
            # what a failed build has made is never published, so it is no materialization
            yield from (event for event in tried.events if not isinstance(event, dg.Output))
            raise dg.Failure(str(problem), allow_retries=False) from None
        context.log.info(f"{len(loads)} loads were added to the candidate")
        counts = house.publisher.candidate_rows()
        yield from (_with_rows(context, event, counts) for event in tried.events)

    @dg.asset(
        key=WAREHOUSE,
        deps=list(build_candidate.keys),
        group_name=PUBLISHED,
        kinds={"duckdb"},
        owners=OWNERS,
        pool=WRITER_POOL,
        description="The one file that people query, replaced in one rename.",
    )
    def claimhouse_duckdb(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult[None]:
        checks = pq.read_table(house.loads.checks_file("warehouse"))
        counts = house.publisher.publish(context.run.run_id, checks)
        lines = ["| table | rows |", "|---|---:|", *(f"| {name} | {rows:,} |" for name, rows in counts.items())]
        path = str(house.publisher.warehouse_path)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(path),
                "rows": dg.MetadataValue.md("\n".join(lines)),
                # numbers of their own, which the UI draws over all refreshes
                **{name: counts[name] for name in _DRAWN if name in counts},
            }
        )

    return [build_candidate, claimhouse_duckdb]


class _Tries:
    """Runs of dbt on whatever the publisher has laid out; what the last one told Dagster is in ``events``."""

    def __init__(self, context: dg.AssetExecutionContext, house: House, dbt: DbtCliResource) -> None:
        self._context, self._house, self._dbt = context, house, dbt
        self.events: list[Any] = []

    def build(self) -> Outcome:
        publisher = self._house.publisher
        remove_old_runs(home().dbt_target_dir)
        with dbt_environment(publisher):
            invocation = self._dbt.cli(dbt_arguments(publisher.dbt_vars), context=self._context, raise_on_error=False)
            # held until dbt is done: before, nobody else may open the file to count its rows
            self.events = list(invocation.stream())
        if not (invocation.target_path / "run_results.json").exists():
            return Outcome((f"dbt ended without results: {_last_line(invocation.get_error())}",), is_of_machine=True)
        artifacts = invocation.get_artifact("run_results.json"), invocation.manifest
        # results of a refused candidate count too: they say why yesterday's file is still there
        results = check_results(*artifacts, self._context.run.run_id)
        write_results(self._house.loads.checks_file("warehouse"), results)
        told = failures(*artifacts)
        if not told and not invocation.is_successful():
            told = [f"dbt failed: {_last_line(invocation.get_error())}"]
        return Outcome(tuple(told), is_of_machine(told))


def _last_line(problem: Exception | None) -> str:
    lines = [line.strip() for line in str(problem or "").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


def _with_rows(context: dg.AssetExecutionContext, event: Any, counts: dict[str, int]) -> Any:
    """The event of a table with its number of rows; any other as it is."""
    if not isinstance(event, dg.Output):
        return event
    rows = counts.get(context.asset_key_for_output(event.output_name).path[-1])
    metadata: dict[str, Any] = dict(event.metadata)
    if rows is not None:
        metadata["dagster/row_count"] = rows
    return dg.Output(value=event.value, output_name=event.output_name, metadata=metadata)
