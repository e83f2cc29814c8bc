"""Counts of one clause, of a person, and of another happening that a text comes to: what relates them not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_accounts import POINTS, account, count, statement, voice
from test_resolve_relations import kinds

TOLD = {"kind": "kill_or_wound", "places": (POINTS["Kupiansk"],)}


def test_two_numbers_of_one_clause_revise_nothing() -> None:
    both = statement("a", voice=voice(None, "Courier"), counts=(count(180, "displaced"), count(620, "displaced")))
    risen = replace(both, words=frozenset(["toll", "risen"]), kind="displace")
    assert kinds(account("a", risen)) == []


@pytest.mark.parametrize(("body", "is_revised"), [("observ", True), (None, False)])
def test_what_a_person_counted_a_paper_does_not_revise(body: str | None, is_revised: bool) -> None:
    head = replace(voice("Omar Karr", "Courier"), role=frozenset(["head", "clinic"]), body=body)
    first = account("a", statement("a", voice=head, counts=(count(56),), **TOLD))
    later = account("b", statement("b", voice=voice(None, "Courier"), counts=(count(71),), **TOLD), days=1)
    assert (("revises", "toll_updated") in kinds(first, later)) is is_revised


@pytest.mark.parametrize(("rule", "places"), [("carried", ()), ("linked", ()), ("carried", (POINTS["Kupiansk"],))])
def test_the_dead_of_another_attack_in_one_account_contradict_nobody(rule: str, places: tuple[object, ...]) -> None:
    mayor = statement("a", voice=voice("Mayor", "Courier"), counts=(count(58, high=None, bound="at_least"),), **TOLD)
    recalled = statement("b", 0, counts=(count(90),), voice=voice(None, "Herald"), **TOLD)
    told = {"kind": "kill_or_wound", "places": places, "time_rule": rule}
    mosque = statement("b", 1, voice=voice("Campaigners", "Herald"), counts=(count(40),), **told)
    found = kinds(account("a", mayor), account("b", recalled, mosque, days=1))
    assert (("contradicts", "counts_exclude") in found) is not (rule == "carried" and not places)
    # beside each other in one text they are told of one attack
    beside = statement("b", 2, voice=voice("Police", "Herald"), counts=(count(52),), **TOLD)
    assert ("contradicts", "counts_exclude") in kinds(account("b", recalled, mosque, beside))
