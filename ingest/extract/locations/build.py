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
import math
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie
import numpy as np
import pyarrow as pa
from filelock import FileLock

from ingest.extract.locations import sources
from ingest.extract.locations.dumps import DumpPlace, read_kept
from ingest.extract.locations.names import (
    fold,
    from_cyrillic,
    from_ukrainian,
    is_cyrillic,
    loosen,
    region_stem,
    region_variants,
)

Progress = Callable[[str, float], None]

# Raise it whenever the code here or in names.py changes what is built.
CODE_VERSION = "3"

# How a place bears a name; lower is better.
OFFICIAL, ALTERNATE, BY_RULE, STEM, LOOSE = range(5)

KINDS = ("settlement", "region", "country", "water", "facility", "other")
_ADMIN_CODES = {f"admin{n}": f"ADM{n}" for n in range(1, 6)} | {"admin_other": "ADMD"}
_SLAVIC = frozenset(("UA", "RU", "BY"))


def nothing(step: str, share: float) -> None:
    """A progress callback that shows nothing."""


@dataclass(slots=True)
class Place:
    """One place while the gazetteer is built."""

    name: str
    geonameid: int
    lat: float
    lon: float
    country: str
    kind: str
    feature: str
    population: int = 0
    admin1: int = -1
    admin2: int = -1
    precision: int = 1


@dataclass(slots=True)
class Draft:
    """The table of places and the index of names while they grow."""

    places: list[Place] = field(default_factory=list)
    names: dict[str, dict[int, int]] = field(default_factory=dict)
    by_id: dict[int, int] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)

    def add(self, place: Place) -> int:
        row = len(self.places)
        self.places.append(place)
        if place.geonameid:
            self.by_id[place.geonameid] = row
        return row

    def call(self, row: int, name: str, how: int) -> None:
        """Index ``row`` under ``name``."""
        self.call_key(row, fold(name), how)

    def call_key(self, row: int, key: str, how: int) -> None:
        if not 2 <= len(key) <= 80 or not key[0].isalnum():
            return
        rows = self.names.setdefault(key, {})
        if rows.get(row, LOOSE + 1) > how:
            rows[row] = how

    def rows_named(self, name: str) -> dict[int, int]:
        return self.names.get(fold(name), {})


def _worth_listing(name: str) -> bool:
    """Latin spellings as people write them; codes and machine transliterations (lower case) are not."""
    first = name[:1]
    if not first or not (first.isupper() or first in "'’‘ʻ" or first.isdigit()):
        return first == "a" and name.startswith(("al-", "ad-", "an-", "ar-", "as-", "at-", "az-", "al "))
    if len(name) <= 4 and name.isupper():
        return False
    return ord(max(name)) < 0x0370 or not any("Ͱ" <= c <= "῾" or c > "℀" for c in name)


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 6371 * math.hypot(x, math.radians(lat2 - lat1))


