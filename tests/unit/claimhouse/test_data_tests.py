"""dbt's data tests as a refresh asks them: every row that fails is counted, and ten are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from claimhouse.data_tests import broken_rules, data_tests, run_data_tests

_EVEN = 'select id, word from "main"."numbers" where id % 2 = 1'


def node(name: str, sql: str, *reads: str, severity: str = "ERROR") -> dict[str, Any]:
    return {
        "resource_type": "test",
        "name": name,
        "attached_node": "model.numbers",
        "column_name": "id",
        "description": "",
        "compiled_code": sql,
        "config": {"severity": severity},
        "depends_on": {"nodes": ["model.numbers", *reads]},
    }


def manifest(*tests: dict[str, Any]) -> dict[str, Any]:
    models = {"model.numbers": {"resource_type": "model", "name": "numbers"}}
    return {"nodes": {**models, **{f"test.{test['name']}": test for test in tests}}}


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    path = tmp_path / "candidate.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table numbers as select range as id, repeat('x', 1000) as word, now() as made from range(50)"
        )
    return path


def test_tests_stand_with_their_table_in_a_fixed_order() -> None:
    found = data_tests(manifest(node("b", ""), node("a", "")))
    assert {table: [test["name"] for test in tests] for table, tests in found.items()} == {"numbers": ["a", "b"]}


def test_a_broken_rule_is_named_with_its_rows(candidate: Path) -> None:
    told = manifest(node("is_even", _EVEN), node("is_there", "select * from numbers where made is null"))
    broken, kept = run_data_tests(told, candidate, ["model.numbers"], "run", {"memory_limit": "512MB"})
    assert (broken.is_passed, broken.failed_rows, broken.observed) == (False, 25, "25 rows fail")
    sample = json.loads(broken.sample_json)
    assert [row["id"] for row in sample] == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
    assert len(sample[0]["word"]) < 400
    assert (kept.is_passed, kept.failed_rows, kept.severity) == (True, 0, "error")
    (sentence,) = broken_rules([broken, kept])
    assert sentence.startswith("rule is_even of numbers failed: 25 rows fail, as id 1, word xxx")


def test_a_warning_keeps_nothing_out(candidate: Path) -> None:
    found = run_data_tests(manifest(node("odd", _EVEN, severity="warn")), candidate, ["model.numbers"], "run", {})
    assert [(result.severity, result.is_passed) for result in found] == [("warning", False)]
    assert broken_rules(found) == []


def test_a_test_of_what_was_not_built_says_nothing(candidate: Path) -> None:
    told = manifest(node("lost", "select * from nowhere", "model.nowhere"))
    assert run_data_tests(told, candidate, ["model.numbers"], "run", {}) == []


def test_moments_are_kept_as_text(candidate: Path) -> None:
    told = manifest(node("made", "select made, date '2026-01-02' as day, [1, 2] as list from numbers limit 1"))
    (found,) = run_data_tests(told, candidate, ["model.numbers"], "run", {})
    (row,) = json.loads(found.sample_json)
    assert (row["day"], row["list"]) == ("2026-01-02", "[1, 2]")


def test_a_test_that_cannot_be_asked_has_not_passed(candidate: Path) -> None:
    told = manifest(node("wrong", "select no_such_column from numbers"))
    found = run_data_tests(told, candidate, ["model.numbers"], "run", {})
    (sentence,) = broken_rules(found)
    assert sentence.startswith("rule wrong of numbers failed: could not be asked: Binder Error")
