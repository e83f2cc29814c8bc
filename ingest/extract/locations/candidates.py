"""What the places that a name may mean show of the name, before anything around it is seen.

Belongs here: how likely the name is a place, and of what sort. Does not belong here: the words beside it
(``evidence``), which of the places is meant (``resolve``).
"""

from __future__ import annotations

import math

from ingest.extract.locations.draft import ALTERNATE, BY_RULE, ENGLISH, LOOSE, SPELLED_BY_EAR, STEM
from ingest.extract.locations.gazetteer import Named, Place

_LARGE, _LEAST = 50_000, 2_000  # people of a town that sites are named after


def prior(candidates: list[Named]) -> float:
    """How likely a name with these candidates is a place before anything around it is seen."""
    best = -1.0
    for place, how in candidates:
        if place.kind == "country":
            value = 3.5
        elif place.feature in ("ADM1", "CONT", "RGN") or place.kind in ("water", "facility"):
            value = 2.2 if place.population >= 50_000 else 0.8
        else:
            value = max(0.0, math.log10(place.population + 1) - 2.5) * 0.75
        if how == BY_RULE:
            value -= 0.3
        elif how in (STEM, LOOSE):
            value -= 1.0
        best = max(best, value)
    return best


def is_water(candidates: list[Named]) -> bool:
    """Whether the most prominent of the places so called is a river, sea or ocean."""
    foremost = max(candidates, key=lambda n: (n[1] < STEM, n[0].population), default=None)
    return foremost is not None and foremost[0].kind == "water"


def may_have_site(place: Place, how: int) -> bool:
    """Whether a site may be named after a place: a town, by the name that it has or, where it is large, has had."""
    is_by_name = how < ALTERNATE or (how < STEM and place.population >= _LARGE)
    return place.kind == "settlement" and is_by_name and place.population >= _LEAST


def is_land(noun: str, place: Place, how: int) -> bool:
    """Whether a region is the peninsula, island or exclave called after it: "the Crimea peninsula"."""
    return noun in ("peninsula", "island", "exclave") and place.kind == "region" and how < STEM


def owns_bodies(candidates: list[Named]) -> bool:
    """Whether bodies that bear the name are a state's or a county's: the U.S. Senate, Knox County Food Pantry."""
    return any(
        p.kind == "country" or (p.country in ENGLISH and p.feature in ("ADM1", "ADM2") and how < STEM)
        for p, how in candidates
    )


def is_foreign(candidates: list[Named]) -> bool:
    """Whether only countries without a Latin script of their own have the name, for a place of some size."""
    return all(p.country in SPELLED_BY_EAR for p, _ in candidates) and any(
        p.population >= 10_000 and how < BY_RULE for p, how in candidates
    )
