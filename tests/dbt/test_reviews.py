"""Reviews of pairs: found again over rebuilds and new extractions, and what they do to what readers see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads
from landing_stories import denies, holds
from typer.testing import CliRunner

from claimhouse.cli.commands import app
from claimhouse.reviewing import pairs, precision_by_rule, write_review
from claimhouse.reviews import ReviewError, load_reviews, review_rows
from ingest.settings import Settings, settings

SHOWN = "select relation_id from relations order by 1"
BELOW = "select relation_id from relations_below order by 1"
DISPUTES = "select sum(dispute_count) from events"


MODELS = ("relation_reviews", "relations", "relations_below", "events", "fct_claims")
# what changes where nothing but the file of reviews has
REVIEWS_ONLY = ("--select", "int_relation_reviews", "relation_reviews")


class House:
    """A candidate that is built with a file of reviews, and asked as a published one."""

    def __init__(self, root: Path, dbt: Dbt) -> None:
        self.dbt, self.loads = dbt, Loads(root / "loads")
        self.settings = Settings(data_dir=root)
        self.settings.warehouse_path.symlink_to(dbt.candidate)
        self._rows = root / "reviews.json"

    def build(self, *loads: Path, select: tuple[str, ...] = ("--exclude-resource-type", "test"), **more: Any) -> None:
        self._rows.write_text(json.dumps(review_rows(self.settings.reviews_path)))
        assert not failures(self.dbt.build(list(loads), *select, reviews_file=str(self._rows), **more))

    def column(self, sql: str) -> list[Any]:
        return [row[0] for row in self.dbt.query(sql)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> House:
    """Two articles that contradict each other, without a review."""
    root = tmp_path_factory.mktemp("reviews")
    made = House(root, Dbt(root / "candidate.duckdb", dbt_work))
    made.build(made.loads.add([holds(), denies()]), models=MODELS)
    return made


def test_what_is_rejected_is_hidden_and_what_is_taken_back_is_shown_again(house: House) -> None:
    shown, disputes = house.column(SHOWN), house.column(DISPUTES)
    assert shown
    with pytest.raises(ReviewError):
        write_review(house.settings, "no such pair", "rejected")
    pair = pairs(house.settings)[0]
    write_review(house.settings, pair.relation_id, "rejected", note="another week")
    assert pair.relation_id not in {p.relation_id for p in pairs(house.settings)}
    house.build(select=REVIEWS_ONLY)
    assert pair.relation_id in house.column(BELOW)
    assert sorted({*house.column(SHOWN), pair.relation_id}) == shown
    assert house.column(DISPUTES) == [disputes[0] - 1]
    found = house.dbt.query("select relation_id, verdict, note, found_by from relation_reviews")
    assert found == [(pair.relation_id, "rejected", "another week", "same")]
    assert precision_by_rule(house.settings.warehouse_path).rows[0][2:6] == (1, 0, 1, "0.00")

    write_review(house.settings, pair.relation_id, "withdrawn")
    house.build(select=REVIEWS_ONLY)
    assert (house.column(SHOWN), house.column(BELOW), house.column(DISPUTES)) == (shown, [], disputes)

    write_review(house.settings, pair.relation_id, "accepted")
    house.build(select=REVIEWS_ONLY, least_confidence=1.0)
    assert (house.column(SHOWN), house.column(DISPUTES)) == ([pair.relation_id], [1])


def test_the_command_shows_both_sentences_and_takes_a_note(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(house.settings.data_dir))
    settings.cache_clear()
    try:
        listed = CliRunner().invoke(app, ["review", "--list", "--again"])
        assert listed.exit_code == 0, listed.output
        asked = ["review", "--again", "--by", "desk"]
        done = CliRunner().invoke(app, asked, input="perhaps\nn  not of one day\nq\n")
        assert done.exit_code == 0, done.output
        assert "[Vovchansk is in" in done.output
        assert "begin with y or n" in done.output
        [review] = load_reviews(house.settings.reviews_path)
        assert (review.verdict, review.note, review.reviewer) == ("rejected", "not of one day", "desk")
        relation_id = house.column(SHOWN)[0]
        again = CliRunner().invoke(app, ["review", "--reject", relation_id, "--note", "two weeks"])
        assert again.exit_code == 0, again.output
        assert [(r.verdict, r.note) for r in load_reviews(house.settings.reviews_path)] == [("rejected", "two weeks")]
        wrong = CliRunner().invoke(app, ["review", "--reject", "nothing"])
        assert wrong.exit_code == 1
        assert "there is no pair nothing" in wrong.output
    finally:
        settings.cache_clear()


def test_a_review_is_found_again_in_an_edited_text(house: House) -> None:
    house.build(house.loads.add([holds(is_edited=True)]), models=MODELS)
    assert house.dbt.query("select verdict, found_by from relation_reviews") == [("rejected", "words")]
    [relation_id] = house.column("select relation_id from relation_reviews")
    assert relation_id in house.column(BELOW)
    assert relation_id not in house.column(SHOWN)
