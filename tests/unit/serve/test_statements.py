"""Statements in their sentences."""

from __future__ import annotations

from typing import Any

import pytest

from claimhouse.briefing.words import event_noun, event_title
from claimhouse.evidence import Piece, Span
from claimhouse.serve.statements import by_pair, in_sentence, in_words, joined_by, sentence, told_in_sentences

TEXT = "Rain fell. The mayor of Izium said two people were killed and nine wounded. Nobody else was hurt."


def mention(identity: str, word: str, voice: str = "mayor") -> dict[str, Any]:
    start = TEXT.index(word)
    return {"event_mention_id": identity, "article_version_id": "v", "told_by": voice, "char_start": start,
            "char_end": start + len(word), "statement_start": start, "statement_end": start + len(word)}  # fmt: skip


def test_a_few_words_are_shown_in_their_sentence() -> None:
    start = TEXT.index("two people")
    pieces = in_sentence(TEXT, sentence(TEXT, start, start + 10), [Span(start, start + 10, "content")])
    assert pieces == [
        Piece("The mayor of Izium said "),
        Piece("two people", "content"),
        Piece(" were killed and nine wounded."),
    ]


def test_of_a_sentence_without_an_end_the_words_alone_are_shown() -> None:
    text = "and so " * 300
    assert sentence(text, 700, 707) == (700, 707)
    assert in_sentence(text, (700, 707), [Span(700, 707, "content")]) == [Piece("and so", "content")]


def test_what_one_sentence_tells_is_shown_once_with_each_mention_in_it() -> None:
    members = [mention("m1", "killed"), mention("m2", "wounded"), mention("m3", "hurt"), mention("m4", "killed", "b")]
    told = told_in_sentences(members, {"v": {"title": "t", "text": TEXT}})
    marked = [[piece.role for piece in sentence["pieces"] if piece.role] for sentence in told]
    assert marked == [["m1", "m2"], ["m3"], ["m4"]]


def test_a_sentence_that_a_voice_has_in_two_articles_is_shown_once() -> None:
    members = [mention("m1", "killed"), {**mention("m2", "killed"), "article_version_id": "w"}, mention("m3", "hurt")]
    texts = {"v": {"title": "t", "text": TEXT}, "w": {"title": "u", "text": TEXT}}
    assert [told["again"] for told in told_in_sentences(members, texts)] == [1, 0]


def test_pairs_of_the_same_two_voices_on_one_matter_stand_together() -> None:
    def pair(earlier: str, later: str, axis: str = "count") -> dict[str, Any]:
        return {"kind": "contradicts", "axis": axis, "event_id": "e", "earlier_voice": earlier, "later_voice": later}

    told = by_pair([pair("a", "b"), pair("a", "c"), pair("b", "a"), pair("a", "b", "place")])
    assert [(row["later_voice"], len(row["others"])) for row in told] == [("b", 1), ("c", 0), ("b", 0)]


def test_events_are_named_as_people_name_them() -> None:
    assert event_title("take", "Borova") == "Capture of Borova"
    assert event_title("kill_or_wound", None) == "Casualties"
    assert event_title("polarity", "Borova") == "Polarity in Borova"
    assert event_noun("leave") == "Withdrawal"


@pytest.mark.parametrize(
    ("rule_id", "words"),
    [
        ("first", "told first"),
        ("place_and_days", "joined by place and days"),
        ("place_and_days_same_target_names", "joined by place, days, target and names"),
        ("one_death", "joined by a victim whom both name"),
        ("another_rule", "joined by another rule"),
    ],
)
def test_why_a_mention_is_in_its_event_is_told_in_words(rule_id: str, words: str) -> None:
    assert joined_by(rule_id) == words


def test_a_rule_that_no_list_knows_is_said_in_words() -> None:
    assert in_words("answers.same_matter") == "answers: same matter"
    assert in_words(None) == ""
