"""Which claims of an article answer which: on hand-made claims, each rule with cases for it and against it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from made_claims import answers, said

from ingest.extract.answers import MAY_ANSWER, with_answers
from ingest.records import EventArgument, EventMention, Span

BRIDGE = "The mayor said the rebels hold the bridge. The army denied that the rebels hold the bridge."


def test_a_denial_of_the_same_matter() -> None:
    claims = [
        said(BRIDGE, "the rebels hold the bridge. "[:-2], "the mayor"),
        said(BRIDGE, "that the rebels hold the bridge", "the army", cue_class="deny"),
    ]
    assert answers(claims) == [("the army", "the mayor", "answers.same_matter")]


@pytest.mark.parametrize(
    "changed",
    [
        {"speaker_name": "the army"},  # nobody answers himself
        {"polarity": "negative"},  # a denial is not denied
        {"stance": "disputed"},
        {"hedge": "possible"},
    ],
)
def test_what_no_denial_answers(changed: dict[str, Any]) -> None:
    first = said(BRIDGE, "the rebels hold the bridge", **{"speaker": "the mayor", **_named(changed)})
    denial = said(BRIDGE, "that the rebels hold the bridge", "the army", cue_class="deny")
    assert answers([first, denial]) == []


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {("speaker" if name == "speaker_name" else name): value for name, value in values.items()}


def test_another_matter_is_not_answered() -> None:
    text = "The mayor said the rebels hold the bridge. The army denied that shells had hit the clinic."
    claims = [
        said(text, "the rebels hold the bridge", "the mayor"),
        said(text, "that shells had hit the clinic", "the army", cue_class="deny"),
    ]
    assert answers(claims) == []


CHARGE = "The ministry accused the army of firing first. The army rejected the accusation."


def test_a_denial_that_only_points_back() -> None:
    claims = [
        said(CHARGE, "firing first", "the ministry", cue_class="accuse"),
        said(CHARGE, "the accusation", "the army", cue_class="deny", polarity="negative"),
    ]
    assert answers(claims) == [("the army", "the ministry", "answers.points_back")]


def test_it_points_back_only_as_far_as_a_reader_would_look() -> None:
    text = CHARGE.replace(". The army", ". " + "Snow fell on the hills all day. " * 40 + "The army")
    denial = said(text, "the accusation", "the army", cue_class="deny", polarity="negative")
    assert answers([said(text, "firing first", "the ministry"), denial]) == []
    # an accusation is what a denial of it points at, wherever in the article it stands
    accused = said(text, "firing first", "the ministry", cue_class="accuse")
    assert answers([accused, denial]) == [("the army", "the ministry", "answers.points_back")]


def test_what_is_told_long_after_a_denial_is_not_what_it_answers() -> None:
    text = (
        "The army denied that the rebels hold the bridge. "
        + "Snow fell all day. " * 60
        + "The rebels hold the bridge now."
    )
    claims = [
        said(text, "that the rebels hold the bridge", "the army", cue_class="deny"),
        said(text, "The rebels hold the bridge now", "the mayor"),
    ]
    assert answers(claims, text) == []


def test_a_denial_answers_each_of_those_who_accuse() -> None:
    text = "The mayor blamed the army for the fire. The rescuers blamed it too. The army denied any involvement."
    claims = [
        said(text, "the army for the fire", "the mayor", cue_class="accuse"),
        said(text, "it too", "the rescuers", cue_class="accuse"),
        said(text, "any involvement", "the army", cue_class="deny", polarity="negative"),
    ]
    assert {speaker for _, speaker, _ in answers(claims)} == {"the mayor", "the rescuers"}


@pytest.mark.parametrize(
    "retort",
    [
        "complete nonsense",
        "a fairy tale for sponsors",
        "a mirage",
        "pure disinformation",
        "a tissue of lies",
        "a blatant untruth",
        "hogwash",
    ],
)
def test_a_retort_answers_without_a_word_of_denial(retort: str) -> None:
    text = f"The ministry said the governor had opened the dam. The governor called the news {retort}."
    claims = [
        said(text, "the governor had opened the dam", "the ministry"),
        said(text, f"the news {retort}", "the governor"),
    ]
    assert answers(claims) == [("the governor", "the ministry", "answers.points_back")]


def test_a_retort_does_not_answer_what_is_said_of_others() -> None:
    text = "The ministry said the dam had burst. The governor called the talk of a rift complete nonsense."
    claims = [
        said(text, "the dam had burst", "the ministry"),
        said(text, "the talk of a rift complete nonsense", "the governor"),
    ]
    assert answers(claims) == []


def test_who_denies_for_one_side_does_not_answer_what_another_is_accused_of() -> None:
    text = "Seoul accused China of selling oil. The Russian ministry denied the report."
    accusation = said(text, "selling oil", "Seoul", cue_class="accuse", cue=_at(text, "accused"))
    denial = said(text, "the report", "the ministry", cue_class="deny", polarity="negative", speaker_side="RU")
    assert answers([accusation, denial], text) == []
    chinese = said(text, "the report", "the ministry", cue_class="deny", polarity="negative", speaker_side="CN")
    assert answers([accusation, chinese], text) == [("the ministry", "Seoul", "answers.points_back")]


def _at(text: str, words: str) -> Span:
    return Span(start=text.index(words), end=text.index(words) + len(words), text=words)


def test_what_is_only_not_so_answers_the_same_event_alone() -> None:
    text = "The mayor said shells had hit the old mill. The army said no shells had hit the old mill."
    claims = [
        said(text, "shells had hit the old mill", "the mayor"),
        said(text, "no shells had hit the old mill", "the army", polarity="negative"),
    ]
    assert answers(claims, text) == []
    events = (_hit(text, text.index("hit"), "affirmative"), _hit(text, text.rindex("hit"), "negative"))
    assert answers(claims, text, events) == [("the army", "the mayor", "answers.same_event")]


def _hit(text: str, at: int, polarity: str) -> EventMention:
    return EventMention(
        char_start=at,
        char_end=at + 3,
        exact="hit",
        rule_id="test",
        confidence=1,
        kind="strike",
        polarity=polarity,
        realis="actual",
        extent=None,
        extent_words=None,
        statement_start=at,
        statement_end=at + 3,
        claim=None,
        first_date=None,
        last_date=None,
        time_rule="none",
        arguments=(),
        counts=(),
    )


@pytest.mark.parametrize(("same_event", "answered"), [(0, 1), (None, 1), (1, 0)])
def test_that_attack_is_the_one_that_the_accuser_tells_of(same_event: int | None, answered: int) -> None:
    text = (
        "The rebels accused the army of the hit. Another hit cost ten lives. The army denied involvement in that hit."
    )
    first, second, third = (m.start() for m in re.finditer("hit", text))
    events = (
        _hit(text, first, "affirmative"),
        _hit(text, second, "affirmative"),
        replace(_hit(text, third, "affirmative"), same_event=same_event),
    )
    claims = [
        said(text, "of the hit", "the rebels", cue_class="accuse"),
        said(text, "involvement in that hit", "the army", cue_class="deny"),
    ]
    assert len(answers(claims, text, events)) == answered


def test_a_claim_rejected_inside_the_rejection() -> None:
    text = "The mayor said that reports of a burst dam, spread by the army, were a lie."
    claims = [
        said(text, "reports of a burst dam, spread by the army, were a lie", "the mayor"),
        said(text, "a burst dam", "the army", parent=0, depth=1, stance="disputed"),
    ]
    assert answers(claims) == [("the mayor", "the army", "answers.rejected")]


def test_a_claim_passed_on_without_rejecting_it_is_not_answered() -> None:
    text = "The agency reported that the mayor had claimed, without proof, that the dam had burst."
    claims = [
        said(text, "the mayor had claimed, without proof, that the dam had burst", "the agency"),
        said(text, "the dam had burst", "the mayor", parent=0, depth=1, stance="disputed"),
    ]
    assert answers(claims) == []


def test_two_of_one_side_do_not_answer_each_other() -> None:
    claims = [
        said(BRIDGE, "the rebels hold the bridge", "the mayor", speaker_side="UA"),
        said(BRIDGE, "that the rebels hold the bridge", "the army", cue_class="deny", speaker_side="UA"),
    ]
    assert answers(claims) == []


def test_the_other_links_of_a_claim_stay() -> None:
    claims = [
        said(BRIDGE, "the rebels hold the bridge", "the mayor"),
        said(BRIDGE, "that the rebels hold the bridge", "the army", cue_class="deny"),
    ]
    found = with_answers(BRIDGE, claims, ())
    assert [claim.content for claim in found] == [claim.content for claim in claims]
    assert found[0].links == ()
    assert {link.rule_id for link in found[1].links} <= MAY_ANSWER


def test_who_turns_a_proposal_down_denies_no_statement() -> None:
    text = "Envoys rejected a proposal of the army to open the bridge."
    refusal = said(text, "a proposal of the army to open the bridge", "envoys", cue_class="deny")
    proposal = said(text, "to open the bridge", "the army", parent=0, stance="disputed")
    assert answers([refusal, proposal]) == []
    called_for = said(text, "open the bridge", "the army", parent=0, stance="disputed")
    assert answers([refusal, called_for]) == []
    text = "Envoys rejected a report of the army that the bridge was open."
    denial = said(text, "a report of the army that the bridge was open", "envoys", cue_class="deny")
    reported = said(text, "that the bridge was open", "the army", parent=0, stance="disputed")
    assert answers([denial, reported]) == [("envoys", "the army", "answers.rejected")]


def test_accusations_of_before_and_those_that_follow_are_not_what_is_denied() -> None:
    text = "The rebels accused the army of the raid. The army has denied {} accusations."
    accused = "of the raid"
    for word, answered in (("these", 1), ("earlier", 0), ("similar", 0)):
        said_here = text.format(word)
        claims = [
            said(said_here, accused, "the rebels", cue_class="accuse"),
            said(said_here, f"{word} accusations", "the army", cue_class="deny"),
        ]
        assert len(answers(claims)) == answered, word
    text = "The rebels denied any involvement. The army accused the rebels of the raid."
    denial = said(text, "any involvement", "the rebels", cue_class="deny")
    assert answers([denial, said(text, accused, "the army", cue_class="accuse")]) == []


@pytest.mark.parametrize(
    ("denial", "cue", "answered"),
    [
        ("its planes had crossed the river", "denied", 1),
        ("similar flights", "denied", 0),  # others than those that were told
        ("its planes had crossed the river", "dismissed", 0),  # so is a minister
    ],
)
def test_a_denial_in_other_words_answers_what_was_just_said_of_its_side(denial: str, cue: str, answered: int) -> None:
    text = f"The mayor said that Russian jets bombed a school. Moscow {cue} {denial}."
    at = text.index(cue)
    claims = [
        said(text, "that Russian jets bombed a school", "the mayor"),
        said(
            text,
            denial,
            "Moscow",
            cue_class="deny",
            polarity="negative",
            speaker_side="RU",
            cue=Span(text=cue, start=at, end=at + len(cue)),
        ),
    ]
    expected = [("Moscow", "the mayor", "answers.of_denier")] if answered else []
    assert answers(claims, text) == expected
    assert answers([claims[0], replace(claims[1], speaker_side="BE")], text) == []


def test_of_several_sentences_the_first_says_what_is_answered() -> None:
    told = {"speaker_side": "BE", "cue_class": "deny", "polarity": "negative"}
    for first, answered in (("Two of Belgiums jets were there.", 1), ("None of Belgiums jets was there.", 0)):
        text = f"The ministry said: {first} No others flew. Brussels denied that its jets had flown."
        at = text.index("denied")
        denial = said(
            text, "that its jets had flown", "Brussels", cue=Span(start=at, end=at + 6, text="denied"), **told
        )
        claim = said(text, f"{first} No others flew.", "the ministry", polarity="negative")
        assert len(answers([claim, denial], text)) == answered, first


def test_a_retort_that_is_quoted_is_of_who_quotes_it() -> None:
    text = "The ministry accused the city of a ban. The city says it is banned already, which is not true."
    accused = said(text, "of a ban", "the ministry", cue_class="accuse")
    assert answers([accused, said(text, "it is banned already, which is not true", "the city")]) == []


def test_nobody_in_particular_is_answered_by_nobody() -> None:
    claims = [
        said(BRIDGE, "the rebels hold the bridge. "[:-2], "some"),
        said(BRIDGE, "that the rebels hold the bridge", "the army", cue_class="deny"),
    ]
    assert answers(claims) == []


def test_who_looks_into_it_has_said_nothing_that_is_denied() -> None:
    text = "Panel: investigating whether rebels shelled the depot. The army denied that the rebels shelled the depot."
    denied = said(text, "that the rebels shelled the depot", "army", cue_class="deny", polarity="negative")
    assert answers([said(text, "investigating whether rebels shelled the depot", "panel"), denied], text) == []
    told = said(text, "rebels shelled the depot", "panel")
    assert answers([told, denied], text) == [("army", "panel", "answers.same_matter")]


@pytest.mark.parametrize(
    ("reason", "polarity", "answered"),
    [
        ("the bridge had not fallen to the army", "negative", 1),
        ("the bridge was a pile of rubble", "affirmative", 0),
        ("nobody slept in the town", "negative", 1),  # in one breath with the denial
    ],
)
def test_why_something_is_denied_answers_it_too(reason: str, polarity: str, answered: int) -> None:
    text = f"The army said it had taken the bridge. The mayor denied the claim, saying that {reason}."
    claims = [
        said(text, "it had taken the bridge", "the army", cue_class="accuse"),
        said(text, "the claim", "the mayor", cue_class="deny", polarity="negative"),
        said(text, reason, "the mayor", polarity=polarity),
    ]
    assert answers(claims).count(("the mayor", "the army", "answers.points_back")) == 1 + answered


def test_the_reason_of_another_denial_further_down_is_of_another_matter() -> None:
    text = "The army blamed the mayor for fire. The mayor denied the claim. Rain fell all day long. He said no bus ran."
    claims = [
        said(text, "the mayor for fire", "the army", cue_class="accuse"),
        said(text, "the claim", "the mayor", cue_class="deny", polarity="negative"),
        said(text, "no bus ran", "the mayor", polarity="negative"),
    ]
    assert len(answers(claims, text)) == 1


@pytest.mark.parametrize(
    ("content", "answered"),
    [
        ("they had absolutely nothing to do with this hit and were looking into it with care", 1),
        ("our units were not involved", 1),
        ("the price of bread had nothing to do with the weather of that year", 0),
        ("we hope that our units were not involved", 0),
        ("nobody could tell whether our units were not involved", 0),
        ("we do not know whether the hit took place, but our units were not involved", 1),
        ("if there was a hit, our units were not involved", 1),
        ("we saw the films, and we hope that our units were not involved", 0),
    ],
)
def test_who_had_no_part_in_it_answers_who_accuses(content: str, answered: int) -> None:
    text = f"The mayor blamed the army for the hit. The army said {content}."
    claims = [
        said(text, "the army for the hit", "the mayor", cue_class="accuse"),
        said(text, content, "the army", polarity="negative"),
    ]
    assert len(answers(claims, text)) == answered


@pytest.mark.parametrize(("side", "answered"), [("RU", 1), ("UA", 0)])
def test_who_tells_of_the_deed_of_a_side_accuses_it(side: str, answered: int) -> None:
    text = "The rescuers said its planes made the hit. The ministry denied any involvement."
    at = text.index("hit")
    agent = EventArgument(
        role="agent",
        start=text.index("its"),
        end=text.index("its") + 10,
        text="its planes",
        side=side,
        is_inferred=False,
    )
    event = replace(_hit(text, at, "affirmative"), arguments=(agent,))
    claims = [
        said(text, "its planes made the hit", "the rescuers"),
        said(text, "any involvement", "the ministry", cue_class="deny", speaker_side="RU", polarity="negative"),
    ]
    assert len(answers(claims, text, (event,))) == answered


LINKED = (
    "The analyst said the raids on ports were linked to the new howitzers. He said Moscow wanted to frighten people. "
    "The mayor rejected this interpretation. “You cannot link the raids to the howitzers.”"
)


def test_the_reason_of_a_denial_answers_what_is_said_of_its_matter() -> None:
    claims = [
        said(LINKED, "the raids on ports were linked to the new howitzers", "the analyst"),
        said(LINKED, "Moscow wanted to frighten people", "the analyst"),
        said(LINKED, "this interpretation", "the mayor", cue_class="deny", polarity="negative"),
        said(LINKED, "You cannot link the raids to the howitzers", "the mayor", polarity="negative"),
    ]
    found = with_answers(LINKED, claims, ())
    assert [link.index for link in found[2].links] == [1]
    assert [link.index for link in found[3].links] == [0]


@pytest.mark.parametrize(
    ("retort", "rule"),
    [
        ("charges that vessels sold grain to smugglers are false", "answers.rejected"),
        ("that vessels sold grain to smugglers is false", "answers.same_matter"),
    ],
)
def test_a_retort_that_gives_the_charge_rejects_it(retort: str, rule: str) -> None:
    text = f"The agency said vessels sold grain to smugglers at sea. The envoy said {retort}."
    claims = [
        said(text, "vessels sold grain to smugglers at sea", "the agency"),
        said(text, retort, "the envoy", polarity="negative"),
    ]
    assert answers(claims) == [("the envoy", "the agency", rule)]
