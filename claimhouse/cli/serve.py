"""``claimhouse serve``: the warehouse in a browser, on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from claimhouse.cli import console


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65_535)] = 8765,
    allow_reviews: Annotated[
        bool, typer.Option("--allow-reviews", help="Let pairs be accepted and rejected on the pages.")
    ] = False,
) -> None:
    """Serve the published warehouse as pages on http://127.0.0.1, for a browser of this machine.

    It reads the published file and takes the next one by itself when a refresh has published it. It
    writes nothing but reviews, and those only with --allow-reviews.
    """
    from claimhouse import loopback
    from claimhouse.serve.app import build_app
    from ingest.settings import settings

    app = build_app(settings(), may_review=allow_reviews)
    try:
        loopback.serve(app, port, lambda: typer.echo(f"http://127.0.0.1:{port} (Ctrl-C ends it)"))
    except OSError as problem:
        console.fail(f"port {port} cannot be had ({problem.strerror}); `claimhouse serve --port N` takes another")
