"""The ten questions run as they are, with every parameter open, and answer from a tiny warehouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_runs import PROJECT, Dbt, failures
from landing_factory import Loads, write_checks
from landing_stories import denies, holds

QUESTIONS = sorted((PROJECT / "analyses").glob("*.sql"))


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


def ask(warehouse: duckdb.DuckDBPyConnection, number: int, **given: Any) -> list[dict[str, Any]]:
    sql = QUESTIONS[number - 1].read_text(encoding="utf-8")
    parameters = {name: given.pop(name, None) for name in re.findall(r"\$(\w+)", sql)}
    assert not given, f"question {number} knows no {given}"
    answer = warehouse.execute(sql, parameters)
    names = [d[0] for d in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_question_states_its_title_and_parameters(path: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = path.read_text(encoding="utf-8")
    number = int(path.stem[:2])
    title, *rest = sql.splitlines()
    assert title.startswith(f"-- {number}. ")
    stated = [m[1] for line in rest if (m := re.match(r"-- (\w+) (?:varchar|date|bigint|double): ", line))]
    assert stated == list(dict.fromkeys(re.findall(r"\$(\w+)", sql)))
    ask(warehouse, number)


def test_there_are_ten() -> None:
    assert [int(p.stem[:2]) for p in QUESTIONS] == list(range(1, 11))


def test_who_holds_the_town(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, 1, place="vovchansk")
    assert [(r["iso_week"], r["holder_side"], r["is_held"], r["said_by_side"]) for r in rows] == [
        ("2026-W09", "UA", True, "UA"),
        ("2026-W09", "UA", False, "RU"),
    ]
    assert rows[0]["first_quote"] == "Vovchansk is in our hands"
    assert ask(warehouse, 1, place="Vovchansk", until="2026-01-31") == []


def test_what_the_other_side_denied(warehouse: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(warehouse, 2, place="Vovchansk", topic="control")
    assert (row["kind"], row["axis"]) in {("denies", "control"), ("contradicts", "control")}
    assert {row["claimed_by_side"], row["denied_by_side"]} == {"UA", "RU"}


def test_figures_and_their_revision(warehouse: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(warehouse, 3, thing="soldier", place="Vovchansk")
    assert (row["exact"], row["low"], row["speaker_name"]) == ("About 55", 55, "Anton Hrytsenko")
    steps = ask(warehouse, 5, thing="soldier")
    assert [(s["revision"], s["low"], s["low_delta"]) for s in steps] == [("first", 40, None), ("corrected", 55, 15)]


def test_near_and_to_one_side(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert len(ask(warehouse, 7, place="Vovchansk", km=5)) == 2
    assert ask(warehouse, 7, place="Vovchansk", km=5, direction="N") == []
    assert ask(warehouse, 7, place="Nowhere") == []


def test_how_deep_the_hearsay_goes(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, 9, links=4)
    assert [r["from_name"] for r in rows] == ["a sergeant", "Hrytsenko", "Igor Belov", "RusWire"]
    assert rows[-1]["to_name"] == "Belgorod Herald"


def test_what_changed(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = ask(warehouse, 10)
    assert {(r["what"], r["state"]) for r in rows} == {("check", "fails"), ("rejected", "binary")}
