"""Builds the gazetteer's files from the sources.

Belongs here: merging the sources into one table of places and one index of names, and writing them
in one step. Does not belong here: reading a source's format (``sources``, ``dumps``), looking names
up (``gazetteer``).

The files are made in a directory of their own and renamed into place, under a lock: two processes
that start at once build once, and a reader never sees half a gazetteer.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import marisa_trie
import numpy as np
import pyarrow as pa
from filelock import FileLock

from ingest.extract.locations import sources
from ingest.extract.locations.draft import (
    ALTERNATE,
    BY_RULE,
    KINDS,
    LOOSE,
    OFFICIAL,
    SLAVIC,
    SPELLED_BY_EAR,
    STEM,
    Draft,
    Place,
    call_region,
    worth_listing,
)
from ingest.extract.locations.dumps import DumpPlace, read_kept
from ingest.extract.locations.geonames import add_cities, add_features, place_in_regions, regions_of_regions
from ingest.extract.locations.names import fold, from_cyrillic, is_cyrillic, loosen
from ingest.extract.locations.ukraine import add_katottg

Progress = Callable[[str, float], None]

# Raise it whenever the code that builds changes what is built.
CODE_VERSION = "11"


# Columns of numbers, none of which is ever null; read back as they lie in memory.
NUMBERS = {
    "geonameid": "int32",
    "lat": "float64",
    "lon": "float64",
    "admin1": "int32",
    "admin2": "int32",
    "kind": "int8",
    "population": "int32",
    "precision": "int8",
}


def nothing(step: str, share: float) -> None:
    """A progress callback that shows nothing."""


# --- the project's own tables --------------------------------------------------------------------


def _add_own(draft: Draft) -> None:
    """Waters, conflict regions and facilities, then aliases of places that are already there."""
    for entry in sources.read_own("places.csv"):
        lat, lon = float(entry["lat"]), float(entry["lon"])
        row = draft.add(
            Place(
                entry["name"], 0, lat, lon, entry["country"], entry["kind"], entry["feature"],
                int(entry["weight"] or 0), precision=int(entry["precision"]),
            )
        )  # fmt: skip
        for k, name in enumerate([entry["name"], *filter(None, entry["aliases"].split("|"))]):
            draft.call(row, name, ALTERNATE if k else OFFICIAL)
    for entry in sources.read_own("aliases.csv"):
        row = _find(draft, entry)
        for name in entry["aliases"].split("|"):
            draft.call(row, name, OFFICIAL)


def _mark_capitals(draft: Draft, path: Path) -> None:
    for country in sources.read_countries(path):
        rows = draft.rows_named(str(country["capital"]))
        here = [r for r in rows if draft.places[r].country == country["iso"] and draft.places[r].kind == "settlement"]
        if here:
            draft.places[max(here, key=lambda r: draft.places[r].population)].feature = "PPLC"
    # The sources do not say which is a region's seat; its largest town of some size stands for it.
    largest: dict[int, Place] = {}
    for place in draft.places:
        if place.kind != "settlement" or place.admin1 < 0 or place.population < 50_000:
            continue
        if place.population > largest.setdefault(place.admin1, place).population:
            largest[place.admin1] = place
    for place in largest.values():
        if place.feature == "PPL":
            place.feature = "PPLA"


def _find(draft: Draft, entry: dict[str, str]) -> int:
    rows = [
        r
        for r in draft.rows_named(entry["name"])
        if draft.places[r].country == entry["country"] and draft.places[r].kind == entry["kind"]
    ]
    if not rows:
        raise sources.SourceError(f"aliases.csv: no {entry['kind']} {entry['name']} in {entry['country']}")
    called = draft.rows_named(entry["name"])
    return min(rows, key=lambda r: (called[r] > STEM, draft.places[r].feature, -draft.places[r].population, called[r]))


def _add_dump(draft: Draft, places: Iterable[DumpPlace]) -> None:
    """Rows of GeoNames dumps that the user added; they complete what is there and win over it."""
    for p in places:
        row = draft.by_id.get(p.geonameid, -1) if p.geonameid else -1
        if p.kind == "name":
            if row >= 0 and worth_listing(p.name):
                draft.call(row, p.name, ALTERNATE)
            continue
        if row < 0:
            row = draft.add(Place(p.name, p.geonameid, p.lat, p.lon, p.country, p.kind, p.feature, p.population))
        else:
            place = draft.places[row]
            place.lat, place.lon, place.population = p.lat, p.lon, max(p.population, place.population)
        draft.call(row, p.name, OFFICIAL)
        for alternate in p.names:
            if worth_listing(alternate):
                draft.call(row, alternate, ALTERNATE)
            elif p.country in SLAVIC and is_cyrillic(alternate):
                for form in from_cyrillic(alternate):
                    draft.call(row, form, BY_RULE)
        if p.feature.startswith("ADM"):
            call_region(draft, row, fold(p.name))


# --- writing -------------------------------------------------------------------------------------


def version_of(directory: Path) -> str:
    """The version a gazetteer in ``directory`` has or would have: of its sources, tables, additions and code."""
    # Installed files and added dumps are large: names and sizes stand for them (a dump's name holds its digest).
    large = [*sources.source_files().values(), *sorted((directory / "added").glob("*.jsonl"))]
    stamp = json.dumps([[p.name, p.stat().st_size] for p in large])
    contents = sources.digest(sources.own_files())
    return hashlib.sha256(f"{CODE_VERSION}|{stamp}|{contents}".encode()).hexdigest()[:12]


def build(directory: Path, progress: Progress = nothing, *, force: bool = False) -> str:
    """Build the gazetteer in ``directory`` unless it is there and current; returns its version."""
    directory.mkdir(parents=True, exist_ok=True)
    version = version_of(directory)
    with FileLock(directory / ".lock"):
        target = directory / version
        if force or not (target / "manifest.json").is_file():
            temporary = Path(tempfile.mkdtemp(prefix=".build-", dir=directory))
            temporary.chmod(0o755)
            try:
                draft = _draft(directory, progress)
                _write(draft, temporary, version, progress)
                if target.exists():
                    shutil.rmtree(target)
                temporary.rename(target)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
            _clear(directory, version)
    progress("done", 1.0)
    return version


def _clear(directory: Path, version: str) -> None:
    """Remove older gazetteers and builds that were broken off. Who has one mapped keeps it until closing."""
    for path in directory.iterdir():
        if path.is_dir() and path.name not in (version, "added"):
            shutil.rmtree(path, ignore_errors=True)


def _draft(directory: Path, progress: Progress) -> Draft:
    paths = sources.source_files()
    draft = Draft()
    progress("regions and countries", 0.02)
    add_features(draft, sources.read_features(paths["features"]), sources.read_countries(paths["countries"]))
    progress("settlements", 0.12)
    cities = sources.read_cities(paths["cities500"])
    add_cities(draft, cities)
    progress("districts", 0.5)
    place_in_regions(draft, cities, sources.read_districts(paths["districts"]))
    progress("Ukrainian villages", 0.65)
    add_katottg(draft, list(sources.read_katottg(paths["katottg"])))
    progress("own tables", 0.75)
    _add_own(draft)
    _mark_capitals(draft, paths["countries"])
    _add_dump(draft, read_kept(directory / "added"))
    regions_of_regions(draft)
    return draft


def _write(draft: Draft, directory: Path, version: str, progress: Progress) -> None:
    progress("index", 0.8)
    loose: dict[str, set[int]] = defaultdict(set)
    for key, called in draft.names.items():
        if len(key) > 4:
            rows = [r for r, how in called.items() if how < STEM and draft.places[r].country in SPELLED_BY_EAR]
            if rows:
                loose[loosen(key)].update(rows)
    names: dict[str, dict[int, int]] = draft.names
    for form, alike in loose.items():
        if len(form) > 3 and len(alike) <= 64:
            names["~" + form] = dict.fromkeys(sorted(alike), LOOSE)
    trie = marisa_trie.Trie(names.keys())
    trie.save(str(directory / "names.marisa"))
    progress("places", 0.9)
    count = len(trie)
    calls: list[dict[int, int]] = [{}] * count
    for key, called in names.items():
        calls[trie.key_id(key)] = called
    offsets = np.zeros(count + 1, dtype=np.uint32)
    np.cumsum(np.fromiter(map(len, calls), dtype=np.int64, count=count), out=offsets[1:])
    postings = np.fromiter(
        (row << 3 | how for called in calls for row, how in sorted(called.items(), key=_by_quality)), dtype=np.uint32
    )
    np.save(directory / "offsets.npy", offsets)
    np.save(directory / "postings.npy", postings)
    p = draft.places
    numbers: dict[str, list[float]] = {
        "geonameid": [x.geonameid for x in p],
        "lat": [x.lat for x in p],
        "lon": [x.lon for x in p],
        "admin1": [x.admin1 for x in p],
        "admin2": [x.admin2 for x in p],
        "kind": [KINDS.index(x.kind) for x in p],
        "population": [min(x.population, 2**31 - 1) for x in p],
        "precision": [x.precision for x in p],
    }
    columns = {
        "name": pa.array([x.name for x in p], pa.string()),
        "country": pa.array([x.country for x in p], pa.string()),
        "feature": pa.array([x.feature for x in p], pa.string()),
        **{c: pa.array(np.array(numbers[c], dtype=t)) for c, t in NUMBERS.items()},
    }
    batch = pa.record_batch(columns)
    with pa.OSFile(str(directory / "places.arrow"), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    manifest = {"version": version, "places": len(p), "names": count}
    with (directory / "manifest.json").open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream)
        stream.flush()
        os.fsync(stream.fileno())


def _by_quality(call: tuple[int, int]) -> tuple[int, int]:
    return call[1], call[0]
