"""The command line. One thin module a command; this one only puts them together.

Commands import what they need when they run: ``claimhouse --help`` must not load a language model.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from claimhouse.cli import (
    ask,
    briefing,
    console,
    docs,
    examples,
    explain,
    extract,
    gazetteer,
    init,
    loads,
    mcp,
    query,
    refresh,
    review,
    search,
    serve,
    sources,
    spark,
    status,
    trace,
    ui,
    watch,
)
from claimhouse.extras import missing
from ingest.extract.threads import single_threaded_blas
from ingest.settings import SettingsError

app = typer.Typer(
    help="A warehouse of who claimed what, where, how many and when.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"claimhouse {version('claimhouse')}")
        raise typer.Exit


@app.callback()
def _options(
    is_version_asked: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """A warehouse of who claimed what, where, how many and when."""


app.command("init")(init.init)
app.command("ui")(ui.ui)
app.command("daemon")(ui.daemon)
app.command("refresh")(refresh.refresh)
app.command("status")(status.status)
app.command("query")(query.query)
app.command("search")(search.search)
app.command("serve")(serve.serve)
app.command("mcp")(mcp.mcp)
app.command("ask")(ask.ask)
app.command("review")(review.review)
app.command("briefing")(briefing.briefing)
app.command("docs")(docs.docs)
app.command("watch")(watch.watch)
app.command("explain")(explain.explain)
app.command("examples")(examples.examples)
app.command("extract")(extract.extract)
app.command("trace")(trace.trace)

app.add_typer(loads.app, name="loads")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(sources.app, name="sources")
app.add_typer(spark.app, name="spark")


def main() -> None:
    """Entry point of the ``claimhouse`` command."""
    single_threaded_blas()
    console.write_any_letter()
    try:
        app()
    except SettingsError as problem:
        typer.echo(f"claimhouse: {problem}", err=True)
        sys.exit(1)
    except OSError as problem:
        # a folder that cannot be made, a full disk, a file without leave to read it
        if problem.filename is None:
            raise
        typer.echo(f"claimhouse: {problem.filename}: {problem.strerror}", err=True)
        sys.exit(1)
    except ModuleNotFoundError as problem:
        told = missing(problem.name or "")
        if told is None:
            raise
        typer.echo(f"claimhouse: {told}", err=True)
        sys.exit(1)
