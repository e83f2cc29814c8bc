"""Generated loads: the same ones each time, committed, and with evidence as an extraction gives it."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.happenings import News
from benchmarks.landed import CLAIMS_AN_ARTICLE, write_load
from ingest.landing import Landing, Load
from ingest.resolve.steps import Resolution
from ingest.tables import (
    ARTICLES,
    CLAIM_LINKS,
    CLAIMS,
    DATES,
    EVENT_ARGUMENTS,
    EVENT_MENTIONS,
    FIGURES,
    LOCATIONS,
)


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    return Load(write_load(tmp_path_factory.mktemp("loads"), 500))


def test_the_load_is_committed_with_its_sums(load: Load) -> None:
    assert load.manifest()["claims"] == load.read(CLAIMS).num_rows == 500
    assert load.manifest()["articles_loaded"] == load.read(ARTICLES).num_rows == 500 // CLAIMS_AN_ARTICLE


def test_evidence_is_the_text(load: Load) -> None:
    texts = {row["article_version_id"]: row["text"] for row in load.read(ARTICLES).to_pylist()}
    for table in (CLAIMS, FIGURES, DATES, LOCATIONS, EVENT_MENTIONS, EVENT_ARGUMENTS):
        rows = load.read(table).to_pylist()
        assert rows
        for row in rows:
            assert row["exact"] == texts[row["article_version_id"]][row["char_start"] : row["char_end"]]


def test_every_claim_has_its_place_and_copies_are_word_for_word(load: Load) -> None:
    links = load.read(CLAIM_LINKS).to_pylist()
    assert {row["claim_id"] for row in links if row["fact_kind"] == "location"} == {
        row["claim_id"] for row in load.read(CLAIMS).to_pylist()
    }
    digests = load.read(ARTICLES).column("text_sha256").to_pylist()
    assert 0 < len(digests) - len(set(digests)) < len(digests) / 5


def test_the_same_seed_gives_the_same_load(load: Load, tmp_path: Path) -> None:
    again = Load(write_load(tmp_path / "again", 500))
    other = Load(write_load(tmp_path / "other", 500, seed=1, news=News(days=7)))
    assert again.read(CLAIMS).equals(load.read(CLAIMS))
    assert not other.read(CLAIMS).equals(load.read(CLAIMS))
    days = other.read(ARTICLES).column("published_date").to_pylist()
    assert (max(days) - min(days)).days < 7


def test_mentions_are_in_claims_and_beside_them_and_resolve_to_events_of_several_articles(tmp_path: Path) -> None:
    load = Load(write_load(tmp_path / "loads", 1_000, news=News(days=3)))
    mentions = load.read(EVENT_MENTIONS).to_pylist()
    held = [row for row in mentions if row["claim_id"]]
    assert 0.3 < len(held) / len(mentions) < 0.6
    claims = {row["claim_id"]: row for row in load.read(CLAIMS).to_pylist()}
    for row in held:
        assert claims[row["claim_id"]]["char_start"] <= row["char_start"] < claims[row["claim_id"]]["char_end"]
    version_of = {row["event_mention_id"]: row["article_version_id"] for row in mentions}
    [step] = Resolution(Landing(tmp_path), tmp_path / "state").run()
    told: dict[str, set[str]] = {}
    for row in pq.read_table(step / "event_members").to_pylist():
        told.setdefault(row["event_id"], set()).add(version_of[row["event_mention_id"]])
    shared = sum(len(articles) > 1 for articles in told.values())
    assert 0.05 < shared / len(told) < 0.5
