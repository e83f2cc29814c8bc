"""The landing: archive, loads, shards, manifests. Files only, append only.

Belongs here: where landed files lie, how they are written so that each is complete or absent, and
what is known from the loads before. Does not belong here: reading documents (``ingest.articles``),
finding facts (``ingest.extract``), DuckDB.

A load is a folder. Its shards are files ``part-NNNNN.parquet`` in one folder a table; the last
table written of a shard (``documents`` when articles are read, ``extractions`` when facts are)
says that the shard is complete. ``manifest.json``, written last of all, commits the load; from
then on nothing in the folder changes.

Loads are numbered in the order in which they were begun, and ordered by that number: a clock that is
set back reorders nothing. ``recorded_at`` grows with the number, for which it runs ahead of such a
clock if need be, so that who asks for what was known at a moment is told no later load's rows.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.aside import DROPPED, SET_ASIDE, AsideBook
from ingest.files import DamagedError, atomic_write, first_line, read_moment, reading, write_json, write_parquet
from ingest.identity import place_id
from ingest.known import Known, Version
from ingest.tables import ARTICLES, DOCUMENTS, EXTRACTED, EXTRACTIONS, TABLES, Table, arrow, digest_of_keys

log = logging.getLogger(__name__)

INGEST, REEXTRACT = "ingest", "reextract"
_TICK = timedelta(milliseconds=1)
_CLOCKS_DIFFER = timedelta(minutes=2)  # so much is no reason to speak of it


class Load:
    """One load, committed or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with reading(path / "plan.json", self.advice):
            self.plan: dict[str, Any] = json.loads((path / "plan.json").read_text(encoding="utf-8"))
            self.kind = str(self.plan["kind"])
            self.sequence = int(self.plan.get("sequence", 0))
            self.recorded_at = read_moment(self.plan["recorded_at"])

    @property
    def load_id(self) -> str:
        return self.path.name

    @property
    def advice(self) -> str:
        """What to do where one of the load's files is damaged."""
        return (
            f"Put the file back from a copy, or leave the load out with `claimhouse loads drop {self.load_id}`:"
            " what its sources still hold is read again by the next refresh"
        )

    @property
    def last_moment(self) -> datetime:
        """A moment after which nothing was read into the load, as far as its commit tells."""
        if not self.is_committed:
            return self.recorded_at
        manifest = self.manifest()
        with reading(self.path / "manifest.json", self.advice):
            return max(self.recorded_at, read_moment(manifest["committed_at"]))

    @property
    def is_committed(self) -> bool:
        return (self.path / "manifest.json").exists()

    def manifest(self) -> dict[str, Any]:
        """The committed sums.

        Raises:
            DamagedError: the manifest cannot be read, or the load is not committed.
        """
        path = self.path / "manifest.json"
        with reading(path, self.advice):
            value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if value["load_id"] != self.load_id:
                raise ValueError(f"it is the manifest of load {value['load_id']}")
        return value

    def part(self, table: Table, shard: int) -> Path:
        return self.path / table.name / f"part-{shard:05}.parquet"

    def parts(self, table: Table) -> list[Path]:
        return sorted((self.path / table.name).glob("part-*.parquet"))

    def read(self, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows of a table, or some of its columns.

        Raises:
            DamagedError: a file cannot be read.
        """
        names = list(columns or table.schema.names)
        schema = pa.schema([table.schema.field(n) for n in names])
        return pa.concat_tables([schema.empty_table(), *(self.read_part(p, names, schema) for p in self.parts(table))])

    def read_part(self, path: Path, columns: Sequence[str] | None = None, schema: pa.Schema | None = None) -> pa.Table:
        """One file of the load, or some of its columns; with a schema, in its types.

        Raises:
            DamagedError: it cannot be read, or holds other types.
        """
        with reading(path, self.advice):
            rows = pq.read_table(path, columns=None if columns is None else list(columns))
            return rows if schema is None else rows.cast(schema)

    def row_count(self, table: Table) -> int:
        """Rows of a table, from the files' own sums.

        Raises:
            DamagedError: a file cannot be read.
        """
        rows = 0
        for path in self.parts(table):
            with reading(path, self.advice):
                rows += pq.read_metadata(path).num_rows
        return rows

    def held(self, table: Table) -> dict[str, Any]:
        """What the load holds of a table, to compare with what is published: its rows and a digest of their keys.

        Raises:
            DamagedError: a file cannot be read.
        """
        keys: list[Any] = self.read(table, [table.key])[table.key].to_pylist()
        return {"rows": len(keys), "keys": digest_of_keys(keys)}

    @property
    def shard_count(self) -> int:
        """Shards whose input is complete, numbered from 0."""
        return len(self.plan["shards"]) if self.kind == REEXTRACT else len(self.parts(DOCUMENTS))

    def write_documents(self, shard: int, documents: list[dict[str, Any]], articles: list[dict[str, Any]]) -> None:
        """Write one shard of what was read; ``documents`` comes last and makes it complete."""
        self._write(ARTICLES, shard, articles)
        self._write(DOCUMENTS, shard, documents)

    def write_facts(self, shard: int, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Write one shard of facts; ``extractions`` comes last and makes it complete."""
        for table in reversed(EXTRACTED):
            self._write(table, shard, rows[table.name])

    def _write(self, table: Table, shard: int, rows: list[dict[str, Any]]) -> None:
        write_parquet(self.part(table, shard), arrow(table, rows, self.load_id, self.recorded_at))

    def is_extracted(self, shard: int, extractor_version: str) -> bool:
        """True where the shard's facts are complete and made by that very extractor."""
        path = self.part(EXTRACTIONS, shard)
        if not path.exists():
            return False
        try:
            versions = pq.read_table(path, columns=["extractor_version"]).column(0).unique().to_pylist()
            for table in EXTRACTED:
                pq.read_metadata(self.part(table, shard))
        except (OSError, pa.ArrowException) as problem:
            # facts can be found again, so what is damaged of a load that is still open is no loss
            log.warning("%s: facts are taken anew: %s", path.parent.parent, first_line(problem))
            return False
        return versions in ([], [extractor_version])

    def texts_of_shard(self, shard: int) -> pa.Table:
        """The articles that the shard's facts are taken from: id, text, date, language, publisher's country."""
        columns = ["article_version_id", "text", "published_date", "language", "publisher_country"]
        if self.kind == INGEST:
            return self.read_part(self.part(ARTICLES, shard), columns)
        todo = self.plan["shards"][shard]
        table = self.read_part(self.path.parent / todo["articles"], columns)
        return table.filter(pc.is_in(table["article_version_id"], pa.array(todo["ids"], pa.string())))

    def commit(self, sums: dict[str, Any]) -> None:
        """Commit the load. It never changes again."""
        if self.kind == REEXTRACT:
            for table in (ARTICLES, DOCUMENTS):
                self._write(table, 0, [])
        if not self.parts(EXTRACTIONS):
            self.write_facts(0, {t.name: [] for t in EXTRACTED})
        committed_at = datetime.now(UTC).isoformat()
        head = {"load_id": self.load_id, "kind": self.kind, "sequence": self.sequence}
        head |= {"recorded_at": self.plan["recorded_at"], "committed_at": committed_at}
        held = {table.name: self.held(table) for table in TABLES.values()}
        write_json(self.path / "manifest.json", {**head, **sums, "tables": held})


class Landing:
    """All loads and the archive below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def loads_dir(self) -> Path:
        return self.root / "loads"

    @property
    def checks_dir(self) -> Path:
        return self.root / "checks"

    @property
    def left_out(self) -> AsideBook:
        """The records of the committed loads that are set aside or dropped."""
        return AsideBook(self.root / "aside")

    def all_loads(self) -> list[Load]:
        """All loads, also those that were dropped, in the order in which they were begun.

        A folder without a plan was never begun, and one with a name that no load has ("… copy", "….bak") is somebody's
        copy of a load.

        Raises:
            DamagedError: the plan of a load cannot be read, and nobody dropped it.
        """
        if not self.loads_dir.exists():
            return []
        out, found = self.left_out.records(), []
        for path in self.loads_dir.iterdir():
            if _LOAD_ID.fullmatch(path.name) and (path / "plan.json").exists():
                try:
                    found.append(Load(path))
                except DamagedError:
                    if path.name not in out or out[path.name].state != DROPPED:
                        raise
        return sorted(found, key=lambda load: (load.sequence, load.load_id))

    def loads(self) -> list[Load]:
        """The loads whose documents count as read: all that nobody dropped, in their order."""
        out = self.left_out.records()
        return [x for x in self.all_loads() if x.load_id not in out or out[x.load_id].state != DROPPED]

    def committed(self) -> list[Load]:
        """The loads that the warehouse is to hold: committed, and not left out, in their order."""
        out = self.left_out.records()
        return [load for load in self.all_loads() if load.is_committed and load.load_id not in out]

    def find(self, load_id: str) -> Load:
        """The load of this id, whatever its state.

        Raises:
            ValueError: there is none.
        """
        path = self.loads_dir / load_id
        if "/" in load_id or not (path / "plan.json").exists():
            raise ValueError(f"there is no load {load_id}; `claimhouse status` names those that need care")
        return Load(path)

    def unfinished(self, kind: str | None = None) -> list[Load]:
        """The loads that an earlier run left open, at most one of a kind."""
        return [load for load in self.loads() if not load.is_committed and kind in (None, load.kind)]

    def begin(self, kind: str, **plan: Any) -> Load:
        """Open a new load. Its folder appears with its plan in it."""
        if problem := self.clock_problem():
            log.warning("%s", problem)
        before = self.all_loads()
        sequence = max([len(before), *(load.sequence for load in before)]) + 1
        now, recorded_at = datetime.now(UTC), self.reading_moment()
        path = self.loads_dir / new_load_id(recorded_at)
        head = {"kind": kind, "sequence": sequence, "recorded_at": recorded_at.isoformat(), "begun_at": now.isoformat()}
        write_json(path / "plan.json", {**head, **plan})
        return Load(path)

    def reading_moment(self) -> datetime:
        """A moment that is before none at which anything was read that is landed: now, if the clock is right."""
        last = max((load.last_moment for load in self.all_loads()), default=None)
        now = datetime.now(UTC)
        return now if last is None else max(now, last + _TICK)

    def clock_problem(self) -> str | None:
        """What is wrong with this machine's clock, where it stands before the last load."""
        last = max((load.last_moment for load in self.all_loads()), default=None)
        now = datetime.now(UTC)
        if last is None or now >= last - _CLOCKS_DIFFER:
            return None
        return (
            f"the clock of this machine says {now:%Y-%m-%d %H:%M} UTC, but the last load was recorded at"
            f" {last:%Y-%m-%d %H:%M}: new loads are recorded just after that one. Set the clock right"
        )

    def drop(self, load_id: str) -> list[str]:
        """Leave a load out for good: its documents count as never read, and what is still there is read again.

        A load that was never committed is deleted; of a committed one the files stay. Returns the committed loads
        that are left out by this: those that refer to it go with it.

        Raises:
            ValueError: there is no such load.
            DamagedError: a load that may refer to it cannot be read.
        """
        path = self.loads_dir / load_id
        if "/" in load_id or not load_id:
            raise ValueError(f"there is no load {load_id}")
        if (path / "plan.json").exists() and not (path / "manifest.json").exists():
            # the plan goes first: what a crash leaves then is a folder that was never begun
            (path / "plan.json").unlink()
            shutil.rmtree(path)
            return []
        if not (path / "manifest.json").exists():
            raise ValueError(f"there is no load {load_id}; `claimhouse status` names those that need care")
        return self._leave_out(load_id, DROPPED, "dropped by hand")

    def set_aside(self, load_id: str, reason: str, run_id: str | None = None) -> list[str]:
        """Leave a committed load out of the warehouse until it is retried; returns all that are left out by this."""
        return self._leave_out(load_id, SET_ASIDE, reason, run_id)

    def retry(self, load_id: str) -> list[str]:
        """Take a load that is left out in again, and those that are out on its account.

        Raises:
            ValueError: it is not left out.
        """
        out = self.left_out.records()
        if load_id not in out:
            raise ValueError(f"load {load_id} is not set aside")
        back = [load_id, *(i for i, record in out.items() if record.reason == _because_of(load_id))]
        for one in back:
            self.left_out.forget(one)
        return back

    def _leave_out(self, load_id: str, state: str, reason: str, run_id: str | None = None) -> list[str]:
        others = self.dependents(load_id)
        for other in others:
            self.left_out.write(other, state, _because_of(load_id), run_id)
        self.left_out.write(load_id, state, reason, run_id)
        return [load_id, *others]

    def dependents(self, load_id: str) -> list[str]:
        """The later committed loads that cannot be in the warehouse without this one.

        They hold facts of its articles, copies of them, or documents that only repeat them.

        Raises:
            DamagedError: one of them cannot be read.
        """
        gone, found = {load_id}, []
        try:
            versions = set(self.find(load_id).read(ARTICLES, ["article_version_id"]).column(0).to_pylist())
        except (ValueError, DamagedError):
            return []  # what it held is not known any more
        for load in self.committed():
            if load.load_id in gone:
                continue
            pointed = (
                (DOCUMENTS, ["article_version_id"]),
                (ARTICLES, ["copy_of_version_id", "copy_group_id"]),
                (EXTRACTIONS, ["article_version_id"]),
            )
            own = set(load.read(ARTICLES, ["article_version_id"]).column(0).to_pylist())
            ids = {
                i for table, names in pointed for column in load.read(table, names).columns for i in column.to_pylist()
            }
            if (ids - own) & versions:
                found.append(load.load_id)
                gone.add(load.load_id)
                versions |= own
        return found

    # --- what is known -----------------------------------------------------------------------

    def known(self) -> Known:
        """What all loads hold, the unfinished one included.

        Of a load that is set aside the documents are known, and no text: what comes next is compared with what the
        warehouse holds.

        Raises:
            DamagedError: a load cannot be read.
        """
        known, out = Known(), self.left_out.records()
        for load in self.loads():
            if load.kind != INGEST:
                continue
            names = ["source", "uri", "document_id", "document_sha256", "file_uri", "fingerprint", "article_version_id"]
            documents = load.read(DOCUMENTS, names).to_pydict()
            for source, uri, document_id, sha, file_uri, fingerprint, version_id in zip(
                *documents.values(), strict=True
            ):
                known.read((source, uri), document_id, sha or fingerprint, version_id)
                if load.is_committed:
                    known.files[source, file_uri] = fingerprint
            if load.load_id in out:
                continue
            # an articles part without its documents part was never finished and is written again
            for part in load.parts(ARTICLES)[: load.shard_count]:
                names = [*(f.name for f in fields(Version) if f.name != "part"), "source", "url", "uri"]
                schema = pa.schema([ARTICLES.schema.field(name) for name in names])
                for row in load.read_part(part, names, schema).to_pylist():
                    source = row.pop("source")
                    place = place_id(row.pop("url"), source, row.pop("uri"))
                    row["version_at"] = row["version_at"] or load.recorded_at
                    known.add(Version(**row, part=part), row["publisher"] or source, place)
        return known

    def to_reextract(self, extractor_version: str, first: str | None, last: str | None) -> list[dict[str, Any]]:
        """Shards of current versions whose latest facts are by another extractor.

        ``first`` and ``last`` bound the publication date (ISO, inclusive); with either set, articles
        without a date are left out.
        """
        latest: dict[str, tuple[datetime, str]] = {}
        done: dict[str, str] = {}
        for load in self.committed():
            articles = load.read(ARTICLES, ["article_id", "article_version_id", "version_at"]).to_pydict()
            for article_id, version_id, at in zip(*articles.values(), strict=True):
                version = (at or load.recorded_at, version_id)
                if article_id not in latest or version[0] >= latest[article_id][0]:
                    latest[article_id] = version
            extractions = load.read(EXTRACTIONS, ["article_version_id", "extractor_version"]).to_pydict()
            done.update(zip(*extractions.values(), strict=True))
        wanted = {v for _, v in latest.values() if done.get(v, extractor_version) != extractor_version}
        shards = []
        for load in self.committed():
            for path in load.parts(ARTICLES):
                rows = load.read_part(path, ["article_version_id", "published_date"]).to_pylist()
                ids = [
                    row["article_version_id"]
                    for row in rows
                    if row["article_version_id"] in wanted and _within(row["published_date"], first, last)
                ]
                if ids:
                    shards.append({"articles": str(path.relative_to(self.loads_dir)), "ids": ids})
        return shards

    # --- the archive -------------------------------------------------------------------------

    def archive_path(self, sha256: str) -> Path:
        return self.root / "archive" / sha256[:2] / sha256

    def archive(self, data: bytes) -> str:
        """Keep raw bytes under their digest, which is returned."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.archive_path(sha256)
        if not target.exists():
            with atomic_write(target) as out:
                out.write(data)
        return sha256

    def archive_file(self, file: IO[bytes]) -> str:
        """Keep what is read from an open file under its digest, which is returned; it is not held in memory.

        It is read once: whatever somebody writes into it meanwhile, digest and bytes are of one reading.
        """
        digest = hashlib.sha256()
        (self.root / "archive").mkdir(parents=True, exist_ok=True)
        fd, name = tempfile.mkstemp(prefix=".tmp-", dir=self.root / "archive")
        copy = Path(name)
        try:
            with os.fdopen(fd, "wb") as out:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self.archive_path(digest.hexdigest())
            if target.exists():
                copy.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                copy.replace(target)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        return digest.hexdigest()


_LOAD_ID = re.compile(r"[\w-]+")


def new_load_id(recorded_at: datetime) -> str:
    """An id for a load that is begun at this moment (UTC): ids sort as the moments do."""
    return f"{recorded_at:%Y%m%dT%H%M%S}{recorded_at.microsecond // 1000:03}Z-{secrets.token_hex(2)}"


def _within(day: Any, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first or "0000") <= day.isoformat() <= (last or "9999")


def _because_of(load_id: str) -> str:
    return f"it refers to load {load_id}, which is left out"
