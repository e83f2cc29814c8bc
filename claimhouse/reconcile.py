"""Whether a warehouse holds what the committed loads hold: rows and keys, for each load and landed table.

Belongs here: which table of the warehouse holds which landed table, and comparing the two. Does not belong here: what
is done where they differ (``claimhouse.building``), what the tables mean.

New landed tables need no word here where the table of the warehouse is called ``fct_<name>``, or where they go into
bridges that carry their key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.landing import Load
from ingest.tables import ARTICLES, DOCUMENTS, EXTRACTIONS, TABLES, Table

if TYPE_CHECKING:
    import duckdb

_HOLDERS = {
    DOCUMENTS.name: "ops_documents",
    ARTICLES.name: "dim_article_versions",
    EXTRACTIONS.name: "ops_extractions",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One load and landed table of which the warehouse holds something else."""

    load_id: str
    table: str
    landed_rows: int
    held_rows: int

    def __str__(self) -> str:
        told = f"{self.table} of load {self.load_id}: "
        if self.landed_rows == self.held_rows:
            return told + f"{self.held_rows} rows, but not those that were landed"
        return told + f"{self.held_rows} rows instead of {self.landed_rows}"


def holders(table: Table, columns: Mapping[str, set[str]]) -> list[str]:
    """The tables of a warehouse that together hold a landed table, each row once.

    Args:
        table: the landed table.
        columns: the columns of every table of the warehouse, by name.

    Returns:
        Names of tables; none where the warehouse does not hold it.
    """
    name = _HOLDERS.get(table.name, f"fct_{table.name}")
    if name in columns:
        return [name]
    return sorted(n for n, names in columns.items() if n.startswith("bridge_") and table.key in names)


def differences(connection: duckdb.DuckDBPyConnection, loads: Iterable[Load]) -> list[Difference]:
    """Where an open warehouse holds anything else than these loads, which are to be all that it holds.

    Raises:
        ingest.files.DamagedError: a load cannot be read.
    """
    stated = {load.load_id: _stated(load) for load in loads}
    columns = _columns(connection)
    found = []
    for table in TABLES.values():
        held = _held(connection, table, holders(table, columns))
        for load_id in sorted({*stated, *held}):
            landed = stated.get(load_id, {}).get(table.name) or {"rows": 0, "keys": "0" * 16}
            rows, keys = held.get(load_id, (0, "0" * 16))
            if (rows, keys) != (landed["rows"], landed["keys"]):
                found.append(Difference(load_id, table.name, landed["rows"], rows))
    return found


def is_held(connection: duckdb.DuckDBPyConnection, load: Load) -> bool:
    """Whether an open warehouse holds of a load just what its files hold, whatever its manifest says.

    Raises:
        ingest.files.DamagedError: the load cannot be read.
    """
    columns = _columns(connection)
    for table in TABLES.values():
        landed = load.held(table)
        held = _held(connection, table, holders(table, columns)).get(load.load_id, (0, "0" * 16))
        if held != (landed["rows"], landed["keys"]):
            return False
    return True


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """The columns of every table of an open warehouse."""
    columns: dict[str, set[str]] = {}
    for name, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal"
    ).fetchall():
        columns.setdefault(name, set()).add(column)
    return columns


def _stated(load: Load) -> dict[str, Any]:
    """What the manifest states of each table; counted anew where an older program wrote it."""
    tables: dict[str, Any] = load.manifest().get("tables") or {}
    return {name: tables.get(name) or load.held(table) for name, table in TABLES.items()}


def _held(connection: duckdb.DuckDBPyConnection, table: Table, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    rows = " union all ".join(f'select load_id, "{table.key}" as key from "{name}"' for name in names)  # noqa: S608
    if not rows:
        return {}
    sums = connection.execute(
        f"select load_id, count(*), sum(md5_number_lower(key)) % 18446744073709551616 from ({rows}) group by load_id"  # noqa: S608 names are the catalogue's own
    ).fetchall()
    return {load_id: (count, f"{int(keys):016x}") for load_id, count, keys in sums}
