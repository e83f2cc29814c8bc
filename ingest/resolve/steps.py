"""The steps of resolving, one for each committed load, as files that the warehouse reads.

Belongs here: which loads were resolved, reading a load's rows, writing a step whole or not at all. Does not
belong here: what is joined (``events``) and related (``relations``).

A step is a folder named as its load. It says which step it follows and which resolver made it: where that no
longer fits the loads that there are (one was set aside, the rules have changed), the step and all after it are
made again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.files import DamagedError, reading, write_json
from ingest.garbage import without_garbage_collection
from ingest.landing import INGEST, Landing, Load
from ingest.resolve.accounts.accounts import accounts_of
from ingest.resolve.accounts.answers import answers_of
from ingest.resolve.accounts.paraphrases import paraphrases_of
from ingest.resolve.accounts.quotations import quotations_of
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.joining.events import EventStep
from ingest.resolve.joining.index import Index
from ingest.resolve.model import Account
from ingest.resolve.outcome import StepRows
from ingest.resolve.tables import EVENT_CHANGES, RESOLVED
from ingest.tables import (
    ARTICLES,
    CLAIM_LINKS,
    CLAIMS,
    DOCUMENTS,
    EVENT_ARGUMENTS,
    EVENT_COUNTS,
    EVENT_MENTIONS,
    EXTRACTIONS,
    FIGURES,
    LOCATIONS,
    Table,
    arrow,
)
from ingest.values import value

log = logging.getLogger(__name__)

_INDEX = "resolve.sqlite"
STEP = "step.json"
_PART = "part-00000.parquet"
_FACTS = (CLAIMS, CLAIM_LINKS, LOCATIONS, FIGURES, EVENT_MENTIONS, EVENT_ARGUMENTS, EVENT_COUNTS)
_ROWS_AT_ONCE = 50_000
_ACCOUNTS_AT_ONCE = 15_000
# columns of facts that resolving does not ask for: to make objects of them would take a third of reading a load
_UNREAD = frozenset(
    [
        *("extractor_version", "recorded_at", "load_id", "content_spans", "chain"),
        *("speaker_office", "speaker_known_as", "speaker_start", "speaker_end", "speaker_exact"),
        *("topic", "depth", "channel", "addressee", "basis", "extent_words", "date_id", "event_count_id"),
        *("feature_code", "direction", "distance_km", "derived_lat", "derived_lon", "derived_rule", "candidates"),
        *("antecedent_location_id", "gazetteer_version", "event_argument_id", "counted_phrase", "status", "vague_word"),
        *("best", "unit", "si_low", "si_high", "si_unit", "per", "part_of_figure_id", "is_cumulative"),
    ]
)
_ARTICLE_COLUMNS = [
    *("article_version_id", "article_id", "publisher", "publisher_side", "agency", "copy_group_id"),
    *("published_date", "language", "text", "uri"),
    *("version_at", "recorded_at", "load_id", "change_kind", "modified_at"),
]


@cache
def resolver_version() -> str:
    """Changes whenever the rules of resolving do: what it made before is made again then."""
    return version_of(Path(__file__).parent)


def version_of(folder: Path) -> str:
    """The version of the rules that a folder and the folders in it hold, code and data."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Resolution:
    """All steps of one landing."""

    def __init__(self, landing: Landing, state_dir: Path) -> None:
        self._landing = landing
        self._index = Index(state_dir / _INDEX, resolver_version())

    @property
    def root(self) -> Path:
        """The folder of the steps."""
        return self._landing.root / "resolved"

    def folder(self, load: Load) -> Path:
        """Where the step of a load lies."""
        return self.root / load.load_id

    def run(self, progress: Callable[[int, int], None] | None = None) -> list[Path]:
        """Make the steps that are missing, in the order of the loads; returns their folders.

        Raises:
            ingest.files.DamagedError: a file of a load cannot be read.
        """
        with without_garbage_collection():
            try:
                return self._make_missing(progress)
            except sqlite3.DatabaseError as problem:
                # the index is a cache, of which a damaged page shows only when it is read
                log.warning("the index of events cannot be used (%s), and is made anew from the loads", problem)
                self._index.clear()
                self._index.close()
                return self._make_missing(progress)

    def _make_missing(self, progress: Callable[[int, int], None] | None) -> list[Path]:
        loads = self._landing.committed()
        done = self._valid(loads)
        if len(done) == len(loads):
            return []
        made = []
        try:
            if not self._index.open(done[-1].load_id if done else None):
                for number, load in enumerate(done, 1):
                    self._resolve(number, load, is_new=False)
            for number, load in enumerate(loads[len(done) :], len(done) + 1):
                made.append(self._resolve(number, load, loads[number - 2] if number > 1 else None))
                if progress:
                    progress(number, len(loads))
        finally:
            self._index.close()
        return made

    def row_counts(self, folders: Iterable[Path]) -> dict[str, int]:
        """Rows of some steps, by table."""
        steps = [json.loads((folder / STEP).read_text(encoding="utf-8")) for folder in folders]
        return {table.name: sum(step[table.name] for step in steps) for table in RESOLVED}

    def _valid(self, loads: list[Load]) -> list[Load]:
        """The loads whose steps stand; the step after the last of them, and all other folders, are removed."""
        done: list[Load] = []
        for load in loads:
            before = done[-1].load_id if done else None
            if not self._stands(load, before):
                break
            done.append(load)
        kept = {load.load_id for load in done}
        for path in self.root.iterdir() if self.root.exists() else ():
            # what a desktop leaves in folders is no step
            if path.name not in kept and path.is_dir():
                shutil.rmtree(path)
        return done

    def _stands(self, load: Load, before: str | None) -> bool:
        """Whether the step of a load is there whole, by this resolver, on top of the step before."""
        folder = self.folder(load)
        try:
            with reading(folder / STEP, "It is made anew"):
                said = json.loads((folder / STEP).read_text(encoding="utf-8"))
                if (said["follows"], said["version"]) != (before, resolver_version()):
                    return False
            for table in RESOLVED:
                part = folder / table.name / _PART
                with reading(part, "It is made anew"):
                    if pq.read_metadata(part).num_rows != said[table.name]:
                        return False
        except DamagedError as problem:
            if folder.exists():
                log.warning("%s", problem)
            return False
        return True

    def _resolve(self, number: int, load: Load, before: Load | None = None, *, is_new: bool = True) -> Path:
        """Resolve one load on top of the index, bring the index up to it, and write the step where it is new."""
        step = EventStep(self._index)
        rows = StepRows(number)
        versions: list[tuple[str, str, str]] = []
        for shard in range(load.shard_count):
            step.withdraw(_extracted(_read(load, load.part(EXTRACTIONS, shard), EXTRACTIONS)))
        accounts: list[Account] = []
        for shard in range(load.shard_count):
            shard_rows = read_shard(load, shard)
            accounts += shard_rows.accounts()
            versions += shard_rows.versions
            if len(accounts) >= _ACCOUNTS_AT_ONCE:
                step.add(accounts)
                accounts = []
        step.add(accounts)
        step.supersede(versions)
        folder = self.folder(load)
        making = folder.with_name(f".tmp-{folder.name}")
        shutil.rmtree(making, ignore_errors=True)
        with _StepFiles(making, load) as files:
            for settled in step.settle():
                rows.take(settled)
                if len(rows.rows[EVENT_CHANGES.name]) >= _ROWS_AT_ONCE:
                    files.add(rows.drain())
            files.add(rows.drain())
        self._index.commit(load.load_id)
        if not is_new:
            shutil.rmtree(making)
            return folder
        said = {"number": number, "follows": before.load_id if before else None, "version": resolver_version()}
        self._write(making, folder, {**said, **files.sums})
        return folder

    def _write(self, making: Path, folder: Path, said: dict[str, Any]) -> None:
        """Let a step whose files are there stand."""
        write_json(making / STEP, said)
        making.replace(folder)


