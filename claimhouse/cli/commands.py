"""All commands put together, one thin module each.

Commands import what they need when they run: ``claimhouse --help`` must not load a language model.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from claimhouse.cli import (
    ask,
    briefing,
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
