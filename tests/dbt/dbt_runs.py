"""dbt for the tests, run in this process on candidate files of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest

from claimhouse.data_tests import run_data_tests
from ingest.garbage import without_garbage_collection
from ingest.landing import Landing
from ingest.resolve.steps import Resolution
from orchestration.dbt import compiled_project, environment

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


@dataclass
class Dbt:
    """Runs dbt in this process on one candidate file."""

    candidate: Path
    work: Path

    def _run(self, manifest: Manifest | None, command: str, *args: str) -> dbtRunnerResult:
        common = ["--quiet", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        paths = ["--target-path", str(self.work / "target"), "--log-path", str(self.work / "logs")]
        try:
            with (
                without_garbage_collection(),
                environment({"CLAIMHOUSE_DUCKDB_PATH": str(self.candidate), "DO_NOT_TRACK": "1"}),
            ):
                return dbtRunner(manifest).invoke([command, *args, *common, *paths])
        finally:
            # dbt leaves its connection open, and a file open for writing lets nobody else in
            DuckDBConnectionManager.close_all_connections()

    def invoke(self, command: str, *args: str, variables: dict[str, Any] | None = None) -> dbtRunnerResult:
        """Run a command on the project: dbt writes into the manifest that it is given, so each has its own."""
        given = ["--vars", json.dumps(variables)] if variables else []
        return self._run(compiled_project().parsed(), command, *args, *given)

    def build(
        self,
        loads: Sequence[Path] | Path,
        *args: str,
        checks_dir: Path | None = None,
        models: Sequence[str] = (),
        **variables: Any,
    ) -> dict[str, str]:
        """Build with these loads, resolved before, as a refresh does: the status of each node by name.

        With ``models``, those and what they rest on alone. The data tests of what was built are asked then, unless
        the arguments leave them out or select anything.
        """
        _resolve(loads)
        load_dirs = str(loads) if isinstance(loads, Path) else [str(p) for p in loads]
        given = {"load_dirs": load_dirs, "checks_dir": str(checks_dir) if checks_dir else None, **variables}
        kinds = ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"]
        only = ["--select", *(f"+{name}" for name in models)] if models else []
        built = self._results("build", *kinds, *only, *args, variables=given)
        statuses = {node.name: str(status) for node, status in built}
        if args:
            return statuses
        if variables.get("test_everything"):
            tested = self._results("test", "--exclude-resource-type", "unit_test", variables=given)
            return {**statuses, **{node.name: str(status) for node, status in tested}}
        there = [node.unique_id for node, status in built if status == "success"]
        asked = run_data_tests(compiled_project().manifest, self.candidate, there, "run", {})
        return {**statuses, **{test.check_name: "pass" if test.is_passed else "fail" for test in asked}}

    def _results(self, command: str, *args: str, variables: dict[str, Any]) -> list[tuple[Any, Any]]:
        """Each node that a command ran, with its status."""
        # as a refresh does: the file of all nodes, which nobody reads here, takes a second of each run
        result = self.invoke(command, *args, "--no-write-json", variables=variables)
        if result.exception:
            raise result.exception
        return [(ran.node, ran.status) for ran in result.result]

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.candidate, read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def copy(self, name: str) -> Dbt:
        """A candidate of its own with the same content."""
        # of the same file name: it is the database's name, which the manifest has taken up
        candidate = self.candidate.parent / name / self.candidate.name
        candidate.parent.mkdir()
        shutil.copy(self.candidate, candidate)
        return Dbt(candidate, self.work)


def _resolve(loads: Sequence[Path] | Path) -> None:
    """Resolve all loads of the landing that the given ones are of, as a refresh does before it calls dbt."""
    if isinstance(loads, Path):
        given = [Path(path) for path in json.loads(loads.read_text())]
    else:
        given = [Path(path) for path in loads]
    for root in {path.parent.parent for path in given}:
        Resolution(Landing(root), root / "state").run()


def failures(statuses: dict[str, str]) -> dict[str, str]:
    """The nodes that did not end well; an exposure is listed as run, with nothing to do."""
    return {name: status for name, status in statuses.items() if status not in ("success", "pass", "no-op")}
