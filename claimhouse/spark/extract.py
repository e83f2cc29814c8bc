"""Extraction over a cluster: articles in, the landed tables of their facts out.

Belongs here: reading articles with Spark, the plan of the shards, the end of the work. Does not belong here: what is
done with a shard (``shards``), rules.

The folder that is written looks like a load: ``plan.json`` first, one file a shard and table, ``manifest.json`` last.
Run again, it does the shards that are missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from claimhouse.spark.session import SparkError
from claimhouse.spark.shards import Job, extract_partition, part, write_shard
from ingest.extract.workers import PipelineConfig, extractor_version
from ingest.landing import REEXTRACT, Load, new_load_id
from ingest.store import Store
from ingest.tables import ARTICLES, EXTRACTED, EXTRACTIONS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PLAN, MANIFEST = "plan.json", "manifest.json"
_TOLD = "shard bigint, article_count bigint, fact_count bigint, error_count bigint"
_OPTIONAL = {"published_date": "date", "language": "string", "publisher_country": "string"}
_JSON_LINES = (".jsonl", ".json", ".jsonl.gz", ".json.gz", ".ndjson")
_DIGEST = "bit_xor(xxhash64(article_version_id, text, published_date, language, publisher_country))"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of a run: all shards, those that this run made, and what is in them."""

    shards: int
    made: int
    articles: int
    rows: dict[str, int]


def extract(
    spark: SparkSession,
    articles: str,
    out: str | None,
    config: PipelineConfig,
    shard_articles: int = 200,
    is_gazetteer_sent: bool = False,
) -> Extracted:
    """Find the facts of all articles, in whatever tasks Spark makes of it.

    Args:
        spark: the session.
        articles: Parquet with the columns ``article_version_id`` and ``text`` and, where known, ``published_date``,
            ``language`` and ``publisher_country``, as a landing has it; JSON lines as ``claimhouse extract`` reads
            them; or the folder of a load. Any address that Spark reads.
        out: folder of the rows, a path that all executors share or an object store; of an open load its own by
            default, in which the next refresh finds its facts taken.
        config: the extractors.
        shard_articles: articles in a shard.
        is_gazetteer_sent: send the gazetteer's folder to the executors, instead of having each use its own.

    Raises:
        SparkError: the articles cannot be read as such, or the folder was begun with others.
    """
    load = Load(Path(articles)) if "://" not in articles and (Path(articles) / PLAN).is_file() else None
    if load is not None and load.is_committed and out in (None, articles):
        raise SparkError(f"load {load.load_id} is committed and holds its facts; name another folder to write to")
    target = out or (articles if load else None)
    if target is None:
        raise SparkError("name a folder to write to; only an open load has one of its own")
    store = Store(target)
    version = _version(config)
    if load is not None:
        rows, count, into_load = _of_load(spark, load), load.shard_count, target == articles
        head = {"load_id": load.load_id, "recorded_at": load.recorded_at.isoformat(), "extractor_version": version}
        plan = head if into_load else _planned(store, {**head, "shards": count})
    else:
        rows = read_articles(spark, articles)
        into_load = False
        plan = _planned(store, _plan_of(rows, shard_articles, version, spark.sparkContext.defaultParallelism))
        count = int(plan["shards"])
        rows = _with_shards(rows, count)
    if into_load and load is not None:
        done = {n for n in range(count) if load.is_extracted(n, version)}
        for number in set(range(count)) - done:
            # of another extractor, or damaged: a task takes what is there for done
            load.part(EXTRACTIONS, number).unlink(missing_ok=True)
    else:
        done = {int(name[5:10]) for name in store.names(EXTRACTIONS.name)}
    job = Job(target, plan["load_id"], datetime.fromisoformat(plan["recorded_at"]), version, config)
    todo = count - len(done)
    if todo:
        with TemporaryDirectory(prefix="claimhouse-spark-") as folder:
            if is_gazetteer_sent:
                job = replace(job, gazetteer=_send(spark, config.gazetteer_dir, Path(folder)))
            made = _run(rows, done, count, job)
        for number in set(range(count)) - done - made:
            write_shard(job, number, {table.name: [] for table in EXTRACTED})  # no article fell to it
    sums = {table.name: sum(store.row_count(part(table.name, n)) for n in range(count)) for table in EXTRACTED}
    if not into_load:
        store.write_json(MANIFEST, {**plan, "tables": {name: {"rows": n} for name, n in sums.items()}})
    return Extracted(count, todo, sums[EXTRACTIONS.name], sums)


