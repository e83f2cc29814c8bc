"""What resolving and the warehouse cost as a house grows: from nothing, with a night's claims, on a bad day, asked.

Belongs here: time, memory and disk of resolving and of the warehouse on generated loads (``landed``), and the printing.
Does not belong here: reading and extracting (``speed``).

    python -m benchmarks.marts [--sizes 10000 100000 1000000] [--times 10] [--bad-day 1000] [--keep FOLDER]
        [--json FILE]

Each size is resolved and built from nothing by the calls that a refresh makes; then a load of 1,000 claims of the
newest week is added, and all data tests are asked; then each of the ten questions is asked for the place that is most
in the news, and the median of three answers is taken. A bad day is one load of so many articles of ten places of one
war and of one day. CPU is that of the processes and tells more than the clock where a machine has other work.
``--keep`` leaves loads and warehouses in a folder, where the loads serve the next run. ``--times`` builds the warehouse
of so many copies of what was resolved (``repeated``): resolving is then that of one, and the rest that of all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.building import build, run_tests
from benchmarks.landed import BAD_DAY, CLAIMS_AN_ARTICLE, write_load
from benchmarks.repeated import repeat
from benchmarks.resolving import STATE
from claimhouse.publishing import engine_memory
from claimhouse.questions import questions
from claimhouse.warehouse import ask, tables
from ingest.landing import Load

SIZES = (10_000, 100_000, 1_000_000)
NEW_CLAIMS = 1_000
REPEATS = 3


def _answers(warehouse: Path) -> dict[str, dict[str, float]]:
    """Seconds and rows of each question, asked for the place that most claims are about."""
    [(place, day)] = ask(
        warehouse,
        "select place, max(published_date) from fct_locations where is_current and precision <= 2"
        " group by place order by count(*) desc, place limit 1",
    ).rows
    [(claim_id,)] = ask(warehouse, "select min(claim_id) from fct_claim_chain where is_current").rows
    given = {"place": place, "claim_id": claim_id, "since": None, "until": str(day)}
    answers = {}
    for question in questions():
        seconds = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            result = ask(warehouse, question.sql, {p.name: given.get(p.name) for p in question.parameters})
            seconds.append(time.perf_counter() - started)
        answers[question.name] = {"seconds": statistics.median(seconds), "rows": len(result.rows)}
    return answers


def _resolve(root: Path) -> dict[str, Any]:
    """Resolve what is not yet, in a process of its own, of which the memory can be told."""
    command = [sys.executable, "-m", "benchmarks.resolving", str(root)]
    found: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


def _megabytes(path: Path) -> float:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def _candidate(folder: Path, name: str) -> Path:
    # dbt names its connection by the file, and keeps its parsed project while that stays the same
    candidate = folder / f"build-{name}" / "candidate.duckdb"
    shutil.rmtree(candidate.parent, ignore_errors=True)
    candidate.parent.mkdir()
    return candidate


def _base(root: Path, claims: int, **more: Any) -> Path:
    """The first load below a folder, kept or made, with nothing else there that an earlier run made."""
    kept = sorted((root / "loads").glob("*/manifest.json"))
    for path in [root / "resolved", root / STATE, *(manifest.parent for manifest in kept[1:])]:
        shutil.rmtree(path, ignore_errors=True)
    if not kept:
        print(f"  writing {claims:,} claims …", file=sys.stderr, flush=True)
    return kept[0].parent if kept else write_load(root / "loads", claims, **more)


def _from_nothing(folder: Path, name: str, base: Path, times: int = 1) -> tuple[Path, dict[str, Any]]:
    """Resolve a load, build a warehouse of it or of so many copies, and what both took."""
    root, copies = base.parent.parent, folder / f"copies of {base.parent.parent.name}"
    print(f"  resolving {name} …", file=sys.stderr, flush=True)
    resolved = _resolve(root)
    shutil.rmtree(copies, ignore_errors=True)
    loads = repeat(Load(base), times, copies)
    memory = engine_memory(map(Load, loads))
    candidate = _candidate(folder, f"{name} {times}")
    print(f"  building a warehouse of {times} × {name} …", file=sys.stderr, flush=True)
    whole = build(candidate, loads, folder / "work", memory)
    sizes = {
        "landing": _megabytes(root / "loads") + _megabytes(copies / "loads"),
        "resolved": _megabytes(root / "resolved") + _megabytes(copies / "resolved"),
        "index": _megabytes(root / STATE),
        "warehouse": candidate.stat().st_size / 1e6,
    }
    return candidate, {"memory": memory, "resolved": resolved, "whole": whole, "megabytes": sizes}


def measure(claims: int, folder: Path, times: int = 1) -> dict[str, Any]:
    """Resolve, build, add to and ask a warehouse of so many claims, or of so many copies of them."""
    root = folder / f"{claims}"
    base = _base(root, claims)
    candidate, found = _from_nothing(folder, f"{claims} claims", base, times)
    night = write_load(root / "loads", NEW_CLAIMS, seed=1)
    resolved = _resolve(root)
    added = build(candidate, [night], folder / "work", found["memory"])
    rows, landed = dict(tables(candidate)), claims * times + NEW_CLAIMS
    if rows["fct_claims"] != landed:
        raise RuntimeError(f"{landed} claims were landed, {rows['fct_claims']} are in the warehouse")
    tests = run_tests(candidate, found["memory"])
    more = {"resolved_anew": resolved, "added": added, "tests": tests, "rows": rows, "answers": _answers(candidate)}
    name = f"{claims:,} claims" + (f", resolved once and built {times} times" if times > 1 else "")
    return {"name": name, **found, **more}


def measure_bad_day(articles: int, folder: Path) -> dict[str, Any]:
    """Resolve and build one day's articles, all of one war and ten of its places."""
    base = _base(folder / f"bad-day-{articles}", articles * CLAIMS_AN_ARTICLE, news=BAD_DAY)
    candidate, found = _from_nothing(folder, "a bad day", base)
    return {"name": f"{articles:,} articles of one day", **found, "rows": dict(tables(candidate)), "answers": {}}


