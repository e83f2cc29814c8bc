"""Asking an index: the best hits first, with what matches marked.

Belongs here: ``Search``, hits, leaving out what says the same words again. Does not belong here: reading what was
typed (``query``), how hits look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur, Order, Query

from claimhouse.evidence import Piece
from claimhouse.search.fields import loose, schema, stems, stored_of, words_of
from claimhouse.search.index import NoIndexError, open_index, publication
from claimhouse.search.names import Known
from claimhouse.search.query import Asker, Filters, Parsed, SearchError
from claimhouse.warehouse import connect

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

__all__ = ["Answer", "Filters", "Hit", "NoIndexError", "Search", "SearchError"]

MOST_HITS = 1_000
_COMMON = 0.2
_LEAST_DOCUMENTS = 10_000
_ENOUGH = 10  # hits that hold everything, with which nobody asks for those that hold less
# how many are looked at, since many may say the same words: a text that an agency sends stands in a hundred papers
_LEAST_LOOKED_AT, _SPARE = 2_000, 3
# a hit, and how many more say its words
_Found = tuple[float, tantivy.DocAddress, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit. ``marks`` and ``matches`` are characters of ``text``, end exclusive; ``char_start`` is where it begins.

    ``marks`` is what the record itself says, and of a claim its speaker and cue; ``matches`` is what was asked for.
    ``others`` is how many further records hold the same words.
    """

    record: str  # claim, event_mention or sentence
    id: str
    score: float
    text: str
    marks: tuple[tuple[int, int, str], ...]
    matches: tuple[tuple[int, int], ...]
    char_start: int
    speaker: str | None
    side: str | None
    topic: str | None
    kinds: tuple[str, ...]
    polarity: str | None
    stance: str | None
    realis: str | None
    places: tuple[str, ...]
    publisher: str | None
    published_date: date | None
    title: str | None
    article_id: str
    article_version_id: str
    others: int = 0

    def pieces(self) -> list[Piece]:
        """The text cut where marks and matches begin and end; roles of a piece stand with blanks between them."""
        spans = [*self.marks, *((start, end, "match") for start, end in self.matches)]
        cuts = sorted({0, len(self.text), *(cut for start, end, _ in spans for cut in (start, end))})
        pieces = []
        for start, end in pairwise(cuts):
            roles = dict.fromkeys(role for first, last, role in spans if first <= start and end <= last)
            pieces.append(Piece(self.text[start:end], " ".join(roles)))
        return pieces


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. ``total`` counts records that hold all that was asked for, copies among them."""

    hits: tuple[Hit, ...]
    total: int
    is_relaxed: bool  # too few hold everything, so what holds most of it follows
    notes: tuple[str, ...] = ()

    def arrow(self) -> pa.Table:
        """The hits as a table, one row each; without the characters that are marked in them."""
        import pyarrow as pa

        kinds: dict[str, pa.DataType] = {"score": pa.float64(), "char_start": pa.int64(), "others": pa.int64()}
        kinds |= {"published_date": pa.date32(), "kinds": pa.list_(pa.string()), "places": pa.list_(pa.string())}
        names = [f.name for f in fields(Hit) if f.name not in ("marks", "matches")]
        rows = [{name: getattr(hit, name) for name in names} for hit in self.hits]
        return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds.get(name, pa.string())) for name in names]))

    def df(self) -> pd.DataFrame:
        """The hits as a frame of pandas, which is not installed with this package."""
        return self.arrow().to_pandas(date_as_object=False)


class Search:
    """The index of one publication, open; to be had by many threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._searcher = index.searcher()
        self.known = Known(self._searcher, schema())
        self._asker = Asker(schema(), self.known, self._is_common)

    @classmethod
    def of(cls, warehouse: Path) -> Search:
        """The index of a published file as it is now.

        Raises:
            NoWarehouseError: there is no file.
            NoIndexError: there is no index of it.
        """
        with connect(warehouse) as connection:
            return cls.of_open(warehouse, connection)

    @classmethod
    def of_open(cls, warehouse: Path, connection: duckdb.DuckDBPyConnection) -> Search:
        """The index of the file that a connection has open, which need not be the one of that name any more.

        Raises:
            NoIndexError: there is no index of it.
        """
        return cls(open_index(warehouse, publication(connection)))

    def _is_common(self, stem: str) -> bool:
        return bool(self._searcher.doc_freq("text", stem) > _COMMON * max(self._searcher.num_docs, _LEAST_DOCUMENTS))

    @property
    def documents(self) -> int:
        """How many documents there are, those of names among them."""
        return int(self._searcher.num_docs)

    def find(
        self, text: str = "", filters: Filters | None = None, *, limit: int = 20, offset: int = 0, newest: bool = False
    ) -> Answer:
        """The records that hold what was typed, best first.

        Args:
            text: words, phrases in quotation marks, words to leave out with a hyphen before; may be empty.
            filters: what hits must be.
            limit: most hits.
            offset: hits to leave out at the beginning.
            newest: the newest first, not the best; so it is too where nothing was typed.

        Raises:
            SearchError: it cannot be searched for; the message says why.
        """
        if not (0 < limit <= MOST_HITS and 0 <= offset <= 10 * MOST_HITS):
            raise SearchError(f"a page has 1 to {MOST_HITS} hits, and begins at most at hit {10 * MOST_HITS}")
        filtered, notes = self._asker.filtered(filters or Filters())
        parsed = self._asker.parse(text)
        if parsed.is_empty and text.strip():
            notes = [*notes, "no word was given to look for, so all are shown, the newest first"]
        query = Query.all_query() if parsed.is_empty else parsed.all_of_it()
        order = "day" if newest or parsed.is_empty else None
        most = max(_LEAST_LOOKED_AT, (offset + limit) * _SPARE)
        total, found = self._run(query, filtered, most, order)
        hits = self._distinct(found)
        is_relaxed = False
        is_short = len(hits) < min(offset + limit, _ENOUGH) and total <= len(found) and order is None
        if is_short and (some := parsed.most_of_it(is_all_there=total > 0)):
            _, more = self._run(some, filtered, most, None)
            held = {_place(address) for _, address in found}
            rest = self._distinct([*found, *(one for one in more if _place(one[1]) not in held)])
            is_relaxed = len(rest) > len(hits)
            hits = rest
        shown = [
            _hit(parsed, score, stored_of(self._searcher.doc(address)), others)
            for score, address, others in hits[offset : offset + limit]
        ]
        return Answer(tuple(shown), total, is_relaxed, tuple(notes))

    def _run(
        self, query: Query, filtered: Sequence[tuple[Occur, Query]], limit: int, order: str | None
    ) -> tuple[int, list[tuple[float, tantivy.DocAddress]]]:
        whole = Query.boolean_query([(Occur.Must, query), *filtered])
        result = self._searcher.search(whole, limit, order_by_field=order, order=Order.Desc)
        found = [(float(score or 0.0), address) for score, address in result.hits]
        return int(getattr(result, "count", len(found)) or 0), found

    def _distinct(self, found: Sequence[tuple[float, tantivy.DocAddress]]) -> list[_Found]:
        """Hits whose words another hit shows already are counted with it: the claim and the event in it, and copies.

        What is stored is read of those alone that are shown: each lies elsewhere on the disk.
        """
        keys = self._searcher.fast_field_values("copy", [address for _, address in found]) if found else []
        again = Counter(keys)
        first = dict(zip(reversed(keys), reversed(found), strict=True))
        return [(*first[key], again[key] - 1) for key in dict.fromkeys(keys)]


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    """Where a document stands in the index."""
    return address.segment_ord, address.doc


