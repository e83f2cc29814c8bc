"""Files of one kind, one or a folder of them: tables and web archives.

Belongs here: which files there are. Does not belong here: what is in them (``ingest.articles``).
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from ingest.documents import Known, RawDocument
from ingest.sources.digests import Digests
from ingest.sources.folder import FolderSource

SUFFIXES = {
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "warc": (".warc", ".arc"),
}
_PACKED = ("", ".gz", ".bz2", ".xz", ".zst")


class FilesSource:
    """A file, or the files of a kind below a folder, in order of their uri."""

    def __init__(
        self, name: str, path: Path, kind: str, digests: Digests | None = None, but: Path | None = None
    ) -> None:
        self._suffixes = tuple(s + packed for s in SUFFIXES[kind] for packed in _PACKED)
        self._file = None if path.is_dir() else path
        root = path.parent if self._file else path
        self._folder = FolderSource(name, root, only=self._is_wanted, digests=digests, but=but)

    def _is_wanted(self, name: str) -> bool:
        return name.lower().endswith(self._suffixes)

    def documents(self, known: Known) -> Generator[RawDocument, None, None]:
        if self._file is None:
            yield from self._folder.documents(known)
        elif (document := self._folder.document(self._file)) and not known(document.uri, document.fingerprint):
            yield document
