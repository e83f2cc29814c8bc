"""Builders of lengths and repetitions: three days, half an hour, every Thursday, twice a week."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.dates.build.registry import (
    NUMBERS,
    builder,
    has,
    length,
    make,
    meaning_of,
    phrases,
    pick,
    with_fields,
)
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, LENGTH, REPEAT, WINDOW, Meaning


def amount_of(node: Node) -> float:
    """The number that a node says; an article says one."""
    return float(node.value) if node.cls != "article" else 1.0


def unit_code(node: Node) -> str:
    """The unit that a node names."""
    return "TS" if node.cls == "second" else str(node.value)


def _amounts(nodes: Sequence[Node]) -> list[float]:
    return [amount_of(n) for n in nodes if n.cls in NUMBERS or n.cls in ("article", "year")]


def _unit(nodes: Sequence[Node]) -> str | None:
    for node in reversed(nodes):
        if node.cls in ("unit", "units", "second", "weekend", "weekends", "pod"):
            return unit_code(node)
    return None


@builder("length")
def exact_length(nodes: Sequence[Node], text: str) -> Node | None:
    """A counted length: three days, 10-day, a 24-hour, two more weeks."""
    unit = _unit(nodes)
    numbers = [n for n in nodes if n.cls in NUMBERS or n.cls == "year"]
    if unit is None or not numbers:
        return None
    if unit == "TS" and nodes[-1].cls == "second" and not (numbers[0].value == 1 or has(nodes, "dash")):
        return None
    # three-quarters of the grain, two quarters of the city
    if unit == "Q" and (has(nodes, "dash") or text.startswith(" of ", nodes[-1].end)):
        return None
    amount = float(numbers[0].value)
    if amount > 1_000_000:
        return None
    if has(nodes, "dash") and nodes[0].cls == "the":
        nodes = nodes[1:]  # "the two-hour talks": the article is the talks'
    return make("LENGTH", nodes, length((amount, unit)))


@builder("one_length")
def one_length(nodes: Sequence[Node], text: str) -> Node | None:
    """One of a unit, with the article: a week, an hour."""
    unit = _unit(nodes)
    if unit is None or (nodes[0].cls == "more" and text[nodes[0].start : nodes[0].end].lower() != "another"):
        return None
    if nodes[-1].cls == "second" and text[nodes[-1].end :][:2].strip()[:1].isalnum():
        return None
    return make("LENGTH", nodes, length((1.0, unit)))


@builder("mixed_length")
def mixed_length(nodes: Sequence[Node], text: str) -> Node | None:
    """Two units together: two years and six months, 3 hours 30 minutes."""
    units = [unit_code(n) for n in nodes if n.cls in ("unit", "units")]
    amounts = _amounts(nodes)
    if has(nodes, "half") and amounts:
        return make("LENGTH", nodes, length((amounts[0] + 0.5, units[0])))
    order = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")
    if (
        len(units) != 2
        or len(amounts) != 2
        or any(u not in order for u in units)
        or order.index(units[0]) >= order.index(units[1])
    ):
        return None
    return make("LENGTH", nodes, length((amounts[0], units[0]), (amounts[1], units[1])))


@builder("half_length")
def half_length(nodes: Sequence[Node], text: str) -> Node | None:
    """Lengths with halves: two and a half years, half an hour, a year and a half; a quarter-century."""
    units = [n.value for n in nodes if n.cls == "unit"]
    if len(units) == 2:
        return make("LENGTH", nodes, length((0.25, "CE"))) if units == ["Q", "CE"] else None
    unit = _unit(nodes)
    if unit is None:
        return None
    if not has(nodes, "half"):
        amounts = _amounts(nodes)
        whole = amounts[0] if len(amounts) == 3 else 0.0
        top, bottom = amounts[-2], amounts[-1]
        if not 0 < top < bottom <= 12:
            return None
        return make("LENGTH", nodes, length((whole + top / bottom, unit)))
    number = pick(nodes, *NUMBERS)
    if has(nodes, "and"):
        return make("LENGTH", nodes, length(((float(number.value) if number else 1.0) + 0.5, unit)))
    if unit not in ("TH", "D", "Y", "CE", "DE", "M"):
        return None
    return make("LENGTH", nodes, length((0.5, unit)))


@builder("range_length")
def range_length(nodes: Sequence[Node], text: str) -> Node | None:
    """A length between two: two to three weeks, 12-18 months, a day or two."""
    unit = _unit(nodes)
    parts = [n for n in nodes if n.cls in NUMBERS or n.cls in ("vague", "article")]
    if unit is None or len(parts) < 2:
        return None
    if any(p.cls == "vague" for p in parts):
        return make("LENGTH", nodes, length((1.0, unit), vague="several"))
    low, high = amount_of(parts[0]), amount_of(parts[1])
    if low >= high:
        return None
    meaning = Meaning(LENGTH, lengths=((low, unit),), amount_high=high)
    return make("LENGTH", nodes, meaning)


@builder("vague_length")
def vague_length(nodes: Sequence[Node], text: str) -> Node | None:
    """An uncounted length: several weeks, a few days, a couple of months."""
    unit, vague = _unit(nodes), pick(nodes, "vague")
    if unit is None or vague is None:
        return None
    last = nodes[-1]
    if last.cls != "units" and not has(nodes, "dash"):
        return None  # "some day", "many a year"
    if vague.value == "hundreds" and not has(nodes, "of"):
        return None
    if vague.value == "couple":
        return make("LENGTH", nodes, length((2.0, unit)))
    return make("LENGTH", nodes, length((1.0, unit), vague=vague.value))


@builder("bare_length")
def bare_length(nodes: Sequence[Node], text: str) -> Node | None:
    """A plural unit alone: months of fighting, for years."""
    node = pick(nodes, "units")
    if node is None or text[node.start : node.end].lower() in ("min", "yr", "hr"):
        return None
    return make("LENGTH", nodes, length((1.0, node.value), vague="bare"))


@builder("unit_long")
def unit_long(nodes: Sequence[Node], text: str) -> Node | None:
    """A length as an adjective: day-long, a months-long siege."""
    node = nodes[0]
    if node.end != nodes[1].start and nodes[1].cls == "long" and node.cls != "unit":
        return None
    if node.cls == "pod":
        return None
    return make("LENGTH", nodes, length((1.0, node.value), vague="bare" if node.cls == "units" else None))


@builder("whole_length")
def whole_length(nodes: Sequence[Node], text: str) -> Node | None:
    """The whole of a unit: the entire week, all day."""
    unit = _unit(nodes)
    if unit is None or nodes[-1].cls == "pod":
        return None
    return make("LENGTH", nodes, length((1.0, unit)))


@builder("window")
def window(nodes: Sequence[Node], text: str) -> Node | None:
    """A stretch up to or from now: the past 24 hours, the next two weeks."""
    inner = phrases(nodes)
    direction = pick(nodes, "last", "past_adj", "next", "coming", "previous", "following")
    if nodes[0].cls == "these" or direction is None:
        return None
    sign = -1 if direction.cls in ("last", "past_adj", "previous") else 1
    told = pick(nodes, *NUMBERS)
    if inner and told is not None and meaning_of(inner[0]).vague == "bare":
        base = length((float(told.value), meaning_of(inner[0]).lengths[0][1]))
    elif inner:
        base = meaning_of(inner[0])
    else:
        units, number = pick(nodes, "units"), pick(nodes, *NUMBERS)
        if units is None:
            return None
        base = length((float(number.value) if number else 1.0, units.value), vague=None if number else "bare")
    return make("WINDOW", nodes, with_fields(base, kind=WINDOW, sign=sign))


@builder("adverb_set")
def adverb_set(nodes: Sequence[Node], text: str) -> Node:
    """How often, in one word: daily, nightly, every day."""
    return make("REPEAT", nodes, Meaning(REPEAT, value=nodes[0].value))


_PERIODS = {
    "TS": "PT1S",
    "TM": "PT1M",
    "TH": "PT1H",
    "D": "P1D",
    "W": "P1W",
    "FN": "P2W",
    "M": "P1M",
    "Q": "P3M",
    "Y": "P1Y",
    "DE": "P10Y",
    "CE": "P100Y",
    "WE": "XXXX-WXX-WE",
    "X": "XXXX-WXX-X",
}


def repeat_value(amount: float, unit: str) -> str:
    """How often: once in so many units."""
    if amount == 1 and unit in _PERIODS:
        return _PERIODS[unit]
    return period_value(amount, unit)


_LETTERS = {"TS": "S", "TM": "M", "TH": "H", "D": "D", "W": "W", "M": "M", "Y": "Y"}
_TIMES = {
    "FN": (2, "W"),
    "Q": (3, "M"),
    "DE": (10, "Y"),
    "CE": (100, "Y"),
    "ML": (1000, "Y"),
    "WE": (1, "WE"),
    "X": (1, "D"),
}


def plain(number: float) -> str:
    """A number without needless decimals."""
    return str(int(number)) if number == int(number) else f"{number:g}"


def period_value(amount: float, unit: str) -> str:
    """ISO 8601 duration of so many units; 2.5 hours is PT2H30M."""
    if unit in _TIMES:
        times, letter = _TIMES[unit]
        return f"P{plain(amount * times)}{letter}"
    if amount != int(amount):
        whole, rest = int(amount), amount - int(amount)
        smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(unit)
        if smaller is not None and abs(rest * smaller[1] - round(rest * smaller[1])) < 1e-6:
            prefix = "PT" if unit.startswith("T") else "P"
            head = f"{whole}{_LETTERS[unit]}" if whole else ""
            return f"{prefix}{head}{round(rest * smaller[1])}{smaller[0]}"
    return f"P{'T' if unit.startswith('T') else ''}{plain(amount)}{_LETTERS[unit]}"


@builder("each")
def each(nodes: Sequence[Node], text: str) -> Node | None:
    """How often, with every or each: every night, each Thursday, every two weeks, every weekday at 7am."""
    inner = phrases(nodes)
    if inner:
        named = meaning_of(inner[0])
        if named.kind != CALENDAR or named.year is not None:
            return None
        if named.weekday is not None:
            value = f"XXXX-WXX-{named.weekday}"
        elif named.unit == "M":
            value = f"XXXX-{named.month:02d}"
        elif named.month is not None and named.day is not None:
            value = f"XXXX-{named.month:02d}-{named.day:02d}"
        elif named.unit in ("SP", "SU", "FA", "WI"):
            value = f"XXXX-{named.unit}"
        else:
            return None
        pod = pick(nodes, "pod", "pods")
        return make("REPEAT", nodes, Meaning(REPEAT, value=value + (f"T{pod.value}" if pod else "")))
    pod, workday = pick(nodes, "pod", "pods"), pick(nodes, "workday")
    if workday is not None:
        return make("REPEAT", nodes, Meaning(REPEAT, value="XXXX-WXX-X" + (f"T{pod.value}" if pod else "")))
    if pod is not None and not has(nodes, "unit"):
        return make("REPEAT", nodes, Meaning(REPEAT, value=f"XXXX-XX-XXT{pod.value}"))
    season = pick(nodes, "season")
    if season is not None:
        return make("REPEAT", nodes, Meaning(REPEAT, value=f"XXXX-{season.value}"))
    unit = _unit(nodes)
    if unit is None:
        return None
    if nodes[0].cls == "each" and has(nodes, "of"):
        return None
    number = pick(nodes, *NUMBERS, "ord", "second")
    amount = float(number.value) if number and number is not nodes[-1] else 1.0
    other = pick(nodes, "more")
    if other is not None and text[other.start : other.end].lower() == "other":
        amount = 2.0
    if number is None and nodes[-1].cls == "units":
        return None
    return make("REPEAT", nodes, Meaning(REPEAT, value=repeat_value(amount, unit)))


@builder("plural_set")
def plural_set(nodes: Sequence[Node], text: str) -> Node | None:
    """Weekdays and parts of days in the plural: Mondays, at weekends, Tuesday nights."""
    days, part, inner = pick(nodes, "weekdays"), pick(nodes, "pods"), phrases(nodes)
    suffix = f"T{part.value}" if part else ""
    if days is not None:
        return make("REPEAT", nodes, Meaning(REPEAT, value=f"XXXX-WXX-{days.value}{suffix}"))
    if inner:
        weekday = meaning_of(inner[0]).weekday
        return make("REPEAT", nodes, Meaning(REPEAT, value=f"XXXX-WXX-{weekday}{suffix}")) if weekday else None
    if has(nodes, "weekends"):
        return make("REPEAT", nodes, Meaning(REPEAT, value="XXXX-WXX-WE"))
    if has(nodes, "workdays"):
        return make("REPEAT", nodes, Meaning(REPEAT, value="XXXX-WXX-X"))
    return make("REPEAT", nodes, Meaning(REPEAT, value=f"XXXX-XX-XX{suffix}")) if part else None


@builder("per")
def per(nodes: Sequence[Node], text: str) -> Node | None:
    """A rate's period: twice a week, 15 a year, per month."""
    unit = _unit(nodes)
    if unit is None:
        return None
    return make("REPEAT", nodes, Meaning(REPEAT, value=repeat_value(1.0, unit)))
