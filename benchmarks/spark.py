"""Extraction on Spark beside the process pool: the same articles in one run, time, memory, and every fact compared.

Belongs here: landing generated articles or those of a file, running both, killing an executor on the way, comparing
what they wrote. Does not belong here: the articles (``benchmarks.articles``), extraction.

    python -m benchmarks.spark 10000 [--paragraphs 2] [--rounds 4] [--minutes 15] [--json FILE]
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
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
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


def generated(first: int, count: int, paragraphs: int) -> Iterator[Article]:
    """So many generated articles from a number on, cut to their first paragraphs."""
    for one in articles(count, first=first):
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


@dataclass
class Took:
    """What runs took of this process and all that it starts: by the clock, of CPU, and the most memory at a time."""

    seconds: float = 0
    cpu_seconds: float = 0
    peak_mb: float = 0

    def said(self) -> str:
        return f"{self.seconds:.1f} s, {self.cpu_seconds:.1f} s of CPU"

    @contextmanager
    def measured(self) -> Iterator[None]:
        watch, started = Watch(os.getpid()), time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - started
            watch.stop()
            self.cpu_seconds += watch.cpu_seconds
            self.peak_mb = max(self.peak_mb, watch.peak / 1024)


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


def in_turn(given: argparse.Namespace, folder: Path) -> tuple[Took, Took, int, Counter[str], list[str]]:
    """Extract the articles in rounds, each by Spark and then by the pool, so that both have the machine as it is.

    Spark keeps its session, and its start is counted; the pool starts anew each round, as each refresh starts it.

    Returns:
        what Spark took, what the pool took, the rounds, the rows of each table that both wrote alike, and what differs.
    """
    from claimhouse.spark.extract import extract
    from claimhouse.spark.session import for_python, session

    config = PipelineConfig(settings().model, settings().gazetteer_dir, parser=settings().parser)
    by_spark, by_pool, rows, found, killed = Took(), Took(), Counter[str](), list[str](), list[int]()
    each = -(-given.articles // given.rounds)
    began = time.monotonic()
    with by_spark.measured():
        spark = session(given.master, for_python(given.master))
    for number in range(given.rounds):
        of = of_file(given.file) if given.file else generated(number * each, each, given.paragraphs)
        load, out = landed(folder / f"{number}", of, given.shard_articles), folder / f"out-{number}"
        if given.kill and not number:
            least = max(1, load.shard_count // 4)
            threading.Thread(target=_kill_one, args=(out, least, killed), daemon=True).start()
        with by_spark.measured():
            extract(spark, str(load.path), str(out), config)
            if number + 1 == given.rounds:
                spark.stop()
        with by_pool.measured():
            extract_load(load, config, given.workers)
        equal, more = different(load, out)
        rows.update(equal)
        found += more
        so_far = (f"{name} {took.said()}" for name, took in (("Spark", by_spark), ("pool", by_pool)))
        equals = f"{rows.total():,} rows equal, {len(found)} files not"
        print(f"  round {number + 1}: so far {', '.join(so_far)}; {equals}", flush=True)
        if given.minutes and time.monotonic() - began > given.minutes * 60:
            break
    if given.kill and not killed:
        raise RuntimeError("no executor was killed: there is one in a local-cluster only, and it needs shards enough")
    return by_spark, by_pool, number + 1, rows, found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=1_000, help="generated articles")
    parser.add_argument("--file", type=Path, help="documents as `claimhouse extract` reads them, instead")
    parser.add_argument("--paragraphs", type=int, default=99, help="of each generated article; all by default")
    parser.add_argument("--rounds", type=int, default=1, help="parts of the articles, each given to both in turn")
    parser.add_argument("--minutes", type=float, help="begin no round after so many")
    parser.add_argument("--shard-articles", type=int, default=200)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--workers", type=int, default=2, help="processes of the pool")
    parser.add_argument("--kill", action="store_true", help="end an executor on the way; needs a local-cluster")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    parser.add_argument("--json", type=Path, help="write what was measured")
    given = parser.parse_args()
    if given.file and given.rounds > 1:
        parser.error("the articles of a file make one round")
    with tempfile.TemporaryDirectory(prefix="claimhouse-spark-", dir=given.folder) as folder:
        spark, pool, rounds, rows, found = in_turn(given, Path(folder))
    print(f"{rows['extractions']:,} articles in {rounds} rounds, {rows.total():,} rows equal in {len(rows)} tables")
    for name, took in ((f"Spark {given.master}", spark), (f"pool of {given.workers}", pool)):
        print(f"  {name:32} {took.said()}, {took.peak_mb:,.0f} MB")
    ratio = {name: getattr(spark, name) / getattr(pool, name) for name in ("seconds", "cpu_seconds")}
    print(f"  Spark takes {ratio['seconds']:.2f} of the pool's time, {ratio['cpu_seconds']:.2f} of its CPU")
    for line in found[:20]:
        print(f"  {line}")
    if given.json:
        measured = {"spark": asdict(spark), "pool": asdict(pool), "ratio": ratio, "rows": rows}
        given.json.write_text(json.dumps(measured, indent=1))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
