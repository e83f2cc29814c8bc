"""Extraction of landed shards over a process pool.

Belongs here: one shard in, its rows out, as a pure function and in a process of its own; what happens when a text kills
its process or takes for ever. Does not belong here: rules (the kinds' packages), file names
(``ingest.landing``).

A worker holds one pipeline. The parent never loads a language model, so its memory stays small
and a text that brings a worker down cannot bring the run down.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.extract.base import check_spans
from ingest.extract.parser import Choice
from ingest.extract.pipeline import Pipeline
from ingest.extract.threads import single_threaded_blas
from ingest.landing import Load
from ingest.language import readable
from ingest.late import arrow_without_pandas
from ingest.processes import process_pool
from ingest.records import Facts
from ingest.tables import EXTRACTED, rows_of_facts

Rows = dict[str, list[dict[str, Any]]]  # by name of the table

# work grows in proportion to the text; a hundred times as much as the slowest machine needs is none that ends
_CHARS_OF_LIMIT = 100_000

_NOTHING = Facts(claims=[], figures=[], dates=[], locations=[])

# the one pipeline of a worker process
_pipeline: Pipeline | None = None


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """What a worker needs for its pipeline; small, and the same in all of them."""

    model: str
    gazetteer_dir: Path
    seconds_per_text: int = 120  # of work, for each 100,000 characters
    parser: Choice = "auto"

    def pipeline(self) -> Pipeline:
        return Pipeline(self.model, self.gazetteer_dir, parser=self.parser)


class TooSlowError(Exception):
    """A text took more work than it may."""


@contextmanager
def _work_limit(seconds: int) -> Iterator[None]:
    """Raise ``TooSlowError`` in the main thread once this process has worked for so many seconds.

    Not once they have gone by: what else the machine does must not decide what is found in a text.
    """

    def stop(signum: int, frame: object) -> None:
        raise TooSlowError(f"extraction took over {seconds} s of work")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def extract_text(pipeline: Pipeline, article: dict[str, Any], seconds: int, version: str) -> Rows:
    """The rows of one article; where extraction fails, one extraction that says why.

    Paragraphs in a language without extractors give no facts, nor does a text of nothing else: the row of its
    document says so (reason ``not_extracted``).
    """
    facts, error = _NOTHING, None
    text = readable(article["text"], article["language"])
    if text is not None:
        try:
            with _work_limit(seconds * (1 + len(text) // _CHARS_OF_LIMIT)):
                facts = pipeline.extract(text, article["published_date"], article["publisher_country"])
                for found in (facts.claims, facts.figures, facts.dates, facts.locations, facts.events):
                    check_spans(article["text"], found)
        # a text that breaks a rule must cost its own facts only; the row says what happened
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}"[:500]
    return rows_of_facts(facts, article["article_version_id"], version, error)


def _start_worker(config: PipelineConfig) -> None:
    global _pipeline
    arrow_without_pandas()
    _pipeline = config.pipeline()


def _version() -> str:
    assert _pipeline is not None
    return _pipeline.version


def extract_articles(pipeline: Pipeline, articles: Iterable[dict[str, Any]], seconds: int) -> Rows:
    """The rows of a shard's articles by table, without the columns of their load: a pure function of the articles.

    Args:
        pipeline: the extractors.
        articles: rows with what :meth:`ingest.landing.Load.texts_of_shard` reads.
        seconds: how long the work on one text may take, for each 100,000 characters that it begins.
    """
    rows: Rows = {t.name: [] for t in EXTRACTED}
    for article in articles:
        for name, more in extract_text(pipeline, article, seconds, pipeline.version).items():
            rows[name] += more
    return rows


def _extract_shard(config: PipelineConfig, load_path: Path, shard: int) -> int:
    """Extract one shard and write it; returns the number of texts."""
    assert _pipeline is not None
    load = Load(load_path)
    articles = load.texts_of_shard(shard).to_pylist()
    load.write_facts(shard, extract_articles(_pipeline, articles, config.seconds_per_text))
    return len(articles)


def _extract_article(config: PipelineConfig, article: dict[str, Any]) -> Rows:
    assert _pipeline is not None
    return extract_text(_pipeline, article, config.seconds_per_text, _pipeline.version)


def _pool(config: PipelineConfig, workers: int) -> ProcessPoolExecutor:
    single_threaded_blas()
    return process_pool(workers, _start_worker, config)


def extractor_version(config: PipelineConfig) -> str:
    """The version of the extractors as they are now; costs the start of one worker."""
    with _pool(config, 1) as pool:
        return _version_in(pool)


def _version_in(pool: ProcessPoolExecutor) -> str:
    try:
        return str(pool.submit(_version).result())
    except BrokenProcessPool:
        raise RuntimeError("the extraction process could not start; its error is above") from None


def extract_load(
    load: Load, config: PipelineConfig, workers: int, progress: Callable[[int, int], None] | None = None
) -> str:
    """Extract every shard of a load that is not complete; returns the extractor version.

    ``progress`` is told how many shards are done, and of how many.
    """
    total = load.shard_count
    with _pool(config, min(workers, max(total, 1))) as pool:
        version = _version_in(pool)
        todo = [n for n in range(total) if not load.is_extracted(n, version)]
        done = total - len(todo)
        futures: dict[Future[int], int] = {pool.submit(_extract_shard, config, load.path, n): n for n in todo}
        broken = []
        for future in as_completed(futures):
            try:
                future.result()
            except BrokenProcessPool:
                broken.append(futures[future])
                continue
            done += 1
            if progress:
                progress(done, total)
    for shard in sorted(broken):
        # shards that waited when the pool broke are whole again by now, or not begun
        if not load.is_extracted(shard, version):
            load.write_facts(shard, extract_one_by_one(config, load.texts_of_shard(shard).to_pylist(), version))
        done += 1
        if progress:
            progress(done, total)
    return version


def extract_one_by_one(config: PipelineConfig, articles: Iterable[dict[str, Any]], version: str) -> Rows:
    """What :func:`extract_articles` gives, in a process that may die: a text that kills it gives an error row."""
    rows: Rows = {t.name: [] for t in EXTRACTED}
    todo = list(articles)
    while todo:
        with _pool(config, 1) as pool:
            while todo:
                article = todo.pop(0)
                try:
                    result = pool.submit(_extract_article, config, article).result()
                except BrokenProcessPool:
                    message = "the text brought its extraction process down"
                    more = rows_of_facts(_NOTHING, article["article_version_id"], version, message)
                    for name in rows:
                        rows[name] += more[name]
                    break
                for name in rows:
                    rows[name] += result[name]
    return rows
