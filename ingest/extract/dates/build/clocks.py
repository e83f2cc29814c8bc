"""Builders of times of day: in figures, in words, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.dates.build.registry import builder, has, make, pick
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, Meaning

_AT = re.compile(
    r"(?:\b(?:at|by|from|to|until|till|before|after|since|between|and)|[-–,(])\s*"
    r"(?:(?:about|around|approximately|roughly)\s+)?$",
    re.I,
)


_ON_DAY = re.compile(r"\s+(?:on\s+[A-Z]|yesterday|today)")
# before figures with a point these make an amount of it: "rose by 2.30 in the morning", "closed at 13.20 on Tuesday"
_CHANGES = re.compile(
    r"\bby\s+\Z|\b(?:r[io]se|rising|f[ae]ll|gain|drop|slip|climb|trad|clos|open|stood|edg|lost|jump|pric|quot|settl)\w*\s"
    r"[^.;]*\Z",
    re.I,
)


@builder("clock")
def clock(nodes: Sequence[Node], text: str) -> Node | None:
    """A time of day in figures or words: 3:40 a.m., 18:00 UTC, half past seven."""
    node = pick(nodes, "clock", "n0", "n12", "n24", "w12", "decimal", "year", "nx")
    if node is None:
        return None
    half, part = pick(nodes, "ampm"), pick(nodes, "pod")
    oclock = pick(nodes, "oclock", "units")
    seconds = ""
    if node.cls == "clock":
        hour, minute, *more = (int(p) for p in node.value.split(":"))
        seconds = f":{more[0]:02d}" if more else ""
        if more and more[0] > 59:
            return None
    elif node.cls == "decimal":
        digits = re.fullmatch(r"(\d{1,2})\.(\d\d)", text[node.start : node.end])
        is_marked = half is not None or has(nodes, "tz")
        is_of_day = part is not None or _ON_DAY.match(text, node.end) is not None
        is_amount = _CHANGES.search(text, max(0, node.start - 40), node.start) is not None
        if digits is None or not (is_marked or (is_of_day and not is_amount)):
            return None
        hour, minute = int(digits[1]), int(digits[2])
    elif node.cls in ("year", "nx"):
        raw = text[node.start : node.end]
        if not re.fullmatch(r"\d{3,4}" if half is not None else r"\d{4}", raw) or (
            oclock is not None and oclock.value != "TH"
        ):
            return None
        if oclock is not None and not _AT.search(text, max(0, node.start - 24), node.start):
            return None  # "some 1600 hours of work"
        hour, minute = int(raw[:-2]), int(raw[-2:])
    else:
        hour, minute = int(node.value), 0
    if oclock is not None and oclock.cls == "units" and (oclock.value != "TH" or node.cls == "w12"):
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.value == "pm" else 0)
    if (
        part is not None
        and 1 <= hour < 12
        and part.value in ("AF", "EV", "NI")
        and not (part.value == "NI" and hour < 6)
    ):
        hour += 12
    if hour > 24 or minute > 59:
        return None
    zone = pick(nodes, "tz")
    meaning = Meaning(CALENDAR, clock=f"{hour:02d}:{minute:02d}{seconds}", zone=zone.value if zone else None)
    return make("CLOCK", nodes, meaning)


# behind the four figures of a time the clause ends or goes on; a noun behind them would be counted
_ENDS_TIME = re.compile(r"\s*(?:$|[.,;()]|(?:on|in|and|when|as|after|the|to|by|near)\b|local\b|[A-Z])")
# figures that are rather a year ("look at 2022") need one of these
_SHOWS_TIME = re.compile(r"\s*(?:\([A-Z]|on\s+[A-Z\d]|local\b)")
_RECENT_YEARS = range(1950, 2060)


@builder("four_figures")
def four_figures(nodes: Sequence[Node], text: str) -> Node | None:
    """A time of day in four figures: at 1330, at about 0645."""
    raw = text[nodes[-1].start : nodes[-1].end]
    if not re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", raw):
        return None
    behind = _SHOWS_TIME if int(raw) in _RECENT_YEARS else _ENDS_TIME
    if not behind.match(text, nodes[-1].end):
        return None
    mod = "APPROX" if has(nodes, "about") else None
    return make("CLOCK", nodes, Meaning(CALENDAR, clock=f"{raw[:2]}:{raw[2:]}", mod=mod))


@builder("spoken_clock")
def spoken_clock(nodes: Sequence[Node], text: str) -> Node | None:
    """A time of day as it is spoken: half past seven, ten to nine."""
    marker = next(k for k, n in enumerate(nodes) if n.cls in ("past_adj", "to"))
    unit, units = pick(nodes[:marker], "unit"), pick(nodes[:marker], "units")
    number, half = pick(nodes[:marker], "n12", "n24", "n31", "n59", "w12", "w31"), pick(nodes, "ampm")
    if has(nodes, "half"):
        minutes = 30
    elif unit is not None and unit.value == "Q":
        minutes = 15
    elif number is not None and (units is None or units.value == "TM"):
        minutes = int(number.value)
    else:
        return None
    # "2 to 3" is a range; only whole words, minutes or the o'clock make it a time
    if nodes[marker].cls == "to" and unit is None and units is None and not has(nodes, "oclock"):
        return None
    hour = int(nodes[marker + 1].value)
    if not 1 <= hour <= 12 or minutes > 59:
        return None
    if nodes[marker].cls == "to":
        hour, minutes = hour - 1 or 12, 60 - minutes
    if half is not None:
        hour = hour % 12 + (12 if half.value == "pm" else 0)
    return make("CLOCK", nodes, Meaning(CALENDAR, clock=f"{hour:02d}:{minutes:02d}"))


_BEHIND = re.compile(r"\b(?:after|past|since)\s+$", re.I)


@builder("day_point")
def day_point(nodes: Sequence[Node], text: str) -> Node | None:
    """A point of the day by name: noon, midnight, dawn."""
    value = nodes[0].value
    if value == "24:00" and _BEHIND.search(text, max(0, nodes[0].start - 10), nodes[0].start):
        value = "00:00"  # "shortly after midnight" is of the day that it opens
    if ":" in value:
        return make("CLOCK", nodes, Meaning(CALENDAR, clock=value))
    return None
