"""Extraction on Spark beside the process pool: the same articles in one run, time, memory, and every fact compared.

Belongs here: landing generated articles or those of a file, running both, killing an executor on the way, comparing
what they wrote. Does not belong here: the articles (``benchmarks.articles``), extraction.

    python -m benchmarks.spark 10000 [--paragraphs 2] [--master local[2]] [--kill] [--json FILE]
    python -m benchmarks.spark --file docs.jsonl --master local-cluster[2,1,2048] --kill

``--kill`` ends one executor as soon as a quarter of the shards are there. A cluster on this machine counts its
megabytes for Java; each Python process takes 400 MB beside.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from benchmarks.articles import articles
from benchmarks.refresh import Watch, family
from ingest.extract.workers import PipelineConfig, extract_load
from ingest.landing import INGEST, Landing, Load
from ingest.records import Article
from ingest.settings import settings
from ingest.store import Store
from ingest.tables import EXTRACTED, EXTRACTIONS, identity

_EXECUTOR = b"CoarseGrainedExecutorBackend"


def generated(count: int, paragraphs: int) -> Iterator[Article]:
    """So many generated articles, cut to their first paragraphs."""
    for one in articles(count):
        body = "\n\n".join(one.body.split("\n\n")[:paragraphs])
        yield _article(f"generated {one.number}", f"{one.title}\n\n{body}", one.published)


def of_file(path: Path) -> Iterator[Article]:
    """The documents of a file, as ``claimhouse extract`` reads it."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            dct = document.get("dct")
            yield _article(document["doc_id"], document["text"], date.fromisoformat(dct[:10]) if dct else None)


def _article(name: str, text: str, published: date | None) -> Article:
    version = identity("spark", name)
    return Article(
        article_id=version,
        article_version_id=version,
        copy_group_id=version,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        source="spark",
        uri=name,
        title=None,
        text=text,
        char_count=len(text),
        published_date=published,
    )


def landed(root: Path, of: Iterator[Article], shard_articles: int) -> Load:
    """An open load of these articles, without facts."""
    load = Landing(root).begin(INGEST)
    for number in itertools.count():
        rows = [asdict(one) for one in itertools.islice(of, shard_articles)]
        if not rows:
            return load
        load.write_documents(number, [], rows)
    raise AssertionError


def by_pool(load: Load, config: PipelineConfig, workers: int) -> dict[str, float]:
    """Extract a load as a refresh does; what it took (see :func:`_measured`)."""
    return _measured(lambda: extract_load(load, config, workers))


def by_spark(load: Load, out: Path, config: PipelineConfig, master: str, is_killed: bool) -> dict[str, float]:
    """Extract a load into another folder by Spark, the start of Java included.

    Raises:
        RuntimeError: an executor was to be killed, and none was found in time.
    """
    from claimhouse.spark.extract import extract
    from claimhouse.spark.session import session

    killed: list[int] = []

    def run() -> None:
        spark = session(master)
        try:
            if is_killed:
                least = max(1, load.shard_count // 4)
                threading.Thread(target=_kill_one, args=(out, least, killed), daemon=True).start()
            extract(spark, str(load.path), str(out), config)
        finally:
            spark.stop()

    took = _measured(run)
    if is_killed and not killed:
        raise RuntimeError("no executor was killed: there is one in a local-cluster only, and it needs shards enough")
    return took


def _measured(run: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock and of CPU, and the largest memory in MB, of this process and all that it starts."""
    watch, started, used = Watch(os.getpid()), time.perf_counter(), _cpu_seconds()
    run()
    seconds, cpu_seconds = time.perf_counter() - started, _cpu_seconds() - used
    watch.stop()
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": watch.peak / 1024}


def _cpu_seconds() -> float:
    """CPU of this process and its descendants, those that have ended and been waited for included."""
    ticks = 0
    for pid in family(os.getpid()):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        # user and system time, and the same of children that are gone
        ticks += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _kill_one(out: Path, least: int, killed: list[int]) -> None:
    """End an executor of this process's cluster once so many shards are complete, while others are not."""
    store = Store(str(out))
    while len(store.names(EXTRACTIONS.name)) < least:
        time.sleep(0.2)
    for pid in family(os.getpid()):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if _EXECUTOR in command:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
            print(f"  killed executor {pid} with {len(store.names(EXTRACTIONS.name))} shards done", flush=True)
            return


def different(load: Load, out: Path) -> tuple[dict[str, int], list[str]]:
    """The rows of each table that both wrote alike, and what differs, by shard and table."""
    store, rows, found = Store(str(out)), dict.fromkeys((t.name for t in EXTRACTED), 0), []
    for table in EXTRACTED:
        for shard in range(load.shard_count):
            name = f"{table.name}/{load.part(table, shard).name}"
            ours = Store(str(load.path)).read_table(name).sort_by(table.key)
            theirs = store.read_table(name).sort_by(table.key)
            if ours.equals(theirs):
                rows[table.name] += ours.num_rows
            else:
                found.append(f"{name}: {ours.num_rows} rows by the pool, {theirs.num_rows} by Spark")
    return rows, found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=1_000, help="generated articles")
    parser.add_argument("--file", type=Path, help="documents as `claimhouse extract` reads them, instead")
    parser.add_argument("--paragraphs", type=int, default=99, help="of each generated article; all by default")
    parser.add_argument("--shard-articles", type=int, default=200)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--workers", type=int, default=2, help="processes of the pool")
    parser.add_argument("--kill", action="store_true", help="end an executor on the way; needs a local-cluster")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    parser.add_argument("--json", type=Path, help="write what was measured")
    given = parser.parse_args()
    config = PipelineConfig(settings().model, settings().gazetteer_dir, parser=settings().parser)
    folder = Path(tempfile.mkdtemp(prefix="claimhouse-spark-", dir=given.folder))
    try:
        of = of_file(given.file) if given.file else generated(given.articles, given.paragraphs)
        load = landed(folder / "landing", of, given.shard_articles)
        spark = by_spark(load, folder / "out", config, given.master, given.kill)
        pool = by_pool(load, config, given.workers)
        rows, found = different(load, folder / "out")
    finally:
        shutil.rmtree(folder)
    print(f"{rows['extractions']:,} articles, {sum(rows.values()):,} rows equal in {len(rows)} tables")
    for name, took in ((f"Spark {given.master}", spark), (f"pool of {given.workers}", pool)):
        print(f"  {name:32} {took['seconds']:8.1f} s, {took['cpu_seconds']:8.1f} s of CPU, {took['peak_mb']:,.0f} MB")
    ratio = {name: spark[name] / pool[name] for name in ("seconds", "cpu_seconds")}
    print(f"  Spark takes {ratio['seconds']:.2f} of the pool's time, {ratio['cpu_seconds']:.2f} of its CPU")
    for line in found[:20]:
        print(f"  {line}")
    if given.json:
        given.json.write_text(json.dumps({"spark": spark, "pool": pool, "ratio": ratio, "rows": rows}, indent=1))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
