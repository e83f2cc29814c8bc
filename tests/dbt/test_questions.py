"""The ten questions run as they are, with every parameter open, and answer from a tiny warehouse.

So does ``claimhouse ask``, which turns what people write into what the warehouse calls it.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads, write_checks
from landing_stories import denies, holds
from typer.testing import CliRunner

from claimhouse.changes import write_changes
from claimhouse.cli.commands import app
from claimhouse.questions import Question, QuestionError, question, questions, resolved
from claimhouse.watching import run_watchlists
from ingest import settings as settings_module
from ingest.home import PROGRAM_DIR


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    root = tmp_path_factory.mktemp("questions")
    loads = Loads(root / "loads")
    given = [loads.add([holds(), denies()], rejected=[("broken.bin", "binary")]), loads.add([holds(is_edited=True)])]
    write_checks(root / "checks", "run1", "load", [{"is_passed": False, "failed_rows": 2, "observed": "two are not"}])
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    assert not failures(dbt.build(given, "--exclude-resource-type", "test", checks_dir=root / "checks"))
    connection = duckdb.connect(dbt.candidate, read_only=True)
    yield connection
    connection.close()


def ask(warehouse: duckdb.DuckDBPyConnection, name: int | str, **given: Any) -> list[dict[str, Any]]:
    asked = question(name)
    answer = warehouse.execute(asked.sql, asked.values(given))
    names = [d[0] for d in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.path.stem)
def test_question_states_its_title_and_parameters(asked: Question, warehouse: duckdb.DuckDBPyConnection) -> None:
    number = asked.name.zfill(2) if asked.name.isdigit() else asked.name
    assert asked.path.stem.split("_")[0] == number
    used = duckdb.extract_statements(asked.sql)[0].named_parameters
    assert {p.name for p in asked.parameters} == used
    warehouse.execute(asked.sql, dict.fromkeys(used))


def test_there_are_ten_by_number_and_two_by_name() -> None:
    assert [q.name for q in questions()] == [*map(str, range(1, 11)), "changes", "responsibility"]
    with pytest.raises(QuestionError, match="1 to 10, changes, responsibility"):
        question(11)


def test_what_is_new_since_the_last_load(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, "changes")
    # the text that was edited tells of another number; who holds the town was said before
    assert [(r["what"], r["who"], r["detail"]) for r in rows if r["what"].startswith("toll")] == [
        ("toll corrected", "Anton Hrytsenko", "present soldiers: 40 to 55")
    ]
    every = ask(warehouse, "changes", since="2026-01-01")
    assert {"denies", "holds", "holds not"} <= {r["what"] for r in every}
    assert len(every) > len(rows)
    assert ask(warehouse, "changes", since="2030-01-01") == []
    assert {r["of_sort"] for r in ask(warehouse, "changes", since="2026-01-01", most=1)} >= {1}


def test_who_holds_the_town(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, 1, place="vovchansk")
    assert [(r["iso_week"], r["holder"], r["is_holding"], r["said_by_side"]) for r in rows] == [
        ("2026-W09", "UA", True, "UA"),
        ("2026-W09", "UA", False, "RU"),
    ]
    assert rows[0]["first_words"] == "Vovchansk is in our hands"
    assert ask(warehouse, 1, place="Vovchansk", until="2026-01-31") == []


def test_what_the_other_side_denied(warehouse: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(warehouse, 2, place="Vovchansk", topic="control")
    assert (row["kind"], row["axis"], row["place"]) == ("denies", "control", "Vovchansk")
    assert (row["claim"], row["denial"]) == ("Vovchansk is in our hands", "Vovchansk is in Ukrainian hands")
    assert {row["claimed_by_side"], row["denied_by_side"]} == {"UA", "RU"}


def test_figures_and_their_revision(warehouse: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(warehouse, 3, thing="soldiers", place="Vovchansk")
    assert (row["newest"], row["newest_voice"], row["voice_count"]) == ("About 55", "Anton Hrytsenko", 1)
    assert (row["lowest"], row["highest"], row["by_voice"]) == (55, 55, "Anton Hrytsenko: About 55")
    steps = ask(warehouse, 5, thing="soldiers")
    assert [(s["revision"], s["low"], s["best_delta"]) for s in steps] == [("first", 40, None), ("corrected", 55, 15)]


def test_near_and_to_one_side(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert ask(warehouse, 7, place="Vovchansk") == []  # who holds a place is no event
    # the same mentions, as if they were of strikes
    [(file,)] = warehouse.execute("select path from duckdb_databases() where path is not null").fetchall()
    shutil.copy(file, tmp_path / "strikes.duckdb")
    with duckdb.connect(tmp_path / "strikes.duckdb") as strikes:
        strikes.execute("update fct_event_mentions set kind = 'strike', polarity = 'affirmative'")
        strikes.execute("update event_members set event_id = event_mention_id")
        strikes.execute("create temp table one as select * from events limit 1")
        strikes.execute("delete from events")
        strikes.execute(
            "insert into events by name select one.* replace (member.event_id as event_id)"
            " from one cross join event_members as member"
        )
        [here] = ask(strikes, 7, place="Vovchansk", km=5)
        assert (here["km_away"], here["bearing"]) == (0, None)
        # the other is reckoned from a distance, north of the town
        assert len(ask(strikes, 7, place="Vovchansk", km=20)) == 2
        [north] = ask(strikes, 7, place="Vovchansk", km=20, direction="N")
        assert 10 < north["km_away"] < 20
        assert ask(strikes, 7, place="Vovchansk", km=20, direction="S") == []
        assert ask(strikes, 7, place="Nowhere") == []


def test_how_deep_the_hearsay_goes(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert ask(warehouse, 9, links=4) == []  # of a claim that tells of no event
    [(claim_id,)] = warehouse.execute("select max(claim_id) from fct_claim_chain where link_count = 4").fetchall()
    [row] = ask(warehouse, 9, claim_id=claim_id)
    assert row["chain"] == "a sergeant → Hrytsenko → Igor Belov → RusWire → Belgorod Herald"
    assert row["link_count"] == 4


def test_what_changed(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, 10)
    assert {(r["what"], r["state"]) for r in rows} == {("check", "fails"), ("rejected", "binary")}


@pytest.fixture
def published(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse where the command line finds it."""
    [(file,)] = warehouse.execute("select path from duckdb_databases() where path is not null").fetchall()
    shutil.copy(file, tmp_path / "claimhouse.duckdb")
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CLAIMHOUSE_GAZETTEER", str(PROGRAM_DIR / "data" / "gazetteer"))
    settings_module.settings.cache_clear()
    yield warehouse
    settings_module.settings.cache_clear()


