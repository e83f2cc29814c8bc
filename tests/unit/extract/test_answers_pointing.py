"""What denials without a matter of their own point at: whom they name, what stands beside them, who blames them."""

from __future__ import annotations

from typing import Any

import pytest
from made_claims import answers, said

from ingest.records import Claim, EventArgument, EventMention, Span

TOLD = "The rebels said troops had burned the mill."
BACK = [("the army", "the rebels", "answers.points_back")]


def _cue(text: str, words: str) -> Span:
    at = text.rindex(words)
    return Span(start=at, end=at + len(words), text=words)


def _burned(text: str, *agents: str, polarity: str = "affirmative", kind: str = "destroy") -> EventMention:
    at = text.index("burned")
    spans = [(text.index(agent), agent) for agent in agents]
    return EventMention(
        char_start=at,
        char_end=at + 6,
        exact="burned",
        rule_id="test",
        confidence=1,
        kind=kind,
        realis="actual",
        polarity=polarity,
        statement_start=at,
        statement_end=at + 6,
        arguments=tuple(
            EventArgument(role="agent", start=start, end=start + len(words), text=words, is_inferred=False)
            for start, words in spans
        ),
        counts=(),
    )


def _told(text: str, **values: Any) -> Claim:
    return said(text, "troops had burned the mill", "the rebels", **values)


@pytest.mark.parametrize(
    ("words", "is_answer"),
    [
        ("That is false", True),
        ("This is a complete lie", True),
        ("It is entirely untrue", True),
        ("Nothing of the sort happened", True),
        ("All those claims are enemy propaganda", True),
        ("The bridge is in a false position", False),
        ("The talk of a new bridge is nonsense", False),
    ],
)
def test_a_bare_retort_answers_what_stands_right_before(words: str, is_answer: bool) -> None:
    text = f"{TOLD} {words}, the army said."
    claims = [_told(text), said(text, words, "the army", polarity="negative")]
    assert answers(claims, text) == (BACK if is_answer else [])


def test_a_retort_in_a_longer_quotation() -> None:
    words = "Our men were in camp. Those claims are completely false. We have the films"
    text = f"{TOLD} “{words},” the army said."
    assert answers([_told(text), said(text, words, "the army")], text) == BACK
    asked = words.replace("are completely false.", "are completely false?")
    text = f"{TOLD} “{asked},” the army said."
    assert answers([_told(text), said(text, asked, "the army")], text) == []


def test_what_others_say_in_between_is_not_passed_over() -> None:
    text = f"{TOLD} The mayor said rain fell. That is false, the army said."
    rain = said(text, "rain fell", "the mayor")
    retort = said(text, "That is false", "the army", polarity="negative")
    assert answers([_told(text), rain, retort], text) == [("the army", "the mayor", "answers.points_back")]
    far = text.replace("The mayor said rain fell.", "Rain fell on the hills for most of the day. " * 5)
    retort = said(far, "That is false", "the army", polarity="negative")
    assert answers([_told(far), retort], far) == []


@pytest.mark.parametrize(
    ("object_words", "is_answer"),
    [("the reports", True), ("the claim", True), ("it", True), ("charges", False), ("earlier reports", False)],
)
def test_a_denial_of_a_charge_answers_what_was_just_told(object_words: str, is_answer: bool) -> None:
    text = f"{TOLD} The army denied {object_words}."
    at = text.rindex(object_words)
    denial = said(text + "#", object_words, "the army", cue_class="deny", polarity="negative")
    denial = said(text[at:], object_words, "the army", cue_class="deny", polarity="negative")
    denial = Claim(**{**_values(denial), "char_start": at, "char_end": at + len(object_words)})
    found = answers([_told(text), denial], text, (_burned(text, "troops"),))
    assert found == (BACK if is_answer else [])


def _values(claim: Claim) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in Claim.__dataclass_fields__}
    start = fields["char_start"]
    assert start == 0
    return fields


def test_what_is_called_false_stands_between_cue_and_content() -> None:
    text = f"{TOLD} The army called the reports fabricated. Then it called the mill a barn."
    called = {"cue": Span(start=text.index("called"), end=text.index("called") + 6, text="called")}
    assert answers([_told(text), said(text, "fabricated", "the army", **called)], text) == BACK
    barn = said(text, "a barn", "the army", cue=_cue(text, "called"))
    assert answers([_told(text), barn], text) == []


@pytest.mark.parametrize(
    ("named", "speaker", "is_answer"),
    [
        ("the rebels' claims", "the rebels", True),
        ("rebel claims", "Northern Opposition", True),
        ("government claims", "Ministry of Mines", True),
        ("claims by the miners", "the miners", True),
        ("rebel claims", "Ministry of Mines", False),
    ],
)
def test_whose_claim_is_denied(named: str, speaker: str, is_answer: bool) -> None:
    text = f"Some said troops had burned the mill. {'Rain fell on the hills. ' * 12}The army denied {named}."
    claims = [
        said(text, "troops had burned the mill", speaker),
        said(text, named, "the army", cue_class="deny", polarity="negative"),
    ]
    expected = [("the army", speaker, "answers.points_back")] if is_answer else []
    assert answers(claims, text, (_burned(text, "troops"),)) == expected


