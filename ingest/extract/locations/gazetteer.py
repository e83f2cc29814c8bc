"""Opens a built gazetteer and looks names up in it.

Belongs here: the memory-mapped files, ``Place``, look-up by name, by loose spelling and by region.
Does not belong here: building (``build``), choosing among candidates (``resolve``).

The files are mapped read-only: all worker processes of a machine share one copy in memory.
"""

from __future__ import annotations

import json
import logging
import math
import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import pyarrow as pa

from ingest.extract.locations import build as builder
from ingest.extract.locations.draft import KINDS, STEM
from ingest.extract.locations.names import fold, loosen, region_stem
from ingest.values import value

log = logging.getLogger(__name__)

# GeoNames feature codes of what is too large for a point to say anything
WITHOUT_SPOT = ("CONT", "OCN")


@value(frozen=True, slots=True)
class Place:
    """One place of the gazetteer. ``precision`` is what its coordinates deserve at best."""

    row: int
    name: str
    geonameid: int
    lat: float
    lon: float
    country: str
    admin1: int
    admin2: int
    kind: str
    feature: str
    population: int
    precision: int

    @property
    def has_point(self) -> bool:
        return not math.isnan(self.lat)

    @property
    def is_spot(self) -> bool:
        """Whether a point can stand for it on a map: for a continent or an ocean none can."""
        return self.has_point and self.feature not in WITHOUT_SPOT


# A place and how it bears the name it was looked up by.
Named = tuple[Place, int]


