"""The topic of a claim, weighed from all that is told of it.

Belongs here: what is known of a claim (its words, its cue, the mentions inside it, the claims around it) as features,
and the topic for which they speak most. Does not belong here: the reading that is one of these features
(``refinement``, ``claims.assertion.topic``), how the weights are found (``evaluation.topics``).

A reading from words and mentions alone misses what the article is about: "they must pay a heavy price" is of the
topic of the claims beside it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import log1p

from ingest.extract.analysis import Analysis
from ingest.extract.claims.assertion.topic import scores_of
from ingest.extract.claims.lexicon import lemma_of
from ingest.extract.lexicon import toml
from ingest.extract.refinement import depth_of, is_of_a_topic, mentions_held
from ingest.records import TOPICS, Claim, EventMention
from ingest.values import replace

Features = dict[str, float]

STEM = 6  # letters of a word's beginning by which its forms are one
_WORD = re.compile(r"[a-z][a-z-]{2,}")  # in small letters: names and peoples say where and not what
_AROUND = ((-2, 0.25), (-1, 0.5), (1, 0.5), (2, 0.25))  # claims before and behind, and what each counts
KEPT = 0.3  # by how much another topic must speak more than the one that was read
_LEXICAL = 0.7  # what a word and a cue count, of whom there are many


def with_topics(analysis: Analysis, claims: Sequence[Claim], events: Sequence[EventMention]) -> list[Claim]:
    """The claims, each with the topic for which its features speak most."""
    return [
        claim if (topic := topic_for(known, claim.topic)) == claim.topic else replace(claim, topic=topic)
        for claim, known in zip(claims, features(analysis, claims, events), strict=True)
    ]


def topic_for(known: Features, read: str) -> str:
    """The topic with the highest sum of weights, the first of equals; ``read`` where no other speaks clearly more."""
    base, weights = _weights()
    total = base.copy()
    total[TOPICS.index(read)] += KEPT
    for name, value in known.items():
        for topic, weight in weights.get(name, ()):
            total[topic] += weight * value
    return TOPICS[total.index(max(total))]


@cache
def _weights() -> tuple[list[float], dict[str, tuple[tuple[int, float], ...]]]:
    """What each topic has from the start, and what each feature counts for and against topics, by their numbers."""
    table = toml("topic_weights.toml")
    return [table["base"].get(topic, 0.0) for topic in TOPICS], {
        name: tuple((TOPICS.index(topic), weight) for topic, weight in told.items())
        for name, told in table["weights"].items()
    }


def features(analysis: Analysis, claims: Sequence[Claim], events: Sequence[EventMention]) -> list[Features]:
    """What is known of each claim, by names of features; the claims' topics are those read so far."""
    held = mentions_held(claims, events)
    shared = _of_article(claims, events)
    return [
        dict(_of_words(analysis, claim))
        | dict(_of_cue(claim))
        | dict(_of_mentions(analysis, claim, [events[n] for n in held.get(k, ())]))
        | shared
        | _of_neighbours(claims, k)
        for k, claim in enumerate(claims)
    ]


def _of_words(analysis: Analysis, claim: Claim) -> Iterator[tuple[str, float]]:
    """The words of the content: what the lists of topics say of them, the topic read from them, their stems."""
    yield f"read:{claim.topic}", 1.0
    weighed = {name: score for name, score in scores_of(analysis, claim.content).items() if score}
    whole = sum(weighed.values())
    for name, score in weighed.items():
        yield f"words:{name}", log1p(score)
        yield f"share:{name}", score / whole
    for span in claim.content:
        for word in _WORD.findall(span.text):
            yield f"word:{word[:STEM]}", _LEXICAL


def _of_cue(claim: Claim) -> Iterator[tuple[str, float]]:
    if claim.cue is not None:
        yield f"cue:{lemma_of(claim.cue.text)}", _LEXICAL
    if claim.cue_class is not None:
        yield f"cue_class:{claim.cue_class}", _LEXICAL
    yield f"frame:{claim.rule_id.partition('.')[0]}", _LEXICAL


def _of_mentions(analysis: Analysis, claim: Claim, held: Sequence[EventMention]) -> Iterator[tuple[str, float]]:
    """The kinds of mentions that the claim is about, and which of them is its predicate."""
    for event in held:
        depth = depth_of(analysis, claim, event) if is_of_a_topic(event) else None
        if depth is not None:
            yield f"mention:{event.kind}", 1.0
            if not depth:
                yield f"predicate:{event.kind}", 1.0


def _of_article(claims: Sequence[Claim], events: Sequence[EventMention]) -> Features:
    """The shares of topics among the claims, and of kinds among the mentions, of the article."""
    read = Counter(claim.topic for claim in claims)
    told = Counter(event.kind for event in events)
    return {f"article:{topic}": n / len(claims) for topic, n in read.items()} | {
        f"told:{kind}": n / len(events) for kind, n in told.items()
    }


def _of_neighbours(claims: Sequence[Claim], k: int) -> Features:
    """The topics of the claims around claim ``k``, and of the claim that holds it."""
    near: Features = defaultdict(float)
    for step, counted in _AROUND:
        if 0 <= k + step < len(claims):
            near[f"near:{claims[k + step].topic}"] += counted
    parent = claims[k].parent
    return dict(near) | ({f"parent:{claims[parent].topic}": 1.0} if parent is not None else {})
