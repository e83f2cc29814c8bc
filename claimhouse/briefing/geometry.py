"""Shapes on the sphere and where they fall on paper.

Belongs here: rings, sectors, bounds, the projection. Does not belong here: what they stand for (``maps``).
Points are (longitude, latitude) in degrees, distances kilometres, bearings degrees clockwise from north.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

EARTH_KM = 6371.0088
KM_PER_DEGREE = EARTH_KM * math.pi / 180
BEARINGS = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
# Mercator has no poles
_MOST_LATITUDE = 84.0


def distance_km(a: Point, b: Point) -> float:
    """Distance on the sphere."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def destination(start: Point, bearing: float, km: float) -> Point:
    """Where one comes to, so far from the start on a great circle; the longitude may pass 180."""
    lon, lat = map(math.radians, start)
    angle, turn = km / EARTH_KM, math.radians(bearing)
    lat2 = math.asin(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn))
    dlon = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * math.sin(lat2)
    )
    return math.degrees(lon + dlon), math.degrees(lat2)


def ring(centre: Point, km: float, corners: int = 48) -> list[Point]:
    """The points that far from the centre."""
    return [destination(centre, 360 * i / corners, km) for i in range(corners)]


def sector(centre: Point, bearing: float, near_km: float, far_km: float, width: float = 45.0) -> list[Point]:
    """The part of a ring within half of ``width`` degrees of the bearing; a wedge where ``near_km`` is 0."""
    steps = [bearing - width / 2 + width * i / 12 for i in range(13)]
    outer = [destination(centre, b, far_km) for b in steps]
    inner = [destination(centre, b, near_km) for b in reversed(steps)] if near_km > 0 else [centre]
    return outer + inner


@dataclass(frozen=True, slots=True)
class Box:
    """A box of longitudes and latitudes."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """The smallest box that holds the points, of which there is at least one."""
        lons, lats = zip(*points, strict=True)
        return cls(min(lons), min(lats), max(lons), max(lats))

    def holds(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


def _mercator(lat: float) -> float:
    lat = math.radians(max(-_MOST_LATITUDE, min(_MOST_LATITUDE, lat)))
    return math.degrees(math.log(math.tan(math.pi / 4 + lat / 2)))


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


@dataclass(frozen=True, slots=True)
class Projection:
    """Mercator, north up, onto a sheet of ``width`` by ``height`` units."""

    width: float
    height: float
    west: float
    top: float
    scale: float

    @classmethod
    def fitting(
        cls, box: Box, width: float, ratios: tuple[float, float], *, least_km: float = 60.0, margin: float = 0.1
    ) -> Projection:
        """A sheet that shows the box with a margin, no less than ``least_km`` across.

        ``ratios`` are the least and the greatest height as shares of the width.
        """
        middle_lat = (box.south + box.north) / 2
        least = least_km / (KM_PER_DEGREE * max(0.1, math.cos(math.radians(middle_lat))))
        top, bottom = _mercator(box.north), _mercator(box.south)
        across, up = max(box.east - box.west, least), max(top - bottom, least * ratios[0])
        across, up = across * (1 + 2 * margin), up * (1 + 2 * margin)
        ratio = max(ratios[0], min(ratios[1], up / across))
        across, up = max(across, up / ratio), max(up, across * ratio)
        left, upper = (box.west + box.east - across) / 2, (top + bottom + up) / 2
        return cls(width, width * ratio, left, upper, width / across)

    def __call__(self, point: Point) -> Point:
        """Units to the right and down from the upper left corner."""
        return (point[0] - self.west) * self.scale, (self.top - _mercator(point[1])) * self.scale

    @property
    def box(self) -> Box:
        """What the sheet shows."""
        return Box(
            self.west,
            _latitude(self.top - self.height / self.scale),
            self.west + self.width / self.scale,
            _latitude(self.top),
        )

    @property
    def km(self) -> float:
        """Units a kilometre takes in the middle of the sheet."""
        box = self.box
        return self.scale / (KM_PER_DEGREE * max(0.02, math.cos(math.radians((box.south + box.north) / 2))))

    def path(self, parts: Iterable[Sequence[Point]], *, is_closed: bool = True) -> str:
        """SVG path data of lines or polygons, to a tenth of a unit; points that fall together are left out."""
        data = []
        for part in parts:
            corners: list[str] = []
            for point in part:
                x, y = self(point)
                corner = f"{x:.1f} {y:.1f}"
                if not corners or corners[-1] != corner:
                    corners.append(corner)
            if len(corners) > 1:
                data.append("M" + "L".join(corners) + ("Z" if is_closed else ""))
        return "".join(data)


def nice_below(limit: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 … that is not above the limit."""
    power = 10.0 ** math.floor(math.log10(limit))
    return next(step * power for step in (5, 2, 1) if step * power <= limit * 1.0000001)


def clusters(points: Sequence[Point], reach_km: float) -> list[list[int]]:
    """Indexes of points that hang together by steps of at most ``reach_km``, the largest group first."""
    left = set(range(len(points)))
    groups = []
    while left:
        group, frontier = [], [left.pop()]
        while frontier:
            here = frontier.pop()
            group.append(here)
            near = [i for i in left if distance_km(points[here], points[i]) <= reach_km]
            left.difference_update(near)
            frontier += near
        groups.append(sorted(group))
    return sorted(groups, key=lambda g: (-len(g), g[0]))
