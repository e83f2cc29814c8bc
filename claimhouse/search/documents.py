"""Rows of the warehouse as documents of the search index.

Belongs here: which rows are searched, the sentences around them, what a hit will show. Does not belong here: the
files of the index (``index``), names of places and actors (``names``).

A document is a claim, an event mention, or a sentence in which there is neither. Offsets in what is stored count
from the first character of the stored text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
import tantivy

from claimhouse.evidence import Span, sentence_ends, spans_of
from claimhouse.search.fields import copy_key, loose_names

if TYPE_CHECKING:
    import duckdb

_ARTICLES_AT_ONCE = 1_000
_LONGEST_TEXT = 1_500  # characters that are stored and shown of one record
_MARGIN = 300  # characters that are kept before the evidence where the text is cut
_EPOCH = date(1970, 1, 1)

_EXTRACTIONS = """
    select extraction.extraction_id, extraction.article_version_id
    from ops_extractions as extraction
    inner join dim_article_versions as article using (article_version_id)
    where extraction.is_current
    order by article.rowid"""
_ARTICLES = """
    select article_version_id, article_id, publisher, publisher_side, published_date, title, text
    from dim_article_versions
    where rowid between $first and $last and article_version_id in (select unnest($ids))"""
_CLAIMS = """
    select claim_id, article_version_id, speaker_name, speaker_known_as, speaker_side, topic, polarity, stance, content,
        content_spans, speaker_start, speaker_end, cue_start, cue_end, char_start, char_end
    from fct_claims
    where rowid between $first and $last and is_current and article_version_id in (select unnest($ids))"""
_MENTIONS = """
    select event_mention_id, article_version_id, claim_id, kind, polarity, realis, agent, target, instrument,
        place_location_id, voice_name, statement_start, statement_end, char_start, char_end
    from fct_event_mentions
    where rowid between $first and $last and is_current and article_version_id in (select unnest($ids))"""
_LOCATIONS = """
    select location_id, article_version_id, place_id, place, country, admin1, char_start
    from fct_locations
    where rowid between $first and $last and is_current and place_id is not null
        and article_version_id in (select unnest($ids))"""
_LINKS = """
    select claim_id, location_id
    from bridge_claim_locations
    where rowid between $first and $last and is_current and article_version_id in (select unnest($ids))"""


def extractions(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The current extractions of an open warehouse, each with its article version, in the order of the articles."""
    return dict(connection.execute(_EXTRACTIONS).fetchall())


@dataclass(slots=True)
class _Article:
    """One article version with its facts."""

    row: Mapping[str, Any]
    claims: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    locations: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def documents(connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, str]) -> Iterator[tantivy.Document]:
    """The documents of extractions (id to article version), article by article."""
    reader = _Reader(connection)
    ids = list(wanted.items())
    for start in range(0, len(ids), _ARTICLES_AT_ONCE):
        batch = {version: extraction for extraction, version in ids[start : start + _ARTICLES_AT_ONCE]}
        for article in reader.articles(list(batch)):
            yield from _documents_of(article, batch[article.row["article_version_id"]])


