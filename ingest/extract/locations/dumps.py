"""Reads GeoNames dumps that a user adds: country files, allCountries, alternate names, postal codes.

Belongs here: telling the three formats apart, reading their rows, keeping the good ones as JSON
lines beside the gazetteer and reporting the bad ones. Does not belong here: merging (``build``).
"""

from __future__ import annotations

import glob
import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import orjson

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DumpPlace:
    """One place of a dump."""

    geonameid: int
    name: str
    names: list[str]
    lat: float
    lon: float
    kind: str
    feature: str
    country: str
    population: int = 0


@dataclass(slots=True)
class DumpReport:
    """What became of a dump's rows; ``bad`` holds the first bad ones as (line number, reason)."""

    kept: int = 0
    skipped: int = 0
    rejected: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        self.rejected += 1
        if len(self.bad) < _SHOWN:
            self.bad.append((line, reason))


_KIND_OF_CLASS = {"P": "settlement", "A": "region", "H": "water", "S": "facility", "L": "region"}


def kind_of(feature_class: str, code: str) -> str:
    """The kind of place of a GeoNames feature class and code."""
    if code.startswith("PCL"):
        return "country"
    return _KIND_OF_CLASS.get(feature_class, "other")


def _coordinates(lat: str, lon: str) -> tuple[float, float]:
    y, x = float(lat), float(lon)
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise ValueError(f"coordinates {lat}, {lon} are not on the globe")
    return y, x


def _geoname(cells: list[str]) -> DumpPlace | None:
    geonameid = int(cells[0])
    if not cells[1]:
        raise ValueError("no name")
    lat, lon = _coordinates(cells[4], cells[5])
    if cells[6] in ("", "U") or cells[7] in ("ZN", "PCLH"):
        return None
    names = [n for n in (cells[2], *cells[3].split(",")) if n]
    kind = kind_of(cells[6], cells[7])
    return DumpPlace(geonameid, cells[1], names, lat, lon, kind, cells[7], cells[8], int(cells[14] or 0))


def _postal(cells: list[str]) -> DumpPlace | None:
    if len(cells[0]) != 2 or not cells[2]:
        raise ValueError("no country code or name")
    lat, lon = _coordinates(cells[9], cells[10])
    return DumpPlace(0, cells[2], [], lat, lon, "settlement", "PPL", cells[0])


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """The dump itself, or the largest .txt inside a .zip as GeoNames offers them."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        names = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename]
        if not names:
            raise ValueError(f"{path.name} holds no .txt file")
        with archive.open(max(names, key=lambda i: i.file_size)) as stream:
            yield stream


def read_dump(path: Path, report: DumpReport) -> Iterator[DumpPlace]:
    """Places of a dump; rows that cannot be read go to ``report``, and never stop the rest.

    An alternate-names file gives places without coordinates of their own: kept only where the
    gazetteer knows the id, so they are yielded with the kind ``name``.
    """
    with _open(path) as stream:
        for number, raw in enumerate(stream, 1):
            try:
                cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
                if cells == [""] or cells[0].startswith("#"):
                    continue
                if len(cells) == 19:
                    place = _geoname(cells)
                elif len(cells) == 12:
                    place = _postal(cells)
                elif len(cells) in (8, 10):
                    place = _alternate(cells)
                else:
                    raise ValueError(
                        f"{len(cells)} columns; a GeoNames dump has 19, alternate names 8 or 10, postal 12"
                    )
            except (ValueError, IndexError) as error:
                report.reject(number, str(error))
                continue
            if place is None:
                report.skipped += 1
            else:
                report.kept += 1
                yield place


def _alternate(cells: list[str]) -> DumpPlace | None:
    geonameid = int(cells[1])
    if not cells[3]:
        raise ValueError("no name")
    if cells[2] in ("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "abbr", "phon", "piny", "tcid"):
        return None
    return DumpPlace(geonameid, cells[3], [], 0.0, 0.0, "name", "", "")


def keep(path: Path, directory: Path) -> DumpReport:
    """Keep the places of the dump at ``path`` in ``directory``; the next build takes them in."""
    report = DumpReport()
    directory.mkdir(parents=True, exist_ok=True)
    temporary = directory / f"{path.stem}.part"
    sha = hashlib.sha256()
    with temporary.open("wb") as stream:
        for place in read_dump(path, report):
            line = orjson.dumps(asdict(place)) + b"\n"
            sha.update(line)
            stream.write(line)
    if not report.kept:
        temporary.unlink()
        return report
    # The digest in the name makes the gazetteer's version without reading a large file again.
    for older in directory.glob(f"{glob.escape(path.stem)}.????????????.jsonl"):
        older.unlink()
    temporary.replace(directory / f"{path.stem}.{sha.hexdigest()[:12]}.jsonl")
    return report


def read_kept(directory: Path) -> Iterator[DumpPlace]:
    """Places kept from all dumps, in a fixed order."""
    for path in sorted(directory.glob("*.jsonl")) if directory.is_dir() else ():
        with path.open("rb") as stream:
            for line in stream:
                yield DumpPlace(**orjson.loads(line))
