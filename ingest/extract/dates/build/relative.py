"""Builders of expressions that lean on something else: last week, two days ago, the week after Easter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.dates.build.registry import (
    builder,
    drop,
    has,
    length,
    make,
    meaning_of,
    phrases,
    pick,
    with_fields,
)
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, LENGTH, OFFSET, REFERENCE, Meaning
from ingest.extract.dates.values import SEASONS
from ingest.values import replace

# "the year ended June 30" is a length that is told by its end
_ENDED = re.compile(r"\s+end(?:ed|ing)\b")
_QUARTERS = 4
# "during the day" is not at night
_DURING = re.compile(r"\bduring\s+\Z", re.I)
# "the day before returning"
_DOING = re.compile(r"\s+\w+ing\b")
# what names a war by how it began
_BEGINS = re.compile(r"\b(?:invasion|invaded|operation)$", re.I)
# behind "two years back", which is no "moved two weeks back to March"
_ENDS_CLAUSE = re.compile(r"\s*(?:[.,;)]|$|(?:when|in|and|after|during|while)\b)")
# "was moved two weeks back", "set the launch a month back": by how much a day changes
_LINK = r"(?!(?:in|on|to|at|out|off|up|under|from|by)\b)[\w’'-]+"
_CHANGES_DAY = re.compile(rf"\b(?:mov(?:ed?|ing)|push\w*|put|set|dat(?:ed?|ing)|br(?:ing|ought)) (?:{_LINK} ){{0,4}}\Z")
_DIRECTIONS = {
    "last": "last",
    "previous": "last",
    "past_adj": "last",
    "latest": "last",
    "next": "next",
    "coming": "next",
    "following": "next",
    "this": "this",
    "these": "this",
    "current": "this",
    "that": "that",
    "same": "that",
}
# Directions that count from what the text spoke of, where it spoke of something
_TEXT_BOUND = frozenset(("previous", "following", "that", "same"))


def _direction(nodes: Sequence[Node]) -> tuple[str | None, bool]:
    """The direction, and whether it is bound to the text."""
    which, bound = None, False
    for node in nodes:
        if node.cls in _DIRECTIONS and (which is None or which == "this"):
            which = _DIRECTIONS[node.cls]
            bound = node.cls in _TEXT_BOUND
    return which, bound


@builder("deictic_day")
def deictic_day(nodes: Sequence[Node], text: str) -> Node | None:
    """today, yesterday, tomorrow, and the days beside them."""
    shift = int(nodes[-1].value)
    if len(nodes) > 1:
        unit = pick(nodes, "unit")
        if unit is None or unit.value != "D":
            return None
        shift += -1 if has(nodes, "before") else 1
    return make("DAY", nodes, Meaning(CALENDAR, unit="D", amount=shift))


@builder("day_of_year")
def day_of_year(nodes: Sequence[Node], text: str) -> Node | None:
    """The day of publication in another year: on this day in 1991."""
    unit, year = pick(nodes, "unit"), meaning_of(nodes[-1])
    if unit is None or unit.value != "D" or year.year is None or year.is_bc:
        return None
    return make("DAY", nodes, Meaning(CALENDAR, unit="D", amount=0, year=year.year))


@builder("early_hours")
def early_hours(nodes: Sequence[Node], text: str) -> Node | None:
    """The hours before morning: the early hours of Thursday; of the night, the small hours of May 2."""
    units, today, inner = pick(nodes, "units"), pick(nodes, "today"), phrases(nodes)
    small = pick(nodes, "small_hours")
    part, mod = (str(small.value), None) if small is not None else ("MO", "START")
    if units is None or units.value != "TH":
        return None
    if inner:
        meaning = meaning_of(inner[0])
        if not meaning.has_day:
            return None
        return make("TIME", nodes, with_fields(meaning, part=part, mod=mod))
    shift = int(today.value) if today is not None else 0
    meaning = Meaning(CALENDAR, unit="D", amount=shift, part=part, mod=mod, is_text_bound=today is None)
    return make("TIME", nodes, meaning)


@builder("tonight")
def tonight(nodes: Sequence[Node], text: str) -> Node:
    """The night after publication's day."""
    return make("TIME", nodes, Meaning(CALENDAR, unit="D", amount=0, part="NI"))


@builder("overnight")
def overnight(nodes: Sequence[Node], text: str) -> Node:
    """The night that led to publication's day."""
    return make("TIME", nodes, Meaning(CALENDAR, unit="D", amount=0, part="NI", which="overnight"))


