"""The published warehouse file, for reading.

Belongs here: opening it read-only and asking it things. Does not belong here: building or
publishing it (``claimhouse.publishing``); nothing here ever writes.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    from filelock import FileLock


# no file but the warehouse itself can be reached, and nothing can be set to change that
_SANDBOX: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
# folders in which readers give the published file a name of their own, and the lock of who does
_READING = ".reading-"
_IN_USE = "in-use.lock"
_STALE_AFTER_S = 60
_EXPLAIN = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*explain\b", re.I | re.S)


class NotAllowedError(Exception):
    """What was asked for is not a question; the message says what is."""


class NoWarehouseError(Exception):
    """There is no published warehouse yet, or the file is none."""


@dataclass(frozen=True, slots=True)
class Result:
    """Column names and rows of one answer."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@contextmanager
def connect(
    path: Path, *, apart: bool = False, settings: Mapping[str, str | int] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only, with every other file out of reach.

    A reader neither locks a refresh out nor is locked out: a refresh builds elsewhere and renames.
    DuckDB itself still lets COPY write over the very file that is open; what people type goes through
    :func:`ask`, which refuses all that is no question.

    Args:
        path: the published file.
        apart: open what is published now, whatever this process still has open under that name: DuckDB would
            hand out the file before once more. For who keeps a warehouse open while others are published.
        settings: more of DuckDB's.

    Raises:
        NoWarehouseError: no file is there, or DuckDB cannot read it.
    """
    with as_published(path, apart) as place:
        connection = open_at(place, path, settings)
        try:
            yield connection
        finally:
            connection.close()


def open_at(place: Path, path: Path, settings: Mapping[str, str | int] | None = None) -> duckdb.DuckDBPyConnection:
    """The connection that ``connect`` gives, for who closes it some other way.

    Args:
        place: where to open the file, from :func:`as_published`.
        path: the published file, as messages name it.
        settings: more of DuckDB's.

    Raises:
        NoWarehouseError: DuckDB cannot read it.
    """
    import duckdb

    try:
        return duckdb.connect(str(place), read_only=True, config={**(settings or {}), **_SANDBOX})
    except (duckdb.IOException, duckdb.SerializationException, duckdb.InvalidInputException) as problem:
        raise NoWarehouseError(f"{path} cannot be opened: {problem}") from problem


@contextmanager
def as_published(path: Path, apart: bool) -> Iterator[Path]:
    """Where to open the file so that DuckDB sees no changes that somebody left beside it.

    Args:
        path: the published file.
        apart: under a name of its own in any case, where the folder allows it.

    Raises:
        NoWarehouseError: no file is there, or there are such changes, and they cannot be got round.
    """
    if not path.exists():
        raise NoWarehouseError(f"no warehouse at {path}; `claimhouse refresh` makes it")
    has_wal = path.with_name(path.name + ".wal").exists()
    if not has_wal and not (apart and os.access(path.parent, os.W_OK)):
        yield path
        return
    from filelock import FileLock

    remove_stale_readings(path.parent)
    folder = ""
    lock: FileLock | None = None
    try:
        # another name of the same file, with nothing beside it; DuckDB would follow a symbolic link back
        folder = tempfile.mkdtemp(prefix=_READING, dir=path.parent)
        lock = FileLock(Path(folder, _IN_USE))
        lock.acquire(timeout=0)
        place = Path(folder, path.name)
        place.hardlink_to(path)
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        if not has_wal:
            yield path  # a file system without links
            return
        wal = path.with_name(path.name + ".wal")
        raise NoWarehouseError(
            f"{wal} holds changes that are not part of what was published; delete it, or refresh ({problem})"
        ) from problem
    try:
        yield place
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def remove_stale_readings(folder: Path) -> None:
    """Remove the names under which readers had the published file open that were killed before they could.

    As long as such a name is there, the disk keeps the whole file, however often another was published since. A
    reader holds a lock that the system lets go with its process.

    Args:
        folder: where the published file lies.
    """
    from filelock import FileLock, Timeout

    for left in folder.glob(_READING + "*"):
        try:
            # between its name and its lock a reader needs a moment
            if time.time() - left.stat().st_mtime < _STALE_AFTER_S:
                continue
            with FileLock(left / _IN_USE, timeout=0):
                shutil.rmtree(left, ignore_errors=True)
        except (OSError, Timeout):
            continue  # in use, removed by another, or not ours to remove


def ask(path: Path, sql: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Ask the published file one question.

    Args:
        path: the published file.
        sql: one SELECT, or what reads as one (FROM, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE), or EXPLAIN of one.
        parameters: values of the statement's ``$name`` parameters.

    Raises:
        NoWarehouseError: there is nothing to ask.
        NotAllowedError: it is no single question: nothing, several statements, or one that would write.
        duckdb.Error: the statement is wrong.
    """
    with connect(path) as connection:
        check_question(sql)
        return run(connection, sql, parameters)


def check_question(sql: str) -> None:
    """Refuse what is not one statement that only reads.

    Raises:
        NotAllowedError: it is no single question; the message says what to do.
        duckdb.Error: it is no SQL.
    """
    import duckdb

    # IMPORT DATABASE is read from its files as soon as it is parsed: not even the parser may reach a file
    with duckdb.connect(config=_SANDBOX) as parser:
        statements = parser.extract_statements(sql)
    if not statements:
        raise NotAllowedError("there is no statement in it; ask one question, as in: select * from fct_claims limit 5")
    if len(statements) > 1:
        raise NotAllowedError(
            f"these are {len(statements)} statements; ask one at a time (a PIVOT needs its values: pivot … on … in (…))"
        )
    kind = statements[0].type
    if kind == duckdb.StatementType.EXPLAIN:
        # EXPLAIN ANALYZE runs what it explains
        inner = _EXPLAIN.sub("", sql, count=1).lstrip()
        check_question(re.sub(r"^analyze\b|^\([^)]*\)", "", inner, flags=re.I))
    elif kind != duckdb.StatementType.SELECT:
        raise NotAllowedError(
            f"{kind.name} is not a question; the warehouse is only read (`claimhouse query … --output FILE` exports)"
        )


def run(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Run one statement against an open warehouse."""
    answer = connection.execute(sql, parameters or None)
    columns = [d[0] for d in answer.description or []]
    return Result(columns, answer.fetchall())


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table of an open warehouse, published or not, by name."""
    names = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
    ).fetchall()
    counts = {}
    for (name,) in names:
        row = connection.execute(f'select count(*) from "{name}"').fetchone()  # noqa: S608 the catalogue's own names
        counts[name] = int(row[0]) if row else 0
    return counts


def tables(path: Path) -> list[tuple[str, int]]:
    """Every table of a warehouse file with its number of rows, by name.

    Raises:
        NoWarehouseError: there is nothing to count.
    """
    with connect(path) as connection:
        return list(row_counts(connection).items())
