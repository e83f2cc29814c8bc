"""The word lists: readable, consistent, large enough."""

from __future__ import annotations

import pytest

from ingest.extract.claims import lexicon
from ingest.extract.claims.topics import topic
from ingest.records import ACTOR_KINDS, TOPICS

FRAMES = {
    *("s", "q", "n", "t", "o", "g", "w", "p", "r", "c"),
    *("of", "for", "as", "on", "about", "against", "over", "to", "in", "with", "if", "from", "at"),
}


def test_there_are_several_hundred_cues():
    lemmas = {c.lemma for c in lexicon.verbs().values() if c.frames}
    assert len(lemmas) >= 330
    assert len(lexicon.nouns()) >= 120
    assert len(lexicon.adjectives()) >= 30


@pytest.mark.parametrize("table", [lexicon.verbs, lexicon.nouns, lexicon.adjectives], ids=lambda t: t.__name__)
def test_every_frame_is_known(table):
    for form, cue in table().items():
        assert (cue.frames | cue.wide) - {"!"} <= FRAMES, form


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("claim", {"claim", "claims", "claimed", "claiming"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
        ("label", {"label", "labels", "labelled", "labeled", "labelling", "labeling"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
    ],
)
def test_inflection(lemma, forms):
    assert lexicon.inflect(lemma) >= forms


def test_irregular_forms_replace_regular_ones():
    verbs = lexicon.verbs()
    assert verbs["said"].lemma == "say"
    assert verbs["wrote"].lemma == "write"
    assert "sayed" not in verbs
    assert "thinked" not in verbs


def test_topics_are_those_of_the_schema():
    assert set(lexicon.toml("topics.toml")) | {"other"} == set(TOPICS)
    assert topic("the choir sang") == "other"


def test_actors_of_the_table():
    for actor in lexicon.toml("institutions.toml")["actor"]:
        assert actor["kind"] in ACTOR_KINDS
        assert actor["names"]
        assert len(actor.get("side", "XX")) == 2
        assert (actor["kind"] == "country") <= ("side" in actor)
