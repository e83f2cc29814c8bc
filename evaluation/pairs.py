"""Which accounts of real articles tell of one event: pairs judged by readers, and the weights fitted to them.

Belongs here: reading the judged pairs, fitting the weights of ``ingest/resolve/data/weights.toml`` to them, and how
right the joining is by cross-validation. Does not belong here: the features (``ingest.resolve.joining.scoring``).

    python -m evaluation.pairs [--fit]

``pairs.json`` holds no text: each side is an article of the shared real news, the SHA-256 of its text as the intake
reads it, and the span of the first trigger in characters. A pair that the extraction no longer gives is left out and
counted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest.articles import ArticleDraft, read_document
from ingest.extract.pipeline import Pipeline
from ingest.records import Article, Facts
from ingest.resolve.accounts.accounts import accounts_of
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.joining.scoring import features
from ingest.resolve.model import Account
from ingest.settings import settings
from ingest.sources import load_sources, open_source
from ingest.tables import rows_of_facts

PAIRS = Path(__file__).with_name("draws") / "pairs.json"
NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "real_news_dev.jsonl.gz"
_RIDGE = 20.0
_FOLDS, _REPEATS = 10, 5
_STEPS = 60


def drafts(doc_ids: frozenset[str]) -> dict[str, ArticleDraft]:
    """The articles with these ids of the shared real news, as the intake reads them."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        records = [record for line in file if (record := json.loads(line))["id"] in doc_ids]
    read = {}
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news.jsonl"
        news.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        sources = Path(folder) / "sources.yml"
        sources.write_text(f"sources:\n  - {{ name: news, kind: jsonl, path: {news} }}\n", encoding="utf-8")
        for source in load_sources(sources, settings()):
            for raw in open_source(source, settings()).documents(lambda uri, sha256: False):
                items = (item for item in read_document(raw, source, settings()) if isinstance(item, ArticleDraft))
                for record, item in zip(records, items, strict=True):
                    read[record["id"]] = item
    return read


def accounts(read: Mapping[str, ArticleDraft]) -> dict[str, list[Account]]:
    """The accounts of each article, by its id."""
    found_accounts: dict[str, list[Account]] = defaultdict(list)
    for account in accounts_of(rows_of(extracted(read))):
        found_accounts[account.article_version_id].append(account)
    return found_accounts


def extracted(read: Mapping[str, Article]) -> Iterator[tuple[dict[str, Any], Facts]]:
    """A row of each article, under its id, with what the extraction finds in it; in order of the ids."""
    pipeline = Pipeline(gazetteer_dir=settings().gazetteer_dir)
    for doc_id, article in sorted(read.items()):
        facts = pipeline.extract(article.text, article.published_date, article.publisher_country)
        known = {"publisher": article.publisher, "publisher_side": article.publisher_side, "agency": article.agency}
        yield article_row(doc_id, article.text, article.published_date, **known), facts


def article_row(doc_id: str, text: str, published: date | None, **known: str | None) -> dict[str, Any]:
    """A row of landed articles, of an article that is no copy; ``known`` is what there is of publisher and agency."""
    return {
        "article_version_id": doc_id,
        "article_id": doc_id,
        "publisher": None,
        "publisher_side": None,
        "agency": None,
        **known,
        "copy_group_id": doc_id,
        "published_date": published,
        "language": "en",
        "text": text,
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def rows_of(taken: Iterable[tuple[Mapping[str, Any], Facts]]) -> Rows:
    """Rows of articles, and of what was found in each, as a load has them."""
    return Rows(tables_of(taken))


def tables_of(taken: Iterable[tuple[Mapping[str, Any], Facts]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of articles, and of what was found in each, by the name of their table."""
    rows = defaultdict(list)
    for article, facts in taken:
        rows["articles"].append(article)
        for table, found in rows_of_facts(facts, article["article_version_id"], "evaluation").items():
            rows[table] += found
    return rows


def judged() -> Iterator[tuple[dict[str, float] | str, bool]]:
    """The features of each judged pair that the extraction gives, and whether the two are one event."""
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    read = drafts(frozenset(side["doc_id"] for pair in pairs for side in (pair["a"], pair["b"])))
    by_article = accounts(read)
    for pair in pairs:
        sides = [_account(pair[name], read, by_article) for name in ("a", "b")]
        if sides[0] is not None and sides[1] is not None and sides[0] is not sides[1]:
            yield features(sides[0], sides[1]), pair["verdict"] == "same"


def _account(
    side: Mapping[str, Any], read: Mapping[str, ArticleDraft], by_article: Mapping[str, Sequence[Account]]
) -> Account | None:
    draft = read.get(side["doc_id"])
    if draft is None or hashlib.sha256(draft.text.encode()).hexdigest() != side["sha256"]:
        return None
    spans = ((s.trigger, account) for account in by_article[side["doc_id"]] for s in account.statements)
    return next((a for (start, end), a in spans if start < side["end"] and side["start"] < end), None)


def fitted(table: Any, is_same: Any, strength: float = _RIDGE, shares: Any = 1.0) -> tuple[float, Any]:
    """Base and weights of a logistic regression with a ridge, by Newton's method on scaled features.

    ``shares`` is what each row counts; all count alike without it.
    """
    scale = table.std(axis=0)
    scale[scale == 0] = 1.0
    known = np.column_stack([np.ones(len(table)), table / scale])
    ridge = np.eye(known.shape[1]) * strength
    ridge[0, 0] = 0.0
    found = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-known @ found))
        slope = known.T @ (shares * (likely - is_same)) + ridge @ found
        curve = (known * (shares * likely * (1 - likely))[:, None]).T @ known + ridge
        found -= np.linalg.solve(curve, slope)
    return float(found[0]), found[1:] / scale


def cross_validated(table: Any, is_same: Any) -> Any:
    """The probability of each pair by weights that were fitted without it."""
    likely = np.zeros(len(is_same))
    for repeat in range(_REPEATS):
        order = np.random.RandomState(repeat).permutation(len(is_same))
        for fold in range(_FOLDS):
            test = order[fold::_FOLDS]
            base, weights = fitted(np.delete(table, test, axis=0), np.delete(is_same, test))
            likely[test] += 1 / (1 + np.exp(-(base + table[test] @ weights))) / _REPEATS
    return likely


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.pairs")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted to all pairs")
    args = parser.parse_args()
    pairs = list(judged())
    forbidden = [is_same for found, is_same in pairs if isinstance(found, str)]
    kept = [(found, is_same) for found, is_same in pairs if not isinstance(found, str)]
    names = list(kept[0][0])
    table = np.array([[found[name] for name in names] for found, _ in kept])
    is_same = np.array([float(same) for _, same in kept])
    print(f"{len(pairs)} pairs, {int(is_same.sum())} of {len(kept)} one event; forbidden {len(forbidden)}, of which")
    print(f"{sum(forbidden)} are one event")
    likely = cross_validated(table, is_same)
    for least in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        taken = likely >= least
        right = float(is_same[taken].sum())
        print(
            f"from {least}: {int(taken.sum()):4} pairs, right {right / max(1, taken.sum()):.3f}, "
            f"of all {right / (is_same.sum() + sum(forbidden)):.3f}"
        )
    if args.fit:
        base, weights = fitted(table, is_same)
        print(f"base = {base:.2f}")
        for name, weight in zip(names, weights, strict=True):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
