"""The word lists: readable, consistent, large enough."""

from __future__ import annotations

import pytest

from ingest.extract import lexicon as word_lists
from ingest.extract.claims import lexicon
from ingest.extract.claims.assertion.topic import scores, topic
from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.coreference.sides import side_of
from ingest.records import ACTOR_KINDS, TOPICS

FRAMES = {
    *("s", "q", "n", "d", "t", "o", "g", "w", "p", "r", "c", "like"),
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
        assert cue.frames - {"!"} <= FRAMES, form


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
    assert set(word_lists.toml("topics.toml")) | {"other"} == set(TOPICS)
    assert topic("the choir sang") == "other"


def _spelled(word):
    """A word or phrase of the lists as a text may have it."""
    return word.replace("*", "")


def test_every_word_and_phrase_of_a_topic_counts_for_it():
    for name, table in word_lists.toml("topics.toml").items():
        for weight, listed in table.items():
            if weight == "pairs":
                continue
            for word in listed:
                assert scores(f"They spoke of {_spelled(word)}.")[name] >= float(weight), (name, word)


def test_every_pair_of_a_topic_counts_for_it_in_either_order():
    for name, table in word_lists.toml("topics.toml").items():
        for pair in table.get("pairs", ()):
            for done in map(_spelled, pair["done"]):
                thing = _spelled(pair["thing"][0])
                assert scores(f"They {done} all of the {thing}.")[name] >= pair["weight"], (name, done, thing)
                assert scores(f"The {thing} had been {done}.")[name] >= pair["weight"], (name, done, thing)
            for thing in map(_spelled, pair["thing"]):
                done = _spelled(pair["done"][0])
                assert scores(f"They {done} the {thing}.")[name] >= pair["weight"], (name, done, thing)
            if pair.get("named"):
                assert scores(f"They {_spelled(pair['done'][0])} Dioura.")[name] >= pair["weight"], name


def test_every_listed_phrase_is_found():
    for key in ("discrediting_phrases", "negative_phrases", "affirming_phrases", "channels", "channel_nouns"):
        for phrase in word_lists.toml("cues.toml")[key]:
            assert word_lists.phrases("cues.toml", key).search(f"It was {phrase.upper()}, they say."), (key, phrase)


def test_every_state_is_found_by_its_names_and_demonyms():
    for name, side in demonyms().items():
        assert side_of(f"the {name} spokesman") == side, name
    assert side_of("the spokesman") is None


def test_actors_of_the_table():
    for actor in word_lists.listed_actors():
        assert actor["kind"] in ACTOR_KINDS
        assert actor["names"]
        assert (actor["kind"] == "country") <= ("side" in actor)
