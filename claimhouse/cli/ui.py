"""``claimhouse ui`` and ``claimhouse daemon``: Dagster's UI, and what keeps its schedules."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from claimhouse.cli import console

_SECONDS_TO_END = 30.0


def ui(
    host: Annotated[str, typer.Option(help="Address that it listens on; the UI asks nobody for a password.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port that it listens on.", min=1, max=65535, envvar="PORT")] = 3000,
    with_daemon: Annotated[
        bool, typer.Option("--daemon/--no-daemon", help="With the daemon, which keeps the schedules.")
    ] = True,
) -> None:
    """Open Dagster's UI: assets, checks, runs, the nightly refresh and the inbox sensor."""
    # what is started needs it, and says less plainly which extra brings it
    import dagster_webserver  # noqa: F401

    command = ["dagster", "dev"] if with_daemon else ["dagster-webserver"]
    address = f"http://{host}:{port}"
    with _only_one(address):
        if _is_taken(host, port):
            console.fail(f"another program listens on {address}; `claimhouse ui --port N` takes another port")
        _run([*command, "--host", host, "--port", str(port)])


@contextmanager
def _only_one(address: str) -> Iterator[None]:
    """Refuse a second UI on one Dagster home: two daemons would start every schedule twice."""
    from filelock import FileLock, Timeout

    from orchestration.instance import dagster_home

    holder = dagster_home() / "ui.json"
    lock = FileLock(holder.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        console.fail(_whose(holder))
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _whose(holder: Path) -> str:
    try:
        other = json.loads(holder.read_text(encoding="utf-8"))
        told = f" at {other['address']} (process {other['pid']})"
    except (OSError, ValueError, KeyError):
        told = ""
    return f"the UI of {holder.parent} is open already{told}; DAGSTER_HOME names another home"


def _is_taken(host: str, port: int) -> bool:
    """True where a program answers on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0  # noqa: S104


def daemon() -> None:
    """Keep the schedules without the UI: the refresh each night, and the inbox sensor where it is on."""
    _run(["dagster-daemon", "run"])


def _run(command: list[str]) -> None:
    """Run one of Dagster's commands on this folder until it ends."""
    import dagster  # noqa: F401

    from ingest.home import SHIPPED_DIR, home
    from orchestration.instance import dagster_home

    dagster_home()
    # Dagster would have each user call "dg dev", which wants a project file where people work; the rest is the same
    quiet = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), "ignore:Function `dev_command` is superseded"]))
    # its processes may change folders
    named = {"CLAIMHOUSE_DESK": str(home().path)} if home().is_desk else {}
    command[0] = str(Path(sys.executable).with_name(command[0]))
    command += ["--workspace", str(SHIPPED_DIR / "workspace.yaml")]
    raise typer.Exit(run_to_its_end(command, {**os.environ, **named, "PYTHONWARNINGS": quiet}))


def run_to_its_end(command: list[str], environment: dict[str, str]) -> int:
    """Run a program until it ends, and let it end in order when this one is to end: by Ctrl-C, or by SIGTERM.

    Returns its exit status; 0 where it was told to end.
    """
    # the program would inherit that a background process of a shell leaves Ctrl-C out
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603 a program of ours

        def end(number: int, frame: object) -> None:
            process.send_signal(signal.SIGINT)
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, end)
        try:
            return process.wait()
        except KeyboardInterrupt:
            # what else a terminal or a supervisor sends meanwhile goes to the program too
            with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                process.wait(_SECONDS_TO_END)
                return 0
            process.kill()
            return 0
