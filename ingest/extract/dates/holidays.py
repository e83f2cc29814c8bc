"""Holidays and eras: the tables of ``data/en/holidays.toml`` and ``data/en/eras.toml`` as days.

Belongs here: the day of a feast in a year, the start of the war a text is about. Does not belong
here: which year is meant (``calendar_fields``).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from ingest.extract.dates import almanac
from ingest.extract.dates.lexer import read_table

# "in Ukraine", "against Hamas" behind "the war"
_OF_PLACE = re.compile(r"\s+(?:in|of|on|against|with)\s+(?:the\s+)?([A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*)")


@cache
def _eras() -> list[dict[str, Any]]:
    eras: list[dict[str, Any]] = read_table("eras.toml")["eras"]
    return sorted(eras, key=lambda e: str(e["start"]), reverse=True)


def era_of(text: str, dct: date | None) -> str | None:
    """Return the first day of the war that the text is about, or None.

    It is the war whose words the text has most often; of two that it has as often, the later one. Wars that
    began after ``dct`` are none, and without a day of publication none has begun.
    """
    best, most = None, 0
    for era in _eras():
        if dct is None or date.fromisoformat(era["start"]) > dct:
            continue
        count = sum(text.count(word) for word in era["needs"])
        if count > most:
            best, most = str(era["start"]), count
    return best


def named_war(beside: str, text: str, dct: date | None) -> str | None:
    """Return the first day of "the war" or "the invasion" by the words behind it: "in Ukraine", "of the town".

    Without a place behind it, it is the war that the text is about; with the place of no known war, None.
    """
    place = _OF_PLACE.match(beside)
    return era_of(text if place is None else place[1], dct)


@cache
def holidays() -> dict[str, dict[str, Any]]:
    """The feasts, by name."""
    table: dict[str, dict[str, Any]] = read_table("holidays.toml")["holidays"]
    return table


def feast_of(name: str, text: str) -> dict[str, Any]:
    """The feast by its name, in the variant of the country that the text is about."""
    feast = holidays()[name]
    for variant in feast.get("variants", ()):
        if any(word in text for word in variant["words"]):
            return {**feast, **variant}
    return feast


def holiday_day(feast: dict[str, Any], year: int) -> date | None:
    """The day of a feast in a year, where it is known."""
    if not 1583 <= year <= 9998:
        return None
    if "fixed" in feast:
        month, number = feast["fixed"].split("-")
        return almanac.day(year, int(month), int(number))
    if "easter" in feast:
        return almanac.add_days(almanac.easter(year), feast["easter"])
    if "orthodox" in feast:
        start = almanac.orthodox_easter(year)
        return almanac.add_days(start, feast["orthodox"]) if start else None
    if "nth" in feast:
        month, weekday, which, after = feast["nth"]
        found = almanac.nth_weekday(year, month, weekday, which)
        return almanac.add_days(found, after) if found else None
    listed = feast["table"].get(str(year))
    return date.fromisoformat(listed) if listed else None
