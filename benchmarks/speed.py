"""Speed and memory, all from one run on the same generated articles.

Belongs here: what is measured in which order, and the printing. Does not belong here: the articles,
the contestants, running a refresh (modules of their own).

    python -m benchmarks.speed [--quick] [--json FILE]

Extraction is measured on one core in CPU seconds, the contestants taking turns on each batch, so
that a busy machine slows them all alike. Refreshes are measured by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from ingest.extract.threads import single_threaded_blas

single_threaded_blas()  # before anything imports a number library

from benchmarks import peers  # noqa: E402
from benchmarks.articles import articles  # noqa: E402
from benchmarks.refresh import House, Run  # noqa: E402

BATCH = 25
SIZES = (1_000, 10_000)
NOTHING_NEW_REPEATS = 3


def extraction(count: int) -> dict[str, Any]:
    """Articles/s and KB/s of each contestant, and how many times faster than each we are."""
    have, missing = peers.contestants()
    texts = list(articles(count + BATCH))
    warm, texts = texts[:BATCH], texts[BATCH:]
    for contestant in have:
        contestant.run(warm)
    seconds: dict[str, list[float]] = {c.name: [] for c in have}
    found = dict.fromkeys(seconds, 0)
    for at in range(0, count, BATCH):
        batch = texts[at : at + BATCH]
        turn = (at // BATCH) % len(have)
        for contestant in have[turn:] + have[:turn]:
            before = time.process_time()
            found[contestant.name] += contestant.run(batch)
            seconds[contestant.name].append(time.process_time() - before)
    size = peers.characters(texts)
    ours = seconds[have[0].name]
    return {
        "articles": count,
        "characters_an_article": size // count,
        "missing": missing,
        "contestants": {
            name: {
                "articles_a_second": count / sum(times),
                "kb_a_second": size / 1000 / sum(times),
                "found": found[name],
                # the median over the batches, each taken by both within seconds
                "ours_is_faster_by": statistics.median(t / o for t, o in zip(times, ours, strict=True)),
            }
            for name, times in seconds.items()
        },
    }


def refreshes(size: int) -> dict[str, Any]:
    """A warehouse of so many articles: making it, finding nothing, finding one article more."""
    with tempfile.TemporaryDirectory(prefix="claimhouse-bench-") as folder:
        house = House(Path(folder))
        house.drop("first", articles(size))
        print(f"  making a warehouse of {size:,} articles …", file=sys.stderr, flush=True)
        whole = house.refresh()
        nothing = [house.refresh().seconds for _ in range(NOTHING_NEW_REPEATS)]
        house.drop("second", articles(1, first=size))
        one = house.refresh()
        in_warehouse = int(house.query("SELECT count(*) FROM dim_articles"))
        if in_warehouse != size + 1:
            raise RuntimeError(f"{size + 1} articles were dropped, {in_warehouse} are in the warehouse")
        return {
            "articles": size,
            "whole": _plain(whole),
            "nothing_new_seconds": statistics.median(nothing),
            "one_new": _plain(one),
        }


def _plain(run: Run) -> dict[str, Any]:
    return {"seconds": run.seconds, "peak_mb": run.peak_mb, "largest_mb": run.largest_mb, "largest": run.largest}


def show_extraction(result: dict[str, Any]) -> None:
    print(f"Extraction, one core, {result['articles']} articles of {result['characters_an_article']:,} characters")
    print(f"  {'':14} {'articles/s':>10} {'KB/s':>8} {'found':>8}  {'ours is faster by':>17}")
    for name, r in result["contestants"].items():
        by = f"{r['ours_is_faster_by']:.2f}×"
        print(f"  {name:14} {r['articles_a_second']:10.1f} {r['kb_a_second']:8.1f} {r['found']:8,}  {by:>17}")
    if result["missing"]:
        print(f"  The glue script was left out: {', '.join(result['missing'])} missing; install with: {peers.INSTALL}")


def show_refreshes(result: dict[str, Any]) -> None:
    whole, one = result["whole"], result["one_new"]
    print(f"Refresh, {os.cpu_count()} cores, a warehouse of {result['articles']:,} articles")
    rows = [
        ("made from nothing", whole["seconds"], whole),
        ("nothing new", result["nothing_new_seconds"], None),
        ("one new article", one["seconds"], one),
    ]
    for name, seconds, memory in rows:
        line = f"  {name:18} {seconds:8.1f} s"
        if memory:
            line += f"  peak {memory['peak_mb']:,.0f} MB; largest process {memory['largest_mb']:,.0f} MB"
            line += f" ({memory['largest']})"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer texts, and the smaller warehouse only")
    parser.add_argument("--only", choices=("extraction", "refresh"), help="one half of it")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    results: dict[str, Any] = {}
    if args.only != "refresh":
        results["extraction"] = extraction(100 if args.quick else 300)
        show_extraction(results["extraction"])
    if args.only != "extraction":
        results["refreshes"] = []
        for size in SIZES[:1] if args.quick else SIZES:
            results["refreshes"].append(refreshes(size))
            show_refreshes(results["refreshes"][-1])
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