def _send(spark: SparkSession, folder: Path, work: Path) -> str:
    """Send a folder to all executors; returns the name under which they find it.

    Only a session on this machine takes folders as they are. The archive is fetched from ``work`` while tasks run.
    """
    packed = shutil.make_archive(str(work / folder.name), "zip", folder)
    spark.sparkContext.addArchive(f"{packed}#{folder.name}")
    return folder.name


def _run(rows: DataFrame, done: set[int], count: int, job: Job) -> set[int]:
    """Let Spark do the shards that are missing of so many, a task each; returns those that have articles."""
    from pyspark.sql import functions as f

    if done:
        rows = rows.where(~f.col("shard").isin(sorted(done)))
    # by number: a hash of it would give some tasks several shards, and their cores work on when others have ended
    parted = rows.repartitionById(count, f.col("shard").cast("int")).sortWithinPartitions("article_version_id")
    return {row.shard for row in parted.mapInArrow(partial(extract_partition, job), _TOLD).collect()}


@cache
def _version(config: PipelineConfig) -> str:
    return extractor_version(config)


def read_articles(spark: SparkSession, address: str) -> DataFrame:
    """The articles at an address, with the columns that extraction takes.

    Raises:
        SparkError: there are none, or a column is missing.
    """
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    try:
        if address.lower().endswith(_JSON_LINES):
            found = spark.read.schema("doc_id string, text string, dct string").json(address)
            found = found.select(
                f.col("doc_id").alias("article_version_id"), "text", f.substring("dct", 1, 10).alias("published_date")
            )
        else:
            found = spark.read.parquet(address)
    except AnalysisException as problem:
        raise SparkError(f"{address}: {str(problem).splitlines()[0]}") from None
    missing = {"article_version_id", "text"} - set(found.columns)
    if missing:
        raise SparkError(f"{address} lacks the column {' and '.join(sorted(missing))}")
    optional = [
        # what is no date is none: it costs an article its date, and not the run
        (f.col(name).try_cast(kind) if name in found.columns else f.lit(None).cast(kind)).alias(name)
        for name, kind in _OPTIONAL.items()
    ]
    return found.select("article_version_id", "text", *optional)


def _plan_of(rows: DataFrame, shard_articles: int, version: str, parallelism: int) -> dict[str, Any]:
    """The plan of a folder that is not begun: how many shards, and of which articles."""
    from pyspark.sql import functions as f

    found = rows.agg(
        f.count("*").alias("articles"),
        f.count_distinct("article_version_id").alias("ids"),
        f.count("text").alias("texts"),
        f.expr(_DIGEST).alias("digest"),
    ).first()
    assert found is not None
    if found.ids != found.articles:
        raise SparkError(f"{found.articles} articles have {found.ids} ids: each needs one of its own")
    if found.texts != found.articles:
        raise SparkError(f"{found.articles - found.texts} articles have no text, or are no JSON objects")
    now = datetime.now(UTC)
    least = min(found.articles, 2 * parallelism)
    return {
        "load_id": new_load_id(now),
        "recorded_at": now.isoformat(),
        "extractor_version": version,
        "articles": found.articles,
        "digest": f"{(found.digest or 0) % 2**64:016x}",
        "shards": max(-(-found.articles // shard_articles), least, 1),
    }


def _planned(store: Store, plan: dict[str, Any]) -> dict[str, Any]:
    """The plan that a folder was begun with, or this one, written.

    Raises:
        SparkError: it was begun with other articles or extractors.
    """
    before: dict[str, Any] | None = store.read_json(PLAN)
    if before is None:
        store.write_json(PLAN, plan)
        return plan
    for name, what in (("digest", "articles"), ("extractor_version", "extractors")):
        if before.get(name) != plan.get(name):
            raise SparkError(f"{store.uri} was begun with other {what}: name another folder, or remove it")
    return before


def _with_shards(rows: DataFrame, count: int) -> DataFrame:
    """Each article with the number of its shard, which follows from its id alone."""
    from pyspark.sql import functions as f

    return rows.withColumn("shard", f.expr(f"pmod(xxhash64(article_version_id), {count})"))


def _of_load(spark: SparkSession, load: Load) -> DataFrame:
    """The articles of a load's shards, in the shards that the load has."""
    from pyspark.sql import functions as f

    if load.kind == REEXTRACT:
        raise SparkError("a load that takes facts anew has no articles of its own; `claimhouse refresh` extracts it")
    names: Sequence[str] = ["article_version_id", "text", *_OPTIONAL]
    paths = [str(load.part(ARTICLES, n)) for n in range(load.shard_count)]
    if not paths:
        raise SparkError(f"load {load.load_id} holds no articles")
    found = spark.read.parquet(*paths).select(*names, f.col("_metadata.file_name").alias("file_name"))
    return found.withColumn("shard", f.expr("cast(substring(file_name, 6, 5) as bigint)")).drop("file_name")
