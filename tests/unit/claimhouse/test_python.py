"""The warehouse from Python, and the notebook that shows it."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from published import Warehouse as Made
from published import town

import claimhouse as ch
from claimhouse.selections import LISTS, Filters, SelectionError, select
from claimhouse.warehouse import NotAllowedError, NoWarehouseError
from ingest.home import PROGRAM_DIR
from ingest.settings import settings

NOTEBOOK = PROGRAM_DIR / "docs" / "python.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = town(tmp_path_factory.mktemp("python") / "data" / "claimhouse.duckdb")
    made.article("v2", "Borova is in our hands, the governor said.", day=date(2025, 11, 22), publisher="Kurier")
    made.claim("c2", "v2", "Borova is in our hands", speaker_name="the governor", speaker_side="UA", topic="control")
    made.location("l5", "v2", "Borova", "Borova", "g5", admin1="Kharkiv Oblast")
    made.add("bridge_claim_locations", claim_link_id="k2", claim_id="c2", location_id="l5", article_version_id="v2",
             is_current=True)  # fmt: skip
    made.add("events", event_id="e1", kind="leave", place_id="g2", place="Lysychansk", country="UA", voice_count=2,
             admin1="Luhansk Oblast", is_dated=True, dispute_count=1, first_date=date(2025, 11, 17),
             last_date=date(2025, 11, 17), last_published_date=date(2025, 11, 20))  # fmt: skip
    made.add("event_members", event_member_id="em1", event_id="e1", event_mention_id="m2", is_superseded=False)
    made.add("relations", relation_id="r1", kind="contradicts", axis="polarity", event_id="e1", confidence=0.9,
             earlier_voice="a", later_voice="b", later_published_date=date(2025, 11, 20))  # fmt: skip
    made.add(
        "figure_series", figure_series_id="f1", event_id="e1", role="killed", voice="a", change_count=1, step_count=2
    )
    made.add("control_timeline", control_id="t1", place_id="g5", place="Borova", holder="UA", voice="b")
    made.publish(gazetteer=lambda wanted: {703448: ["kiev", "kyiv"]})
    return made


@pytest.fixture
def warehouse(made: Made) -> Iterator[ch.Warehouse]:
    with ch.open(made.path) as opened:
        yield opened


def ids(rows: ch.Rows, key: str) -> list[str]:
    return [row[key] for row in rows]


def test_rows_come_as_frame_arrow_relation_and_dictionaries(warehouse: ch.Warehouse) -> None:
    claims = warehouse.claims(side="ua")
    assert list(claims.df()["claim_id"]) == claims.arrow()["claim_id"].to_pylist() == ["c2", "c1"]
    assert claims.relation().filter("topic = 'control'").aggregate("count(*)").fetchall() == [(2,)]
    assert (len(claims), len(claims.limit(1, 1)), ids(claims.limit(1, 1), "claim_id")) == (2, 1, ["c1"])
    assert ids(claims.limit(5, 1).limit(5), "claim_id") == ["c1"]
    assert "2 rows" in repr(claims)
    assert claims.parameters == {"side": "ua"}
    assert "fct_claims" in claims.sql


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"place": "Kiev"}, ["c1"]),
        ({"place": "Borova"}, ["c2"]),
        ({"speaker": "zelensky"}, ["c1"]),
        ({"actor_id": "p1"}, ["c1"]),
        ({"kind": "leave"}, ["c1"]),
        ({"topic": "strike"}, []),
        ({"publisher": "kurier"}, ["c2"]),
        ({"polarity": "negative"}, []),
        ({"since": "2025-11-21"}, ["c2"]),
        ({"until": date(2025, 11, 21)}, ["c1"]),
        ({"event_id": "e1"}, []),
        ({"speaker": "' or true --"}, []),
    ],
)
def test_claims_are_filtered(warehouse: ch.Warehouse, given: dict[str, Any], found: list[str]) -> None:
    assert ids(warehouse.claims(**given), "claim_id") == found


def test_the_other_lists_are_filtered(warehouse: ch.Warehouse) -> None:
    assert ids(warehouse.event_mentions(place="Lysychansk"), "event_mention_id") == ["m2"]
    assert ids(warehouse.event_mentions(event_id="e1", kind="leave"), "event_mention_id") == ["m2"]
    assert ids(
        warehouse.events(place="Lysychansk", is_disputed=True, since="2025-11-17", until="2025-11-17"), "kind"
    ) == ["leave"]
    assert ids(warehouse.events(is_disputed=False), "kind") == []
    assert ids(warehouse.relations(place="Lysychansk", kind="contradicts", axis="polarity"), "relation_id") == ["r1"]
    assert ids(warehouse.relations(place="Borova"), "relation_id") == []
    assert ids(warehouse.figures(place="Lysychansk", status="killed"), "figure_series_id") == ["f1"]
    assert ids(warehouse.control(place="Borova", side="ua"), "control_id") == ["t1"]


@pytest.mark.parametrize("name", LISTS)
def test_every_filter_of_every_list_runs(made: Made, name: str) -> None:
    values: dict[str, Any] = {"since": date(2025, 1, 1), "until": date(2026, 1, 1), "is_disputed": True}
    with duckdb.connect(str(made.path), read_only=True) as connection:
        for given in Filters.__dataclass_fields__.keys() - {"place"}:
            with suppress(SelectionError):
                selection = select(name, Filters(**{given: values.get(given, "x")}))
                connection.execute(selection.sql, selection.parameters)


def test_what_is_not_there_is_refused(warehouse: ch.Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="no place here is called 'Atlantis'"):
        warehouse.claims(place="Atlantis")
    with pytest.raises(SelectionError, match="events cannot be filtered by topic"):
        select("events", Filters(topic="control"))
    with pytest.raises(NoWarehouseError, match="claimhouse refresh"):
        ch.open(tmp_path / "none.duckdb")
    for wrong in ("drop table fct_claims", "select 1; select 2", "copy fct_claims to '/tmp/x'"):
        with pytest.raises(NotAllowedError):
            warehouse.sql(wrong)
    with pytest.raises(duckdb.Error):
        warehouse.sql("select * from read_text('/etc/hostname')").dicts()


def test_search_questions_sql_and_tables(warehouse: ch.Warehouse) -> None:
    assert [hit.id for hit in warehouse.search("army", records=["event_mention"], since="2025-11-01").hits] == ["m2"]
    found = warehouse.search("army").df()
    assert (found["id"][0], list(found["kinds"][0]), str(found["published_date"].dtype)[:10]) == (
        "m2",
        ["leave"],
        "datetime64",
    )
    assert warehouse.search("helicopters").arrow().column_names == list(found.columns)
    assert warehouse.sql("select count(*) as n from fct_claims where topic = $topic", topic="control").dicts() == [
        {"n": 2}
    ]
    assert warehouse.tables()["fct_claims"] == 2
    assert warehouse.ask(1, place="Borova").dicts() is not None


def test_a_warehouse_without_an_index_is_asked_all_the_same(tmp_path: Path) -> None:
    with ch.open(town(tmp_path / "claimhouse.duckdb").publish(indexed=False)) as opened:
        assert ids(opened.claims(place="kiev"), "claim_id") == ["c1"]


def test_an_open_warehouse_stays_and_reopen_takes_the_new_one(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    opened = ch.open(made.publish())
    made.article("v2", "Nurses reached Borova, the governor said.")
    made.claim("c2", "v2", "Nurses reached Borova")
    made.publish()
    assert (len(opened.claims()), len(opened.search("nurses").hits)) == (1, 0)
    opened.reopen()
    assert (len(opened.claims()), len(opened.search("nurses").hits)) == (2, 1)
    opened.close()


def test_rows_outlive_a_warehouse_that_nobody_keeps(made: Made) -> None:
    rows = ch.open(made.path).claims(place="Borova")
    gc.collect()
    assert len(rows.df()) == 1
    assert ch.open(made.path).claims().relation().aggregate("count(*)").fetchall() == [(2,)]
    with ch.open(made.path) as opened:
        rows = opened.claims()
    with pytest.raises(duckdb.ConnectionException):
        rows.df()


def test_texts_give_their_facts() -> None:
    one, other = ch.extract(["The mayor said two bridges were gone.", "Nothing here."], published="2025-11-27")
    assert one["claims"][0]["speaker"]["text"] == "The mayor"
    assert other["claims"] == []
    with pytest.raises(ValueError, match="colours"):
        list(ch.extract("x", kinds=["colours"]))


def test_importing_it_loads_nothing() -> None:
    heavy = "{'duckdb', 'pyarrow', 'pandas', 'spacy', 'tantivy', 'dagster', 'pydantic'}"
    program = f"import sys, claimhouse; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert ch.__version__
    with pytest.raises(AttributeError):
        _ = ch.nothing


@pytest.fixture
def of_made(made: Made, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings are those of the made house."""
    monkeypatch.setenv("CLAIMHOUSE_GAZETTEER", str(settings().gazetteer_dir))
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(made.path.parent))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("of_made")
def test_the_notebook_runs_in_whatever_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec(compile("".join(cell["source"]), str(NOTEBOOK), "exec"), names)
    assert names["facts"]["claims"]
    assert names["answer"].hits[0].id == "m2"
