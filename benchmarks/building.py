"""A warehouse built and tested by the same calls that a refresh makes, with time and memory taken.

Belongs here: running dbt and its data tests on a candidate file, and watching them. Does not belong here: the loads
(``landed``), what is printed of it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.refresh import Watch
from claimhouse.data_tests import broken_rules, run_data_tests
from claimhouse.publishing import engine_memory
from ingest.landing import Load
from orchestration.dbt import DBT_EXECUTABLE, compiled_project, dbt_arguments


def build(candidate: Path, loads: list[Path], work: Path, memory: str | None = None) -> dict[str, Any]:
    """One call of dbt, as in a refresh: seconds by the clock and of CPU, of each model, largest memory in MB.

    The loads are resolved. ``memory`` is what DuckDB may hold, where the candidate has more loads than these.
    """
    work.mkdir(parents=True, exist_ok=True)
    listed = work / "loads.json"
    listed.write_text(json.dumps([str(path) for path in loads]), encoding="utf-8")
    variables = {"load_dirs": str(listed), "checks_dir": None}
    command = [str(DBT_EXECUTABLE), *dbt_arguments(variables, work / "target")]
    memory = memory or engine_memory(map(Load, loads))
    environment = {**os.environ, "CLAIMHOUSE_DUCKDB_PATH": str(candidate), "CLAIMHOUSE_DUCKDB_MEMORY": memory}
    started, used = time.perf_counter(), _cpu_seconds()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        watch = Watch(process.pid)
        output, _ = process.communicate()
        watch.stop()
    seconds, cpu_seconds = time.perf_counter() - started, _cpu_seconds() - used
    if process.returncode:
        raise RuntimeError(f"dbt failed:\n{output.decode()}")
    results = json.loads((work / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    models = {r["unique_id"].split(".")[2]: r["execution_time"] for r in results if r["unique_id"].startswith("model.")}
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": watch.peak / 1024, "models": models}


def run_tests(candidate: Path, memory: str) -> dict[str, Any]:
    """Every data test asked of a candidate, as a refresh does once it is built: seconds, of CPU too, and what fails."""
    manifest = compiled_project().manifest
    started, used = time.perf_counter(), time.process_time()
    nodes = {*manifest["nodes"], *manifest["sources"]}
    results = run_data_tests(manifest, candidate, nodes, "benchmark", {"memory_limit": memory})
    took = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}
    return {**took, "tests": len(results), "broken": broken_rules(results)}


def _cpu_seconds() -> float:
    """CPU of all processes that have been waited for: on a busy machine the clock tells of the others."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
