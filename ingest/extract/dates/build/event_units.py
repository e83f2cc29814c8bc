"""Builders of units that something larger tells: day 158 of the invasion, the early months of 2022."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.dates.build.registry import NUMBERS, builder, has, make, meaning_of, pick, with_fields
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, Meaning


@builder("era_day")
def era_day(nodes: Sequence[Node], text: str) -> Node | None:
    """A day counted from an era's start: day 158 of the invasion."""
    unit, number, era = (
        pick(nodes, "unit"),
        pick(nodes, *NUMBERS, "ord", "ord31", "ordx", "second"),
        pick(nodes, "era", "war"),
    )
    if unit is None or unit.value not in ("D", "W", "M") or number is None:
        return None
    if era is None:
        return None
    meaning = Meaning(CALENDAR, unit=unit.value, era=era.value, amount=float(number.value))
    return make("DAY" if unit.value == "D" else "PERIOD", nodes, meaning)


@builder("event_day")
def event_day(nodes: Sequence[Node], text: str) -> Node | None:
    """A unit that an event tells: the fifth day of the offensive, on the night of the raid."""
    unit, number = pick(nodes, "unit", "pod", "weekend"), pick(nodes, "ord", "ord31", "second")
    if unit is None or unit.value not in ("D", "W", "M", "WE", "MO", "AF", "EV", "NI"):
        return None
    if number is None and unit.value in ("W", "M"):
        return None  # "in the week of the vote" needs a vote that has a date
    part = str(unit.value) if unit.cls == "pod" else None
    meaning = Meaning(
        CALENDAR,
        unit="D" if part else str(unit.value),
        which="event",
        number=int(number.value) if number is not None else None,
        part=part,
    )
    return make("TIME" if part else {"D": "DAY", "M": "MONTH"}.get(unit.value, "PERIOD"), nodes, meaning)


@builder("era_early")
def era_early(nodes: Sequence[Node], text: str) -> Node | None:
    """The early days of an era or an event: the early days of the war, the first weeks of the invasion."""
    era, units, number = pick(nodes, "era", "war"), pick(nodes, "units"), pick(nodes, "ord")
    if units is None or units.value not in ("D", "W", "M") or (number is not None and number.value != 1):
        return None
    meaning = Meaning(CALENDAR, unit="M", which="early", era=era.value if era is not None else None, mod="START")
    return make("PERIOD", nodes, meaning)


@builder("edge_units")
def edge_units(nodes: Sequence[Node], text: str) -> Node | None:
    """Units at the edge of a period, which is their value: the first months of 2022, the last days of May."""
    units, number, period = pick(nodes, "units"), pick(nodes, "ord"), nodes[-1]
    within = meaning_of(period)
    if units is None or units.value not in ("D", "W", "M") or (number is not None and number.value != 1):
        return None
    if within.kind != CALENDAR or within.mod is not None:
        return None
    mod = "END" if has(nodes, "last", "final", "later") else "START"
    return make(period.cls, nodes, with_fields(within, mod=mod))
