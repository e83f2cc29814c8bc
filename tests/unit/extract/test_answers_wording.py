"""What the words of a saying show of it: habitual denials, denials that are told of, adjectives, what would follow."""

from __future__ import annotations

import pytest
from made_claims import answers, said

from ingest.extract.answers.wording import is_retort, is_standing, reports_a_denial, says_what_would_be
from ingest.records import Claim, EventArgument, EventMention, Span


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a fake passport, kept in a drawer", False),
        ("an invented country on the map", False),
        ("that this unfounded optimism had cost lives", False),
        ("a fake", True),
        ("a fake made by its enemies", False),  # of a thing again
        ("an absurd claim", True),
        ("this is a baseless excuse", True),
        ("the accusations are baseless and come from Oslo", True),
        ("groundless", True),
    ],
)
def test_an_adjective_before_a_noun_is_no_retort(text: str, is_one: bool) -> None:
    assert is_retort(text) is is_one


@pytest.mark.parametrize(
    ("before", "content", "is_one"),
    [
        ("The port has always ", "any part in the trade", True),
        ("Oslo continues to ", "its presence on the island", True),
        ("Oslo, which ", "that it has troops there", True),
        ("Oslo, which has also ", "any part in it", True),
        ("Oslo has ", "any part in it", False),
        ("On Monday Oslo ", "the charge", False),
        ("a plan that Oslo has consistently ", "something", False),
    ],
)
def test_a_standing_denial(before: str, content: str, is_one: bool) -> None:
    assert is_standing(before, content) is is_one


def test_what_tells_of_a_denial_or_of_what_would_follow() -> None:
    assert reports_a_denial("Norway denies that it was there")
    assert not reports_a_denial("Norway was there")
    assert not reports_a_denial("Norway denies fishing boats access to the fjord")
    assert says_what_would_be("Norway would pay for it")
    assert not says_what_would_be("Norway planned to pay for it")


def _denied(text: str, content: str, speaker: str, cue: str = "denied", side: str | None = "NO") -> Claim:
    at = text.rindex(cue, 0, text.index(content))
    span = Span(start=at, end=at + len(cue), text=cue)
    return said(text, content, speaker, cue_class="deny", polarity="negative", speaker_side=side, cue=span)


def _event(text: str, words: str, kind: str, *arguments: EventArgument) -> EventMention:
    start = text.index(words)
    return EventMention(
        char_start=start,
        char_end=start + len(words),
        exact=words,
        rule_id="test",
        confidence=1,
        kind=kind,
        realis="actual",
        polarity="affirmative",
        statement_start=start,
        statement_end=start + len(words),
        arguments=arguments,
    )


@pytest.mark.parametrize(
    ("told", "denier", "is_answer"),
    [
        ("Norwegian boats had crossed the fjord", "Norway denied", True),
        ("Norwegian boats would be sunk if they came", "Norway denied", False),
        ("Norwegian officers deny all they do", "Norway denied", False),
        ("Norwegian boats had crossed the fjord", "Norway, which denied", False),
        ("Norwegian boats had crossed the fjord", "Norway has always denied", False),
    ],
)
def test_a_denial_in_other_words_answers_a_deed(told: str, denier: str, is_answer: bool) -> None:
    text = f"The mayor of Kiruna said {told}. {denier} that its navy had left port."
    claims = [said(text, told, "the mayor"), _denied(text, "that its navy had left port", "Norway")]
    assert answers(claims, text) == ([("Norway", "the mayor", "answers.of_denier")] if is_answer else [])


@pytest.mark.parametrize(("role", "is_answer"), [("agent", True), ("target", False)])
def test_what_befell_a_side_is_not_what_it_denies(role: str, is_answer: bool) -> None:
    told = "Norwegian sailors drowned in the raid"
    text = f"The mayor of Kiruna said {told}. Norway denied that its navy had left port."
    at = text.index("Norwegian sailors")
    sailors = EventArgument(role=role, start=at, end=at + 17, text="Norwegian sailors", side="NO", is_inferred=False)
    event = _event(text, "raid", "strike", sailors)
    claims = [said(text, told, "the mayor"), _denied(text, "that its navy had left port", "Norway")]
    assert bool(answers(claims, text, (event,))) is is_answer


def test_an_accusation_of_the_opponents_is_what_they_deny() -> None:
    text = (
        "The monitor said the North Wing and the South Front fought in Qara. "
        "The North Wing said its rivals had opened fire. The South Front denied the allegation."
    )
    fought, fired = _event(text, "fought", "clash"), _event(text, "opened fire", "clash")
    claims = [
        said(text, "the North Wing and the South Front fought in Qara", "the monitor"),
        said(text, "its rivals had opened fire", "the North Wing"),
        _denied(text, "the allegation", "South Front", side=None),
    ]
    expected = [("South Front", "the North Wing", "answers.points_back")]
    assert answers(claims, text, (fought, fired)) == expected
    # a standing denial of it answers no neutral account
    habitual = text.replace("The North Wing said its rivals had opened fire.", "").replace("denied", "has long denied")
    claims = [
        said(habitual, "the North Wing and the South Front fought in Qara", "the monitor"),
        _denied(habitual, "the allegation", "South Front", side=None),
    ]
    assert answers(claims, habitual) == []


@pytest.mark.parametrize(
    ("told", "is_answer"),
    [
        ("the embassy was following up on reports about Norwegian raids", False),
        ("Norway denies involvement, and the two ministers spoke of the Norwegian raids", False),
        ("Norwegian raids had killed nine people", True),
    ],
)
def test_a_neutral_account_is_not_what_a_denial_points_at(told: str, is_answer: bool) -> None:
    text = f"The palace said {told}. Norway denied the reports."
    claims = [said(text, told, "the palace"), _denied(text, "the reports", "Norway")]
    assert answers(claims, text) == ([("Norway", "the palace", "answers.points_back")] if is_answer else [])


@pytest.mark.parametrize(("cue", "is_answer"), [("fabricated", False), ("claimed", True)])
def test_who_forges_something_has_said_nothing(cue: str, is_answer: bool) -> None:
    text = f"The family said that the letters had been {cue} by pranksters."
    whole, at = "the letters had been " + cue + " by pranksters", text.index(cue)
    span = Span(start=at, end=at + len(cue), text=cue)
    claims = [
        said(text, whole, "the family", polarity="negative", cue_class="deny"),
        said(text, "the letters", "pranksters", stance="disputed", parent=0, cue=span),
    ]
    assert bool(answers(claims, text)) is is_answer
