"""A load from its beginning to its commit: the steps that a refresh takes, in order.

Belongs here: what a step does with the landing, in plain calls that any scheduler can make. Every
step finds its work on disk, so that a run that died is taken up wherever it stopped. Does not
belong here: the scheduler (``orchestration``), the warehouse (``claimhouse.publishing``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.extract.workers import PipelineConfig, extract_load, extractor_version
from ingest.files import write_json
from ingest.intake import Intake, IntakeReport
from ingest.landing import INGEST, REEXTRACT, Landing, Load
from ingest.settings import Settings
from ingest.sources import health_of, load_sources
from ingest.tables import DOCUMENTS, EXTRACTED, EXTRACTIONS, TABLES, Table

if TYPE_CHECKING:
    from ingest.quality import CheckResult

log = logging.getLogger(__name__)

_AUDIT = "audit.json"


class BlockedError(Exception):
    """A load failed a blocking check and is not committed; the message says which."""


class Loads:
    """The loads of one landing, as one run works on them."""

    def __init__(self, settings: Settings, run_id: str, config: PipelineConfig | None = None) -> None:
        self._settings = settings
        self._run_id = run_id
        self._config = config or PipelineConfig(settings.model, settings.gazetteer_dir, parser=settings.parser)
        self.landing = Landing(settings.landing_dir)
        self._checking: ProcessPoolExecutor | None = None

    def checks_file(self, stage: str) -> Path:
        """Where this run keeps the results of its checks: of stage ``source``, ``load`` or ``warehouse``."""
        return self.landing.checks_dir / f"{self._run_id}-{stage}.parquet"

    def row_counts(self) -> dict[str, int]:
        """Rows of every landed table, over all loads."""
        counts = dict.fromkeys(TABLES, 0)
        for load in self.landing.loads():
            for name in TABLES:
                counts[name] += load.row_count(TABLES[name])
        return counts

    def open_row_counts(self) -> dict[str, int]:
        """Rows of every landed table in the loads that are not committed yet."""
        return {name: sum(load.row_count(TABLES[name]) for load in self.landing.unfinished()) for name in TABLES}

    def preview(self, table: Table, columns: Sequence[str], rows: int) -> list[dict[str, Any]]:
        """The first rows of a table in the loads that are not committed yet."""
        found: list[dict[str, Any]] = []
        for load in self.landing.unfinished():
            for part in load.parts(table):
                if len(found) >= rows:
                    return found
                batch = next(pq.ParquetFile(part).iter_batches(rows - len(found), columns=list(columns)), None)
                found += batch.to_pylist() if batch is not None else []
        return found

    def has_nothing_to_do(self) -> bool:
        """True where a cheap look shows that a run would change nothing."""
        if self.landing.unfinished():
            return False
        sources = load_sources(self._settings.sources_file, self._settings)
        return Intake(self.landing, self._settings).has_nothing_to_do(sources)

    def read_new(self, progress: Callable[[int], None] | None = None) -> IntakeReport:
        """Read what is new in every source into a load; opens none where nothing is.

        Raises:
            ingest.sources.SourcesError: the list of sources is wrong.
        """
        sources = load_sources(self._settings.sources_file, self._settings)
        return Intake(self.landing, self._settings, progress).run(sources)

    def check_sources(self, now: datetime | None = None) -> list[CheckResult]:
        """Check every enabled source, after it was read: none of these checks keeps a load out."""
        from ingest.quality import check_sources, documents_by_day, not_extracted_by_day, write_results

        sources = [s for s in load_sources(self._settings.sources_file, self._settings) if s.is_enabled]
        results = check_sources(
            [source.name for source in sources],
            documents_by_day(self.landing),
            {source.name: health_of(source, self._settings) for source in sources},
            self._run_id,
            now or datetime.now(UTC),
            self._settings.failing_nights,
            not_extracted_by_day(self.landing),
        )
        write_results(self.checks_file("source"), results)
        return results

    def plan_reextraction(self, first: date | None = None, last: date | None = None) -> Load | None:
        """Open a load that takes the facts of known articles anew, or take up the one left open.

        Only articles whose latest facts another extractor found are taken, and of those only the
        ones published from ``first`` to ``last`` (inclusive) where given.
        """
        open_loads = self.landing.unfinished(REEXTRACT)
        if open_loads:
            return open_loads[0]
        version = extractor_version(self._config)
        window = tuple(day.isoformat() if day else None for day in (first, last))
        shards = self.landing.to_reextract(version, *window)
        if not shards:
            return None
        return self.landing.begin(REEXTRACT, shards=shards, published_from=window[0], published_to=window[1])

    def extract(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Find the facts of every unfinished load."""
        if self.landing.unfinished():
            from ingest.quality.landed import checking_process

            # its seconds of imports are over by the time that the facts are there
            self._checking = checking_process()
        for load in self.landing.unfinished():
            version = extract_load(load, self._config, self._settings.worker_count, progress)
            log.debug("load %s: facts taken by %s", load.load_id, version)

    def audit(self) -> list[CheckResult]:
        """Check every unfinished load. Results are kept whatever they say; beside the load stands what keeps it out.

        Raises:
            RuntimeError: the process that checks was killed, as a system short of memory does.
        """
        from ingest.quality import blocking, write_results
        from ingest.quality.landed import check_landed, checking_process

        unfinished = self.landing.unfinished()
        if not unfinished:
            return []
        checking, self._checking = self._checking or checking_process(), None
        results: list[CheckResult] = []
        with checking:
            for load in unfinished:
                (load.path / _AUDIT).unlink(missing_ok=True)
                try:
                    found = checking.submit(check_landed, load.path, self._run_id).result()
                except BrokenProcessPool:
                    message = f"the process that checked load {load.load_id} was killed; the next run checks it again"
                    raise RuntimeError(message) from None
                results += found
                failed = [f"{check.label}: {check.observed}" for check in blocking(found)]
                write_json(
                    load.path / _AUDIT, {"run_id": self._run_id, "checks": len(found), "blocking_failures": failed}
                )
        write_results(self.checks_file("load"), results)
        return results

    def commit(self) -> list[Load]:
        """Commit every load that is sound.

        Raises:
            BlockedError: a load is not; loads before it are committed.
        """
        done = []
        for load in self.landing.unfinished():
            failed = blocking_failures(load)
            if failed is None or failed:
                told = "; ".join(failed) if failed else "it was not checked"
                raise BlockedError(f"load {load.load_id} did not pass its checks and is not committed: {told}")
            load.commit(sums_of(load))
            done.append(load)
        return done


def sums_of(load: Load) -> dict[str, object]:
    """What the manifest of a load is to state of it."""
    outcomes = load.read(DOCUMENTS, ["outcome"])["outcome"] if load.kind == INGEST else None
    counts = {str(c["values"]): c["counts"].as_py() for c in pc.value_counts(outcomes)} if outcomes else {}
    versions = load.read(EXTRACTIONS, ["extractor_version"])["extractor_version"].unique().to_pylist()
    return {
        "extractor_version": versions[0] if versions else None,
        "documents_read": sum(counts.values()),
        "articles_loaded": counts.get("loaded", 0),
        "duplicates": counts.get("duplicate", 0),
        "rejected": counts.get("rejected", 0),
        **{t.name: load.row_count(t) for t in EXTRACTED if t is not EXTRACTIONS},
        "shards": load.shard_count,
    }


def blocking_failures(load: Load) -> list[str] | None:
    """What keeps a load that is not committed out, as its last checks found; None where it was not checked."""
    try:
        audit = json.loads((load.path / _AUDIT).read_text(encoding="utf-8"))
        return [str(failure) for failure in audit.get("blocking_failures", [])]
    except (OSError, ValueError, AttributeError):
        return None
