"""Write, audit, publish: the candidate warehouse and the one rename that publishes it.

Belongs here: which loads are not published yet, the candidate file, what is done to it before and
after dbt, the lock that allows one refresh at a time. Does not belong here: what the tables hold
(``dbt_project``), who starts a refresh (``orchestration``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from claimhouse.warehouse import ask, row_counts, tables
from ingest.landing import Landing, Load, write_json
from ingest.settings import PROJECT_DIR, Settings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

DBT_DIR = PROJECT_DIR / "dbt_project"
# what makes the tables what they are; a change to any of it means that they are built anew
_MODEL_FILES = ("models/**/*.sql", "models/**/*.yml", "macros/**/*.sql", "seeds/**/*", "dbt_project.yml")

_FACTS = ("claims", "figures", "dates", "locations", "event_mentions")
# 2.5 million facts were built with 768 MB, and not with 512; 1.3 million with 512
_LEAST_MEMORY_MB = 512
_MEMORY_A_FACT = 320  # bytes


def models_digest() -> str:
    """Changes whenever the models do."""
    digest = hashlib.sha256()
    for path in sorted({p for pattern in _MODEL_FILES for p in DBT_DIR.glob(pattern) if p.is_file()}):
        digest.update(str(path.relative_to(DBT_DIR)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def engine_memory(loads: Iterable[Load]) -> str:
    """What DuckDB may hold while it builds these loads, as it wants it said.

    What it has no room for goes to disk; but some of what it keeps while it groups rows cannot, and grows with
    the facts. In steps, since dbt parses the whole project anew whenever this changes.
    """
    facts = sum(manifest.get(name, 0) for manifest in map(Load.manifest, loads) for name in _FACTS)
    megabytes = _LEAST_MEMORY_MB
    while facts * _MEMORY_A_FACT > megabytes * 1_000_000:
        megabytes *= 2
    return f"{megabytes}MB"


class LockedError(Exception):
    """Another refresh is under way; the message says whose."""


@contextmanager
def refresh_lock(settings: Settings) -> Iterator[None]:
    """Allow one refresh at a time, whoever starts it.

    The operating system holds the lock, so that one left by a dead process is free again.

    Raises:
        LockedError: another one holds it and does not let go within the setting ``lock_timeout``.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    holder = settings.data_dir / "refresh.json"
    lock = FileLock(settings.data_dir / "refresh.lock")
    try:
        lock.acquire(timeout=settings.lock_timeout)
    except Timeout:
        raise LockedError(_describe(holder)) from None
    try:
        write_json(holder, {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")})
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        return f"another refresh is under way: process {who['pid']}, since {who['since']}"
    except (OSError, ValueError, KeyError):
        return "another refresh is under way"


class Publisher:
    """The candidate and its way to being published. Plain; Dagster's resource is a shell over it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._landing = Landing(settings.landing_dir)

    @property
    def warehouse_path(self) -> Path:
        return self._settings.warehouse_path

    @property
    def candidate_path(self) -> Path:
        return self._settings.build_dir / "candidate.duckdb"

    def is_current(self) -> bool:
        """True where the published file was built by the present models."""
        try:
            found = ask(self._settings.warehouse_path, "select value from ops_warehouse where key = 'models_digest'")
        except Exception:
            return False
        return found.rows == [(models_digest(),)]

    def pending(self) -> list[Load]:
        """Committed loads that the published file lacks: all of them where the models have changed."""
        committed = self._landing.committed()
        if not self.is_current():
            return committed
        published = {row[0] for row in ask(self._settings.warehouse_path, "select load_id from ops_loads").rows}
        return [load for load in committed if load.load_id not in published]

    def prepare(self) -> list[Load]:
        """Lay out a candidate, and list the loads that dbt is to add to it; an old model's file is not built on."""
        shutil.rmtree(self._settings.build_dir, ignore_errors=True)
        self._settings.build_dir.mkdir(parents=True)
        pending = self.pending()
        if self.is_current():
            shutil.copyfile(self._settings.warehouse_path, self.candidate_path)
        write_json(self._loads_file, [str(load.path) for load in pending])
        return pending

    @property
    def dbt_vars(self) -> dict[str, str]:
        """What dbt is told. The same in every run: dbt keeps its parsed project only while its words stay the same."""
        return {"load_dirs": str(self._loads_file), "checks_dir": str(self._landing.checks_dir)}

    @property
    def dbt_environment(self) -> dict[str, str]:
        """Environment variables from which dbt's profile takes the file to build, and the memory for it."""
        return {
            "CLAIMHOUSE_DUCKDB_PATH": str(self.candidate_path),
            "CLAIMHOUSE_DUCKDB_MEMORY": self._settings.duckdb_memory or engine_memory(self._landing.committed()),
        }

    @property
    def _loads_file(self) -> Path:
        return self._settings.build_dir / "loads.json"

    def candidate_rows(self) -> dict[str, int]:
        """Rows of each table of the candidate; nobody else may have it open."""
        return dict(tables(self.candidate_path))

    def publish(self, run_id: str, checks: pa.Table) -> dict[str, int]:
        """Turn the candidate into the published file; returns rows by table.

        Takes the results of the checks on the warehouse, which the candidate cannot hold before
        they were made. What looks into the landing is dropped: the published file stands alone.
        """
        import duckdb

        with duckdb.connect(str(self.candidate_path)) as connection:
            _drop_all_but_tables(connection)
            connection.register("new_checks", checks)
            connection.execute(
                "insert into ops_check_results by name select * from new_checks"
                " where check_result_id not in (select check_result_id from ops_check_results)"
            )
            connection.unregister("new_checks")
            facts = {
                "models_digest": models_digest(),
                "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "run_id": run_id,
            }
            connection.execute("create or replace table ops_warehouse (key varchar primary key, value varchar)")
            connection.executemany("insert into ops_warehouse values (?, ?)", list(facts.items()))
            connection.execute("checkpoint")
            counts = row_counts(connection)
        with self.candidate_path.open("rb+") as file:
            os.fsync(file.fileno())
        self.candidate_path.replace(self._settings.warehouse_path)
        shutil.rmtree(self._settings.build_dir, ignore_errors=True)
        return counts


def _drop_all_but_tables(connection: duckdb.DuckDBPyConnection) -> None:
    schemas = connection.execute(
        "select distinct schema_name from duckdb_schemas() where database_name = current_database()"
        " and not internal and schema_name <> 'main'"
    ).fetchall()
    for (schema,) in schemas:
        connection.execute(f'drop schema "{schema}" cascade')
    views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
    for (view,) in views:
        connection.execute(f'drop view "{view}"')
