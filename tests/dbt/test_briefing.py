"""A briefing reads its records from a tiny warehouse, and each of its statements stands alone."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from pathlib import Path

import duckdb
import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads, Text
from landing_stories import LATER_TOLL, TOLL, denies, holds, toll

from claimhouse.briefing.data import find_scope, read_briefing
from claimhouse.briefing.queries import queries
from claimhouse.briefing.scope import Scope, ScopeError


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> Path:
    root = tmp_path_factory.mktemp("briefing")
    first = toll("toll", TOLL, 9, date(2026, 2, 24), "Kharkiv Courier")
    copied = Text(
        "copied",
        TOLL,
        first.facts,
        values={
            "publisher": "Other Paper",
            "published_date": date(2026, 2, 25),
            "copy_group_id": first.article_version_id,
            "copy_of_version_id": first.article_version_id,
            "copy_kind": "exact",
            "copy_share": 1.0,
        },
    )
    texts = [
        holds(),
        denies(),
        first,
        copied,
        toll("later", LATER_TOLL, 14, date(2026, 2, 26), "Kharkiv Courier"),
    ]
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    assert not failures(dbt.build([Loads(root / "loads").add(texts)], "--exclude-resource-type", "test"))
    with duckdb.connect(str(dbt.candidate)) as connection:
        connection.execute("create or replace table ops_warehouse (key varchar, value varchar)")
    return Path(dbt.candidate)


def test_window_is_the_last_weeks_that_have_claims(warehouse: Path) -> None:
    scope = find_scope(warehouse, weeks=1)
    assert (scope.since, scope.until) == (date(2026, 2, 21), date(2026, 2, 27))
    assert find_scope(warehouse, since=date(2026, 2, 25), until=date(2026, 2, 26)).since == date(2026, 2, 25)


def test_counts_are_those_of_the_articles(warehouse: Path) -> None:
    told = read_briefing(warehouse, find_scope(warehouse))
    assert told.counts.claims == len(told.claims) == sum(d.claims for d in told.days) == 8
    assert told.counts.articles == 5
    # the copied text has one origin, whoever carries it
    assert (told.counts.publishers, told.counts.independent) == (3, 2)
    assert told.counts.negative == 1
    assert {(s.publisher, s.articles, s.copies) for s in told.sources} == {
        ("Kharkiv Courier", 3, 0),
        ("Other Paper", 1, 1),
        ("Belgorod Herald", 1, 1),
    }


def test_contradiction_shows_both_sentences_with_their_parts(warehouse: Path) -> None:
    told = read_briefing(warehouse, find_scope(warehouse, place="Vovchansk", topic="control"))
    assert told.contradictions
    pair = told.contradictions[0]
    assert {pair.earlier.side, pair.later.side} == {"UA", "RU"}
    roles = {p.role: p.text for v in (pair.earlier, pair.later) for p in v.sentence if v.side == "RU"}
    assert (roles["speaker"], roles["cue"], roles["content"]) == (
        "Igor Belov",
        "denied",
        "Vovchansk is in Ukrainian hands",
    )
    assert set(told.contested) >= {pair.earlier.claim_id, pair.later.claim_id}


def test_figures_of_one_thing_come_with_their_revisions(warehouse: Path) -> None:
    (deaths,) = read_briefing(warehouse, find_scope(warehouse, topic="casualties")).things
    assert (deaths.counted, deaths.status, deaths.place) == ("people", "killed", "Vovchansk")
    assert [s.low for s in deaths.statements] == [9, 9, 14]
    assert deaths.statements[-1].revision == "raised"
    assert deaths.statements[-1].low_delta == 5


def test_scopes_narrow_and_unknown_words_are_answered_with_known_ones(warehouse: Path) -> None:
    assert {c.side for c in read_briefing(warehouse, find_scope(warehouse, side="ru")).claims} == {"RU"}
    assert {c.topic for c in read_briefing(warehouse, find_scope(warehouse, topic="casualties")).claims} == {
        "casualties"
    }
    for words, answer in (
        ({"place": "Vovchanks"}, "did you mean Vovchansk"),
        ({"topic": "weather"}, "casualties"),
        ({"side": "XX"}, "RU, UA"),
        ({"since": date(2027, 1, 1)}, "before it begins"),
    ):
        with pytest.raises(ScopeError, match=answer):
            find_scope(warehouse, **words)  # type: ignore[arg-type]


def test_an_empty_window_is_a_briefing_of_nothing(warehouse: Path) -> None:
    told = read_briefing(warehouse, Scope(date(2020, 1, 1), date(2020, 2, 1)))
    assert told.claims == told.mentions == told.days == told.things == told.contradictions == told.sources == ()
    assert sum(astuple(told.counts)) == told.counts.undated == 0


def test_the_sql_on_the_page_gives_the_rows_of_the_page(warehouse: Path) -> None:
    scope = find_scope(warehouse, place="Vovchansk")
    told = read_briefing(warehouse, scope)
    rows = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name, sql in queries(scope).items():
            assert told.queries[name] == sql
            rows[name] = connection.execute(sql).fetchall()
    assert len(rows["claims"]) == len(told.claims) == told.counts.claims
    assert len(rows["mentions"]) == len(told.mentions)
    assert len(rows["contradictions"]) == len(told.contradictions)
    assert len(rows["days"]) == len(told.days)
    assert len(rows["statements"]) == sum(len(t.statements) for t in told.things)
    assert len(rows["contested"]) == len(told.contested)
