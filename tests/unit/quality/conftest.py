"""A small load in which everything is right, as rows that a test may spoil."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest import tables
from ingest.records import (
    Claim,
    DateMention,
    EventArgument,
    EventCount,
    EventMention,
    Facts,
    Figure,
    Link,
    Location,
    Span,
)

LOAD_ID = "20251130T020000Z-0a1b"
RECORDED_AT = datetime(2025, 11, 30, 2, tzinfo=UTC)
EXTRACTOR = "test 1"
TEXTS = [
    """Shelling hits Kostiantynivka

Mayor Olena Hlushko said on Friday that the police told her at least 14 of about 40 people in the \
centre of Kostiantynivka, 12 km from the front, had been hurt — “a black day”.""",
    """Bridge at Kherson “still open”

The bridge near Kherson is open, the spokesman said. He denied that two trucks fell.""",
]

Rows = dict[str, list[dict[str, Any]]]


def _at(text: str, exact: str, **more: Any) -> dict[str, Any]:
    start = text.index(exact)
    return {
        "char_start": start,
        "char_end": start + len(exact),
        "exact": exact,
        "rule_id": "r",
        "confidence": 0.9,
        **more,
    }


def _span(text: str, exact: str) -> Span:
    start = text.index(exact)
    return Span(start=start, end=start + len(exact), text=exact)


def _claim(text: str, speaker: str, cue: str, content: list[str], **more: Any) -> Claim:
    spans = [_span(text, c) for c in content]
    evidence = text[spans[0].start : spans[-1].end]
    return Claim(
        **_at(text, evidence),
        speaker=_span(text, speaker),
        speaker_name=speaker,
        cue=_span(text, cue),
        content=tuple(spans),
        **{"speech": "indirect", "polarity": "affirmative", "stance": "neutral", "topic": "casualties", **more},
    )


def _figure(text: str, exact: str, low: float | None, high: float | None, bound: str, **more: Any) -> Figure:
    return Figure(**_at(text, exact), low=low, high=high, bound=bound, **{"kind": "count", "best": low, **more})


def _location(text: str, exact: str, **more: Any) -> Location:
    kherson = {"place": exact, "geonameid": 706448, "country": "UA", "lat": 46.63, "lon": 32.61, "is_resolved": True}
    return Location(**_at(text, exact), **{"kind": "settlement", "precision": 2, **kherson, **more})


def _event(text: str, trigger: str, statement: str, **more: Any) -> EventMention:
    given = {"kind": "strike", "polarity": "affirmative", "realis": "actual", **more}
    told = _span(text, statement)
    return EventMention(**_at(text, trigger), statement_start=told.start, statement_end=told.end, **given)


def _argument(text: str, role: str, exact: str, **more: Any) -> EventArgument:
    at = _span(text, exact)
    return EventArgument(start=at.start, end=at.end, text=at.text, role=role, **{"is_inferred": False, **more})


def _facts() -> list[Facts]:
    a, b = TEXTS
    deep = "at least 14 of about 40 people in the centre of Kostiantynivka, 12 km from the front, had been hurt"
    return [
        Facts(
            claims=[
                _claim(a, "Olena Hlushko", "said", [f"the police told her {deep}", "a black day"], speech="mixed"),
                _claim(a, "the police", "told", [deep], parent=0, depth=1, links=(
                    Link(kind="figure", index=0, rule_id="inside"),
                    Link(kind="location", index=0, rule_id="inside"),
                    Link(kind="date", index=0, rule_id="sentence"),
                )),
            ],
            figures=[
                _figure(a, "at least 14", 14, None, "at_least", part_of=1, status="wounded"),
                _figure(a, "about 40", 40, 40, "approx"),
                _figure(a, "12 km", 12, 12, "exact", kind="length", unit="km", si_low=12e3, si_high=12e3, si_unit="m"),
            ],
            dates=[
                DateMention(**_at(a, "Friday"), timex_type="DATE", value="2025-11-28", start_date=date(2025, 11, 28),
                            end_date=date(2025, 11, 28), granularity="day", anchor="publication"),
            ],
            locations=[
                _location(a, "Kostiantynivka", candidates='[{"geonameid": 706448}]'),
                _location(a, "centre", place=None, geonameid=None, country=None, lat=None, lon=None, is_resolved=False,
                          antecedent=0, kind="reference", derived_lat=48.5, derived_lon=37.7, derived_rule="centre"),
            ],
            events=[
                _event(a, "Shelling", "Shelling hits Kostiantynivka"),
                _event(a, "hits", "Shelling hits Kostiantynivka", arguments=(
                    _argument(a, "target", "Kostiantynivka", argument_class="settlement"),
                    _argument(a, "agent", "Shelling", is_inferred=True),
                )),
                _event(
                    a, "hurt", deep, kind="kill_or_wound", claim=1, caused_by=1, same_event=1, time_rule="linked",
                    first_date=date(2025, 11, 28), last_date=date(2025, 11, 28),
                    arguments=(
                        _argument(a, "target", "people", argument_class="people"),
                        _argument(a, "place", "centre", location=1),
                        _argument(a, "time", "Friday", date=0),
                    ),
                    counts=(
                        EventCount(figure=0, role="wounded", scope="part"),
                        EventCount(figure=1, role="present", scope="event"),
                    ),
                ),
            ],
        ),
        Facts(
            claims=[
                _claim(b, "the spokesman", "said", ["The bridge near Kherson is open"]),
                _claim(b, "He", "denied", ["two trucks fell"], polarity="negative"),
            ],
            figures=[_figure(b, "two", 2, 2, "exact", counted="trucks")],
            dates=[DateMention(**_at(b, "is"), timex_type="DATE", value="PRESENT_REF")],
            locations=[_location(b, "Kherson")],
        ),
    ]  # fmt: skip


def good_rows() -> Rows:
    rows: Rows = {name: [] for name in tables.TABLES}
    for i, (text, facts) in enumerate(zip(TEXTS, _facts(), strict=True)):
        version = tables.identity("version", i)
        rows["articles"].append({
            "article_id": tables.identity("article", i), "article_version_id": version,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "source": "inbox", "uri": f"{i}.txt",
            "title": text.split("\n")[0], "text": text, "char_count": len(text), "language": "en",
            "published_date": date(2025, 11, 29), "published_date_source": "header", "change_kind": "new",
            "copy_group_id": version, "warnings": "[]",
        })  # fmt: skip
        for name, more in tables.rows_of_facts(facts, version, EXTRACTOR).items():
            rows[name] += more
    versions = [row["article_version_id"] for row in rows["articles"]]
    for i, (outcome, reason, version) in enumerate([
        ("loaded", None, versions[0]), ("loaded", None, versions[1]), ("duplicate", None, versions[0]),
        ("rejected", "binary", None),
    ]):  # fmt: skip
        rows["documents"].append({
            "document_id": tables.identity("document", i), "source": "inbox", "uri": f"{i}.txt",
            "document_sha256": f"{i:064x}", "archive_sha256": f"{i:064x}", "byte_count": 400,
            "file_uri": f"{i}.txt",
            "fingerprint": f"{i}",
            "fetched_at": RECORDED_AT, "outcome": outcome, "reason": reason, "article_version_id": version,
        })  # fmt: skip
    for own in rows.values():
        for row in own:
            row |= {"load_id": LOAD_ID, "recorded_at": RECORDED_AT}
    return rows


@pytest.fixture(scope="session")
def make_rows() -> Callable[[], Rows]:
    """A good load, made anew at each call."""
    return good_rows


@pytest.fixture
def rows() -> Rows:
    return good_rows()
