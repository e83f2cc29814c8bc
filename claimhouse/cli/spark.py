"""``claimhouse spark``: extraction, resolving and the models on Apache Spark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from claimhouse.cli import console

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

app = typer.Typer(help="Extract, resolve and build on Apache Spark (docs/scale.md).", no_args_is_help=True)

_MASTER = Annotated[
    str | None,
    typer.Option(help="Where Spark runs, as local[4] or spark://host:7077; by default as spark-submit says."),
]


@app.command("check")
def check() -> None:
    """Say whether this machine can run Spark, and with which versions."""
    import pyspark

    from claimhouse.spark.session import java_version, what_is_missing

    missing = what_is_missing()
    if missing:
        console.fail(missing)
    typer.echo(f"Spark {pyspark.__version__} on Java {java_version()} is ready")


@app.command("extract")
def extract(
    articles: Annotated[
        str,
        typer.Argument(help="Parquet of articles, JSON lines as `claimhouse extract` reads them, or a load's folder."),
    ],
    out: Annotated[
        str | None, typer.Argument(help="Folder to write to; left out, an open load's own.", show_default=False)
    ] = None,
    master: _MASTER = None,
    shard_articles: Annotated[int, typer.Option(min=1, help="Articles in a shard, which is done whole.")] = 200,
    send_gazetteer: Annotated[
        bool, typer.Option(help="Send this machine's gazetteer to the executors, instead of having each use its own.")
    ] = False,
) -> None:
    """Find the facts of articles over a cluster; run again, it does what is missing."""
    with _spark(master) as spark:
        from claimhouse.spark.extract import extract as run
        from ingest.extract.workers import PipelineConfig
        from ingest.settings import settings

        config = PipelineConfig(settings().model, settings().gazetteer_dir, parser=settings().parser)
        done = run(spark, articles, out, config, shard_articles, send_gazetteer)
    facts = ", ".join(f"{rows:,} {name}" for name, rows in done.rows.items() if name != "extractions")
    typer.echo(f"{done.articles:,} articles in {done.shards:,} shards, {done.made:,} of them now: {facts}")


@contextmanager
def _spark(master: str | None) -> Iterator[SparkSession]:
    """A session for one command; what cannot be done is said in one line."""
    from claimhouse.spark.session import SparkError, session

    try:
        spark = session(master)
        try:
            yield spark
        finally:
            spark.stop()
    except SparkError as problem:
        console.fail(str(problem))
