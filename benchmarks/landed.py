"""Loads made up for measuring resolving and the warehouse: as many claims as are wanted, as a load is written.

Belongs here: the articles of a load, from a seed; landing articles with the facts that are given. Does not belong here:
what the articles tell (``happenings``, ``telling``), measuring.

They come in the order of their days, as an archive or a house's nights do. One article in twenty is another publisher's
word for word.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.happenings import DAYS, FIRST_DAY, News
from benchmarks.telling import Writer
from ingest.files import write_json
from ingest.landing import Load
from ingest.records import Article, Document, Facts
from ingest.tables import EXTRACTED, EXTRACTIONS, TABLES, identity, rows_of_facts

CLAIMS_AN_ARTICLE = 10
ARTICLES_A_DAY = 45
ARTICLES_A_SHARD = 400
PUBLISHERS = 60
BEGUN = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)
BAD_DAY = News(days=1, theatres=1, places=10)
_EXTRACTOR = "given"


def _article(number: int, of: int, seed: int, news: News) -> tuple[Article, Facts]:
    rng = random.Random(f"{seed} {number}")
    publisher = int(rng.paretovariate(0.9)) % PUBLISHERS
    # a copy is made of the same numbers as the article before it
    is_copy = rng.random() < 0.05 and number > 0
    told = number - is_copy
    published = FIRST_DAY + timedelta(days=DAYS - news.days + told * news.days // of)
    writer = Writer(random.Random(f"{seed} {told} text"), published, news)
    writer.write(CLAIMS_AN_ARTICLE)
    version, copied = (identity(identity("generated", seed, n), "1") for n in (number, number - 1))
    article = Article(
        article_id=identity("generated", seed, number),
        article_version_id=version,
        copy_group_id=copied if is_copy else version,
        copy_of_version_id=copied if is_copy else None,
        copy_kind="exact" if is_copy else None,
        copy_share=1.0 if is_copy else None,
        text_sha256=hashlib.sha256(writer.text.encode()).hexdigest(),
        source="generated",
        uri=f"{seed}/{number}",
        url=f"https://news.example/{seed}/{number}",
        publisher=f"Publisher {publisher}",
        publisher_side=[None, None, "UA", "RU", "LB", "IL"][publisher % 6],
        title=writer.text.partition("\n")[0],
        text=writer.text,
        char_count=len(writer.text),
        language="en",
        published_date=published,
        published_date_source="field",
    )
    return article, writer.facts


def write_load(root: Path, claims: int, seed: int = 0, *, news: News | None = None) -> Path:
    """A committed load of so many claims below ``root``; the same one for the same seed.

    Without ``news`` it reaches back from the last day as far as ``ARTICLES_A_DAY`` takes it.
    """
    of = claims // CLAIMS_AN_ARTICLE
    news = news or News(days=max(7, of // ARTICLES_A_DAY))
    return land(root, (_article(number, of, seed, news) for number in range(of)), seed)


def land(root: Path, articles: Iterable[tuple[Article, Facts]], number: int = 0) -> Path:
    """A committed load below ``root`` of these articles with these facts; ``number`` tells it from others."""
    recorded_at = BEGUN + timedelta(days=number)
    path = root / f"{recorded_at:%Y%m%dT%H%M%S}000Z-{number:04x}"
    write_json(path / "plan.json", {"kind": "ingest", "recorded_at": recorded_at.isoformat()})
    load = Load(path)
    sums: Counter[str] = Counter()
    left = iter(articles)
    shards = 0
    while shard := list(itertools.islice(left, ARTICLES_A_SHARD)):
        sums.update(_write_shard(load, shards, shard))
        shards += 1
    counted = {table.name: sums[table.name] for table in EXTRACTED if table is not EXTRACTIONS}
    read = {"documents_read": sums["articles"], "articles_loaded": sums["articles"], "duplicates": 0, "rejected": 0}
    load.commit({"extractor_version": _EXTRACTOR, **read, **counted, "shards": shards})
    return path


def _write_shard(load: Load, shard: int, articles: Sequence[tuple[Article, Facts]]) -> dict[str, int]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for article, facts in articles:
        rows["articles"].append(asdict(article))
        rows["documents"].append(asdict(_document(article, load.recorded_at)))
        for name, found in rows_of_facts(facts, article.article_version_id, _EXTRACTOR).items():
            rows[name] += found
    load.write_documents(shard, rows["documents"], rows["articles"])
    load.write_facts(shard, rows)
    return {name: len(found) for name, found in rows.items()}


def _document(article: Article, read_at: datetime) -> Document:
    return Document(
        document_id=identity("document", article.article_version_id),
        source=article.source,
        uri=article.uri,
        file_uri=article.uri,
        fingerprint=article.text_sha256,
        document_sha256=article.text_sha256,
        archive_sha256=article.text_sha256,
        byte_count=article.char_count,
        fetched_at=read_at,
        outcome="loaded",
        article_version_id=article.article_version_id,
    )
