"""Regions by a name with a generic word: "Kherson Oblast", "Sweida province", "Knox County".

Belongs here: which listed regions such a name may mean. Does not belong here: finding the name in a text
(``mentions``), choosing among the regions (``resolve``).
"""

from __future__ import annotations

from ingest.extract.locations.draft import STEM
from ingest.extract.locations.gazetteer import Gazetteer, Named
from ingest.extract.locations.names import region_level, region_stem

_LEVELS = {"county": "ADM2", "parish": "ADM2", "raion": "ADM2", "district": "ADM2"}


def regions_called(key: str, generic: str, gazetteer: Gazetteer) -> list[Named]:
    """Return the regions that the folded name ``key`` may mean, whose last word is ``generic``.

    Those listed so, else those whose bare name it is, of the level that the word names if there are such, else those
    whose chief town it names.
    """
    found = [n for n in gazetteer.find(key) if n[0].kind == "region"]
    if found:
        return found
    stem = region_stem(key)
    regions = [n for n in gazetteer.find(stem) if n[0].kind == "region"]
    found = [n for n in regions if generic not in _LEVELS or n[0].feature != "ADM1"] or regions
    return found or (_regions_of_seats(stem, gazetteer) if region_level(key) == 1 else [])


def _regions_of_seats(key: str, gazetteer: Gazetteer) -> list[Named]:
    """The first-level regions whose chief town bears a name: "Sweida province", listed as As-Suwayda."""
    seats = [p for p, how in gazetteer.find(key) if how < STEM and p.feature in ("PPLA", "PPLC")]
    return [(gazetteer.place(p.admin1), STEM) for p in seats if p.admin1 >= 0]
