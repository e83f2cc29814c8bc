"""What tolls tell of two accounts: many dead in one place and time, and numbers of one voice or of two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.resolve.joining.scoring import compare, features
from ingest.resolve.joining.tolls import are_of_one_size, large_tolls
from ingest.resolve.model import Count
from tests.unit.resolve.made_accounts import account, count, statement, voice


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        (count(58), count(70), True),
        (count(84), count(84), False),
        (count(50, high=None, bound="at_least"), count(72), True),
        (count(24), count(126), False),
        (count(12), count(15), False),
        (count(58), count(70, "wounded"), False),
        (count(58), count(60, bound="vague"), False),
    ],
)
def test_large_tolls_near_each_other(one: Count, other: Count, is_near: bool) -> None:
    assert are_of_one_size(large_tolls([one]), large_tolls([other])) is is_near
    assert are_of_one_size(large_tolls([other]), large_tolls([one])) is is_near


def test_a_toll_that_rises_speaks_for_one_event() -> None:
    first, risen, other = (
        account(name, statement(name, kind="kill_or_wound", counts=(count(dead),)))
        for name, dead in (("a", 58), ("b", 70), ("c", 140))
    )
    assert compare(first, risen).score > compare(first, other).score


def test_only_numbers_of_the_event_itself_are_compared() -> None:
    first = account("a", statement("a", kind="kill_or_wound", counts=(count(58),)))
    summed = account("b", statement("b", kind="kill_or_wound", counts=(count(70, scope="cumulative"),)))
    found = features(first, summed)
    assert not isinstance(found, str)
    assert found["near_toll"] == 0.0


def test_two_tolls_that_one_article_tells_apart_speak_for_nothing() -> None:
    given = {"kind": "kill_or_wound", "voice": voice("Mayor", "a")}
    hospital = account("a", statement("a", 0, counts=(count(43),), **given))
    for article, is_near in (("a", 0.0), ("b", 1.0)):
        doctor = account(article, statement(article, 1, kind="kill_or_wound", counts=(count(50),)))
        found = features(hospital, doctor)
        assert not isinstance(found, str)
        assert found["near_toll"] == is_near


def test_two_numbers_of_which_no_voice_gives_both_may_be_of_one_event() -> None:
    police = statement("a", 0, voice=voice("Police", "a"), counts=(count(2, "took_part"),))
    rebels = statement("a", 1, voice=voice("Rebels", "a"), counts=(count(3, "took_part"),))
    dead = statement("a", 2, voice=voice("Police", "a"), counts=(count(9),))
    one, other = account("a", police, days=1), account("a", rebels, dead, days=1)
    assert compare(one, other).forbids is None
    again = replace(rebels, voice=voice("Police", "a"))
    assert compare(one, account("a", again, dead, days=1)).forbids == "other_counts"
