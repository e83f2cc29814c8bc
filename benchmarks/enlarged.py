"""A published warehouse made larger: each of its rows many times, as if as many loads of its kind had been taken in.

Belongs here: the copying, identities and days included. Does not belong here: measuring. Unlike the loads of
``landed``, what is made so has event mentions, events, relations and figure series in the proportions of the articles
that it is made of; that its articles repeat each other costs a reader nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from claimhouse import lookups

LOADS = 200
DAYS = 1_000
# of all copies the same thing: places, people, publishers, codes, rules
_SHARED_TABLES = {
    "actor_aliases", "check_history", "code_lists", "dim_actors", "dim_calendar", "dim_places", "dim_publishers",
    "dim_rules", "extraction_rules", "ops_check_results", "ops_warehouse", "publisher_activity", "source_days",
}  # fmt: skip
_SHARED_IDS = {"place_id", "publisher_id", "actor_id", "actor_alias_id", "rule_id", "run_id"}


def _copied(connection: duckdb.DuckDBPyConnection, table: str, copies: int) -> str:
    """The statement that fills a table with its copies; ``copy`` counts them, the newest last."""
    load = f"(copy * {LOADS} // {copies})"
    columns = []
    for name, kind, *_ in connection.execute(f'describe source."{table}"').fetchall():
        value = f'"{name}"'
        if name == "load_id" or name.endswith("_load_id"):
            value = f"case when {value} is not null then format('20260101T{{:06d}}000Z-0001', {load}) end"
        elif name == "sequence":
            value = f"{load}"
        elif name.endswith("_id") and name not in _SHARED_IDS and kind == "VARCHAR":
            value = f"md5({value} || copy)"
        elif kind == "DATE":
            value = f"{value} - cast(({copies} - 1 - copy) * {DAYS} // {copies} as integer)"
        elif name == "recorded_at":
            value = f"{value} + to_hours(24 * {load})"
        columns.append(f'{value} as "{name}"')
    once = f" where copy * {LOADS} % {copies} < {LOADS}" if table == "ops_loads" else ""
    return (
        f'insert into "{table}" select {", ".join(columns)} from source."{table}", range({copies}) as r(copy){once}'
        " order by copy"
    )


def enlarge(source: Path, target: Path, claims: int) -> int:
    """Write a warehouse of about so many claims; returns how many copies it holds of each row.

    Args:
        source: a published warehouse.
        target: the file to make; must not be there.
        claims: least number of rows of ``fct_claims``.
    """
    with duckdb.connect(str(target), config={"preserve_insertion_order": "true"}) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        found = connection.execute("select count(*) from source.fct_claims").fetchone()
        copies = -(-claims // (found[0] if found else 1))
        connection.execute("copy from database source to " + f'"{target.stem}" (schema)')
        # rows have other numbers here
        connection.execute(f"drop schema if exists {lookups.SCHEMA} cascade")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'source' and schema_name = 'main'"
        ).fetchall()
        for (table,) in tables:
            if table in _SHARED_TABLES:
                connection.execute(f'insert into "{table}" select * from source."{table}"')
            else:
                connection.execute(_copied(connection, table, copies))
        connection.execute("detach source")
        lookups.make(connection)
        connection.execute("checkpoint")
    return copies