@builder("deictic_part")
def deictic_part(nodes: Sequence[Node], text: str) -> Node | None:
    """A part of a day seen from publication: this morning, last night."""
    node = pick(nodes, "pod", "podpoint")
    if node is None or ":" in node.value:
        return None
    which, is_bound = _direction(nodes)
    if has(nodes, "before"):
        which, is_bound = "last", True
    is_bound = is_bound or nodes[0].cls == "the"
    amount = {"last": -1, "next": 1}.get(which or "", 0)
    return make("TIME", nodes, Meaning(CALENDAR, unit="D", amount=amount, part=node.value, is_text_bound=is_bound))


def _unit_meaning(node: Node) -> Meaning | None:
    if node.cls in ("unit", "weekend", "weekends", "season"):
        if node.cls == "unit" and node.value.startswith("T"):
            return None
        return Meaning(CALENDAR, unit=node.value)
    return None


@builder("deictic_unit")
def deictic_unit(nodes: Sequence[Node], text: str) -> Node | None:
    """A unit seen from publication or the text: last week, this year, the following month."""
    which, is_bound = _direction(nodes)
    inner = phrases(nodes)
    if inner:
        meaning = meaning_of(inner[0])
        if meaning.year is not None or which is None or meaning.kind != CALENDAR:
            return None
        if text[inner[0].start : inner[0].start + 4].lower() == "the ":
            return None  # "enough to last the winter"
        return make(inner[0].cls, nodes, with_fields(meaning, which=which, is_text_bound=is_bound))
    named = pick(nodes, "unit", "weekend", "weekends", "season")
    base = _unit_meaning(named) if named is not None else None
    if base is None:
        return None
    if has(nodes, "after"):
        base.which, base.amount = "next", 2
        return make("PERIOD", nodes, base)
    if which is None and has(nodes, "fiscal") and base.unit == "Y":
        which = "this"
    if which is None:
        if base.unit != "WE":
            return None
        which = "near"
    if (
        nodes[0].cls == "the"
        and which in ("last", "next")
        and base.unit != "WE"
        and named is not None
        and named.cls == "unit"
    ):
        # "the next day" is told from the text, "the last week" is a length
        is_bound = is_bound or which == "next"
        if which == "last" and has(nodes, "last", "past_adj"):
            return make("WINDOW", nodes, with_fields(length((1.0, base.unit or "D")), kind="window", sign=-1))
    if base.unit == "D" and which == "this" and not has(nodes, "current"):
        return make("DAY", nodes, Meaning(CALENDAR, unit="D", amount=0, which="this"))
    base.which, base.is_text_bound = which, is_bound
    if base.unit == "W" and nodes[0].cls == "this" and has(nodes, "past_adj"):
        base.which = "gone"  # "this past week" is a week of the calendar, "the past week" a length
        return make("PERIOD", nodes, base)
    if has(nodes, "past_adj") and named is not None and named.cls == "unit" and base.unit != "D":
        return make("WINDOW", nodes, with_fields(length((1.0, base.unit or "D")), kind="window", sign=-1))
    cls = {"D": "DAY", "Y": "YEAR", "M": "MONTH"}.get(base.unit or "", "PERIOD")
    return make(cls, nodes, base)


@builder("deictic_day_name")
def deictic_day_name(nodes: Sequence[Node], text: str) -> Node | None:
    """A weekday, month or feast with a direction: last Tuesday, next May, this coming Sunday."""
    which, is_bound = _direction(nodes)
    inner = phrases(nodes)
    meaning = meaning_of(inner[0])
    unit = pick(nodes, "unit")
    if unit is not None:
        if unit.value != "W" or meaning.weekday is None or not (which or has(nodes, "the")):
            return None
        part = pick(nodes, "pod")
        week = Meaning(CALENDAR, unit="W", which=which or "that", is_text_bound=is_bound or which is None)
        return make(
            "TIME" if part else "DAY", nodes, with_fields(meaning, within=week, part=part.value if part else None)
        )
    if which is None or (meaning.day is not None and not _is_gone(nodes[0], meaning)):
        return None
    # "this coming Friday" and "this past Friday" are the nearest ones
    if has(nodes, "coming", "past_adj") and meaning.weekday is not None:
        which = "coming" if which == "next" else "gone"
    # "the following Monday" is told from the text; "the same Monday" is what was told
    return make("DAY", nodes, with_fields(meaning, which=which, is_text_bound=is_bound))


def _is_gone(direction: Node, meaning: Meaning) -> bool:
    """Whether "last" stands before a day of the year: "last Dec. 16" is the one gone by."""
    return direction.cls == "last" and meaning.month is not None and meaning.year is None and meaning.weekday is None


