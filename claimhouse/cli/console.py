"""What commands share for talking to a person: tables, errors.

Belongs here: how things look. Does not belong here: what is shown.
"""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimhouse.warehouse import Result

# wide enough for sentences where output goes to a file
WIDTH_WITHOUT_TERMINAL = 160
# values of this many characters stay on one line: numbers, days, codes
_LONGEST_UNBROKEN = 12
# sentences, which are texts of more characters than the first number, want a column of the second
_SENTENCE, _SENTENCE_WIDTH = 60, 24
_EVERY_LETTER = ("utf-8", "utf8")
# rich puts a border and a space on each side of a cell
_AROUND_A_CELL = 3


def console() -> Console:
    """Standard output as rich sees it."""
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(width=width, highlight=False, soft_wrap=False)


def write_any_letter() -> None:
    """Let standard output and error take every letter, whatever the terminal's encoding: as its number, if need be."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in _EVERY_LETTER:
            stream.reconfigure(errors="backslashreplace")


def write_utf8() -> None:
    """Write what comes next on standard output in UTF-8, as files of JSON and CSV are read."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def narrate(*names: str) -> None:
    """Show what steps say as they work, on standard error.

    Args:
        names: of the packages that are listened to.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in names:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)


def fail(message: str) -> NoReturn:
    """Say what is wrong on standard error and leave with status 1."""
    typer.echo(f"claimhouse: {message}", err=True)
    raise typer.Exit(1)


def check_output(output: Path, force: bool) -> None:
    """Leave with a message where a file must not be written: it is there already, or the data folder is no place."""
    from ingest.settings import settings

    if output.exists() and not force:
        fail(f"{output} is there already; --force writes over it")
    if output.resolve().is_relative_to(settings().data_dir.resolve()):
        fail(f"{output} is inside the data folder, which the refresh owns; choose another place")


def print_table(result: Result, title: str | None = None, out: Console | None = None) -> None:
    """Print an answer as a table, on standard output if nowhere else; numbers to the right, null as a dash."""
    out = out or console()
    if title and not result.rows:
        out.print(title, markup=False)
        return
    if title:
        # a path is not to be broken where the table is narrow
        out.print(Text(title, style="italic"), soft_wrap=True)
    table = Table(header_style="bold")
    for i, name in enumerate(result.columns):
        is_number = any(isinstance(row[i], int | float) for row in result.rows)
        longest = max((len(_shown(row[i])) for row in result.rows), default=0)
        table.add_column(
            name,
            justify="right" if is_number else "left",
            overflow="fold",
            # the rest of the width is left to sentences
            width=max(longest, *map(len, name.split()), 1) if longest <= _LONGEST_UNBROKEN else None,
        )
    for row in result.rows:
        # Text, not str: square brackets in a quotation are no markup
        table.add_row(*(Text(_shown(v)) for v in row))
    out.print(table)


def fits(result: Result, width: int) -> bool:
    """True where a table of the answer keeps every short value whole in a width given in characters.

    Nor does it break sentences into columns of a word or two.
    """
    longest = (max((len(_shown(row[i])) for row in result.rows), default=0) for i in range(len(result.columns)))
    narrowest = (_SENTENCE_WIDTH if length > _SENTENCE else min(length, _LONGEST_UNBROKEN) for length in longest)
    headed = (max(cell, *map(len, name.split("_")), 1) for cell, name in zip(narrowest, result.columns, strict=True))
    return sum(headed) + _AROUND_A_CELL * len(result.columns) + 1 <= width


def print_records(result: Result) -> None:
    """Print an answer row under row, a line a column, on standard output; columns that hold nothing are left out."""
    out = console()
    for number, row in enumerate(result.dicts(), start=1):
        out.print(Text(f"row {number} of {len(result.rows)}", style="dim"))
        record = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        for name, value in row.items():
            if value is not None:
                record.add_row(Text(name, style="bold"), Text(_shown(value)))
        out.print(record)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return f"{int(value)}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)
