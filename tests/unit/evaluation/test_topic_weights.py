"""Weights of topics, fitted to labelled claims."""

from __future__ import annotations

import tomllib

from evaluation.topics import Labelled, cross_validated, fitted, names_of, shares_of, table_of, written
from ingest.records import TOPICS


def _claims(round_: int) -> list[Labelled]:
    return [
        Labelled(round_, {"word:shells": 1.0, "frame:quotation": 0.5}, "other", ("strike",)),
        Labelled(round_, {"word:talks": 1.0, "frame:quotation": 0.5}, "other", ("diplomacy", "other")),
    ]


CLAIMS = [claim for round_ in range(12) for claim in _claims(round_) for _ in range(4)]


def test_a_feature_must_stand_in_enough_claims():
    rare = Labelled(1, {"word:rare": 1.0}, "other", ("other",))
    assert names_of([*CLAIMS, rare]) == ["frame:quotation", "word:shells", "word:talks"]


def test_what_readers_accept_shares_a_claim():
    first, second = shares_of(CLAIMS[:5:4])
    assert first[TOPICS.index("strike")] == 1.0
    assert second[TOPICS.index("diplomacy")] == second[TOPICS.index("other")] == 0.5


def test_weights_tell_topics_apart():
    names = names_of(CLAIMS)
    weights = fitted(table_of(CLAIMS, names), shares_of(CLAIMS))
    strike = weights[:, TOPICS.index("strike")]
    assert strike[1 + names.index("word:shells")] > 0.5 > 0 > strike[1 + names.index("word:talks")]


def test_topics_come_from_other_rounds():
    topics = cross_validated(CLAIMS)
    assert topics[0] == "strike"
    assert topics[4] in ("diplomacy", "other")


def test_the_file_has_each_topic_and_a_line_a_feature():
    table = tomllib.loads(written(CLAIMS))
    assert tuple(table["base"]) == TOPICS
    assert {"word:shells", "word:talks"} <= set(table["weights"])
    assert table["weights"]["word:shells"]["strike"] > 0
