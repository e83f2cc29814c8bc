"""Denials of deeds and events: who is blamed for them, what is told of them below, and what is no denial itself."""

from __future__ import annotations

from typing import Any

import pytest
from made_claims import answers, said

from ingest.records import EventArgument, EventMention, Span
from ingest.values import replace


def _hit(text: str, words: str, nth: int = 0, *, polarity: str = "affirmative", **roles: str) -> EventMention:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    around = [(role, named, text.rindex(named, 0, at + 200)) for role, named in roles.items()]
    return EventMention(
        char_start=at,
        char_end=at + len(words),
        exact=words,
        rule_id="test",
        confidence=1,
        kind="strike",
        realis="actual",
        polarity=polarity,
        statement_start=at,
        statement_end=at + len(words),
        arguments=tuple(
            EventArgument(role=role, start=start, end=start + len(named), text=named, is_inferred=False)
            for role, named, start in around
        ),
        counts=(),
    )


def _denial(text: str, content: str, speaker: str, **values: Any):
    return said(text, content, speaker, **{"cue_class": "deny", "polarity": "negative", **values})


FAR = "Rain fell on the hills. " * 36


@pytest.mark.parametrize(("blamed", "is_answer"), [("coalition", True), ("militia's", False)])
def test_who_is_blamed_below_is_answered_by_the_denial_above(blamed: str, is_answer: bool) -> None:
    text = (
        f"Snow fell. {FAR}{FAR}The coalition denied that its planes had hit a clinic in Marib. {FAR}"
        f"Nurses said {blamed} planes struck the clinic in Marib."
    )
    denied = _hit(text, "hit", polarity="negative", agent="its planes", target="a clinic")
    told = _hit(text, "struck", agent=f"{blamed} planes", target="the clinic")
    claims = [
        _denial(text, "that its planes had hit a clinic in Marib", "coalition", cue=_span(text, "denied")),
        said(text, f"{blamed} planes struck the clinic in Marib", "nurses"),
    ]
    expected = [("coalition", "nurses", "answers.of_denier")] if is_answer else []
    assert answers(claims, text, (denied, told)) == expected


def test_an_event_of_which_nobody_is_blamed_is_not_what_is_disowned() -> None:
    text = "The coalition denied that its planes had hit a clinic in Marib. Nurses said shells hit a clinic in Marib."
    denied = _hit(text, "hit", polarity="negative", agent="its planes", target="a clinic")
    told = _hit(text, "hit", 1, target="a clinic")
    claims = [
        _denial(text, "that its planes had hit a clinic in Marib", "coalition"),
        said(text, "shells hit a clinic in Marib", "nurses"),
    ]
    assert answers(claims, text, (denied, told)) == []


def test_responsibility_is_denied_to_who_accuses_not_to_who_counts_the_dead() -> None:
    text = (
        "The Red Column denied responsibility for a blast in the old market of Gaya that killed nine people on Monday. "
        "Medics said a blast in the market of Gaya killed nine people. Police accused the Red Column of the blast."
    )
    claims = [
        _denial(
            text, "responsibility for a blast in the old market of Gaya that killed nine people on Monday", "Red Column"
        ),
        said(text, "a blast in the market of Gaya killed nine people", "medics"),
        said(text, "of the blast", "police", cue_class="accuse", cue=_span(text, "accused")),
    ]
    assert answers(claims, text) == [("Red Column", "police", "answers.points_back")]


def _span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(start=at, end=at + len(words), text=words)


@pytest.mark.parametrize(("joint", "is_answer"), [(", but the", True), (". The", False)])
def test_any_role_is_denied_in_the_sentence_that_tells_of_it(joint: str, is_answer: bool) -> None:
    text = f"Nurses said bombs hit a clinic{joint} coalition denied any role."
    claims = [said(text, "bombs hit a clinic", "nurses"), _denial(text, "any role", "coalition")]
    expected = [("coalition", "nurses", "answers.points_back")] if is_answer else []
    assert answers(claims, text, (_hit(text, "hit"),)) == expected


def test_what_a_denial_holds_is_no_denial_itself() -> None:
    text = "The army rejected claims by the rebels that reports of peace were false. The mayor said reports came."
    claims = [
        _denial(text, "claims by the rebels that reports of peace were false", "army"),
        said(text, "reports of peace were false", "rebels", parent=0, depth=1, stance="disputed"),
        said(text, "reports came", "mayor"),
    ]
    assert ("rebels", "mayor") not in {(who, whom) for who, whom, _ in answers(claims, text)}


def test_reports_that_one_denies_are_answered_by_who_denies_them_too() -> None:
    text = (
        "The army denied reports that rebels had shelled the clinic. The mayor denied that rebels shelled the clinic."
    )
    inner = said(text, "rebels had shelled the clinic", None, parent=0, depth=1, stance="disputed")
    claims = [
        _denial(text, "reports that rebels had shelled the clinic", "army"),
        inner,
        _denial(text, "that rebels shelled the clinic", "mayor"),
    ]
    assert ("mayor", "", "answers.same_matter") in answers(claims, text)


