"""Resolving over a cluster: the events of a whole landing at once, by the functions that resolve on one machine.

Belongs here: how accounts go to the tasks that compare them, and the files that come of it. Does not belong here:
what is compared and joined (``ingest.resolve``).

Accounts meet in the groups of their blocks, where the joining pairs are found. Pairs lead to components, and each
component is settled by itself. What comes out is one step of resolving, made of all loads, in the folder of the last
one; the memberships are those that a step for each load comes to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from claimhouse.spark.session import SparkError
from ingest.landing import Landing, Load
from ingest.resolve.joining.batch_scoring import Columns, Pairs
from ingest.resolve.joining.blocking import keys
from ingest.resolve.joining.clustering import components
from ingest.resolve.joining.events import Change, Settled, events_of
from ingest.resolve.joining.index import as_text, from_text
from ingest.resolve.joining.pairing import Blocks, numbered_pairs
from ingest.resolve.outcome import StepRows
from ingest.resolve.steps import STEP, read_shard, resolver_version
from ingest.resolve.tables import RESOLVED
from ingest.store import Store
from ingest.tables import arrow

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ACCOUNTS = (
    "account_id string, article_id string, article_version_id string, load_number bigint, body string,"
    " blocks array<struct<block: string, is_whole: boolean>>"
)
_VERSIONS = "article_id string, article_version_id string, moment string"
_EXTRACTED = "article_version_id string, load_number bigint"
_PAIRS = "one string, other string"
_ACCOUNTS_AT_ONCE = 4_000  # that are compared together, and a block more
_TOLD = "table string, row_count bigint"


@dataclass(frozen=True, slots=True)
class Step:
    """The step that all tasks write into."""

    out: str
    number: int
    load_id: str
    recorded_at: datetime


def resolve(spark: SparkSession, landing: Landing, out: str) -> dict[str, int]:
    """Resolve all committed loads at once; returns the rows of each table.

    Args:
        spark: the session.
        landing: on a path that all executors share.
        out: a new folder of steps, laid out as the landing's ``resolved``; it may be that one.

    Raises:
        SparkError: there are no loads, or the folder holds steps already.
    """
    loads = landing.committed()
    if not loads:
        raise SparkError(f"{landing.loads_dir} holds no committed load")
    store, last = Store(out), loads[-1]
    if any(store.has(f"{load.load_id}/{STEP}") for load in loads):
        raise SparkError(f"{out} holds steps of these loads already; name another folder")
    step = Step(out, len(loads), last.load_id, last.recorded_at)
    accounts = _standing(spark, loads)
    parts = max(spark.sparkContext.defaultParallelism, sum(load.shard_count for load in loads))
    component = _components(spark, accounts, parts)
    placed = accounts.join(component, "account_id", "left").selectExpr(
        "coalesce(component, account_id) as component", "account_id", "body", "is_superseded"
    )
    told = (
        placed.repartition(parts, "component")
        .sortWithinPartitions("component", "account_id")
        .mapInArrow(partial(_settle, step), _TOLD)
        .groupBy("table")
        .sum("row_count")
        .collect()
    )
    sums = {table.name: 0 for table in RESOLVED} | {row[0]: int(row[1]) for row in told}
    for number, load in enumerate(loads, 1):
        for table in RESOLVED:
            if load is not last or not store.names(f"{load.load_id}/{table.name}"):
                nothing = arrow(table, [], load.load_id, load.recorded_at)
                store.write(f"{load.load_id}/{table.name}/part-00000.parquet", nothing)
        rows = sums if load is last else dict.fromkeys(sums, 0)
        follows = loads[number - 2].load_id if number > 1 else None
        said = {"number": number, "follows": follows, "version": resolver_version(), **rows}
        store.write_json(f"{load.load_id}/{STEP}", said)
    return sums


def _standing(spark: SparkSession, loads: list[Load]) -> DataFrame:
    """The accounts that no later extraction has replaced, each with whether its version is still the current one."""
    from pyspark.sql import functions as f

    shards = [(str(load.path), number, shard) for number, load in enumerate(loads) for shard in range(load.shard_count)]
    listed = spark.createDataFrame(shards, "load string, load_number bigint, shard bigint").repartition(
        max(1, len(shards)), "load", "shard"
    )
    accounts = listed.mapInArrow(_accounts, _ACCOUNTS).persist()
    versions = listed.mapInArrow(_versions, _VERSIONS)
    extracted = listed.mapInArrow(_extracted_versions, _EXTRACTED)
    last = extracted.groupBy("article_version_id").agg(f.max("load_number").alias("last_number"))
    current = versions.groupBy("article_id").agg(f.max_by("article_version_id", "moment").alias("current_id"))
    return (
        accounts.join(last, "article_version_id")
        .where("load_number = last_number")
        .join(current, "article_id", "left")
        .withColumn("is_superseded", f.expr("current_id is not null and current_id <> article_version_id"))
        .select("account_id", "body", "blocks", "is_superseded")
        .persist()
    )


def _components(spark: SparkSession, accounts: DataFrame, parts: int) -> DataFrame:
    """The component of each account that some pair joins; the pairs are brought together in the driver."""
    from pyspark.sql import functions as f

    in_blocks = accounts.select("account_id", "body", f.explode("blocks").alias("of")).select(
        "of.*", "account_id", "body"
    )
    joining = (
        in_blocks.repartition(parts, "block")
        .sortWithinPartitions("block")
        .mapInArrow(_joining, _PAIRS)
        .distinct()
        .collect()
    )
    found = [(row.one, row.other) for row in joining]
    groups = components({account for pair in found for account in pair}, found)
    rows = [(account, group[0]) for group in groups for account in group]
    return spark.createDataFrame(rows, "account_id string, component string")


# --- what executors do ------------------------------------------------------------------------


def _shards(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Any]]:
    for batch in batches:
        for row in batch.to_pylist():
            yield row["load_number"], read_shard(Load(Path(row["load"])), row["shard"])


def _accounts(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for number, rows in _shards(batches):
        found = [
            {
                "account_id": account.account_id,
                "article_id": account.article_id,
                "article_version_id": account.article_version_id,
                "load_number": number,
                "body": as_text(account),
                "blocks": [{"block": key, "is_whole": is_whole} for key, is_whole in sorted(keys(account))],
            }
            for account in rows.accounts()
        ]
        yield pa.RecordBatch.from_pylist(found, schema=_schema(_ACCOUNTS))


def _versions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for _, rows in _shards(batches):
        found = [{"article_id": a, "article_version_id": v, "moment": m} for a, v, m in rows.versions]
        yield pa.RecordBatch.from_pylist(found, schema=_schema(_VERSIONS))


def _extracted_versions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for number, rows in _shards(batches):
        found = [{"article_version_id": version, "load_number": number} for version in rows.extracted]
        yield pa.RecordBatch.from_pylist(found, schema=_schema(_EXTRACTED))


def _joining(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pairs that are one happening, of the blocks of one partition, which come one after the other."""
    bodies: dict[str, str] = {}
    blocks: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    ordered = (row for batch in batches for row in batch.to_pylist())
    for _, group in groupby(ordered, key=lambda row: row["block"]):
        if len(bodies) >= _ACCOUNTS_AT_ONCE:
            yield _joining_of(bodies, blocks)
            bodies.clear()
            blocks.clear()
        for row in group:
            bodies[row["account_id"]] = row["body"]
            blocks[row["account_id"]].add((row["block"], row["is_whole"]))
    yield _joining_of(bodies, blocks)


