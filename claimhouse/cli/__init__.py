"""The command line.

Belongs here: the entry point. Does not belong here: the commands (``commands``). They are imported when the program
starts, not with this package: each process that a refresh starts imports the module of the entry point too.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the ``claimhouse`` command."""
    import typer

    from claimhouse.cli import console
    from claimhouse.cli.commands import app
    from claimhouse.extras import missing
    from ingest.extract.threads import single_threaded_blas
    from ingest.settings import SettingsError

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
