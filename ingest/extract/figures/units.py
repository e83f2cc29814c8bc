"""Finds the unit or currency that stands with a numeral, and leads it to SI.

Belongs here: looking the tables up before and behind a numeral. Does not belong here: the tables
(``data/en/units.toml``, ``data/en/currencies.toml``), numerals, and what has no unit.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.figures.lexicon import table, words
from ingest.values import value

SI_UNITS = {"length": "m", "area": "m2", "mass": "kg", "speed": "m/s", "duration": "s", "temperature": "K"}


@value(frozen=True, slots=True)
class Unit:
    """A unit or currency: its symbol, its kind, and the way to SI."""

    symbol: str
    kind: str
    factor: float | None = None
    offset: float = 0.0
    times: float = 1.0  # what the sign itself multiplies by: MUSD
    measures: frozenset[str] = frozenset()  # words behind its name that make it a measure; any, where there are none
    is_counted: bool = False  # whether it is a vessel, of which there are so many: barrels of oil


@cache
def _by_name() -> dict[str, Unit]:
    """Units and currencies by every lower-case name they go by behind a number."""
    names: dict[str, Unit] = {}
    for symbol, row in table("currencies").items():
        unit = Unit(symbol, "money")
        for name in row["names"]:
            names[name] = names.setdefault(name + "s", unit)
    for symbol, row in table("units").items():
        measures = frozenset(row.get("measures", ()))
        unit = Unit(symbol, row["kind"], row.get("factor"), row.get("offset", 0.0), 1.0, measures, "counted" in row)
        for name in row["names"]:
            names[name] = unit
            names[name + "s"] = unit
    return names


@cache
def _by_symbol() -> dict[str, Unit]:
    """Units by the symbols that must be written just so, and currency codes and signs."""
    symbols: dict[str, Unit] = {}
    for symbol, row in table("currencies").items():
        for sign in row["signs"]:
            symbols[sign] = Unit(symbol, "money")
        if len(symbol) == 3:
            symbols["M" + symbol] = Unit(symbol, "money", times=1e6)
    for symbol, row in table("units").items():
        for sign in row["symbols"]:
            symbols[sign] = Unit(symbol, row["kind"], row.get("factor"), row.get("offset", 0.0))
    return symbols


@cache
def signs() -> dict[str, Unit]:
    """Currency signs that may stand before an amount, and their lower-case forms if long enough."""
    by_sign: dict[str, Unit] = {}
    for symbol, row in table("currencies").items():
        for sign in row["signs"]:
            if sign == "p":
                continue
            by_sign[sign] = Unit(symbol, "money")
            if len(sign) > 2 or "$" in sign:
                by_sign.setdefault(sign.lower(), Unit(symbol, "money"))
        if len(symbol) == 3:
            by_sign["M" + symbol] = Unit(symbol, "money", times=1e6)
    return by_sign


# Behind the number: up to four words, letters, points, slashes and the signs of units.
_WORDS_BEHIND = re.compile(
    r"(?P<gap>[\s-]?)(?P<first>U\.S\.|U\.K\.|[Ss]q\.|[^\W\d_]+(?:[./'·-][^\W\d_]+)*(?:[²³23]\b|\^[23]|[−-][12]\b)?"
    r"|[°º] ?[CFK](?![^\W\d_])|[%％‰€£$¥₴₽₪₹₺₩¢₾₿°º′″℃])"
)
_NEXT_WORD = re.compile(r"([ -])([^\W\d_]+(?:[./'-][^\W\d_]+)*[²³23]?)")
_LOWER_WORD = re.compile(r"[ -]([a-z]+)")
_BEFORE = re.compile(
    r"(?:[^\W\d_][^\W\d_.]{0,4}\$? ?)?[$€£¥₴₽₪₹₺₩₾₿₦₱₫₸₼֏฿#](?: ?US|[AC])? ?$|\$ ?(?:US|A) ?$|[^\W\d_]{2,3}[.]? ?$"
)
# what a letter alone makes a sum of money: "P1.2 million", "N200,000"
_SUM = re.compile(r"\d[\d.]*[ -]?(?:million|billion|trillion|thousand|bn|[mbk])\b|\d{1,3}(?:,\d{3})+\b")
_AMBIGUOUS = frozenset(
    {"in", "m", "t", "s", "h", "C", "F", "K", "L", "l", "g", "N", "V", "W", "J", "B", "p", "A", "bar", "sum", "PS"}
)
_TALL = words("sized")


def before(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency sign or code that ends where the amount at ``at`` begins, and where it begins."""
    window = text[max(0, at - 10) : at]
    if not window or not (window[-1] in " .$€£¥₴₽₪₹₺₩₾₿₦₱₫₸₼֏฿#" or window[-1].isalpha()):
        return None
    known = signs()
    for size in range(min(len(window), 7), 0, -1):
        raw = window[-size:]
        if raw[0] == " " or (raw[-1] == " " and raw[-2:] == "  "):
            continue
        sign = raw.rstrip(" ")
        unit = known.get(sign)
        if unit is None and sign.endswith("#") and sign in ("#",):
            unit = known["£"]
        if unit is None:
            continue
        start = at - size
        previous = text[start - 1] if start > 0 else " "
        if sign[0].isalpha() and (previous.isalnum() or previous in "-_"):
            continue
        if len(sign) == 1 and sign.isalpha() and (raw != sign or _SUM.match(text, at) is None):
            continue  # "the N4", and "N40m" is a sum
        return unit, start
    return None


