"""``claimhouse briefing``: one page on a place, a topic or a window."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError

if TYPE_CHECKING:
    from claimhouse.briefing.records import Briefing


class Format(StrEnum):
    """How a briefing is written."""

    html = "html"
    text = "text"


_DAY = "%Y-%m-%d"


def briefing(
    place: Annotated[
        str | None, typer.Option(help="A place, by the name in the articles or on the list; a region holds its places.")
    ] = None,
    topic: Annotated[str | None, typer.Option(help="A code of the list of topics, as control or casualties.")] = None,
    side: Annotated[str | None, typer.Option(help="ISO code of the side that the speakers are on, as UA.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=[_DAY], help="First day of publication.")] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=[_DAY], help="Last day; by default the last that has claims.")
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, max=5_000, help="Length of the window where --since is not given.")] = 12,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; '-' for standard output; else in the data folder.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="A page, or tables without pictures.")] = Format.html,  # noqa: A002
) -> None:
    """Write one page, complete in itself, on who claims what: maps, timeline, figures, contradictions, sources.

    The page opens without a network. With --format text, its tables go to standard output.
    """
    from claimhouse.briefing.data import find_scope, read_briefing
    from claimhouse.briefing.scope import ScopeError
    from claimhouse.briefing.write import default_path, html_of, write
    from ingest.settings import settings

    house = settings()
    try:
        scope = find_scope(
            house.warehouse_path,
            place=place,
            topic=topic,
            side=side,
            since=since.date() if since else None,
            until=until.date() if until else None,
            weeks=weeks,
        )
        is_page = format is Format.html
        page = html_of(house, scope) if is_page else _text(read_briefing(house.warehouse_path, scope))
    except (NoWarehouseError, ScopeError) as problem:
        console.fail(str(problem))
    if str(output) == "-" or (output is None and not is_page):
        sys.stdout.write(page)
        return
    path = output or default_path(house, scope)
    try:
        write(path, page)
    except OSError as problem:
        console.fail(f"{path} cannot be written: {problem.strerror}")
    typer.echo(f"{path}")


def _text(briefing: Briefing) -> str:
    """The briefing as text: the lead, its tables, what is not in them."""
    from rich.console import Console

    from claimhouse.briefing import words
    from claimhouse.briefing.text import text_tables

    written = io.StringIO()
    out = Console(file=written, width=console.WIDTH_WITHOUT_TERMINAL, highlight=False, no_color=True)
    for line in (words.title(briefing), " ".join(s for s in words.lead(briefing) if s)):
        out.print(words.clean(line), markup=False)
    for table in text_tables(briefing):
        out.print()
        console.print_table(table.result, table.title, out)
    out.print()
    for limit in words.limits(briefing):
        out.print(f"- {words.clean(limit)}", markup=False)
    return written.getvalue()
