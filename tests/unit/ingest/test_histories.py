"""Whatever happened on the way, the landing holds what the same articles give in one go, and so do its events.

Random histories of articles that are new, edited, withdrawn and copied, of a clock that is set back and forth, of
runs that are killed, of loads that are dropped, set aside and taken in again, of damaged files, of articles that are
extracted anew. Each run joins the event mentions on top of what the runs before it joined, and may be killed in it.
"""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ingest import intake, landing
from ingest.extract.pipeline import Pipeline
from ingest.files import DamagedError
from ingest.landing import REEXTRACT, Landing, Load
from ingest.records import Facts
from ingest.resolve import steps
from ingest.resolve.steps import Resolution
from ingest.resolve.tables import EVENTS, RESOLVED
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import (
    ARTICLES,
    CLAIMS,
    DATES,
    DOCUMENTS,
    EVENT_MENTIONS,
    EXTRACTIONS,
    FIGURES,
    LOCATIONS,
    rows_of_facts,
)

TOWNS = ("Lozova", "Izium", "Sumy", "Okhtyrka", "Romny", "Kupiansk")
EVIDENCE = ("char_start", "char_end", "exact", "rule_id")
DAY = datetime(2025, 12, 3, tzinfo=UTC).date()
TEXT = (
    "date 2025-12-03 {town} shelled again\n\n{count} houses in {town} were damaged when shells hit the quarter by the"
    " station, the mayor said. Firefighters of {town} worked through the night; the railway to the east stood still"
    " until noon."
)


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


@cache
def facts_of(text: str) -> Facts:
    return _pipeline().extract(text, DAY)


class KilledError(BaseException):
    """What stands in for kill -9: nothing after it is done."""