@builder("part_of_unit")
def part_of_unit(nodes: Sequence[Node], text: str) -> Node | None:
    """A month, season or half of a year that is told from publication: June last year, the first half of this year."""
    unit, half = pick(nodes, "unit"), pick(nodes, "half")
    if half is not None:
        number = pick(nodes, "ord", "ord31", "second")
        if number is None or number.value not in (1, 2):
            return None
        if unit is None or unit.value != "Y":
            return None
        which, is_bound = _direction(nodes)
        year = Meaning(CALENDAR, unit="Y", which=which or "that", is_text_bound=is_bound or which is None)
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="H", number=int(number.value), within=year))
    inner = phrases(nodes)[0]
    meaning = meaning_of(inner)
    if unit is None or unit.value != "Y" or meaning.year is not None or meaning.kind != CALENDAR:
        return None
    if meaning.weekday is not None:
        return None
    which, is_bound = _direction([n for n in nodes if n is not inner])
    if which is None and (nodes[0].cls == "the" and nodes[-1] is not inner):
        which, is_bound = "that", True
    if which is None:
        return None
    year = Meaning(CALENDAR, unit="Y", which=which, is_text_bound=is_bound)
    return make(inner.cls, nodes, with_fields(meaning, within=year))


@builder("recent")
def recent(nodes: Sequence[Node], text: str) -> Node:
    """An unmeasured recent past: recent weeks, in recent years."""
    return make("REFERENCE", nodes, Meaning(REFERENCE, value="PAST_REF"))


@builder("future_noun")
def future_noun(nodes: Sequence[Node], text: str) -> Node:
    """The future as a noun: in the near future, in the coming weeks."""
    return make("REFERENCE", nodes, Meaning(REFERENCE, value="FUTURE_REF"))


@builder("past_noun")
def past_noun(nodes: Sequence[Node], text: str) -> Node:
    """The past as a noun: in the past."""
    return make("REFERENCE", nodes, Meaning(REFERENCE, value="PAST_REF"))


@builder("and_next")
def and_next(nodes: Sequence[Node], text: str) -> list[Node] | None:
    """A second unit told by its direction alone: this year and next."""
    first = meaning_of(nodes[0])
    if first.kind != CALENDAR or first.which is None or first.unit is None or first.number is not None:
        return None
    which = _DIRECTIONS[nodes[-1].cls]
    if which == first.which:
        return None
    second = Node(nodes[0].cls, nodes[-1].start, nodes[-1].end, with_fields(first, which=which, mod=None))
    return [replace(nodes[0]), second]


@builder("week_number")
def week_number(nodes: Sequence[Node], text: str) -> Node | None:
    """A week by its number: week 23 of 2024."""
    unit, number = pick(nodes, "unit"), pick(nodes, "n12", "n24", "n31", "n59")
    if unit is None or unit.value != "W" or number is None or not 1 <= number.value <= 53:
        return None
    inner = phrases(nodes)
    within = meaning_of(inner[0]) if inner else None
    if within is not None and within.year is not None:
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="W", number=number.value, year=within.year))
    if within is None and text[nodes[0].start] == "W":
        return None  # "Week 5" heads a part of a course
    return make("PERIOD", nodes, Meaning(CALENDAR, unit="W", number=number.value, amount=1, within=within))


@builder("bare_unit")
def bare_unit(nodes: Sequence[Node], text: str) -> Node | None:
    """A unit with only the article, told by the text: the day, the year, the quarter."""
    node = pick(nodes, "unit", "pod", "season")
    if node is None:
        return None
    if node.value == "Y" and _ENDED.match(text, node.end):
        return make("LENGTH", nodes, length((1.0, "Y")))
    before = text[max(0, nodes[0].start - 12) : nodes[0].start]
    is_daytime = node.cls == "unit" and node.value == "D" and _DURING.search(before) is not None
    if node.cls == "pod" or is_daytime:
        part = "DT" if is_daytime else str(node.value)
        return make("TIME", nodes, Meaning(CALENDAR, unit="D", amount=0, part=part, is_text_bound=True))
    if node.cls == "unit" and node.value not in ("D", "W", "M", "Q", "Y", "DE"):
        return None
    cls = {"D": "DAY", "Y": "YEAR", "M": "MONTH"}.get(node.value, "PERIOD")
    return make(cls, nodes, Meaning(CALENDAR, unit=node.value, which="that", is_text_bound=True))


