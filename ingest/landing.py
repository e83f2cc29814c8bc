"""The landing: archive, loads, shards, manifests. Files only, append only.

Belongs here: where landed files lie, how they are written so that each is complete or absent, and
what is known from the loads before. Does not belong here: reading documents (``ingest.articles``),
finding facts (``ingest.extract``), DuckDB.

A load is a folder. Its shards are files ``part-NNNNN.parquet`` in one folder a table; the last
table written of a shard (``documents`` when articles are read, ``extractions`` when facts are)
says that the shard is complete. ``manifest.json``, written last of all, commits the load; from
then on nothing in the folder changes.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.tables import ARTICLES, DOCUMENTS, EXTRACTED, EXTRACTIONS, Table, arrow

INGEST, REEXTRACT = "ingest", "reextract"


@contextmanager
def atomic_write(path: Path, mode: str = "wb") -> Iterator[IO[Any]]:
    """Write a file that appears whole, under its name, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
    try:
        with os.fdopen(fd, mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table as one Parquet file, whole or not at all."""
    with atomic_write(path) as file:
        pq.write_table(table, file, compression="zstd")


def write_json(path: Path, value: Any) -> None:
    """Write a value as one JSON file, whole or not at all."""
    with atomic_write(path, "w") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)


@dataclass(slots=True)
class Version:
    """A known version of an article; ``part`` is the landed file that holds its text, once it is written."""

    article_version_id: str
    article_id: str
    text_sha256: str
    publisher: str | None
    agency: str | None
    copy_group_id: str
    copy_of_version_id: str | None
    part: Path | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a document when it was last read."""

    document_id: str
    digest: str
    article_version_id: str | None


@dataclass(slots=True)
class Known:
    """What the landing holds already, for telling new documents from old ones."""

    # source, file_uri -> its fingerprint when it was last read to its end
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    documents: dict[tuple[str, str], Reading] = field(default_factory=dict)  # by source, uri
    versions: dict[str, Version] = field(default_factory=dict)  # by article_version_id, in order of landing
    latest: dict[str, Version] = field(default_factory=dict)  # by article_id
    # (publisher or source, text_sha256) -> the version that had that text first; the same by text alone
    own_texts: dict[tuple[str, str], Version] = field(default_factory=dict)
    texts: dict[str, Version] = field(default_factory=dict)

    def add(self, version: Version, owner: str) -> None:
        """A version that was landed, after all that were landed before."""
        self.versions[version.article_version_id] = version
        self.latest[version.article_id] = version
        self.own_texts.setdefault((owner, version.text_sha256), version)
        self.texts.setdefault(version.text_sha256, version)


class Load:
    """One load, committed or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plan: dict[str, Any] = json.loads((path / "plan.json").read_text(encoding="utf-8"))

    @property
    def load_id(self) -> str:
        return self.path.name

    @property
    def kind(self) -> str:
        return str(self.plan["kind"])

    @property
    def recorded_at(self) -> datetime:
        return datetime.fromisoformat(self.plan["recorded_at"])

    @property
    def is_committed(self) -> bool:
        return (self.path / "manifest.json").exists()

    def manifest(self) -> dict[str, Any]:
        """The committed sums.

        Raises:
            FileNotFoundError: the load is not committed.
        """
        value: dict[str, Any] = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
        return value

    def part(self, table: Table, shard: int) -> Path:
        return self.path / table.name / f"part-{shard:05}.parquet"

    def parts(self, table: Table) -> list[Path]:
        return sorted((self.path / table.name).glob("part-*.parquet"))

    def read(self, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows of a table, or some of its columns."""
        return _read(self.parts(table), table, columns)

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
        versions = pq.read_table(path, columns=["extractor_version"]).column(0).unique().to_pylist()
        return versions in ([], [extractor_version])

    def texts_of_shard(self, shard: int) -> pa.Table:
        """The articles that the shard's facts are taken from: id, text, date, language, publisher's country."""
        columns = ["article_version_id", "text", "published_date", "language", "publisher_country"]
        if self.kind == INGEST:
            return pq.read_table(self.part(ARTICLES, shard), columns=columns)
        todo = self.plan["shards"][shard]
        table = pq.read_table(self.path.parent / todo["articles"], columns=columns)
        return table.filter(pc.is_in(table["article_version_id"], pa.array(todo["ids"], pa.string())))

    def commit(self, sums: dict[str, Any]) -> None:
        """Commit the load. It never changes again."""
        if self.kind == REEXTRACT:
            for table in (ARTICLES, DOCUMENTS):
                self._write(table, 0, [])
        if not self.parts(EXTRACTIONS):
            self.write_facts(0, {t.name: [] for t in EXTRACTED})
        committed_at = datetime.now(UTC).isoformat()
        head = {"load_id": self.load_id, "kind": self.kind, "recorded_at": self.plan["recorded_at"]}
        write_json(self.path / "manifest.json", {**head, "committed_at": committed_at, **sums})


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

    def loads(self) -> list[Load]:
        """All loads, the oldest first. A folder without a plan was never begun."""
        if not self.loads_dir.exists():
            return []
        paths = sorted(p for p in self.loads_dir.iterdir() if (p / "plan.json").exists())
        return [Load(p) for p in paths]

    def committed(self) -> list[Load]:
        return [load for load in self.loads() if load.is_committed]

    def unfinished(self, kind: str | None = None) -> list[Load]:
        """The loads that an earlier run left open, at most one of a kind."""
        return [load for load in self.loads() if not load.is_committed and kind in (None, load.kind)]

    def begin(self, kind: str, **plan: Any) -> Load:
        """Open a new load. Its folder appears with its plan in it."""
        now = datetime.now(UTC)
        load_id = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z-{secrets.token_hex(2)}"
        path = self.loads_dir / load_id
        write_json(path / "plan.json", {"kind": kind, "recorded_at": now.isoformat(), **plan})
        return Load(path)

    def drop(self, load: Load) -> None:
        """Discard an unfinished load; its documents will be read again.

        Raises:
            ValueError: the load is committed.
        """
        if load.is_committed:
            raise ValueError(f"load {load.load_id} is committed and cannot be dropped")
        # the plan goes first: what a crash leaves then is a folder that was never begun
        (load.path / "plan.json").unlink()
        shutil.rmtree(load.path)

    # --- what is known -----------------------------------------------------------------------

    def known(self) -> Known:
        """What all loads hold, the unfinished one included."""
        known = Known()
        for load in self.loads():
            if load.kind != INGEST:
                continue
            names = ["source", "uri", "document_id", "document_sha256", "file_uri", "fingerprint", "article_version_id"]
            documents = load.read(DOCUMENTS, names).to_pydict()
            for source, uri, document_id, sha, file_uri, fingerprint, version_id in zip(
                *documents.values(), strict=True
            ):
                known.documents[source, uri] = Reading(document_id, sha or fingerprint, version_id)
                if load.is_committed:
                    known.files[source, file_uri] = fingerprint
            # an articles part without its documents part was never finished and is written again
            for part in load.parts(ARTICLES)[: load.shard_count]:
                names = [f.name for f in fields(Version) if f.name != "part"]
                table = pq.read_table(part, columns=[*names, "source"])
                for row in table.to_pylist():
                    source = row.pop("source")
                    known.add(Version(**row, part=part), row["publisher"] or source)
        return known

    def to_reextract(self, extractor_version: str, first: str | None, last: str | None) -> list[dict[str, Any]]:
        """Shards of current versions whose latest facts are by another extractor.

        ``first`` and ``last`` bound the publication date (ISO, inclusive); with either set, articles
        without a date are left out.
        """
        latest: dict[str, str] = {}
        done: dict[str, str] = {}
        for load in self.committed():
            articles = load.read(ARTICLES, ["article_id", "article_version_id"]).to_pydict()
            latest.update(zip(*articles.values(), strict=True))
            extractions = load.read(EXTRACTIONS, ["article_version_id", "extractor_version"]).to_pydict()
            done.update(zip(*extractions.values(), strict=True))
        wanted = {v for v in latest.values() if done.get(v, extractor_version) != extractor_version}
        shards = []
        for load in self.committed():
            for path in load.parts(ARTICLES):
                rows = pq.read_table(path, columns=["article_version_id", "published_date"]).to_pylist()
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

    def archive(self, sha256: str, source: Path | bytes) -> None:
        """Keep raw bytes under their digest; a file is copied without being held in memory."""
        target = self.archive_path(sha256)
        if target.exists():
            return
        with atomic_write(target) as out:
            if isinstance(source, bytes):
                out.write(source)
            else:
                with source.open("rb") as file:
                    shutil.copyfileobj(file, out, 1 << 20)


def _within(day: Any, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first or "0000") <= day.isoformat() <= (last or "9999")


def _read(paths: Iterable[Path], table: Table, columns: Sequence[str] | None) -> pa.Table:
    names = list(columns or table.schema.names)
    schema = pa.schema([table.schema.field(n) for n in names])
    return pa.concat_tables([schema.empty_table(), *(pq.read_table(p, columns=names).cast(schema) for p in paths)])
