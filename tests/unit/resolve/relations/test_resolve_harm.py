"""Who did a harm: blame, statements that name a side for it, and denials of a deed that the text tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from made_accounts import DAY, account, count, side, statement, voice

from ingest.resolve.model import Account, Event, Member, Participant, Statement
from ingest.resolve.relations.relations import relations_of


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


def claimed(article: str, number: int = 0, **more: Any) -> Statement:
    """The side KP owns up to the deed."""
    return by("Pyongyang", article, number, "KP", **more)


def test_who_says_that_a_side_has_not_done_what_it_claims_contradicts_it() -> None:
    rejected = by("Seoul", "b", 0, "KR", is_negative=True)
    assert kinds(account("a", claimed("a")), account("b", rejected)) == [("denies", "doing_denied")]
    assert kinds(account("a", by("Mayor", "a")), account("b", rejected)) == []  # nobody has claimed it


def test_a_claim_and_a_blame_of_another_side_cannot_both_be_so() -> None:
    owned = account("a", claimed("a", kind="responsibility"))
    blamed = by("Seoul", "b", 0, "KR", kind="responsibility", agents=(side("JP"),))
    assert kinds(owned, account("b", blamed)) == [("contradicts", "other_culprit")]
    assert kinds(owned, account("b", replace(blamed, kind="strike"))) == []  # both may have struck
    later = replace(blamed, first_date=DAY + timedelta(days=5), last_date=DAY + timedelta(days=5))
    assert kinds(owned, account("b", later, days=5)) == []  # of another day
    nobody_s = replace(blamed, agents=(Participant(name="authorities", actor_key="body:kyiv authorities"),))
    assert kinds(owned, account("b", nobody_s)) == []


def named(name: str) -> Participant:
    return Participant(name=name, words=frozenset(stem[:6] for stem in name.split()))


def test_an_army_of_no_named_side_is_that_of_the_country() -> None:
    shelled = account("a", by("Doctor", "a", agents=(named("army"),)))
    disowned = by("government", "b", 1, agents=(named("government"),), kind="responsibility", is_negative=True)
    spoken = replace(disowned, voice=replace(disowned.voice, words=frozenset(["govern"])))
    told = account("b", statement("b", voice=voice(outlet="b")), spoken, days=1)
    assert kinds(shelled, told) == [("denies", "doing_denied")]
    rebels = account("a", by("Doctor", "a", agents=(named("rebels"),)))
    assert kinds(rebels, told) == []


def killed(who: str | None, article: str, *targets: Participant, **more: Any) -> Statement:
    return statement(article, 0, **{"kind": "kill_or_wound", "targets": targets, "voice": voice(who, article), **more})


VILLAGERS = Participant(name="villagers", argument_class="civilian")


def test_that_no_civilian_was_hurt_is_against_the_civilians_whom_others_count() -> None:
    elder = account("a", killed("Elder", "a", VILLAGERS))
    none = killed("Army", "b", VILLAGERS, is_negative=True)
    assert kinds(elder, account("b", none)) == [("denies", "harm_denied")]
    later = replace(none, first_date=DAY + timedelta(days=5), last_date=DAY + timedelta(days=5))
    assert kinds(elder, account("b", later, days=5)) == []
    assert kinds(account("a", killed("Elder", "a", named("soldiers"))), account("b", none)) == []


@pytest.mark.parametrize(
    ("whom", "more"),
    [
        ("children", {}),
        ("journalists", {}),
        ("civilians", {"counts": (count(0, "wounded"),)}),  # of the wounded: nine were killed all the same
    ],
)
def test_that_some_were_unhurt_says_nothing_of_the_others(whom: str, more: dict[str, Any]) -> None:
    elder = account("a", killed("Elder", "a", VILLAGERS, counts=(count(9),)))
    none = killed("Army", "b", replace(named(whom), argument_class=whom[:-1]), is_negative=True, **more)
    found = kinds(elder, account("b", replace(none, trigger_stem="kille")))
    assert ("denies", "harm_denied") not in found


def test_that_nobody_died_is_no_harm() -> None:
    none = killed("Mayor", "a", VILLAGERS, counts=(count(0),))
    denied = killed("Army", "b", VILLAGERS, is_negative=True)
    assert ("denies", "harm_denied") not in kinds(account("a", none), account("b", denied))


@pytest.mark.parametrize(
    ("number", "word", "is_denied"),
    [
        (0, "deaths", True),
        (None, "people", False),  # "these people were not killed"
        (0, "soldiers", False),
    ],
)
def test_that_there_were_no_deaths_is_against_all_who_are_counted(
    number: int | None, word: str, is_denied: bool
) -> None:
    nurse = account("a", killed("Nurse", "a", counts=(count(14),)))
    zero = () if number is None else (count(number, people=None, counted=word),)
    whom = named(word) if number is None else None
    none = killed("Monitor", "b", *([replace(whom, argument_class=word)] if whom else []), counts=zero)
    found = kinds(nurse, account("b", replace(none, is_negative=True, trigger_stem="deaths")))
    assert (("denies", "harm_denied") in found) is is_denied


def test_only_fighters_were_hit_says_that_no_civilian_was() -> None:
    fighters = Participant(name="only rebels", argument_class="armed")
    elder = account("a", killed("Elder", "a", VILLAGERS))
    assert kinds(elder, account("b", killed("Army", "b", fighters))) == [("contradicts", "harm_denied")]
    assert kinds(elder, account("b", killed("Army", "b", replace(fighters, name="rebels")))) == []


def test_a_group_denies_nothing_that_is_laid_to_nobody_by_name() -> None:
    government = account("a", by("Minister", "a", agents=(named("terrorists"),)))
    group = denial("b", agents=(named("rebels"),), voice=replace(voice("Rebels", "b"), words=frozenset(["rebels"])))
    assert kinds(government, account("b", statement("b", voice=voice(outlet="b")), group, days=1)) == []


def told_by(who: str, *words: str, **more: Any) -> Statement:
    """A statement on the strike by speakers of no side, whose name has these words."""
    return by(who, "a", **{"voice": replace(voice(who, "a"), words=frozenset(w[:6] for w in words)), **more})


def test_the_government_and_the_rebels_blame_each_other() -> None:
    officials = told_by("Officials", "government", agents=(named("terrorists"),))
    rebels = told_by("Rebels", "rebels", agents=(named("army"),), mention_id="a-01", ordinal=1, start=120, end=190)
    assert kinds(account("a", officials, rebels)) == [("contradicts", "blamed_each_other")]
    far = replace(rebels, start=900, end=990)  # of another attack, it may be
    assert kinds(account("a", officials, far)) == []
    of_third = replace(rebels, agents=(side("JP"),))
    assert ("contradicts", "blamed_each_other") not in kinds(account("a", officials, of_third))


def test_two_sides_that_tell_of_other_targets_or_of_their_own_losses_blame_each_other_for_no_one_deed() -> None:
    school, bridge = (Participant(words=frozenset([word])) for word in ("school", "bridge"))
    officials = told_by("Officials", "government", agents=(named("terrorists"),), targets=(school,))
    rebels = told_by("Rebels", "rebels", agents=(named("army"),), mention_id="a-01", ordinal=1, start=120, end=190)
    blamed = ("contradicts", "blamed_each_other")
    assert blamed in kinds(account("a", officials, replace(rebels, targets=(school,))))
    assert blamed not in kinds(account("a", officials, replace(rebels, targets=(bridge,))))
    losses = (replace(s, kind="kill_or_wound") for s in (officials, rebels))
    assert blamed not in kinds(account("a", *losses))


def test_a_person_dies_by_one_hand() -> None:
    moro = Participant(name="Juan Moro", actor_key="person:moro/juan")
    more: dict[str, Any] = {"kind": "kill_or_wound", "trigger_stem": "kille", "targets": (moro,)}
    army = by("Army", "a", 0, agents=(side("TD"),), **more)
    militia = by("Militia", "a", 1, agents=(side("SD"),), **more)
    assert kinds(account("a", army, militia)) == [("contradicts", "other_killer")]
    assert kinds(account("a", army, replace(militia, trigger_stem="wound"))) == []
    another = replace(moro, actor_key="person:moro/pedro")
    assert kinds(account("a", army, replace(militia, targets=(another,)))) == []
    body = Participant(name="Brigade", actor_key="body:brigade")
    assert kinds(account("a", army, replace(militia, agents=(body,)))) == []