def _spread(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Middle of points; the median, so that one wrong point does not move it."""
    return float(np.median([p[0] for p in points])), float(np.median([p[1] for p in points]))


# --- GeoNames ------------------------------------------------------------------------------------


def _add_features(draft: Draft, features: list[sources.Feature], countries: list[dict[str, object]]) -> None:
    extra = {int(str(c["geonameid"])): c for c in countries}
    for f in features:
        country, name = f.country, f.name
        if f.type in _ADMIN_CODES:
            kind, code = "region", _ADMIN_CODES[f.type]
        elif f.type == "country":
            kind, code = "country", "PCLI"
        elif f.type == "continent":
            kind, code = "region", "CONT"
        elif f.type == "region":
            kind, code = "region", "RGN"
        else:
            kind, code = "settlement", "PPL"
        if f.geonameid in extra:
            name = str(extra[f.geonameid]["name"])
            kind, code = "country", "PCLI"
        row = draft.add(Place(name, f.geonameid, f.lat, f.lon, country, kind, code, f.population))
        draft.call(row, f.name, OFFICIAL)
        draft.call(row, name, OFFICIAL)
        for alternate in f.names:
            if _worth_listing(alternate) or (code == "PCLI" and alternate.isupper() and len(alternate) > 2):
                draft.call(row, alternate, ALTERNATE)
        if kind == "region" and code.startswith("ADM"):
            for key in {fold(n) for n in [f.name, *f.names] if n.isascii() or _worth_listing(n)}:
                _call_region(draft, row, key)
    for geonameid, c in extra.items():
        if geonameid not in draft.by_id:
            row = draft.add(
                Place(
                    str(c["name"]),
                    geonameid,
                    math.nan,
                    math.nan,
                    str(c["iso"]),
                    "country",
                    "PCLD",
                    int(str(c["population"])),
                )
            )
            draft.call(row, str(c["name"]), OFFICIAL)


def _call_region(draft: Draft, row: int, key: str) -> None:
    stem = region_stem(key)
    if stem != key:
        draft.call_key(row, stem, STEM)
    for variant in region_variants(stem):
        draft.call_key(row, variant, STEM)


def _add_cities(draft: Draft, cities: list[dict[str, object]]) -> None:
    for c in cities:
        geonameid = int(str(c["geonameid"]))
        name = str(c["name"])
        country = str(c["countrycode"])
        row = draft.by_id.get(geonameid)
        if row is None:
            row = draft.add(
                Place(
                    name,
                    geonameid,
                    float(str(c["latitude"])),
                    float(str(c["longitude"])),
                    country,
                    "settlement",
                    "PPL",
                    int(str(c["population"])),
                )
            )
        draft.call(row, name, OFFICIAL)
        slavic = country in _SLAVIC
        for alternate in c["alternatenames"]:  # type: ignore[attr-defined]
            if _worth_listing(alternate):
                draft.call(row, alternate, ALTERNATE)
            elif slavic and is_cyrillic(alternate):
                for form in from_cyrillic(alternate):
                    draft.call(row, form, BY_RULE)


def _place_in_regions(draft: Draft, cities: list[dict[str, object]], districts: list[dict[str, object]]) -> None:
    """Give each settlement its first- and second-level region, and make the regions no source lists."""
    known = {(d["country_code"], d["latitude"], d["longitude"]): d for d in districts}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    members: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    at: list[tuple[int, tuple[str, str], str]] = []
    for c in cities:
        row = draft.by_id[int(str(c["geonameid"]))]
        place = draft.places[row]
        found = known.get((c["countrycode"], c["latitude"], c["longitude"]), {})
        code = (place.country, str(c["admin1code"]))
        if found.get("state"):
            votes[code][str(found["state"])] += 1
        members[code].append((place.lat, place.lon))
        at.append((row, code, str(found.get("county") or "")))
    first = _first_level(draft, votes, members)
    counties: dict[tuple[str, int, str], list[tuple[float, float, int]]] = defaultdict(list)
    for row, code, county in at:
        place = draft.places[row]
        place.admin1 = first.get(code, -1)
        if county:
            counties[place.country, place.admin1, county].append((place.lat, place.lon, place.population))
    second = _second_level(draft, counties)
    for row, _, county in at:
        place = draft.places[row]
        if county:
            place.admin2 = second.get((place.country, place.admin1, county), -1)
    _regions_of_regions(draft)


def _first_level(
    draft: Draft, votes: dict[tuple[str, str], Counter[str]], members: dict[tuple[str, str], list[tuple[float, float]]]
) -> dict[tuple[str, str], int]:
    regions = {row for row, place in enumerate(draft.places) if place.feature == "ADM1"}
    keys: dict[str, dict[str, int]] = defaultdict(dict)
    for key, called in draft.names.items():
        for row in called:
            if row in regions:
                keys[draft.places[row].country].setdefault(key, row)
    first: dict[tuple[str, str], int] = {}
    for code, points in members.items():
        name = votes[code].most_common(1)[0][0] if votes[code] else ""
        if not name:
            continue
        country = code[0]
        key = fold(name)
        mine = keys.get(country, {})
        row = mine.get(key, mine.get(region_stem(key), -1))
        if row < 0:
            row = next((mine[v] for v in region_variants(region_stem(key)) if v in mine), -1)
        if row < 0:
            lat, lon = _spread(points)
            row = draft.add(Place(name, 0, lat, lon, country, "region", "ADM1", 0, precision=4))
        first[code] = row
        draft.call_key(row, key, ALTERNATE)
        _call_region(draft, row, key)
    return first


def _second_level(
    draft: Draft, counties: dict[tuple[str, int, str], list[tuple[float, float, int]]]
) -> dict[tuple[str, int, str], int]:
    second: dict[tuple[str, int, str], int] = {}
    for (country, admin1, name), points in counties.items():
        lat, lon = _spread([(p[0], p[1]) for p in points])
        key = fold(name)
        best, nearest = -1, 150.0
        for form in (key, region_stem(key)):
            for row in draft.names.get(form, {}):
                place = draft.places[row]
                if place.country != country or place.feature != "ADM2":
                    continue
                away = _km(lat, lon, place.lat, place.lon)
                if away < nearest and (place.admin1 in (-1, admin1)):
                    best, nearest = row, away
        if best < 0:
            people = sum(p[2] for p in points)
            best = draft.add(Place(name, 0, lat, lon, country, "region", "ADM2", people, admin1, precision=3))
            draft.call_key(best, key, OFFICIAL)
            _call_region(draft, best, key)
        draft.places[best].admin1 = admin1
        second[country, admin1, name] = best
    return second


def _regions_of_regions(draft: Draft) -> None:
    """Lower regions and odd settlements without a region get that of the nearest settlement."""
    by_country: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(draft.places):
        if place.kind == "settlement" and place.admin1 >= 0:
            by_country[place.country].append(row)
    grids = {
        c: (np.array([draft.places[r].lat for r in rows]), np.array([draft.places[r].lon for r in rows]), rows)
        for c, rows in by_country.items()
    }
    for place in draft.places:
        if place.admin1 >= 0 or place.feature in ("ADM1", "PCLI", "PCLD", "CONT", "RGN") or place.country not in grids:
            continue
        lats, lons, rows = grids[place.country]
        away = (lats - place.lat) ** 2 + ((lons - place.lon) * math.cos(math.radians(place.lat))) ** 2
        place.admin1 = draft.places[rows[int(np.argmin(away))]].admin1


# --- KATOTTG -------------------------------------------------------------------------------------

_SETTLEMENTS = frozenset("MTXCK")


def _add_katottg(draft: Draft, units: list[sources.Unit]) -> None:
    """Ukrainian villages: matched to GeoNames where they are there, else placed by where they belong.

    A village without coordinates of its own stands at its community's seat (precision 2, a
    community is a few dozen km wide) or, failing that, amid its district (precision 3).
    """
    by_code = {u.code: u for u in units}
    oblasts = _match_oblasts(draft, units)
    listed: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row, place in enumerate(draft.places):
        if place.country == "UA" and place.kind == "settlement":
            listed[place.admin1, fold(place.name)].append(row)
    for key, called in draft.names.items():
        for row in called:
            place = draft.places[row]
            if place.country == "UA" and place.kind == "settlement" and row not in listed[place.admin1, key]:
                listed[place.admin1, key].append(row)
    wanted: dict[tuple[int, str], list[sources.Unit]] = defaultdict(list)
    for unit in units:
        if unit.category in _SETTLEMENTS and unit.parents:
            wanted[oblasts.get(unit.parents[0], -1), unit.name].append(unit)
    matched: dict[str, int] = {}
    later = []
    for (oblast, name), same in wanted.items():
        rows = list(dict.fromkeys(r for form in from_ukrainian(name) for r in listed.get((oblast, fold(form)), [])))
        if len(same) == 1 and len(rows) == 1:
            matched[same[0].code] = rows[0]
        elif rows:
            later.append((same, rows))
    centres = _centres(draft, by_code, matched)
    for same, rows in later:
        pairs = []
        for unit in same:
            centre = next((centres[p] for p in reversed(unit.parents) if p in centres), None)
            if centre is not None:
                pairs += [
                    (_km(*centre, draft.places[r].lat, draft.places[r].lon), unit.category not in "MTX", unit.code, r)
                    for r in rows
                ]
        for away, _, code, row in sorted(pairs):
            if away < 40 and code not in matched and row not in matched.values():
                matched[code] = row
    centres = _centres(draft, by_code, matched)
    for unit in units:
        if unit.category in _SETTLEMENTS and unit.parents:
            row = matched.get(unit.code, -1)
            if row < 0:
                community = unit.parents[-1] in centres and by_code[unit.parents[-1]].category == "H"
                centre = next((centres[p] for p in reversed(unit.parents[1:]) if p in centres), None)
                if centre is None:
                    continue
                row = draft.add(
                    Place(
                        from_ukrainian(unit.name)[0], 0, *centre, "UA", "settlement", "PPL", 0,
                        oblasts.get(unit.parents[0], -1), precision=2 if community else 3,
                    )
                )  # fmt: skip
            for form in from_ukrainian(unit.name):
                draft.call(row, form, BY_RULE)
        elif unit.category in "PH" and unit.code in centres:
            _add_ukrainian_region(draft, unit, units, centres[unit.code], oblasts)


def _match_oblasts(draft: Draft, units: list[sources.Unit]) -> dict[str, int]:
    oblasts = {}
    for unit in units:
        if unit.category not in "OK":
            continue
        keys = [fold(f) for f in from_ukrainian(unit.name)]
        keys += [k.split()[-1] for k in keys]
        for key in [v for k in keys for v in (k, *region_variants(k), k.replace("ska", "sk"), k + " oblast")]:
            rows = [
                r
                for r in draft.names.get(key, {})
                if draft.places[r].country == "UA" and draft.places[r].feature == "ADM1"
            ]
            if rows:
                oblasts[unit.code] = rows[0]
                break
    return oblasts


def _centres(draft: Draft, by_code: dict[str, sources.Unit], matched: dict[str, int]) -> dict[str, tuple[float, float]]:
    """Where communities and districts lie: at the seat, which is listed first, else amid their settlements."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    seats: dict[str, tuple[float, float]] = {}
    for code, unit in by_code.items():
        if unit.category not in _SETTLEMENTS or not unit.parents:
            continue
        row = matched.get(code)
        community = unit.parents[-1]
        if row is not None:
            at = (draft.places[row].lat, draft.places[row].lon)
            for parent in unit.parents[1:]:
                points[parent].append(at)
            if code[9:12] == "001":
                seats[community] = at
    return {code: seats.get(code) or _spread(ps) for code, ps in points.items()}


