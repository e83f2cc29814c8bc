"""Labels of two readers, their settling, and scoring against it."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.draws.labels import agreement, differences, read, settle
from evaluation.draws.score import Tally, score

TEXT = "Shells hit Orikhiv\n\nShells hit Orikhiv on Monday, killing three people, the mayor said."


def _claim(**changes: Any) -> dict[str, Any]:
    content = [{"q": "Shells hit Orikhiv on Monday, killing three people"}]
    base = {"id": "c1", "speaker": {"q": "the mayor"}, "name": "the mayor", "cue": {"q": "said"}, "content": content}
    return base | {"polarity": "affirmative", "stance": "neutral", "topic": "strike", "parent": None} | changes


def _event(words: str, n: int, **changes: Any) -> dict[str, Any]:
    base = {"id": "e1", "trigger": {"q": words, "n": n}, "kind": "strike", "polarity": "affirmative"}
    return base | {"realis": "actual", "target": {"q": "Orikhiv", "n": n}} | changes


def _raw(**kinds: Any) -> dict[str, Any]:
    return {key: [] for key in ("claims", "figures", "dates", "locations", "events")} | kinds


def test_a_span_is_found_by_its_words_and_their_occurrence() -> None:
    labels = read(TEXT, _raw(events=[_event("hit", 1)]))
    assert TEXT[slice(*labels["events"][0]["spans"][0])] == "hit"
    assert labels["events"][0]["spans"][0][0] == TEXT.rindex("hit")


def test_words_that_are_not_in_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="not in the text: 'struck'"):
        read(TEXT, _raw(events=[_event("struck", 0)]))


def test_what_both_label_is_gold_and_what_one_labels_is_optional() -> None:
    one = read(TEXT, _raw(claims=[_claim()], events=[_event("hit", 0)]))
    other = read(TEXT, _raw(claims=[_claim(topic="casualties")]))
    gold = settle(one, other, {})
    (claim,) = gold["claims"]["items"]
    assert claim["polarity"] == ["affirmative"]
    assert "topic" not in claim
    assert gold["events"]["items"] == []
    assert len(gold["events"]["optional"]) == 1


def test_a_third_reader_settles() -> None:
    one = read(TEXT, _raw(claims=[_claim()], events=[_event("hit", 0)]))
    other = read(TEXT, _raw(claims=[_claim(topic="casualties")]))
    keys = [row["key"] for row in differences(TEXT, one, other)]
    assert len(keys) == 2
    gold = settle(one, other, dict.fromkeys(keys, "a"))
    assert gold["claims"]["items"][0]["topic"] == ["strike"]
    assert len(gold["events"]["items"]) == 1
    assert settle(one, other, dict.fromkeys(keys, "neither"))["events"] == {"items": [], "optional": []}


def test_references_of_the_second_reader_point_at_the_gold() -> None:
    death = {"id": "x2", "trigger": {"q": "killing"}, "kind": "kill_or_wound", "polarity": "affirmative"}
    death |= {"realis": "actual", "caused_by": "x1"}
    one = read(TEXT, _raw(events=[_event("hit", 1)]))
    other = read(TEXT, _raw(events=[_event("hit", 1, id="x1"), death]))
    (optional,) = settle(one, other, {})["events"]["optional"]
    assert optional["caused_by"] == ["e1"]


def test_agreement_counts_pairs_and_attributes() -> None:
    one = read(TEXT, _raw(claims=[_claim()]))
    other = read(TEXT, _raw(claims=[_claim(topic="casualties")], events=[_event("hit", 0)]))
    figures = agreement([(one, other)])
    assert (figures["claims.f1"], figures["claims.topic"], figures["events.f1"]) == (1.0, 0.0, 0.0)


def _scored(output: dict[str, Any]) -> dict[str, list[int]]:
    count = {"span": {"q": "three"}, "role": "killed", "scope": "event"}
    raw = _raw(claims=[_claim()], events=[_event("killing", 0, target=None, counts=[count])])
    labels, tally = read(TEXT, raw), Tally()
    score(TEXT, settle(labels, labels, {}), output, tally)
    return tally.counts()


def test_output_is_scored_against_the_gold() -> None:
    start = TEXT.index("killing")
    three = TEXT.index("three")
    event = {"id": "e1", "start": start, "end": start + 7, "kind": "strike", "polarity": "affirmative"}
    event |= {"realis": "actual", "args": [], "figures": [{"figure": 0, "role": "killed", "scope": "event"}]}
    figures = [{"start": three, "end": three + 5, "low": 3, "high": 3}]
    counts = _scored({"events": [event], "figures": figures})
    assert counts["events.recall"] == counts["events.precision"] == counts["events.counts"] == [1, 1]
    assert counts["claims.recall"] == [0, 1]
    assert counts["figures.precision"] == [0, 1]


def test_a_count_of_another_scope_is_wrong() -> None:
    start, three = TEXT.index("killing"), TEXT.index("three")
    event = {"start": start, "end": start + 7, "figures": [{"figure": 0, "role": "killed", "scope": "part"}]}
    counts = _scored({"events": [event], "figures": [{"start": three, "end": three + 5, "low": 3, "high": 3}]})
    assert counts["events.counts"] == [0, 1]


def test_a_third_is_a_third_however_many_digits_it_has() -> None:
    three = TEXT.index("three")
    figure = {"span": {"q": "three"}, "low": 0.333, "high": None, "bound": "at_least"}
    labels, tally = read(TEXT, _raw(figures=[figure])), Tally()
    found = {"start": three, "end": three + 5, "low": 1 / 3, "high": None, "bound": "at_least"}
    score(TEXT, settle(labels, labels, {}), {"figures": [found]}, tally)
    assert tally.counts()["figures.value"] == [1, 1]


def test_a_cause_is_right_by_whatever_mention_of_it_is_named() -> None:
    first, again = _event("hit", 0), _event("hit", 1, id="e2", same_as="e1")
    death = {"id": "e3", "trigger": {"q": "killing"}, "kind": "kill_or_wound", "polarity": "affirmative"}
    labels = read(TEXT, _raw(events=[first, again, death | {"realis": "actual", "caused_by": "e1"}]))
    at = [TEXT.index("hit"), TEXT.rindex("hit"), TEXT.index("killing")]
    found = [{"id": f"f{n}", "start": start, "end": start + 3, "kind": "strike"} for n, start in enumerate(at)]
    found[1]["same_event"], found[2]["caused_by"] = "f0", "f1"
    tally = Tally()
    score(TEXT, settle(labels, labels, {}), _raw() | {"events": found}, tally)
    counts = tally.counts()
    assert (counts["events.caused_by"], counts["events.same_as"]) == ([1, 1], [1, 1])


def test_a_mention_joined_with_none_of_its_happening_is_wrong() -> None:
    death = {"id": "e3", "trigger": {"q": "killing"}, "kind": "kill_or_wound", "polarity": "affirmative"}
    events = [_event("hit", 0), _event("hit", 1, id="e2", same_as="e1"), death | {"realis": "actual"}]
    labels = read(TEXT, _raw(events=events))
    at = [TEXT.index("hit"), TEXT.rindex("hit"), TEXT.index("killing")]
    found = [{"id": f"f{n}", "start": start, "end": start + 3, "kind": "strike"} for n, start in enumerate(at)]
    found[1]["same_event"], found[2]["same_event"] = "f0", "f0"
    tally = Tally()
    score(TEXT, settle(labels, labels, {}), _raw() | {"events": found}, tally)
    assert tally.counts()["events.same_as.precision"] == [1, 2]


def test_of_two_claims_with_one_content_each_is_paired_with_its_own_speaker() -> None:
    quoting = _claim(speaker=None, name=None, cue={"q": "Shells", "n": 0})
    labels, tally = read(TEXT, _raw(claims=[quoting, _claim(id="c2", parent="c1")])), Tally()
    start, mayor = TEXT.index("Shells hit", 1), TEXT.index("the mayor")
    content = [{"start": start, "end": TEXT.index(", the mayor")}]
    quoted = {"id": "a", "content": content, "speaker": {"start": mayor, "end": mayor + 9}, "speaker_name": "the mayor"}
    found = [quoted | {"parent": "b"}, {"id": "b", "content": content, "speaker": None, "parent": None}]
    score(TEXT, settle(labels, labels, {}), {"claims": found}, tally)
    counts = tally.counts()
    assert counts["claims.speaker"] == [2, 2]
    assert counts["claims.parent"] == counts["claims.name"] == [1, 1]