class History:
    """One house and what happens to it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, rng: random.Random) -> None:
        self.inbox, self.rng, self.monkeypatch = root / "inbox", rng, monkeypatch
        self.inbox.mkdir(parents=True)
        (root / "sources.yml").write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.settings = Settings(
            data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml", shard_articles=2
        )
        self.landing = Landing(self.settings.landing_dir)
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def night(self, dies_after: int | None = None) -> None:
        """One refresh without extraction and warehouse; with ``dies_after``, killed after so many written files."""
        left = [dies_after]

        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return history.clock()

        def count() -> None:
            if left[0] is not None:
                left[0] -= 1
                if left[0] < 0:
                    raise KilledError

        def write(path: Path, table: Any) -> None:
            count()
            real(path, table)

        def arrow(*given: Any) -> Any:
            count()
            return real_arrow(*given)

        history, real, real_arrow = self, landing.write_parquet, steps.arrow
        with self.monkeypatch.context() as patch:
            patch.setattr(landing, "datetime", Clock)
            patch.setattr(landing, "write_parquet", write)
            patch.setattr("ingest.sources.folder.now", self.clock)
            try:
                sources = load_sources(self.settings.sources_file, self.settings)
                intake.Intake(self.landing, self.settings).run(sources)
                for load in self.landing.unfinished():
                    self.finish(load, "v1")
                patch.setattr(steps, "arrow", arrow)
                self.resolve()
            except KilledError:
                pass

    def finish(self, load: Load, version: str) -> None:
        for shard in range(load.shard_count):
            if not load.is_extracted(shard, version):
                rows: dict[str, list[dict[str, Any]]] = {}
                for row in load.texts_of_shard(shard).to_pylist():
                    for name, more in rows_of_facts(facts_of(row["text"]), row["article_version_id"], version).items():
                        rows.setdefault(name, []).extend(more)
                load.write_facts(shard, {**{t.name: [] for t in landing.EXTRACTED}, **rows})
        load.commit({})

    def resolve(self) -> None:
        Resolution(self.landing, self.settings.state_dir).run()

    def resolved(self) -> dict[str, list[str]]:
        """The rows that the steps of all loads hold, by table."""
        return {
            table.name: sorted(
                str(row)
                for path in self.landing.root.glob(f"resolved/*/{table.name}/*.parquet")
                for row in pq.read_table(path).to_pylist()
            )
            for table in RESOLVED
        }

    # --- what may happen

    def step(self) -> None:
        edits = (self.put, self.put, self.put, self.copy, self.gone)
        mishaps = (self.shift, self.die, self.drop, self.aside, self.damage)
        self.rng.choice([*edits, *mishaps, self.reextract, self.night])()

    def put(self) -> None:
        town, count = self.rng.choice(TOWNS), self.rng.randint(2, 90)
        (self.inbox / f"{town}.txt").write_text(TEXT.format(town=town, count=count), encoding="utf-8")

    def copy(self) -> None:
        files = sorted(self.inbox.glob("*.txt"))
        if files:
            text = self.rng.choice(files).read_bytes()
            (self.inbox / f"copy-{self.rng.choice(TOWNS)}.txt").write_bytes(text)

    def gone(self) -> None:
        files = sorted(self.inbox.glob("*.txt"))
        if files:
            self.rng.choice(files).write_text("This story has been withdrawn.\n\nThe editors regret it.")

    def shift(self) -> None:
        self.now += timedelta(days=self.rng.randint(-400, 400))

    def die(self) -> None:
        self.night(dies_after=self.rng.randint(0, 12))

    def drop(self) -> None:
        loads = self.landing.loads()
        if loads:
            self.landing.drop(self.rng.choice(loads).load_id)

    def aside(self) -> None:
        loads = self.landing.committed()
        if loads:
            load = self.rng.choice(loads)
            self.landing.set_aside(load.load_id, "it cannot be built")
            if self.rng.random() < 0.5:
                self.landing.retry(load.load_id)

    def damage(self) -> None:
        loads = self.landing.loads()
        parts = [p for load in loads for p in load.path.glob("*/*.parquet")]
        if not parts:
            return
        part = self.rng.choice(parts)
        part.write_bytes(part.read_bytes()[: self.rng.randint(0, 40)])
        load_id = part.parent.parent.name
        (load,) = (load for load in loads if load.load_id == load_id)
        with pytest.raises(DamagedError, match=rf"{part.name} is damaged.*claimhouse loads drop {load_id}"):
            load.read(landing.TABLES[part.parent.name])
        self.landing.drop(load_id)

    def reextract(self) -> None:
        if self.landing.unfinished():
            return
        shards = self.landing.to_reextract("v2", None, None)
        if shards:
            self.finish(self.landing.begin(REEXTRACT, shards=shards), "v2")

    def settle(self) -> None:
        """What was set aside is let go, and all that still stands in the inbox is read."""
        for load_id in self.landing.left_out.records():
            if (self.landing.loads_dir / load_id / "manifest.json").exists():
                self.landing.drop(load_id)
        self.night()

    # --- what is to be the same

    def current(self) -> dict[str, str]:
        """The text that stands at each place of the inbox: of the current version of the article that it gave."""
        known = self.landing.known()
        texts = {}
        for load in self.landing.committed():
            texts |= dict(zip(*load.read(ARTICLES, ["article_version_id", "text"]).to_pydict().values(), strict=True))
        return {uri: texts[r.article_version_id] for (_, uri), r in known.documents.items() if r.article_version_id}

    def told(self) -> dict[str, set[tuple[Any, ...]]]:
        """The facts of what stands at each place, by the evidence of each: those of the last extraction."""
        known = self.landing.known()
        latest: dict[str, set[tuple[Any, ...]]] = {}
        for load in self.landing.committed():
            versions = load.read(EXTRACTIONS, ["article_version_id"])["article_version_id"].to_pylist()
            found: dict[str, set[tuple[Any, ...]]] = {version: set() for version in versions}
            for table in (CLAIMS, EVENT_MENTIONS, FIGURES, LOCATIONS, DATES):
                for row in load.read(table, ["article_version_id", *EVIDENCE]).to_pylist():
                    found[row["article_version_id"]].add((table.name, *(row[name] for name in EVIDENCE)))
            latest |= found
        return {uri: latest[r.article_version_id] for (_, uri), r in known.documents.items() if r.article_version_id}

    def check(self) -> None:
        loads = self.landing.committed()
        assert [load.sequence for load in loads] == sorted({load.sequence for load in loads})
        assert [load.recorded_at for load in loads] == sorted({load.recorded_at for load in loads})
        versions: list[str] = []
        for load in loads:
            versions += load.read(ARTICLES, ["article_version_id"])["article_version_id"].to_pylist()
            for table, column in ((DOCUMENTS, "article_version_id"), (EXTRACTIONS, "article_version_id")):
                pointed = {i for i in load.read(table, [column])[column].to_pylist() if i}
                assert pointed <= set(versions), "a load points at what the warehouse does not hold"
            assert load.manifest()["tables"] == {t.name: load.held(t) for t in landing.TABLES.values()}
        assert len(versions) == len(set(versions))
        history = self.landing.known().history
        for held in history.values():
            moments = [version.version_at for version in held]
            assert moments == sorted(moments)


@pytest.mark.parametrize("seed", range(16))
def test_any_history_ends_as_one_go(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    lived = History(tmp_path / "lived", monkeypatch, rng)
    for _ in range(rng.randint(5, 25)):
        lived.step()
    lived.settle()
    lived.check()
    fresh = History(tmp_path / "fresh", monkeypatch, rng)
    shutil.copytree(lived.inbox, fresh.inbox, dirs_exist_ok=True)
    fresh.night()
    fresh.check()
    assert lived.current() == fresh.current()
    assert lived.told() == fresh.told()
    joined = lived.resolved()
    assert joined[EVENTS.name] or not lived.landing.committed()
    shutil.rmtree(lived.landing.root / "resolved", ignore_errors=True)
    (lived.settings.state_dir / "resolve.sqlite").unlink(missing_ok=True)
    lived.resolve()
    assert lived.resolved() == joined, "what was joined run by run is what is joined at once"
    before = [load.load_id for load in lived.landing.all_loads()]
    lived.night()
    assert [load.load_id for load in lived.landing.all_loads()] == before, "a second run changes nothing"
