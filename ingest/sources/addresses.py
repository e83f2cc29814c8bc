"""Lists of addresses: plain ones, and tables with dates as GDELT publishes them.

Belongs here: reading such a list. Does not belong here: fetching what it names (``ingest.sources.web``).
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from ingest.articles.containers import BROKEN, read_all
from ingest.articles.dates import read_stamp
from ingest.articles.draft import RefusedError
from ingest.sources.config import GdeltConfig, PagesConfig
from ingest.sources.fetch import Fetcher
from ingest.sources.state import State
from ingest.sources.web import Entry, SourceFailedError, WebSource, absolute

_LARGEST = 200_000_000
_MOST_ENTRIES = 200_000


class PagesSource(WebSource):
    """The addresses of an entry of ``sources.yml``, or of a file with one a line."""

    config: PagesConfig

    def entries(self, fetcher: Fetcher, state: State) -> list[Entry]:
        lines = list(self.config.urls)
        if self.config.path:
            text = _file(self.config.path).decode("utf-8-sig", "replace")
            lines += [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        return [Entry(url) for line in lines if (url := absolute("", line))]


class GdeltSource(WebSource):
    """The addresses in one column of a table, with the dates in another."""

    config: GdeltConfig

    def entries(self, fetcher: Fetcher, state: State) -> list[Entry]:
        if self.config.path:
            return self._parsed(_file(self.config.path))
        assert self.config.url
        answer, unchanged = self.listed(fetcher, state, self.config.url)
        if unchanged is not None:
            return unchanged
        found = self._parsed(answer.data or b"")
        self.remember(state, self.config.url, answer, found)
        return found

    def _parsed(self, data: bytes) -> list[Entry]:
        if data.startswith(b"PK\x03\x04"):
            data = _unzipped(data)
        rows = csv.reader(
            io.StringIO(data.decode("utf-8-sig", "replace").replace("\0", "")),
            delimiter=self.config.delimiter,
            quoting=csv.QUOTE_NONE if self.config.delimiter == "\t" else csv.QUOTE_MINIMAL,
        )
        url_column, date_column = self.config.url_column, self.config.date_column
        found: dict[str, Entry] = {}
        try:
            if isinstance(url_column, str) or isinstance(date_column, str):
                names = next(rows, [])
                url_column = _place(url_column, names)
                date_column = None if date_column is None else _place(date_column, names)
            for row in rows:
                url = absolute("", row[url_column]) if len(row) > url_column else None
                if url and url not in found:
                    found[url] = Entry(url, _day(row, date_column))
                if len(found) >= _MOST_ENTRIES:
                    break
        except csv.Error as error:
            raise SourceFailedError(f"no table: {error}") from None
        if not found:
            raise SourceFailedError(f"no addresses in column {self.config.url_column!r}")
        return list(found.values())


def _day(row: list[str], column: int | None) -> str | None:
    value = row[column] if column is not None and len(row) > column else None
    # 20251127103000, as GDELT has it
    stamp = read_stamp(value[:8] if value and value.isdigit() and len(value) == 14 else value)
    return stamp.day.isoformat() if stamp else None


def _place(column: int | str, names: list[str]) -> int:
    if isinstance(column, int):
        return column
    try:
        return names.index(column)
    except ValueError:
        raise SourceFailedError(f"no column {column!r}; there are: {', '.join(names[:50])}") from None


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return read_all(file, _LARGEST)
    except OSError as error:
        raise SourceFailedError(f"{path}: {error.strerror}") from None
    except RefusedError as error:
        raise SourceFailedError(f"{path}: {error.detail}") from None


def _unzipped(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(archive.infolist()[0]) as file:
            return read_all(file, _LARGEST)
    except (*BROKEN, OSError, IndexError, ValueError) as error:
        raise SourceFailedError(f"no ZIP archive: {error}") from None
    except RefusedError as error:
        raise SourceFailedError(error.detail) from None
