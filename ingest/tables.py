"""The landed tables: each record of ``ingest.records`` as Arrow columns and rows.

Belongs here: names and columns of the landing tables, and the way from a record to a row. Does
not belong here: files and folders (``ingest.landing``), meaning (``ingest.records``).

Every row also carries ``load_id`` and ``recorded_at``. Fact rows carry ``article_version_id``,
``extractor_version``, their own id and their ``ordinal`` in the article.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from ingest import records

TIMESTAMP = pa.timestamp("us", tz="UTC")
SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])


def _list(kind: pa.DataType) -> pa.DataType:
    """A list whose items are named as Parquet names them, so that what is read back is the same type."""
    return pa.list_(pa.field("element", kind))


_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: TIMESTAMP,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One landed column: its Arrow type, whether null is allowed, codes and inclusive limits.

    ``before`` is what stands for it in rows that were landed before there was such a column.
    """

    name: str
    type: pa.DataType
    is_nullable: bool
    doc: str
    codes: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None
    before: str | int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One landed table. ``key`` is the column that is unique over all loads."""

    name: str
    key: str
    doc: str
    columns: tuple[Column, ...]

    @property
    def summary(self) -> str:
        """What one row is, in one line."""
        return self.doc.strip().partition("\n")[0]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(c.name, c.type, c.is_nullable) for c in self.columns])

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


_LOAD = (
    Column("load_id", pa.string(), False, "The load that brought the row."),
    Column("recorded_at", TIMESTAMP, False, "When the load was begun, UTC; the same for all its rows."),
)
# of a row that belongs to a fact: what proves the fact
_PROOF = (
    Column("article_version_id", pa.string(), False, "The version of the article that proves it."),
    Column("extractor_version", pa.string(), False, "Versions of all extractors and their data, as one string."),
)


def _plain_columns(record: type, skip: Iterable[str] = ()) -> list[Column]:
    hints = typing.get_type_hints(record)
    columns = []
    for f in dataclasses.fields(record):
        if f.name in skip:
            continue
        hint = hints[f.name]
        options = [a for a in typing.get_args(hint) if a is not type(None)] if isinstance(hint, types.UnionType) else []
        kind = options[0] if options else hint
        columns.append(Column(f.name, _ARROW[kind], bool(options), **f.metadata))
    return columns


def _fact(name: str, key: str, record: type, columns: list[Column] | None = None) -> Table:
    first = (
        Column(
            key, pa.string(), False, "Identity of the fact: its article version, extractor version, kind and ordinal."
        ),
        Column("article_version_id", pa.string(), False, "The version of the article that proves it."),
        Column("ordinal", pa.int64(), False, "Place among the article's facts of this kind, from 0.", low=0),
    )
    last = (
        Column("extractor_version", pa.string(), False, "Versions of all extractors and their data, as one string."),
    )
    return Table(name, key, record.__doc__ or "", (*first, *(columns or _plain_columns(record)), *last, *_LOAD))


def _renamed(columns: list[Column], names: Mapping[str, Column]) -> list[Column]:
    return [names.get(c.name, c) for c in columns]


def _span_columns(prefix: str, doc: str) -> list[Column]:
    return [
        Column(f"{prefix}_start", pa.int64(), True, f"First character of {doc}.", low=0),
        Column(f"{prefix}_end", pa.int64(), True, f"Character after {doc}.", low=1),
        Column(f"{prefix}_exact", pa.string(), True, f"The text of {doc}."),
    ]


def _claim_columns() -> list[Column]:
    plain = _plain_columns(records.Claim, skip=("speaker", "cue", "content", "parent", "chain", "links"))
    return [
        *plain,
        *_span_columns("speaker", "the speaker's mention"),
        *_span_columns("cue", "the cue"),
        Column("content", pa.string(), False, "What is claimed; several spans are joined by ' … '."),
        Column("content_spans", _list(SPAN), False, "The spans of the content, each start, end and text."),
        Column("parent_claim_id", pa.string(), True, "The claim whose content holds this one."),
        Column("chain", _list(pa.string()), False, "Names along the reporting line, first source first."),
    ]


def _figure_columns() -> list[Column]:
    part_of = Column("part_of_figure_id", pa.string(), True, "The total that this figure is part of.")
    return _renamed(_plain_columns(records.Figure), {"part_of": part_of})


def _location_columns() -> list[Column]:
    antecedent = Column("antecedent_location_id", pa.string(), True, "The mention that a reference stands for.")
    return _renamed(_plain_columns(records.Location), {"antecedent": antecedent})


def _event_mention_columns() -> list[Column]:
    ids = {
        "claim": Column(
            "claim_id", pa.string(), True, "Innermost claim that holds it; null in the publisher's own voice."
        ),
        "caused_by": Column("caused_by_event_mention_id", pa.string(), True, "The cause of which this is the effect."),
        "same_event": Column(
            "same_as_event_mention_id",
            pa.string(),
            True,
            "First mention, in the article, of the same happening; null for the first itself.",
        ),
    }
    return _renamed(_plain_columns(records.EventMention, skip=("arguments", "counts")), ids)


def _event_argument_columns() -> list[Column]:
    ids = {
        "location": Column("location_id", pa.string(), True, "The location that it is."),
        "date": Column("date_id", pa.string(), True, "The date that it is."),
    }
    return [
        Column("char_start", pa.int64(), False, "First character of the argument in the article's text.", low=0),
        Column("char_end", pa.int64(), False, "Character after the argument in the article's text.", low=1),
        Column("exact", pa.string(), False, "The argument: the text between char_start and char_end."),
        *_renamed(_plain_columns(records.EventArgument, skip=("start", "end", "text")), ids),
    ]


def table_of(name: str, key: str, record: type) -> Table:
    """The table of a record that is no fact of a text: its plain fields, and the columns of the load."""
    return Table(name, key, record.__doc__ or "", (*_plain_columns(record), *_LOAD))


DOCUMENTS = table_of("documents", "document_id", records.Document)
ARTICLES = table_of("articles", "article_version_id", records.Article)
EXTRACTIONS = Table(
    "extractions",
    "extraction_id",
    records.Extraction.__doc__ or "",
    (
        Column("extraction_id", pa.string(), False, "Identity: article version and extractor version."),
        *_plain_columns(records.Extraction),
        *_LOAD,
    ),
)
CLAIMS = _fact("claims", "claim_id", records.Claim, _claim_columns())
FIGURES = _fact("figures", "figure_id", records.Figure, _figure_columns())
DATES = _fact("dates", "date_id", records.DateMention)
LOCATIONS = _fact("locations", "location_id", records.Location, _location_columns())
CLAIM_LINKS = Table(
    "claim_links",
    "claim_link_id",
    "Which figure, date or location belongs to which claim, and by which rule.",
    (
        Column("claim_link_id", pa.string(), False, "Identity: the claim and the fact."),
        Column("claim_id", pa.string(), False, "The claim."),
        Column("fact_kind", pa.string(), False, "What the claim is linked to.", records.LINK_KINDS),
        Column("fact_id", pa.string(), False, "The figure, date or location."),
        Column("rule_id", pa.string(), False, "The rule that linked them."),
        Column(
            "role",
            pa.string(),
            False,
            "Whether it belongs to what is claimed, to the claiming, or is answered by it.",
            records.LINK_ROLES,
        ),
        *_PROOF,
        *_LOAD,
    ),
)
EVENT_MENTIONS = _fact("event_mentions", "event_mention_id", records.EventMention, _event_mention_columns())
_OF_EVENT_MENTION = Column("event_mention_id", pa.string(), False, "The event mention that it belongs to.")
EVENT_ARGUMENTS = Table(
    "event_arguments",
    "event_argument_id",
    records.EventArgument.__doc__ or "",
    (
        Column("event_argument_id", pa.string(), False, "Identity: the event mention and the ordinal."),
        _OF_EVENT_MENTION,
        Column("ordinal", pa.int64(), False, "Place among the mention's arguments, from 0.", low=0),
        *_event_argument_columns(),
        *_PROOF,
        *_LOAD,
    ),
)
EVENT_COUNTS = Table(
    "event_counts",
    "event_count_id",
    records.EventCount.__doc__ or "",
    (
        Column("event_count_id", pa.string(), False, "Identity: the event mention, the figure and its role."),
        _OF_EVENT_MENTION,
        Column("figure_id", pa.string(), False, "The figure."),
        *_plain_columns(records.EventCount, skip=("figure",)),
        *_PROOF,
        *_LOAD,
    ),
)

INGESTED = (DOCUMENTS, ARTICLES)
EXTRACTED = (EXTRACTIONS, CLAIMS, FIGURES, DATES, LOCATIONS, CLAIM_LINKS, EVENT_MENTIONS, EVENT_ARGUMENTS, EVENT_COUNTS)
TABLES = {t.name: t for t in (*INGESTED, *EXTRACTED)}


def digest_of_keys(keys: Iterable[str]) -> str:
    """A digest of a set of keys in whatever order: the sum of the lower halves of their MD5 sums, modulo 2^64.

    DuckDB gives the same as ``sum(md5_number_lower(key)) % 2^64``, which compares what is published with it.
    """
    sums = (hashlib.md5(key.encode(), usedforsecurity=False).digest() for key in keys)
    total = sum(int.from_bytes(digest[8:], "little") for digest in sums)
    return f"{total % 2**64:016x}"


def table_without_load(name: str, key: str, record: type) -> Table:
    """The table of a record that belongs to no load, or says itself to which."""
    return Table(name, key, record.__doc__ or "", tuple(_plain_columns(record)))


def identity(*parts: str | int) -> str:
    """A stable id of 16 hexadecimal digits from its parts."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _plain(record: Any, skip: Iterable[str] = ()) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in dataclasses.fields(record) if f.name not in skip}


