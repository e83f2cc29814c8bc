"""The raw document, as sources hand it on and articles are read from it.

Belongs here: the document as it came, opening its file, and what the source's entry says of all its
documents. Does not belong here: any kind of source (``ingest.sources``), nor what a document says
(``ingest.articles``).
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, Protocol

Opener = Callable[[Path], BufferedReader]
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
    is_fetched: bool = False  # taken from the web by this program: ``fetched_at`` is when that was
    captured_at: datetime | None = None  # when an archive took it from the web, where it comes from one


class PublisherEntry(Protocol):
    """A publisher, as a list of publishers has it."""

    @property
    def name(self) -> str: ...

    @property
    def country(self) -> str | None: ...

    @property
    def side(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How the rows of a file are to be read: what each field is called there, and what parts the columns of a CSV."""

    fields: Mapping[Any, str]
    delimiter: str | None = None


class SourceEntry(Protocol):
    """What the entry of a source says of all its documents."""

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str | None: ...

    @property
    def table(self) -> TableLayout | None:
        """None where the source's files are no tables."""
        ...

    def publisher_of(self, name: str | None, url: str | None) -> PublisherEntry | None:
        """Who published a document that names ``name`` and stood at ``url``."""
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


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading; never waits for a pipe's other end, never follows a link.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "no regular file")
    return os.fdopen(fd, "rb")
