"""Which accounts of ECB+ tell of one happening where they leave out where or when, and the weights fitted to them.

Belongs here: ECB+'s documents as articles of one house, the weights of ``[story]`` in
``ingest/resolve/data/weights.toml``, and how right its events are across documents. Does not belong here: the
features (``ingest.resolve.joining.stories``), pairs that readers judged (``evaluation.pairs``).

    python -m evaluation.stories [--fit]

Weights are fitted to pairs of accounts of one topic. A topic holds documents on two alike happenings, so that what
tells them apart counts. Right and found are pairs of labelled mentions in two documents, as ECB+'s scorer counts them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

import numpy as np

from evaluation.draws.draw import SHARED
from evaluation.pairs import article_row, fitted, rows_of
from ingest.extract.pipeline import Pipeline
from ingest.records import Facts
from ingest.resolve.accounts.accounts import accounts_of
from ingest.resolve.joining.blocking import pairs
from ingest.resolve.joining.events import clusters
from ingest.resolve.joining.stories import is_bare, story_features
from ingest.resolve.model import Account
from ingest.settings import settings

ECB = SHARED / "corpora" / "events" / "ecb_dev.jsonl"
_RIDGE = 5.0
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mention that ECB+ labels and the extraction finds: where it stands, and of which happening it is."""

    doc_id: str
    topic: str  # without the half that the document is of
    chain: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Accounts by their ids, and the labelled mentions that they hold."""

    accounts: Mapping[str, Account]
    mentions: tuple[Labelled, ...]


def documents() -> list[dict[str, Any]]:
    """The documents of the half of ECB+ that is at hand."""
    with ECB.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def facts_of(records: Iterable[Mapping[str, Any]], pipeline: Pipeline) -> dict[str, Facts]:
    """What the extraction finds in each document, by its id."""
    return {record["doc_id"]: pipeline.extract(record["text"], _day(record)) for record in records}


def _day(record: Mapping[str, Any]) -> date | None:
    return datetime.fromisoformat(record["dct"]).date() if record.get("dct") else None


def corpus_of(records: Sequence[Mapping[str, Any]], facts: Mapping[str, Facts]) -> Corpus:
    """Documents as articles of one house, from what the extraction found in each."""
    taken = ((article_row(r["doc_id"], r["text"], _day(r)), facts[r["doc_id"]]) for r in records)
    accounts = {account.account_id: account for account in accounts_of(rows_of(taken))}
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for account in accounts.values():
        for statement in account.statements:
            spans[account.article_version_id].append((*statement.trigger, account.account_id))
    return Corpus(accounts, tuple(m for record in records for m in _mentions(record, sorted(spans[record["doc_id"]]))))


def _mentions(record: Mapping[str, Any], found: list[tuple[int, int, str]]) -> Iterator[Labelled]:
    """Each labelled event that a mention overlaps; a mention stands for one of them."""
    free = dict.fromkeys(found)
    for event in record["events"]:
        hit = next((span for span in free if span[0] < event["end"] and event["start"] < span[1]), None)
        if hit is not None and event.get("chain"):
            del free[hit]
            topic = record["topic"]
            yield Labelled(record["doc_id"], topic.split("_")[0], f"{topic}/{event['chain']}", hit[2])


def across(corpus: Corpus, groups: Iterable[Iterable[str]]) -> tuple[int, int, int]:
    """Pairs of mentions of one topic in two documents: right, joined, and labelled as one; groups are of accounts."""
    event = {account_id: number for number, group in enumerate(groups) for account_id in group}
    by_topic: dict[str, list[Labelled]] = defaultdict(list)
    for mention in corpus.mentions:
        by_topic[mention.topic].append(mention)
    right = joined = labelled = 0
    for mentions in by_topic.values():
        for one, other in combinations(mentions, 2):
            if one.doc_id == other.doc_id:
                continue
            is_one = one.chain == other.chain
            is_joined = event.get(one.account_id, one) == event.get(other.account_id, other)
            right += is_one and is_joined
            joined += is_joined
            labelled += is_one
    return right, joined, labelled


def measured(corpus: Corpus) -> dict[str, float]:
    """Precision and recall of pairs across documents, by the events that resolving shows of all documents at once."""
    shown = (set(c.account_ids) - c.doubtful for _, c in clusters(dict(corpus.accounts)))
    right, joined, labelled = across(corpus, shown)
    return {"across_precision": right / joined if joined else 0.0, "across_recall": right / labelled}


def judged(corpus: Corpus) -> list[tuple[dict[str, float], bool, str]]:
    """Features of each pair of accounts that are compared by their story, whether they are one, and their topic."""
    told: dict[str, set[Labelled]] = defaultdict(set)
    for mention in corpus.mentions:
        told[mention.account_id].add(mention)
    found = []
    for one, other in pairs(corpus.accounts.values()):
        ours, theirs = told[one.account_id], told[other.account_id]
        if not (ours and theirs) or not (is_bare(one) or is_bare(other)):
            continue
        features = story_features(one, other)
        if isinstance(features, str):
            continue
        topics = {mention.topic for mention in ours | theirs}
        if len(topics) == 1:
            is_one = bool({m.chain for m in ours} & {m.chain for m in theirs})
            found.append(({n: value for part in features for n, value in part.items()}, is_one, topics.pop()))
    return found


def _weighed(topics: Any) -> Any:
    """What each pair counts: a topic of many documents has pairs by their square."""
    told = Counter(topics)
    share = np.array([1 / np.sqrt(told[topic]) for topic in topics])
    return share / share.mean()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.stories")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted to all pairs")
    args = parser.parse_args()
    records = documents()
    corpus = corpus_of(records, facts_of(records, Pipeline(gazetteer_dir=settings().gazetteer_dir)))
    found = judged(corpus)
    names = list(found[0][0])
    table = np.array([[features[name] for name in names] for features, _, _ in found])
    is_one = np.array([float(same) for _, same, _ in found])
    topics = np.array([topic for _, _, topic in found])
    fold = np.array([sorted(set(topics)).index(topic) % _FOLDS for topic in topics])
    likely = np.zeros(len(found))
    for number in range(_FOLDS):
        known = fold != number
        base, weights = fitted(table[known], is_one[known], _RIDGE, _weighed(topics[known]))
        likely[~known] = 1 / (1 + np.exp(-(base + table[~known] @ weights)))
    print(f"{len(found)} pairs of accounts, {int(is_one.sum())} one happening")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        taken = likely >= least
        right = float(is_one[taken].sum())
        print(
            f"from {least}: {int(taken.sum()):4} pairs, right {right / max(1, taken.sum()):.3f}, "
            f"of all {right / is_one.sum():.3f}"
        )
    print({name: round(value, 3) for name, value in measured(corpus).items()})
    if args.fit:
        base, weights = fitted(table, is_one, _RIDGE, _weighed(topics))
        print(f"base = {base:.2f}")
        for name, weight in zip(names, weights, strict=True):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
