"""The pages in a web archive.

Belongs here: the records of WARC and ARC files that are pages. Does not belong here: what a page says.

Requests, revisits, notes of the crawler, answers that are errors, and pictures, styles and scripts are no
documents. A record is known by its offset in the unpacked archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from typing import Any

from ingest.articles import containers
from ingest.articles.dates import read_stamp
from ingest.articles.draft import RefusedError

_LONGEST_HEADERS = 1_000_000
_GZIP = b"\x1f\x8b"
_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/json")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One page as it was archived; ``problem`` instead of data where the record is broken."""

    offset: int
    url: str
    media_type: str
    archived_at: datetime | None
    data: bytes
    problem: RefusedError | None = None


def archived_pages(file: BufferedReader, name: str, most: int) -> Iterator[ArchivedPage]:
    """The pages of an archive, in its order.

    Raises:
        RefusedError: it is no archive, or breaks off in a way that nothing behind it can be read.
    """
    suffix = containers.packed_suffix(name)
    stream = containers.unpacked(file, suffix) if suffix else file
    if stream.peek(2)[:2] == _GZIP:  # whatever its name says; warcio would unpack it without bounds
        if stream is not file:
            raise RefusedError("malformed", "packed twice")
        stream = containers.unpacked(file, ".gz")
        if stream.peek(2)[:2] == _GZIP:
            raise RefusedError("malformed", "packed twice")
    yield from _pages(_Lines(stream, most + _LONGEST_HEADERS), most)


class _Lines:
    """Refuses a stream without line ends: who reads lines from it would hold all of it in memory.

    Each read hands on what is there, so that what stands before a break is not lost with it.
    """

    def __init__(self, stream: BufferedReader, longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._without = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        last = data.rfind(b"\n")
        self._without = self._without + len(data) if last < 0 else len(data) - last
        if self._without > self._longest:
            raise RefusedError("too_large", f"more than {self._longest} bytes without a line end")
        return data

    def close(self) -> None:
        self._stream.close()


def _pages(stream: Any, most: int) -> Iterator[ArchivedPage]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen = 0
    try:
        records = ArchiveIterator(stream, arc2warc=True)
        for record in records:
            seen += 1
            headers = record.rec_headers
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            http = record.http_headers
            if http is not None and (http.get_statuscode() or "")[:1] != "2":
                continue
            stated = http.get_header("Content-Type") if http is not None else headers.get_header("Content-Type")
            media_type = (stated or "text/html").strip()
            if not media_type.lower().startswith(_TYPES):
                continue
            url = (headers.get_header("WARC-Target-URI") or "").strip().strip("<>").replace(" ", "%20")
            stamp = read_stamp(headers.get_header("WARC-Date"))
            if not url or not url.lower().startswith(("http://", "https://")):
                continue
            data, problem = _content(record, most)
            offset = records.get_record_offset()  # asking for it reads the record to its end
            yield ArchivedPage(offset, url, media_type, stamp.instant if stamp else None, data, problem)
    except ArchiveLoadFailed as error:
        detail = " ".join(str(error)[:1_000].split())[:200]
        raise RefusedError("malformed", f"broken archive after {seen} records: {detail}") from None
    except (*containers.BROKEN, OSError, ValueError, UnicodeError) as error:
        raise RefusedError("malformed", f"broken archive after {seen} records: {str(error)[:200]}") from None
    if not seen:
        raise RefusedError("empty", "no records in it")


def _content(record: Any, most: int) -> tuple[bytes, RefusedError | None]:
    try:
        data = containers.read_all(record.content_stream(), most)
    except RefusedError as error:
        return b"", error
    except (*containers.BROKEN, OSError, ValueError) as error:
        return b"", RefusedError("malformed", f"broken content: {error}")
    if getattr(record.raw_stream, "limit", 0) > 0:
        return b"", RefusedError("malformed", f"content that breaks off after {len(data)} bytes")
    return data, None
