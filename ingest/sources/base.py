"""What every kind of source hands on, and how.

Belongs here: the raw document and the protocol of a source. Does not belong here: any one kind of
source, nor what a document says (``ingest.articles``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

Known = Callable[[str, str], bool]
"""True for a (uri, fingerprint) that was read to its end before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One file or answer as it came, or the reason why it could not be read.

    Exactly one of ``path``, ``data`` and ``problem`` is set. ``fingerprint`` is the SHA-256 of the
    bytes; of a document that could not be read, that of its place, the reason and what the file
    system tells of it, so that it is tried again only when something about it changed.
    """

    source: str
    uri: str
    fingerprint: str
    fetched_at: datetime
    path: Path | None = None
    data: bytes | None = None
    byte_count: int | None = None
    media_type: str | None = None
    problem: tuple[str, str] | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """A place that documents come from."""

    def documents(self, known: Known) -> Generator[RawDocument, None, None]:
        """What is there and not known yet, in order of uri. Never raises for a bad document."""
        ...


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def fingerprint(data: bytes) -> str:
    """SHA-256 of bytes, in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def failure_fingerprint(*parts: object) -> str:
    """What stands in for the SHA-256 of a document that could not be read."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
