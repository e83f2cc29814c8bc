"""dbt for the tests: one parsed manifest a session, builds in temporary candidate files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@dataclass
class Dbt:
    """Runs dbt in this process on one candidate file."""

    candidate: Path
    work: Path

    def invoke(self, command: str, *args: str, variables: dict[str, Any] | None = None) -> dbtRunnerResult:
        with _environment(CLAIMHOUSE_DUCKDB_PATH=str(self.candidate), DO_NOT_TRACK="1"):
            arguments = [
                command,
                *args,
                "--quiet",
                "--project-dir",
                str(PROJECT),
                "--profiles-dir",
                str(PROJECT),
                "--target-path",
                str(self.work / "target"),
                "--log-path",
                str(self.work / "logs"),
                *(["--vars", json.dumps(variables)] if variables else []),
            ]
            try:
                return dbtRunner().invoke(arguments)
            finally:
                # dbt leaves its connection open, and a file open for writing lets nobody else in
                DuckDBConnectionManager.close_all_connections()

    def build(
        self, loads: Sequence[Path], *args: str, checks_dir: Path | None = None, **variables: Any
    ) -> dict[str, str]:
        """``dbt build`` with these loads: the status of each node by name."""
        given = {"load_dirs": [str(p) for p in loads], "checks_dir": str(checks_dir) if checks_dir else None}
        result = self.invoke("build", *args, variables={**given, **variables})
        if result.exception:
            raise result.exception
        return {r.node.name: str(r.status) for r in result.result}

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.candidate, read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def copy(self, name: str) -> Dbt:
        """A candidate of its own with the same content."""
        candidate = self.candidate.with_name(f"{name}.duckdb")
        shutil.copy(self.candidate, candidate)
        return Dbt(candidate, self.work)


def failures(statuses: dict[str, str]) -> dict[str, str]:
    return {name: status for name, status in statuses.items() if status not in ("success", "pass")}


@pytest.fixture(scope="session")
def dbt_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture
def dbt(dbt_work: Path, tmp_path: Path) -> Dbt:
    """A candidate that is not there yet."""
    return Dbt(tmp_path / "candidate.duckdb", dbt_work)