def test_a_denial_that_opens_an_article_answers_what_is_told_below() -> None:
    text = f"The army denied rebel claims. Rain fell. The rebels said troops had burned the mill. {'Snow fell. ' * 20}"
    denial = said(text, "rebel claims", "the army", cue_class="deny", polarity="negative")
    event = _burned(text, "troops")
    assert answers([denial, _told(text)], text, (event,)) == BACK
    farmers = said(text, "troops had burned the mill", "the farmers")
    assert answers([denial, farmers], text, (event,)) == []


def test_which_it_denies() -> None:
    text = "The rebels say the army burned the mill, which the army denies."
    content = "the army burned the mill"
    claim = said(text, content, "the rebels")
    denial = said(text, content, "the army", cue_class="deny", polarity="negative")
    relative = Claim(**{**{n: getattr(denial, n) for n in Claim.__dataclass_fields__}, "rule_id": "denial.relative"})
    assert answers([claim, relative], text) == BACK
    assert answers([claim, denial], text) == []


def test_an_account_that_is_dismissed_inside_of_it() -> None:
    content = "they had burned the mill, an account dismissed as absurd by the army"
    for words, expected in ((content, BACK), (content.replace("an account", "a plan"), [])):
        text = f"The rebels said {words}."
        claims = [
            said(text, words, "the rebels"),
            said(text, "absurd", "the army", cue_class="deny", parent=0, depth=1, cue=_cue(text, "dismissed")),
        ]
        assert answers(claims, text) == expected


def test_reports_of_nobody_are_rejected_where_nobody_else_is_answered() -> None:
    text = "The army denied reports that troops had burned the mill."
    denial = said(text, "reports that troops had burned the mill", "the army", cue_class="deny", polarity="negative")
    inner = said(text, "troops had burned the mill", None, parent=0, depth=1, stance="disputed")
    assert answers([denial, inner], text) == [("the army", "", "answers.rejected")]
    plain = said(text, "troops had burned the mill", None, parent=0, depth=1)
    assert answers([denial, plain], text) == []
    longer = f"{text} The rebels said troops had burned the mill of Tori."
    told = said(longer, "troops had burned the mill of Tori", "the rebels")
    assert answers([denial, inner, told], longer) == [("the army", "the rebels", "answers.same_matter")]


def test_who_blames_another_is_not_answered_by_who_denies_a_deed_of_its_own() -> None:
    text = "The mayor said the police burned the mill. The army denied that it had burned it."
    blamed = said(text, "the police burned the mill", "the mayor")
    denial = said(text, "that it had burned it", "the army", cue_class="deny", polarity="negative")
    at = text.rindex("burned")
    own = EventArgument(role="agent", start=at - 7, end=at - 5, text="it", is_inferred=False)
    event = _burned(text, "the police")
    denied = EventMention(
        **{
            **{n: getattr(event, n) for n in EventMention.__dataclass_fields__},
            "char_start": at,
            "char_end": at + 6,
            "polarity": "negative",
            "arguments": (own,),
        }
    )
    assert answers([blamed, denial], text, (event, denied)) == []
    army = text.replace("the police", "the  army ")
    blamed = said(army, "the  army  burned the mill", "the mayor")
    found = answers([blamed, denial], army, (_burned(army, "the  army "), denied))
    assert found == [("the army", "the mayor", "answers.of_denier")]


def test_who_passes_a_denial_on_is_not_answered() -> None:
    text = "The agency said the army denied the burned mill was its work. The army denied the burned mill was its work."
    first = "the army denied the burned mill was its work"
    claims = [
        said(text, first, "the agency"),
        said(text, "the burned mill was its work", "the army", cue_class="deny", parent=0, depth=1),
        said(text[62:], "the burned mill was its work", "the army", cue_class="deny", polarity="negative"),
    ]
    assert answers(claims[:2], text) == []
    # without the denial inside of it, it is a claim like others
    assert len(answers([said(text, "the burned mill was its work", "the agency"), _later(claims[2])], text)) == 1


def _later(claim: Claim) -> Claim:
    values = {n: getattr(claim, n) for n in Claim.__dataclass_fields__}
    start = claim.char_start + 62
    values |= {"char_start": start, "char_end": claim.char_end + 62}
    return Claim(**values)


