"""Builders that join phrases: parts of periods, times with their days, ranges, approximations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.dates.build.registry import (
    builder,
    drop,
    has,
    make,
    meaning_of,
    phrases,
    pick,
    with_fields,
)
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, LENGTH, OFFSET, RANGE, REFERENCE, REPEAT, WINDOW, Meaning
from ingest.values import replace


@builder("weekday_date")
def weekday_date(nodes: Sequence[Node], text: str) -> Node | None:
    """A day of the week with its date: Thursday, 27 November; Friday the 26th."""
    inner = phrases(nodes)
    first = meaning_of(inner[0])
    if len(inner) == 1:
        number = pick(nodes, "ord", "ord31", "second")
        if first.weekday is None or first.day is not None or number is None:
            return None
        # "on Friday, the fourth day": only figures make a date
        if not text[number.start].isdigit():
            return None
        return make("DAY", nodes, with_fields(first, day=int(number.value)))
    second = meaning_of(inner[1])
    if (
        first.weekday is not None
        and first.day is None
        and first.which is None
        and second.day is not None
        and second.month is not None
    ):
        return make("DAY", nodes, with_fields(second, weekday=first.weekday))
    if second.weekday is not None and second.day is None and first.day is not None and first.month is not None:
        return make("DAY", nodes, with_fields(first, weekday=second.weekday))
    return None


_HALVES = {"early": "MO", "late": "EV"}  # of a day


@builder("part_of")
def part_of(nodes: Sequence[Node], text: str) -> Node | None:
    """Early, mid or late in a period: early November, mid-2012, later this year."""
    inner = phrases(nodes)[0]
    modifier = pick(nodes, "early", "mid", "middle", "late", "earlier", "later")
    meaning = meaning_of(inner)
    if modifier is None or meaning.mod is not None or meaning.value in ("PAST_REF",):
        return None
    if modifier.cls in ("earlier", "later"):
        is_before = modifier.cls == "earlier"
        meaning = with_fields(meaning, mod="START" if is_before else "END", is_before_now=is_before)
        return make(inner.cls, nodes, meaning)
    if "on" in (n.cls for n in nodes) and meaning.weekday is not None and not meaning.has_time:
        part = _HALVES.get(modifier.cls)
        return make("TIME", nodes, with_fields(meaning, part=part)) if part is not None else None
    return make(inner.cls, nodes, with_fields(meaning, mod=str(modifier.value)))


@builder("edge_of")
def edge_of(nodes: Sequence[Node], text: str) -> Node | None:
    """Beginning, middle or end of a period: the end of October, year-end."""
    inner = phrases(nodes)
    edge = pick(nodes, "beginning", "middle", "end")
    if edge is None or edge.value == "EVE":
        return None
    if inner:
        meaning = meaning_of(inner[0])
        if meaning.mod is not None or (len(nodes) == 2 and nodes[0].cls in ("beginning", "middle") and meaning.has_day):
            return None
        if nodes[-2].cls in ("beginning", "middle", "end") and edge.cls != "end":
            return None
        return make(inner[0].cls, nodes, with_fields(meaning, mod=edge.value))
    unit = pick(nodes, "unit", "season", "weekend", "pod")
    if unit is None or unit.cls == "pod" or str(unit.value).startswith("T"):
        return None
    if nodes[-1] is unit and not has(nodes, "the", "of"):
        return None
    cls = {"D": "DAY", "Y": "YEAR", "M": "MONTH"}.get(unit.value, "PERIOD")
    if nodes[-1].cls == "end" and nodes[0] is unit and text[nodes[-1].start : nodes[-1].end].lower() == "ends":
        return None
    return make(cls, nodes, Meaning(CALENDAR, unit=unit.value, which="that", is_text_bound=True, mod=edge.value))


@builder("part_of_day")
def part_of_day(nodes: Sequence[Node], text: str) -> Node | None:
    """A part of a day that is named: Tuesday night, the evening of November 27, yesterday morning."""
    nodes = drop(nodes, "in", "during") if nodes[0].cls in ("in", "during") else nodes
    inner = [n for n in phrases(nodes) if n.cls != "LENGTH"]
    part = pick(nodes, "pod", "podpoint", "overnight")
    if part is None or not inner:
        return None
    meaning = meaning_of(inner[0])
    modifier = pick(nodes, "early", "mid", "middle", "late")
    told = {"earlier": "START", "later": "END"}.get(nodes[0].cls)
    code = str(part.value)
    hours = next((meaning_of(n) for n in nodes if n.cls == "LENGTH"), None)
    if hours is not None and (hours.vague != "bare" or hours.lengths[0][1] != "TH"):
        return None
    if meaning.kind == RANGE:
        return make("TIME", nodes, with_fields(meaning, part=code))
    if meaning.kind == OFFSET and meaning.lengths[0][1] not in ("D", "W"):
        return None
    if has(nodes, "into") and meaning.has_day:
        meaning = Meaning(OFFSET, lengths=((1.0, "D"),), sign=-1, first=meaning)
    if meaning.has_time or (meaning.kind == CALENDAR and not meaning.has_day):
        return None
    if ":" in code:
        return make("TIME", nodes, with_fields(meaning, clock=code))
    if len(inner) > 1 and has(nodes, "between", "from", "to"):
        return make("TIME", nodes, with_fields(meaning, part=code))  # the night is that of the first day
    if has(nodes, "before", "after"):
        meaning = Meaning(OFFSET, lengths=((1.0, "D"),), sign=-1 if has(nodes, "before") else 1, first=meaning)
    return make("TIME", nodes, with_fields(meaning, part=code, mod=modifier.value if modifier else told or meaning.mod))


@builder("bare_part")
def bare_part(nodes: Sequence[Node], text: str) -> Node | None:
    """A part of the day without its day: in the morning, at night."""
    part = pick(nodes, "pod", "podpoint")
    if part is None or ":" in part.value:
        return None
    modifier = pick(nodes, "early", "mid", "middle", "late")
    meaning = Meaning(
        CALENDAR, unit="D", amount=0, part=part.value, is_text_bound=True, mod=modifier.value if modifier else None
    )
    return make("TIME", nodes, meaning)


def _hour(meaning: Meaning, node: Node) -> str:
    """The clock time of a bare hour, in the half of the day that ``meaning`` speaks of."""
    hour = int(node.value)
    if hour <= 12 and meaning.part in ("AF", "EV", "NI"):
        hour = hour % 12 + 12
    return f"{hour % 24:02d}:00"


@builder("clock_on_day")
def clock_on_day(nodes: Sequence[Node], text: str) -> Node | None:
    """A clock time with its day: 3:40 a.m. on November 26, tomorrow at 10."""
    nodes = drop(nodes, "in", "at")
    inner = phrases(nodes)
    clock = next((n for n in inner if n.cls == "CLOCK"), None)
    day = next((n for n in inner if n.cls in ("DAY", "TIME", "OFFSET")), None)
    part = pick(nodes, "pod")
    if clock is None:
        hour = pick(nodes, "n0", "n12", "n24", "w12")
        if hour is None or nodes[-1] is not hour:
            return None
        if day is None:
            if part is None:
                return None
            meaning = Meaning(CALENDAR, part=part.value)
            return make("CLOCK", nodes, Meaning(CALENDAR, clock=_hour(meaning, hour)))
        base = meaning_of(day)
        if base.clock is not None or base.kind == RANGE:
            return None
        return make("TIME", nodes, with_fields(base, clock=_hour(base, hour), part=None))
    told = meaning_of(clock)
    if day is None:
        if part is None or told.clock is None:
            return None
        hour_value, rest = int(told.clock[:2]), told.clock[2:]
        if hour_value < 12 and part.value in ("AF", "EV", "NI") and not (part.value == "NI" and hour_value < 6):
            hour_value += 12
        return make("CLOCK", nodes, with_fields(told, clock=f"{hour_value:02d}{rest}"))
    base = meaning_of(day)
    if base.clock is not None or base.kind in (RANGE, REFERENCE):
        return None
    if has(nodes, "before", "after", "until", "by") and base.mod is None:
        base = with_fields(base, mod="AFTER" if has(nodes, "after") else "BEFORE")
    if base.kind == CALENDAR and not base.has_day:
        return None
    if base.kind == OFFSET and base.lengths[0][1] not in ("D", "W", "M", "Y"):
        return None
    if base.kind == CALENDAR and base.is_text_bound and base.part is None and base.which == "that":
        return None
    clock_value = told.clock or ""
    if base.part in ("AF", "EV", "NI") and clock_value and 6 <= int(clock_value[:2]) < 12 and not has_half(text, clock):
        clock_value = f"{int(clock_value[:2]) + 12:02d}{clock_value[2:]}"
    return make("TIME", nodes, with_fields(base, clock=clock_value, zone=told.zone, part=None))


_FOUR_FIGURES = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d$")
_COUNTED = re.compile(r"\s+[a-z]")


@builder("stamp")
def stamp(nodes: Sequence[Node], text: str) -> Node | None:
    """A date with its year and, in four figures, its time: 27 Apr 2017 1449."""
    day, number, zone = pick(nodes, "DAY"), pick(nodes, "YEAR", "nx", "decimal"), pick(nodes, "tz")
    if day is None or number is None:
        return None
    meaning = meaning_of(day)
    if meaning.kind != CALENDAR or meaning.year is None or meaning.day is None or meaning.has_time:
        return None
    figures = text[number.start : number.end]
    if number.cls == "decimal" and _POINTED.fullmatch(figures):
        figures = figures.replace(".", "")
    if not _FOUR_FIGURES.match(figures) or _COUNTED.match(text, nodes[-1].end):
        return None
    return make(
        "TIME", nodes, with_fields(meaning, clock=f"{figures[:2]}:{figures[2:]}", zone=zone.value if zone else None)
    )


# "22.30" as a time of day
_POINTED = re.compile(r"\d\d\.\d\d")
_HALF = re.compile(r"\d\s?[ap]\.?\s?m\b", re.I)


def has_half(text: str, clock: Node) -> bool:
    """Whether a clock time says a.m. or p.m."""
    return _HALF.search(text, clock.start, clock.end) is not None


@builder("clock_range")
def clock_range(nodes: Sequence[Node], text: str) -> Node | None:
    """From one time of day to another: from 9 to 11 p.m., between 2 and 4:30pm."""
    first, last = nodes[0], nodes[-1]
    day = meaning_of(last) if last.cls == "DAY" else None
    last = nodes[2] if day is not None else last
    if last.cls in ("CLOCK", "TIME"):
        end = meaning_of(last)
        if end.clock is None:
            return None
        if first.cls == "CLOCK":
            start = meaning_of(first).clock or ""
            if not has_half(text, first) and has_half(text, last) and int(end.clock[:2]) >= 12 and int(start[:2]) < 12:
                start = f"{int(start[:2]) + 12:02d}{start[2:]}" if int(start[:2]) + 12 <= int(end.clock[:2]) else start
        else:
            if first.value > 24 or not has_half(text, last):
                return None
            hour = int(first.value)
            start = f"{hour + 12 if hour + 12 <= int(end.clock[:2]) else hour:02d}:00"
    else:
        begin = meaning_of(first)
        if begin.clock is None or not has_half(text, first):
            return None
        start, end = (
            begin.clock,
            Meaning(CALENDAR, clock=f"{int(last.value) + (12 if int(begin.clock[:2]) >= 12 else 0):02d}:00"),
        )
    base = day or (end if end.has_day else Meaning(CALENDAR, zone=end.zone))
    if start.startswith("24"):
        start = f"00{start[2:]}"  # from midnight on
    return make("TIME", nodes, with_fields(base, clock=start, value=end.clock))


def _with_end(base: Meaning, start: str, end: str) -> Meaning:
    """A stretch of one day, from clock time to clock time."""
    holder = base if base.has_day or base.kind == OFFSET else Meaning(CALENDAR, zone=base.zone)
    return with_fields(holder, clock=start, value=end, part=None)


@builder("clock_length")
def clock_length(nodes: Sequence[Node], text: str) -> Node | None:
    """A time of day with how long from there: 2pm for two hours."""
    inner = phrases(nodes)
    amount = meaning_of(next(n for n in inner if n.cls == "LENGTH"))
    base = meaning_of(next(n for n in inner if n.cls != "LENGTH"))
    minutes = 0.0
    for many, unit in amount.lengths:
        if unit not in ("TH", "TM"):
            return None
        minutes += many * (60 if unit == "TH" else 1)
    if base.clock is None or amount.vague is not None or base.kind == RANGE or base.value is not None:
        return None
    total = int(base.clock[:2]) * 60 + int(base.clock[3:5]) + int(minutes)
    if total > 24 * 60:
        return None
    return make("TIME", nodes, _with_end(base, base.clock, f"{total // 60:02d}:{total % 60:02d}"))


@builder("hours_of_part")
def hours_of_part(nodes: Sequence[Node], text: str) -> Node | None:
    """Hours of a part of the day: between 5 and 6 in the afternoon."""
    part, inner = pick(nodes, "pod"), phrases(nodes)
    base = meaning_of(inner[0]) if inner else Meaning(CALENDAR, part=part.value if part else None)
    if base.part is None or base.kind == RANGE:
        return None
    start, end = (_hour(base, n) for n in (nodes[0], nodes[2]))
    if start >= end:
        return None
    if not inner:
        base = Meaning(CALENDAR)
    return make("TIME", nodes, _with_end(base, start, end))


@builder("length_from")
def length_from(nodes: Sequence[Node], text: str) -> Node | None:
    """A length with its first day: for three days from Monday, two weeks starting 20 May."""
    inner = phrases(nodes)
    amount, first = meaning_of(inner[0]), meaning_of(inner[-1])
    if amount.vague is not None or len(amount.lengths) != 1 or amount.lengths[0][1].startswith("T"):
        return None
    last = Meaning(OFFSET, lengths=amount.lengths, sign=1, first=first, amount_high=-1)
    return make("RANGE", nodes, Meaning(RANGE, first=first, last=last))


@builder("set_at")
def set_at(nodes: Sequence[Node], text: str) -> Node | None:
    """A repetition with its time of day: every weekday morning at 7am."""
    repeat = next(n for n in nodes if n.cls == "REPEAT")
    base = meaning_of(repeat)
    clock = next((n for n in nodes if n.cls == "CLOCK"), None)
    part = pick(nodes, "pod", "pods")
    value = base.value or ""
    if value.startswith("P"):
        if value != "P1D":
            return None
        value = "XXXX-XX-XX"
    value = value.split("T")[0]
    if clock is not None:
        suffix = meaning_of(clock).clock or ""
    elif part is not None:
        suffix = str(part.value)
    else:
        hour = pick(nodes, "n0", "n12", "n24", "w12")
        if hour is None:
            return None
        suffix = f"{int(hour.value):02d}:00"
    return make("REPEAT", nodes, Meaning(REPEAT, value=f"{value}T{suffix}"))


@builder("date_range")
def date_range(nodes: Sequence[Node], text: str) -> Node | list[Node] | None:
    """From one date to another: from March to June 2022, between 2014 and 2016, Monday-Friday."""
    inner = phrases(nodes)
    last = meaning_of(inner[-1])
    if len(inner) == 1:
        other = next(
            n
            for n in nodes
            if (n is not inner[0] and isinstance(n.value, int) and n.cls[0] in "nor") or n.cls == "second"
        )
        if last.year is not None and last.month is None:  # from 2014 to 18
            if nodes[-1].end - nodes[-1].start != 2:
                return None
            first, last = last, Meaning(CALENDAR, year=last.year // 100 * 100 + int(nodes[-1].value), unit="Y")
        else:
            if last.day is None or last.month is None or int(other.value) >= last.day:
                return None
            first = Meaning(CALENDAR, year=last.year, month=last.month, day=int(other.value))
    else:
        first = meaning_of(inner[0])
    if not _may_join(first, last):
        return None
    if len(inner) == 2 and not _lean_on_each_other(first, last, nodes):
        later = with_fields(last, follows=True) if last.kind == CALENDAR else last
        return [replace(inner[0]), replace(inner[1], value=later)]
    return make("RANGE", nodes, Meaning(RANGE, first=first, last=last))


def _lean_on_each_other(first: Meaning, last: Meaning, nodes: Sequence[Node]) -> bool:
    """Whether the two make one expression: they share the year, or are written as one word.

    "from March to June 2022" is one; "from March to May" are two dates, each of which stands by
    itself, as news annotators have it.
    """
    if first.kind == CALENDAR == last.kind and first.year is None and last.year is not None and first.month is not None:
        return True
    return all(a.end == b.start for a, b in pairwise(nodes))


def _may_join(first: Meaning, last: Meaning) -> bool:
    """A range needs ends of one sort: "Monday to Friday", not "from Monday to 2024"."""
    if RANGE in (first.kind, last.kind) or LENGTH in (first.kind, last.kind):
        return False
    if first.kind == last.kind == REFERENCE:
        return False
    if first.kind == CALENDAR and last.kind == CALENDAR:
        if first.clock is not None or last.clock is not None:
            return False
        if first.has_day and last.unit == "Y" and last.which is None:
            return first.year is not None
    return True


@builder("approximate")
def approximate(nodes: Sequence[Node], text: str) -> Node | None:
    """A date or length that is about so: around November 5, at least three days, a week or so."""
    inner = phrases(nodes)
    meaning = meaning_of(inner[0])
    bound = pick(nodes, "about", "nearly", "over", "under", "atleast", "atmost", "morethan", "lessthan")
    if bound is None:
        if has(nodes, "orso", "tilde"):
            mod = "APPROX"
        elif has(nodes, "before", "earlier"):
            mod = "ON_OR_BEFORE"
        else:
            mod = "ON_OR_AFTER"
        return make(inner[0].cls, nodes, with_fields(meaning, mod=mod))
    mod = str(bound.value)
    if bound.cls == "about" and text[nodes[-1].end : nodes[-1].end + 2] in ("'s", "’s"):
        return replace(inner[0])  # "said about Monday's blast"
    is_length = meaning.kind in (LENGTH, WINDOW)
    is_counted = meaning.kind == LENGTH and meaning.vague is None and inner[0].rule != "dur.one"
    if bound.cls in ("over", "under") and not is_counted:
        return replace(inner[0])  # "over the weekend" is a preposition
    if meaning.kind == OFFSET:
        mod = {
            "MORE_THAN": "BEFORE",
            "LESS_THAN": "AFTER",
            "EQUAL_OR_MORE": "ON_OR_BEFORE",
            "EQUAL_OR_LESS": "ON_OR_AFTER",
        }.get(mod, mod)
        if bound.cls == "nearly":
            mod = "APPROX"
    elif not is_length:
        if bound.cls not in ("about", "nearly"):
            return None
        mod = "APPROX"
    if meaning.mod is not None and not is_length:
        return None
    return make(inner[0].cls, nodes, with_fields(meaning, mod=mod))
