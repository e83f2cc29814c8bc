"""The models on Spark: dbt's call, and the comparison of what it made with a published file.

Belongs here: what dbt is told of a house, rows that differ. Does not belong here: the models (``dbt_project``),
publishing (``claimhouse.publishing``): tables of Spark are files of their own beside the published one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimhouse.publishing import DBT_DIR
from claimhouse.reviews import review_rows
from claimhouse.spark.session import SparkError, what_is_missing
from claimhouse.warehouse import ask
from ingest.authority import authority_rows
from ingest.files import write_json
from ingest.landing import Landing
from ingest.settings import Settings

if TYPE_CHECKING:
    import duckdb

_SCHEMA = "main.db"  # the folder of dbt's target schema, as Spark's catalog names it
# what publishing adds to the models' tables: one, and rows of another
_WAREHOUSE = "ops_warehouse"
_OF_OWN_RUN = "where not (stage = 'warehouse' and run_id = (select value from ops_warehouse where key = 'run_id'))"
_DIGITS = 9  # sums of doubles differ in the last places by the order in which an engine adds


def build(settings: Settings, out: Path, arguments: Sequence[str] = ()) -> int:
    """Build every model, seed and data test on Spark from the committed loads; returns dbt's exit status.

    Args:
        settings: of the house; its loads must be resolved, which a refresh does.
        out: folder of the tables, on a path that all executors share; what is there is replaced.
        arguments: more for ``dbt build``.

    Raises:
        SparkError: there is no Java, or nothing to build.
    """
    missing = what_is_missing()
    if missing:
        raise SparkError(missing)
    landing = Landing(settings.landing_dir)
    loads = [str(load.path) for load in landing.committed()]
    if not loads:
        raise SparkError(f"{landing.loads_dir} holds no committed load; `claimhouse refresh` makes one")
    if (out / _SCHEMA).exists():
        shutil.rmtree(out / _SCHEMA)
    write_json(out / "actors.json", authority_rows(settings.actors_file))
    write_json(out / "reviews.json", review_rows(settings.reviews_path))
    told = {
        "load_dirs": loads,
        "checks_dir": _checks_seen(settings, landing, out / "checks"),
        "actors_file": str(out / "actors.json"),
        "reviews_file": str(out / "reviews.json"),
        "least_confidence": settings.least_confidence,
    }
    paths = [
        "--project-dir",
        DBT_DIR,
        "--profiles-dir",
        DBT_DIR,
        "--target-path",
        out / "dbt",
        "--log-path",
        out / "dbt",
    ]
    # unit tests look at rows that are made up, and not at a house: they are the test suite's
    kinds = ["--exclude-resource-type", "unit_test"]
    dbt = Path(sys.executable).with_name("dbt")
    command = [dbt, "build", "--target", "spark", *kinds, *paths, "--vars", json.dumps(told)]
    environment = {**os.environ, "CLAIMHOUSE_SPARK_WAREHOUSE": str(out.absolute()), "DO_NOT_TRACK": "1"}
    environment.setdefault("PYSPARK_PYTHON", sys.executable)
    return subprocess.run([*map(str, command), *arguments], env=environment, check=False).returncode  # noqa: S603


def _checks_seen(settings: Settings, landing: Landing, folder: Path) -> str | None:
    """A folder of the results of checks that the published file's models saw; None where there are none.

    What a run finds of its own warehouse comes to be after the models, and publishing adds it to the table.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own = f"{_publishing_run(settings.warehouse_path)}-warehouse.parquet"
    found = [path for path in landing.checks_dir.glob("*.parquet") if path.name != own]
    for path in found:
        shutil.copy(path, folder / path.name)
    return str(folder) if found else None


def _publishing_run(warehouse: Path) -> str | None:
    """The run that published a file; None where it is not published."""
    if not warehouse.exists():
        return None
    found = ask(warehouse, "select value from ops_warehouse where key = 'run_id'").rows
    return str(found[0][0]) if found else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One published table on both sides. ``example`` is a row that only one has, with the columns that differ."""

    table: str
    rows: int
    only_published: int
    only_spark: int
    example: str | None = None

    @property
    def is_equal(self) -> bool:
        return not self.only_published and not self.only_spark


def compare(warehouse: Path, out: Path) -> Iterator[Compared]:
    """Compare every published table with the one that Spark made, row by row, numbers to nine places.

    Args:
        warehouse: a published file, or a candidate that nobody else has open.
        out: the folder that :func:`build` wrote.

    Raises:
        SparkError: there is no such file.
    """
    import duckdb

    if not warehouse.exists():
        raise SparkError(f"there is no {warehouse}; `claimhouse refresh` makes it")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        listed = connection.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'main' and table_type = 'BASE TABLE' order by 1"
        ).fetchall()
        names = [name for (name,) in listed]
        added = {"ops_check_results": _OF_OWN_RUN} if _WAREHOUSE in names else {}
        for name in names:
            if name != _WAREHOUSE:
                yield _compared(connection, name, out / _SCHEMA / name, added.get(name, ""))


def _compared(connection: duckdb.DuckDBPyConnection, name: str, folder: Path, condition: str) -> Compared:
    published = f'main."{name}" {condition}'
    columns: list[tuple[str, str]] = connection.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_schema = 'main' and table_name = ? order by ordinal_position",
        [name],
    ).fetchall()
    rows = _one(connection, f"select count(*) from {published}")  # noqa: S608 - names of the file itself
    if not any(folder.glob("*.parquet")):
        return Compared(name, rows, rows, 0, "Spark made no such table")
    made = f"read_parquet('{str(folder).replace(chr(39), chr(39) * 2)}/*.parquet')"
    there = {row[0] for row in connection.execute(f"describe select * from {made}").fetchall()}  # noqa: S608
    lacking = [column for column, _ in columns if column not in there]
    if lacking:
        return Compared(name, rows, rows, 0, f"Spark's table lacks {', '.join(lacking)}")
    listed = ", ".join(_value(column, kind) for column, kind in columns)
    here, other = f"select {listed} from {published}", f"select {listed} from {made}"  # noqa: S608
    gone = _rows(connection, f"{here} except all {other}")
    new = _rows(connection, f"{other} except all {here}")
    example = _example([column for column, _ in columns], gone, new) if gone or new else None
    return Compared(name, rows, len(gone), len(new), example)


def _value(column: str, kind: str) -> str:
    value = f'cast("{column}" as {kind})'
    return f'round({value}, {_DIGITS}) as "{column}"' if kind == "DOUBLE" else f'{value} as "{column}"'


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = connection.execute(sql).fetchone()
    assert found is not None
    return int(found[0])


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return sorted(connection.execute(sql).fetchall(), key=repr)


def _example(columns: list[str], gone: list[tuple[Any, ...]], new: list[tuple[Any, ...]]) -> str:
    """What to show of rows that differ: of the first, the columns that the like row of the other side has otherwise."""
    if not gone or not new:
        row = (gone or new)[0]
        return f"{'published' if gone else 'Spark'} only: " + ", ".join(
            f"{name}={value!r}" for name, value in zip(columns[:6], row, strict=False)
        )
    one = gone[0]
    like = max(new, key=lambda row: sum(a == b for a, b in zip(one, row, strict=True)))
    told = [f"{name}: published {a!r}, Spark {b!r}" for name, a, b in zip(columns, one, like, strict=True) if a != b]
    return f"{columns[0]}={one[0]!r}: " + "; ".join(told)
