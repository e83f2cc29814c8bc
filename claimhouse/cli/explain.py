"""``claimhouse explain``: one fact, and all that proves it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from claimhouse.cli import console
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
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")


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
    out.print(_marked(article["text"], _spans(fact)))
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


def _spans(fact: dict[str, Any]) -> list[tuple[int, int, str]]:
    """What to mark: the evidence, and of a claim the speaker and the cue as well."""
    spans = [(s["start"], s["end"], "bold reverse") for s in fact.get("content_spans") or []]
    if not spans:
        spans = [(fact["char_start"], fact["char_end"], "bold reverse")]
    for part in ("speaker", "cue"):
        if fact.get(f"{part}_start") is not None:
            spans.append((fact[f"{part}_start"], fact[f"{part}_end"], "bold underline"))
    return spans


def _marked(text: str, spans: list[tuple[int, int, str]]) -> Text:
    """The sentences that hold the spans; marks are in colour on a terminal, in brackets elsewhere."""
    first, last = min(s for s, _, _ in spans), max(e for _, e, _ in spans)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, first)), default=0)
    following = _SENTENCE_END.search(text, last)
    end = following.end() if following else len(text)
    marked = Text()
    position = start
    for begin, stop, style in sorted(spans):
        begin = max(begin, position)
        if stop <= begin:
            continue
        marked.append(text[position:begin])
        marked.append(f"[{text[begin:stop]}]", style=style)
        position = stop
    marked.append(text[position:end].rstrip())
    return marked