class Gazetteer:
    """A built gazetteer, open for reading."""

    def __init__(self, directory: Path) -> None:
        manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
        self.version: str = manifest["version"]
        self.size: int = manifest["places"]
        self._trie = marisa_trie.Trie().mmap(str(directory / "names.marisa"))
        self._offsets = np.asarray(np.load(directory / "offsets.npy", mmap_mode="r"))
        self._postings = np.asarray(np.load(directory / "postings.npy", mmap_mode="r"))
        self._source = pa.memory_map(str(directory / "places.arrow"))
        batch = pa.ipc.open_file(self._source).get_batch(0)
        self._text = {c: batch.column(c) for c in ("name", "country", "feature")}
        # buffers and not to_numpy(), which imports pandas: two seconds that a worker has no use for
        self._numbers: dict[str, Any] = {}
        for name, kind in builder.NUMBERS.items():
            buffer: Any = batch.column(name).buffers()[1]
            self._numbers[name] = np.frombuffer(buffer, dtype=kind)[: self.size]
        self._places: dict[int, Place] = {}
        self._found: dict[str, list[Named]] = {}
        self._listed: dict[str, bool] = {}
        # how many words the longest listed name has at the head of a stretch of words, for those looked up
        self.longest: dict[str, int] = {}

    def place(self, row: int) -> Place:
        """The place in a row of the table."""
        found = self._places.get(row)
        if found is None:
            n, t = self._numbers, self._text
            found = Place(
                row,
                t["name"][row].as_py(),
                int(n["geonameid"][row]),
                float(n["lat"][row]),
                float(n["lon"][row]),
                t["country"][row].as_py(),
                int(n["admin1"][row]),
                int(n["admin2"][row]),
                KINDS[n["kind"][row]],
                t["feature"][row].as_py(),
                int(n["population"][row]),
                int(n["precision"][row]),
            )
            if len(self._places) > 200_000:  # a bound on memory; a worker never gets near it on news
                self._places.clear()
            self._places[row] = found
        return found

    def _rows(self, key: str) -> list[Named]:
        found = self._found.get(key)
        if found is None:
            number = self._trie.get(key)
            found = []
            if number is not None:
                first, last = int(self._offsets[number]), int(self._offsets[number + 1])
                found = [(self.place(p >> 3), p & 7) for p in self._postings[first:last].tolist()]
            if len(self._found) > 20_000:  # a bound on memory
                self._found.clear()
            self._found[key] = found
        return found

    def __contains__(self, key: str) -> bool:
        listed = self._listed.get(key)
        if listed is None:
            if len(self._listed) > 50_000:  # a bound on memory
                self._listed.clear()
            listed = self._listed[key] = key in self._trie
        return listed

    def find(self, key: str) -> list[Named]:
        """Places that bear the folded name ``key``, with how they bear it."""
        return self._rows(key)

    def find_loose(self, key: str) -> list[Named]:
        """Places whose name differs from ``key`` by transliteration habit only."""
        return self._rows("~" + loosen(key)) if len(key) > 4 else []

    def find_alike(self, form: str) -> list[Named]:
        """Places whose loose key (``names.loosen``) is ``form``."""
        key = "~" + form
        return self._rows(key) if key in self._trie else []

    def lookup(self, name: str) -> list[Named]:
        """Candidates for a name as written: exact first, then region stems, then loose spellings."""
        key = fold(name)
        found = self.find(key)
        if not found:
            found = [n for n in self.find(region_stem(key)) if n[0].kind == "region"] or self.find_loose(key)
        return sorted(found, key=lambda n: (n[1] >= STEM, -n[0].population, n[0].row))

    def region_name(self, place: Place) -> str | None:
        """Name of the first-level region a place lies in, or is."""
        if place.feature == "ADM1":
            return place.name
        return self.place(place.admin1).name if place.admin1 >= 0 else None

    def region_of(self, place: Place) -> Place | None:
        """The first-level region that a place lies in; None where no source says so."""
        return self.place(place.admin1) if place.admin1 >= 0 else None

    def region_row(self, name: str, country: str) -> int:
        """Row of a country's first-level region by its name, or -1."""
        return next((p.row for p, _ in self.find(fold(name)) if p.country == country and p.feature == "ADM1"), -1)

    def names_of(self, geonameids: Iterable[int]) -> dict[int, list[str]]:
        """The folded names that places bear, by GeoNames id; looks through the whole list, so ask for many at once."""
        rows = np.flatnonzero(np.isin(self._numbers["geonameid"], np.asarray(sorted(geonameids), dtype=np.int64)))
        places = np.flatnonzero(np.isin(self._postings >> 3, rows) & ((self._postings & 7) < STEM))
        names: dict[int, list[str]] = {}
        for at, number in zip(places, np.searchsorted(self._offsets, places, side="right") - 1, strict=True):
            key = self._trie.restore_key(int(number))
            if not key.startswith("~"):  # a loose key is no name
                geonameid = int(self._numbers["geonameid"][int(self._postings[at]) >> 3])
                names.setdefault(geonameid, []).append(key)
        return names

    def rows_within(self, south: float, west: float, north: float, east: float) -> Any:
        """Rows of the settlements in a box of latitudes and longitudes, largest first, as an integer array."""
        n = self._numbers
        is_inside = (n["lat"] >= south) & (n["lat"] <= north) & (n["lon"] >= west) & (n["lon"] <= east)
        rows = np.flatnonzero(is_inside & (n["kind"] == KINDS.index("settlement")))
        return rows[np.argsort(-n["population"][rows], kind="stable")]

    def settlements_of(self, region: int) -> Any:
        """Rows of the settlements of a first- or second-level region, itself given by its row."""
        n = self._numbers
        in_region = (n["admin1"] == region) | (n["admin2"] == region)
        return np.flatnonzero(in_region & (n["kind"] == KINDS.index("settlement")))

    def numbers(self, column: str, rows: Any) -> Any:
        """A column of numbers for an array of rows: lat, lon, population, admin1, admin2, geonameid."""
        return self._numbers[column][rows]

    def row_of(self, geonameid: int) -> int:
        """Row of a place by its GeoNames id, or -1."""
        found = np.flatnonzero(self._numbers["geonameid"] == geonameid)
        return int(found[0]) if found.size else -1

    @cached_property
    def countries(self) -> dict[str, Place]:
        """Country places by ISO code."""
        kinds = np.flatnonzero(self._numbers["kind"] == KINDS.index("country"))
        found: dict[str, Place] = {}
        for row in kinds:
            place = self.place(int(row))
            if place.country not in found or place.population > found[place.country].population:
                found[place.country] = place
        return found


_OPEN: dict[Path, Gazetteer] = {}
_LOCK = threading.Lock()


def open_gazetteer(directory: Path, progress: builder.Progress | None = None) -> Gazetteer:
    """Open the gazetteer in ``directory``, building it first where it is missing, out of date or damaged."""
    version = builder.version_of(directory)
    manifest = directory / version / "manifest.json"
    if manifest.is_file():
        try:
            return Gazetteer(directory / version)
        except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, pa.ArrowException) as problem:
            log.warning("the list of places in %s is damaged (%s)", manifest.parent, problem)
            manifest.unlink(missing_ok=True)
    log.info("making the list of places in %s, once for this version …", directory)
    builder.build(directory, progress or builder.nothing)
    return Gazetteer(directory / version)


def default_gazetteer(directory: Path, progress: Callable[[], builder.Progress] | None = None) -> Gazetteer:
    """The gazetteer in ``directory``, opened once in a process."""
    directory = directory.resolve()
    with _LOCK:
        if directory not in _OPEN:
            _OPEN[directory] = open_gazetteer(directory, progress() if progress else None)
        return _OPEN[directory]