def said(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["ask", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_ask_without_a_number_lists_the_questions() -> None:
    code, out, _ = said()
    assert code == 0
    for asked in questions():
        assert f"{asked.name}. {asked.title}" in out
    assert "--place (needed)" in out


def test_ask_writes_table_csv_and_json(published: object) -> None:
    code, table, _ = said("1", "--place", "Vovchansk")
    assert code == 0
    assert "holder" in table
    assert "Anton Hrytsenko" in table
    assert "claim id" not in table
    rows = list(csv.DictReader(io.StringIO(said("1", "--place", "Vovchansk", "-f", "csv")[1])))
    assert [r["said_by_side"] for r in rows] == ["UA", "RU"]
    assert len(rows[0]["claim_id"]) == 16
    [step] = json.loads(said("5", "--thing", "soldiers", "-f", "json", "--limit", "1")[1])
    assert step["revision"] == "first"
    assert said("3", "--side", "UA", "--since", "2026-03-01")[1].endswith("nothing found\n")
    code, out, _ = said("3", "--sql")
    assert (code, out) == (0, question(3).sql)


def test_ask_says_how_much_it_left_out(published: object) -> None:
    assert "1 of 2 rows" in said("5", "--limit", "1")[1]
    assert "rows;" not in said("5")[1]


def test_a_place_is_found_by_the_spellings_of_articles_and_gazetteer(published: object) -> None:
    code, out, note = said("1", "--place", "vovchansk", "-f", "csv")
    assert (code, note) == (0, "")
    other = said("1", "--place", "Volchansk", "-f", "csv")
    assert other[:2] == (0, out)
    assert "'Volchansk' is taken for 'Vovchansk'" in other[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1", "--place", "Vovchanks"], "did you mean Vovchansk?"),
        (["1", "--place", "Kinshasa"], "nothing is said of Kinshasa (CD) here"),
        (["1", "--place", "Xyzzyville"], "no place here is called 'Xyzzyville'"),
        (["7"], "question 7 needs --place"),
        (["7", "--place", "Vovchansk", "--direction", "up"], "there are N, NE, E"),
        (["1", "--topic", "control"], "takes no --topic; it takes --place, --side, --since, --until"),
        (["2", "--topic", "controls"], "did you mean control?"),
        (["3", "--thing", "soldeirs"], "no counted thing here is 'soldeirs'; did you mean soldiers"),
        (["3", "--side", "XX"], "no side here is 'XX'; did you mean RU or UA?"),
        (["1", "--since", "last week"], "--since wants a day as 2025-11-30"),
        (["8", "--publisher", "Belgorod Heralds"], "did you mean belgorod herald?"),
        (["11"], "there is no question 11; there are 1 to 10"),
    ],
)
def test_ask_says_what_it_cannot_ask_and_what_is_near(published: object, arguments: list[str], message: str) -> None:
    code, out, error = said(*arguments)
    assert (code, out) == (1, "")
    assert message in error


def test_names_are_taken_as_the_warehouse_has_them(warehouse: duckdb.DuckDBPyConnection) -> None:
    given = {"thing": "Soldiers", "status": "PRESENT", "publisher": "kharkiv courier", "direction": "ne", "side": "ua"}
    found, notes = resolved(given, warehouse)
    assert found == {
        "thing": "soldiers", "status": "present", "publisher": "Kharkiv Courier", "direction": "NE", "side": "UA",
    }  # fmt: skip
    assert notes == []


def test_changes_and_matches_of_watchlists_are_written(
    published: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_file = tmp_path / "watch.yml"
    monkeypatch.setenv("CLAIMHOUSE_WATCH_FILE", str(watch_file))
    settings_module.settings.cache_clear()
    settings = settings_module.settings()
    found = write_changes(settings)
    assert found.counts["toll corrected"] == 1
    assert len(list(csv.DictReader(found.path.open(encoding="utf-8", newline="")))) == len(found.result.rows)

    assert run_watchlists(settings).rows == []
    watch_file.write_text(
        "watches: [{name: town, places: [vovchansk], actors: [Hrytsenko]}, {name: other, places: [Lviv]}]"
    )
    first = run_watchlists(settings)
    assert {(row["watch"], row["place"]) for row in first.rows} == {("town", "Vovchansk")}
    lines = list(csv.DictReader(first.path.open(encoding="utf-8", newline="")))
    assert [line["event_id"] for line in lines] == [row["event_id"] for row in first.rows]
    assert run_watchlists(settings).rows == []  # what was looked at is not told again
    shown = CliRunner().invoke(app, ["watch", "--since", "2020-01-01"])
    assert shown.exit_code == 0, shown.output
    assert "Vovchansk" in shown.stdout
    watch_file.write_text("watches: [{name: town, place: Lviv}]")
    wrong = CliRunner().invoke(app, ["watch", "--check"])
    assert (wrong.exit_code, "unknown key" in wrong.stderr) == (1, True)
