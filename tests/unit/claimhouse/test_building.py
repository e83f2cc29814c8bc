"""Which builds are tried, and what becomes of a load that cannot be built."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from claimhouse.building import Builder, BuildError, Outcome
from claimhouse.publishing import Publisher
from ingest.aside import SET_ASIDE
from ingest.landing import INGEST, Landing
from ingest.settings import Settings
from ingest.tables import TABLES


class Yard:
    """A landing of empty loads, and builds that fail for those whose names are in ``bad``."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(data_dir=root)
        self.landing = Landing(self.settings.landing_dir)
        self.publisher = Publisher(self.settings)
        self.bad: set[str] = set()
        self.is_full = False
        self.is_broken = False
        self.spoil: Callable[[duckdb.DuckDBPyConnection], None] | None = None
        self.builds: list[list[str]] = []

    def load(self) -> str:
        load = self.landing.begin(INGEST)
        load.commit({})
        return load.load_id

    def build(self) -> Outcome:
        import json

        loads = [Path(p).name for p in json.loads((self.settings.build_dir / "loads.json").read_text())]
        self.builds.append(loads)
        if self.is_full:
            return Outcome(("fct_claims could not be built: IO Error: No space left on device",), is_of_machine=True)
        if self.is_broken:
            return Outcome(("rule unique of code_lists failed: Got 1 result",))
        if self.bad & set(loads):
            return Outcome(("figure_mentions could not be built: Out of Memory Error",))
        with duckdb.connect(str(self.publisher.candidate_path)) as connection:
            connection.execute(
                "create table if not exists ops_loads"
                " (load_id varchar, kind varchar, sequence bigint, state varchar, state_reason varchar)"
            )
            for name, table in TABLES.items():
                holder = {"documents": "ops_documents", "articles": "dim_article_versions"}.get(name, f"fct_{name}")
                connection.execute(f'create table if not exists {holder} (load_id varchar, "{table.key}" varchar)')
            for load_id in loads:
                connection.execute("insert into ops_loads values (?, 'ingest', 1, 'published', null)", [load_id])
            if self.spoil:
                self.spoil(connection)
        return Outcome()

    def builder(self) -> Builder:
        return Builder(self.publisher, self.landing, self.build, "run")

    def aside(self) -> list[str]:
        return [r.load_id for r in self.landing.left_out.records().values() if r.state == SET_ASIDE]


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    return Yard(tmp_path)


def test_a_build_that_passes_is_the_only_one(yard: Yard) -> None:
    loads = [yard.load() for _ in range(3)]
    assert [load.load_id for load in yard.builder().run()] == loads
    assert yard.builds == [loads]


@pytest.mark.parametrize("place", range(7))
def test_the_load_that_cannot_be_built_is_set_aside_and_the_others_are_built(yard: Yard, place: int) -> None:
    loads = [yard.load() for _ in range(7)]
    yard.bad = {loads[place]}
    built = yard.builder().run()
    assert [load.load_id for load in built] == [x for x in loads if x != loads[place]]
    assert yard.aside() == [loads[place]]
    record = yard.landing.left_out.records()[loads[place]]
    assert "Out of Memory" in record.reason
    assert record.run_id == "run"
    assert len(yard.builds) <= 5, "the trials halve what is left"


def test_a_load_set_aside_is_told_with_the_ways_on(yard: Yard, caplog: pytest.LogCaptureFixture) -> None:
    bad = yard.load()
    yard.bad = {bad}
    with caplog.at_level(logging.WARNING):
        yard.builder().run()
    assert f"claimhouse loads retry {bad}" in caplog.text
    assert f"claimhouse loads drop {bad}" in caplog.text


def test_a_full_disk_is_no_loads_fault(yard: Yard) -> None:
    yard.load()
    yard.is_full = True
    with pytest.raises(BuildError, match="No space left"):
        yard.builder().run()
    assert yard.aside() == []


@pytest.mark.parametrize("loads", [1, 2, 5])
def test_what_fails_without_a_load_too_is_no_loads_fault(yard: Yard, loads: int) -> None:
    for _ in range(loads):
        yard.load()
    yard.is_broken = True
    with pytest.raises(BuildError, match="without any new load too"):
        yard.builder().run()
    assert yard.aside() == []


def test_where_many_loads_fail_the_models_are_at_fault(yard: Yard) -> None:
    yard.bad = {yard.load() for _ in range(12)}
    with pytest.raises(BuildError, match="models may be at fault"):
        yard.builder().run()
    assert yard.aside() == []


def test_a_candidate_that_does_not_hold_what_was_loaded_is_not_published(yard: Yard) -> None:
    load_id = yard.load()
    yard.spoil = lambda connection: connection.execute("insert into fct_claims values ('made-up', 'x')")
    with pytest.raises(BuildError, match=r"claims of load made-up: 1 rows instead of 0"):
        yard.builder().run()
    assert yard.aside() == []
    yard.spoil = None
    assert [load.load_id for load in yard.builder().run()] == [load_id]
