"""Who did a harm: blame, statements that name a side for it, and denials of a deed that the text tells of."""

from __future__ import annotations

from typing import Any

import pytest
from made_accounts import account, count, side, statement, voice

from ingest.resolve.model import Account, Event, Member, Statement
from ingest.resolve.relations import relations_of


def kinds(*accounts: Account) -> list[tuple[str, str]]:
    """Kind and rule of every relation of the one event that these accounts tell of."""
    return sorted({(r.kind, r.rule_id) for r in relations_of(Event("e", tuple(Member(a) for a in accounts)))})


def by(who: str | None, article: str, number: int = 0, of_side: str | None = None, **more: Any) -> Statement:
    """A statement that names the side KP for a harm, but for what is given otherwise."""
    return statement(article, number, **{"agents": (side("KP"),), "voice": voice(who, article, of_side), **more})


def denial(article: str, number: int = 1, **more: Any) -> Statement:
    return by("Pyongyang", article, number, "KP", **{"kind": "responsibility", "is_negative": True, **more})


@pytest.mark.parametrize("kind", ["strike", "kill_or_wound", "destroy", "responsibility"])
def test_who_denies_any_part_in_a_deed_denies_what_others_say_of_it_by_whatever_word(kind: str) -> None:
    mayor = account("a", by("Mayor", "a", kind=kind))
    told = account("b", statement("b", voice=voice(outlet="b")), denial("b"), days=1)
    assert kinds(mayor, told) == [("denies", "doing_denied")]
    assert kinds(account("a", by("Mayor", "a", kind=kind), denial("a"))) == [("denies", "doing_denied")]


def test_what_a_paper_says_itself_is_contradicted_by_who_denies_it() -> None:
    paper = account("a", by(None, "a"))
    told = account("b", statement("b", voice=voice(outlet="b")), denial("b"), days=1)
    assert kinds(paper, told) == [("contradicts", "doing_denied")]


def test_a_denial_of_no_deed_that_its_text_tells_of_may_be_of_another() -> None:
    mayor = account("a", by("Mayor", "a"))
    assert kinds(mayor, account("b", denial("b"), days=1)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"agents": (side("SY"),)},  # of another side
        {"is_many": True},  # of several deeds
        {"of_side": "KP"},  # of its own side: it owns up
    ],
)
def test_what_is_not_said_of_the_deed_is_not_denied(more: dict[str, Any]) -> None:
    other = account("a", by("Mayor", "a", **more))
    assert kinds(other, account("b", statement("b", voice=voice(outlet="b")), denial("b"), days=1)) == []


def test_who_denies_it_for_somebody_else_is_not_known() -> None:
    told = account("b", statement("b", voice=voice(outlet="b")), denial("b", voice=voice("Monitor", "b")), days=1)
    assert kinds(account("a", by("Mayor", "a")), told) == []


def test_that_few_were_hurt_is_no_denial_of_having_done_it() -> None:
    few = by("Pyongyang", "a", 1, "KP", kind="kill_or_wound", is_negative=True)
    assert kinds(account("a", by("Mayor", "a"), few)) == []


def test_two_sides_that_blame_a_third_in_one_text_agree() -> None:
    blamed = by("Paris", "a", 0, "FR", kind="responsibility")
    struck = by("Ankara", "a", 1, "TR")
    assert kinds(account("a", blamed, struck)) == [("corroborates", "blamed_alike")]
    accused = by("Damascus", "a", 1, "SY", agents=(side("SY"), side("KP")))
    assert kinds(account("a", blamed, accused)) == []


def test_a_blame_is_told_again_in_the_same_few_words() -> None:
    words = frozenset(["blamed", "rebels"])
    first, again = (
        account(name, by("Ministry", name, 0, "SY", kind="responsibility", words=words), days=n)
        for n, name in enumerate("ab")
    )
    assert kinds(first, again) == [("repeats", "told_again")]


def test_what_a_voice_says_besides_hides_nothing_that_can_be_related() -> None:
    told = statement("b", voice=voice(outlet="b"))
    fuller = denial("b", 2, kind="kill_or_wound", counts=(count(9),), words=frozenset(["market", "people"]))
    mayor = by("Mayor", "a")
    assert kinds(account("a", mayor), account("b", told, denial("b"), fuller, days=1)) == [("denies", "doing_denied")]
    several = by("Mayor", "a", 1, is_many=True, counts=(count(9),), words=frozenset(["raids", "people"]))
    assert kinds(account("a", mayor, several), account("b", told, denial("b"), days=1)) == [("denies", "doing_denied")]
