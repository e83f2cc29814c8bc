"""The weights of topics, fitted to the claims of draws that have been scored, and how right they are on others.

Belongs here: reading the labelled claims, fitting the weights of ``ingest/extract/data/en/topic_weights.toml``, and
their accuracy by rounds that they were not fitted to. Does not belong here: the features (``ingest.extract.topics``).

    python -m evaluation.topics [--fit]

Only rounds that have been scored at first sight are used: what has not been measured yet stays unseen.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.draws.labels import likeness, pair_up
from evaluation.draws.rounds import first_sights, labelled_articles, reserved_rounds
from ingest.extract.pipeline import Pipeline
from ingest.extract.topics import KEPT, Features, features
from ingest.records import TOPICS
from ingest.settings import settings

WEIGHTS = Path(__file__).resolve().parents[1] / "ingest" / "extract" / "data" / "en" / "topic_weights.toml"
_RIDGE = 5.0
_LEAST_OFTEN = 5  # claims that a feature stands in
_STEPS = 400
_LEAST_WEIGHT = 0.1  # what is weaker is not written
_FOLDS = 6
_HEAD = """# What each feature of a claim counts for and against a topic; ``ingest.extract.topics`` says what they are.
# Fitted to labelled claims by ``python -m evaluation.topics --fit``; not to be changed by hand.
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim that was found and labelled: its features, the topic read so far, and the topics that readers accept."""

    round: int
    known: Features
    read: str
    accepted: tuple[str, ...]


def labelled() -> Iterator[Labelled]:
    """The claims of all rounds of the reserve that have been scored."""
    pipeline = Pipeline(gazetteer_dir=settings().gazetteer_dir)
    alike = likeness("claims")
    for number in sorted(set(reserved_rounds()) & {seen["round"] for seen in first_sights()}):
        for article, labels in labelled_articles(number):
            analysis = pipeline.analyse(article.text, article.day)
            found = pipeline.found(analysis)
            known = features(analysis, found.claims, found.events)
            gold = labels["claims"]["items"]
            items = [{"spans": [(s.start, s.end) for s in claim.content]} for claim in found.claims]
            for i, j in pair_up(gold, items, alike):
                accepted = tuple(topic for topic in gold[i].get("topic", ()) if topic)
                if accepted:
                    yield Labelled(number, known[j], found.claims[j].topic, accepted)


def names_of(claims: Sequence[Labelled]) -> list[str]:
    """The features that stand in enough claims to be weighed, in order of the alphabet."""
    often = Counter(name for claim in claims for name in claim.known)
    return sorted(name for name, n in often.items() if n >= _LEAST_OFTEN)


def table_of(claims: Sequence[Labelled], names: Sequence[str]) -> Any:
    """One row a claim, one column a feature, and a first column of ones."""
    at = {name: n for n, name in enumerate(names, start=1)}
    table = np.zeros((len(claims), len(names) + 1))
    table[:, 0] = 1.0
    for row, claim in zip(table, claims, strict=True):
        for name, value in claim.known.items():
            if name in at:
                row[at[name]] = value
    return table


def fitted(table: Any, shares: Any) -> Any:
    """Weights of a multinomial logistic regression with a ridge, one column a topic; the first row is the base.

    ``shares`` holds what each topic has of each claim: two that readers accept have a half each. Found by accelerated
    gradient descent, whose step is as long as the steepest curve allows.
    """
    steepest = 0.5 * np.linalg.eigvalsh(table.T @ table)[-1] + _RIDGE
    ridge = np.full((table.shape[1], 1), _RIDGE)
    ridge[0] = 0.0
    weights = ahead = np.zeros((table.shape[1], shares.shape[1]))
    for step in range(_STEPS):
        score = table @ ahead
        likely = np.exp(score - score.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        moved = ahead - (table.T @ (likely - shares) + ridge * ahead) / steepest
        ahead = moved + step / (step + 3) * (moved - weights)
        weights = moved
    return weights


def shares_of(claims: Sequence[Labelled]) -> Any:
    """What each topic has of each claim."""
    return np.array([[(t in c.accepted) / len(c.accepted) for t in TOPICS] for c in claims])


def cross_validated(claims: Sequence[Labelled]) -> list[str]:
    """The topic of each claim by weights that were fitted without its round."""
    topics = [""] * len(claims)
    for fold in range(_FOLDS):
        train = [c for c in claims if c.round % _FOLDS != fold]
        names = names_of(train)
        weights = fitted(table_of(train, names), shares_of(train))
        test = [n for n, c in enumerate(claims) if c.round % _FOLDS == fold]
        scores = table_of([claims[n] for n in test], names) @ weights
        for n, score in zip(test, scores, strict=True):
            score[TOPICS.index(claims[n].read)] += KEPT
            topics[n] = TOPICS[score.argmax()]
    return topics


def written(claims: Sequence[Labelled]) -> str:
    """The file of weights fitted to all claims."""
    names = names_of(claims)
    weights = fitted(table_of(claims, names), shares_of(claims))
    weights -= weights.mean(axis=1, keepdims=True)
    lines = [_HEAD, "[base]", *(f"{t} = {w:.2f}" for t, w in zip(TOPICS, weights[0], strict=True)), "", "[weights]"]
    for name, row in zip(names, weights[1:], strict=True):
        told = ", ".join(f"{t} = {w:.2f}" for t, w in zip(TOPICS, row, strict=True) if abs(w) >= _LEAST_WEIGHT)
        if told:
            lines.append(f'"{name}" = {{ {told} }}')
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.topics")
    parser.add_argument("--fit", action="store_true", help="write the weights fitted to all rounds")
    args = parser.parse_args()
    claims = list(labelled())
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for claim, topic in zip(claims, cross_validated(claims), strict=True):
        both = claim.read in claim.accepted, topic in claim.accepted
        right[f"rounds {(claim.round - 1) // 9 * 9 + 1:2} and on"].append(both)
        right["all"].append(both)
    for name, pairs in sorted(right.items(), reverse=True):
        read, weighed = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        print(f"{name:16} {len(pairs):5} claims, read {read:.3f}, weighed by other rounds {weighed:.3f}")
    if args.fit:
        WEIGHTS.write_text(written(claims), encoding="utf-8")


if __name__ == "__main__":
    main()
