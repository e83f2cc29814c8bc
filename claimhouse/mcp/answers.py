"""What the tools answer: plain values, each fact with its evidence, its ids and a link to its page.

Belongs here: asking the warehouse within limits. Does not belong here: the protocol (``server``).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from claimhouse.bounded import LimitError, Limits, ask_bounded, plain
from claimhouse.evidence import Span, marked, spans_of
from claimhouse.publications import Publication
from claimhouse.questions import question, resolved
from claimhouse.search.query import Filters as SearchFilters
from claimhouse.selections import Filters, SelectionError, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

MOST_ROWS = 200
MOST_HITS = 50
SECONDS = 10.0
_PAGES = {
    "claim_id": "claims", "event_mention_id": "mentions", "event_id": "events", "place_id": "places",
    "actor_id": "actors", "figure_series_id": "figures", "article_version_id": "articles",
}  # fmt: skip
# where an id is looked for, and the columns in which its evidence stands
_FACTS = (
    ("claim", "fct_claims", "claim_id"),
    ("event_mention", "fct_event_mentions", "event_mention_id"),
    ("figure", "fct_figures", "figure_id"),
    ("date", "fct_dates", "date_id"),
    ("location", "fct_locations", "location_id"),
)
_WHOLES = (("event", "events", "event_id"), ("relation", "relations", "relation_id"))
_FIRST_WORDS = """
    select
        member.event_id,
        mention.event_mention_id,
        member.voice,
        mention.publisher,
        mention.published_date,
        mention.article_version_id,
        substr(article.text, mention.statement_start + 1, least(mention.statement_end - mention.statement_start, 600))
            as words
    from event_members as member
    inner join fct_event_mentions as mention using (event_mention_id)
    inner join dim_article_versions as article on mention.article_version_id = article.article_version_id
    where member.event_id in (select unnest($ids)) and not member.is_superseded
    qualify row_number() over (
        partition by member.event_id order by mention.published_date nulls last, mention.event_mention_id
    ) <= 3"""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the pages of ``claimhouse serve``."""

    base: str

    def to(self, column: str, value: str) -> str | None:
        """The page of what a column holds the id of; None where there is none."""
        kind = next((page for name, page in _PAGES.items() if column == name or column.endswith(f"_{name}")), None)
        return f"{self.base}/{kind}/{quote(str(value), safe='')}" if kind and value else None

    def of_row(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The pages of all ids of a row, by column."""
        found = {name: self.to(name, value) for name, value in row.items() if isinstance(value, str)}
        return {name: link for name, link in found.items() if link}


def _row(row: Mapping[str, Any], links: Links) -> dict[str, Any]:
    shown = {name: plain(value) for name, value in row.items() if value is not None}
    if found := links.of_row(row):
        shown["links"] = found
    return shown


@contextmanager
def in_time(publication: Publication, seconds: float = SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose statements are broken off after some seconds.

    Raises:
        LimitError: they were.
    """
    import duckdb

    with publication.cursor() as cursor:
        timer = threading.Timer(seconds, cursor.interrupt)
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException:
            raise LimitError(
                f"this took longer than {seconds:.0f} seconds and was broken off; ask for fewer rows or days"
            ) from None
        finally:
            timer.cancel()


def _fetch(
    publication: Publication, sql: str, parameters: Mapping[str, Any] | None, limit: int
) -> tuple[list[str], list[dict[str, Any]], bool]:
    """Columns, at most ``limit`` rows, and whether there are more."""
    with in_time(publication) as cursor:
        answer = cursor.execute(sql, parameters or None)
        columns = [column[0] for column in answer.description or ()]
        rows = answer.fetchmany(limit + 1)
    return columns, [dict(zip(columns, row, strict=True)) for row in rows[:limit]], len(rows) > limit


def search(publication: Publication, text: str, filters: SearchFilters, limit: int, links: Links) -> dict[str, Any]:
    """Hits with their evidence.

    Raises:
        SelectionError: there is no index.
        SearchError: it cannot be searched for.
    """
    if publication.search is None:
        raise SelectionError("there is no search index of this warehouse; `claimhouse refresh` makes it")
    answer = publication.search.find(text, filters, limit=min(max(limit, 1), MOST_HITS))
    hits = []
    for hit in answer.hits:
        own = {"claim": "claim_id", "event_mention": "event_mention_id"}.get(hit.record)
        link = links.to(own, hit.id) if own else links.to("article_version_id", hit.article_version_id)
        evidence = [hit.text[start:end] for start, end, role in hit.marks if role in ("content", "evidence")]
        hits.append(
            {
                "record": hit.record, "id": hit.id, "speaker": hit.speaker, "side": hit.side, "topic": hit.topic,
                "kinds": list(hit.kinds), "polarity": hit.polarity, "stance": hit.stance, "realis": hit.realis,
                "places": list(hit.places), "publisher": hit.publisher, "published_date": plain(hit.published_date),
                "sentence": hit.text, "evidence": evidence, "article_version_id": hit.article_version_id,
                "char_start": hit.char_start, "also_in": hit.others, "link": link,
            }
        )  # fmt: skip
    return {"hits": hits, "total": answer.total, "is_relaxed": answer.is_relaxed, "notes": list(answer.notes)}


def ask(publication: Publication, name: str, given: Mapping[str, Any], limit: int, links: Links) -> dict[str, Any]:
    """The answer to one of the cookbook's questions.

    Raises:
        QuestionError: there is no such question, parameter or name.
    """
    asked = question(name)
    values = {key: value for key, value in given.items() if value is not None}
    asked.values(values)
    texts = {key: str(value) for key, value in values.items() if isinstance(value, str)}
    with publication.cursor() as cursor:
        found, notes = resolved(texts, cursor)
    columns, rows, has_more = _fetch(
        publication, asked.sql, asked.values({**values, **found}), min(max(limit, 1), MOST_ROWS)
    )
    return {"question": asked.title, "columns": columns, "rows": [_row(row, links) for row in rows],
            "has_more": has_more, "notes": notes}  # fmt: skip


def events(publication: Publication, filters: Filters, limit: int, links: Links) -> dict[str, Any]:
    """Events, each with the first words of those who tell of it.

    Raises:
        SelectionError: a filter means nothing here.
    """
    selection = select("events", filters)
    _, rows, has_more = _fetch(publication, selection.sql, selection.parameters, min(max(limit, 1), MOST_HITS))
    told: dict[str, list[dict[str, Any]]] = {}
    for words in publication.ask(_FIRST_WORDS, {"ids": [row["event_id"] for row in rows]}).dicts():
        told.setdefault(words.pop("event_id"), []).append(_row(words, links))
    shown = [{**_row(row, links), "evidence": told.get(row["event_id"], [])} for row in rows]
    return {"events": shown, "total": publication.count(selection), "has_more": has_more}


def explain(publication: Publication, identity: str, links: Links) -> dict[str, Any]:
    """One fact, event or relation with all that proves it.

    Raises:
        SelectionError: there is none of this id.
    """
    for kind, table, key in _FACTS:
        if found := publication.ask(f"select * from {table} where {key} = $id", {"id": identity}).dicts():  # noqa: S608
            return _fact(publication, kind, found[0], links)
    for kind, table, key in _WHOLES:
        if found := publication.ask(f"select * from {table} where {key} = $id", {"id": identity}).dicts():  # noqa: S608
            told: dict[str, Any] = {"kind": kind, "row": _row(found[0], links)}
            if kind == "event":
                words = publication.ask(_FIRST_WORDS, {"ids": [identity]}).dicts()
                related = publication.rows(select("relations", Filters(event_id=identity)).page(20))
                told["evidence"] = [_row(row, links) for row in words]
                told["relations"] = [_row(row, links) for row in related]
            return told
    raise SelectionError(f"there is nothing of the id {identity!r}; ids are those of claims, event mentions, figures,"
                         " dates, locations, events and relations")  # fmt: skip


def _fact(publication: Publication, kind: str, fact: dict[str, Any], links: Links) -> dict[str, Any]:
    asked = "select * from dim_article_versions where article_version_id = $id"
    article = publication.ask(asked, {"id": fact["article_version_id"]}).dicts()[0]
    spans = spans_of(fact)
    pieces = marked(article["text"], [Span(s.start, s.end, s.role) for s in spans])
    rules = publication.ask(
        "select description from dim_rules where rule_id = $id limit 1", {"id": fact["rule_id"]}
    ).rows
    source = ("title", "publisher", "published_date", "url", "uri", "article_id", "article_version_id")
    return {
        "kind": kind,
        "row": _row(fact, links),
        "sentence": "".join(piece.text for piece in pieces),
        "evidence": [{"text": plain(p.text), "role": p.role} for p in pieces if p.role],
        "rule": rules[0][0] if rules else None,
        "article": {name: plain(article[name]) for name in source if article.get(name) is not None},
    }


def sql(publication: Publication, statement: str, limit: int, links: Links) -> dict[str, Any]:
    """The rows of one SELECT, run apart.

    Raises:
        NotAllowedError: it is not one statement that only reads.
        LimitError: it took too long or too much memory.
        StatementError: it is wrong.
    """
    limits = Limits(seconds=SECONDS, rows=min(max(limit, 1), MOST_ROWS))
    answer = ask_bounded(publication.path, statement, limits)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return {"columns": answer.columns, "rows": [_row(row, links) for row in rows], "has_more": answer.has_more}