class _Reader:
    """Reads articles with their facts; only the stretch of each table in which the articles of a batch stand."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._stretches: dict[str, dict[str, tuple[int, int]]] = {}

    def articles(self, versions: Sequence[str]) -> Iterator[_Article]:
        found = {
            row["article_version_id"]: _Article(row) for row in self._rows("dim_article_versions", _ARTICLES, versions)
        }
        for row in self._rows("fct_claims", _CLAIMS, versions):
            found[row["article_version_id"]].claims.append(row)
        for row in self._rows("fct_event_mentions", _MENTIONS, versions):
            found[row["article_version_id"]].mentions.append(row)
        article_of_claim = {claim["claim_id"]: article for article in found.values() for claim in article.claims}
        for row in self._rows("fct_locations", _LOCATIONS, versions):
            found[row["article_version_id"]].locations[row["location_id"]] = row
        for row in self._rows("bridge_claim_locations", _LINKS, versions):
            if row["claim_id"] in article_of_claim:
                article_of_claim[row["claim_id"]].links[row["claim_id"]].append(row["location_id"])
        yield from found.values()

    def _rows(self, table: str, sql: str, versions: Sequence[str]) -> list[dict[str, Any]]:
        stretch = self._stretch(table)
        places = [stretch[version] for version in versions if version in stretch]
        if not places:
            return []
        first, last = min(p[0] for p in places), max(p[1] for p in places)
        answer = self._connection.execute(sql, {"first": first, "last": last, "ids": list(versions)})
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def _stretch(self, table: str) -> dict[str, tuple[int, int]]:
        if table not in self._stretches:
            query = f"select article_version_id, min(rowid), max(rowid) from {table} group by 1"  # noqa: S608 own names
            self._stretches[table] = {v: (a, b) for v, a, b in self._connection.execute(query).fetchall()}
        return self._stretches[table]


class _Sentences:
    """The sentences of a text, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = sentence_ends(text)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """First and last character of the sentences that hold a span, end exclusive."""
        before = bisect_right(self._ends, start)
        after = bisect_right(self._ends, max(end - 1, start))
        first = self._ends[before - 1] if before else 0
        return first, self._ends[after] if after < len(self._ends) else len(self.text)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        start = 0
        for end in [*self._ends, len(self.text)]:
            if self.text[start:end].strip():
                yield start, end
            start = end


def _documents_of(article: _Article, extraction: str) -> Iterator[tantivy.Document]:
    sentences = _Sentences(article.row["text"] or "")
    kinds: dict[str, set[str]] = defaultdict(set)
    triggers: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention in article.mentions:
        if mention["claim_id"]:
            kinds[mention["claim_id"]].add(mention["kind"])
            triggers[mention["claim_id"]].append(_trigger(mention))
    sides = {claim["claim_id"]: claim["speaker_side"] for claim in article.claims}
    covered: list[tuple[int, int]] = []
    for claim in article.claims:
        spans = spans_of(claim)
        window = sentences.around(min(s.start for s in spans), max(s.end for s in spans))
        covered.append(window)
        places = [article.locations[i] for i in article.links[claim["claim_id"]] if i in article.locations]
        shown = {
            "record": "claim", "id": claim["claim_id"], "speaker": claim["speaker_name"], "side": claim["speaker_side"],
            "topic": claim["topic"], "kinds": sorted(kinds[claim["claim_id"]]), "polarity": claim["polarity"],
            "stance": claim["stance"], "triggers": triggers[claim["claim_id"]],
        }  # fmt: skip
        names = (claim["speaker_name"], claim["speaker_known_as"])
        yield _Made(article, extraction, sentences).document(
            shown, window, spans, body=claim["content"], places=places, names=names, speakers=names,
            codes=[*kinds[claim["claim_id"]], claim["topic"]],
        )  # fmt: skip
    for mention in article.mentions:
        spans = [Span(mention["statement_start"], mention["statement_end"], "evidence")]
        window = sentences.around(mention["statement_start"], mention["statement_end"])
        covered.append(window)
        place = article.locations.get(mention["place_location_id"] or "")
        side = sides.get(mention["claim_id"], article.row["publisher_side"])
        shown = {
            "record": "event_mention", "id": mention["event_mention_id"], "speaker": mention["voice_name"],
            "side": side, "topic": None, "kinds": [mention["kind"]], "polarity": mention["polarity"],
            "realis": mention["realis"], "triggers": [_trigger(mention)],
        }  # fmt: skip
        yield _Made(article, extraction, sentences).document(
            shown, window, spans, body=sentences.text[spans[0].start : spans[0].end], places=[place] if place else [],
            names=(mention["agent"], mention["target"], mention["instrument"]), speakers=(mention["voice_name"],),
            codes=[mention["kind"]],
        )  # fmt: skip
    for start, end in _uncovered(sentences, covered):
        places = [place for place in article.locations.values() if start <= place["char_start"] < end]
        shown = {"record": "sentence", "id": f"{article.row['article_version_id']}:{start}", "speaker": None,
                 "side": article.row["publisher_side"], "topic": None, "kinds": []}  # fmt: skip
        yield _Made(article, extraction, sentences).document(shown, (start, end), [], body="", places=places)


