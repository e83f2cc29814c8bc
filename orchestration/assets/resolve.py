"""The resolve layer: what is one thing across articles, found anew for what each load touches.

Belongs here: the step as an asset. Does not belong here: how it is done (``ingest.resolve``).
"""

from collections.abc import Iterator

import dagster as dg

from ingest.resolve.steps import Resolution
from ingest.resolve.tables import RESOLVED
from orchestration.assets.landing import LOADS, columns_of, landing_key
from orchestration.layers import LANDING, OWNERS, WRITER_POOL
from orchestration.resources import House
from orchestration.texts import plain


def resolve_assets() -> list[dg.AssetsDefinition]:
    """The one step that joins the mentions of the committed loads to events, and relates their statements."""

    @dg.multi_asset(
        name="resolve_events",
        specs=[
            dg.AssetSpec(
                landing_key(table),
                deps=[LOADS],
                description=plain(table.doc),
                metadata=columns_of(table),
                group_name=LANDING,
                kinds={"parquet", "python"},
                owners=OWNERS,
            )
            for table in RESOLVED
        ],
        pool=WRITER_POOL,
        description="Join the event mentions of the committed loads to events, and relate their statements.",
    )
    def resolve_events(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        resolution = Resolution(house.loads.landing, house.settings.state_dir)
        made = resolution.run(lambda done, total: context.log.info(f"{done} of {total} loads resolved"))
        counts = resolution.row_counts(made)
        for table in RESOLVED:
            yield dg.MaterializeResult(
                asset_key=landing_key(table), metadata={"steps": len(made), "new_rows": counts[table.name]}
            )

    return [resolve_events]
