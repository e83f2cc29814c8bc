"""Committed loads that are left out of the warehouse: set aside, or dropped.

Belongs here: the record beside a load that says so. Does not belong here: why a load cannot be built
(``claimhouse.building``), what is left out with it (``ingest.landing``).

A committed load never changes. One that cannot be built is *set aside*: its documents count as read, its
rows are left out of the warehouse, and it can be taken in again. One that somebody *dropped* counts as
never read: what its sources still hold is read again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.files import reading, write_json

SET_ASIDE, DROPPED = "set_aside", "dropped"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why and since when (UTC, ISO) a load is left out; ``state`` is SET_ASIDE or DROPPED."""

    load_id: str
    state: str
    reason: str
    since: str
    run_id: str | None = None


class AsideBook:
    """The records of one landing, a file a load, below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def records(self) -> dict[str, LeftOut]:
        """All records by load id.

        Raises:
            ingest.files.DamagedError: a record cannot be read.
        """
        found = {}
        for path in sorted(self._folder.glob("*.json")) if self._folder.exists() else ():
            with reading(path, "Delete it: the load that it names is then taken into the warehouse again"):
                record = LeftOut(**json.loads(path.read_text(encoding="utf-8")))
                found[record.load_id] = record
        return found

    def write(self, load_id: str, state: str, reason: str, run_id: str | None = None) -> LeftOut:
        """Leave a load out from now on."""
        record = LeftOut(load_id, state, reason, datetime.now(UTC).isoformat(timespec="seconds"), run_id)
        write_json(self._path(load_id), asdict(record))
        return record

    def forget(self, load_id: str) -> None:
        """Take the load in again."""
        self._path(load_id).unlink(missing_ok=True)

    def _path(self, load_id: str) -> Path:
        return self._folder / f"{load_id}.json"
