"""Where datelines, bylines and what else a page writes before its first sentence end."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract.datelines import byline_end, dateline_end, inner_datelines
from ingest.extract.pipeline import Pipeline
from ingest.settings import settings

FIRST = "Two men died in Orikhiv"


@pytest.mark.parametrize(
    "head",
    [
        "PORT SUDAN (Agency) — ",
        "AFP Sunday 14 Sep 2025 ",
        "Sunday 14 Sep 2025 ",
        "Date of publication 3 April 2025 ",
        "Published August 1, 2025 ",
        "Published August 1 2025 SEND httpssite.example AA Photo ",
        "Last updated at Nov 022025 BEIRUT ",
        "26.12.2025 ",
        "April 30 2025 2037 UTC+3 ",
        "02.10.2025Get short URL 191 ",
        "Asia 1449 09.04.2025(updated 1551 09.04.2025) Get short URL Topic A Long War (200) 0 38 ",
    ],
)
def test_what_stands_before_the_first_sentence_is_no_part_of_it(head: str) -> None:
    text = head + FIRST
    assert text[dateline_end(text, 0, len(text), labels=0) :] == FIRST


@pytest.mark.parametrize(
    "text",
    [
        "8 October 2025 was a dark day",
        "On 8 October 2025 Orikhiv fell",
        "AFP reporters saw two men die",
        "TASS Two men died",  # an agency alone is a byline behind a headline only
        "30 Jun 2025 21.51 A man died",  # an entry of a page written by the hour keeps its time
        "Monday, AFP said",
    ],
)
def test_a_sentence_begins_where_it_begins(text: str) -> None:
    assert dateline_end(text, 0, len(text), labels=0) == 0


def test_an_agency_alone_behind_a_headline() -> None:
    text = f"Strike kills two AFP {FIRST}"
    behind = len("Strike kills two")
    assert text[byline_end(text, behind, len(text), is_bare=True) :] == FIRST
    assert byline_end(text, behind, len(text), is_bare=False) == behind


def test_a_dateline_without_its_dash_behind_a_sentence() -> None:
    text = f"A blast shook a town. KHARTOUM (Newsline) {FIRST}. The army (SAF) Left."
    assert [text[end:] for end in inner_datelines(text, 0, len(text))] == [f"{FIRST}. The army (SAF) Left."]


def test_a_byline_is_neither_claimed_nor_killed() -> None:
    title = "Air strike kills nine in Orikhiv market"
    text = f"{title}\n\n{title} AFP Sunday 14 Sep 2025 At least nine people were killed in Orikhiv, a monitor said."
    facts = Pipeline(gazetteer_dir=settings().gazetteer_dir).extract(text, date(2025, 9, 14))
    assert [claim.exact for claim in facts.claims] == ["At least nine people were killed in Orikhiv"]
    targets = [a.text for event in facts.events for a in event.arguments if a.role == "target"]
    assert "At least nine people" in targets
    assert not any("AFP" in words for words in targets)
