"""The published warehouse file, for reading.

Belongs here: opening it read-only and asking it things. Does not belong here: building or
publishing it (``claimhouse.publishing``); nothing here ever writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


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
def connect(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only.

    A reader neither locks a refresh out nor is locked out: a refresh builds elsewhere and renames.

    Raises:
        NoWarehouseError: no file is there, or DuckDB cannot read it.
    """
    import duckdb

    if not path.exists():
        raise NoWarehouseError(f"no warehouse at {path}; `claimhouse refresh` makes it")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except (duckdb.IOException, duckdb.SerializationException, duckdb.InvalidInputException) as problem:
        raise NoWarehouseError(f"{path} cannot be opened: {problem}") from problem
    try:
        yield connection
    finally:
        connection.close()


def ask(path: Path, sql: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Run one statement against the published file.

    Raises:
        NoWarehouseError: there is nothing to ask.
        duckdb.Error: the statement is wrong, or would write.
    """
    with connect(path) as connection:
        return run(connection, sql, parameters)


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
