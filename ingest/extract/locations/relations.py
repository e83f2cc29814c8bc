"""How what is told of lies to a place: in it, near it, 20 km south of it, between two.

Belongs here: relation, direction, distance and the coordinates reckoned from them, out of the words
around a mention, and the UCDP precision that follows. Does not belong here: which place it is.
"""

from __future__ import annotations

import math
import re

from ingest.extract.locations.gazetteer import Place
from ingest.values import value

DERIVED_RULE = "offset_from_place"

_COMPASS = {"north": "N", "south": "S", "east": "E", "west": "W"}
_DIRECTION = r"(?P<dir>(?:north|south)[- ]?(?:east|west)|north|south|east|west)(?:ern)?"
_UNITS = {
    "km": 1.0,
    "kilometer": 1.0,
    "kilometre": 1.0,
    "mile": 1.609344,
    "mi": 1.609344,
    "m": 0.001,
    "meter": 0.001,
    "metre": 0.001,
}
_DISTANCE = re.compile(
    r"(?<![^\W\d])"  # "the team from" tells no metre
    r"(?P<low>\d[\d,]*(?:\.\d+)?|a|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|twenty|thirty|forty|fifty)"
    r"(?:\s*(?:-|–|to|and|or)\s*(?P<high>\d+(?:\.\d+)?))?[\s\u00a0-]*"
    r"(?P<unit>km|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m)\b\.?(?:\s*\([^)]{0,20}\))?"
    rf"\s+(?:(?:to\s+the\s+)?(?:due\s+)?{_DIRECTION}(?:\s+(?:of|from))?|(?:away\s+)?from|outside(?:\s+of)?|off|inside|into|of)"
    r"\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+){0,3}$",
    re.I,
)
_PART = re.compile(
    rf"(?<!\bto )\bthe\s+{_DIRECTION}(?:\s+(?:part|side|half|corner|flank|outskirts|suburbs?|districts?|edge))?"
    r"\s+of\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,2}$",
    re.I,
)
# "in Sudan's west", "Ukraine's south-east"
_PART_BEHIND = re.compile(
    rf"['’]s?\s+(?:far\s+|extreme\s+|war-torn\s+)?{_DIRECTION}(?<!ern)(?![\w-]|\s+(?:bank|side|wing|coast)\b)", re.I
)
_OFFSET = re.compile(rf"\b{_DIRECTION}\s+(?:of|from)\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){{0,2}}$", re.I)
_SIDE = re.compile(rf"\b{_DIRECTION}\s+$", re.I)
_OWNER = re.compile(r"(?:(?<=[A-Za-z])['’]s|(?<=s)['’])\s+$")
_CENTRE = re.compile(
    r"\b(?:(?:the\s+)?(?:cent(?:er|re)|heart|middle)\s+of\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,2}|central\s+|downtown\s+)$",
    re.I,
)
_OUTSKIRTS = re.compile(
    r"\b(?:outskirts|suburbs?|edge|fringes|approaches)\s+(?:of|to)\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,2}$",
    re.I,
)
_NEAR = re.compile(
    r"\b(?:near|nearby|close\s+to|next\s+to|around|outside(?:\s+of)?|not\s+far\s+from|in\s+the\s+vicinity\s+of|in\s+the\s+area\s+of"
    r"|adjacent\s+to)\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,2}$",
    re.I,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,3}$", re.I)
_BETWEEN_SECOND = re.compile(r"^\s+and\s+(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,3}$", re.I)
_ALONG = re.compile(r"\balong\s+(?!with\b)(?:the\s+)?(?:(?-i:[a-z]+)\s+(?:of\s+)?){0,3}$", re.I)
_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "a dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_BEARING = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}


@value(frozen=True, slots=True)
class Relation:
    """Relation, direction and distance as stated."""

    relation: str = "in"
    direction: str | None = None
    distance_km: float | None = None


PLAIN = Relation()


def code_of(word: str) -> str:
    """``south-east`` to ``SE``."""
    word = word.lower().replace("-", "").replace(" ", "")
    return "".join(_COMPASS[part] for part in re.findall("north|south|east|west", word))


# what the words end in of which a relation has one, and how many words may stand behind that one: "of the town of"
_HINTS = (
    *("of", "from", "off", "outside", "inside", "into", "to", "near", "nearby", "around", "between", "along"),
    *("ern", "north", "south", "east", "west", "central", "downtown"),
)
_BEHIND_HINT = 7
# Of "the city of", "to the town of" none of the patterns makes a relation: one of these it has as well, …
_SIGNS = (
    *("north", "south", "east", "west", "skirts", "suburb", "edge", "fringes", "approaches", "cent", "heart", "middle"),
    *("downtown", "between", "along", "near", "close", "next", "around", "outside", "far", "vicinity", "area"),
    "adjacent",
)
# … or the unit of a distance
_UNIT = re.compile(r"(?<![^\W\d])(?:km|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m)\b")


