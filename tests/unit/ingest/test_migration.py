"""Houses of older programs: brought up to date, or refused by name."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.files import write_parquet
from ingest.intake import Intake
from ingest.landing import INGEST, Landing
from ingest.migration import VERSION, HouseError, migrate
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import ARTICLES, CLAIM_LINKS, CLAIMS, EXTRACTED, EXTRACTIONS, TABLES

HOUSES = sorted((Path(__file__).parents[2] / "houses").glob("*.tar.xz"))


@pytest.fixture(params=HOUSES, ids=lambda path: path.name)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path


def test_an_older_house_is_brought_up_to_date(house: Path) -> None:
    landing = Landing(house / "data" / "landing")
    before = {load.load_id: pq.read_table(load.parts(CLAIMS)[0]).num_rows for load in landing.committed()}
    assert migrate(landing) == list(before)
    assert [load.sequence for load in landing.committed()] == [1, 2]
    for load in landing.committed():
        for table in TABLES.values():
            assert load.read(table).schema == table.schema
            for column in table.columns:
                assert column.is_nullable or not load.read(table)[column.name].null_count
        manifest = load.manifest()
        assert manifest["claims"] == before[load.load_id] == manifest["tables"]["claims"]["rows"]
        assert {t.name for t in EXTRACTED if t is not EXTRACTIONS} <= manifest.keys()
        articles = load.read(ARTICLES)
        assert articles["copy_group_id"].to_pylist() == articles["article_version_id"].to_pylist()
        assert set(load.read(CLAIM_LINKS)["role"].to_pylist()) == {"event"}
    assert migrate(landing) == []


def test_an_older_house_goes_on(house: Path) -> None:
    settings = Settings(data_dir=house / "data", inbox=house / "inbox", sources_file=house / "sources.yml")
    landing = Landing(settings.landing_dir)
    migrate(landing)
    sources = load_sources(settings.sources_file, settings)
    assert Intake(landing, settings).run(sources).documents_read == 0, "nothing is new to it"
    file = house / "inbox" / "b.txt"
    file.write_text(file.read_text().replace("9 people", "11 people"))
    report = Intake(landing, settings).run(sources)
    assert report.total("loaded") == 1
    assert report.load is not None
    assert report.load.sequence == 3
    assert report.load.read(ARTICLES)["change_kind"].to_pylist() == ["edited"]
    shards = landing.to_reextract("a newer one", None, None)
    assert sum(len(shard["ids"]) for shard in shards) == 2, "its facts can be taken anew"


def test_a_migration_that_is_cut_off_is_gone_on_with(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landing = Landing(house / "data" / "landing")
    left = 2

    def write(path: Path, table: pa.Table) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        write_parquet(path, table)

    monkeypatch.setattr("ingest.migration.write_parquet", write)
    with pytest.raises(KeyboardInterrupt):
        migrate(landing)
    monkeypatch.undo()
    assert migrate(landing)
    assert all(load.read(t).schema == t.schema for load in landing.committed() for t in TABLES.values())


def test_a_house_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    (tmp_path / "schema.json").write_text(json.dumps({"version": VERSION + 1}))
    with pytest.raises(HouseError, match=r"newer Claimhouse .*CLAIMHOUSE_DATA_DIR"):
        migrate(landing)


def test_a_column_that_nothing_can_stand_for_is_refused_by_name(house: Path) -> None:
    landing = Landing(house / "data" / "landing")
    load = landing.committed()[0]
    part = load.parts(CLAIMS)[0]
    write_parquet(part, pq.read_table(part).drop_columns(["polarity"]))
    with pytest.raises(HouseError, match=rf"load {load.load_id} .*claims has no column polarity.*loads drop"):
        migrate(landing)
    assert not (landing.root / "schema.json").exists()


def test_a_new_house_says_its_version(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    assert migrate(landing) == []
    assert json.loads((tmp_path / "schema.json").read_text())["version"] == VERSION
    landing.begin(INGEST).commit({})
    assert migrate(landing) == []
