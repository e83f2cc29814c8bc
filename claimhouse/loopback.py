"""Serving this machine and no other: where it is listened, and whether a request is meant for here.

Belongs here: the socket, what the Host header says. Does not belong here: what else a server refuses. A page of
another site can make a browser ask a server of this machine, by a name that it points here; the Host header then tells
that name.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp

_LONGEST_HEADERS = 65_536  # bytes
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def is_asked_here(headers: Headers) -> bool:
    """True where a request names this machine, and no other beside it, in the one Host header that it may have."""
    return len(headers.getlist("host")) == 1 and is_loopback(headers.get("host"))


def is_loopback(host: str | None) -> bool:
    """True where a Host header names this machine, with or without a port."""
    if not host:
        return False
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    return name.lower() in LOOPBACK and (not port or port.isdecimal())


def serve(app: ASGIApp, port: int, begun: Callable[[], object]) -> None:
    """Serve an app on 127.0.0.1 until it is told to end.

    Args:
        app: what answers.
        port: that is listened on.
        begun: called as soon as a browser that connects is no longer refused; it waits until the app is ready.

    Raises:
        OSError: the port cannot be had, another program has it say.
    """
    import uvicorn

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        # else a server that ended a moment ago keeps its port for a minute
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
        begun()
        # of uvicorn's two readers of requests the one that bounds what it keeps of headers that do not end
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, http="h11", h11_max_incomplete_event_size=_LONGEST_HEADERS
        )
        uvicorn.Server(config).run(sockets=[listening])
