"""Signs of the country and region a text moves in that are no place names.

Belongs here: telephone area codes, and words that only one country's press uses. They weigh as
context in ``resolve``; they never make a mention.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.locations.sources import read_own

_PHONE = re.compile(r"(?<![\d-])(?:\((\d{3})\)\s?|(\d{3})[-.])\d{3}[-.]\d{4}(?!\d)")


@cache
def _signs() -> list[tuple[str, float, re.Pattern[str]]]:
    return [(r["country"], float(r["weight"]), re.compile(r["pattern"])) for r in read_own("country_signs.csv")]


@cache
def _codes() -> dict[str, tuple[str, str]]:
    return {code: (r["region"], r["country"]) for r in read_own("area_codes.csv") for code in r["codes"].split()}


def countries_shown(text: str) -> dict[str, float]:
    """Countries that the words of a text point to, with how much they weigh."""
    found: dict[str, float] = {}
    for country, weight, pattern in _signs():
        if pattern.search(text):
            found[country] = found.get(country, 0.0) + weight
    return found


def regions_shown(text: str) -> dict[tuple[str, str], float]:
    """Regions, with their countries, that telephone numbers in a text point to."""
    found: dict[tuple[str, str], float] = {}
    for match in _PHONE.finditer(text):
        region = _codes().get(match[1] or match[2])
        if region:
            found[region] = min(2.0, found.get(region, 0.0) + 1.0)
    return found
