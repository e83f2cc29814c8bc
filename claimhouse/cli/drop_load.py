"""``claimhouse drop-load``: discard a load that was never committed."""

from __future__ import annotations

from typing import Annotated

import typer

from claimhouse.cli import console


def drop_load(
    load_id: Annotated[str, typer.Argument(help="The unfinished load, as `claimhouse status` names it.")],
) -> None:
    """Discard an unfinished load; its documents are read again by the next refresh."""
    from claimhouse.publishing import LockedError, refresh_lock
    from ingest.landing import Landing
    from ingest.settings import settings

    landing = Landing(settings().landing_dir)
    try:
        with refresh_lock(settings()):
            load = next((x for x in landing.loads() if x.load_id == load_id), None)
            if load is None:
                console.fail(f"there is no load {load_id}")
            landing.drop(load)
    except (ValueError, LockedError) as problem:
        console.fail(str(problem))
    typer.echo(f"load {load_id} is discarded")
