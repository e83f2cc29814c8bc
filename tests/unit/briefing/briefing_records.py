"""Briefings made by hand for the tests of what is drawn of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from claimhouse.briefing.basemap import Area, Town
from claimhouse.briefing.geometry import Box
from claimhouse.briefing.records import (
    Briefing,
    Claim,
    Contradiction,
    Counts,
    DayCount,
    Dispute,
    Event,
    Mention,
    Source,
    Statement,
    Telling,
    Thing,
    Toll,
    Voice,
)
from claimhouse.briefing.scope import Scope
from claimhouse.evidence import Piece

LAST = date(2026, 2, 27)


def mention(place: str = "Vovchansk", claims: int = 1, **values: Any) -> Mention:
    given: dict[str, Any] = {
        "place_id": f"named-{place}",
        "country": "UA",
        "admin1": "Kharkiv Oblast",
        "kind": "settlement",
        "feature": "PPL",
        "lat": 50.29,
        "lon": 36.94,
        "relation": "in",
        "direction": None,
        "distance_km": None,
        "precision": 1,
        "claim_ids": tuple(f"{place}-{i}" for i in range(claims)),
        **values,
    }
    return Mention(place=place, **given)


def statement(low: float | None, high: float | None, days: int = 0, speaker: str = "a", **values: Any) -> Statement:
    given: dict[str, Any] = {
        "figure_id": f"{speaker}{days}{low}{high}",
        "claim_id": "c1",
        "published": LAST + timedelta(days=days),
        "speaker": speaker,
        "speaker_key": speaker,
        "side": None,
        "publisher": "Kharkiv Courier",
        "exact": "some",
        "bound": "exact",
        "revision": "first",
        "previous_figure_id": None,
        "low_delta": None,
        "high_delta": None,
        **values,
    }
    return Statement(low=low, high=high, **given)


def thing(*statements: Statement, **values: Any) -> Thing:
    given: dict[str, Any] = {
        "thing_id": "t1",
        "place": "Vovchansk",
        "kind": "count",
        "unit": None,
        "counted": "person",
        "counted_side": None,
        "status": "killed",
        "is_cumulative": False,
        **values,
    }
    return Thing(statements=statements, **given)


def claim(number: int = 0, **values: Any) -> Claim:
    given: dict[str, Any] = {
        "claim_id": f"c{number}",
        "published": LAST - timedelta(days=number % 80),
        "publisher": "Kharkiv Courier",
        "title": "Town is ours",
        "url": "https://kharkiv-courier.example/1",
        "speaker": "Anton Hrytsenko",
        "speaker_text": "Hrytsenko",
        "side": "UA",
        "cue": "said",
        "content": "the town is in our hands",
        "polarity": "affirmative",
        "stance": "neutral",
        "topic": "control",
        "depth": 0,
        "places": (("named-Vovchansk", "Vovchansk"),),
        **values,
    }
    return Claim(**given)


def voice(text: str = "He denied that the town fell.", **values: Any) -> Voice:
    given: dict[str, Any] = {
        "claim_id": "c0",
        "published": LAST,
        "publisher": "Kharkiv Courier",
        "title": "Town is ours",
        "url": None,
        "speaker": "Anton Hrytsenko",
        "side": "UA",
        "figure": None,
        "sentence": (Piece(text, "content"),),
        **values,
    }
    return Voice(**given)


def contradiction(earlier: Voice, later: Voice) -> Contradiction:
    return Contradiction(
        "r1", "denies", "polarity", "opposite_in_like_words", "control", "Vovchansk", 1, earlier, later
    )


def event(number: int = 0, **values: Any) -> Event:
    given: dict[str, Any] = {
        "kind": "strike",
        "place": f"Town {number}",
        "admin1": "Kharkiv Oblast",
        "country": "UA",
        "first": LAST,
        "last": LAST,
        "is_dated": True,
        "agent": None,
        "target": "a depot",
        "articles": 3,
        "origins": 2,
        "voices": 4,
        "tolls": (Toll("killed", 9, 14, 3),),
        "disputes": (Dispute("denies", "polarity", "Anton Hrytsenko", "Igor Belov"),),
        "told": (Telling("Anton Hrytsenko", "UA", False, "Kharkiv Courier", LAST, None, "a depot was hit", "c0"),),
        **values,
    }
    return Event(event_id=f"event{number}", **given)


def briefing(claims: tuple[Claim, ...] = (claim(),), **values: Any) -> Briefing:
    counts = Counts(
        claims=len(claims),
        speakers=1,
        unattributed=0,
        articles=1,
        publishers=1,
        independent=1,
        sides=1,
        negative=0,
        disputed=0,
        figures=0,
        undated=0,
    )
    given: dict[str, Any] = {
        "scope": Scope(LAST - timedelta(days=83), LAST),
        "counts": counts,
        "relations": {},
        "mentions": (mention(claim_ids=tuple(c.claim_id for c in claims)),),
        "days": (DayCount(LAST, "UA", "plain", len(claims)),),
        "things": (),
        "thing_count": 0,
        "contested": {},
        "contradictions": (),
        "events": (),
        "event_count": 0,
        "changes": (),
        "sources": (Source("Kharkiv Courier", "UA", "UA", 1, 0, len(claims), LAST, LAST, "steady"),),
        "sides": {"UA": "Ukraine", "RU": "Russia"},
        "meanings": {("status", "killed"): "Killed.", ("relation_axis", "polarity"): "Whether something is so."},
        "published_at": datetime(2026, 3, 1, 2, 5, tzinfo=UTC),
        "loads": 1,
        "queries": dict.fromkeys(
            ("counts", "events", "changes", "mentions", "days", "statements", "contradictions", "claims", "sources"),
            "select 1",
        ),
        **values,
    }
    return Briefing(claims=claims, **given)


class PlainMap:
    """A world of one square country and one square region, and no towns but one."""

    def countries(self, box: Box) -> list[Area]:
        return [self._square("UA", "Ukraine", 22, 44, 40, 52)]

    def region(self, geonameid: int | None, name: str, country: str | None) -> Area | None:
        return self._square("UA", name, 35, 49, 38, 51) if name == "Kharkiv Oblast" else None

    def towns(self, box: Box, most: int) -> list[Town]:
        return [Town("Kharkiv", (36.25, 49.98), 1_400_000)]

    @staticmethod
    def _square(code: str, name: str, west: float, south: float, east: float, north: float) -> Area:
        corners = ((west, south), (west, north), (east, north), (east, south), (west, south))
        return Area(code, name, (corners,), ((west + east) / 2, (south + north) / 2), (east - west) * (north - south))
