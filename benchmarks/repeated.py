"""A resolved load taken many times, each time with other ids and over earlier days: a large house for the models.

Belongs here: copying the rows of a load and of its step. Does not belong here: making the load (``landed``), resolving,
building.

No copy shares an event with another, and each reaches back from where the one after it begins, as more loads of
``landed`` would. So what the models cost is measured at sizes whose resolving nobody can wait for.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import duckdb

from ingest.files import write_json
from ingest.landing import Load
from ingest.resolve.joining.events import OF_CLAIMS
from ingest.resolve.tables import RESOLVED
from ingest.tables import TABLES

_SHARED_IDS = {"load_id", "rule_id"}


def repeat(load: Load, times: int, root: Path) -> list[Path]:
    """Write ``times - 1`` copies of a load and its step below ``root``; returns all loads, the given one last.

    Args:
        load: a committed load that is resolved.
        times: how often its rows are to be there, the load itself counted.
        root: the folder of the copies' loads and steps, a landing of its own.
    """
    with duckdb.connect() as connection:
        [(days,)] = connection.execute(
            f"select max(published_date) - min(published_date) + 1 from '{load.path}/articles/*.parquet'"
        ).fetchall()
        copies = [_copy(connection, load, number, days * number, root) for number in range(1, times)]
    return [*reversed(copies), load.path]


def _copy(connection: duckdb.DuckDBPyConnection, load: Load, number: int, days: int, root: Path) -> Path:
    """The copy of this number, so many days earlier."""
    recorded_at = load.recorded_at - timedelta(hours=number)
    path = root / "loads" / f"{recorded_at:%Y%m%dT%H%M%S}000Z-{number:04x}"
    step = load.path.parent.parent / "resolved" / load.load_id
    for table in (*TABLES.values(), *RESOLVED):
        of, to = (load.path, path) if table.name in TABLES else (step, root / "resolved" / path.name)
        (to / table.name).mkdir(parents=True, exist_ok=True)
        columns = []
        for name, kind, *_ in connection.execute(f"describe select * from '{of}/{table.name}/*.parquet'").fetchall():
            columns.append(f'{_value(name, kind, number, days)} as "{name}"')
        connection.execute(
            f"copy (select {', '.join(columns)} from '{of}/{table.name}/*.parquet')"
            f" to '{to}/{table.name}/part-00000.parquet' (format parquet, compression zstd)",
            {"load_id": path.name, "recorded_at": recorded_at},
        )
    moments = {"recorded_at": recorded_at.isoformat(), "committed_at": recorded_at.isoformat()}
    write_json(path / "plan.json", {**load.plan, "recorded_at": moments["recorded_at"]})
    manifest = json.loads((load.path / "manifest.json").read_text(encoding="utf-8"))
    write_json(path / "manifest.json", {**manifest, **moments, "load_id": path.name, "shards": 1})
    return path


def _value(name: str, kind: str, number: int, days: int) -> str:
    """What a column of a copy holds, as an expression over the column that it is made of."""
    if name in ("load_id", "recorded_at"):
        return f"${name}"
    if kind == "DATE":
        return f'"{name}" - {days}'
    if name == "origin":  # an agency, or "text:" and the id of a text
        return f"case when starts_with(origin, 'text:') then concat(origin, '-', {number}) else origin end"
    if kind == "VARCHAR" and name.endswith("_id") and name not in _SHARED_IDS:
        other = f"substring(md5(concat(\"{name}\", '|', {number})), 1, 16)"
        return (
            f"case when starts_with(\"{name}\", '{OF_CLAIMS}') then concat('{OF_CLAIMS}', {other})"
            f' when "{name}" is not null then {other} end'
        )
    return f'"{name}"'
