"""Generated loads: the same ones each time, committed, and with evidence as an extraction gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.landed import CLAIMS_AN_ARTICLE, write_load
from ingest.landing import Load
from ingest.tables import ARTICLES, CLAIM_LINKS, CLAIMS, DATES, FIGURES, LOCATIONS


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    return Load(write_load(tmp_path_factory.mktemp("loads"), 500))


def test_the_load_is_committed_with_its_sums(load: Load) -> None:
    assert load.manifest()["claims"] == load.read(CLAIMS).num_rows == 500
    assert load.manifest()["articles_loaded"] == load.read(ARTICLES).num_rows == 500 // CLAIMS_AN_ARTICLE


def test_evidence_is_the_text(load: Load) -> None:
    texts = {row["article_version_id"]: row["text"] for row in load.read(ARTICLES).to_pylist()}
    for table in (CLAIMS, FIGURES, DATES, LOCATIONS):
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
    other = Load(write_load(tmp_path / "other", 500, seed=1, is_recent=True))
    assert again.read(CLAIMS).equals(load.read(CLAIMS))
    assert not other.read(CLAIMS).equals(load.read(CLAIMS))
    days = other.read(ARTICLES).column("published_date").to_pylist()
    assert (max(days) - min(days)).days < 7
