"""How two places lie to each other: one point, near, inside, or somewhere else.

Belongs here: distances and what contains what, as far as places, regions and countries tell. Does not belong here: what
the fit of two places is worth (``scoring``), which places share a block (``blocking``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ingest.resolve.kinds import limits
from ingest.resolve.model import COUNTRY, DISTRICT, Place

# how two places may lie to each other, the surest first; the last is what the base of the score is of
FITS = ("same_point", "near_point", "same_region", "in_region", "in_country")
_KM_A_DEGREE = 111.2


def fit_of(one: Place, other: Place) -> str | None:
    """How two places lie to each other, as ``FITS`` has it; None where what is at the one is not at the other."""
    if one.place_id == other.place_id:
        return "same_point" if one.is_point else "same_region" if one.precision < COUNTRY else "in_country"
    if one.is_point and other.is_point:
        distance = kilometres(one, other)
        if distance is not None and distance <= limits()["near_km"]:
            return "near_point"
        is_in_namesake = one.country == other.country and one.admin1 == other.admin1
        return "in_region" if is_in_namesake and (one.names_region or other.names_region) else None
    if one.country != other.country or one.country is None:
        return None
    if COUNTRY in (one.precision, other.precision):
        return "in_country"
    is_inside = one.is_point != other.is_point and one.admin1 == other.admin1 and one.admin1 is not None
    return "in_region" if is_inside else None


def kilometres(one: Place, other: Place) -> float | None:
    """Distance of two places, near enough for tens of kilometres; None where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, east) * _KM_A_DEGREE


def are_far_apart(ours: Sequence[Place], theirs: Sequence[Place]) -> bool:
    """True of two lists of points where none of the one fits any of the other; False where a list is empty."""
    return bool(ours and theirs) and not any(fit_of(one, other) for one in ours for other in theirs)


def holds(region: Place, point: Place) -> bool:
    """True of a region or country that the point lies in, as far as their names tell, and of a district near enough."""
    if region.is_point or region.country is None or region.country != point.country:
        return False
    if region.precision == COUNTRY:
        return True
    distance = kilometres(region, point) if region.precision == DISTRICT else None
    is_near = distance is None or distance <= limits()["district_km"]
    return is_near and region.admin1 is not None and region.admin1 == point.admin1
