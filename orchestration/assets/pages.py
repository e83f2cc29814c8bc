"""The pages layer: what a refresh writes for people to read.

Belongs here: the briefing, the list of changes and the matches of watchlists as assets. Does not belong here: what is
in them (``claimhouse.briefing``, ``claimhouse.changes``, ``claimhouse.watching``).
The page of a load's checks is written with the checks (``orchestration.checks``).
"""

from collections.abc import Iterator
from functools import partial

import dagster as dg

from claimhouse.briefing.write import write_default
from claimhouse.changes import write_changes
from claimhouse.watching import run_watchlists
from orchestration.assets.warehouse import WAREHOUSE
from orchestration.layers import OWNERS, PAGES, WRITER_POOL
from orchestration.pages import written
from orchestration.resources import House
from orchestration.texts import served

# the warehouse is published by the time that a page is made: one that cannot be made leaves its asset out, no more
_page = partial(dg.asset, deps=[WAREHOUSE], group_name=PAGES, owners=OWNERS, pool=WRITER_POOL, output_required=False)
BRIEFING, CHANGES, WATCH = dg.AssetKey("briefing"), dg.AssetKey("changes"), dg.AssetKey("watch")


def page_assets() -> list[dg.AssetsDefinition]:
    """The briefing on the last weeks of the warehouse, what the newest load brought, and what watchlists match."""

    @_page(
        key=BRIEFING,
        kinds={"html", "python"},
        description="One page on who claims what in the last weeks: maps, timeline, figures, contradictions, sources.",
    )
    def briefing(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        path = written(context.log, "the briefing", lambda: write_default(house.settings))
        if path is None:
            return
        yield dg.MaterializeResult(
            metadata={
                **served("/briefing"),
                "page": dg.MetadataValue.path(path),
                "bytes": path.stat().st_size,
            }
        )

    @_page(
        key=CHANGES,
        kinds={"csv", "python"},
        description="What the newest load brought: new events, denials, changed tolls, who is said to hold a place.",
    )
    def changes(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        found = written(context.log, "the list of changes", lambda: write_changes(house.settings))
        if found is not None:
            path = dg.MetadataValue.path(found.path)
            yield dg.MaterializeResult(metadata={**served("/new"), "file": path, **found.counts})

    @_page(
        key=WATCH,
        kinds={"csv", "python"},
        description="Events of new articles that match a watchlist of watch.yml; posted to its webhook too.",
    )
    def watch(context: dg.AssetExecutionContext, house: House) -> Iterator[dg.MaterializeResult[None]]:
        found = written(context.log, "the list of matches", lambda: run_watchlists(house.settings))
        if found is not None:
            posted = "no webhook, or nothing to post" if found.is_posted is None else str(found.is_posted)
            path = dg.MetadataValue.path(found.path)
            yield dg.MaterializeResult(metadata={"file": path, "matches": len(found.rows), "posted": posted})

    return [briefing, changes, watch]
