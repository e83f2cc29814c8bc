"""What a voice tells again in another article: the statements most alike, and none of another thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_accounts import account, count, side, statement, voice

from ingest.resolve.model import Account, Event, Member, Voice
from ingest.resolve.relations.relations import Relation, relations_of

DEPOT = frozenset(["depot", "rail", "missil", "fire"])
BRIDGE = frozenset(["bridge", "lorry", "missil"])
STATE = Voice("state:UA", "Ukraine", "UA", False, True, "text:Herald", "publisher:herald")


def related(*accounts: Account) -> list[Relation]:
    return relations_of(Event("e", tuple(Member(a) for a in accounts)))


def test_of_two_articles_the_statements_most_alike_are_one_told_again() -> None:
    governor = voice("Governor", "Courier")
    told = [statement("a", n, voice=governor, words=words) for n, words in enumerate((DEPOT, BRIDGE))]
    again = [statement("b", n, voice=governor, words=words) for n, words in enumerate((BRIDGE, DEPOT))]
    found = related(account("a", *told), account("b", *again, days=1))
    ends = {(r.earlier.statement.mention_id, r.later.statement.mention_id) for r in found}
    assert ends == {("a-00", "b-01"), ("a-01", "b-00")}
    assert {r.rule_id for r in found} == {"told_again"}


@pytest.mark.parametrize(
    ("words", "agent", "number", "is_again"),
    [(DEPOT, "RU", 4, True), (BRIDGE, "RU", 4, False), (DEPOT, "UA", 4, False), (DEPOT, "RU", 5, False)],
)
def test_a_state_says_again_what_its_ministry_said(
    words: frozenset[str], agent: str, number: int, is_again: bool
) -> None:
    ministry = voice("Ministry", "Courier", "UA")
    told = {"kind": "kill_or_wound", "agents": (side("RU"),), "counts": (count(4),), "words": DEPOT}
    other = {**told, "agents": (side(agent),), "counts": (count(number),), "words": words}
    found = related(
        account("a", statement("a", voice=ministry, **told)), account("b", statement("b", voice=STATE, **other), days=1)
    )
    assert ("told_again" in {r.rule_id for r in found}) is is_again


@pytest.mark.parametrize(
    ("later", "scope", "is_again"), [(43, "event", True), (70, "part", False), (112, "event", False)]
)
def test_a_strike_told_with_another_toll_is_not_told_again(later: int, scope: str, is_again: bool) -> None:
    def strike(name: str, number: int, scope: str, days: int) -> Account:
        said = {"voice": voice("Governor", name), "words": DEPOT, "start": 0, "end": 90}
        dead = statement(name, 1, kind="kill_or_wound", counts=(count(number, scope=scope),), **said)
        return account(name, statement(name, 0, **said), dead, days=days)

    rules = {r.rule_id for r in related(strike("a", 43, "event", 0), strike("b", later, scope, 1))}
    assert ("told_again" in rules) is is_again


@pytest.mark.parametrize(("between", "is_again"), [(2, True), (3, False)])
def test_what_was_said_is_looked_for_in_the_last_articles_by_whatever_names_its_voice_goes(
    between: int, is_again: bool
) -> None:
    ministry = voice("Ministry", "Courier", "UA")
    told = [account("a", statement("a", voice=ministry, words=DEPOT))]
    for n in range(between):
        other = {"kind": "clash", "words": BRIDGE}
        two = [statement(f"m{n}", m, voice=by, **other) for m, by in enumerate((ministry, STATE))]
        told.append(account(f"m{n}", *two, days=1 + n))
    found = related(*told, account("z", statement("z", voice=ministry, words=DEPOT), days=5))
    assert (
        ("a-00", "z-00") in {(r.earlier.statement.mention_id, r.later.statement.mention_id) for r in found}
    ) is is_again


def test_what_a_text_tells_goes_before_its_headline() -> None:
    mayor = voice("Mayor", "Courier")
    head = statement("a", 0, kind="kill_or_wound", voice=mayor, counts=(count(9),), agents=(side("RU"),))
    body = replace(head, mention_id="a-07", ordinal=7, start=700, end=790, agents=())
    later = statement("b", kind="kill_or_wound", voice=mayor, counts=(count(9),))
    [relation] = [r for r in related(account("a", head, body), account("b", later)) if r.rule_id == "count_repeated"]
    assert relation.earlier.statement.mention_id == "a-07"
