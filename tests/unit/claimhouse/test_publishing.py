from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from claimhouse import publishing
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


@pytest.mark.parametrize(("facts", "threads"), [(0, "1"), (40_000, "1"), (60_000, "2")])
def test_a_second_thread_is_for_many_facts(tmp_path: Path, facts: int, threads: str) -> None:
    settings = Settings(data_dir=tmp_path)
    committed(Landing(settings.landing_dir), facts)
    publisher = Publisher(settings)
    assert publisher.dbt_environment["CLAIMHOUSE_DUCKDB_THREADS"] == threads
    assert publisher.candidate_config["threads"] == threads


def test_memory_is_what_the_setting_says(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, duckdb_memory="2.5 GB")
    assert Publisher(settings).dbt_environment["CLAIMHOUSE_DUCKDB_MEMORY"] == "2.5 GB"


@pytest.mark.parametrize("wrong", ["2", "lots", "-1GB", "2GB; drop"])
def test_memory_must_be_said_as_duckdb_wants_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="duckdb_memory"):
        Settings(data_dir=tmp_path, duckdb_memory=wrong)


def published(publisher: Publisher, tmp_path: Path, loads: list[Load], models: str | None = None) -> None:
    """Publish a file that lists the loads and holds none of their rows, as loads without rows have it."""
    candidate = tmp_path / "candidate.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        listed = [load.load_id for load in loads]
        connection.execute("create table ops_loads as select unnest(?) as load_id, 'published' as state", [listed])
        digest = models or publisher._digest
        connection.execute("create table ops_warehouse as select 'models_digest' as key, ? as value", [digest])
        connection.execute("create table ops_documents (load_id varchar, document_id varchar)")
    PublishedFile(publisher.warehouse_path).replace_with(candidate)


@pytest.mark.parametrize("models", [None, "older"])
def test_a_published_load_whose_files_are_gone_is_refused_before_anything_is_read(
    tmp_path: Path, models: str | None
) -> None:
    settings = Settings(data_dir=tmp_path)
    landing, publisher = Landing(settings.landing_dir), Publisher(settings)
    lost, other = committed(landing, 1), committed(landing, 1)
    publisher.refuse_lost()
    published(publisher, tmp_path, [lost, other], models)
    publisher.refuse_lost()
    shutil.move(lost.path, tmp_path / "elsewhere")
    told = rf"{lost.load_id} .*Put them back.*claimhouse loads drop {lost.load_id}"
    for ask in (publisher.refuse_lost, publisher.plan):
        with pytest.raises(LostLoadError, match=told):
            ask()
    shutil.move(tmp_path / "elsewhere", lost.path)
    publisher.refuse_lost()
    shutil.move(lost.path, tmp_path / "elsewhere")
    landing.left_out.write(lost.load_id, "dropped", "its files were lost")
    publisher.refuse_lost()
    assert [load.load_id for load in publisher.plan().loads] == [other.load_id]


def test_a_lost_manifest_is_written_anew_where_the_files_hold_what_is_published(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data_dir=tmp_path)
    landing, publisher = Landing(settings.landing_dir), Publisher(settings)
    load = committed(landing, 0)
    published(publisher, tmp_path, [load])
    (load.path / "manifest.json").unlink()
    publisher.refuse_lost()
    assert f"the manifest of load {load.load_id} was gone" in caplog.text
    assert landing.unfinished() == [], "nothing new may be put into a load that was published"
    assert load.manifest()["documents_read"] == 0
    (load.path / "manifest.json").unlink()
    settings.warehouse_path.chmod(0o644)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute("insert into ops_documents values (?, 'd')", [load.load_id])
    shutil.move(settings.warehouse_path, tmp_path / "candidate.duckdb")
    PublishedFile(settings.warehouse_path).replace_with(tmp_path / "candidate.duckdb")
    with pytest.raises(LostLoadError, match=f"some of them are gone .*claimhouse loads drop {load.load_id}"):
        publisher.refuse_lost()


def test_another_test_of_what_is_built_is_another_project_and_makes_no_other_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("models/marts/claims.sql", "tests/generic/in_order.sql"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("select 1", encoding="utf-8")
    monkeypatch.setattr(publishing, "DBT_DIR", tmp_path)
    models, project = publishing.models_digest(), publishing.project_digest()
    (tmp_path / "tests/generic/in_order.sql").write_text("select 2", encoding="utf-8")
    assert publishing.models_digest() == models
    assert publishing.project_digest() != project
    (tmp_path / "models/marts/claims.sql").write_text("select 2", encoding="utf-8")
    assert publishing.models_digest() != models
