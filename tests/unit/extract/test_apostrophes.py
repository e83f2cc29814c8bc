"""Lost apostrophes: where they are put back, and that facts are told of the text as it is written."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.apostrophes import restored
from ingest.extract.base import check_spans
from ingest.extract.pipeline import Pipeline
from ingest.extract.written import Written
from ingest.records import Facts


@cache
def pipeline() -> Pipeline:
    return Pipeline()


CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "apostrophes.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    written = restored(case["text"])
    assert (written and written.read) == case["read"]


def test_a_known_place_needs_no_other_sign() -> None:
    assert restored("Tarsks market burned.") is None
    written = restored("Tarsks market burned.", lambda name: name == "tarsk")
    assert written is not None
    assert written.read == "Tarsk's market burned."


def test_offsets() -> None:
    written = Written("Syrias army doesnt", (5, 18))
    assert written.read == "Syria's army doesn't"
    assert [written.offset(at) for at in (0, 5, 6, 7, 18, 19, 20)] == [0, 5, 5, 6, 17, 17, 18]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"abc' .’s\n", "Syrias ", "doesnt ", "the citys ", "its not ", "Aleppo "]), max_size=40)
)
def test_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    written = restored(text)
    if written is not None:
        assert written.text == text
        assert len(written.read) == len(text) + len(written.marks)
        assert all(written.read[mark] == "'" for mark in written.marks)
        kept = [at for at in range(len(written.read)) if at not in written.marks]
        assert "".join(written.read[at] for at in kept) == text
        assert [written.offset(at) for at in kept] == list(range(len(text)))


def strip(text: str) -> str:
    return text.replace("'", "")


def places(facts: Facts) -> list[tuple[str, int | None]]:
    return [(place.exact, place.geonameid) for place in facts.locations]


def speakers(facts: Facts) -> list[tuple[str | None, str | None, str | None]]:
    return [(claim.speaker_name, claim.speaker_side, claim.actor_key) for claim in facts.claims]


def happenings(facts: Facts) -> list[tuple[object, ...]]:
    return [
        (e.kind, strip(e.exact), e.first_date, [(a.role, strip(a.text), a.name, a.side) for a in e.arguments])
        for e in facts.events
    ]


OWNERS = ("Syria", "Russia", "Turkey", "Bashar al-Assad", "Ukraine", "Iran")
BODIES = ("defence ministry", "foreign minister", "army", "state television")
TOWNS = ("Aleppo", "Mosul", "Kharkiv", "Donetsk")
DEEDS = ("raid killed six civilians", "strike on the market wounded nine people", "shelling destroyed two houses")
DAYS = ("Tuesday", "Saturday")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(OWNERS),
    st.sampled_from(BODIES),
    st.sampled_from(TOWNS),
    st.sampled_from(DEEDS),
    st.sampled_from(DAYS),
)
def test_a_text_without_apostrophes_tells_the_same(owner: str, body: str, town: str, deed: str, day: str) -> None:
    text = (
        f"{owner}'s {body} said on Monday that {day}'s {deed} near {town}. "
        f"The army didn't enter {town}'s suburbs, and the city's mayor said it wasn't true."
    )
    shared = pipeline()
    told, stripped = shared.extract(text), shared.extract(strip(text))
    assert places(stripped) == places(told)
    assert speakers(stripped) == speakers(told)
    assert happenings(stripped) == happenings(told)
    for facts in (stripped.claims, stripped.figures, stripped.dates, stripped.locations, stripped.events):
        check_spans(strip(text), facts)


def test_evidence_is_the_text_as_it_is_written() -> None:
    text = "Syrias state news agency SANA said the armys shells hit a school in Aleppos east on Mondays market day."
    facts = pipeline().extract(text)
    assert [place.exact for place in facts.locations] == ["Syria", "Aleppo"]
    assert facts.claims[0].speaker_name == "SANA"
    for found in (facts.claims, facts.figures, facts.dates, facts.locations, facts.events):
        check_spans(text, found)
