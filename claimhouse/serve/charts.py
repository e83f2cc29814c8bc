"""Drawings of pages, in numbers: figures over time, who holds what by week.

Belongs here: places of marks. Does not belong here: markup (``templates``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claimhouse.briefing.figures import HEIGHT, Scale, day_place
from claimhouse.briefing.words import counted

_COLOURS = 5
_SHAPES = 3
_DAYS = 4  # more have no room under a drawing
_ASIDE = 1.6  # per cent of the width
_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement of a figure: across in per cent of the width, down in pixels."""

    row: dict[str, Any]
    x: float
    y: float
    y_low: float
    y_high: float
    is_open_above: bool
    is_open_below: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The statements of one authority."""

    name: str
    side: str | None
    series_id: str
    colour: int
    shape: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is said of one number, by all who say it."""

    title: str
    scope: str
    lines: tuple[Line, ...]
    levels: tuple[tuple[float, float], ...]
    days: tuple[tuple[date, float], ...]
    is_logarithmic: bool
    height: int = HEIGHT

    @property
    def is_drawn(self) -> bool:
        """False for a single statement, which its row tells better."""
        return sum(len(line.marks) for line in self.lines) > 1


def series_charts(series: Sequence[dict[str, Any]], revisions: Iterable[dict[str, Any]]) -> list[Chart]:
    """A chart for each number of an event: series of the same role, scope and thing in one."""
    steps: dict[str, list[dict[str, Any]]] = {}
    for row in revisions:
        steps.setdefault(row["figure_series_id"], []).append(row)
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in series:
        if steps.get(row["figure_series_id"]):
            groups.setdefault((row["role"], row["scope"], row["thing"] or "people"), []).append(row)
    return [_chart(key, rows, steps) for key, rows in groups.items()]


def _chart(key: tuple[str, str, str], rows: list[dict[str, Any]], steps: dict[str, list[dict[str, Any]]]) -> Chart:
    role, scope, thing = key
    told = [step for row in rows for step in steps[row["figure_series_id"]]]
    scale = Scale([v for step in told for v in (step["low"], step["high"], step["best"]) if v is not None] or [1.0])
    dated = [step["published_date"] for step in told if step["published_date"]]
    first, last = (min(dated), max(dated)) if dated else (date.min, date.min)
    lines = []
    seen: Counter[date | None] = Counter()
    for number, row in enumerate(rows):
        marks = tuple(_mark(step, scale, first, last, seen) for step in steps[row["figure_series_id"]])
        name = row["voice"] or "unnamed"
        # where colours come round again, shapes tell the voices apart
        look = number % _COLOURS, number // _COLOURS % _SHAPES
        lines.append(Line(name, row["voice_side"], row["figure_series_id"], *look, marks))
    days = set(dated) if len(set(dated)) <= _DAYS else {first, last}
    ends = tuple((day, day_place(day, first, last)) for day in sorted(days)) if dated else ()
    levels = tuple((value, scale(value)) for value in scale.levels())
    return Chart(counted(thing, role), scope, tuple(lines), levels, ends, scale.is_logarithmic)


def _mark(step: dict[str, Any], scale: Scale, first: date, last: date, seen: Counter[date | None]) -> Mark:
    """The mark of one statement; those of one day stand beside each other."""
    low, high = step["low"], step["high"]
    at = step["best"] if step["best"] is not None else high if low is None else low
    x = day_place(step["published_date"], first, last) if step["published_date"] else 2.0
    x = min(x + _ASIDE * seen[step["published_date"]], 98.0)
    seen[step["published_date"]] += 1
    y = scale(at or 0.0)
    y_low = scale(low) if low is not None else min(y + 18, float(HEIGHT))
    y_high = scale(high) if high is not None else max(y - 18, 2.0)
    return Mark(step, x, y, y_low, y_high, high is None, low is None)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Who is said to hold each place in each week; a cell has the holders, and whether voices disagree."""

    weeks: tuple[date, ...]
    rows: tuple[tuple[str, str | None, tuple[tuple[tuple[str, ...], bool], ...]], ...]


def control_weeks(rows: Iterable[dict[str, Any]], sides: Mapping[str, str], most: int = 40) -> Weeks:
    """The last weeks of a control timeline as a table, of the places told of in them, the most told first.

    Args:
        rows: of the timeline.
        sides: their names by code.
        most: places, at most.
    """
    cells: dict[tuple[str, str | None], dict[date, list[dict[str, Any]]]] = {}
    for row in rows:
        if row["week_start_date"]:
            by_week = cells.setdefault((row["place"] or "–", row["place_id"]), {})
            by_week.setdefault(row["week_start_date"], []).append(row)
    weeks = tuple(sorted({week for by_week in cells.values() for week in by_week})[-_WEEKS:])
    shown = {key: {week: said for week, said in by_week.items() if week in weeks} for key, by_week in cells.items()}
    order = sorted(
        ((key, by_week) for key, by_week in shown.items() if by_week),
        key=lambda item: (-sum(map(len, item[1].values())), item[0][0]),
    )
    return Weeks(
        weeks,
        tuple((*key, tuple(_cell(by_week.get(week, []), sides) for week in weeks)) for key, by_week in order[:most]),
    )


def _cell(rows: list[dict[str, Any]], sides: Mapping[str, str]) -> tuple[tuple[str, ...], bool]:
    """The holders of one week, and whether another is named too or one of them denied."""
    holders = {holder_of(row, sides) for row in rows if row["is_holding"]}
    denied = {holder_of(row, sides) for row in rows if not row["is_holding"]}
    names = tuple(sorted(holders)) or tuple(f"not {name}" for name in sorted(denied))
    return names, len(holders) > 1 or bool(holders & denied)


def holder_of(row: Mapping[str, Any], sides: Mapping[str, str]) -> str:
    """The holder of a row of the control timeline as people call it.

    Args:
        row: of the timeline.
        sides: their names by code.
    """
    holder = row["holder"]
    if holder and ":" not in holder:
        return sides.get(holder, str(holder))
    return str(row["holder_name"] or holder or "?")
