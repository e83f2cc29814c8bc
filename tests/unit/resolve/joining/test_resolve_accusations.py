"""Two voices that accuse each other tell of one deed: another agent keeps their accounts no further apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.resolve.joining.scoring import features
from ingest.resolve.model import Account, Participant, Voice
from tests.unit.resolve.made_accounts import account, side, statement, voice

REBELS = Participant(name="rebels", words=frozenset(["rebels"]))


def accused(article: str, by: Voice, agent: Participant, **more: Any) -> Account:
    return account(article, statement(article, voice=by, agents=(agent,), **more))


def called(name: str) -> Voice:
    """A voice of no side on file, by what it is called."""
    return replace(voice(name), words=frozenset(name.split()))


def is_other(one: Account, other: Account) -> bool:
    found = features(one, other)
    assert not isinstance(found, str)
    return bool(found["other_agent"])


def test_two_sides_that_accuse_each_other_tell_of_one_deed() -> None:
    one = accused("a", voice("Ministry", "a", "UA"), side("RU"))
    assert not is_other(one, accused("b", voice("Envoy", "b", "RU"), side("UA")))
    assert not is_other(one, accused("b", voice("Monitor", "b"), side("UA")))
    assert is_other(one, accused("b", voice("Monitor", "b"), side("TR")))


def test_the_army_and_the_rebels_are_parties_without_a_side() -> None:
    one = accused("a", called("govern army"), REBELS)
    assert not is_other(one, accused("b", called("rebels"), side("UA")))
    assert is_other(accused("a", called("monito"), REBELS), accused("b", called("reside"), side("UA")))


@pytest.mark.parametrize("more", [{"kind": "clash"}, {"realis": "future"}])
def test_fighting_and_threats_are_no_deed_that_is_laid_to_somebody(more: dict[str, Any]) -> None:
    one = accused("a", voice("Ministry", "a", "UA"), side("RU"), **more)
    other = accused("b", voice("Envoy", "b", "RU"), side("UA"), **more)
    found = features(one, other)
    assert not isinstance(found, str)
    assert bool(found["other_agent"]) is (more.get("realis") == "future")


def test_a_publisher_accuses_nobody() -> None:
    own = replace(voice(outlet="a"), side="UA")
    assert is_other(accused("a", own, side("RU")), accused("b", replace(voice(outlet="b"), side="RU"), side("UA")))


def test_who_owns_up_to_a_deed_and_accuses_others_of_one_tells_of_two() -> None:
    own = accused("a", voice("Ministry", "a", "UA"), side("UA"))
    assert is_other(own, accused("b", voice("Governor", "b", "UA"), side("RU")))
    denial = accused("a", voice("Ministry", "a", "UA"), side("UA"), is_negative=True)
    assert not is_other(denial, accused("b", voice("Governor", "b", "UA"), side("RU")))
