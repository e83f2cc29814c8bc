"""Claims by day and side, as bars on one line of time for each side.

Belongs here: how long a bar's span is, where bars and ticks stand. Does not belong here: markup.
Places along the time are shares of the width in per cent, so that a page of any width can draw them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from claimhouse.briefing.records import OTHERS, DayCount

MANNERS = ("plain", "negative", "disputed")
BAR_HEIGHT = 56
_MOST_LANES = 7
_DAYS_BY_DAY = 45
_DAYS_BY_WEEK = 540
_MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: so many claims of one manner, ``y`` and ``height`` in pixels from the top of the lane."""

    manner: str
    claims: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """All claims of a span of days, both inclusive; ``x`` and ``width`` in per cent."""

    first: date
    last: date
    x: float
    width: float
    segments: tuple[Segment, ...]

    @property
    def claims(self) -> int:
        return sum(s.claims for s in self.segments)

    def of(self, manner: str) -> int:
        return sum(s.claims for s in self.segments if s.manner == manner)


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of one side; None for claims whose speaker has no side, OTHERS for small sides together.

    ``highest`` is the number of claims that fills the lane: one for all sides, one apart for those without a side.
    """

    side: str | None
    claims: int
    bars: tuple[Bar, ...]
    highest: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is written below the lanes."""

    day: date
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """``unit`` is day, week or month; ``highest`` is the number of claims of the tallest bar of a side."""

    unit: str
    highest: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def unit_for(since: date, until: date) -> str:
    """How long a span each bar stands for."""
    days = (until - since).days + 1
    if days <= _DAYS_BY_DAY:
        return "day"
    return "week" if days <= _DAYS_BY_WEEK else "month"


def span_of(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the day, ISO week or month that a day lies in."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def spans(since: date, until: date, unit: str) -> list[tuple[date, date]]:
    """Every span from the one of the first day to the one of the last."""
    found = [span_of(since, unit)]
    while found[-1][1] < until:
        found.append(span_of(found[-1][1] + timedelta(days=1), unit))
    return found


def timeline(days: Iterable[DayCount], since: date, until: date) -> Timeline:
    """The lanes of a window, the side with most claims first; speakers without a side last, on a scale of their own."""
    unit = unit_for(since, until)
    all_spans = spans(since, until, unit)
    total: dict[str | None, int] = defaultdict(int)
    counted: dict[tuple[str | None, date, str], int] = defaultdict(int)
    rows = list(days)
    for row in rows:
        total[row.side] += row.claims
    largest = sorted((s for s in total if s is not None), key=lambda s: (-total[s], s))
    small = set(largest[_MOST_LANES:]) if len(largest) > _MOST_LANES + 1 else set()
    for row in rows:
        side = OTHERS if row.side in small else row.side
        counted[side, span_of(row.day, unit)[0], row.manner] += row.claims
    sides: list[str | None] = [s for s in largest if s not in small]
    sides += [OTHERS] if small else []
    sides += [None] if None in total else []
    sums: dict[tuple[str | None, date], int] = defaultdict(int)
    for (side, first, _), claims in counted.items():
        sums[side, first] += claims
    highest = max((n for (side, _), n in sums.items() if side is not None), default=0)
    apart = max((n for (side, _), n in sums.items() if side is None), default=0)
    width = 100 / len(all_spans)
    lanes = []
    for side in sides:
        fills = apart if side is None else highest
        bars = []
        for i, (first, last) in enumerate(all_spans):
            if sums.get((side, first)):
                segments = _segments([(m, counted.get((side, first, m), 0)) for m in MANNERS], fills)
                bars.append(Bar(first, last, round(i * width + width * 0.08, 3), round(width * 0.84, 3), segments))
        lanes.append(Lane(side, sum(b.claims for b in bars), tuple(bars), fills))
    return Timeline(unit, highest, tuple(lanes), _ticks(all_spans))


def _segments(parts: list[tuple[str, int]], highest: int) -> tuple[Segment, ...]:
    found, y = [], float(BAR_HEIGHT)
    for manner, claims in parts:
        if claims:
            height = claims / highest * BAR_HEIGHT
            y -= height
            found.append(Segment(manner, claims, round(y, 2), round(height, 2)))
    return tuple(found)


def _ticks(all_spans: list[tuple[date, date]]) -> tuple[Tick, ...]:
    every = -(-len(all_spans) // _MOST_TICKS)
    width = 100 / len(all_spans)
    return tuple(Tick(first, round(i * width, 3)) for i, (first, _) in enumerate(all_spans) if i % every == 0)
