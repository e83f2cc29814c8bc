"""Write, audit, publish: the candidate warehouse and the one rename that publishes it.

Belongs here: which loads are not published yet, the candidate file, what is done to it before and
after dbt, the lock that allows one refresh at a time. Does not belong here: what the tables hold
(``dbt_project``), who starts a refresh (``orchestration``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from claimhouse import lookups
from claimhouse.published import PublishedFile
from claimhouse.reconcile import Difference, differences, is_held
from claimhouse.reviews import review_rows, reviews_digest
from claimhouse.search import index as search_index
from claimhouse.warehouse import ask, connect, remove_stale_readings, row_counts, tables
from ingest.authority import authority_digest, authority_rows
from ingest.files import DamagedError, write_json
from ingest.home import SHIPPED_DIR
from ingest.landing import Landing, Load
from ingest.loads import sums_of
from ingest.quality.results import put_aside_unreadable
from ingest.resolve.steps import resolver_version
from ingest.settings import Settings
from ingest.working_copy import HeldError, MovedError, WorkingCopy

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

log = logging.getLogger(__name__)

DBT_DIR = SHIPPED_DIR / "dbt_project"
# what makes the tables what they are; a change to any of it means that they are built anew
_MODEL_FILES = ("models/**/*.sql", "models/**/*.yml", "macros/**/*.sql", "seeds/**/*", "dbt_project.yml")
# what is asked of them; another question makes no other tables
_TEST_FILES = ("tests/**/*.sql",)

_FACTS = ("claims", "figures", "dates", "locations", "event_mentions")
# 2.5 million facts were built with 768 MB, and not with 512; 1.3 million with 512
_LEAST_MEMORY_MB = 512
_MEMORY_A_FACT = 320  # bytes
_FACTS_OF_A_THREAD = 50_000


def models_digest() -> str:
    """Changes whenever the models do, or the rules by which what they read was resolved."""
    return _digest_of(_MODEL_FILES, resolver_version())


def project_digest() -> str:
    """Changes whenever the models do, or the tests of what is built."""
    return _digest_of((*_MODEL_FILES, *_TEST_FILES), "")


def _digest_of(patterns: Iterable[str], more: str) -> str:
    digest = hashlib.sha256(more.encode())
    for path in sorted({p for pattern in patterns for p in DBT_DIR.glob(pattern) if p.is_file()}):
        digest.update(str(path.relative_to(DBT_DIR)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def engine_memory(loads: Iterable[Load]) -> str:
    """What DuckDB may hold while it builds these loads, as it wants it said.

    What it has no room for goes to disk; but some of what it keeps while it groups rows cannot, and grows with
    the facts. In steps, since dbt parses the whole project anew whenever this changes.
    """
    facts = sum(manifest.get(name, 0) for manifest in map(Load.manifest, loads) for name in _FACTS)
    megabytes = _LEAST_MEMORY_MB
    while facts * _MEMORY_A_FACT > megabytes * 1_000_000:
        megabytes *= 2
    return f"{megabytes}MB"


def engine_threads(loads: Iterable[Load]) -> str:
    """With how many threads DuckDB is to build these loads, as it wants it said.

    Of few facts a second thread does nothing but wait for work, which costs a tenth of a small build.
    """
    facts = sum(manifest.get(name, 0) for manifest in map(Load.manifest, loads) for name in _FACTS)
    return "1" if facts < _FACTS_OF_A_THREAD else "2"


class LockedError(Exception):
    """Nobody may change the house now, as another refresh is under way; the message says whose."""


@contextmanager
def refresh_lock(settings: Settings) -> Iterator[None]:
    """Allow one refresh at a time, whoever starts it.

    The operating system holds the lock, so that one left by a dead process is free again. A house in an object store
    is brought to this machine first, and what was done with it goes there at the end.

    Raises:
        LockedError: another one holds it and does not let go within the setting ``lock_timeout``, or the object store
            cannot be worked on.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    holder = settings.data_dir / "refresh.json"
    lock = FileLock(settings.data_dir / "refresh.lock")
    try:
        lock.acquire(timeout=settings.lock_timeout)
    except Timeout:
        raise LockedError(_describe(holder)) from None
    try:
        write_json(holder, {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")})
        with _pulled(WorkingCopy.of(settings)):
            yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _pulled(copy: WorkingCopy | None) -> Iterator[None]:
    """The house of an object store on this machine, while no other machine works on it; pushed at the end."""
    if copy is None:
        yield
        return
    with ExitStack() as held:
        try:
            held.enter_context(copy.held())
            copy.pull()
        except (HeldError, MovedError, OSError) as problem:
            raise LockedError(str(problem)) from problem
        try:
            yield
        finally:
            copy.push()


def _describe(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        return f"another refresh is under way: process {who['pid']}, since {who['since']}"
    except (OSError, ValueError, KeyError):
        return "another refresh is under way"


class LostLoadError(Exception):
    """A published load is not in the landing any more; the message names it and says what to do."""


def published_loads(path: Path) -> set[str]:
    """The loads whose rows a published file holds; none where there is no file, or one that cannot be asked."""
    try:
        rows = ask(path, "select load_id from ops_loads where state = 'published'").rows
    except Exception:
        return set()
    return {row[0] for row in rows}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be built: ``loads`` on top of the published file or, where there is a reason, all of them anew."""

    loads: list[Load]
    anew: str | None = None
    is_needed: bool = True


class Publisher:
    """The candidate and its way to being published. Plain; Dagster's resource is a shell over it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._landing = Landing(settings.landing_dir)
        self._file = PublishedFile(settings.warehouse_path)
        self.is_anew = False

    @property
    def warehouse_path(self) -> Path:
        return self._settings.warehouse_path

    @property
    def candidate_path(self) -> Path:
        return self._settings.build_dir / "candidate.duckdb"

    def is_current(self) -> bool:
        """True where the published file was built by the present models."""
        try:
            found = ask(self._settings.warehouse_path, "select value from ops_warehouse where key = 'models_digest'")
        except Exception:
            return False
        return found.rows == [(self._digest,)]

    @property
    def _digest(self) -> str:
        """What made the tables what they are: the models, the settings that they ask, and what is made of them."""
        return f"{models_digest()}-{self._settings.least_confidence}-{lookups.FORMAT}"

    def plan(self) -> Plan:
        """What the published file lacks, and whether it can be built on.

        Raises:
            LostLoadError: a load that is published is not in the landing any more.
            AuthorityError: the authority file of actors is wrong.
            ReviewError: the file of reviews is wrong.
        """
        committed = self._landing.committed()
        if not self.warehouse_path.exists():
            return Plan(committed, "there is none yet", bool(committed))
        if not self._file.is_unchanged():
            return Plan(committed, "the published file is not as it was published")
        published = published_loads(self.warehouse_path)
        self._refuse_lost(published)
        if not self.is_current():
            return Plan(committed, "the models have changed")
        new = [load for load in committed if load.load_id not in published]
        if published - {load.load_id for load in committed}:
            return Plan(committed, "loads were left out that it holds")
        latest = max((load.sequence for load in committed if load.load_id in published), default=0)
        if any(load.sequence < latest for load in new):
            return Plan(committed, "a load was taken in again that others came after")
        return Plan(new, None, bool(new) or self._has_other_words_of_people())

    def _has_other_words_of_people(self) -> bool:
        """True where the files that people keep say another thing than when the published file was built."""
        held = dict(ask(self.warehouse_path, "select key, value from ops_warehouse").rows)
        return any(held.get(key) != digest for key, digest in self._kept_by_people().items())

    def _kept_by_people(self) -> dict[str, str]:
        """A digest of each file in which people say what the models then follow."""
        return {
            "actors_digest": authority_digest(self._settings.actors_file),
            "reviews_digest": reviews_digest(self._settings.reviews_path),
        }

    def refuse_lost(self) -> None:
        """Refuse to go on where loads of the published file are not whole in the landing any more.

        Their documents would be read again as new ones, and be there twice once somebody puts the loads back. A load
        of which only the manifest is gone would be taken for an open one, and what is new put into it: its manifest is
        written anew where its files hold what is published.

        Raises:
            LostLoadError: there is such a load.
        """
        if self._file.is_unchanged():
            self._refuse_lost(published_loads(self.warehouse_path))

    def _refuse_lost(self, published: set[str]) -> None:
        wanted = published - self._landing.left_out.records().keys()
        found = [load for load in self._landing.all_loads() if load.load_id in wanted]
        lost = sorted(wanted - {load.load_id for load in found if load.is_committed or self._commit_again(load)})
        if lost:
            raise LostLoadError(
                f"load {lost[0]} is published, but its files or some of them are gone from {self._landing.loads_dir}."
                f" Put them back from a copy, or let it go with `claimhouse loads drop {lost[0]}`"
                + (f"; the same goes for {', '.join(lost[1:])}" if lost[1:] else "")
            )

    def _commit_again(self, load: Load) -> bool:
        """Write the manifest of a load anew that is published; False where the load holds anything else than that."""
        with connect(self.warehouse_path) as connection:
            if not is_held(connection, load):
                return False
        log.warning("the manifest of load %s was gone, and is written anew from its files", load.load_id)
        load.commit(sums_of(load))
        return True

    def pending(self) -> list[Load]:
        """The loads that are to be built: those that the published file lacks, or all, where it is built anew."""
        return self.plan().loads

    def has_nothing_to_do(self) -> bool:
        """True where the published file holds what it is to hold."""
        self._remove_wal()
        return not self.plan().is_needed

    def prepare(self, *, anew: bool = False, only: Sequence[Load] | None = None) -> list[Load]:
        """Lay out a candidate, and list the loads that dbt is to add to it.

        Args:
            anew: build on nothing, whatever the published file is good for.
            only: of the loads that are to be added, these alone.
        """
        shutil.rmtree(self._settings.build_dir, ignore_errors=True)
        self._settings.build_dir.mkdir(parents=True, exist_ok=True)
        self._remove_wal()
        for path in put_aside_unreadable(self._landing.checks_dir):
            log.warning("%s holds no results of checks, and is left out", path)
        plan = self.plan()
        loads, why = (self._landing.committed(), "as it was asked") if anew else (plan.loads, plan.anew)
        if why is None and not self._file.copy_to(self.candidate_path):
            loads, why = self._landing.committed(), "the published file is not as it was published"
        self.is_anew = why is not None
        if why and self.warehouse_path.exists():
            log.info("the warehouse is built anew from all loads: %s", why)
        if only is not None:
            wanted = {load.load_id for load in only}
            loads = [load for load in loads if load.load_id in wanted]
        write_json(self._loads_file, [str(load.path) for load in loads])
        write_json(self._actors_file, authority_rows(self._settings.actors_file))
        write_json(self._reviews_file, review_rows(self._settings.reviews_path))
        return loads

    def _remove_wal(self) -> None:
        if self._file.remove_wal():
            log.warning(
                "%s is removed: somebody opened the published file to change it, and that is not part of it",
                self._file.wal_path,
            )

    @property
    def dbt_vars(self) -> dict[str, str | float]:
        """What dbt is told. The same in every run: dbt keeps its parsed project only while its words stay the same."""
        return {
            "load_dirs": str(self._loads_file),
            "checks_dir": str(self._landing.checks_dir),
            "least_confidence": self._settings.least_confidence,
            "actors_file": str(self._actors_file),
            "reviews_file": str(self._reviews_file),
        }

    @property
    def dbt_environment(self) -> dict[str, str]:
        """What dbt takes from its environment: the file to build, and memory and threads for it."""
        loads = self._landing.committed()
        return {
            "CLAIMHOUSE_DUCKDB_PATH": str(self.candidate_path),
            "CLAIMHOUSE_DUCKDB_MEMORY": self._settings.duckdb_memory or engine_memory(loads),
            "CLAIMHOUSE_DUCKDB_THREADS": engine_threads(loads),
        }

    @property
    def dbt_dir(self) -> Path:
        """Where dbt leaves its log and what it tells of the build; as long-lived as the candidate."""
        return self._settings.build_dir / "dbt"

    @property
    def candidate_config(self) -> dict[str, str]:
        """How DuckDB is to be opened to look at the candidate: with the memory and threads that it is built with."""
        said = self.dbt_environment
        return {"memory_limit": said["CLAIMHOUSE_DUCKDB_MEMORY"], "threads": said["CLAIMHOUSE_DUCKDB_THREADS"]}

    @property
    def _loads_file(self) -> Path:
        return self._settings.build_dir / "loads.json"

    @property
    def _actors_file(self) -> Path:
        return self._settings.build_dir / "actors.json"

    @property
    def _reviews_file(self) -> Path:
        return self._settings.build_dir / "reviews.json"

    def candidate_rows(self) -> dict[str, int]:
        """Rows of each table of the candidate; nobody else may have it open."""
        return dict(tables(self.candidate_path))

    def differences(self) -> list[Difference]:
        """Where the candidate holds anything else than the committed loads; nobody else may have it open."""
        with connect(self.candidate_path) as connection:
            return differences(connection, self._landing.committed())

    def publish(self, run_id: str, checks: pa.Table) -> dict[str, int]:
        """Turn the candidate into the published file; returns rows by table.

        Takes the results of the checks on the warehouse, which the candidate cannot hold before
        they were made. What looks into the landing is dropped: the published file stands alone.
        """
        import duckdb

        with duckdb.connect(str(self.candidate_path)) as connection:
            _drop_all_but_tables(connection)
            connection.register("new_checks", checks)
            connection.execute(
                "insert into ops_check_results by name select * from new_checks"
                " where check_result_id not in (select check_result_id from ops_check_results)"
            )
            connection.unregister("new_checks")
            self._write_left_out(connection)
            facts = {
                "models_digest": self._digest,
                **self._kept_by_people(),
                "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "run_id": run_id,
                # no two publications are the same, so none is taken for another
                "publication": secrets.token_hex(8),
            }
            connection.execute("create or replace table ops_warehouse (key varchar primary key, value varchar)")
            connection.executemany("insert into ops_warehouse values (?, ?)", list(facts.items()))
            lookups.make(connection)
            connection.execute("checkpoint")
            counts = row_counts(connection)
            name = self._index(connection)
        self._file.replace_with(self.candidate_path)
        remove_stale_readings(self.warehouse_path.parent)
        search_index.remove_others(self.warehouse_path, [name])
        shutil.rmtree(self._settings.build_dir, ignore_errors=True)
        return counts

    def complete_index(self) -> bool:
        """Make the search index of the published file where it is missing or damaged; True where it was."""
        if not self.warehouse_path.exists():
            return False
        with connect(self.warehouse_path) as connection:
            name = search_index.publication(connection)
            with suppress(search_index.NoIndexError):
                search_index.open_index(self.warehouse_path, name)
                return False
            self._index(connection)
        search_index.remove_others(self.warehouse_path, [name])
        return True

    def _index(self, connection: duckdb.DuckDBPyConnection) -> str:
        """Make the search index of an open file and put it where readers of that publication look for it.

        Returns the name of the publication. A warehouse is not lost for an index that cannot be made: the next
        refresh tries again.
        """
        name = search_index.publication(connection)
        made = self._settings.build_dir / search_index.FOLDER
        shutil.rmtree(made, ignore_errors=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        before = None if self.is_anew else search_index.latest(self.warehouse_path)
        try:
            search_index.make(connection, made, before=before, gazetteer=self._place_names)
            search_index.put_in_place(made, self.warehouse_path, name)
        except Exception as problem:
            log.warning("the search index is not made: %s", problem)
            log.debug("how it failed", exc_info=True)
        return name

    def _place_names(self, geonameids: Iterable[int]) -> dict[int, list[str]]:
        from ingest.extract.locations.gazetteer import default_gazetteer

        return default_gazetteer(self._settings.gazetteer_dir).names_of(geonameids)

    def _write_left_out(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The loads that are left out stand in ``ops_loads`` with their state and its reason, and nowhere else."""
        connection.execute("delete from ops_loads where state <> 'published'")
        columns = [row[0] for row in connection.execute("describe ops_loads").fetchall()]
        for load_id, record in self._landing.left_out.records().items():
            try:
                manifest = self._landing.find(load_id).manifest()
            except (ValueError, DamagedError):
                continue  # what it held cannot be told any more
            row = {**manifest, "state": record.state, "state_reason": record.reason}
            marks = ", ".join("?" * len(columns))
            connection.execute(f"insert into ops_loads values ({marks})", [row.get(name) for name in columns])  # noqa: S608


def _drop_all_but_tables(connection: duckdb.DuckDBPyConnection) -> None:
    schemas = connection.execute(
        "select distinct schema_name from duckdb_schemas() where database_name = current_database()"
        " and not internal and schema_name <> 'main'"
    ).fetchall()
    for (schema,) in schemas:
        connection.execute(f'drop schema "{schema}" cascade')
    views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
    for (view,) in views:
        connection.execute(f'drop view "{view}"')
