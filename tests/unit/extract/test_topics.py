"""The topic of a claim, weighed from its own words and from what stands around it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract import topics
from ingest.extract.lexicon import toml
from ingest.extract.pipeline import Pipeline
from ingest.extract.topics import KEPT, features, topic_for
from ingest.records import EVENT_KINDS, TOPICS

FEATURES = {
    *("article", "cue", "cue_class", "frame", "mention", "near", "parent", "predicate", "read", "share", "told"),
    *("word", "words"),
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def _topics(pipeline: Pipeline, text: str) -> list[str]:
    return [claim.topic for claim in pipeline.extract(text, date(2025, 11, 20)).claims]


def test_weights_are_of_known_features_and_topics():
    table = toml("topic_weights.toml")
    assert set(table["base"]) == set(TOPICS)
    assert {name.partition(":")[0] for name in table["weights"]} == FEATURES
    assert {topic for weights in table["weights"].values() for topic in weights} <= set(TOPICS)
    kinds = {name.partition(":")[2] for name in table["weights"] if name.startswith(("mention:", "told:"))}
    assert kinds <= set(EVENT_KINDS)


def test_words_of_topics_are_no_names():
    words = [name.partition(":")[2] for name in toml("topic_weights.toml")["weights"] if name.startswith("word:")]
    assert all(word == word.lower() for word in words)


def test_what_is_read_is_kept_unless_another_speaks_more(monkeypatch: pytest.MonkeyPatch):
    strike, other = TOPICS.index("strike"), TOPICS.index("other")
    weights = {"word:mill": ((other, 0.5),), "word:blast": ((strike, KEPT + 0.1),)}
    monkeypatch.setattr(topics, "_weights", lambda: ([0.0] * len(TOPICS), weights))
    assert topic_for({}, "strike") == "strike"
    assert topic_for({"word:blast": 0.5}, "other") == "other"
    assert topic_for({"word:blast": 1.0}, "other") == "strike"
    assert topic_for({"word:blast": 1.0, "word:mill": 1.0}, "other") == "other"


def test_features_of_a_claim(pipeline: Pipeline):
    text = "The mayor said that shells hit the market in Kherson. The envoy added that talks would go on."
    analysis = pipeline.analyse(text, date(2025, 11, 20))
    found = pipeline.found(analysis)
    first, second = features(analysis, found.claims, found.events)
    assert {"read:strike", "predicate:strike", "cue:say", "frame:complement_clause", "word:shells"} <= set(first)
    assert "word:kherso" not in first
    assert first["near:diplomacy"] == second["near:strike"] == 0.5
    assert first["article:strike"] == second["article:diplomacy"] == 0.5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # words of their own are enough
        ("The mayor said that the rebels had taken Kherson.", ["control"]),
        ("The mayor said that the bakery would open on Monday.", ["other"]),
        ("The minister said that Oslo was preparing to supply Kyiv with drones.", ["military_aid"]),
    ],
)
def test_topics_of_a_text(pipeline: Pipeline, text: str, told: list[str]):
    assert _topics(pipeline, text) == told


def test_a_text_without_claims_has_no_topics(pipeline: Pipeline):
    assert _topics(pipeline, "The bakery opened on Monday.") == []
