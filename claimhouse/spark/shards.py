"""What an executor does with a shard of articles: extract it and write its rows, unless that was done.

Belongs here: the function that Spark maps over the articles. Does not belong here: the plan (``extract``), rules.

A shard is complete or absent, as in the landing: its last table says that it is there. So a task that Spark starts
again, because its executor was killed or because it was slow, does only what is missing, and a shard that two tasks
write at a time is the same file twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.extract.pipeline import Pipeline
from ingest.extract.workers import PipelineConfig, Rows, extract_articles, extract_one_by_one
from ingest.store import Store
from ingest.tables import EXTRACTED, EXTRACTIONS, arrow

TOLD = pa.schema(
    [("shard", pa.int64()), ("article_count", pa.int64()), ("fact_count", pa.int64()), ("error_count", pa.int64())]
)
_COUNTS = ("claim_count", "figure_count", "date_count", "location_count", "event_count")


@dataclass(frozen=True)
class Job:
    """What all tasks are told: where rows go, the columns of their load, and which extractors are meant."""

    out: str
    load_id: str
    recorded_at: datetime
    extractor_version: str
    config: PipelineConfig
    gazetteer: str | None = None  # name under which Spark has sent the gazetteer round


@cache
def pipeline_of(config: PipelineConfig) -> Pipeline:
    """The one pipeline of this process for such extractors."""
    return config.pipeline()


def part(table: str, shard: int) -> str:
    """The name of a shard's file of one table, as the landing names it."""
    return f"{table}/part-{shard:05}.parquet"


def extract_partition(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Extract the articles of one partition, which come sorted by shard; one row for each shard, with what was done.

    Raises:
        RuntimeError: the executor's extractors are not those of the driver.
    """
    from pyspark import SparkFiles, TaskContext

    task = TaskContext.get()
    config, store = job.config, Store(job.out)
    if job.gazetteer:
        config = PipelineConfig(
            config.model, Path(SparkFiles.get(job.gazetteer)), config.seconds_per_text, config.parser
        )
    for shard, articles in _by_shard(batches):
        if store.has(part(EXTRACTIONS.name, shard)):
            yield pa.RecordBatch.from_pylist([_told(shard, [])], schema=TOLD)
            continue
        if task is not None and task.attemptNumber() > 0:
            # the last attempt may have died of a text: such a one must cost its own facts only
            rows = extract_one_by_one(config, articles, job.extractor_version)
        else:
            pipeline = pipeline_of(config)
            if pipeline.version != job.extractor_version:
                raise RuntimeError(
                    "this executor has another version of Claimhouse, of its model or its word lists than the driver:"
                    " install the same wheel on both"
                )
            rows = extract_articles(pipeline, articles, config.seconds_per_text)
        write_shard(job, shard, rows)
        yield pa.RecordBatch.from_pylist([_told(shard, rows[EXTRACTIONS.name])], schema=TOLD)


def write_shard(job: Job, shard: int, rows: Rows) -> None:
    """Write the rows of a shard; ``extractions`` comes last and makes it complete."""
    for table in reversed(EXTRACTED):
        landed = arrow(table, rows[table.name], job.load_id, job.recorded_at)
        Store(job.out).write(part(table.name, shard), landed)


def _told(shard: int, extractions: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "shard": shard,
        "article_count": len(extractions),
        "fact_count": sum(row[name] for row in extractions for name in _COUNTS),
        "error_count": sum(row["error"] is not None for row in extractions),
    }


def _by_shard(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The articles of each shard, of rows that are sorted by it; only one shard is held at a time."""
    shard, articles = None, list[dict[str, Any]]()
    for batch in batches:
        for row in batch.to_pylist():
            number = row.pop("shard")
            if number != shard:
                if shard is not None:
                    yield shard, articles
                shard, articles = number, []
            articles.append(row)
    if shard is not None:
        yield shard, articles
