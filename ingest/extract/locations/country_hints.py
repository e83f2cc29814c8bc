"""Signs of the country and region a text moves in that are no place names.

Belongs here: telephone area codes, and words that only one country's press uses. They weigh as
context in ``resolve``; they never make a mention.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.locations.sources import read_own

_PHONE = re.compile(r"(?:\((\d{3})\)\s?|\b(\d{3})[-.])\d{3}[-.]\d{4}\b")

_LAST_FOUR = re.compile(r"[-.]\d{4}\b")  # of a number: looked for first, few texts have one


@cache
def _signs() -> tuple[dict[str, int], list[tuple[str, int]], list[tuple[str, float]]]:
    """Single words and phrases with the row they stand for, and the rows: country and weight."""
    words: dict[str, int] = {}
    phrases: list[tuple[str, int]] = []
    rows: list[tuple[str, float]] = []
    for number, row in enumerate(read_own("country_signs.csv")):
        rows.append((row["country"], float(row["weight"])))
        for word in row["words"].split("|"):
            if word.isalnum():
                words[word] = number
            else:
                phrases.append((word, number))
    return words, phrases, rows


@cache
def _codes() -> dict[str, tuple[str, str]]:
    return {code: (r["region"], r["country"]) for r in read_own("area_codes.csv") for code in r["codes"].split()}


def countries_shown(analysis: Analysis) -> dict[str, float]:
    """Countries that the words of a text point to, with how much they weigh."""
    words, phrases, rows = _signs()
    text = analysis.text
    shown = {words[w] for w in words.keys() & analysis.tokens.words}
    shown.update(number for phrase, number in phrases if phrase in text)
    found: dict[str, float] = {}
    for number in sorted(shown):
        country, weight = rows[number]
        found[country] = found.get(country, 0.0) + weight
    return found


def regions_shown(text: str) -> dict[tuple[str, str], float]:
    """Regions, with their countries, that telephone numbers in a text point to."""
    found: dict[tuple[str, str], float] = {}
    if _LAST_FOUR.search(text) is None:
        return found
    for match in _PHONE.finditer(text):
        region = _codes().get(match[1] or match[2])
        if region:
            found[region] = min(2.0, found.get(region, 0.0) + 1.0)
    return found
