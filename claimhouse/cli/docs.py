"""``claimhouse docs``: every table and column in one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimhouse.cli import console


def docs(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; else reports/tables.html in the data folder.")
    ] = None,
) -> None:
    """Write dbt's documentation: every table, its columns with types and meanings, and where they come from."""
    from claimhouse.publishing import Publisher
    from ingest.settings import settings
    from orchestration.documentation import DocumentationError, write_documentation

    page = output or settings().reports_dir / "tables.html"
    try:
        write_documentation(Publisher(settings()), page)
    except (DocumentationError, OSError) as problem:
        console.fail(str(problem))
    typer.echo(str(page))