def _add_ukrainian_region(
    draft: Draft, unit: sources.Unit, units: list[sources.Unit], centre: tuple[float, float], oblasts: dict[str, int]
) -> None:
    oblast = oblasts.get(unit.parents[0], -1)
    adjective = from_ukrainian(unit.name)[0]
    word = "Raion" if unit.category == "P" else "Hromada"
    if unit.category == "P":
        for row in draft.rows_named(f"{adjective} Raion"):
            place = draft.places[row]
            if place.country == "UA" and _km(*centre, place.lat, place.lon) < 80:
                place.admin1 = oblast
                break
        else:
            row = draft.add(Place(f"{adjective} Raion", 0, *centre, "UA", "region", "ADM2", 0, oblast, precision=3))
    else:
        row = draft.add(Place(f"{adjective} {word}", 0, *centre, "UA", "region", "ADM3", 0, oblast, precision=3))
    generic = ("raion", "district", "rayon") if unit.category == "P" else ("hromada", "community")
    forms = {fold(f) for f in from_ukrainian(unit.name)}
    stems = {re_stem for f in forms for re_stem in region_variants(f)} | {f.removesuffix("a") for f in forms}
    for form in forms | stems:
        for g in generic:
            draft.call_key(row, f"{form} {g}", BY_RULE)


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
        if place.kind == "settlement" and place.admin1 >= 0 and place.population >= 50_000:
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
            if row >= 0 and _worth_listing(p.name):
                draft.call(row, p.name, ALTERNATE)
            continue
        if row < 0:
            row = draft.add(Place(p.name, p.geonameid, p.lat, p.lon, p.country, p.kind, p.feature, p.population))
        else:
            place = draft.places[row]
            place.lat, place.lon, place.population = p.lat, p.lon, max(p.population, place.population)
        draft.call(row, p.name, OFFICIAL)
        for alternate in p.names:
            if _worth_listing(alternate):
                draft.call(row, alternate, ALTERNATE)
            elif p.country in _SLAVIC and is_cyrillic(alternate):
                for form in from_cyrillic(alternate):
                    draft.call(row, form, BY_RULE)
        if p.feature.startswith("ADM"):
            _call_region(draft, row, fold(p.name))


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
    _add_features(draft, sources.read_features(paths["features"]), sources.read_countries(paths["countries"]))
    progress("settlements", 0.12)
    cities = sources.read_cities(paths["cities500"])
    _add_cities(draft, cities)
    progress("districts", 0.5)
    _place_in_regions(draft, cities, sources.read_districts(paths["districts"]))
    progress("Ukrainian villages", 0.65)
    _add_katottg(draft, list(sources.read_katottg(paths["katottg"])))
    progress("own tables", 0.75)
    _add_own(draft)
    _mark_capitals(draft, paths["countries"])
    _add_dump(draft, read_kept(directory / "added"))
    _regions_of_regions(draft)
    return draft


