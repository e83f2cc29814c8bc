"""Builders of calendar expressions: days, months, years, quarters, seasons, feasts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.dates import almanac
from ingest.extract.dates.build.registry import DAYS_OF_MONTH, MONTHS, builder, has, is_capitalised, make, pick
from ingest.extract.dates.context import word_lists
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, RANGE, REFERENCE, Meaning
from ingest.extract.spelled_numbers import counts_what_follows


def _short_year(number: int) -> int:
    """Two digits of a year: up to 50 this century, else the last."""
    return number + (2000 if number < 50 else 1900)


def year_of(nodes: Sequence[Node]) -> int | None:
    """The year among the nodes, in four figures or two."""
    node = pick(nodes, "year")
    if node is not None:
        return int(node.value)
    short = pick(nodes, "shortyear")
    return _short_year(int(short.value[1:])) if short is not None else None


@builder("iso")
def iso(nodes: Sequence[Node], text: str) -> Node | None:
    """A date or date and time in ISO 8601 form."""
    raw = nodes[0].value
    if nodes[0].cls == "isomonth":
        year, month = int(raw[:4]), int(raw[5:])
        return make("MONTH", nodes, Meaning(CALENDAR, year=year, month=month, unit="M"))
    if nodes[0].cls == "compact":
        raw = f"{raw[:4]}-{raw[4:6]}-{raw[6:]}"
    year, month, number = int(raw[:4]), int(raw[5:7]), int(raw[8:10])
    if almanac.day(year, month, number) is None:
        return None
    meaning = Meaning(CALENDAR, year=year, month=month, day=number)
    if len(raw) > 10:
        meaning.clock = raw[11:16]
        zone = re.search(r"Z$|[+-]\d\d:?\d\d$", raw)
        meaning.zone = zone.group() if zone else None
        return make("TIME", nodes, meaning)
    return make("DAY", nodes, meaning)


def _edtf_end(raw: str) -> Meaning | None:
    """One end of an interval: a year, a month or a day."""
    parts = [int(p) for p in raw.split("-")]
    if len(parts) == 1:
        return Meaning(CALENDAR, year=parts[0], unit="Y")
    if len(parts) == 2:
        return Meaning(CALENDAR, year=parts[0], month=parts[1], unit="M") if 1 <= parts[1] <= 12 else None
    return Meaning(CALENDAR, year=parts[0], month=parts[1], day=parts[2]) if almanac.day(*parts) else None


@builder("edtf")
def edtf(nodes: Sequence[Node], text: str) -> Node | None:
    """Extended date and time format: 2022-02/2022-04, 2022-03~, 2022-04-XX, 201X."""
    raw = nodes[0].value.upper()
    if "/" in raw:
        first, last = (_edtf_end(end) for end in raw.split("/"))
        return make("RANGE", nodes, Meaning(RANGE, first=first, last=last)) if first and last else None
    if raw[-1] in "~?":
        meaning = _edtf_end(raw[:-1])
        if meaning is None:
            return None
        meaning.mod = "APPROX"
        return make("DAY" if meaning.day else "MONTH", nodes, meaning)
    if "-" not in raw:
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="DE", number=int(raw[:3])))
    meaning = _edtf_end(raw.replace("-XX", ""))
    return make("MONTH" if meaning.month else "YEAR", nodes, meaning) if meaning else None


@builder("numeric")
def numeric(nodes: Sequence[Node], text: str) -> Node | None:
    """Day, month and year as numbers: 27.11.2025, 11/27/2025, 7/8/07."""
    raw = nodes[0].value
    parts = [int(p) for p in re.split(r"[/.\-]", raw)]
    if len(re.split(r"[/.\-]", raw)[0]) == 4:
        year, month, number = parts
    else:
        first, second, year = parts
        if year < 100:
            year = _short_year(year)
        # with dots the day comes first; with strokes the month, where it can
        number, month = (first, second) if "." in raw or first > 12 else (second, first)
    if almanac.day(year, month, number) is None:
        return None
    meaning = Meaning(CALENDAR, year=year, month=month, day=number)
    if not raw[:4].isdigit() and "." not in raw:
        if number > 12:
            meaning.is_day_first = first > 12
        elif number != month:
            meaning.swapped = number, month
    return make("DAY", nodes, meaning)


@builder("numeric_short")
def numeric_short(nodes: Sequence[Node], text: str) -> Node | None:
    """Day and month as numbers without year, after a preposition: on 22/04."""
    first, second = int(nodes[0].value), int(nodes[2].value)
    # the month first, where it can be: as with numeric dates with strokes
    month, number = (second, first) if first > 12 else (first, second)
    if almanac.day(2000, month, number) is None or nodes[0].end != nodes[1].start or nodes[1].end != nodes[2].start:
        return None
    return make("DAY", nodes, Meaning(CALENDAR, month=month, day=number))


def _month(nodes: Sequence[Node], text: str) -> int | None:
    """The month, unless it is the verb "may" or "march" in small letters."""
    node = pick(nodes, *MONTHS)
    if node is None or (
        not is_capitalised(node, text)
        and node.cls == "month_verb"
        and not _AFTER_IN.search(text, max(0, node.start - 12), node.start)
    ):
        return None
    return int(node.value)


_IN_A_WORD = ("w12", "w31")
_AFTER_IN = re.compile(r"\b(?:in|since|until|last|next) $")


def _days(nodes: Sequence[Node]) -> list[Node]:
    return [n for n in nodes if n.cls in DAYS_OF_MONTH]


@builder("day_date")
def day_date(nodes: Sequence[Node], text: str) -> Node | None:
    """Day, month and year: November 27, 2025; 27th of November 2025."""
    days = _days(nodes)
    month = pick(nodes, *MONTHS)
    year = year_of(nodes)
    if not days or month is None:
        return None
    if len(days) == 2 and year is None:  # 5-May-22
        year = _short_year(int(days[1].value))
    if (
        month.cls == "month_verb"
        and not is_capitalised(month, text)
        and days[0].cls not in ("ord", "ord31")
        and year is None
    ):
        return None
    number = int(days[0].value)
    if not 1 <= number <= 31 or almanac.day(year or 2000, month.value, number) is None:
        return None
    is_word = days[0].cls in _IN_A_WORD and year is None and month.start < days[0].start
    if is_word and counts_what_follows(text, month.start, days[0].end):
        return None
    # "the Second of May" is a day, "second May" hardly
    return make("DAY", nodes, Meaning(CALENDAR, year=year, month=month.value, day=number))


@builder("day_range")
def day_range(nodes: Sequence[Node], text: str) -> Node | None:
    """Days of one month as one interval: November 17-23, between 3 and 5 May."""
    days, month, year = _days(nodes), _month(nodes, text), year_of(nodes)
    if len(days) != 2 or month is None:
        return None
    first, last = int(days[0].value), int(days[1].value)
    if first >= last or almanac.day(year or 2000, month, last) is None:
        return None
    meaning = Meaning(
        RANGE,
        first=Meaning(CALENDAR, year=year, month=month, day=first),
        last=Meaning(CALENDAR, year=year, month=month, day=last),
    )
    return make("RANGE", nodes, meaning)


_OPEN_LIST = re.compile(
    r"\s+(?!(?:in|at|on|when|while|as|after|before|for|by|from|with|were|was|near|that|which|of|to|and|the|respectively|but|had|have|has|did)\b)[\w“\"-]",
    re.I,
)


@builder("day_list")
def day_list(nodes: Sequence[Node], text: str) -> list[Node] | None:
    """Several days of one month, each a date: November 20 and 24; 3, 5 and 7 May."""
    days, month, year = _days(nodes), _month(nodes, text), year_of(nodes)
    if month is None or any(almanac.day(year or 2000, month, int(d.value)) is None for d in days):
        return None
    is_month_first = nodes[0].cls in MONTHS
    # "on November 20 and 24 soldiers": what follows is counted by the last number
    if is_month_first and year is None and _OPEN_LIST.match(text, nodes[-1].end):
        return None
    out = []
    for k, day in enumerate(days):
        start, end = day.start, day.end
        if is_month_first and k == 0:
            start = nodes[0].start
        if k == len(days) - 1:
            end = nodes[-1].end
        out.append(
            Node("DAY", start, end, Meaning(CALENDAR, year=year, month=month, day=int(day.value)), rule="date.day-list")
        )
    return out


@builder("month_date")
def month_date(nodes: Sequence[Node], text: str) -> Node | None:
    """A month of a year: November 2025, Feb '22, April of 1987."""
    month, node = _month(nodes, text), pick(nodes, *MONTHS)
    year = year_of(nodes)
    if month is None or node is None:
        return None
    # "august" is an adjective, short forms in small letters are other words
    if (
        not is_capitalised(node, text)
        and year is None
        and (node.value == 8 or node.end - node.start < 4)
        and node.cls == "month"
    ):
        return None
    return make("MONTH", nodes, Meaning(CALENDAR, year=year, month=month, unit="M"))


