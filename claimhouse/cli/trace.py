"""``claimhouse trace``: how the facts of a sentence are found, rule by rule."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from claimhouse.cli import console


def trace(
    text: Annotated[str, typer.Argument(help="The sentence, in quotation marks.", show_default=False)],
    kinds: Annotated[str, typer.Option(help="Which facts to show, separated by commas.")] = "claims",
    dct: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of publication.", show_default=False)
    ] = None,
    refused: Annotated[bool, typer.Option(help="Also show the rules that were tried and did not fit.")] = True,
) -> None:
    """Show what the extractors see in a sentence: its tree, the rules tried in order, vetoes and what is chosen."""
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.tracing import trace_text
    from ingest.settings import settings

    console.narrate("ingest.extract")
    try:
        pipeline = Pipeline(settings().model, settings().gazetteer_dir, parser=settings().parser)
        seen = trace_text(text, dct.date() if dct is not None else None, None, tuple(kinds.split(",")), pipeline)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--kinds") from None
    for line in seen.lines(refused=refused):
        print(line)
