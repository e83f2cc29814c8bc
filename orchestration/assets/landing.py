"""The landing layer: documents in, facts out, the load committed.

Belongs here: three steps as assets, and what the UI shows of them. Does not belong here: how any
of it is done (``ingest.loads``).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import dagster as dg

from claimhouse.publishing import LostLoadError
from claimhouse.reporting import blocked_loads
from ingest.files import DamagedError
from ingest.intake import IntakeReport
from ingest.loads import BlockedError
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import EXTRACTED, INGESTED, Table
from orchestration.layers import LANDING, OWNERS, SOURCES, WRITER_POOL
from orchestration.previews import preview
from orchestration.resources import House
from orchestration.texts import plain, served

LOADS = dg.AssetKey(["landing", "loads"])
CHECKS = dg.AssetKey(["landing", "checks"])
_PARQUET = {"parquet", "python"}


def landing_key(table: Table) -> dg.AssetKey:
    """The key of a landed table, equal to that of the dbt source."""
    return dg.AssetKey(["landing", table.name])


def _spec(table: Table, deps: list[dg.AssetKey]) -> dg.AssetSpec:
    return dg.AssetSpec(
        landing_key(table),
        deps=deps,
        description=plain(table.doc),
        metadata=columns_of(table),
        group_name=LANDING,
        kinds=_PARQUET,
        owners=OWNERS,
    )


def columns_of(table: Table) -> dict[str, dg.TableSchema]:
    """The columns of a landed table, with their types and texts, as the catalog of the UI shows them."""
    columns = [
        dg.TableColumn(
            column.name,
            str(column.type),
            column.doc,
            constraints=dg.TableColumnConstraints(nullable=column.is_nullable, unique=column.name == table.key),
        )
        for column in table.columns
    ]
    return {"dagster/column_schema": dg.TableSchema(columns=columns)}


def _commit_spec(key: dg.AssetKey, description: str, kinds: set[str]) -> dg.AssetSpec:
    """What a commit makes, or not: with nothing to publish it is skipped, and all behind it."""
    return dg.AssetSpec(
        key,
        deps=[landing_key(t) for t in (*INGESTED, *EXTRACTED)],
        skippable=True,
        description=description,
        group_name=LANDING,
        kinds=kinds,
        owners=OWNERS,
    )


class IntakeConfig(dg.Config):
    """What the run takes in: new documents, or known articles anew."""

    reextract: bool = False
    published_from: str | None = None
    published_to: str | None = None


def source_key(name: str) -> dg.AssetKey:
    """The key of a source of that name."""
    return dg.AssetKey(["sources", name])


def source_specs(settings: Settings) -> list[dg.AssetSpec]:
    """One asset for each enabled source: where documents come from. It is up to date when it has been read."""
    return [
        dg.AssetSpec(
            source_key(source.name),
            description=f"Documents of kind {source.kind}" + (f" by {source.publisher}." if source.publisher else "."),
            group_name=SOURCES,
            kinds={source.kind},
            owners=OWNERS,
            # taking known facts anew reads no source
            skippable=True,
        )
        for source in load_sources(settings.sources_file, settings)
        if source.is_enabled
    ]


def landing_assets(settings: Settings) -> list[dg.AssetsDefinition]:
    """The steps from documents to a committed load."""
    sources = source_specs(settings)

    @dg.multi_asset(
        name="read_documents",
        specs=[*sources, *(_spec(table, [source.key for source in sources]) for table in INGESTED)],
        pool=WRITER_POOL,
        description="Read what is new in every source; each document is loaded, a duplicate, or rejected.",
    )
    def read_documents(
        context: dg.AssetExecutionContext, config: IntakeConfig, house: House
    ) -> Iterator[dg.MaterializeResult[None]]:
        if config.reextract:
            days = (date.fromisoformat(d) if d else None for d in (config.published_from, config.published_to))
            load = house.loads.plan_reextraction(*days)
            context.log.info(f"re-extraction: {load.load_id if load else 'every article is up to date'}")
            yield from _materialized(house, INGESTED)
            return
        report = house.loads.read_new()
        house.keep()
        counts = {outcome: report.total(outcome) for outcome in ("loaded", "duplicate", "rejected")}
        context.log.info(f"{report.documents_read} documents read: {counts}")
        for name, problem in report.source_problems.items():
            context.log.warning(f"source {name} failed: {problem}")
        facts = {
            **counts,
            "load_id": report.load.load_id if report.load else "none",
            **_problems(report.source_problems),
        }
        for source in sources:
            yield dg.MaterializeResult(asset_key=source.key, metadata=_read_from(source.key.path[-1], report))
        yield from _materialized(house, INGESTED, facts)

    @dg.multi_asset(
        name="extract_facts",
        specs=[_spec(table, [landing_key(t) for t in INGESTED]) for table in EXTRACTED],
        pool=WRITER_POOL,
        description="Find claims, event mentions, figures, dates and locations in the articles of every open load.",
    )
    def extract_facts(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        def told(done: int, total: int) -> None:
            house.keep()
            context.log.info(f"{done} of {total} shards extracted")

        house.loads.extract(told)
        yield from _materialized(house, EXTRACTED)

    @dg.multi_asset(
        name="commit_load",
        specs=[
            _commit_spec(LOADS, "The manifests that commit loads: one a load, with its sums.", {"json", "python"}),
            _commit_spec(CHECKS, "Results of every check of every run, also of the loads that were refused.", _PARQUET),
        ],
        pool=WRITER_POOL,
        description="Commit the loads that passed their checks. With nothing new to publish, what follows is skipped.",
    )
    def commit_load(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        try:
            committed = house.loads.commit()
        except BlockedError:
            blocked = blocked_loads(house.settings)
            pages: dict[str, dg.UrlMetadataValue] = {}
            for one in blocked:
                pages |= served(f"/quality/{one.load_id}", one.load_id)
            raise dg.Failure("\n".join(map(str, blocked)), metadata=pages, allow_retries=False) from None
        house.keep()
        for load in committed:
            context.log.info(f"load {load.load_id} is committed")
        try:
            plan = house.publisher.plan()
        except (LostLoadError, DamagedError) as problem:
            raise dg.Failure(str(problem), allow_retries=False) from None
        if not plan.is_needed:
            context.log.info("nothing to publish")
            return
        names = [load.load_id for load in plan.loads]
        yield dg.MaterializeResult(asset_key=LOADS, metadata={"loads": names})
        yield dg.MaterializeResult(asset_key=CHECKS)

    return [read_documents, extract_facts, commit_load]


def _materialized(
    house: House, tables: Iterable[Table], facts: dict[str, Any] | None = None
) -> Iterator[dg.MaterializeResult[None]]:
    counts, new = house.loads.row_counts(), house.loads.open_row_counts()
    for table in tables:
        metadata = {
            "dagster/row_count": counts[table.name],
            "new_rows": new[table.name],
            **preview(house.loads, table),
            **(facts or {}),
        }
        yield dg.MaterializeResult(asset_key=landing_key(table), metadata=metadata)


def _read_from(source: str, report: IntakeReport) -> dict[str, Any]:
    """What one source brought in this run."""
    outcomes = {outcome: n for (name, outcome), n in sorted(report.outcomes.items()) if name == source}
    problem = report.source_problems.get(source)
    return {"documents_read": sum(outcomes.values()), **outcomes, **({"problem": problem} if problem else {})}


def _problems(problems: dict[str, str]) -> dict[str, Any]:
    return {"source_problems": dg.MetadataValue.json(problems)} if problems else {}
