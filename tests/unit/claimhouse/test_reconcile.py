"""A warehouse against the loads: any row too few, too many or exchanged is seen, of whatever table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from claimhouse.publishing import DBT_DIR
from claimhouse.reconcile import differences, holders, is_held
from ingest.landing import INGEST, Landing, Load
from ingest.records import Facts
from ingest.tables import ARTICLES, DOCUMENTS, EXTRACTED, TABLES, identity, rows_of_facts

COLUMNS = {
    model["name"]: {column["name"] for column in model["columns"]}
    for path in (DBT_DIR / "models" / "marts").glob("*.yml")
    for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
}


@pytest.mark.parametrize("name", TABLES)
def test_every_landed_table_is_held_by_the_warehouse(name: str) -> None:
    found = holders(TABLES[name], COLUMNS)
    assert found
    for holder in found:
        assert {"load_id", TABLES[name].key} <= COLUMNS[holder]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    landing = Landing(tmp_path)
    load = landing.begin(INGEST)
    articles, documents, facts = [], [], {t.name: [] for t in EXTRACTED}
    for i in range(3):
        version = identity("text", i)
        article = {c.name: None for c in ARTICLES.columns if c.name not in ("load_id", "recorded_at")}
        article |= dict.fromkeys(("article_id", "text_sha256", "uri", "text", "copy_group_id"), version)
        article |= {"article_version_id": version, "source": "s", "char_count": 1, "change_kind": "new", "warnings": ""}
        articles.append(article)
        document = {c.name: None for c in DOCUMENTS.columns if c.name not in ("load_id", "recorded_at")}
        document |= dict.fromkeys(("document_id", "uri", "file_uri", "fingerprint"), version)
        documents.append({**document, "source": "s", "outcome": "loaded", "fetched_at": load.recorded_at})
        nothing = Facts(claims=[], figures=[], dates=[], locations=[])
        for table, rows in rows_of_facts(nothing, version, "v1").items():
            facts[table] += rows
    load.write_documents(0, documents, articles)
    load.write_facts(0, facts)
    load.commit({})
    return load


@pytest.fixture
def warehouse(load: Load) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in TABLES.values():
            (holder, *_) = holders(table, COLUMNS)
            connection.register("landed", load.read(table, ["load_id", table.key]))
            connection.execute(f"create table if not exists {holder} as select * from landed")
        yield connection


def test_a_warehouse_that_holds_the_loads_differs_in_nothing(warehouse: duckdb.DuckDBPyConnection, load: Load) -> None:
    assert differences(warehouse, [load]) == []
    (load.path / "manifest.json").unlink()
    assert is_held(warehouse, load)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("drop table ops_documents", "documents of load {}: 0 rows instead of 3"),
        ("delete from dim_article_versions where rowid = 0", "articles of load {}: 2 rows instead of 3"),
        ("insert into ops_extractions select * from ops_extractions limit 1", "extractions of load {}: 4 rows instead"),
        ("update ops_documents set document_id = 'x' where rowid = 1", "documents of load {}: 3 rows, but not those"),
        ("update ops_extractions set load_id = 'other'", "extractions of load other: 3 rows instead of 0"),
    ],
)
def test_what_differs_is_told(warehouse: duckdb.DuckDBPyConnection, load: Load, spoil: str, told: str) -> None:
    warehouse.execute(spoil)
    assert any(told.format(load.load_id) in str(d) for d in differences(warehouse, [load]))
    assert not is_held(warehouse, load)


def test_a_load_that_nobody_lists_is_a_difference(warehouse: duckdb.DuckDBPyConnection, load: Load) -> None:
    assert {d.table for d in differences(warehouse, [])} == {"documents", "articles", "extractions"}
    assert {d.load_id for d in differences(warehouse, [])} == {load.load_id}


def test_a_manifest_of_an_older_program_is_counted_from_the_files(
    warehouse: duckdb.DuckDBPyConnection, load: Load
) -> None:
    path = load.path / "manifest.json"
    import json

    manifest = json.loads(path.read_text())
    del manifest["tables"]
    path.write_text(json.dumps(manifest))
    assert differences(warehouse, [load]) == []