def relation_before(text: str, start: int) -> Relation:
    """The relation that the words before a mention state."""
    if not text[start - 1 : start].isspace():
        return PLAIN
    before = text[max(0, start - 90) : start]
    cut = max(before.rfind(". "), before.rfind("\n"), before.rfind(";"))
    before = before[cut + 1 :]
    if not _may_relate(before):
        return PLAIN
    lower = before.lower()
    match = _DISTANCE.search(before) if _UNIT.search(lower) else None
    if match is None and not any(sign in lower for sign in _SIGNS):
        return PLAIN
    if match:
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        unit = match["unit"].lower()
        unit = unit if unit == "m" else unit.rstrip("s")
        km = round((low + high) / 2 * _UNITS[unit], 3)
        direction = code_of(match["dir"]) if match["dir"] else None
        return Relation("direction_of" if direction else "near", direction, km)
    match = _PART.search(before)
    if match:
        outside = _OUTSKIRTS.search(before)
        return Relation("outskirts" if outside else "in", code_of(match["dir"]))
    match = _OUTSKIRTS.search(before)
    if match:
        side = re.search(rf"\b{_DIRECTION}\s+$", before[: match.start()], re.I)
        return Relation("outskirts", code_of(side["dir"]) if side else None)
    match = _OFFSET.search(before)
    if match:
        return Relation("direction_of", code_of(match["dir"]))
    if _CENTRE.search(before):
        return Relation("in", "centre")
    match = _SIDE.search(before)
    if match:
        # "the republic's eastern X region" is all of X: the adjective says where it lies in what owns it
        return PLAIN if _OWNER.search(before[: match.start()]) else Relation("in", code_of(match["dir"]))
    for pattern, relation in ((_BETWEEN, "between"), (_ALONG, "along"), (_NEAR, "near")):
        if pattern.search(before):
            return Relation(relation)
    return PLAIN


def _may_relate(before: str) -> bool:
    """False where no relation can be stated: asked of each place, and cheaper than any of the patterns."""
    for word in reversed(before.split()[-_BEHIND_HINT - 1 :]):
        if word.lower().endswith(_HINTS):
            return True
        if not word.isalpha():
            return False
    return False


def relation_around(text: str, start: int, end: int) -> Relation:
    """The relation that the words before a mention state, or the part of it that those behind name."""
    relation = relation_before(text, start)
    part = _PART_BEHIND.match(text, end) if relation == PLAIN else None
    return Relation("in", code_of(part["dir"])) if part else relation


def is_second_of_between(gap: str) -> bool:
    """Whether ``gap`` joins a second place to one that stands behind "between"."""
    return bool(_BETWEEN_SECOND.match(gap))


def _number(text: str) -> float:
    word = text.lower()
    return float(_WORDS[word]) if word in _WORDS else float(text.replace(",", ""))


def offset(place: Place, relation: Relation) -> tuple[float, float] | None:
    """The point a stated distance and direction from a place lead to."""
    if relation.relation != "direction_of" or not relation.distance_km or not place.has_point:
        return None
    bearing = _BEARING.get(relation.direction or "")
    if bearing is None or relation.distance_km > 2000:
        return None
    d, b = relation.distance_km / 6371.0, math.radians(bearing)
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    to_lat = math.asin(math.sin(lat) * math.cos(d) + math.cos(lat) * math.sin(d) * math.cos(b))
    to_lon = lon + math.atan2(math.sin(b) * math.sin(d) * math.cos(lat), math.cos(d) - math.sin(lat) * math.sin(to_lat))
    return round(math.degrees(to_lat), 4), round((math.degrees(to_lon) + 540) % 360 - 180, 4)


def precision_of(place: Place, relation: Relation) -> int:
    """UCDP where_prec of what is told of, from the place and the relation to it."""
    if place.kind == "country":
        own = 6
    elif place.kind == "water":
        own = 7
    elif place.feature == "ADM1":
        own = 4
    elif place.feature.startswith("ADM"):
        own = 3
    elif place.feature in ("CONT", "RGN"):
        own = place.precision if place.precision > 1 else 6 if place.feature == "CONT" else 4
    else:
        own = place.precision
    if relation.relation in ("between", "along") and own < 6:
        return 5
    if relation.relation in ("near", "outskirts", "direction_of") and own < 2:
        return 2
    return own