def _span_row(prefix: str, span: records.Span | None) -> dict[str, Any]:
    start, end, text = (span.start, span.end, span.text) if span else (None, None, None)
    return {f"{prefix}_start": start, f"{prefix}_end": end, f"{prefix}_exact": text}


def rows_of_facts(
    facts: records.Facts, article_version_id: str, extractor_version: str, error: str | None = None
) -> dict[str, list[dict[str, Any]]]:
    """All rows of one text, by table name, without the columns of the load."""

    def ids(kind: str, n: int) -> list[str]:
        return [identity(article_version_id, extractor_version, kind, i) for i in range(n)]

    by_kind = {
        "claim": ids("claim", len(facts.claims)),
        "figure": ids("figure", len(facts.figures)),
        "date": ids("date", len(facts.dates)),
        "location": ids("location", len(facts.locations)),
        "event": ids("event", len(facts.events)),
    }
    common = {"article_version_id": article_version_id, "extractor_version": extractor_version}
    rows: dict[str, list[dict[str, Any]]] = {t.name: [] for t in EXTRACTED}
    rows["extractions"].append(
        {
            "extraction_id": identity(article_version_id, extractor_version),
            **common,
            **{f"{kind}_count": len(found) for kind, found in by_kind.items()},
            "error": error,
        }
    )
    for i, claim in enumerate(facts.claims):
        claim_row, links = _claim_rows(claim, by_kind["claim"][i], by_kind)
        rows["claims"].append({"ordinal": i, **claim_row, **common})
        rows["claim_links"] += [{**link, **common} for link in links]
    for i, figure in enumerate(facts.figures):
        row = {"figure_id": by_kind["figure"][i], "ordinal": i, **common, **_plain(figure, skip=("part_of",))}
        rows["figures"].append({**row, "part_of_figure_id": _id_at(by_kind["figure"], figure.part_of)})
    for i, mention in enumerate(facts.dates):
        rows["dates"].append({"date_id": by_kind["date"][i], "ordinal": i, **common, **_plain(mention)})
    for i, location in enumerate(facts.locations):
        row = {"location_id": by_kind["location"][i], "ordinal": i, **common, **_plain(location, skip=("antecedent",))}
        rows["locations"].append({**row, "antecedent_location_id": _id_at(by_kind["location"], location.antecedent)})
    for i, event in enumerate(facts.events):
        event_row, arguments, counts = _event_rows(event, by_kind["event"][i], by_kind)
        rows["event_mentions"].append({"ordinal": i, **event_row, **common})
        rows["event_arguments"] += [{**argument, **common} for argument in arguments]
        rows["event_counts"] += [{**count, **common} for count in counts]
    return rows


