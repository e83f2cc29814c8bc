"""Denials that reach other articles: who rejects a claim rejects it wherever it is told again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from made_accounts import account, count, side, statement, voice
from test_resolve_harm import kinds

from ingest.resolve.model import Account, Denial, Event, Member, Statement
from ingest.resolve.outcome import relation_row
from ingest.resolve.relations.relations import relations_of

HARM: dict[str, Any] = {"kind": "kill_or_wound", "agents": (side("KP"),), "counts": (count(9),)}


def said(article: str, who: str | None = "Mayor", of_side: str | None = "UA", **more: Any) -> Statement:
    return statement(article, claim_id=f"claim-{article}", voice=voice(who, article, of_side), **{**HARM, **more})


def rejected(article: str, **more: Any) -> Account:
    """An article in which the mayor's claim is answered: "The army denied the claim"."""
    answer = Denial("answer", 300, 320, voice("Army", article, "KP"), "answers.points_back")
    return account(article, replace(said(article, **more), denials=(answer,)), days=1)


def test_a_claim_that_is_rejected_in_one_article_is_denied_in_others() -> None:
    assert kinds(account("a", said("a")), rejected("b")) == [
        ("denies", "denied_elsewhere"),
        ("repeats", "count_repeated"),
    ]


def test_the_denial_is_the_later_statement_and_stands_where_its_claim_does() -> None:
    event = Event("e", (Member(account("a", said("a"))), Member(rejected("b"))))
    [relation] = [r for r in relations_of(event) if r.rule_id == "denied_elsewhere"]
    row = relation_row(relation, 1)
    assert (row.earlier_mention_id, row.later_mention_id, row.later_claim_id) == ("a-00", None, "answer")
    assert (row.axis, row.later_start, row.later_end, row.later_voice) == ("agent", 300, 320, "Army")


@pytest.mark.parametrize("who", ["Survivor", None])
def test_the_same_charge_by_somebody_else_or_a_paper_itself_is_contradicted(who: str | None) -> None:
    other = account("a", said("a", who=who, of_side=None))
    assert ("contradicts", "denied_elsewhere") in kinds(other, rejected("b"))


@pytest.mark.parametrize(
    "more",
    [
        {"agents": (side("SY"),)},  # of another side
        {"is_negative": True},
        {"who": "Envoy", "of_side": "KP"},  # of the side that denies it
        {"agents": (), "counts": (count(14),)},  # of another number
    ],
)
def test_what_is_said_of_something_else_is_not_denied(more: dict[str, Any]) -> None:
    found = kinds(account("a", said("a", **more)), rejected("b"))
    assert ("denies", "denied_elsewhere") not in found
    assert ("contradicts", "denied_elsewhere") not in found


def test_who_holds_a_place_is_denied_of_one_holder_alone() -> None:
    held = {"kind": "take", "agents": (side("UA"),), "counts": ()}
    assert ("denies", "denied_elsewhere") in kinds(account("a", said("a", **held)), rejected("b", **held))
    by_another = account("a", said("a", who="Rebels", of_side="DPR-LPR", **held))
    assert ("denies", "denied_elsewhere") not in kinds(by_another, rejected("b", **held))


@pytest.mark.parametrize(("by_the_way", "is_denied"), [(True, False), (False, True)])
def test_a_state_told_by_the_way_is_not_what_is_denied(by_the_way: bool, is_denied: bool) -> None:
    state: dict[str, Any] = {"kind": "hold", "agents": (side("UA"),), "counts": ()}
    first = account("a", said("a", is_background=by_the_way, **state))
    assert (("denies", "denied_elsewhere") in kinds(first, rejected("b", **state))) is is_denied


def test_an_article_alone_is_related_by_what_its_text_says() -> None:
    assert kinds(rejected("b")) == []


def test_who_denies_one_charge_in_two_articles_says_so_again() -> None:
    again = kinds(rejected("a"), rejected("b"))
    assert ("repeats", "denied_again") in again
    other = kinds(rejected("a", agents=(side("SY"),)), rejected("b"))
    assert ("repeats", "denied_again") not in other


def test_what_is_said_again_after_it_was_denied_is_contradicted() -> None:
    told = account("a", said("a"), days=3)
    assert ("contradicts", "denied_elsewhere") in kinds(told, rejected("b"))


def test_a_denial_of_one_charge_does_not_stand_behind_what_else_the_speaker_says() -> None:
    fuller = said("a", ordinal=1, mention_id="a-01", agents=(side("SY"), side("IR")), counts=(count(9), count(14)))
    assert ("denies", "denied_elsewhere") in kinds(account("a", said("a"), fuller), rejected("b"))


def test_a_denial_is_as_sure_as_what_ties_it_to_its_claim() -> None:
    sure = rejected("b")
    [told] = sure.statements
    by_words = replace(told, denials=(replace(told.denials[0], rule_id="answers.same_matter"),))

    def certainty(denied: Account) -> float:
        found = relations_of(Event("e", (Member(account("a", said("a"))), Member(denied))))
        return next(r.confidence for r in found if r.rule_id == "denied_elsewhere")

    assert certainty(replace(sure, statements=(by_words,))) < 0.8 * certainty(sure)
