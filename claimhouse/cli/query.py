"""``claimhouse query``: SQL against the published file, read-only."""

from __future__ import annotations

import csv
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NotAllowedError, NoWarehouseError, Result, ask

# what a cell begins with that spreadsheets run as a formula, tab and carriage return before it included
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    vertical = "vertical"
    csv = "csv"
    json = "json"
    geojson = "geojson"


def query(
    sql: Annotated[str, typer.Argument(help="One SQL statement; '-' reads it from standard input.")],
    format: Annotated[  # noqa: A002
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="How the answer is written; else as --output ends, else a table, or vertical where that is too wide.",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write the answer to.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file if it is there.")] = False,
    guard_formulas: Annotated[
        bool,
        typer.Option(
            "--guard-formulas",
            help="In CSV, put ' before a text that a spreadsheet would run as a formula (it begins with = + - @).",
        ),
    ] = False,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.1, help="Seconds after which the statement is broken off.")
    ] = None,
) -> None:
    """Ask the published warehouse one SQL question.

    The statement can read the warehouse and nothing else, and can write nothing; --output writes the answer.

    GeoJSON takes the columns lat and lon (or latitude and longitude) for points, the rest for
    properties; rows without coordinates become features without geometry.
    """
    import duckdb

    from ingest.settings import settings

    statement = sys.stdin.read() if sql == "-" else sql
    if output is not None:
        console.check_output(output, force)
    try:
        with _can_be_broken_off(timeout):
            result = ask(settings().warehouse_path, statement)
    except (NoWarehouseError, NotAllowedError, duckdb.Error) as problem:
        console.fail(str(problem))
    if guard_formulas:
        result = Result(result.columns, [tuple(map(_guarded, row)) for row in result.rows])
    if output is None:
        is_wide = not console.fits(result, console.console().width)
        write(result, format or (Format.vertical if is_wide else Format.table))
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file, redirect_stdout(file):
            write(result, format or _format_of(output))
    except OSError as problem:
        console.fail(f"{output} cannot be written: {problem.strerror}")
    typer.echo(f"{len(result.rows)} rows in {output}", err=True)


@contextmanager
def _can_be_broken_off(seconds: float | None) -> Iterator[None]:
    """While a statement runs, Ctrl-C and the time limit end the process itself.

    DuckDB looks for neither inside a function, and one call of one can take hours.
    """

    def give_up() -> None:
        typer.echo(f"claimhouse: the statement took longer than {seconds:g} seconds and was broken off", err=True)
        sys.stderr.flush()
        os._exit(1)

    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    timer = threading.Timer(seconds, give_up) if seconds is not None else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if timer is not None:
            timer.cancel()


def _format_of(output: Path | None) -> Format:
    """The format that a file's ending names; a table where it names none."""
    ending = output.suffix.lstrip(".").lower() if output is not None else ""
    return Format(ending) if ending in Format.__members__ else Format.table


def write(result: Result, format: Format) -> None:  # noqa: A002
    """Write an answer to standard output."""
    if format in _READ_BY_PROGRAMS:
        console.write_utf8()
    try:
        _WRITERS[format](result)
    except BrokenPipeError:
        # the reader (head, less) has seen enough
        sys.stderr.close()


def _guarded(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; all else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str | int | float | bool | list | dict) or value is None else str(value)


def _write_csv(result: Result) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow(["" if v is None else _plain(v) for v in row])


def _write_json(result: Result) -> None:
    json.dump(result.dicts(), sys.stdout, ensure_ascii=False, indent=1, default=_plain)
    sys.stdout.write("\n")


def _write_geojson(result: Result) -> None:
    lat = next((c for c in ("lat", "latitude") if c in result.columns), None)
    lon = next((c for c in ("lon", "lng", "longitude") if c in result.columns), None)
    if lat is None or lon is None:
        console.fail(f"GeoJSON wants columns lat and lon; the answer has {', '.join(result.columns)}")
    features = []
    for row in result.dicts():
        point = row.pop(lon), row.pop(lat)
        geometry = None if None in point else {"type": "Point", "coordinates": [float(x) for x in point]}
        features.append({"type": "Feature", "geometry": geometry, "properties": row})
    json.dump({"type": "FeatureCollection", "features": features}, sys.stdout, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


_READ_BY_PROGRAMS = (Format.csv, Format.json, Format.geojson)
_WRITERS = {
    Format.table: lambda result: console.print_table(result),
    Format.vertical: console.print_records,
    Format.csv: _write_csv,
    Format.json: _write_json,
    Format.geojson: _write_geojson,
}
