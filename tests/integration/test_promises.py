"""One house through several nights: the promises, each against the real pipeline.

The tests of this module build on each other, in order: a refresh costs many seconds, and a house
that has lived is the better witness.
"""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hostile import write_hostile
from house import House
from invented import ARTICLES
from spoiler import NEVER_WRITTEN, spoil

from claimhouse import lookups
from ingest.landing import Load
from ingest.tables import CLAIMS, DATES, FIGURES, LOCATIONS

SPOILER = Path(__file__).with_name("spoiler.py")
FACTS = {"fct_claims": "claim_id", "fct_figures": "figure_id", "fct_dates": "date_id", "fct_locations": "location_id"}
READER = """
import sys, time, duckdb
path, stop = sys.argv[1:]
import os
asked = 0
while not os.path.exists(stop):
    with duckdb.connect(path, read_only=True) as c:
        claims, versions = c.execute(
            "select (select count(*) from fct_claims), (select count(*) from dim_article_versions)").fetchone()
        loads = c.execute("select count(*) from ops_loads").fetchone()[0]
        assert claims > 0 and versions > 0 and loads > 0
    asked += 1
    time.sleep(1)
print(asked)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    # nothing that a folder may be called is read as anything else
    house = House(tmp_path_factory.mktemp("house") / "it's [a] house; * {{ 7*7 }}")
    for name, (title, text) in ARTICLES.items():
        house.put(name, text, title)
    return house


def test_first_night_publishes_and_says_what_it_did(house: House) -> None:
    done = house.refresh(is_cold=True)
    assert "Published" in done.stdout
    assert house.rows("select documents_read, articles_loaded, duplicates, rejected from ops_loads") == [(5, 5, 0, 0)]
    assert all(house.rows(f"select count(*) from {table}")[0][0] > 0 for table in FACTS)
    checked = house.rows("select distinct stage from ops_check_results order by 1")
    assert checked == [("load",), ("source",), ("warehouse",)]


def test_each_asset_shows_its_rows(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", house.env["DAGSTER_HOME"])
    with dg.DagsterInstance.get() as instance:
        for key, table in (
            (["fct_claims"], "fct_claims"),
            (["landing", "claims"], "fct_claims"),
            (["ops_loads"], "ops_loads"),
        ):
            event = instance.get_latest_materialization_event(dg.AssetKey(key))
            assert event is not None
            assert event.asset_materialization is not None
            shown = event.asset_materialization.metadata["dagster/row_count"].value
            assert [(shown,)] == house.rows(f"select count(*) from {table}")


def test_published_file_stands_alone(house: House) -> None:
    assert house.rows("select count(*) from duckdb_views() where not internal") == [(0,)]
    schemas = "select schema_name from duckdb_schemas() where not internal and schema_name <> 'main'"
    assert house.rows(schemas + " and database_name = current_database()") == [(lookups.SCHEMA,)]


@pytest.mark.parametrize("table", FACTS)
def test_promise_1_evidence_is_the_text(house: House, table: str) -> None:
    facts = house.rows(
        f"select f.exact, f.char_start, f.char_end, v.text from {table} f"
        " join dim_article_versions v using (article_version_id)"
    )
    assert facts
    for exact, start, end, text in facts:
        assert text[start:end] == exact


def test_promise_3_again_changes_nothing(house: House) -> None:
    before, changed = house.digest(), house.warehouse.stat().st_mtime_ns
    done = house.refresh()
    assert "Nothing new" in done.stdout
    assert (house.digest(), house.warehouse.stat().st_mtime_ns) == (before, changed)
    assert len(house.landing.loads()) == 1


@pytest.mark.timeout(600)
def test_promises_5_and_6_readers_go_on_while_hostile_documents_arrive(house: House, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(house.warehouse), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    before = house.digest()
    try:
        expected = write_hostile(house.inbox)
        title, text = ARTICLES["kyiv/two.txt"]
        house.put("kyiv/two.txt", text.replace("Two people were killed", "Three people were killed"), title)
        house.refresh()
        assert before != house.digest(), "it should have published"
    finally:
        stop.touch()
        told = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0, 0], told
    assert all(int(out) > 5 for out, _ in told)
    assert len(expected) >= 40
    found = dict(house.rows("select uri, outcome from ops_documents where outcome is not null"))
    for uri, what in expected.items():
        assert found.get(uri) in (what.outcome, "duplicate" if what.outcome == "loaded" else None), uri
    rejected = house.rows("select count(*) from ops_rejected")[0][0]
    assert rejected == sum(e.outcome == "rejected" for e in expected.values())
    assert house.rows("select count(*) from ops_rejected where reason is null or detail is null") == [(0,)]
    assert house.rows("select distinct state from ops_loads") == [("published",)]


def test_promise_2_sums_agree_for_each_source_and_load(house: House) -> None:
    by_load = house.rows("select load_id, documents_read, articles_loaded + duplicates + rejected from ops_loads")
    assert all(read == parts for _, read, parts in by_load)
    outcomes = house.rows("select load_id, source, outcome, count(*) from ops_documents group by all")
    assert sum(n for *_, n in outcomes) == sum(read for _, read, _ in by_load)
    loaded = sum(n for *_, outcome, n in outcomes if outcome == "loaded")
    assert house.rows("select count(*) from dim_article_versions") == [(loaded,)]


def test_edited_article_closes_the_facts_of_the_one_before(house: House) -> None:
    versions = house.rows(
        "select version_number, is_current, superseded_at is null from dim_article_versions"
        " where uri = 'kyiv/two.txt' order by 1"
    )
    assert versions == [(1, False, False), (2, True, True)]
    killed = house.rows(
        "select f.low, f.is_current, f.superseded_at is null from fct_figures f"
        " join dim_article_versions v using (article_version_id)"
        " where v.uri = 'kyiv/two.txt' and f.status = 'killed' and f.char_start > 30 order by f.recorded_at"
    )
    assert killed == [(2.0, False, False), (3.0, True, True)]


def test_explain_and_query_read_the_published_file(house: House) -> None:
    found = json.loads(house.run("query", "-f", "json", "select claim_id, exact from fct_claims limit 1").stdout)
    shown = house.run("explain", found[0]["claim_id"]).stdout
    assert f"[{found[0]['exact'][:20]}" in shown.replace("\n", " ")
    assert "rule_id" in shown
    assert "archived document" in shown
    refused = house.run("query", "delete from fct_claims", check=False)
    assert refused.returncode == 1
    assert "only read" in refused.stderr
    places = house.run(
        "query", "-f", "geojson", "select place, lat, lon from fct_locations where lat is not null"
    ).stdout
    assert json.loads(places)["features"][0]["geometry"]["type"] == "Point"


def test_promise_4_a_bad_load_is_not_published(house: House) -> None:
    """The load is spoilt between extraction and checks, as a wrong extractor would spoil it."""
    before = house.digest()
    house.put("kyiv/late.txt", "The mayor of Izium, Petro Hrab, said on Friday that 12 houses were damaged.", "Izium")
    done = house.run("extract", check=False, script=SPOILER)
    assert done.returncode == 1
    assert "evidence" in done.stdout + done.stderr
    assert house.digest() == before
    (bad,) = house.landing.unfinished()
    checks = pa.concat_tables(pq.read_table(p) for p in house.landing.checks_dir.glob("*-load.parquet"))
    failed = checks.filter(pc.and_(pc.equal(checks["load_id"], bad.load_id), pc.invert(checks["is_passed"])))
    errors = failed.filter(pc.equal(failed["severity"], "error")).to_pylist()
    assert [(r["table_name"], r["failed_rows"]) for r in errors]
    assert NEVER_WRITTEN in errors[0]["sample_json"]
    # once the cause is gone the load can be dropped, and its documents come again
    shown = house.run("status").stdout
    assert "evidence" in shown
    assert f"{bad.load_id}.html" in shown
    assert f"claimhouse loads drop {bad.load_id}" in shown
    house.run("loads", "drop", bad.load_id)
    house.refresh()
    assert house.rows("select count(*) from dim_articles where uri = 'kyiv/late.txt'") == [(1,)]
    history = house.rows(f"select count(*) from ops_check_results where load_id = '{bad.load_id}' and not is_passed")
    assert history[0][0] >= 1


def test_promise_4_a_load_that_fails_dbts_tests_is_set_aside(house: House) -> None:
    """The committed files are spoilt behind the checks' back; dbt's own tests must notice."""
    before = house.contents()
    house.put(
        "kyiv/later.txt", "The mayor of Lozova, Anna Brama, said on Friday that 3 schools were damaged.", "Lozova"
    )
    done = house.run("commit", check=False, script=SPOILER)
    assert done.returncode == 1
    bad = house.landing.all_loads()[-1]
    for told in (done.stderr, house.run("status").stdout):
        assert "evidence_matches_text" in told
        assert f"claimhouse loads retry {bad.load_id}" in told
    (aside,) = house.rows("select load_id, state, state_reason from ops_loads where state <> 'published'")
    assert aside[:2] == (bad.load_id, "set_aside")
    assert "evidence_matches_text" in aside[2]
    after = house.contents()
    assert {t: r for t, r in after.items() if t != "ops_loads"} == {t: r for t, r in before.items() if t != "ops_loads"}
    assert "Nothing new" in house.refresh().stdout
    _mend(bad)
    house.run("loads", "retry", bad.load_id)
    house.refresh()
    assert house.rows("select count(*) from dim_articles where uri = 'kyiv/later.txt'") == [(1,)]
    assert house.rows("select distinct state from ops_loads") == [("published",)]


def _mend(load: Load) -> None:
    (path,) = load.parts(CLAIMS)
    first = pq.read_table(path).slice(0, 1).to_pylist()[0]
    (article,) = [
        row for row in load.texts_of_shard(0).to_pylist() if row["article_version_id"] == first["article_version_id"]
    ]
    spoil(path, "exact", article["text"][first["char_start"] : first["char_end"]])


def test_a_published_file_with_holes_is_built_anew(house: House) -> None:
    whole = house.contents()
    house.warehouse.chmod(0o644)
    with duckdb.connect(str(house.warehouse)) as connection:
        connection.execute("delete from fct_claims where rowid % 3 = 0")
        connection.execute("drop table fct_dates")
    done = house.refresh()
    assert "not as it was published" in done.stderr
    assert house.contents() == whole
    assert stat.S_IMODE(house.warehouse.stat().st_mode) == 0o444


def test_one_refresh_at_a_time_and_a_dead_ones_lock_is_free(house: House) -> None:
    hold = (
        "import sys, time\n"
        "from claimhouse.publishing import refresh_lock\n"
        "from ingest.settings import settings\n"
        "with refresh_lock(settings()):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(120)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold], env=house.env, cwd=house.root, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    refused = house.run("refresh", check=False)
    assert refused.returncode == 1
    assert f"process {holder.pid}" in refused.stderr
    holder.kill()
    holder.wait()
    started = time.monotonic()
    house.refresh()
    assert time.monotonic() - started < 60


def test_promise_7_extraction_is_deterministic(house: House, tmp_path: Path) -> None:
    lines = [
        json.dumps({"doc_id": name, "text": f"{title}\n\n{text}", "dct": "2025-11-20"})
        for name, (title, text) in ARTICLES.items()
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    outputs = []
    for seed in ("1", "2"):
        house.env["PYTHONHASHSEED"] = seed
        outputs.append(house.run("extract", str(file), is_cold=True).stdout)
    del house.env["PYTHONHASHSEED"]
    assert outputs[0] == outputs[1]
    documents = [json.loads(line) for line in outputs[0].splitlines()]
    assert [d["doc_id"] for d in documents] == list(ARTICLES)
    landed = {t.name: house.rows(f"select count(*) from fct_{t.name}") for t in (CLAIMS, FIGURES, DATES, LOCATIONS)}
    assert all(landed.values())