def _joining_of(bodies: Mapping[str, str], blocks: Mapping[str, Iterable[tuple[str, bool]]]) -> pa.RecordBatch:
    """Those of some accounts, by their ids, that share one of these blocks."""
    listed = sorted(bodies)
    columns = Columns([from_text(bodies[account_id]) for account_id in listed])
    met = numbered_pairs(Blocks.of(blocks[account_id] for account_id in listed))
    found = Pairs.of([columns.scores(one, other).joining() for one, other in met])
    names = ([listed[n] for n in numbers.tolist()] for numbers in (found.one, found.other))
    return pa.RecordBatch.from_arrays([pa.array(ends, pa.string()) for ends in names], schema=_schema(_PAIRS))


def _settle(step: Step, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Settle the components of one partition, which come one after the other, and write their rows."""
    from pyspark import TaskContext

    rows = StepRows(step.number)
    ordered = (row for batch in batches for row in batch.to_pylist())
    for _, group in groupby(ordered, key=lambda row: row["component"]):
        members = list(group)
        accounts = {row["account_id"]: from_text(row["body"]) for row in members}
        superseded = {row["account_id"] for row in members if row["is_superseded"]}
        for _, event in events_of(accounts, superseded):
            if event.is_told:
                rows.take(Settled(Change(event.event_id, "formed"), event))
    task = TaskContext.get()
    number = task.partitionId() if task is not None else 0
    for table in RESOLVED:
        found = rows.rows[table.name]
        if found:
            landed = arrow(table, found, step.load_id, step.recorded_at)
            Store(step.out).write(f"{step.load_id}/{table.name}/part-{number:05}.parquet", landed)
        yield pa.RecordBatch.from_pylist([{"table": table.name, "row_count": len(found)}], schema=_schema(_TOLD))


_BLOCK = pa.struct([("block", pa.string()), ("is_whole", pa.bool_())])
_TYPES: dict[str, pa.DataType] = {
    "account_id": pa.string(),
    "article_id": pa.string(),
    "article_version_id": pa.string(),
    "load_number": pa.int64(),
    "body": pa.string(),
    "blocks": pa.list_(_BLOCK),
    "moment": pa.string(),
    "one": pa.string(),
    "other": pa.string(),
    "table": pa.string(),
    "row_count": pa.int64(),
}


def _schema(columns: str) -> pa.Schema:
    """The Arrow schema of columns that are declared as Spark takes them."""
    names = [column.split()[0] for column in re.sub(r"<.*?>", "", columns).split(",")]
    return pa.schema([pa.field(name, _TYPES[name]) for name in names])