_DATE_FOLLOWS = re.compile(r",?\s+(?:\d|[A-Z][a-z]{2,8}\.?\s\d)")


@builder("day_only")
def day_only(nodes: Sequence[Node], text: str) -> Node | None:
    """ "on the 24th": only where no noun follows that is counted."""
    number = int(nodes[-1].value)
    if not text[nodes[-1].start].isdigit() or _OPEN_LIST.match(text, nodes[-1].end):
        return None
    return make("DAY", nodes, Meaning(CALENDAR, day=number))


@builder("weekday")
def weekday(nodes: Sequence[Node], text: str) -> Node | None:
    """A day of the week: the nearest one, by the tense."""
    raw = text[nodes[0].start : nodes[0].end]
    # "sat", "sun" and "wed" are words; "Sun" and "Sat" may be: only the dotted or whole ones are sure
    if raw.lower() in ("sun", "sat", "wed", "mon") and not _DATE_FOLLOWS.match(text, nodes[0].end):
        return None
    if raw.lower() == raw and len(raw) < 4:
        return None
    return make("DAY", nodes, Meaning(CALENDAR, weekday=nodes[0].value))


@builder("quarter")
def quarter(nodes: Sequence[Node], text: str) -> Node | None:
    """A quarter or half of a year: the third quarter, Q3 2022, the second half of 2024."""
    code = pick(nodes, "qcode")
    if code is not None:
        unit, number = code.value[0].upper(), int(code.value[1])
    else:
        ordinal, name = pick(nodes, "ord", "ord31", "second"), pick(nodes, "half", "unit")
        if ordinal is None or name is None or (name.cls == "unit" and name.value != "Q"):
            return None
        unit, number = ("H" if name.cls == "half" else "Q"), int(ordinal.value)
    if number > (2 if unit == "H" else 4):
        return None
    year = year_of(nodes)
    if unit == "H" and year is None and code is None:
        return None
    return make("PERIOD", nodes, Meaning(CALENDAR, year=year, unit=unit, number=number))