def _write(draft: Draft, directory: Path, version: str, progress: Progress) -> None:
    progress("index", 0.8)
    loose: dict[str, set[int]] = defaultdict(set)
    for key, called in draft.names.items():
        if len(key) > 4:
            loose[loosen(key)].update(r for r, how in called.items() if how < STEM)
    names: dict[str, dict[int, int]] = draft.names
    for form, rows in loose.items():
        if len(form) > 3 and len(rows) <= 64:
            names["~" + form] = dict.fromkeys(sorted(rows), LOOSE)
    trie = marisa_trie.Trie(names.keys())
    trie.save(str(directory / "names.marisa"))
    progress("places", 0.9)
    count = len(trie)
    by_key = [(trie.key_id(key), sorted(called.items(), key=lambda x: (x[1], x[0]))) for key, called in names.items()]
    by_key.sort()
    sizes = np.fromiter((len(c) for _, c in by_key), dtype=np.int64, count=count)
    offsets = np.zeros(count + 1, dtype=np.uint32)
    np.cumsum(sizes, out=offsets[1:])
    postings = np.fromiter((row << 3 | how for _, c in by_key for row, how in c), dtype=np.uint32)
    np.save(directory / "offsets.npy", offsets)
    np.save(directory / "postings.npy", postings)
    p = draft.places
    table = pa.table(
        {
            "name": pa.array([x.name for x in p], pa.string()),
            "geonameid": pa.array([x.geonameid for x in p], pa.int32()),
            "lat": pa.array([x.lat for x in p], pa.float64()),
            "lon": pa.array([x.lon for x in p], pa.float64()),
            "country": pa.array([x.country for x in p], pa.string()),
            "admin1": pa.array([x.admin1 for x in p], pa.int32()),
            "admin2": pa.array([x.admin2 for x in p], pa.int32()),
            "kind": pa.array([KINDS.index(x.kind) for x in p], pa.int8()),
            "feature": pa.array([x.feature for x in p], pa.string()),
            "population": pa.array([min(x.population, 2**31 - 1) for x in p], pa.int32()),
            "precision": pa.array([x.precision for x in p], pa.int8()),
        }
    ).combine_chunks()
    with pa.OSFile(str(directory / "places.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    manifest = {"version": version, "places": len(p), "names": count}
    with (directory / "manifest.json").open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream)
        stream.flush()
        os.fsync(stream.fileno())
