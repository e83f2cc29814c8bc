"""What the warehouse costs as it grows: building it, adding a night's claims, asking it.

Belongs here: the warehouse's own time and size on generated loads (``landed``), and the printing. Does
not belong here: reading and extracting (``speed``).

    python -m benchmarks.marts [--sizes 10000 100000 1000000] [--keep FOLDER] [--json FILE]

Each size is built from nothing by the same call of dbt that a refresh makes, its tests included; then
a load of 1,000 claims of the newest week is added; then each of the ten questions is asked for the place
that is most in the news, and the median of three answers is taken. ``--keep`` leaves loads and warehouses
in a folder, where they serve the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.building import build
from benchmarks.landed import write_load
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


def measure(claims: int, folder: Path) -> dict[str, Any]:
    """Build, add to and ask a warehouse of so many claims."""
    loads = folder / f"{claims}"
    new = folder / "new"
    kept = sorted(loads.glob("*/manifest.json"))
    if not kept:
        print(f"  writing {claims:,} claims …", file=sys.stderr, flush=True)
    base = kept[0].parent if kept else write_load(loads, claims)
    kept = sorted(new.glob("*/manifest.json"))
    night = kept[0].parent if kept else write_load(new, NEW_CLAIMS, seed=1, is_recent=True)
    # dbt names its connection by the file, and keeps its parsed project while that stays the same
    candidate = folder / f"build-{claims}" / "candidate.duckdb"
    shutil.rmtree(candidate.parent, ignore_errors=True)
    candidate.parent.mkdir()
    print(f"  building a warehouse of {claims:,} claims …", file=sys.stderr, flush=True)
    memory = engine_memory([Load(base), Load(night)])
    whole = build(candidate, [base], folder / "work", memory)
    size = candidate.stat().st_size
    added = build(candidate, [night], folder / "work", memory)
    rows = dict(tables(candidate))
    if rows["fct_claims"] != claims + NEW_CLAIMS:
        raise RuntimeError(f"{claims + NEW_CLAIMS} claims were landed, {rows['fct_claims']} are in the warehouse")
    return {
        "claims": claims,
        "memory": memory,
        "whole": whole,
        "added": added,
        "megabytes": size / 1e6,
        "rows": rows,
        "answers": _answers(candidate),
    }


def show(result: dict[str, Any]) -> None:
    whole, added, rows = result["whole"], result["added"], result["rows"]
    print(f"A warehouse of {result['claims']:,} claims, {os.cpu_count()} cores: {result['megabytes']:,.0f} MB")
    print(f"  DuckDB may hold {result['memory']} while it builds")
    print(f"  events {rows['events']:,}, relations {rows['relations']:,}, series {rows['figure_series']:,}")
    for name, made in (("built from nothing", whole), (f"{NEW_CLAIMS:,} claims added", added)):
        slowest = sorted(made["models"].items(), key=lambda item: -item[1])[:4]
        named = ", ".join(f"{model} {seconds:.1f}" for model, seconds in slowest)
        print(
            f"  {name:20} {made['seconds']:7.1f} s, {made['cpu_seconds']:.1f} s of CPU,"
            f" {made['peak_mb']:,.0f} MB  ({named})"
        )
    for number, answer in result["answers"].items():
        print(f"  question {number:2}          {answer['seconds']:7.3f} s  {answer['rows']:,} rows")
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
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="claims of each warehouse")
    parser.add_argument("--keep", type=Path, help="folder for loads and warehouses, kept for the next run")
    parser.add_argument("--json", type=Path, help="also write everything to this file")
    given = parser.parse_args(arguments)
    results = []
    with _folder(given.keep) as folder:
        for size in given.sizes:
            results.append(measure(size, folder))
            show(results[-1])
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
