"""The table of places and the index of names while a gazetteer is built.

Belongs here: the growing table and what all sources need to add to it. Does not belong here: any
one source (``geonames``, ``ukraine``), writing the result (``build``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ingest.extract.locations.names import fold, region_stem, region_variants

# How a place bears a name; lower is better.
OFFICIAL, ALTERNATE, BY_RULE, STEM, LOOSE = range(5)

KINDS = ("settlement", "region", "country", "water", "facility", "other")
# Where English is spoken: names of towns are words and surnames of the press's own language.
ENGLISH = frozenset(("US", "GB", "CA", "AU", "IE", "NZ"))
ARABIC = frozenset(
    (
        "SY",
        "LB",
        "IQ",
        "YE",
        "SD",
        "PS",
        "JO",
        "EG",
        "LY",
        "SA",
        "OM",
        "AE",
        "KW",
        "QA",
        "BH",
        "DZ",
        "TN",
        "MA",
        "MR",
        "TD",
    )
)
# Where the press has no settled Latin spelling of names, so that spellings by ear are looked up too.
SPELLED_BY_EAR = ARABIC | frozenset(
    ("UA", "RU", "BY", "KZ", "UZ", "KG", "TJ", "TM", "AM", "AZ", "GE", "MD", "BG", "MK", "RS", "IL", "IR", "AF",
     "PK", "IN", "BD", "NP", "LK", "MM", "TH", "KH", "LA", "CN", "KP", "KR", "ET", "ER", "SO", "DJ", "SS", "CD",
     "RW", "BI", "UG", "CF", "CM", "ML", "NE", "BF", "NG", "MZ", "CI", "SN", "GN", "HT", "TR", "")
)  # fmt: skip
SLAVIC = frozenset(("UA", "RU", "BY"))


@dataclass(slots=True)
class Place:
    """One place while the gazetteer is built."""

    name: str
    geonameid: int
    lat: float
    lon: float
    country: str
    kind: str
    feature: str
    population: int = 0
    admin1: int = -1
    admin2: int = -1
    precision: int = 1


@dataclass(slots=True)
class Draft:
    """The table of places and the index of names while they grow."""

    places: list[Place] = field(default_factory=list)
    names: dict[str, dict[int, int]] = field(default_factory=dict)
    by_id: dict[int, int] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)

    def add(self, place: Place) -> int:
        row = len(self.places)
        self.places.append(place)
        if place.geonameid:
            self.by_id[place.geonameid] = row
        return row

    def call(self, row: int, name: str, how: int) -> None:
        """Index ``row`` under ``name``."""
        self.call_key(row, fold(name), how)

    def call_key(self, row: int, key: str, how: int) -> None:
        if not 2 <= len(key) <= 80 or not key[0].isalnum():
            return
        rows = self.names.setdefault(key, {})
        if rows.get(row, LOOSE + 1) > how:
            rows[row] = how

    def rows_named(self, name: str) -> dict[int, int]:
        return self.names.get(fold(name), {})


def worth_listing(name: str) -> bool:
    """Latin spellings as people write them; codes and machine transliterations (lower case) are not."""
    first = name[:1]
    if not first or not (first.isupper() or first in "'’‘ʻ" or first.isdigit()):
        return first == "a" and name.startswith(("al-", "ad-", "an-", "ar-", "as-", "at-", "az-", "al "))
    if len(name) <= 3 or (len(name) == 4 and name.isupper()):
        return False
    return ord(max(name)) < 0x0370 or not any("Ͱ" <= c <= "῾" or c > "℀" for c in name)


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km, near enough for what lies in one country."""
    x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 6371 * math.hypot(x, math.radians(lat2 - lat1))


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Middle of points; the median, so that one wrong point does not move it."""
    return float(np.median([p[0] for p in points])), float(np.median([p[1] for p in points]))


def call_region(draft: Draft, row: int, key: str) -> None:
    """Index a region under its bare name too: "Kharkiv" of "Kharkiv Oblast"."""
    stem = region_stem(key)
    if stem != key:
        draft.call_key(row, stem, STEM)
    for variant in region_variants(stem):
        draft.call_key(row, variant, STEM)
