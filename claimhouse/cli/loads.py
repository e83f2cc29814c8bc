"""``claimhouse loads``: what becomes of a load that the warehouse could not take in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from claimhouse.cli import console

if TYPE_CHECKING:
    from ingest.landing import Landing

app = typer.Typer(help="List loads, take a load in again that was set aside, or drop one.", no_args_is_help=True)

_LOAD_ID = Annotated[str, typer.Argument(metavar="ID", help="The load, as `claimhouse status` names it.")]


@app.command("list")
def list_loads() -> None:
    """Show every load of the landing, what state it is in, and why."""
    from claimhouse.reporting import loads_by_state
    from ingest.files import DamagedError
    from ingest.settings import settings

    try:
        console.print_table(loads_by_state(settings()), "Loads")
    except DamagedError as problem:
        console.fail(str(problem))


@app.command("retry")
def retry(load_id: _LOAD_ID) -> None:
    """Take a load in again that was set aside; the next refresh builds the warehouse with it."""
    with _landing() as landing:
        back = landing.retry(load_id)
    _tell(back, "is taken in again by the next refresh")


@app.command("drop")
def drop(load_id: _LOAD_ID) -> None:
    """Leave a load out for good; what its sources still hold is read again by the next refresh."""
    from claimhouse.publishing import published_loads
    from ingest.aside import DROPPED
    from ingest.settings import settings

    with _landing() as landing:
        is_whole = (landing.loads_dir / load_id / "manifest.json").exists()
        if load_id in published_loads(settings().warehouse_path) and not is_whole:
            # files of it are lost already: what is dropped is the claim that they should be there
            landing.left_out.write(load_id, DROPPED, "its files were lost")
            gone = [load_id]
        else:
            gone = landing.drop(load_id) or [load_id]
    _tell(gone, "is dropped; what its sources still hold is read again by the next refresh")


@contextmanager
def _landing() -> Iterator[Landing]:
    """The landing, while no refresh is under way; what cannot be done is told."""
    from claimhouse.publishing import LockedError, refresh_lock
    from ingest.files import DamagedError
    from ingest.landing import Landing
    from ingest.settings import settings

    try:
        with refresh_lock(settings()):
            yield Landing(settings().landing_dir)
    except (ValueError, LockedError, DamagedError) as problem:
        console.fail(str(problem))


def _tell(load_ids: list[str], what: str) -> None:
    for load_id in load_ids:
        typer.echo(f"load {load_id} {what}")
