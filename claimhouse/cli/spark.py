"""``claimhouse spark``: extraction, resolving and the models on Apache Spark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
    with _spark(master, is_python=True) as spark:
        from claimhouse.spark.extract import extract as run
        from ingest.extract.workers import PipelineConfig
        from ingest.settings import settings

        config = PipelineConfig(settings().model, settings().gazetteer_dir, parser=settings().parser)
        done = run(spark, articles, out, config, shard_articles, send_gazetteer)
    facts = ", ".join(f"{rows:,} {name}" for name, rows in done.rows.items() if name != "extractions")
    typer.echo(f"{done.articles:,} articles in {done.shards:,} shards, {done.made:,} of them now: {facts}")


@app.command("resolve")
def resolve(
    out: Annotated[
        str | None, typer.Argument(help="New folder of steps; the landing's own by default.", show_default=False)
    ] = None,
    master: _MASTER = None,
) -> None:
    """Find the events of all committed loads over a cluster, in one step."""
    with _spark(master) as spark:
        from claimhouse.spark.resolve import resolve as run
        from ingest.landing import Landing
        from ingest.settings import settings

        landing = Landing(settings().landing_dir)
        done = run(spark, landing, out or str(landing.root / "resolved"))
    typer.echo(", ".join(f"{rows:,} {name}" for name, rows in done.items()))


@app.command("build", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def build(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="Folder of the tables, which all executors share.")],
) -> None:
    """Build every model, seed and test on Spark from the committed loads; what follows goes to `dbt build`."""
    from claimhouse.spark.marts import build as run
    from claimhouse.spark.session import SparkError
    from ingest.settings import settings

    try:
        status = run(settings(), out, context.args)
    except SparkError as problem:
        console.fail(str(problem))
    raise typer.Exit(status)


@app.command("compare")
def compare(
    out: Annotated[Path, typer.Argument(help="Folder that `claimhouse spark build` wrote.")],
    warehouse: Annotated[
        Path | None,
        typer.Option(help="The published file to compare with; by default the house's.", show_default=False),
    ] = None,
) -> None:
    """Compare every published table with the one that Spark made; status 1 where any row differs."""
    from claimhouse.spark.marts import compare as run
    from claimhouse.spark.session import SparkError
    from ingest.settings import settings

    try:
        found = list(run(warehouse or settings().warehouse_path, out))
    except SparkError as problem:
        console.fail(str(problem))
    for one in found:
        if not one.is_equal:
            typer.echo(f"{one.table}: {one.only_published} rows only published, {one.only_spark} only on Spark")
            typer.echo(f"  {one.example}")
    equal = [one for one in found if one.is_equal]
    typer.echo(f"{len(equal)} of {len(found)} tables equal, {sum(one.rows for one in equal):,} rows")
    raise typer.Exit(int(len(equal) < len(found)))


@contextmanager
def _spark(master: str | None, *, is_python: bool = False) -> Iterator[SparkSession]:
    """A session for one command, whose work may be Python's; what cannot be done is said in one line."""
    from claimhouse.spark.session import SparkError, for_python, session

    try:
        spark = session(master, for_python(master) if is_python else None)
        try:
            yield spark
        finally:
            spark.stop()
    except SparkError as problem:
        console.fail(str(problem))
