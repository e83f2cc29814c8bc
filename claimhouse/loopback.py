"""Whether a request is meant for this machine.

Belongs here: what the Host header says. Does not belong here: what else a server refuses. A page of another site can
make a browser ask a server of this machine, by a name that it points here; the Host header then tells that name.
"""

from __future__ import annotations

from starlette.datastructures import Headers

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