def _offset(nodes: Sequence[Node], sign: int, *, is_text_bound: bool = False) -> Node | None:
    inner = phrases(nodes)
    if inner:
        base = meaning_of(inner[0])
        if base.kind != LENGTH:
            return None
        lengths, vague, mod = base.lengths, base.vague, base.mod
        high = base.amount_high
    else:
        unit = pick(nodes, "unit")
        if unit is None:
            return None
        lengths, vague, mod, high = ((1.0, unit.value),), None, None, None
    if has(nodes, "orso", "or"):
        mod = "APPROX"
    meaning = Meaning(
        OFFSET, lengths=lengths, vague=vague, sign=sign, is_text_bound=is_text_bound, mod=mod, amount_high=high
    )
    return make("OFFSET", nodes, meaning)


@builder("ago")
def ago(nodes: Sequence[Node], text: str) -> Node | None:
    """So long before now: two days ago, a week ago, months ago, two years back."""
    if has(nodes, "back"):
        is_moved = _CHANGES_DAY.search(text, max(0, nodes[0].start - 60), nodes[0].start) is not None
        if is_moved or meaning_of(nodes[0]).vague is not None or _ENDS_CLAUSE.match(text, nodes[-1].end) is None:
            return None
    return _offset(nodes, -1)


@builder("earlier")
def earlier(nodes: Sequence[Node], text: str) -> Node | None:
    """So long before what was told: a day earlier, two weeks before."""
    is_ago = has(nodes, "ago")
    return _offset(nodes, -1, is_text_bound=not is_ago)


@builder("adjective")
def adjective(nodes: Sequence[Node], text: str) -> Node | None:
    """An offset as an adjective: the year-ago quarter, a year-earlier loss."""
    if has(nodes, "latest"):
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="Q", which="that", is_text_bound=True))
    sign = -1
    unit = pick(nodes, "unit")
    if unit is None:
        return None
    meaning = Meaning(OFFSET, lengths=((1.0, unit.value),), sign=sign, is_text_bound=not has(nodes, "ago"))
    if nodes[-1].cls == "unit" and nodes[-1].value == "Q" and unit.value == "Y":
        meaning.value = "Q"
    inner = phrases(nodes)
    if inner:
        named = meaning_of(inner[0])
        if named.unit != "Q" or named.year is not None or unit.value != "Y":
            return None
        return make("PERIOD", nodes, with_fields(named, within=Meaning(CALENDAR, unit="Y", which="last")))
    return make("OFFSET", nodes, meaning)


@builder("later")
def later(nodes: Sequence[Node], text: str) -> Node | None:
    """So long after what was told: two days later, three weeks after that; "a year on" is today."""
    made = _offset(nodes, 1, is_text_bound=True)
    if made is None or not has(nodes, "on"):
        return made
    return Node(made.cls, made.start, made.end, with_fields(meaning_of(made), value="now"))


@builder("from_now")
def from_now(nodes: Sequence[Node], text: str) -> Node | None:
    """So long after now: a month from now, two weeks hence."""
    return _offset(nodes[:1], 1) and _over(nodes, _offset(nodes[:1], 1))


def _over(nodes: Sequence[Node], made: Node | None) -> Node | None:
    """``made``, with its evidence over all the nodes."""
    if made is None:
        return None
    return Node(made.cls, nodes[0].start, nodes[-1].end, made.value)


@builder("offset_from")
def offset_from(nodes: Sequence[Node], text: str) -> Node | None:
    """So long before or after a date: two days before Christmas, the week after Easter."""
    sign = -1 if has(nodes, "before") else 1 if has(nodes, "after", "from") else 0
    if nodes[-1].cls in ("era", "war"):
        return _from_war(nodes, sign, text)
    base = meaning_of(nodes[-1])
    inner = phrases(nodes[:-1])
    unit = pick(nodes, "unit", "weekend")
    if sign == 0:  # "the week of March 6"
        if unit is None or unit.value != "W":
            return None
        return make("PERIOD", nodes, Meaning(CALENDAR, unit="W", within=base))
    if inner:
        amount = meaning_of(inner[0])
        if amount.kind != LENGTH or amount.vague is not None:
            return None
        lengths = amount.lengths
    else:
        if unit is None:
            return None
        lengths = ((1.0, str(unit.value)),)
        if unit.value == "Y" and base.unit in SEASONS and base.year is None:
            return None  # "by the end of the year before winter comes"
    if not base.has_day and lengths[0][1] not in ("Y", "M", "Q", "DE"):
        return None
    return make("OFFSET", nodes, Meaning(OFFSET, lengths=lengths, sign=sign, first=base))


