"""Figures in circulation as ranges over time: one chart for each thing that several statements count.

Belongs here: scales, ranges, open ends, steps of a revision. Does not belong here: markup.
Across, places are per cent of the width; down, pixels.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from claimhouse.briefing.geometry import nice_below
from claimhouse.briefing.records import Statement, Thing

HEIGHT = 190
_TOP, _BOTTOM = 22, 14
# room for the numbers of the scale on the left, and for a last mark on the right
_FROM, _TO = 12.0, 94.0
_TICKS = 4
# marks of one day stand beside each other
_ASIDE = 2.4
# numbers that lie so far apart are drawn on a scale of magnitudes, and the chart says so
_MAGNITUDES = 40.0
GLYPHS = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class Range:
    """One statement: from ``y_low`` to ``y_high``, arrows where an end is open, a glyph at the number to plot."""

    statement: Statement
    x: float
    y: float
    y_low: float
    y_high: float
    is_open_above: bool
    is_open_below: bool
    glyph: str
    color: int


@dataclass(frozen=True, slots=True)
class Step:
    """A line from a figure to what the same speaker made of it."""

    x1: float
    y1: float
    x2: float
    y2: float
    revision: str


@dataclass(frozen=True, slots=True)
class Level:
    """A line across with its number."""

    value: float
    y: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is drawn by which glyph, and how often."""

    name: str
    side: str | None
    glyph: str
    color: int
    statements: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A thing with its statements drawn."""

    thing: Thing
    ranges: tuple[Range, ...]
    steps: tuple[Step, ...]
    levels: tuple[Level, ...]
    days: tuple[tuple[date, float], ...]
    speakers: tuple[Speaker, ...]
    is_logarithmic: bool


class Scale:
    """Values to pixels from the top, linear from zero, or by magnitude where values lie far apart."""

    def __init__(self, values: list[float]) -> None:
        positive = [v for v in values if v > 0]
        self.most = max(positive, default=1.0)
        self.least = min(positive, default=1.0)
        self.is_logarithmic = self.most / self.least > _MAGNITUDES
        self._floor = 10 ** math.floor(math.log10(self.least)) if self.is_logarithmic else 0.0
        # above the highest value there is room for an arrow
        self._ceiling = self.most * (1.6 if self.is_logarithmic else 1.12)

    def __call__(self, value: float) -> float:
        if self.is_logarithmic:
            span = math.log10(self._ceiling) - math.log10(self._floor)
            share = (math.log10(max(value, self._floor)) - math.log10(self._floor)) / span
        else:
            share = max(value, 0.0) / self._ceiling
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP), 1)

    def levels(self) -> list[float]:
        """Round values to draw lines at."""
        if self.is_logarithmic:
            first, last = round(math.log10(self._floor)), math.floor(math.log10(self._ceiling))
            every = max(1, (last - first + 1) // 5)
            return [10.0**p for p in range(first, last + 1, every)]
        step = nice_below(self._ceiling / (_TICKS - 1))
        if self.most >= 3:
            step = max(1.0, step)
        count = int(self._ceiling / step)
        every = -(-count // 6)
        return [step * i * every for i in range(count // every + 1)]


def chart(thing: Thing) -> Chart:
    """The chart of a thing; of several statements of a day each has its own place beside the others."""
    values = [v for s in thing.statements for v in (s.low, s.high) if v is not None]
    scale = Scale(values)
    first = min(s.published for s in thing.statements)
    last = max(s.published for s in thing.statements)
    looks = _looks(thing)
    seen: dict[date, int] = defaultdict(int)
    ranges: dict[str, Range] = {}
    for statement in sorted(thing.statements, key=lambda s: (s.published, s.speaker_key)):
        x = day_place(statement.published, first, last) + seen[statement.published] * _ASIDE
        seen[statement.published] += 1
        low, high = statement.low, statement.high
        at = high if low is None else low if high is None else (low + high) / 2
        glyph, color = looks[statement.speaker_key]
        ranges[statement.figure_id] = Range(
            statement,
            round(min(x, 99.0), 2),
            scale(at or 0.0),
            scale(low) if low is not None else HEIGHT - _BOTTOM,
            scale(high) if high is not None else 4.0,
            high is None,
            low is None,
            glyph,
            color,
        )
    steps = []
    for drawn in ranges.values():
        before = ranges.get(drawn.statement.previous_figure_id or "")
        if before and drawn.statement.revision:
            steps.append(Step(before.x, before.y, drawn.x, drawn.y, drawn.statement.revision))
    names = {s.speaker_key: (s.speaker or s.publisher or "no speaker", s.side) for s in thing.statements}
    return Chart(
        thing,
        tuple(ranges.values()),
        tuple(steps),
        tuple(Level(v, scale(v)) for v in scale.levels()),
        tuple((day, day_place(day, first, last)) for day in _days(first, last)),
        tuple(
            Speaker(*names[key], *look, sum(s.speaker_key == key for s in thing.statements))
            for key, look in looks.items()
        ),
        scale.is_logarithmic,
    )


def day_place(day: date, first: date, last: date) -> float:
    """Where a day stands between the first and the last, in per cent of the width."""
    if first == last:
        return _FROM + 4
    return round(_FROM + (day - first).days / (last - first).days * (_TO - _FROM), 2)


def _days(first: date, last: date) -> list[date]:
    """At most three days to write below: the ends, and the middle."""
    length = (last - first).days
    parts = min(2, length)
    return sorted({first + (last - first) * i // parts for i in range(parts + 1)}) if parts else [first]


def _looks(thing: Thing) -> dict[str, tuple[str, int]]:
    """A glyph and a colour for each speaker, in order of first appearance."""
    keys = dict.fromkeys(s.speaker_key for s in sorted(thing.statements, key=lambda s: (s.published, s.speaker_key)))
    return {key: (GLYPHS[i % len(GLYPHS)], i % len(GLYPHS)) for i, key in enumerate(keys)}
