from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from claimhouse.published import PublishedFile
from claimhouse.publishing import LostLoadError, Publisher
from ingest.landing import INGEST, Landing, Load
from ingest.settings import Settings


def committed(landing: Landing, facts: int) -> Load:
    load = landing.begin(INGEST)
    load.commit({"claims": facts, "figures": 0, "dates": 0, "locations": 0})
    return load


@pytest.mark.parametrize(
    ("loads", "memory"),
    [([], "512MB"), ([1_600_000], "512MB"), ([1_600_000, 100_000], "1024MB"), ([10_000_000], "4096MB")],
)
def test_memory_grows_in_steps_with_the_facts(tmp_path: Path, loads: list[int], memory: str) -> None:
    settings = Settings(data_dir=tmp_path)
    for facts in loads:
        committed(Landing(settings.landing_dir), facts)
    assert Publisher(settings).dbt_environment["CLAIMHOUSE_DUCKDB_MEMORY"] == memory


def test_memory_is_what_the_setting_says(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, duckdb_memory="2.5 GB")
    assert Publisher(settings).dbt_environment["CLAIMHOUSE_DUCKDB_MEMORY"] == "2.5 GB"


@pytest.mark.parametrize("wrong", ["2", "lots", "-1GB", "2GB; drop"])
def test_memory_must_be_said_as_duckdb_wants_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="duckdb_memory"):
        Settings(data_dir=tmp_path, duckdb_memory=wrong)


@pytest.mark.parametrize("models", ["the present", "older"])
def test_a_published_load_whose_files_are_gone_is_refused_before_anything_is_read(tmp_path: Path, models: str) -> None:
    settings = Settings(data_dir=tmp_path)
    landing, publisher = Landing(settings.landing_dir), Publisher(settings)
    lost, other = committed(landing, 1), committed(landing, 1)
    candidate = tmp_path / "candidate.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "create table ops_loads as select unnest(?) as load_id, 'published' as state",
            [[lost.load_id, other.load_id]],
        )
        digest = publisher._digest if models == "the present" else models
        connection.execute("create table ops_warehouse as select 'models_digest' as key, ? as value", [digest])
    publisher.refuse_lost()
    PublishedFile(settings.warehouse_path).replace_with(candidate)
    publisher.refuse_lost()
    shutil.move(lost.path, tmp_path / "elsewhere")
    for ask in (publisher.refuse_lost, publisher.plan):
        with pytest.raises(
            LostLoadError, match=rf"{lost.load_id} .*Put them back.*claimhouse loads drop {lost.load_id}"
        ):
            ask()
    shutil.move(tmp_path / "elsewhere", lost.path)
    publisher.refuse_lost()
    shutil.move(lost.path, tmp_path / "elsewhere")
    landing.left_out.write(lost.load_id, "dropped", "its files were lost")
    publisher.refuse_lost()
    assert [load.load_id for load in publisher.plan().loads] == [other.load_id]
