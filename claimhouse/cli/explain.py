"""``claimhouse explain``: one fact, and all that proves it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from claimhouse.cli import console
from claimhouse.evidence import Span, marked, spans_of, window
from claimhouse.warehouse import NoWarehouseError, ask

_FACTS = {
    "claim": ("fct_claims", "claim_id"),
    "figure": ("fct_figures", "figure_id"),
    "date": ("fct_dates", "date_id"),
    "location": ("fct_locations", "location_id"),
    "event_mention": ("fct_event_mentions", "event_mention_id"),
}
# what belongs to an event mention and stands in tables of its own
_ARGUMENTS = """
    select role, exact, name, side, argument_class, target_class, is_inferred, char_start, char_end
    from fct_event_arguments
    where event_mention_id = $id
    order by ordinal"""
_COUNTS = """
    select belonging.role, figure.exact, figure.low, figure.high, belonging.scope, figure.char_start, figure.char_end
    from bridge_event_mention_figures as belonging
    inner join fct_figures as figure using (figure_id)
    where belonging.event_mention_id = $id
    order by figure.ordinal, belonging.role"""
_ARTICLE = "select * from dim_article_versions where article_version_id = $id"
_DOCUMENT = "select * from ops_documents where article_version_id = $id order by recorded_at limit 1"
# shown apart from the plain values
_ELSEWHERE = {"exact", "content", "content_spans", "char_start", "char_end", "article_version_id", "article_id"}
_STYLES = {
    "content": "bold reverse",
    "evidence": "bold reverse",
    "speaker": "bold underline",
    "cue": "bold underline",
    "argument": "underline",
}


def explain(
    fact_ids: Annotated[
        list[str],
        typer.Argument(
            metavar="FACT_ID...",
            help="A claim_id, figure_id, date_id, location_id or event_mention_id, or several; "
            "'-' reads them from standard input, one a line, as `query -f csv` writes them.",
        ),
    ],
) -> None:
    """Show a fact with its sentence, the evidence marked, the rule, the load, the source document."""
    ids = [fact_id for given in fact_ids for fact_id in (_piped() if given == "-" else [given])]
    if not ids:
        console.fail("there is no id on standard input; name one, or pipe: query -f csv 'select claim_id from …'")
    for number, fact_id in enumerate(ids):
        if number:
            typer.echo()
        _explain(fact_id)


def _piped() -> list[str]:
    """The ids on standard input: the first column of CSV with its heading, or an id a line."""
    rows = [row[0].strip() for row in csv.reader(sys.stdin) if row and row[0].strip()]
    return rows[1:] if rows and rows[0].endswith("_id") else rows


def _explain(fact_id: str) -> None:
    from ingest.landing import Landing
    from ingest.settings import settings
    from ingest.working_copy import WorkingCopy

    path = settings().warehouse_path
    try:
        kind, fact = _find(path, fact_id)
        article = ask(path, _ARTICLE, {"id": fact["article_version_id"]}).dicts()[0]
        documents = ask(path, _DOCUMENT, {"id": fact["article_version_id"]}).dicts()
        parts = _parts(path, fact_id) if kind == "event_mention" else {}
    except NoWarehouseError as problem:
        console.fail(str(problem))
    out = console.console()
    out.print(Text(f"{kind} {fact_id}", style="bold"))
    out.print()
    out.print(_shown(article["text"], [*spans_of(fact), *_arguments_beside(article["text"], fact, parts)]))
    out.print()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in fact.items():
        if name not in _ELSEWHERE and value not in (None, [], "[]"):
            table.add_row(Text(name, style="dim"), Text(str(value)))
    out.print(table)
    out.print()
    for title, rows in parts.items():
        if rows:
            out.print(_listed(title, rows))
            out.print()
    source = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name in ("title", "publisher", "published_date", "published_date_source", "url", "source", "uri"):
        source.add_row(Text(name, style="dim"), Text(str(article[name] if article[name] is not None else "–")))
    if documents and documents[0]["archive_sha256"]:
        archived = Landing(settings().landing_dir).archive_path(documents[0]["archive_sha256"])
        copy = WorkingCopy.of(settings())
        source.add_row(Text("archived document", style="dim"), Text(copy.address(archived) if copy else str(archived)))
    source.add_row(Text("characters", style="dim"), Text(f"{fact['char_start']}–{fact['char_end']}"))
    out.print(source)


def _find(path: Path, fact_id: str) -> tuple[str, dict[str, Any]]:
    for kind, (table, key) in _FACTS.items():
        found = ask(path, f"select * from {table} where {key} = $id", {"id": fact_id}).dicts()  # noqa: S608 own names
        if found:
            return kind, found[0]
    return console.fail(f"there is no fact {fact_id}; ids are those of {', '.join(t for t, _ in _FACTS.values())}")


def _parts(path: Path, event_mention_id: str) -> dict[str, list[dict[str, Any]]]:
    """Arguments and counts of an event mention, each with its place in the text."""
    queries = {"arguments": _ARGUMENTS, "counts": _COUNTS}
    return {title: ask(path, query, {"id": event_mention_id}).dicts() for title, query in queries.items()}


def _arguments_beside(text: str, fact: dict[str, Any], parts: dict[str, list[dict[str, Any]]]) -> list[Span]:
    """Arguments and counts that stand in the sentences of the event mention's statement; others are only listed."""
    spans = [Span(row["char_start"], row["char_end"], "argument") for rows in parts.values() for row in rows]
    if not spans:
        return []
    start, end = window(text, [Span(fact["statement_start"], fact["statement_end"], "")])
    return [span for span in spans if start <= span.start and span.end <= end]


def _listed(title: str, rows: list[dict[str, Any]]) -> Table:
    """Rows as a table of the columns that hold anything."""
    names = [n for n in rows[0] if not n.startswith("char_") and any(r[n] not in (None, False) for r in rows)]
    table = Table(title=title, title_justify="left", title_style="dim", box=None, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(Text(name, style="dim"))
    for row in rows:
        table.add_row(*(Text("" if row[n] in (None, False) else str(row[n])) for n in names))
    return table


def _shown(text: str, spans: list[Span]) -> Text:
    """The sentences that hold the spans; marks are in colour on a terminal, in brackets elsewhere."""
    shown = Text()
    for piece in marked(text, spans):
        shown.append(f"[{piece.text}]" if piece.role else piece.text, style=_STYLES.get(piece.role, ""))
    return shown
