"""Maps on which a place is drawn as exactly as it was said, and no more so.

Belongs here: which shape a mention deserves, which places share a map, where marks and names go.
Does not belong here: the map under them (``basemap``), shapes on the sphere (``geometry``), markup.

A settlement is a dot. "Near it" is a ring, "20 km south of it" a piece of a ring, a region an area,
a sea a name; a whole country is in the list below the map and is not drawn as a point in it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from claimhouse.briefing.basemap import Area, Basemap
from claimhouse.briefing.geometry import (
    BEARINGS,
    Box,
    Point,
    Projection,
    clusters,
    distance_km,
    nice_below,
    ring,
    sector,
)
from claimhouse.briefing.records import Mention
from claimhouse.briefing.words import kilometres

# UCDP's second precision: "within about 25 km of a known point"
NEAR_KM = 25.0
# a distance as papers state it is good to about a quarter, a direction to the next of eight
_DISTANCE_SLACK = 0.25
_REACH_KM = 250.0
_REGION_REACH_KM = 500.0
_MOST_PANELS = 4
_LEAST_CLAIMS = 3
# width of a letter, in heights, of the widest of the fonts that systems have
_LETTERS = {"place": 0.66, "country": 0.9}
_LETTER = 0.6
_SIZES = {"place": 13.0, "near": 11.5, "region": 12.0, "water": 12.0, "town": 11.0, "country": 11.0}
_TOWNS_APART = 34.0
_LEAST_RADIUS, _RADIUS_GROWTH, _FULL_SIZE = 2.5, 9.5, 25
SHAPES = ("dot", "ring", "sector", "line", "area", "name", "country", "unknown")


@dataclass(frozen=True, slots=True)
class Spot:
    """All claims about one place in one manner. ``shape`` is one of SHAPES."""

    key: str
    shape: str
    place: str
    place_id: str | None
    country: str | None
    point: Point | None
    how: str
    claim_ids: frozenset[str]
    contested: int
    reach_km: float = 0.0
    bearing: float | None = None
    area: Area | None = None

    @property
    def claims(self) -> int:
        return len(self.claim_ids)

    @property
    def corners(self) -> list[Point]:
        """Outer points of what is drawn, which a map must hold."""
        if self.shape == "ring" and self.point:
            return ring(self.point, self.reach_km, 8)
        if self.shape == "sector" and self.point and self.bearing is not None:
            near, far = self._limits
            return [self.point, *sector(self.point, self.bearing, near, far)]
        return [self.point] if self.point else []

    @property
    def _limits(self) -> tuple[float, float]:
        if self.reach_km:
            return self.reach_km * (1 - _DISTANCE_SLACK), self.reach_km * (1 + _DISTANCE_SLACK)
        return 0.0, NEAR_KM

    def outline(self, projection: Projection) -> str:
        """Path data of a ring, sector or area."""
        if self.shape == "area" and self.area:
            return projection.path(self.area.rings)
        if self.shape == "sector" and self.point and self.bearing is not None:
            return projection.path([sector(self.point, self.bearing, *self._limits)])
        return projection.path([ring(self.point, self.reach_km)]) if self.point else ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it is written; ``anchor`` is SVG's."""

    text: str
    x: float
    y: float
    anchor: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot where it is drawn: a dot of radius ``r`` at x, y, or an outline."""

    spot: Spot
    x: float
    y: float
    r: float
    outline: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing of a panel, for one width."""

    width: float
    height: float
    land: tuple[str, ...]
    marks: tuple[Mark, ...]
    towns: tuple[Point, ...]
    names: tuple[Name, ...]
    scale_km: float
    scale_length: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The places of one neighbourhood, drawn once for each width."""

    title: str
    spots: tuple[Spot, ...]
    sheets: dict[str, Sheet]

    @property
    def claims(self) -> int:
        return len(frozenset().union(*(s.claim_ids for s in self.spots)))


@dataclass(frozen=True, slots=True)
class Atlas:
    """Panels, and what is in none of them: whole countries, places elsewhere, places not found."""

    panels: tuple[Panel, ...]
    elsewhere: tuple[Spot, ...]
    countries: tuple[Spot, ...]
    unknown: tuple[Spot, ...]
    spots: tuple[Spot, ...] = field(default=())


def shape_of(mention: Mention) -> tuple[str, str]:
    """The shape that a mention deserves, and how it is said in words."""
    if mention.precision is None or mention.lat is None or mention.lon is None:
        return "unknown", "named, but not found in the gazetteer"
    side = f" ({mention.direction} part)" if mention.direction and mention.relation == "in" else ""
    if mention.kind == "water" or mention.precision == 7:
        return "name", "sea, river or lake; no point in it is meant"
    if mention.kind == "country" or mention.precision == 6:
        return "country", f"whole country{side}"
    if mention.relation == "direction_of" and mention.direction in BEARINGS:
        if mention.distance_km:
            return "sector", f"{kilometres(mention.distance_km)} {mention.direction} of it"
        return "sector", f"{mention.direction} of it, no distance given"
    if mention.kind == "region" or mention.precision in (3, 4):
        return "area", f"region{side}; no point in it is meant"
    if mention.relation == "between":
        return "line", "between it and another place"
    if mention.relation == "near" and mention.distance_km:
        return "ring", f"{kilometres(mention.distance_km)} from it, direction not given"
    if mention.precision >= 2 or mention.relation in ("near", "outskirts"):
        return "ring", f"near it, within about {NEAR_KM:g} km"
    # a part of a town is still in the town
    return "dot", "in it"


def spots_of(mentions: Iterable[Mention], contested: Iterable[str]) -> list[Spot]:
    """Mentions of one place in one manner together; most claims first."""
    groups: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        shape, how = shape_of(mention)
        groups[mention.place_id or mention.place, shape, how].append(mention)
    disputed = set(contested)
    spots = []
    for number, ((_, shape, how), group) in enumerate(groups.items()):
        first = group[0]
        ids = frozenset(i for m in group for i in m.claim_ids)
        has_point = first.lat is not None and first.lon is not None
        spots.append(
            Spot(
                key=f"p{number}",
                shape=shape,
                place=first.place,
                place_id=first.place_id,
                country=first.country,
                point=(first.lon, first.lat) if has_point else None,  # type: ignore[arg-type]
                how=how,
                claim_ids=ids,
                contested=len(ids & disputed),
                reach_km=first.distance_km or (NEAR_KM if shape == "ring" else 0.0),
                bearing=BEARINGS.get(first.direction or "") if shape == "sector" else None,
            )
        )
    return sorted(spots, key=lambda s: (-s.claims, s.place, s.how))


def draw(mentions: Iterable[Mention], contested: Iterable[str], basemap: Basemap, names: dict[str, str]) -> Atlas:
    """The maps of a briefing; ``names`` are those of countries by code, for the titles."""
    spots = [_with_area(spot, basemap) for spot in spots_of(mentions, contested)]
    placed = [s for s in spots if s.shape in ("dot", "ring", "sector", "line")]
    groups = _grouped(placed, [s for s in spots if s.shape in ("area", "name")])
    groups.sort(key=lambda g: -len(frozenset().union(*(s.claim_ids for s in g))))
    panels: list[Panel] = []
    elsewhere: list[Spot] = []
    for group in groups:
        weight = len(frozenset().union(*(s.claim_ids for s in group)))
        is_drawable = any(s.corners for s in group if s.shape not in ("area", "name")) or any(s.area for s in group)
        if is_drawable and len(panels) < _MOST_PANELS and (weight >= _LEAST_CLAIMS or not panels):
            panels.append(_panel(group, basemap, names, is_first=not panels))
        else:
            elsewhere += group
    return Atlas(
        tuple(panels),
        tuple(sorted(elsewhere, key=lambda s: -s.claims)),
        tuple(s for s in spots if s.shape == "country"),
        tuple(s for s in spots if s.shape == "unknown"),
        tuple(spots),
    )


def _with_area(spot: Spot, basemap: Basemap) -> Spot:
    if spot.shape != "area":
        return spot
    prefix, _, number = (spot.place_id or "").partition("-")
    geonameid = int(number) if prefix == "geonames" and number.isdigit() else None
    area = basemap.region(geonameid, spot.place, spot.country)
    how = spot.how if area else spot.how + "; its outline is not known here"
    return replace(spot, area=area, how=how)


def _grouped(placed: list[Spot], wide: list[Spot]) -> list[list[Spot]]:
    """Spots that lie together; regions and seas go with the nearest, where it is near enough."""
    points = [s.point for s in placed if s.point]
    groups = [[placed[i] for i in group] for group in clusters(points, _REACH_KM)]
    for spot in wide:
        if spot.point is None:
            continue
        reach = [(min(distance_km(spot.point, s.point) for s in g if s.point), g) for g in groups]
        nearest = min(reach, key=lambda r: r[0], default=None)
        if nearest and nearest[0] <= _REGION_REACH_KM:
            nearest[1].append(spot)
        else:
            groups.append([spot])
    return groups


def _panel(group: list[Spot], basemap: Basemap, names: dict[str, str], *, is_first: bool) -> Panel:
    corners = [point for spot in group for point in spot.corners if spot.shape not in ("area", "name")]
    if not corners:
        corners = [point for spot in group if spot.area for line in spot.area.rings for point in line]
    box = Box.around(corners)
    weight: dict[str, int] = defaultdict(int)
    for spot in group:
        weight[names.get(spot.country or "", "")] += spot.claims
    title = [name for name, _ in sorted(weight.items(), key=lambda w: -w[1]) if name][:3]
    sheets = {
        # units are pixels, nearly: the first map is as wide as the page, the others half
        "wide": _sheet(group, box, basemap, *((1040, (0.45, 0.58), 14) if is_first else (508, (0.5, 0.66), 7))),
        "narrow": _sheet(group, box, basemap, 350, (0.85, 1.05), 5),
    }
    return Panel(" · ".join(title) or "Open sea", tuple(group), sheets)


def _sheet(
    group: list[Spot], box: Box, basemap: Basemap, width: float, ratios: tuple[float, float], towns: int
) -> Sheet:
    projection = Projection.fitting(box, width, ratios, margin=0.08)
    shown = projection.box
    land = basemap.countries(shown)
    marks = [_mark(spot, projection, group) for spot in group if spot.shape != "name"]
    marks.sort(key=lambda m: ("area", "ring", "sector", "line", "dot").index(m.spot.shape))
    lettering = _Lettering(projection)
    scale = nice_below(width * 0.25 / projection.km)
    lettering.keep_free(0, projection.height - 40, scale * projection.km + 24, projection.height)
    dots = [m for m in marks if m.spot.shape in ("dot", "line")]
    for mark in dots:
        lettering.block(mark.x, mark.y, mark.r)
    for mark in sorted(dots, key=lambda m: -m.spot.claims):
        lettering.beside(f"{mark.spot.place} {mark.spot.claims}", mark.x, mark.y, mark.r, "place")
    written = {m.spot.place_id for m in dots}
    for mark in sorted(marks, key=lambda m: -m.spot.claims):
        spot = mark.spot
        if spot.shape in ("ring", "sector"):
            label = f"{'near' if spot.shape == 'ring' else spot.how.split(' of it')[0].removeprefix('about ') + ' of'} "
            text = (
                f"{label}{spot.place} {spot.claims}" if spot.place_id not in written or spot.shape == "sector" else ""
            )
            if text:
                lettering.at(text, mark.x, mark.y, "near")
    for spot in group:
        if spot.shape == "area":
            where = spot.area.middle if spot.area and shown.holds(spot.area.middle) else spot.point
            lettering.around(f"{spot.place} {spot.claims}", where, "region")
        elif spot.shape == "name":
            lettering.around(f"{spot.place} {spot.claims}", spot.point, "water")
    shown_towns: list[Point] = []
    taken = [(m.x, m.y) for m in dots]
    for town in basemap.towns(shown, towns * 6):
        x, y = projection(town.point)
        is_apart = all(math.hypot(x - i, y - j) > _TOWNS_APART for i, j in taken)
        if is_apart and len(shown_towns) < towns and lettering.beside(town.name, x, y, 2, "town"):
            taken.append((x, y))
            shown_towns.append((round(x, 1), round(y, 1)))
    for area in sorted(land, key=lambda a: -a.square_degrees)[:5]:
        lettering.around(area.name.upper(), area.middle, "country")
    return Sheet(
        width,
        round(projection.height, 1),
        tuple(path for path in (projection.path(area.rings) for area in land) if path),
        tuple(marks),
        tuple(shown_towns),
        tuple(lettering.names),
        scale,
        round(scale * projection.km, 1),
    )


def _mark(spot: Spot, projection: Projection, group: list[Spot]) -> Mark:
    point = spot.point or (0.0, 0.0)
    x, y = projection(point)
    if spot.shape == "dot":
        most = max(s.claims for s in group if s.shape == "dot")
        return Mark(spot, round(x, 1), round(y, 1), radius(spot.claims, most), "")
    if spot.shape == "line":
        # the other end is the place that the same claim names in the same way
        others = [s for s in group if s.shape == "line" and s is not spot and s.claim_ids & spot.claim_ids and s.point]
        ends = [[point, other.point] for other in others if other.point and other.key > spot.key]
        return Mark(spot, round(x, 1), round(y, 1), 3.0, projection.path(ends, is_closed=False))
    if spot.shape == "sector" and spot.bearing is not None:
        corners = [projection(c) for c in spot.corners[1:]]
        x, y = (sum(c[i] for c in corners) / len(corners) for i in (0, 1))
    elif spot.shape == "ring":
        y = projection(ring(point, spot.reach_km, 4)[0])[1]
    return Mark(spot, round(x, 1), round(y, 1), 0.0, spot.outline(projection))


def radius(claims: int, most: int) -> float:
    """Of a dot, so that its area grows with the number of claims; ``most`` is that of the largest on the map."""
    return round(_LEAST_RADIUS + _RADIUS_GROWTH * math.sqrt(claims / max(most, _FULL_SIZE)), 1)


class _Lettering:
    """Puts names where they cover neither marks nor each other; a name without room is left out."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._taken: list[tuple[float, float, float, float]] = []
        self.names: list[Name] = []

    def block(self, x: float, y: float, r: float) -> None:
        """Keep a circle free."""
        self.keep_free(x - r, y - r, x + r, y + r)

    def keep_free(self, left: float, top: float, right: float, bottom: float) -> None:
        """Write nothing in a box."""
        self._taken.append((left, top, right, bottom))

    def beside(self, text: str, x: float, y: float, r: float, kind: str) -> bool:
        """To the right of a mark, else left, above or below it."""
        size = _SIZES[kind]
        gap = r + 4
        for dx, dy, anchor in (
            (gap, size * 0.35, "start"),
            (-gap, size * 0.35, "end"),
            (0, -gap, "middle"),
            (0, gap + size * 0.8, "middle"),
        ):
            if self._put(text, x + dx, y + dy, anchor, kind):
                return True
        return False

    def at(self, text: str, x: float, y: float, kind: str) -> bool:
        """Across a point."""
        return self._put(text, x, y + _SIZES[kind] * 0.35, "middle", kind)

    def around(self, text: str, point: Point | None, kind: str) -> bool:
        """Near a point, which the name of an area does not have to meet."""
        if point is None:
            return False
        x, y = self._projection(point)
        step = _SIZES[kind] * 1.4
        return any(
            self.at(text, x + dx * step * 2, y + dy * step, kind) for dy in (0, -1, 1, -2, 2) for dx in (0, -1, 1)
        )

    def _put(self, text: str, x: float, y: float, anchor: str, kind: str) -> bool:
        size = _SIZES[kind]
        length = len(text) * size * _LETTERS.get(kind, _LETTER)
        left = x - {"start": 0.0, "middle": length / 2, "end": length}[anchor]
        box = (left, y - size * 0.85, left + length, y + size * 0.25)
        if box[0] < 2 or box[1] < 2 or box[2] > self._projection.width - 2 or box[3] > self._projection.height - 2:
            return False
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self._taken):
            return False
        self._taken.append(box)
        self.names.append(Name(text, round(x, 1), round(y, 1), anchor, kind))
        return True
