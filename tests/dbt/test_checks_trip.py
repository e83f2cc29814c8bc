"""Every data test of the models fails on bad data, and on none that is good.

The tests are those that a refresh asks, compiled; over a warehouse that is built each case then spoils the warehouse
inside a transaction, runs the test and rolls back. A data test without a case fails here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads, Text, write_checks
from landing_stories import TOLL, denies, holds, remark, toll

from claimhouse.data_tests import data_tests
from ingest.records import Link
from orchestration.dbt import compiled_project

# What spoils the data for a test: {table} and {column} are those of the test. Where several tests of
# one kind need different things, the name of the test says which.
SPOILING: dict[str, str] = {
    "unique": "INSERT INTO {table} SELECT * FROM {table} LIMIT 1",
    "unique_over_loads": "INSERT INTO {table} SELECT * FROM {table} LIMIT 1",
    "complete_and_unique": "INSERT INTO {table} SELECT * FROM {table} LIMIT 1",
    "evidence_matches_text": "UPDATE {table} SET {exact_column} = {exact_column} || '!'",
    "content_matches_text": "UPDATE {table} SET content_spans = [{{'start': 0, 'end': 3, 'text': 'no'}}]",
    "codes_are_listed": "DELETE FROM code_lists",
    "nothing_lost": "DELETE FROM {table}",
    "counts_agree": "DELETE FROM {table}",
    "closed_with_reason": "UPDATE {table} SET is_current = NOT is_current",
    "one_current": "UPDATE {table} SET {per} = 'same'",
    "in_order": "UPDATE {table} SET {first} = {larger}, {second} = {smaller}",
    "within": "UPDATE {table} SET {column} = {high} + 1",
    "points_at": "UPDATE {table} SET {column} = 'nowhere'",
    "sums_agree": "UPDATE {table} SET documents_read = documents_read + 1",
    "manifest_agrees": "UPDATE {table} SET claims = claims + 1",
    "rules_are_listed": "DELETE FROM dim_rules",
    "statements_are_current": "UPDATE dim_article_versions SET is_current = false",
    "has_reason": "UPDATE {table} SET reason = NULL",
}


_PLACE = ("version_id", "article_id", "start", "end", "words")


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> tuple[dict[str, Any], Path]:
    """Every data test, compiled, by name, and the warehouse that they passed on."""
    root = tmp_path_factory.mktemp("trip")
    first = denies()
    answer = Link(kind="claim", index=2, rule_id="answers.same_matter", role="answer")
    object.__setattr__(first.facts.claims[0], "links", (*first.facts.claims[0].links, answer))
    copied = {"copy_group_id": first.article_version_id, "copy_of_version_id": first.article_version_id}
    copy = Text("copied", first.text, values={**copied, "copy_kind": "exact", "copy_share": 1.0})
    tolls = [toll(name, TOLL, 9, date(2026, 2, 24), name) for name in ("Kharkiv Courier", "Other Paper")]
    load = Loads(root / "loads").add(
        [holds(), first, copy, *tolls, remark("remark", date(2026, 2, 25), "Dnipro Gazette")],
        rejected=[("broken.bin", "binary")],
        duplicates=[("copy.txt", holds())],
    )
    write_checks(root / "checks", "run1", "load", [{}])
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    # some relations are shown and some are below it
    build = dbt.build([load], "--exclude-resource-type", "test", checks_dir=root / "checks", least_confidence=0.83)
    assert not failures(build)
    reviews = root / "reviews.json"
    reviews.write_text(json.dumps([_review_of_a_pair(dbt)]), encoding="utf-8")
    reviewed = ("--select", "int_relation_reviews", "relation_reviews")
    assert not failures(dbt.build([], *reviewed, reviews_file=str(reviews), least_confidence=0.83))
    return {
        test["name"]: test for tests in data_tests(compiled_project().manifest).values() for test in tests
    }, dbt.candidate


def _review_of_a_pair(dbt: Dbt) -> dict[str, Any]:
    columns = ["kind", "axis", "rule_id", *(f"{end}_{name}" for end in ("earlier", "later") for name in _PLACE)]
    (row,) = dbt.query(f"SELECT {', '.join(columns)} FROM relations ORDER BY relation_id LIMIT 1")
    pair = dict(zip(columns, row, strict=True))
    return {**pair, "review_id": "r1", "verdict": "accepted", "reviewed_at": "2026-03-01T10:00:00+00:00"}


@pytest.fixture
def warehouse(tested: tuple[dict[str, Any], Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(tested[1])
    connection.execute("BEGIN")
    yield connection
    connection.execute("ROLLBACK")
    connection.close()


def spoil(connection: duckdb.DuckDBPyConnection, test: Any) -> None:
    arguments = {k: str(v) for k, v in test["test_metadata"]["kwargs"].items()}
    table = test["attached_node"].rsplit(".", 1)[-1]
    schema = "intermediate" if table.startswith("int_") else "main"
    is_date = "date" in arguments.get("first", "")
    values = {
        **arguments,
        "table": f"{schema}.{table}",
        "column": test["column_name"],
        "larger": "DATE '2026-02-02'" if is_date else "2",
        "smaller": "DATE '2026-01-01'" if is_date else "1",
    }
    connection.execute(SPOILING[test["test_metadata"]["name"]].format_map(values))


def test_every_data_test_trips_on_bad_data(
    tested: tuple[dict[str, Any], Path], warehouse: duckdb.DuckDBPyConnection
) -> None:
    tests, _ = tested
    assert len(tests) > 80
    assert {t["test_metadata"]["name"] for t in tests.values()} == set(SPOILING)
    asleep = []
    for name, test in tests.items():
        assert test["config"]["severity"].lower() == "error", f"{name} would not stop a load"
        assert not warehouse.execute(test["compiled_code"]).fetchall(), f"{name} fails on good data"
        spoil(warehouse, test)
        if not warehouse.execute(test["compiled_code"]).fetchall():
            asleep.append(name)
        warehouse.execute("ROLLBACK")
        warehouse.execute("BEGIN")
    assert not asleep


def test_a_member_in_doubt_is_below_and_not_among_those_that_are_shown(warehouse: duckdb.DuckDBPyConnection) -> None:
    told = "SELECT publisher FROM {} INNER JOIN fct_event_mentions USING (event_mention_id) WHERE publisher LIKE 'D%'"
    assert warehouse.execute(told.format("event_members_below")).fetchall() == [("Dnipro Gazette",)]
    assert warehouse.execute(told.format("event_members")).fetchall() == []


BAD_ROWS = {
    "evidence before the text": ("fct_figures", "UPDATE fct_figures SET char_start = -1", "evidence_matches_text"),
    "evidence one code point off": (
        "fct_locations",
        "UPDATE fct_locations SET char_start = char_start + 1, char_end = char_end + 1",
        "evidence_matches_text",
    ),
    "evidence counted in UTF-16": (
        "fct_claims",
        # the title of the first article holds one character outside the basic plane
        "UPDATE fct_claims SET char_start = char_start + 1, char_end = char_end + 1 WHERE speaker_side = 'UA'",
        "evidence_matches_text",
    ),
    "evidence without its article": ("fct_dates", "DELETE FROM dim_article_versions", "evidence_matches_text"),
    "a claim without content": ("fct_claims", "UPDATE fct_claims SET content_spans = []", "content_matches_text"),
    "a speaker without a place in the text": (
        "fct_claims",
        "UPDATE fct_claims SET speaker_start = NULL WHERE speaker_exact IS NOT NULL",
        "speaker_matches_text",
    ),
    "an article that vanished": ("ops_load_sources", "UPDATE ops_load_sources SET articles_loaded = 1", "sums_agree"),
    "a rejected document more than the manifest knows": (
        "ops_loads",
        "UPDATE ops_load_sources SET rejected = rejected + 1",
        "manifest_agrees",
    ),
    "a fact closed before it was recorded": (
        "fct_claims",
        "UPDATE fct_claims SET superseded_at = '2001-01-01', superseded_by_load_id = load_id, is_current = false",
        "closed_with_reason",
    ),
    "a code without a meaning": ("code_lists", "UPDATE code_lists SET meaning = NULL", "complete_and_unique"),
    "two current extractions of one text": (
        "ops_extractions",
        "INSERT INTO ops_extractions SELECT * REPLACE ('other' AS extraction_id) FROM ops_extractions",
        "one_current",
    ),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_bad_rows_are_caught(
    case: str, tested: tuple[dict[str, Any], Path], warehouse: duckdb.DuckDBPyConnection
) -> None:
    table, spoiling, kind = BAD_ROWS[case]
    [test] = [
        t for name, t in tested[0].items() if name.startswith(kind) and t["attached_node"].split(".")[-1] == table
    ]
    assert not warehouse.execute(test["compiled_code"]).fetchall()
    warehouse.execute(spoiling)
    assert warehouse.execute(test["compiled_code"]).fetchall()


def test_a_row_that_breaks_a_rule_is_told(tmp_path: Path, dbt: Dbt) -> None:
    text = denies()
    location = text.facts.locations[0]
    object.__setattr__(location, "exact", "somewhere")
    statuses = dbt.build([Loads(tmp_path / "loads").add([text])])
    assert list(failures(statuses)) == ["evidence_matches_text_fct_locations_char_end__exact__char_start"]
