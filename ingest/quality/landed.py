"""Checking a landed load in a process of its own.

Belongs here: reading a load's shards for its checker, and the process. Does not belong here: the checks.

What the checks need, pandas and Great Expectations among it, takes seconds to import and some hundred MB; a
refresh has better use for both once they are done.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ingest.landing import REEXTRACT, Load
from ingest.processes import process_pool
from ingest.quality.expect import warm_up
from ingest.quality.load import LoadChecker
from ingest.quality.results import CheckResult
from ingest.tables import EXTRACTED, TABLES


def checking_process() -> ProcessPoolExecutor:
    """A process that is getting ready for ``check_landed``."""
    pool = process_pool(1, warm_up)
    pool.submit(int)  # a pool starts its processes with the first work that it gets
    return pool


def check_landed(path: Path, run_id: str) -> list[CheckResult]:
    """Every check of the load in this folder, with its results as those of the run."""
    load = Load(path)
    names = EXTRACTED if load.kind == REEXTRACT else TABLES.values()
    checker = LoadChecker(load_id=load.load_id, run_id=run_id, kind=load.kind)
    for shard in range(load.shard_count):
        tables = {t.name: load.read_part(load.part(t, shard)) for t in names}
        texts = load.texts_of_shard(shard).select(["article_version_id", "text"]).to_pydict()
        checker.add_shard(tables, articles_text=dict(zip(*texts.values(), strict=True)))
    return checker.finish()
