"""Regions by a name with a generic word: "Kherson Oblast", "Sweida province", "Knox County".

Belongs here: which listed regions such a name may mean, and the words in small letters behind it that are part of
it. Does not belong here: finding the name in a text
(``mentions``), choosing among the regions (``resolve``).
"""

from __future__ import annotations

import re

from ingest.extract.locations.candidates import is_water
from ingest.extract.locations.draft import STEM
from ingest.extract.locations.gazetteer import Gazetteer, Named
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.names import fold, region_level, region_stem

# of a name: its characters from and to (exclusive), its key, its candidates
Span = tuple[int, int, str, list[Named]]

_TOWN_OF = re.compile(r"\s+of\s+[A-Z]")  # "the Donetsk town of Lyman"
# lower regions, which are called after their towns: a source may list but the town
_OF_TOWNS = (
    *("township", "municipality", "payam", "boma", "woreda", "kebele", "tehsil", "taluka", "taluk", "upazila"),
    "cercle",
)
_LEVELS = dict.fromkeys(("county", "parish", "raion", "district", *_OF_TOWNS), "ADM2")


def is_lower(generic: str) -> bool:
    """Whether a word names a region below the district or like it: a payam, a woreda, a tehsil."""
    return generic in _OF_TOWNS


def regions_called(key: str, generic: str, gazetteer: Gazetteer) -> list[Named]:
    """Return the regions that the folded name ``key`` may mean, whose last word is ``generic``.

    Those listed so, else those whose bare name it is, of the level that the word names if there are such, else those
    whose chief town it names.
    """
    found = [n for n in gazetteer.find(key) if n[0].kind == "region"]
    if found:
        return found
    stem = key.removesuffix(f" {generic}") if generic in _OF_TOWNS else region_stem(key)
    named = gazetteer.find(stem)
    regions = [n for n in named if n[0].kind == "region"]
    found = [n for n in regions if generic not in _LEVELS or n[0].feature != "ADM1"]
    if generic in ("district", "raion", *_OF_TOWNS):
        # no source lists all of them: one stands at the town it is called after
        listed = {place.country for place, _ in found}
        towns = [n for n in named if n[0].kind == "settlement" and n[0].feature != "PPLX" and n[1] < STEM]
        found += [n for n in towns if n[0].country not in listed]
    found = found or regions
    if generic in ("region", "oblast") and found and not any(p.feature == "ADM1" for p, _ in found):
        found = _regions_of_seats(stem, gazetteer) or found  # "the Dnipro region" is no district of the town
    return found or (_regions_of_seats(stem, gazetteer) if region_level(key) == 1 else [])


def _regions_of_seats(key: str, gazetteer: Gazetteer) -> list[Named]:
    """The first-level regions whose chief town bears a name: "Sweida province", listed as As-Suwayda."""
    seats = [p for p, how in gazetteer.find(key) if how < STEM and p.feature in ("PPLA", "PPLC")]
    return [(gazetteer.place(p.admin1), STEM) for p in seats if p.admin1 >= 0]


def with_tail(name: Span, tail: re.Match[str], gazetteer: Gazetteer) -> tuple[int, int, str, list[Named], str | None]:
    """A name with the lower-case words of ``tail`` that belong to it: "Kharkiv region", "Jabalia refugee camp".

    Last comes the kind that these words say, or None.
    """
    start, _, key, candidates = name
    if is_water(candidates) and tail[1] in ("region", "area", "coast"):
        return *name, None  # "the Black Sea region" is no province of Turkey
    for k in (3, 2, 1):
        if tail[k]:
            longer = fold(tail.string[start : tail.end(k)])
            found = gazetteer.find(longer)
            if found and (k > 1 or tail[1] not in ("city", "town", "state")):
                best = next((n[0].kind for n in found), None)
                return start, tail.end(k), longer, found, best
    if tail[1] in lexicon().region_tails:
        found = regions_called(f"{key} {tail[1]}", tail[1], gazetteer)
        if found:
            return start, tail.end(1), f"{key} {tail[1]}", found, "region"
        if tail[1] in ("district", "oblast", "province", "governorate", "raion"):
            return start, tail.end(1), f"{key} {tail[1]}", [n for n in candidates if n[1] < STEM], "region"
    if tail[1] in ("city", "town") and _TOWN_OF.match(tail.string, tail.end(1)):
        regions = [n for n in candidates if n[0].feature == "ADM1"]
        return (start, name[1], f"{key} province", regions, "region") if regions else (*name, None)
    if tail[1] in ("city", "town"):
        settled = [n for n in candidates if n[0].kind == "settlement"]
        if settled:
            return start, tail.end(1), key, settled, "settlement"
    return *name, None
