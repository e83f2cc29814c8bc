"""``claimhouse gazetteer``: build it, add GeoNames dumps to it, look a name up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimhouse.cli.console import console, fail
from ingest.settings import settings

app = typer.Typer(help="The list of places: build it, add to it, look a name up.", no_args_is_help=True)

_DUMPS = "https://download.geonames.org/export/dump/"
_TIMEOUT_SECONDS = 60
_HOW = ("official", "alternate", "by rule", "bare region name", "similar spelling")


@contextmanager
def _bar() -> Iterator[Callable[[str, float], None]]:
    """A progress callback with a bar on standard error, where that is a terminal."""
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("gazetteer", total=1.0)

        def show(step: str, share: float) -> None:
            bar.update(task, completed=share, description=step)

        yield show


@app.command("build")
def build(
    force: Annotated[bool, typer.Option("--force", help="Build again even where it is current.")] = False,
) -> None:
    """Build the gazetteer from the installed data and what was added."""
    from ingest.extract.locations.build import build as build_gazetteer
    from ingest.extract.locations.gazetteer import open_gazetteer
    from ingest.extract.locations.sources import SourceError

    directory = settings().gazetteer_dir
    try:
        with _bar() as show:
            version = build_gazetteer(directory, show, force=force)
    except SourceError as error:
        fail(str(error))
    typer.echo(f"gazetteer {version}: {open_gazetteer(directory).size:,} places in {directory}")


@app.command("add")
def add(
    file: Annotated[
        Path | None, typer.Argument(help="A GeoNames dump: country file, allCountries, alternate names, postal codes.")
    ] = None,
    fetch: Annotated[
        str | None, typer.Option("--fetch", help="Two-letter country code: download that country's dump from GeoNames.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--build/--no-build", help="Build the gazetteer afterwards.")] = True,
) -> None:
    """Add the places of a GeoNames dump; rows that cannot be read are listed."""
    from ingest.extract.locations.dumps import keep

    if (file is None) == (fetch is None):
        fail("give either a file or --fetch with a country code")
    directory = settings().gazetteer_dir
    path = _download(fetch, directory / "fetched") if fetch is not None else file
    assert path is not None
    if not path.is_file():
        fail(f"{path} is no file")
    try:
        report = keep(path, directory / "added")
    except (OSError, ValueError) as error:
        fail(f"{path.name} cannot be read: {error}")
    typer.echo(f"{path.name}: {report.kept:,} rows kept, {report.skipped:,} without use, {report.rejected:,} rejected")
    for line, reason in report.bad:
        typer.echo(f"  line {line}: {reason}", err=True)
    if report.rejected > len(report.bad):
        typer.echo(f"  … and {report.rejected - len(report.bad):,} more", err=True)
    if not report.kept:
        fail("nothing was added")
    if rebuild:
        build(force=False)


def _download(code: str, directory: Path) -> Path:
    """Fetch a country's dump from GeoNames."""
    from urllib.error import URLError
    from urllib.request import urlopen

    code = code.upper()
    if len(code) != 2 or not code.isalpha() or not code.isascii():
        fail(f"{code!r} is no two-letter country code")
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"{code}.zip"
    temporary = target.with_suffix(".part")
    try:
        with urlopen(f"{_DUMPS}{code}.zip", timeout=_TIMEOUT_SECONDS) as answer, temporary.open("wb") as stream:  # noqa: S310
            while block := answer.read(1 << 20):
                stream.write(block)
    except (URLError, TimeoutError, OSError) as error:
        temporary.unlink(missing_ok=True)
        fail(f"GeoNames could not be reached: {error}")
    temporary.replace(target)
    return target


@app.command("lookup")
def lookup(
    name: Annotated[str, typer.Argument(help="A name as a text has it.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many candidates to show.")] = 10,
) -> None:
    """Show the places that a name may mean, the most prominent first."""
    from ingest.extract.locations.gazetteer import open_gazetteer

    with _bar() as show:
        gazetteer = open_gazetteer(settings().gazetteer_dir, show)
    found = gazetteer.lookup(name)
    if not found:
        fail(f"no place is called {name!r}")
    table = Table(header_style="bold")
    for column in ("place", "country", "region", "kind", "feature", "population", "lat", "lon", "geonameid", "named"):
        table.add_column(column)
    for place, how in found[:limit]:
        region = gazetteer.region_name(place) or "–"
        lat, lon = (f"{place.lat:.4f}", f"{place.lon:.4f}") if place.has_point else ("–", "–")
        cells = (place.name, place.country or "–", region, place.kind, place.feature, f"{place.population:,}", lat, lon)
        table.add_row(*map(Text, cells), str(place.geonameid or "–"), _HOW[how])
    console().print(table)
    if len(found) > limit:
        typer.echo(f"… and {len(found) - limit} more", err=True)