def show(result: dict[str, Any]) -> None:
    rows, sizes = result["rows"], result["megabytes"]
    print(f"{result['name']}, {os.cpu_count()} cores; DuckDB may hold {result['memory']} while it builds")
    print("  on disk: " + ", ".join(f"{name} {size:,.0f} MB" for name, size in sizes.items()))
    counted = ("fct_claims", "fct_event_mentions", "events", "event_members", "relations", "figure_series")
    print("  rows: " + ", ".join(f"{name} {rows[name]:,}" for name in counted))
    made = {"resolved from nothing": "resolved", "built from nothing": "whole"}
    if "added" in result:
        made |= {f"{NEW_CLAIMS:,} more resolved": "resolved_anew", f"{NEW_CLAIMS:,} more added": "added"}
    for name, key in made.items():
        took = result[key]
        slowest = sorted(took.get("models", {}).items(), key=lambda item: -item[1])[:5]
        named = ", ".join(f"{model} {seconds:.1f}" for model, seconds in slowest)
        print(
            f"  {name:21} {took['seconds']:7.1f} s, {took['cpu_seconds']:.1f} s of CPU,"
            f" {took['peak_mb']:,.0f} MB  {named}"
        )
    if tests := result.get("tests"):
        print(f"  {tests['tests']} data tests        {tests['seconds']:7.1f} s, {tests['cpu_seconds']:.1f} s of CPU")
        print("".join(f"    {sentence}\n" for sentence in tests["broken"]), end="")
    for number, answer in result["answers"].items():
        print(f"  question {number:2}           {answer['seconds']:7.3f} s  {answer['rows']:,} rows")
    print(flush=True)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="claimhouse-marts-") as folder:
        yield Path(folder)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="claims of each warehouse")
    parser.add_argument("--times", type=int, default=1, help="copies of each that the warehouse is built of")
    parser.add_argument("--bad-day", type=int, default=0, help="articles of a bad day")
    parser.add_argument("--keep", type=Path, help="folder for loads and warehouses, kept for the next run")
    parser.add_argument("--json", type=Path, help="also write everything to this file")
    given = parser.parse_args(arguments)
    results = []
    with _folder(given.keep) as folder:
        for size in given.sizes:
            results.append(measure(size, folder, given.times))
            show(results[-1])
        if given.bad_day:
            results.append(measure_bad_day(given.bad_day, folder))
            show(results[-1])
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
