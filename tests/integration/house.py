"""A house of its own for a test: data folder, sources, Dagster home, and the command line on it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import weakref
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
from warm import Warm

from ingest.home import PROGRAM_DIR
from ingest.landing import Landing
from ingest.settings import Settings

CLAIMHOUSE = Path(sys.executable).with_name("claimhouse")

# Dagster's event log waits for the disk two thousand times a refresh
_MEMORY = Path("/dev/shm")
_ENOUGH_MEMORY = 1 << 30

# tables of what happened, not of what is so: a killed run happened
HISTORY = {"ops_warehouse", "ops_check_results", "check_history"}


def _differs_by_run(column: str) -> bool:
    """True for a column that holds when or by which run a row was made, not what it says."""
    return (
        (column.endswith("_at") and column != "modified_at")
        or column == "load_source_id"
        or "load_id" in column
        or "run_id" in column
    )


def _fast_folder() -> str | None:
    """Where files are quick and need not last; None for the usual place."""
    if not _MEMORY.is_dir() or not os.access(_MEMORY, os.W_OK):
        return None
    return str(_MEMORY) if shutil.disk_usage(_MEMORY).free > _ENOUGH_MEMORY else None


@cache
def _warm() -> Warm:
    return Warm()


@dataclass
class House:
    root: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox.mkdir(parents=True, exist_ok=True)
        home = tempfile.mkdtemp(prefix="claimhouse-dagster-", dir=_fast_folder())
        weakref.finalize(self, shutil.rmtree, home, ignore_errors=True)
        sources = self.root / "sources.yml"
        if not sources.exists():
            sources.write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.env = {
            **os.environ,
            "CLAIMHOUSE_DATA_DIR": str(self.root / "data"),
            "CLAIMHOUSE_INBOX": str(self.inbox),
            "CLAIMHOUSE_SOURCES_FILE": str(sources),
            # the gazetteer is the same for all: made once, by whoever needs it first
            "CLAIMHOUSE_GAZETTEER": str(PROGRAM_DIR / "data" / "gazetteer"),
            "DAGSTER_HOME": home,
            **self.env,
        }
        # without it each process would compile all of the program anew
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def settings(self) -> Settings:
        return Settings(
            data_dir=self.root / "data",
            inbox=self.inbox,
            sources_file=self.root / "sources.yml",
            gazetteer=PROGRAM_DIR / "data" / "gazetteer",
            shard_articles=int(self.env.get("CLAIMHOUSE_SHARD_ARTICLES", 200)),
        )

    @property
    def landing(self) -> Landing:
        return Landing(self.settings.landing_dir)

    @property
    def warehouse(self) -> Path:
        return self.settings.warehouse_path

    def put(self, name: str, text: str, title: str = "", day: str = "2025-11-20") -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"date {day} {title}\n\n{text}\n" if title else text, encoding="utf-8")
        return path

    def run(
        self, *arguments: str, check: bool = True, script: Path | None = None, is_cold: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run the command line, or a script, on this house; ``is_cold``: as a person would start it, anew."""
        command = [str(script or CLAIMHOUSE), *arguments]
        if is_cold:
            if script is not None:
                command.insert(0, sys.executable)
            done = subprocess.run(
                command, env=self.env, cwd=self.root, capture_output=True, text=True, timeout=280, check=False
            )
        else:
            done = _warm().run(command, self.env, self.root, timeout=280)
        if check and done.returncode:
            raise AssertionError(
                f"{arguments} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
            )
        return done

    def refresh(self, *, check: bool = True, is_cold: bool = False) -> subprocess.CompletedProcess[str]:
        return self.run("refresh", check=check, is_cold=is_cold)

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def digest(self) -> str:
        return hashlib.sha256(self.warehouse.read_bytes()).hexdigest()

    def contents(self) -> dict[str, list[str]]:
        """All rows of all tables in a fixed order, without what differs between runs."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
            ).fetchall()
            contents = {}
            for (name,) in names:
                if name in HISTORY:
                    continue
                answer = connection.execute(f'select * from "{name}"')
                columns = [d[0] for d in answer.description]
                kept = [i for i, c in enumerate(columns) if not _differs_by_run(c)]
                contents[name] = sorted(
                    json.dumps([str(row[i]) for i in kept], ensure_ascii=False) for row in answer.fetchall()
                )
            return contents