def behind(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit that begins at ``at`` or one space or hyphen behind it, and where it ends."""
    if at >= len(text):
        return None
    m = _WORDS_BEHIND.match(text, at)
    if m is None:
        return None
    gap, word, end = m["gap"], m["first"], m.end()
    by_name, by_symbol = _by_name(), _by_symbol()
    # the longest of up to four words that is a unit
    ends, phrase = [end], [word]
    cursor = end
    for _ in range(3):
        n = _NEXT_WORD.match(text, cursor)
        if n is None:
            break
        phrase.append(n[1] + n[2])
        cursor = n.end()
        ends.append(cursor)
    for size in range(len(phrase), 0, -1):
        raw = "".join(phrase[:size])
        stop = ends[size - 1]
        unit = by_symbol.get(raw)
        if unit is not None and _symbol_fits(text, at, gap, raw, stop, unit):
            return unit, stop
        unit = by_name.get(raw.lower()) or (by_name.get(raw.lower().replace("-", " ")) if "-" in raw else None)
        if unit is not None and unit.measures and (word := _LOWER_WORD.match(text, stop)) is not None:
            unit = (
                unit if word[1] in unit.measures else None
            )  # "six barrel bombs" and "barrels containing oil" are things
        if unit is not None and not (
            raw[0].isupper()
            and raw[1:].islower()
            and unit.kind != "money"
            and gap == " "
            and size == 1
            and unit.symbol in ("mi", "ft")
        ):
            return unit, stop
        # "miles/hour", "tonnes-worth": the part before
        if size == 1 and "-" in raw:
            head = raw.split("-", 1)[0]
            unit = by_name.get(head.lower()) or (
                by_symbol.get(head) if len(head) > 1 and head not in _AMBIGUOUS else None
            )
            if unit is not None:
                return unit, ends[0] - len(raw) + len(head)
    return None


def _symbol_fits(text: str, at: int, gap: str, raw: str, stop: int, unit: Unit) -> bool:
    """True unless a short symbol is more likely a word or a name of something else."""
    if raw in ("$", "£", "€", "¥") and gap and text[stop : stop + 1].isdigit():
        return False
    if unit.kind == "money" and raw.isalpha() and text[stop : stop + 1].isdigit():
        return False
    if stop < len(text) and text[stop].isalpha() and raw[-1].isalpha():
        return False
    if raw.isalpha() and raw.isupper() and unit.kind != "money" and text[at - 1].isalpha():
        return False  # "one MP", "two MW": capitals behind a number word are a name
    if raw not in _AMBIGUOUS:
        return not (raw in "′″" and text[stop : stop + 1] == "s")
    follows = text[stop : stop + 12].lstrip(" ")
    if text[stop : stop + 1] in ("'", "’"):
        return False
    if raw == "in":
        word = re.match(r"[a-z]+", follows)
        return (
            text[at - 1].isdigit() or text[at - 1] in "½¼¾"
            if not follows or follows[0] in ".,;)" or (word is not None and word[0] in _TALL)
            else False
        )
    if raw == "s" and not gap:
        # "F-16s", "1990s", "777s": a plural, unless the number has decimals
        return "." in text[max(0, at - 3) : at]
    if raw in ("p", "K", "B", "s", "F", "C") and gap:
        return (raw in ("C", "F") and text[at - 1].isdigit() and not follows[:1].isupper()) or (
            raw == "p" and text[at - 1].isdigit()
        )
    if raw in ("sum", "bar", "A", "PS"):
        return text[at - 1].isdigit()
    return text[at - 1].isdigit() or text[at - 1] in "½¼¾"


def named(symbol: str) -> Unit:
    """The unit of a symbol of the tables."""
    row = table("units")[symbol]
    return Unit(symbol, row["kind"], row.get("factor"), row.get("offset", 0.0))


def currency(code: str) -> Unit:
    """The unit of a currency by its ISO code."""
    return Unit(code, "money")


def to_si(unit: Unit, value: float | None) -> float | None:
    """``value`` in the SI unit of the kind; None where there is none."""
    if value is None or unit.factor is None:
        return None
    return value * unit.factor + unit.offset