def _trigger(mention: Mapping[str, Any]) -> tuple[int, int, str]:
    return mention["char_start"], mention["char_end"], mention["kind"]


def _uncovered(sentences: _Sentences, covered: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences that no window touches."""
    taken = sorted(covered)
    number, reach = 0, 0
    for start, end in sentences:
        while number < len(taken) and taken[number][0] < end:
            reach = max(reach, taken[number][1])
            number += 1
        if reach <= start:
            yield start, end


@dataclass(frozen=True, slots=True)
class _Made:
    """Makes documents of one article."""

    article: _Article
    extraction: str
    sentences: _Sentences

    def document(
        self,
        shown: dict[str, Any],
        window: tuple[int, int],
        spans: Sequence[Span],
        *,
        body: str,
        places: Sequence[Mapping[str, Any]],
        names: Iterable[str | None] = (),
        speakers: Iterable[str | None] = (),
        codes: Iterable[str] = (),
    ) -> tantivy.Document:
        row = self.article.row
        start, end = _cut(window, spans)
        text = self.sentences.text[start:end].rstrip()
        day = row["published_date"]
        made = tantivy.Document()
        made.add_text("text", text)
        made.add_unsigned("copy", copy_key(text))
        if body:
            made.add_text("body", body[:_LONGEST_TEXT])
        for name in {name for name in (*names, *(place["place"] for place in places)) if name}:
            made.add_text("about", name)
        for name in {name for name in speakers if name}:
            made.add_text("speaker", name)
        made.add_text("loose", loose_names(" ".join([text, *(n for n in names if n)])))
        made.add_text("record", shown["record"])
        made.add_text("extraction", self.extraction)
        for token in {token for place in places for token in place_tokens(place)}:
            made.add_text("place", token)
        if shown["side"]:
            made.add_text("side", shown["side"])
        for code in {*codes}:
            made.add_text("kind", code)
        if row["publisher"]:
            made.add_text("publisher", row["publisher"].lower())
        if day:
            made.add_integer("day", (day - _EPOCH).days)
        stored = {
            **shown,
            "places": sorted({place["place"] for place in places}),
            "text": text,
            "marks": [
                [max(s.start - start, 0), min(s.end, end) - start, s.role] for s in spans if start <= s.start < end
            ],
            "triggers": [
                (a - start, b - start, kind) for a, b, kind in shown.get("triggers", ()) if start <= a <= b <= end
            ],
            "char_start": start,
            "article_version_id": row["article_version_id"],
            "article_id": row["article_id"],
            "title": row["title"],
            "publisher": row["publisher"],
            "published_date": day,
        }
        made.add_bytes("stored", orjson.dumps(stored))
        return made


def place_tokens(place: Mapping[str, Any]) -> set[str]:
    """What a place is filtered by: itself, its region, its country."""
    tokens = {str(place["place_id"]), f"country:{place['country']}"}
    if place["admin1"]:
        tokens.add(f"region:{place['country']}:{place['admin1']}")
    return tokens


def _cut(window: tuple[int, int], spans: Sequence[Span]) -> tuple[int, int]:
    """The window, or where it is too long the part of it that begins shortly before the evidence."""
    start, end = window
    if end - start <= _LONGEST_TEXT:
        return start, end
    if spans:
        start = max(start, min(s.start for s in spans) - _MARGIN)
    return start, min(end, start + _LONGEST_TEXT)


def days(day: date) -> int:
    """A day as the index has it."""
    return (day - _EPOCH).days
