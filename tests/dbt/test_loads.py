"""Loads in, warehouse out: facts are added and closed, and a load given twice changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from dbt_runs import Dbt, failures
from landing_factory import BASE_TIME, Loads, write_checks
from landing_stories import denies, holds

FIRST = BASE_TIME.replace(tzinfo=None)
SECOND = FIRST + timedelta(minutes=1)
THIRD = FIRST + timedelta(minutes=2)

FACTS = (
    *("fct_claims", "fct_figures", "fct_dates", "fct_locations", "fct_claim_chain"),
    *("fct_event_mentions", "fct_event_arguments"),
)
BRIDGES = (
    *("bridge_claim_figures", "bridge_claim_dates", "bridge_claim_locations"),
    *("bridge_claim_event_mentions", "bridge_event_mention_figures"),
)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> tuple[Dbt, list[Path], Path]:
    """Three loads, each taken in by a run of its own: two articles, an edited one, a newer extraction."""
    # an apostrophe ends no string, and brackets and stars stand for themselves
    root = tmp_path_factory.mktemp("story") / "it's [2025] *"
    root.mkdir()
    loads = Loads(root / "loads")
    first = loads.add([holds(), denies()], rejected=[("broken.bin", "binary")], duplicates=[("copy.txt", holds())])
    second = loads.add([holds(is_edited=True)])
    third = loads.add(
        again=[holds(is_edited=True, rule_count=1), denies()], extractor_version="2", errors={"denies": "broke"}
    )
    write_checks(root / "checks", "run1", "load", [{}, {"is_passed": False, "failed_rows": 3}])
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    # the tests of the models run on the last of them
    assert not failures(dbt.build([first], "--exclude-resource-type", "test", checks_dir=root / "checks"))
    write_checks(root / "checks", "run1", "warehouse", [{}])
    assert not failures(dbt.build([second], "--exclude-resource-type", "test", checks_dir=root / "checks"))
    assert not failures(dbt.build([third], checks_dir=root / "checks"))
    return dbt, [first, second, third], root / "checks"


def test_the_version_before_is_closed_and_kept(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, loads, _ = story
    rows = dbt.query(
        "SELECT exact, recorded_at, superseded_at, superseded_by_load_id, is_current"
        " FROM fct_figures ORDER BY recorded_at, superseded_at"
    )
    assert rows == [
        ("About 40", FIRST, SECOND, loads[1].name, False),
        ("About 55", SECOND, THIRD, loads[2].name, False),
        ("About 55", THIRD, None, None, True),
    ]


def test_a_newer_extraction_takes_the_place_of_the_older(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    current = (
        "SELECT content, extractor_version FROM fct_claims WHERE is_current AND speaker_side = 'UA' ORDER BY content"
    )
    assert dbt.query(current) == [("Vovchansk is in our hands", "2"), ("we are leaving", "1")]


def test_a_failed_extraction_takes_the_place_of_none(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    rows = dbt.query("SELECT extractor_version, error, is_current FROM ops_extractions WHERE error IS NOT NULL")
    assert rows == [("2", "broke", True)]
    assert dbt.query("SELECT count(*) FROM fct_claims WHERE is_current AND publisher = 'Belgorod Herald'") == [(3,)]


def test_what_was_held_at_a_moment_can_be_asked(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    as_of = (
        "SELECT string_agg(exact, ';' ORDER BY exact) FROM fct_figures"
        " WHERE recorded_at <= $1 AND coalesce(superseded_at, 'infinity') > $1"
    )
    assert [dbt.query(as_of, moment) for moment in (FIRST, SECOND, THIRD)] == [
        [("About 40",)],
        [("About 55",)],
        [("About 55",)],
    ]


def test_all_facts_of_a_text_are_closed_together(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    for table in (*FACTS, *BRIDGES):
        wrong = dbt.query(
            f"SELECT count(*) FROM {table} AS fact JOIN ops_extractions AS extraction"
            " USING (article_version_id, extractor_version)"
            " WHERE fact.superseded_at IS DISTINCT FROM extraction.superseded_at"
        )
        assert wrong == [(0,)], table
        assert dbt.query(f"SELECT count(*) > 0 FROM {table} WHERE superseded_at IS NOT NULL") == [(True,)], table


def test_dimensions_sum_up_what_is_current(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    assert dbt.query("SELECT actor, role, side, claim_count FROM dim_actors ORDER BY actor") == [
        ("Anton Hrytsenko", "spokesman", "UA", 1),
        ("Hrytsenko", None, "UA", 1),
        ("Igor Belov", None, "RU", 2),
    ]
    assert dbt.query("SELECT title, version_count, claim_count FROM dim_articles ORDER BY title") == [
        ("Moscow rejects report", 1, 3),
        ("Vovchansk is ours 🙂, spokesman says", 2, 1),
    ]
    assert dbt.query("SELECT place, country, kind FROM dim_places") == [("Vovchansk", "UA", "settlement")]
    assert dbt.query("SELECT count(*) FROM dim_calendar WHERE iso_week = '2026-W09'") == [(7,)]


def test_the_books_of_the_loads(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    rows = dbt.query(
        "SELECT documents_read, articles_loaded, duplicates, rejected FROM ops_load_sources ORDER BY load_id"
    )
    assert rows == [(4, 2, 1, 1), (1, 1, 0, 0)]
    assert dbt.query("SELECT uri, reason FROM ops_rejected") == [("broken.bin", "binary")]
    assert dbt.query("SELECT kind, claims FROM ops_loads ORDER BY load_id") == [
        ("ingest", 5),
        ("ingest", 2),
        ("reextract", 1),
    ]
    assert dbt.query("SELECT stage, is_passed, failed_rows FROM ops_check_results ORDER BY ALL") == [
        ("load", False, 3),
        ("load", True, 0),
        ("warehouse", True, 0),
    ]


def test_who_says_they_hold_it_and_who_denies_it_in_one_query(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    rows = dbt.query(
        """
        SELECT claim.speaker_name, claim.polarity, claim.content
        FROM fct_claims AS claim
        JOIN bridge_claim_locations AS bridge USING (claim_id)
        JOIN fct_locations AS location USING (location_id)
        WHERE location.place = 'Vovchansk' AND claim.topic = 'control' AND claim.is_current
        ORDER BY claim.polarity
        """
    )
    assert rows == [
        ("Anton Hrytsenko", "affirmative", "Vovchansk is in our hands"),
        ("Igor Belov", "negative", "Vovchansk is in Ukrainian hands"),
    ]


def contents(dbt: Dbt) -> dict[str, list[tuple[object, ...]]]:
    tables = dbt.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1")
    return {table: dbt.query(f"SELECT * FROM {table} ORDER BY ALL") for (table,) in tables}


def test_a_load_given_twice_changes_nothing(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, loads, checks_dir = story
    before = contents(dbt)
    again = dbt.copy("again")
    # an old load alone, and then all of them with one twice in the list
    assert not failures(again.build([loads[0]], "--exclude-resource-type", "test", checks_dir=checks_dir))
    assert contents(again) == before
    (listed := again.candidate.with_name("loads.json")).write_text(json.dumps([*map(str, loads), str(loads[2])]))
    assert not failures(again.build(listed, "--exclude-resource-type", "test", checks_dir=checks_dir))
    assert contents(again) == before


def test_all_loads_at_once_give_the_same_warehouse(story: tuple[Dbt, list[Path], Path], dbt: Dbt) -> None:
    one_by_one, loads, checks_dir = story
    assert not failures(dbt.build(loads, checks_dir=checks_dir, test_everything=True))
    assert contents(dbt) == contents(one_by_one)


def test_no_load_and_no_checks_build_an_empty_warehouse(dbt: Dbt, tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    assert not failures(dbt.build([], "--exclude-resource-type", "test", checks_dir=tmp_path / "checks"))
    assert dbt.query("SELECT count(*) FROM fct_claims") == [(0,)]
    assert dbt.query("SELECT count(*) > 150 FROM code_lists") == [(True,)]


def test_tables_and_columns_carry_their_descriptions(story: tuple[Dbt, list[Path], Path]) -> None:
    dbt, _, _ = story
    assert dbt.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND comment IS NULL") == []
    undescribed = dbt.query(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE schema_name = 'main' AND NOT internal AND comment IS NULL"
    )
    assert undescribed == []


def test_unit_tests_of_the_models(story: tuple[Dbt, list[Path], Path]) -> None:
    # they take the columns of their fixtures from tables, so they need a warehouse that is built
    result = story[0].copy("unit").invoke("test", "--select", "test_type:unit")
    assert {str(r.status) for r in result.result} == {"pass"}, [(r.node.name, r.message) for r in result.result]
