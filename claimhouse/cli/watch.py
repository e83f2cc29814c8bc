"""``claimhouse watch``: what the watchlists match, without posting it anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError, Result


def watch(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day on which articles were taken in; the newest load else."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only see whether the file of watchlists is right.")] = False,
    limit: Annotated[int, typer.Option(help="Most rows that are shown.", min=1)] = 40,
) -> None:
    """Show the events that match a watchlist of watch.yml.

    The nightly run writes the same to reports/watch.csv and posts it to the webhook,
    if watch.yml has one; this command writes and posts nothing.
    """
    from claimhouse.watching import COLUMNS, latest_moments, matches
    from claimhouse.watchlist import WatchError, load_watchlists
    from ingest.settings import settings

    try:
        lists = load_watchlists(settings().watch_file)
        if check or not lists.watches:
            told = "1 watchlist" if len(lists.watches) == 1 else f"{len(lists.watches)} watchlists"
            hook = f", a webhook at {lists.webhook.host}" if lists.webhook else ""
            typer.echo(f"{settings().watch_file}: {told}{hook}")
            return
        _, before = latest_moments(settings())
        rows = matches(settings(), lists.watches, since or before)
    except (WatchError, NoWarehouseError) as problem:
        console.fail(str(problem))
    names = [name for name in COLUMNS if name not in ("matched_at", "event_id", "link")]
    shown = [tuple(row[name] for name in names) for row in rows[:limit]]
    console.print_table(Result([name.replace("_", " ") for name in names], shown), f"{len(rows)} matches")