def _from_war(nodes: Sequence[Node], sign: int, text: str) -> Node | None:
    """ "a week before the invasion", "six months after the start of the war"; not "two years after the war"."""
    amount, named, edge = meaning_of(nodes[0]), nodes[-1], pick(nodes, "beginning", "middle", "end")
    is_its_start = sign < 0 or edge is not None or _BEGINS.search(text, named.start, named.end) is not None
    if amount.kind != LENGTH or amount.vague is not None or not is_its_start:
        return None
    if edge is not None and edge.value != "START":
        return None
    start = Meaning(CALENDAR, unit="D", era=str(named.value), amount=1)
    return make("OFFSET", nodes[:1], Meaning(OFFSET, lengths=amount.lengths, sign=sign, mod=amount.mod, first=start))


@builder("beside")
def beside(nodes: Sequence[Node], text: str) -> Node | None:
    """The unit before or after what was told: the next day, the day before, that same night."""
    if _DOING.match(text, nodes[-1].end):
        return None
    made = _offset(drop(nodes, "the"), -1 if has(nodes, "before", "earlier") else 1, is_text_bound=True)
    return _over(nodes, made)


def _last_of(inner: Node, within: Meaning, nodes: Sequence[Node]) -> Node | None:
    """ "the last Thursday in November", "last week of 2016", read so far as the ones before today."""
    named = meaning_of(inner)
    if named.which != "last" or within.kind != CALENDAR:
        return None
    if inner.cls == "DAY" and named.weekday is not None and named.day is None:
        return make("DAY", nodes, Meaning(CALENDAR, weekday=named.weekday, number=-1, within=within))
    if inner.cls != "DAY" and named.unit in ("W", "M", "Q", "WE") and named.month is None:
        return make(inner.cls, nodes, Meaning(CALENDAR, unit=named.unit, number=-1, amount=1, within=within))
    return None


def _length_within(amount: Meaning, number: int, larger: Node, nodes: Sequence[Node]) -> Node | None:
    """ "the last three months of 2021"."""
    if amount.vague is not None or len(amount.lengths) != 1 or larger.cls == "DAY":
        return None
    many, code = amount.lengths[0]
    within = meaning_of(larger)
    if (many, code, number) == (1, "Q", -1) and within.year is not None and within.month is None:
        return make("PERIOD", nodes, Meaning(CALENDAR, year=within.year, unit="Q", number=_QUARTERS))
    return make("PERIOD", nodes, Meaning(CALENDAR, unit=code, number=number, amount=many, within=meaning_of(larger)))


@builder("ordinal_unit")
def ordinal_unit(nodes: Sequence[Node], text: str) -> Node | None:
    """A unit counted within a larger one: the first week of May, the last three months of 2021."""
    larger = nodes[-1]
    within = meaning_of(larger)
    ordinal, unit = pick(nodes, "ord", "ord31", "second", "last", "WINDOW"), pick(nodes, "unit", "weekend")
    inner = phrases(nodes[:-1])
    if ordinal is None:
        is_one = len(inner) == 1 and inner[0].cls in ("DAY", "PERIOD", "MONTH")
        return _last_of(inner[0], within, nodes) if is_one else None
    if within.kind != CALENDAR:
        return None
    number = -1 if ordinal.cls in ("last", "WINDOW") else int(ordinal.value)
    if ordinal.cls == "WINDOW":
        return _length_within(meaning_of(ordinal), number, larger, nodes) if meaning_of(ordinal).sign <= 0 else None
    if inner and inner[0].cls == "DAY":
        weekday = meaning_of(inner[0]).weekday
        return make("DAY", nodes, Meaning(CALENDAR, weekday=weekday, number=number, within=within)) if weekday else None
    if inner:
        return _length_within(meaning_of(inner[0]), number, larger, nodes)
    if unit is None or unit.value not in ("D", "W", "M", "WE", "Q"):
        return None
    if larger.cls == "DAY" and not (within.unit == "D" or within.holiday):
        return None
    cls = {"D": "DAY", "M": "MONTH"}.get(unit.value, "PERIOD")
    return make(cls, nodes, Meaning(CALENDAR, unit=unit.value, number=number, amount=1, within=within))


@builder("in_length")
def in_length(nodes: Sequence[Node], text: str) -> Node | None:
    """ "in two weeks": a point in the future or a length, which the context decides."""
    base = meaning_of(nodes[0])
    if base.kind != LENGTH or base.vague is not None:
        return None
    # the length's own rule stays; the context makes it a point where it is one
    return Node("LENGTH", nodes[0].start, nodes[-1].end, with_fields(base, sign=1), nodes[0].rule)