def test_what_is_said_again_and_again_is_answered_right_behind_only() -> None:
    text = "The rebels {}accused the army of a raid on the mill. {}The army said no raid on the mill was known."
    denial = {"cue_class": "deny", "polarity": "negative"}
    for habit, between, count in (("", "", 1), ("have often ", "", 1), ("have often ", "Rain fell. " * 30, 0)):
        said_here = text.format(habit, between)
        accused = said(
            said_here, "a raid on the mill", "the rebels", cue_class="accuse", cue=_cue(said_here, "accused")
        )
        told = said(said_here, "no raid on the mill was known", "the army", **denial)
        assert len(answers([accused, told], said_here)) == count, (habit, between)


def test_a_charge_that_is_denied_stands_in_the_same_sentence() -> None:
    text = "Nurses said bombs fell on Tori. There were accusations that the army burned the mill, a charge it denies."
    claims = [
        said(text, "bombs fell on Tori", "nurses"),
        said(text, "the army burned the mill", None, cue_class="accuse"),
        said(text, "a charge", "the army", cue_class="deny", polarity="negative"),
    ]
    charge = Claim(**{**{n: getattr(claims[2], n) for n in Claim.__dataclass_fields__}, "rule_id": "denial.charge"})
    assert answers([*claims[:2], charge], text) == [("the army", "", "answers.points_back")]
    assert answers([claims[0], charge], text) == []


@pytest.mark.parametrize(("words", "is_answer"), [("the findings of a panel", True), ("the mood of a panel", False)])
def test_whose_findings_are_rejected_and_what_they_are(words: str, is_answer: bool) -> None:
    text = f"The army dismissed {words}, which said troops had burned the mill."
    speaker = Span(start=text.index("a panel"), end=text.index("a panel") + 7, text="a panel")
    claims = [
        said(text, words, "the army", cue_class="deny", polarity="negative"),
        said(text, "troops had burned the mill", "a panel"),
    ]
    claims[1] = Claim(**{**{n: getattr(claims[1], n) for n in Claim.__dataclass_fields__}, "speaker": speaker})
    assert answers(claims, text) == ([("the army", "a panel", "answers.rejected")] if is_answer else [])


@pytest.mark.parametrize(
    ("words", "is_answer"),
    [("the allegations as “unvalidated”", True), ("the allegations as serious", False), ("the mill as a fake", False)],
)
def test_what_a_charge_is_described_as(words: str, is_answer: bool) -> None:
    text = f"{TOLD} The army described {words}."
    cue = _cue(text, "described")
    assert answers([_told(text), said(text, words, "the army", cue=cue)], text) == (BACK if is_answer else [])


def test_no_truth_in_a_report_that_the_text_gives() -> None:
    content = "there was no truth in the report that nine trucks had been lost with all their men near the old mill"
    text = f"The army said {content}."
    cue = Span(start=text.index("report"), end=text.index("report") + 6, text="report")
    inner = said(text, "nine trucks had been lost with all their men near the old mill", None, parent=0, cue=cue)
    assert answers([said(text, content, "the army"), inner], text) == [("the army", "", "answers.rejected")]
    there_was = content.replace("no truth", "no rain")
    text = text.replace("no truth", "no rain")
    inner = said(text, "nine trucks had been lost with all their men near the old mill", None, parent=0)
    assert answers([said(text, there_was, "the army"), inner], text) == []


@pytest.mark.parametrize(
    ("words", "agent", "is_answer"),
    [
        ("troops of the army had burned the mill", "troops of the army", True),
        ("miners near the army had burned the mill", "miners", False),
        ("the army may have aimed at the mill", None, True),
        ("the end of the talks shocked the army", None, False),
    ],
)
def test_who_denies_responsibility_answers_who_tells_of_its_deed(
    words: str, agent: str | None, is_answer: bool
) -> None:
    text = f"The mayor said {words}. {'Rain fell on the hills. ' * 12}The army denied responsibility."
    claims = [
        said(text, words, "the mayor"),
        said(text, "responsibility", "the army", cue_class="deny", polarity="negative"),
    ]
    events = (_burned(text, agent),) if agent else ()
    assert answers(claims, text, events) == ([("the army", "the mayor", "answers.points_back")] if is_answer else [])


@pytest.mark.parametrize(
    ("between", "accusers"), [("", ["the rebels"]), ("Rain fell. " * 20, ["the rebels", "miners"])]
)
def test_accusers_far_back_are_not_answered_where_one_stands_right_before(between: str, accusers: list[str]) -> None:
    text = (
        f"Miners accused the army of burning the mill. {'Snow fell on the hills. ' * 40}"
        f"The rebels accused it of a raid. {between}The army denied responsibility."
    )
    claims = [
        said(text, "burning the mill", "miners", cue_class="accuse"),
        said(text, "a raid", "the rebels", cue_class="accuse"),
        said(text, "responsibility", "the army", cue_class="deny", polarity="negative"),
    ]
    found = answers(claims, text)
    assert sorted(found) == sorted(("the army", who, "answers.points_back") for who in accusers)
