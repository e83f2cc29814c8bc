"""``claimhouse search``: claims, event mentions and sentences that hold what one looks for."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from claimhouse.cli import console
from claimhouse.cli.query import Format, write
from claimhouse.warehouse import NoWarehouseError, Result

if TYPE_CHECKING:
    from claimhouse.search.search import Answer, Hit

_DAY = "%Y-%m-%d"
_STYLES = {"content": "bold", "evidence": "bold", "speaker": "underline", "cue": "underline", "match": "reverse"}


class Shown(StrEnum):
    """How hits are written."""

    table = "table"
    csv = "csv"
    json = "json"


class Record(StrEnum):
    """What is searched."""

    claim = "claim"
    event_mention = "event_mention"
    sentence = "sentence"


def search(
    text: Annotated[str, typer.Argument(help='Words, "phrases" in quotation marks, -words to leave out.')] = "",
    record: Annotated[
        list[Record] | None, typer.Option("--in", help="Look in these records only; may be repeated.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="A place in any spelling; a region or country holds its places.")
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Name of a speaker, or part of it.")] = None,
    side: Annotated[str | None, typer.Option(help="ISO code of the side that the speaker is on.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of event or topic of claim: strike, leave, control …")] = None,
    publisher: Annotated[str | None, typer.Option(help="Name of a publisher.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=[_DAY], help="First day of publication.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=[_DAY], help="Last day of publication.")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not the best.")] = False,
    limit: Annotated[int, typer.Option(help="Most hits.", min=1, max=1_000)] = 20,
    format: Annotated[  # noqa: A002
        Shown | None, typer.Option("--format", "-f", help="How hits are written; else as --output ends.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write the hits to.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file if it is there.")] = False,
) -> None:
    """Search claims, event mentions and the sentences of all articles; the best hits come first.

    A word stands for all its forms and a name for all its spellings: Kiev finds Kyiv, Zelensky finds
    Zelenskyy. On a terminal what the record itself says is bold and what matches is marked.
    """
    from claimhouse.search.search import Filters, NoIndexError, Search, SearchError
    from ingest.settings import settings

    filters = Filters(
        records=tuple(r.value for r in record or ()),
        place=place,
        speaker=speaker,
        side=side,
        kind=kind,
        publisher=publisher,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    if not text.strip() and not filters.given():
        console.fail('say what to look for: claimhouse search "withdrawal from Lysychansk"')
    if output is not None:
        console.check_output(output, force)
    try:
        answer = Search.of(settings().warehouse_path).find(text, filters, limit=limit, newest=newest)
    except (NoWarehouseError, NoIndexError, SearchError) as problem:
        console.fail(str(problem))
    for note in answer.notes:
        typer.echo(f"claimhouse: {note}", err=True)
    ending = output.suffix.lstrip(".").lower() if output is not None else ""
    chosen = format or (Shown(ending) if ending in Shown.__members__ else Shown.table)
    if output is None:
        _write(answer, chosen)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file, redirect_stdout(file):
            _write(answer, chosen)
    except OSError as problem:
        console.fail(f"{output} cannot be written: {problem.strerror}")
    typer.echo(f"{len(answer.hits)} hits in {output}", err=True)


def _write(answer: Answer, shown: Shown) -> None:
    if shown is Shown.table:
        _print(answer)
        return
    rows = [_row(hit) for hit in answer.hits]
    columns = list(_COLUMNS)
    if shown is Shown.csv:
        rows = [{**row, "places": "; ".join(row["places"]), "kinds": "; ".join(row["kinds"])} for row in rows]
        columns = [name for name in columns if name not in ("marks", "matches")]
    write(Result(columns, [tuple(row[name] for name in columns) for row in rows]), Format(shown.value))


_COLUMNS = (
    *(
        "record",
        "id",
        "score",
        "published_date",
        "publisher",
        "speaker",
        "side",
        "topic",
        "kinds",
        "polarity",
        "places",
    ),
    *("text", "marks", "matches", "char_start", "title", "article_id", "article_version_id", "others"),
)


def _row(hit: Hit) -> dict[str, Any]:
    row = {name: getattr(hit, name) for name in _COLUMNS}
    row["marks"] = [{"start": start, "end": end, "role": role} for start, end, role in hit.marks]
    row["matches"] = [{"start": start, "end": end} for start, end in hit.matches]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _print(answer: Answer) -> None:
    out = console.console()
    table = Table(header_style="bold", show_lines=False, padding=(0, 1, 1, 0), box=None)
    for name in ("published", "record", "voice", "text"):
        table.add_column(name, ratio=1 if name == "text" else None, no_wrap=name in ("published", "record"))
    for hit in answer.hits:
        voice = " · ".join(dict.fromkeys(v for v in (hit.speaker, hit.side, hit.publisher) if v))
        table.add_row(
            Text(str(hit.published_date or "–")),
            Text("\n".join([hit.record.replace("_", " "), *hit.kinds[:2]])),
            Text(voice, overflow="fold"),
            _shown(hit).append(f"\n{hit.id}", style="dim"),
        )
    if answer.hits:
        out.print(table)
    more = f"{len(answer.hits)} of {answer.total} records" if answer.total else "nothing holds all of this"
    if answer.is_relaxed:
        more += "; what holds most of it follows" if answer.total else "; these hold some of it"
    out.print(Text(more if answer.hits else "nothing found", style="dim"))


def _shown(hit: Hit) -> Text:
    """The text of a hit; matches are marked in colour on a terminal, in brackets elsewhere."""
    shown = Text()
    for piece in hit.pieces():
        roles = piece.role.split()
        plain = f"[{piece.text}]" if "match" in roles and not sys.stdout.isatty() else piece.text
        shown.append(plain, style=" ".join(dict.fromkeys(_STYLES[role] for role in roles if role in _STYLES)))
    if hit.others:
        shown.append(f" (+{hit.others})", style="dim")
    return shown
