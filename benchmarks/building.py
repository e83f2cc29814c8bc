"""A warehouse built and tested by the same calls that a refresh makes, with time and memory taken.

Belongs here: running dbt and its data tests on a candidate file, and watching them. Does not belong here: the loads
(``landed``), what is printed of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.refresh import Watch
from claimhouse.data_tests import broken_rules, run_data_tests
from claimhouse.publishing import engine_memory
from ingest.garbage import without_garbage_collection
from ingest.landing import Load
from orchestration.dbt import compiled_project, dbt_arguments
from orchestration.dbt_savings import savings


def build(candidate: Path, loads: list[Path], work: Path, memory: str | None = None) -> dict[str, Any]:
    """One call of dbt, as in a refresh: seconds by the clock and of CPU, of each model, largest memory in MB.

    The loads are resolved. ``memory`` is what DuckDB may hold, where the candidate has more loads than these. A process
    of its own makes the call, whose memory can be told; the CPU of its start, which a refresh has once for all that it
    does, is apart.
    """
    work.mkdir(parents=True, exist_ok=True)
    listed = work / "loads.json"
    listed.write_text(json.dumps([str(path) for path in loads]), encoding="utf-8")
    memory = memory or engine_memory(map(Load, loads))
    settings = {"CLAIMHOUSE_DUCKDB_PATH": str(candidate), "CLAIMHOUSE_DUCKDB_MEMORY": memory}
    command = [sys.executable, "-m", "benchmarks.building", str(listed), str(work / "target")]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watch = Watch(process.pid)
        output, _ = process.communicate()
        watch.stop()
    if process.returncode:
        raise RuntimeError(f"dbt failed:\n{output.decode()}")
    return {**json.loads(output.splitlines()[-1]), "peak_mb": watch.peak / 1024}


def call(listed: str, target: Path) -> dict[str, Any]:
    """The call itself, in this process, as ``orchestration.dbt.run_dbt`` makes it.

    Raises:
        RuntimeError: a model failed.
    """
    from dbt.cli.main import dbtRunner

    compiled = compiled_project()
    target.mkdir(parents=True, exist_ok=True)
    arguments = dbt_arguments({"load_dirs": listed, "checks_dir": None}, target)
    started, used = time.perf_counter(), time.process_time()
    with without_garbage_collection(), savings(compiled.templates_path):
        ended = dbtRunner(compiled.parsed()).invoke([*arguments, "--no-write-json"])
    took = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}
    results = getattr(ended.result, "results", [])
    if not ended.success:
        raise RuntimeError("; ".join(str(ran.message) for ran in results if str(ran.status) == "error"))
    models = {ran.node.name: ran.execution_time for ran in results if ran.node.resource_type == "model"}
    return {**took, "start_cpu_seconds": used, "models": models}


def run_tests(candidate: Path, memory: str) -> dict[str, Any]:
    """Every data test asked of a candidate, as a refresh does once it is built: seconds, of CPU too, and what fails."""
    manifest = compiled_project().manifest
    started, used = time.perf_counter(), time.process_time()
    nodes = {*manifest["nodes"], *manifest["sources"]}
    results = run_data_tests(manifest, candidate, nodes, "benchmark", {"memory_limit": memory})
    took = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}
    return {**took, "tests": len(results), "broken": broken_rules(results)}


if __name__ == "__main__":
    print(json.dumps(call(sys.argv[1], Path(sys.argv[2]))))
