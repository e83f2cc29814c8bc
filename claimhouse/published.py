"""The published file on disk: whether it is the one that was published, and putting another in its place.

Belongs here: the file, what lies beside it, the record of its digest. Does not belong here: what is in it
(``claimhouse.warehouse`` reads it, ``claimhouse.publishing`` makes it).

Whoever queries the file may also damage it, and the next refresh builds on it: so its digest is kept, and a file that
is not the one that was published is not built on.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from ingest.files import write_json

_READ_ONLY = 0o444
_CHUNK = 1 << 20


class PublishedFile:
    """The file that people query, below the name that they know."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._record = path.with_name("published.json")

    @property
    def wal_path(self) -> Path:
        """Where DuckDB would look for changes that were not yet written into the file."""
        return self.path.with_name(self.path.name + ".wal")

    def is_unchanged(self) -> bool:
        """True where a cheap look shows the file that was published: size, time and inode, else its digest."""
        if not self.path.exists():
            return False
        state = _state(self.path)
        records = self._records()
        if any(record["state"] == state for record in records):
            return True
        digest = digest_of(self.path)
        return any(record["sha256"] == digest for record in records)

    def copy_to(self, target: Path) -> bool:
        """Copy the file to build on it; False, and no copy, where it is not the one that was published."""
        digest = hashlib.sha256()
        with self.path.open("rb") as source, target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
        if any(record["sha256"] == digest.hexdigest() for record in self._records()):
            return True
        target.unlink()
        return False

    def replace_with(self, candidate: Path) -> None:
        """Publish another file in one rename, read-only, with nothing beside it that could change what it says."""
        candidate.chmod(_READ_ONLY)
        with candidate.open("rb") as file:
            os.fsync(file.fileno())
        # both are good until the rename is done: a crash before it leaves the one before
        kept = [record for record in self._records() if self.path.exists() and record["state"] == _state(self.path)]
        write_json(self._record, [*kept, {"sha256": digest_of(candidate), "state": _state(candidate)}])
        self.wal_path.unlink(missing_ok=True)
        candidate.replace(self.path)
        self.wal_path.unlink(missing_ok=True)

    def remove_wal(self) -> bool:
        """Remove changes that somebody meant to make to the file; True where there were any."""
        try:
            self.wal_path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _records(self) -> list[dict[str, Any]]:
        try:
            records = json.loads(self._record.read_text(encoding="utf-8"))
            return [{"sha256": str(r["sha256"]), "state": list(r["state"])} for r in records]
        except (OSError, ValueError, KeyError, TypeError):
            return []


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]
