"""Where `claimhouse serve` and `claimhouse mcp --http` listen, and what they say when they cannot."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimhouse import loopback
from claimhouse.cli.commands import app


class HeardError(Exception):
    """Ends the server as soon as it has been reached."""


async def nothing(scope: object, receive: object, send: object) -> None:
    """An app that is never asked."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_the_address_is_told_when_nobody_is_refused_any_more() -> None:
    port = free_port()

    def begun() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            raise HeardError

    with pytest.raises(HeardError):
        loopback.serve(nothing, port, begun)
    # and it is let go of
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_headers_without_end_are_not_kept() -> None:
    port, answered = free_port(), []

    def begun() -> None:
        def ask() -> None:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as asked:
                asked.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000)
                answered.append(asked.recv(100))
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=ask, daemon=True).start()

    with contextlib.suppress(KeyboardInterrupt):
        loopback.serve(nothing, port, begun)
    assert answered[0].startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("command", [["serve"], ["mcp", "--http"]])
def test_a_port_that_another_program_has_is_one_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = CliRunner().invoke(app, [*command, "--port", str(port)])
    assert told.exit_code == 1
    another = f"`claimhouse {' '.join(command)} --port N` takes another"
    assert told.output == f"claimhouse: port {port} cannot be had (Address already in use); {another}\n"
