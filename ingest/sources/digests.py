"""Digests of files that were looked at before, so that an idle look need not read them again.

Belongs here: when a file may be taken for unchanged. Does not belong here: what is read (``ingest.sources.folder``).

A file of the same size, time of change and inode is taken for the same. One that was changed within the last seconds
before it was hashed might be changed again within the same tick of the file system's clock: its digest is not kept.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from ingest.files import write_json

_TICK_NS = 2_000_000_000


class Digests:
    """SHA-256 of files by their path, kept in one file; a cache, which costs time only where it is lost."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[str]] | None = None
        self._seen: dict[str, list[str]] = {}

    def get(self, file: Path, status: os.stat_result) -> str | None:
        """The digest of a file, where it stands as it stood when it was hashed."""
        key = os.fsencode(file).hex()
        found = self._read().get(key)
        if not found or found[0] != _state(status):
            return None
        self._seen[key] = found
        return found[1]

    def put(self, file: Path, status: os.stat_result, digest: str) -> None:
        """Keep what was hashed just now."""
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _TICK_NS:
            self._seen[os.fsencode(file).hex()] = [_state(status), digest]

    def save(self) -> None:
        """Keep the digests of the files that were seen since this was made, and of no others."""
        if self._seen != self._read():
            write_json(self._path, self._seen)
            self._known = dict(self._seen)

    def _read(self) -> dict[str, list[str]]:
        if self._known is None:
            self._known = {}
            try:
                for key, (state, digest) in json.loads(self._path.read_text(encoding="utf-8")).items():
                    self._known[key] = [str(state), str(digest)]
            except (OSError, ValueError, TypeError, AttributeError):
                self._known = {}
        return self._known


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