class _StepFiles:
    """The files of one step, filled bit by bit: a large load's rows would be many times its files in memory."""

    def __init__(self, folder: Path, load: Load) -> None:
        self._load = load
        self.sums: Counter[str] = Counter()
        self._files: dict[str, IO[bytes]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        for table in RESOLVED:
            path = folder / table.name / _PART
            path.parent.mkdir(parents=True)
            self._files[table.name] = file = path.open("wb")
            self._writers[table.name] = pq.ParquetWriter(file, table.schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def add(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Write some rows of every table."""
        for table in RESOLVED:
            found = arrow(table, rows[table.name], self._load.load_id, self._load.recorded_at)
            self.sums[table.name] += found.num_rows
            self._writers[table.name].write_table(found)

    def __exit__(self, *_: object) -> None:
        for name, file in self._files.items():
            self._writers[name].close()
            file.flush()
            os.fsync(file.fileno())
            file.close()


@value(frozen=True, slots=True)
class ShardRows:
    """The rows of one shard by table, as resolving reads them."""

    tables: dict[str, list[dict[str, Any]]]

    @property
    def extracted(self) -> list[str]:
        """The article versions whose facts are in the shard: what was found in them before no longer holds."""
        return _extracted(self.tables["extractions"])

    @property
    def versions(self) -> list[tuple[str, str, str]]:
        """Article, version, and what sorts the versions of an article: the last is current."""
        return [(r["article_id"], r["article_version_id"], _moment(r)) for r in self.tables["articles"]]

    def accounts(self) -> list[Account]:
        """What the articles tell that can be compared."""
        found = Rows(self.tables)
        return [*accounts_of(found), *quotations_of(found), *paraphrases_of(found), *answers_of(found)]


def _extracted(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["article_version_id"] for row in rows if row["error"] is None]


def _moment(article: dict[str, Any]) -> str:
    """What sorts the versions of an article, as text: the same that ``dim_article_versions`` sorts them by."""
    moments = (article["version_at"] or article["recorded_at"], article["recorded_at"])
    uri = article["uri"]
    return "\t".join(
        [
            *map(_as_text, moments),
            article["load_id"],
            _as_text(article["fetched_at"]),
            "0" if article["change_kind"] == "new" else "1",
            _as_text(article["modified_at"]),
            f"{len(uri):06}",
            uri,
            article["article_version_id"],
        ]
    )


def _as_text(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""


def read_shard(load: Load, shard: int) -> ShardRows:
    """The rows of one shard; a load of an older schema lacks some tables."""
    tables = {table.name: _read(load, load.part(table, shard), table) for table in (*_FACTS, EXTRACTIONS)}
    return ShardRows({**tables, "articles": _articles(load, shard)})


def _read(load: Load, path: Path, table: Table) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with reading(path, load.advice):
        there = set(pq.read_schema(path).names) - _UNREAD
    return rows_of_table(load.read_part(path, [n for n in table.schema.names if n in there]))


def rows_of_table(table: pa.Table) -> list[dict[str, Any]]:
    """What ``to_pylist`` gives, in a third of its time: it makes an object of Arrow's of every value first."""
    columns = map(_values, table.columns)
    names = table.column_names
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray[Any]) -> list[Any]:
    kind = column.type
    is_flag = pa.types.is_boolean(kind)
    is_number = is_flag or pa.types.is_int64(kind) or pa.types.is_float64(kind)
    if not (is_number or pa.types.is_string(kind) or pa.types.is_date32(kind)):
        return column.to_pylist()
    found: list[Any]
    if is_number and column.null_count:
        values = column.fill_null(False if is_flag else 0).to_numpy().astype(object)  # type: ignore[arg-type]
        values[column.is_null().to_numpy()] = None
        found = values.tolist()
    else:
        found = column.to_numpy().tolist()
    return found


def _articles(load: Load, shard: int) -> list[dict[str, Any]]:
    if load.kind == INGEST:
        part = load.part(ARTICLES, shard)
        table = load.read_part(part, _ARTICLE_COLUMNS)
    else:
        todo = load.plan["shards"][shard]
        part = load.path.parent / todo["articles"]
        table = load.read_part(part, _ARTICLE_COLUMNS)
        table = table.filter(pc.is_in(table["article_version_id"], pa.array(todo["ids"], pa.string())))
    documents = _read(load, part.parent.parent / DOCUMENTS.name / part.name, DOCUMENTS)
    fetched = {d["article_version_id"]: d["fetched_at"] for d in documents if d["outcome"] == "loaded"}
    return [{**row, "fetched_at": fetched.get(row["article_version_id"])} for row in rows_of_table(table)]