@builder("century")
def century(nodes: Sequence[Node], text: str) -> Node | list[Node] | None:
    """A century or millennium by number: the 20th century; two of them: the 15th to the 19th century."""
    joint = pick(nodes[:-1], "to", "and", "or", "until", "dash")
    if joint is not None and nodes[-2] is not joint:
        at = nodes.index(joint)
        ends = [century([*nodes[:at], nodes[-1]], text), century(nodes[at + 1 :], text)]
        if not all(isinstance(end, Node) for end in ends):
            return None
        first, last = (end for end in ends if isinstance(end, Node))
        first.end = joint.start if nodes[at - 1].end == joint.start else nodes[at - 1].end
        return [first, last]
    ordinal, unit = pick(nodes, "ord", "ord31", "second", "ordx"), pick(nodes, "unit")
    if ordinal is None or unit is None or unit.value not in ("CE", "ML"):
        return None
    meaning = Meaning(CALENDAR, unit=unit.value, number=int(ordinal.value), is_bc=has(nodes, "bc"))
    return make("PERIOD", nodes, meaning)


_NAME_GOES_ON = re.compile(r" [A-Z][a-z]")


@builder("season")
def season(nodes: Sequence[Node], text: str) -> Node | None:
    """A season, with or without its year: the winter of 1994, spring 2022."""
    node = pick(nodes, "season")
    if node is None:
        return None
    year = year_of(nodes)
    if _NAME_GOES_ON.match(text, nodes[-1].end) and nodes[-1] is node and is_capitalised(node, text):
        return None  # the 2010 Winter Games
    return make("PERIOD", nodes, Meaning(CALENDAR, year=year, unit=node.value))


