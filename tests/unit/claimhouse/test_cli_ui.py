"""One UI at a time on one Dagster home, and on a port that is free."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimhouse.cli import app, ui


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of Dagster that would be run, on a home of their own."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    commands: list[list[str]] = []
    monkeypatch.setattr(ui, "_run", commands.append)
    return commands


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