def _id_at(ids: list[str], index: int | None) -> str | None:
    """The id of the fact with this index, or None where there is no index."""
    return None if index is None else ids[index]


def _claim_rows(
    claim: records.Claim, claim_id: str, by_kind: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A claim's own row, and the rows of its links; ``by_kind`` has the ids of the article's facts."""
    row = {
        "claim_id": claim_id,
        **_plain(claim, skip=("speaker", "cue", "content", "parent", "chain", "links")),
        **_span_row("speaker", claim.speaker),
        **_span_row("cue", claim.cue),
        "content": " … ".join(s.text for s in claim.content),
        "content_spans": [{"start": s.start, "end": s.end, "text": s.text} for s in claim.content],
        "parent_claim_id": _id_at(by_kind["claim"], claim.parent),
        "chain": list(claim.chain),
    }
    links = []
    for link in claim.links:
        fact_id = by_kind[link.kind][link.index]
        links.append(
            {
                "claim_link_id": identity(claim_id, fact_id),
                "claim_id": claim_id,
                "fact_kind": link.kind,
                "fact_id": fact_id,
                "rule_id": link.rule_id,
                "role": link.role,
            }
        )
    return row, links


def _event_rows(
    event: records.EventMention, event_mention_id: str, by_kind: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """An event mention's own row, those of its arguments, and those of its counts."""
    row = {
        "event_mention_id": event_mention_id,
        **_plain(event, skip=("claim", "caused_by", "same_event", "arguments", "counts")),
        "claim_id": _id_at(by_kind["claim"], event.claim),
        "caused_by_event_mention_id": _id_at(by_kind["event"], event.caused_by),
        "same_as_event_mention_id": _id_at(by_kind["event"], event.same_event),
    }
    arguments = [
        {
            "event_argument_id": identity(event_mention_id, "argument", i),
            "event_mention_id": event_mention_id,
            "ordinal": i,
            **_plain(argument, skip=("start", "end", "text", "location", "date")),
            "char_start": argument.start,
            "char_end": argument.end,
            "exact": argument.text,
            "location_id": _id_at(by_kind["location"], argument.location),
            "date_id": _id_at(by_kind["date"], argument.date),
        }
        for i, argument in enumerate(event.arguments)
    ]
    counts = []
    for count in event.counts:
        figure_id = by_kind["figure"][count.figure]
        counts.append(
            {
                "event_count_id": identity(event_mention_id, figure_id, count.role),
                "event_mention_id": event_mention_id,
                "figure_id": figure_id,
                **_plain(count, skip=("figure",)),
            }
        )
    return row, arguments, counts


def arrow(table: Table, rows: list[dict[str, Any]], load_id: str, recorded_at: datetime) -> pa.Table:
    """Rows of one table with the columns of their load.

    Raises:
        pyarrow.ArrowInvalid: a value does not fit its column.
    """
    full = [{**row, "load_id": load_id, "recorded_at": recorded_at} for row in rows]
    return pa.Table.from_pylist(full, schema=table.schema)
