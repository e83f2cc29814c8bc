"""Holidays and eras: the tables of ``data/holidays.toml`` and ``data/eras.toml`` as days.

Belongs here: the day of a feast in a year, the start of the war a text is about. Does not belong
here: which year is meant (``calendar_fields``).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from ingest.extract.dates import almanac
from ingest.extract.dates.lexer import read_table


@cache
def _eras() -> list[dict[str, Any]]:
    eras: list[dict[str, Any]] = read_table("eras.toml")["eras"]
    return sorted(eras, key=lambda e: str(e["start"]), reverse=True)


def era_of(text: str, dct: date | None) -> str | None:
    """The start of the war that the text is about: the latest one whose words stand in it."""
    for era in _eras():
        started = dct is not None and date.fromisoformat(era["start"]) <= dct
        if started and any(word in text for word in era["needs"]):
            return str(era["start"])
    return None


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
