"""``claimhouse mcp``: the warehouse for an assistant, by the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from claimhouse.cli import console


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="By HTTP on 127.0.0.1; else by standard input and output.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port of --http.", min=1, max=65_535)] = 8766,
    pages: Annotated[
        str, typer.Option(help="Where `claimhouse serve` shows the pages that links lead to.")
    ] = "http://127.0.0.1:8765",
) -> None:
    """Give an assistant tools to search and read the published warehouse.

    Tools: search, events, explain, ask, sql; resources: the tables with the meaning of their columns,
    the code lists. Everything is only read, within limits of rows and time.
    """
    from claimhouse.mcp.server import build_server, http_app
    from ingest.settings import settings

    server = build_server(settings(), pages=pages)
    if not http:
        server.run("stdio")
        return
    # its parts come with what serves by HTTP, and are not needed without
    from claimhouse import loopback

    address = f"http://127.0.0.1:{port}/mcp"
    try:
        loopback.serve(http_app(server), port, lambda: typer.echo(f"{address} (Ctrl-C ends it)", err=True))
    except OSError as problem:
        console.fail(f"port {port} cannot be had ({problem.strerror}); `claimhouse mcp --http --port N` takes another")
