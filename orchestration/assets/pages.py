"""The pages layer: what a refresh writes for people to read.

Belongs here: the briefing as an asset. Does not belong here: what is on it (``claimhouse.briefing``).
The page of a load's checks is written with the checks (``orchestration.checks``).
"""

from collections.abc import Iterator

import dagster as dg

from claimhouse.briefing.write import write_default
from orchestration.assets.warehouse import WAREHOUSE
from orchestration.layers import OWNERS, PAGES, WRITER_POOL
from orchestration.pages import written
from orchestration.resources import House

BRIEFING = dg.AssetKey("briefing")


def page_assets() -> list[dg.AssetsDefinition]:
    """The briefing on the last weeks of the warehouse."""

    @dg.asset(
        key=BRIEFING,
        deps=[WAREHOUSE],
        group_name=PAGES,
        kinds={"html", "python"},
        owners=OWNERS,
        pool=WRITER_POOL,
        output_required=False,
        description="One page on who claims what in the last weeks: maps, timeline, figures, contradictions, sources.",
    )
    def briefing(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        # the warehouse is published by now; a page that cannot be drawn must not make that a failed run
        path = written(context.log, "the briefing", lambda: write_default(house.settings))
        if path is None:
            return
        yield dg.MaterializeResult(
            metadata={
                "page": dg.MetadataValue.path(path),
                "link": dg.MetadataValue.url(path.as_uri()),
                "bytes": path.stat().st_size,
            }
        )

    return [briefing]