@builder("decade")
def decade(nodes: Sequence[Node], text: str) -> Node | None:
    """Ten years: the 1990s, the '80s, the nineties; "2030's goals" are a year's."""
    worded = pick(nodes, "nineties")
    if worded is not None:
        if nodes[0].cls != "the":
            return None
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="DE", number=190 + worded.value // 10))
    node = pick(nodes, "decade")
    if node is None:
        return None
    number = int(digits := re.sub(r"\D", "", node.value))
    if number >= 2010 and nodes[0].cls != "the" and node.value[4] in "'’":
        return Node("YEAR", node.start, node.start + 4, Meaning(CALENDAR, year=number, unit="Y"), "date.year")
    if len(digits) == 2:
        if nodes[0].cls != "the" and not node.value.startswith(("'", "’")):
            return None
        number += 1900 if number >= 20 else 2000
    elif number % 100 == 0 and number < 1900:
        # "the 1600s" is a century; "the 1900s" and "the 2000s" are more often their first ten years
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="CE", number=number // 100 + 1))
    return make("PERIOD", nodes, Meaning(CALENDAR, unit="DE", number=number // 10))


@builder("year")
def year(nodes: Sequence[Node], text: str) -> Node | None:
    """A year: 2014, the year 1991, fiscal 2023, 44 BC."""
    unit = pick(nodes, "unit")
    if unit is not None and unit.value != "Y":
        return None
    number = year_of(nodes)
    era = pick(nodes, "bc", "ad")
    if number is None and era is not None:
        number = int(nodes[-1 if nodes[0] is era else 0].value)
    if number is None or (era is not None and not text[era.start].isupper()):
        return None
    is_bc = era is not None and era.cls == "bc"
    return make("YEAR", nodes, Meaning(CALENDAR, year=number, unit="Y", is_bc=is_bc))


_SHORTEST_LIFE = 18  # years
# "Ada Vale (1729", which is no war's or republic's
_BEHIND_NAME = re.compile(r"(?:(?P<name>[A-Z][\w’'.-]*)|[^\W\d_A-Za-z]+)\s*\((?:born\s+|b\.\s*|c\.\s*)?$")


def _is_life(text: str, start: int, end: int) -> bool:
    """Whether years from ``start`` to ``end`` are somebody's birth and death: "Ada Vale (1729-1797)"."""
    if not text.startswith(")", end):
        return False
    name = _BEHIND_NAME.search(text, max(0, start - 40), start)
    return name is not None and (name["name"] or "").lower() not in word_lists()["no_lives"]


@builder("year_span")
def year_span(nodes: Sequence[Node], text: str) -> Node | list[Node] | None:
    """Years joined by a dash: 2014-2018, 2022-23."""
    first, last = int(nodes[0].value), int(nodes[2].value)
    if nodes[-1].cls == "bc":
        if first <= last or not text[nodes[-1].start].isupper():
            return None
        ends = ((nodes[0].start, nodes[0].end, first), (nodes[2].start, nodes[-1].end, last))
        return [
            Node("YEAR", a, b, Meaning(CALENDAR, year=y, unit="Y", is_bc=True), "date.year-span") for a, b, y in ends
        ]
    if nodes[2].cls != "year":
        if nodes[2].end - nodes[2].start != 2:
            return None
        last += first // 100 * 100
    gaps = (nodes[1].start - nodes[0].end, nodes[2].start - nodes[1].end)
    # "1890 – 91" may stand apart, "2014 - 2018" is two dates
    if not first < last <= first + 200 or gaps not in ((0, 0), (1, 1)) or (gaps[0] and nodes[2].cls == "year"):
        return None
    begin, end = (Meaning(CALENDAR, year=number, unit="Y") for number in (first, last))
    if gaps[0] or (last - first >= _SHORTEST_LIFE and _is_life(text, nodes[0].start, nodes[2].end)):
        return [make("YEAR", nodes[:1], begin), make("YEAR", nodes[2:], end)]
    return make("RANGE", nodes, Meaning(RANGE, first=begin, last=end))


# "in the new year" is the year and not its first day; "to ring in the new year" is of the day
_WITHIN = re.compile(r"(?<!\bring )(?<!\brings )(?<!\bringing )(?<!\bsee )(?<!\bseeing )\b(?:in|into|during)\s+$", re.I)


_NAMES_MORE = re.compile(r"\s+[A-Z]")


@builder("holiday")
def holiday(nodes: Sequence[Node], text: str) -> Node | None:
    """A feast or day of remembrance: Orthodox Easter, Independence Day 2022."""
    feast = nodes[nodes[0].cls == "year"]  # "the 2015 Independence Day"
    if feast is not nodes[0] and _NAMES_MORE.match(text, feast.end):
        return None  # "the 1973 Yom Kippur War"
    if not is_capitalised(feast, text) and " " not in feast.value and feast.value not in ("christmas", "easter"):
        return None
    if feast.value == "new year" and _WITHIN.search(text, max(0, nodes[0].start - 20), nodes[0].start):
        return make("YEAR", nodes, Meaning(CALENDAR, holiday="new year", unit="Y", mod="START"))
    if feast.value == "new year" and "N" not in text[feast.start : feast.end]:
        return None
    return make("DAY", nodes, Meaning(CALENDAR, holiday=feast.value, year=year_of(nodes)))


@builder("reference")
def reference(nodes: Sequence[Node], text: str) -> Node:
    """The present without a calendar: now, currently, at the moment."""
    node = pick(nodes, "present", "past", "future", "current")
    value = node.value if node is not None else "PRESENT_REF"
    return make("REFERENCE", nodes, Meaning(REFERENCE, value=value))
