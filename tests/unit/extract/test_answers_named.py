"""Denials that name the report, the words or the speaker they answer."""

from __future__ import annotations

import pytest
from made_claims import answers, said

REPORTED = "The Horizon said the port sold oil to the rebels. {} does not exist, the port said. Ships came in."


@pytest.mark.parametrize(("words", "is_answer"), [("The situation in these reports", True), ("The pier", False)])
def test_a_retort_to_reports_answers_the_press(words: str, is_answer: bool) -> None:
    text = REPORTED.format(words)
    claims = [
        said(text, "the port sold oil to the rebels", "The Horizon", speaker_kind="media"),
        said(text, f"{words} does not exist", "the port", polarity="negative"),
    ]
    assert answers(claims, text) == ([("the port", "The Horizon", "answers.points_back")] if is_answer else [])


def test_no_such_thing_happened() -> None:
    text = "The rebels said the army had shelled the mill. No such attack took place, the army said."
    claims = [
        said(text, "the army had shelled the mill", "the rebels"),
        said(text, "No such attack took place", "the army", polarity="negative"),
    ]
    assert answers(claims, text) == [("the army", "the rebels", "answers.points_back")]


@pytest.mark.parametrize(("claim", "answered"), [("the Russian claim", "the minister"), ("the claim", "the scouts")])
def test_a_denial_answers_those_whose_words_it_names(claim: str, answered: str) -> None:
    text = (
        "The minister said his troops had taken all of Velyka Lypa. The scouts said the Ukrainian garrison had left. "
        f"Ukraine disputed {claim}."
    )
    claims = [
        said(text, "his troops had taken all of Velyka Lypa", "the minister", speaker_side="RU"),
        said(text, "the Ukrainian garrison had left", "the scouts"),
        said(text, claim, "Ukraine", cue_class="deny", polarity="negative", speaker_side="UA"),
    ]
    assert answers(claims) == [("Ukraine", answered, "answers.points_back")]


def test_a_denial_names_a_speaker_too() -> None:
    text = (
        "The Lowland Observatory said a clinic had burned. The mayor said the army had left. "
        "The army rejected the Observatory’s report."
    )
    claims = [
        said(text, "a clinic had burned", "Lowland Observatory"),
        said(text, "the army had left", "the mayor"),
        said(text, "the Observatory’s report", "the army", cue_class="deny", polarity="negative"),
    ]
    assert answers(claims) == [("the army", "Lowland Observatory", "answers.points_back")]


@pytest.mark.parametrize(
    ("said_of_it", "is_answer"),
    [
        ("the allegations were part of a campaign", True),
        ("other allegations were made", False),
        ("could not verify the allegations", False),
    ],
)
def test_a_negative_statement_that_takes_up_the_allegations(said_of_it: str, is_answer: bool) -> None:
    text = f"The rebels blamed the army for the gas. The army had no gas and {said_of_it}, the officer said."
    denial = f"The army had no gas and {said_of_it}"
    claims = [
        said(text, "the army for the gas", "the rebels"),
        said(text, denial, "the army", polarity="negative"),
    ]
    assert answers(claims) == ([("the army", "the rebels", "answers.points_back")] if is_answer else [])


@pytest.mark.parametrize(("words", "is_answer"), [("these claims", True), ("similar claims", False)])
def test_a_denial_takes_up_what_is_told_in_its_sentence(words: str, is_answer: bool) -> None:
    whole = f"{words}, with a colonel saying it had no guns in the hills there"
    text = f"The envoy said the mill had burned. The mayor said the army had shelled it while the army denied {whole}."
    claims = [
        said(text, "the mill had burned", "the envoy"),
        said(text, "the army had shelled it", "the mayor"),
        said(text, whole, "the army", cue_class="deny", polarity="negative"),
    ]
    assert answers(claims, text) == ([("the army", "the mayor", "answers.points_back")] if is_answer else [])


def test_a_charge_that_holds_a_denial_in_its_words_is_denied_by_it() -> None:
    whole = "shelling the mill while the army denied these claims with a colonel saying it had no guns"
    text = f"The mayor accused the army of {whole}."
    claims = [
        said(text, whole, "the mayor", cue_class="accuse"),
        said(text, whole.partition("denied ")[2], "the army", cue_class="deny", polarity="negative", parent=0),
    ]
    assert answers(claims, text) == [("the army", "the mayor", "answers.points_back")]


def test_what_a_denier_s_own_side_has_said_is_not_passed_over_for_words_inside_of_it() -> None:
    whole = "the guns that the mayor says burned the mill were ours"
    text = f"The colonel said {whole}. The commander denied this claim."
    claims = [
        said(text, whole, "the colonel", speaker_side="KP"),
        said(text, "burned the mill", "the mayor", parent=0),
        said(text, "this claim", "the commander", cue_class="deny", polarity="negative", speaker_side="KP"),
    ]
    assert answers(claims, text) == []


@pytest.mark.parametrize(("letters", "is_answer"), [(1_000, True), (2_000, False)])
def test_reports_are_denied_at_some_distance(letters: int, is_answer: bool) -> None:
    between = "It rained. " * (letters // 11)
    text = f"The Horizon said the port sold oil. {between}The situation in these reports does not exist, the port said."
    claims = [
        said(text, "the port sold oil", "The Horizon", speaker_kind="media"),
        said(text, "The situation in these reports does not exist", "the port", polarity="negative"),
    ]
    assert answers(claims, text) == ([("the port", "The Horizon", "answers.points_back")] if is_answer else [])
