"""Which statements tell of who holds a place, and which of them stand beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from made_accounts import DAY, POINTS, account, side, statement, voice

from ingest.resolve.model import Member, Participant, Statement
from ingest.resolve.relations.statements import Told
from ingest.resolve.relations.states import State, states_of

KUPIANSK = POINTS["Kupiansk"]


def states(*statements: Statement) -> list[State]:
    """The states of one article's statements."""
    member = Member(account("a", *statements))
    return [state for _, state in states_of(Told(s, member) for s in statements)]


def of(kind: str, holder: str, number: int = 0, **more: Any) -> Statement:
    return statement("a", number, kind=kind, agents=(side(holder),), places=(KUPIANSK,), **more)


def test_a_place_near_what_is_taken_is_not_held() -> None:
    assert [s.place_id for s in states(of("take", "RU"))] == [KUPIANSK.place_id]
    assert states(of("take", "RU", held=None)) == []


def test_nobody_holds_a_whole_country() -> None:
    assert states(of("hold", "RU", held=replace(KUPIANSK, precision=6))) == []


def test_a_person_holds_nothing_in_his_own_name() -> None:
    named = Participant(name="Omar Haddad", actor_key="person:haddad/omar")
    assert states(statement("a", kind="hold", agents=(named,), places=(KUPIANSK,))) == []


def test_a_hold_by_the_way_gives_way_to_the_capture_that_the_article_tells() -> None:
    before = of("hold", "UA", 1, is_background=True)
    assert [s.holder for s in states(of("take", "RU"), before)] == ["RU"]
    assert [(s.holder, s.holds) for s in states(of("leave", "UA"), before)] == [("UA", False)]
    assert {s.holder for s in states(of("leave", "RU"), before)} == {"RU", "UA"}


def test_a_hold_by_the_way_is_of_the_part_that_the_article_gives() -> None:
    by_the_way = of("hold", "UA", 1, is_background=True)
    assert [s.extent for s in states(of("hold", "UA", extent="part"), by_the_way)] == ["part", "part"]
    assert [s.extent for s in states(of("hold", "RU", extent="part"), by_the_way)] == ["part", "whole"]


def test_a_change_told_by_the_way_is_no_state() -> None:
    assert states(of("take", "RU", is_background=True)) == []


def test_the_east_of_a_place_is_part_of_it_and_what_lies_east_of_it_is_none() -> None:
    by_the_way = of("hold", "UA", 1, is_background=True)
    east = {"held": replace(KUPIANSK, relation="direction_of")}
    assert [s.extent for s in states(of("hold", "UA", extent="part", **east), by_the_way)] == ["part"]
    assert [s.extent for s in states(of("hold", "UA", **east), by_the_way)] == ["whole"]


def test_who_tells_of_a_liberation_or_of_units_that_took_a_place_tells_of_its_own() -> None:
    units = Participant(name="Western Group", actor_key="body:western group", words=frozenset(["units", "wester"]))
    ministry = {"voice": voice("Ministry", side="RU"), "places": (KUPIANSK,), "kind": "take"}
    assert [s.holder for s in states(statement("a", agents=(units,), **ministry))] == ["RU"]
    assert [s.holder for s in states(statement("a", words=frozenset(["libera"]), **ministry))] == ["RU"]
    assert states(statement("a", words=frozenset(["captur"]), **ministry)) == []
    # of a body of no known side it is not known for whom it holds a place
    assert states(statement("a", agents=(units,), **{**ministry, "voice": voice("Observer")})) == []


def test_what_is_dated_behind_the_article_has_not_been() -> None:
    ahead = {"first_date": DAY + timedelta(days=400), "last_date": DAY + timedelta(days=400)}
    assert states(of("take", "RU", **ahead)) == []


def test_has_been_taken_is_told_of_whom_the_same_voice_names() -> None:
    ministry = {"voice": voice("Ministry", side="RU"), "places": (KUPIANSK,), "kind": "take"}
    named, bare = statement("a", 0, agents=(side("RU"),), **ministry), statement("a", 1, **ministry)
    assert [s.holder for s in states(named, bare)] == ["RU", "RU"]
    assert [s.holder for s in states(named, statement("a", 1, **{**ministry, "voice": voice("Mayor")}))] == ["RU"]


def test_has_not_fallen_is_told_of_whom_all_name() -> None:
    fell_not = statement("a", 1, kind="take", places=(KUPIANSK,), is_negative=True, voice=voice("Mayor"))
    [taken, denied] = states(of("take", "RU"), fell_not)
    assert (taken.holder, taken.holds, denied.holder, denied.holds) == ("RU", True, "RU", False)
    assert states(fell_not) == []
    assert len(states(of("take", "RU"), of("take", "UA", 2), fell_not)) == 2  # which of the two is not said


def named(name: str) -> Participant:
    return Participant(name=name, words=frozenset(stem[:6] for stem in name.split()))


def all_states(*statements: Statement) -> list[State]:
    """The states, with those of whom no text says whose they are."""
    member = Member(account("a", *statements))
    return [state for _, state in states_of((Told(s, member) for s in statements), with_unnamed=True)]


def held_by(name: str, number: int = 0, kind: str = "hold", **more: Any) -> Statement:
    return statement("a", number, kind=kind, agents=(named(name),), places=(KUPIANSK,), **more)


def test_the_army_and_the_rebels_hold_a_place_without_a_side() -> None:
    assert [s.holder for s in all_states(held_by("rebels"))] == ["irregular"]
    assert [s.holder for s in all_states(held_by("army"))] == ["UA"]
    assert all_states(held_by("villagers")) == []
    assert states(held_by("rebels")) == []  # no side is landed for them


def test_what_two_sides_took_before_is_told_of_no_day() -> None:
    fell, retaken = held_by("rebels", 0, "take"), held_by("army", 1, "take")
    same = {"start": 10, "end": 90, "time_rule": "reported"}
    assert all_states(replace(fell, **same), replace(retaken, **same)) == []
    assert len(all_states(fell, retaken)) == 2


def test_our_forces_are_those_of_the_speaker() -> None:
    ours = held_by("our forces", voice=voice("Governor", "a", "UA"))
    assert [s.holder for s in states(ours)] == ["UA"]
