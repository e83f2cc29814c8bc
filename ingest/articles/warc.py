"""The pages in a web archive.

Belongs here: the records of WARC and ARC files that are pages. Does not belong here: what a page says.

Requests, revisits, notes of the crawler, answers that are errors, and pictures, styles and scripts are no
documents. A record is known by its offset in the archive, which other tools of web archives take too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from typing import Any

from ingest.articles import containers
from ingest.articles.dates import read_stamp
from ingest.articles.draft import RefusedError

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
    stream: Any = file
    if name.lower().endswith(".zst"):
        import zstandard

        stream = io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True))
    first = file.tell() if name.lower().endswith(".gz") else None
    count = 0
    try:
        for page in _pages(stream, most):
            count += 1
            yield page
    except RefusedError as error:
        # Archives packed as one piece, not record by record, are read as the stream they are.
        if first is None or count or "non-chunked" not in error.detail:
            raise
        file.seek(first)
        yield from _pages(containers.unpacked(file, ".gz"), most)


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
        detail = " ".join(str(error).split())[:200]
        raise RefusedError("malformed", f"broken archive after {seen} records: {detail}") from None
    except (*containers.BROKEN, OSError, ValueError, UnicodeError) as error:
        raise RefusedError("malformed", f"broken archive after {seen} records: {error}") from None
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
