"""``claimhouse explain``: one fact, and all that proves it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from claimhouse.cli import console
from claimhouse.evidence import Span, marked, spans_of
from claimhouse.warehouse import NoWarehouseError, ask

_FACTS = {
    "claim": ("fct_claims", "claim_id"),
    "figure": ("fct_figures", "figure_id"),
    "date": ("fct_dates", "date_id"),
    "location": ("fct_locations", "location_id"),
}
_ARTICLE = "select * from dim_article_versions where article_version_id = $id"
_DOCUMENT = "select * from ops_documents where article_version_id = $id order by recorded_at limit 1"
# shown apart from the plain values
_ELSEWHERE = {"exact", "content", "content_spans", "char_start", "char_end", "article_version_id", "article_id"}
_STYLES = {"content": "bold reverse", "evidence": "bold reverse", "speaker": "bold underline", "cue": "bold underline"}


def explain(fact_id: Annotated[str, typer.Argument(help="A claim_id, figure_id, date_id or location_id.")]) -> None:
    """Show a fact with its sentence, the evidence marked, the rule, the load, the source document."""
    from ingest.landing import Landing
    from ingest.settings import settings

    path = settings().warehouse_path
    try:
        kind, fact = _find(path, fact_id)
        article = ask(path, _ARTICLE, {"id": fact["article_version_id"]}).dicts()[0]
        documents = ask(path, _DOCUMENT, {"id": fact["article_version_id"]}).dicts()
    except NoWarehouseError as problem:
        console.fail(str(problem))
    out = console.console()
    out.print(Text(f"{kind} {fact_id}", style="bold"))
    out.print()
    out.print(_shown(article["text"], spans_of(fact)))
    out.print()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in fact.items():
        if name not in _ELSEWHERE and value not in (None, [], "[]"):
            table.add_row(Text(name, style="dim"), Text(str(value)))
    out.print(table)
    out.print()
    source = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name in ("title", "publisher", "published_date", "published_date_source", "url", "source", "uri"):
        source.add_row(Text(name, style="dim"), Text(str(article[name] if article[name] is not None else "–")))
    if documents and documents[0]["archive_sha256"]:
        archived = Landing(settings().landing_dir).archive_path(documents[0]["archive_sha256"])
        source.add_row(Text("archived document", style="dim"), Text(str(archived)))
    source.add_row(Text("characters", style="dim"), Text(f"{fact['char_start']}–{fact['char_end']}"))
    out.print(source)


def _find(path: Path, fact_id: str) -> tuple[str, dict[str, Any]]:
    for kind, (table, key) in _FACTS.items():
        found = ask(path, f"select * from {table} where {key} = $id", {"id": fact_id}).dicts()  # noqa: S608 own names
        if found:
            return kind, found[0]
    return console.fail(f"there is no fact {fact_id}; ids are those of {', '.join(t for t, _ in _FACTS.values())}")


def _shown(text: str, spans: list[Span]) -> Text:
    """The sentences that hold the spans; marks are in colour on a terminal, in brackets elsewhere."""
    shown = Text()
    for piece in marked(text, spans):
        shown.append(f"[{piece.text}]" if piece.role else piece.text, style=_STYLES.get(piece.role, ""))
    return shown