@pytest.mark.parametrize(("other", "is_answer"), [("a military spokesman", False), ("a rebel spokesman", True)])
def test_the_military_does_not_answer_its_own_spokesman(other: str, is_answer: bool) -> None:
    text = f"As {other} had said, shells had hit the clinic in Tori. The military denied shells had hit the clinic."
    claims = [
        said(text, "shells had hit the clinic in Tori", other),
        _denial(text[60:], "shells had hit the clinic", "the military"),
    ]
    values = {n: getattr(claims[1], n) for n in type(claims[1]).__dataclass_fields__}
    values |= {"char_start": claims[1].char_start + 60, "char_end": claims[1].char_end + 60}
    assert bool(answers([claims[0], type(claims[1])(**values)], text)) is is_answer


@pytest.mark.parametrize(
    ("told", "speaker", "is_answer"),
    [
        ("shells had hit the clinic in Tori", "the mayor", True),
        ("Chad had rejected claims that shells had hit the clinic in Tori", "the mayor", False),
        ("baseless reports that shells had hit the clinic in Tori", "the mayor", False),
        ("shells had hit the clinic in Tori", "the mayor rejects", False),
    ],
)
def test_who_tells_of_the_rejection_is_not_answered(told: str, speaker: str, is_answer: bool) -> None:
    text = f"It was said that {told}. Chad denied shells hit the clinic of Tori."
    claims = [said(text, told, speaker), _denial(text, "shells hit the clinic of Tori", "Chad")]
    assert bool(answers(claims, text)) is is_answer


def test_a_side_is_spoken_of_by_the_words_with_which_the_denial_calls_it() -> None:
    text = "Police said raiders from the hills burned the clinic. Abdi denied that raiders had burned the clinic."
    denied = _hit(text, "burned", 1, polarity="negative", agent="raiders")
    agent = EventArgument(**{**_fields(denied.arguments[0]), "side": "KE"})
    denied = EventMention(**{**_fields(denied), "arguments": (agent,)})
    told = _hit(text, "burned", target="the clinic")
    claims = [
        said(text, "raiders from the hills burned the clinic", "police"),
        _denial(text, "that raiders had burned the clinic", "Abdi", speaker_side="KE"),
    ]
    assert len(answers(claims, text, (told, denied))) == 1
    others = text.replace("raiders from", "walkers from")
    claims[0] = said(others, "walkers from the hills burned the clinic", "police")
    assert answers(claims, others, (told, denied)) == []


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}


@pytest.mark.parametrize(("is_event", "rule"), [(True, "answers.same_event"), (False, "answers.same_matter")])
def test_the_rule_says_whether_both_tell_of_an_event(is_event: bool, rule: str) -> None:
    text = "Nurses said shells had hit a clinic in Marib. The army denied that shells had hit a clinic in Marib."
    events = (_hit(text, "hit", target="a clinic"), _hit(text, "hit", 1, polarity="negative", target="a clinic"))
    claims = [
        said(text, "shells had hit a clinic in Marib", "nurses"),
        _denial(text, "that shells had hit a clinic in Marib", "army"),
    ]
    assert answers(claims, text, events if is_event else ()) == [("army", "nurses", rule)]


@pytest.mark.parametrize(("told", "kind", "is_answer"), [("rebels", "take", True), ("soldiers", "hold", False)])
def test_who_holds_a_place_is_not_answered_by_who_says_that_it_is_not_lost(
    told: str, kind: str, is_answer: bool
) -> None:
    text = f"Elders said the {told} have the town of Tori. The army denied that rebels have the town of Tori."
    first = _hit(text, "have", agent=f"the {told}", target="the town of Tori")
    denied = _hit(text, "have", 1, polarity="negative", agent="rebels", target="the town of Tori")
    events = tuple(EventMention(**{**_fields(e), "kind": k}) for e, k in ((first, kind), (denied, "take")))
    claims = [
        said(text, f"the {told} have the town of Tori", "elders"),
        _denial(text, "that rebels have the town of Tori", "army"),
    ]
    assert bool(answers(claims, text, events)) is is_answer


@pytest.mark.parametrize(("rule_id", "is_answer"), [("gerund", False), ("object", True)])
def test_a_gerund_denies_a_deed_of_its_speaker_whatever_the_deed(rule_id: str, is_answer: bool) -> None:
    text = "Traders weighed grain in the ports. Chad has denied stealing grain or closing ports."
    denied = _denial(text, "stealing grain or closing ports", "Chad", speaker_side="TD")
    claims = [said(text, "grain in the ports", "Traders"), replace(denied, rule_id=rule_id)]
    assert bool(answers(claims, text)) is is_answer


@pytest.mark.parametrize(("cue_class", "rule"), [("accuse", "answers.of_denier"), ("say", "answers.same_matter")])
def test_who_is_accused_denies_the_accusation_in_other_words(cue_class: str, rule: str) -> None:
    text = "Traders accused Chad of loading grain in the ports. Chad denied that grain was lost or that ports closed."
    claims = [
        said(text, "Chad of loading grain in the ports", "Traders", cue_class=cue_class),
        _denial(text, "that grain was lost or that ports closed", "Chad", speaker_side="TD"),
    ]
    assert answers(claims, text) == [("Chad", "Traders", rule)]


@pytest.mark.parametrize("cue_class", ["accuse", "say"])
def test_an_accusation_that_the_text_doubts_is_denied_all_the_same(cue_class: str) -> None:
    text = "Traders blamed Chad for the fire without any evidence. Chad denied the charge."
    claims = [
        said(text, "the fire", "Traders", cue_class=cue_class, stance="disputed"),
        _denial(text, "the charge", "Chad", speaker_side="TD"),
    ]
    assert bool(answers(claims, text)) is (cue_class == "accuse")
