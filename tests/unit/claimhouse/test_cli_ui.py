"""One UI at a time on one Dagster home, and on a port that is free."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimhouse.cli import ui
from claimhouse.cli.commands import app


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of Dagster that would be run, on a home of their own."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    commands: list[list[str]] = []
    monkeypatch.setattr(ui, "_run", commands.append)
    return commands


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_what_it_runs_ends_in_order_with_it(tmp_path: Path, sent: signal.Signals) -> None:
    ran = (
        "import pathlib, time\n"
        "begun, ended = pathlib.Path('begun'), pathlib.Path('ended')\n"
        "begun.touch()\n"
        "try: time.sleep(60)\n"
        "except KeyboardInterrupt: time.sleep(0.5); ended.touch()"
    )
    runs = "import os, sys; from claimhouse.cli.ui import run_to_its_end;"
    runs += f"sys.exit(run_to_its_end([sys.executable, '-c', {ran!r}], dict(os.environ)))"
    process = subprocess.Popen([sys.executable, "-c", runs], cwd=tmp_path, start_new_session=True)
    while not (tmp_path / "begun").exists():
        assert process.poll() is None
        time.sleep(0.05)
    # a terminal sends to all that runs in it, a supervisor to the one
    os.killpg(process.pid, sent) if sent == signal.SIGINT else process.send_signal(sent)
    assert process.wait(timeout=30) == 0
    assert (tmp_path / "ended").exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_second_one_on_the_same_home_is_refused(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    port = free_port()
    with ui._only_one(f"http://127.0.0.1:{port}"):
        refused = CliRunner().invoke(app, ["ui", "--port", str(free_port())])
    assert refused.exit_code == 1
    assert f"is open already at http://127.0.0.1:{port}" in refused.stderr
    assert started == []
    assert CliRunner().invoke(app, ["ui", "--port", str(port)]).exit_code == 0
    assert started == [["dagster", "dev", "--host", "127.0.0.1", "--port", str(port)]]
    assert not (tmp_path / "ui.json").exists()


def test_a_port_that_another_program_has_is_named(started: list[list[str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = CliRunner().invoke(app, ["ui"], env={"PORT": str(port)})
    assert refused.exit_code == 1
    assert f"another program listens on http://127.0.0.1:{port}" in refused.stderr
    assert started == []