def _hit(parsed: Parsed, score: float, stored: dict[str, Any], others: int) -> Hit:
    day = stored["published_date"]
    return Hit(
        record=stored["record"],
        id=stored["id"],
        score=round(score, 4),
        text=stored["text"],
        marks=tuple((start, end, role) for start, end, role in stored["marks"]),
        matches=tuple(sorted({*_matches(stored["text"], parsed), *_triggers(stored, parsed)})),
        char_start=stored["char_start"],
        speaker=stored["speaker"],
        side=stored["side"],
        topic=stored["topic"],
        kinds=tuple(stored["kinds"]),
        polarity=stored.get("polarity"),
        stance=stored.get("stance"),
        realis=stored.get("realis"),
        places=tuple(stored["places"]),
        publisher=stored["publisher"],
        published_date=date.fromisoformat(day) if day else None,
        title=stored["title"],
        article_id=stored["article_id"],
        article_version_id=stored["article_version_id"],
        others=others,
    )


def _matches(text: str, parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The words of a text that were asked for; of a name or phrase of several words, only where they stand together."""
    words = words_of(text)
    found = [(stem, word.start(), word.end()) for word in words for stem in stems(word[0])]
    for form in parsed.forms:
        for i in range(len(found) - len(form) + 1):
            if all(found[i + j][0] == stem for j, stem in enumerate(form)):
                yield from ((start, end) for _, start, end in found[i : i + len(form)])
    for word in words:
        if word[0][0].isupper() and loose(word[0]) in parsed.looses:
            yield word.start(), word.end()


def _triggers(stored: dict[str, Any], parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The words that name an event of a kind that was asked for in another word."""
    for start, end, kind in stored.get("triggers", ()):
        if kind in parsed.kinds:
            yield start, end
