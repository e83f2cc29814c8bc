"""``claimhouse ask``: the questions of the cookbook, with parameters."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimhouse.cli import console
from claimhouse.cli.query import Format, write
from claimhouse.warehouse import NoWarehouseError, Result, connect, run

if TYPE_CHECKING:
    from claimhouse.questions import Question

_ROWS_OF_A_TABLE = 40


class _Shown(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    json = "json"


def ask(
    name: Annotated[
        str | None, typer.Argument(help="Number of the question, or changes or responsibility; none lists them.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Name of a place, in any spelling.")] = None,
    side: Annotated[str | None, typer.Option(help="ISO code of a side.")] = None,
    topic: Annotated[str | None, typer.Option(help="What a claim is about: control, strike, casualties …")] = None,
    kind: Annotated[str | None, typer.Option(help="What sort of event it is: strike, take, release …")] = None,
    thing: Annotated[str | None, typer.Option(help="What is counted: people, tanks …")] = None,
    status: Annotated[str | None, typer.Option(help="What befell the counted: killed, destroyed …")] = None,
    speaker: Annotated[str | None, typer.Option(help="Part of a speaker's name.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Name of a publisher.")] = None,
    since: Annotated[str | None, typer.Option(help="First day, as 2025-11-30.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    km: Annotated[float | None, typer.Option(help="Greatest distance in kilometres.", min=0)] = None,
    direction: Annotated[str | None, typer.Option(help="N, NE, E, SE, S, SW, W or NW.")] = None,
    articles: Annotated[int | None, typer.Option(help="Least number of articles.", min=1)] = None,
    links: Annotated[int | None, typer.Option(help="Least number of links of a chain.", min=1)] = None,
    most: Annotated[int | None, typer.Option(help="Most rows of each sort.", min=1)] = None,
    claim_id: Annotated[str | None, typer.Option("--claim-id", help="One claim.")] = None,
    format: Annotated[_Shown, typer.Option("--format", "-f", help="How the answer is written.")] = _Shown.table,  # noqa: A002
    limit: Annotated[
        int | None, typer.Option(help=f"Most rows that are shown; a table shows {_ROWS_OF_A_TABLE} unless told.", min=1)
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Show the question's SQL instead of the answer.")] = False,
) -> None:
    """Ask one of the questions of docs/questions.md; without one, list them.

    What is left open is not restricted. A table leaves out identifiers and
    columns in which nothing stands; csv and json have them all.
    """
    texts = {
        "place": place, "side": side, "topic": topic, "kind": kind, "thing": thing, "status": status,
        "speaker": speaker, "publisher": publisher, "since": since, "until": until, "direction": direction,
        "claim_id": claim_id,
    }  # fmt: skip
    numbers = {"km": km, "articles": articles, "links": links, "most": most}
    from claimhouse.questions import QuestionError, question

    if name is None:
        _list()
        return
    try:
        asked = question(name)
        named = {key: value for key, value in texts.items() if value is not None}
        counted = {key: value for key, value in numbers.items() if value is not None}
        asked.values({**named, **counted})  # refuses before anything is opened
        if sql:
            typer.echo(asked.sql, nl=False)
            return
        result, notes = _answer(asked, named, counted)
    except (QuestionError, NoWarehouseError) as problem:
        console.fail(str(problem))
    for note in notes:
        typer.echo(f"claimhouse: {note}", err=True)
    if format is _Shown.table:
        limit = limit or _ROWS_OF_A_TABLE
    shown = Result(result.columns, result.rows[:limit])
    if format is _Shown.table:
        _print(_for_people(shown), f"{asked.name}. {asked.title}")
        if not result.rows:
            typer.echo("nothing found")
        elif len(shown.rows) < len(result.rows):
            typer.echo(f"{len(shown.rows)} of {len(result.rows)} rows; --limit shows more, -f csv all")
    else:
        write(shown, Format(format.value))


def _answer(asked: Question, named: dict[str, str], counted: dict[str, float | int]) -> tuple[Result, list[str]]:
    from claimhouse.questions import resolved
    from ingest.extract.locations.gazetteer import default_gazetteer
    from ingest.settings import settings

    with connect(settings().warehouse_path) as connection:
        found, notes = resolved(named, connection, lambda: default_gazetteer(settings().gazetteer_dir))
        return run(connection, asked.sql, asked.values({**found, **counted})), notes


def _print(result: Result, title: str) -> None:
    """Print an answer as a table, or row under row where its sentences would be broken into single words."""
    if not result.rows or console.fits(result, console.console().width):
        console.print_table(result, title)
    else:
        typer.echo(title)
        console.print_records(result)


def _for_people(result: Result) -> Result:
    """Without identifiers, places in texts and columns in which nothing stands; names in words, which can be broken."""
    kept = [
        i
        for i, name in enumerate(result.columns)
        if not name.endswith(("_id", "_start", "_end")) and any(row[i] is not None for row in result.rows)
    ]
    names = [result.columns[i].replace("_", " ") for i in kept]
    return Result(names, [tuple(row[i] for i in kept) for row in result.rows])


def _list() -> None:
    from claimhouse.questions import questions

    for asked in questions():
        typer.echo(f"{asked.name:>2}. {asked.title}")
        names = [f"--{p.name.replace('_', '-')}{' (needed)' if p.is_required else ''}" for p in asked.parameters]
        typer.echo(f"    {' '.join(names)}")
    typer.echo("\nclaimhouse ask 1 --place Borova    answers the first; docs/questions.md tells what each means")
