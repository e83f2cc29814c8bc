"""``claimhouse init``: a folder to work in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimhouse.cli import console


def init(
    folder: Annotated[Path, typer.Argument(help="The folder; made where it is missing.")],
    samples: Annotated[
        bool, typer.Option("--samples/--no-samples", help="With the sample articles as sources, to try it on.")
    ] = True,
) -> None:
    """Make a folder to work in: sources, actors, watchlists, settings. What is in it already stays as it is."""
    from claimhouse.desk import DeskError, make_desk
    from ingest.extract.parser.build import build

    try:
        made = make_desk(folder, samples=samples)
    except DeskError as problem:
        console.fail(str(problem))
    if not made:
        typer.echo(f"{folder} is a desk already; nothing was changed")
        return
    typer.echo(f"Made in {folder}: {', '.join(made)}")
    try:
        build()
    except RuntimeError as reason:
        typer.echo(f"The language model is run by spaCy, which gives the same in about twice the time: {reason}")
    typer.echo(f"Next: cd {folder} && claimhouse refresh")
