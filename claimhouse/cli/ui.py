"""``claimhouse ui``: Dagster's UI, with the daemon that keeps schedules."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer


def ui(
    host: Annotated[str, typer.Option(help="Address that it listens on; the UI asks nobody for a password.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port that it listens on.", min=1, max=65535)] = 3000,
) -> None:
    """Open Dagster's UI: assets, checks, runs, the nightly refresh and the inbox sensor."""
    # what it starts needs both, and says less plainly which extra brings them
    import dagster  # noqa: F401
    import dagster_webserver  # noqa: F401

    from ingest.home import home
    from orchestration.instance import dagster_home

    dagster_home()
    # its processes change folders
    place = home()
    named = {"CLAIMHOUSE_DESK": str(place.path)} if place.is_desk else {}
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "--module-name", "orchestration.definitions"]
    command += ["--host", host, "--port", str(port)]
    try:
        done = subprocess.run(command, env={**os.environ, **named}, check=False)  # noqa: S603
    except KeyboardInterrupt:
        return
    raise typer.Exit(done.returncode)
