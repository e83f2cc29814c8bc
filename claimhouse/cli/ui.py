"""``claimhouse ui`` and ``claimhouse daemon``: Dagster's UI, and what keeps its schedules."""

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
    with_daemon: Annotated[
        bool, typer.Option("--daemon/--no-daemon", help="With the daemon, which keeps the schedules.")
    ] = True,
) -> None:
    """Open Dagster's UI: assets, checks, runs, the nightly refresh and the inbox sensor."""
    # what is started needs it, and says less plainly which extra brings it
    import dagster_webserver  # noqa: F401

    command = ["dagster", "dev"] if with_daemon else ["dagster-webserver"]
    _run([*command, "--host", host, "--port", str(port)])


def daemon() -> None:
    """Keep the schedules without the UI: the refresh each night, and the inbox sensor where it is on."""
    _run(["dagster-daemon", "run"])


def _run(command: list[str]) -> None:
    """Run one of Dagster's commands on this folder until it ends."""
    import dagster  # noqa: F401

    from ingest.home import SHIPPED_DIR, home
    from orchestration.instance import dagster_home

    dagster_home()
    # its processes may change folders
    named = {"CLAIMHOUSE_DESK": str(home().path)} if home().is_desk else {}
    command[0] = str(Path(sys.executable).with_name(command[0]))
    command += ["--workspace", str(SHIPPED_DIR / "workspace.yaml")]
    try:
        done = subprocess.run(command, env={**os.environ, **named}, check=False)  # noqa: S603
    except KeyboardInterrupt:
        return
    raise typer.Exit(done.returncode)
