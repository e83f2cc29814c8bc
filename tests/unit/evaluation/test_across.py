"""Labelled stories: where quotations stand, and what becomes of a labelled pair."""

from __future__ import annotations

import json
from datetime import date

from evaluation.across import (
    FATES,
    OWN_STORIES,
    Pair,
    Quote,
    Story,
    accounts,
    fate,
    is_kept,
    judged,
    located,
    resolved,
    tallies,
)
from ingest.records import Article
from ingest.tables import identity


def article(name: str, text: str) -> Article:
    return Article(
        article_id=name,
        article_version_id=name,
        copy_group_id=name,
        text_sha256=identity(text),
        source="tests",
        uri=f"{name}.txt",
        publisher=f"The {name} Post",
        publisher_side=None,
        agency=None,
        title=text.partition("\n")[0],
        text=text,
        char_count=len(text),
        language="en",
        published_date=date(2024, 5, 15),
        published_date_source="field",
    )


MORNING = article(
    "Morning",
    "Shell hits market in Orikhiv\n\n144 people were killed on Tuesday when a shell hit the market in Orikhiv, the "
    "Ukrainian interior ministry said.",
)
EVENING = article(
    "Evening",
    "Orikhiv market shelled\n\nA shell hit the market in Orikhiv on Tuesday. A hundred people were killed, the Russian "
    "defence ministry said. The harbour of Odesa was closed on Sunday.",
)
READ = {"m": MORNING, "e": EVENING}


def quote(doc_id: str, words: str) -> Quote:
    span = located(READ[doc_id].text, words)
    assert span is not None
    return Quote(doc_id, *span)


def story(*pairs: Pair, tempting: tuple[Pair, ...] = ()) -> Story:
    return Story("s1", ("m", "e"), pairs, tempting)


TOLLS = Pair(quote("m", "144 people were killed"), quote("e", "A hundred people were killed"), "contradicts", "count")
HARBOUR = Pair(quote("m", "144 people were killed"), quote("e", "The harbour of Odesa"), "contradicts", "count")


def test_a_quotation_is_found_whatever_white_space_is_in_it() -> None:
    assert located("Nine  people\nwere killed", "people were") == (6, 17)
    assert located("Nine people", "ten people") is None


def test_two_tolls_of_one_event_are_found_and_right() -> None:
    found = resolved(accounts(READ))
    assert fate(TOLLS, found, 0.5) == "found"
    (one,) = judged([story(TOLLS)], found, 0.5)
    assert "right" in {says for _, says in one.rows}
    fates, rows = tallies([one])
    assert fates["against"]["found"] == 1
    assert rows["against"]["right"] >= 1


def test_what_is_related_above_no_confidence_is_unsure() -> None:
    assert fate(TOLLS, resolved(accounts(READ)), 1.1) == "unsure"


def test_a_side_of_which_nothing_is_compared_has_no_statement() -> None:
    found = resolved(accounts(READ))
    became = fate(HARBOUR, found, 0.5)
    assert became in FATES
    assert became in ("no statement", "apart")


def test_a_row_over_a_tempting_pair_is_wrong() -> None:
    (one,) = judged([story(tempting=(TOLLS,))], resolved(accounts(READ)), 0.5)
    assert "wrong" in {says for _, says in one.rows}


def test_own_stories_hold_no_text_and_are_in_two_halves() -> None:
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(OWN_STORIES.glob("*.json"))]
    assert {is_kept(label["story_id"]) for label in labels} == {True, False}
    for label in labels:
        assert set(label["sha256"]) == set(label["doc_ids"])
        for pair in (*label["relations"], *label["tempting"]):
            assert set(pair["a"]) == {"doc_id", "start", "end"}
