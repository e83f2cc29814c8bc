"""Which articles are in reserve, and which of them a round draws; or the pages that a round took from the web.

Belongs here: choosing by hash, and reading the texts of a round. Does not belong here: labels and scores.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
ARTICLES = SHARED / "corpora" / "real_news_dev.jsonl.gz"
STORIES = SHARED / "corpora" / "stories_dev.jsonl"
PAGES = Path(__file__).with_name("pages")  # labels of rounds that took public pages, and none of the reserve
ARTICLES_A_ROUND = 12
MOST_OF_A_SOURCE = 3  # so that a round has four sources at least
LONGEST = 9_000  # characters; longer articles are passed over, for labelling one takes hours


@dataclass(frozen=True, slots=True)
class Drawn:
    """One article of a round. ``text`` is the title, a blank line, and the body, as a house stores it."""

    doc_id: str
    source: str
    publisher: str | None
    dct: str | None
    text: str

    @property
    def day(self) -> date | None:
        """The day of publication; None where it is not known."""
        return date.fromisoformat(self.dct) if self.dct else None

    @property
    def sha256(self) -> str:
        """Lower-case hex digest of the text as UTF-8."""
        return sha256(self.text.encode()).hexdigest()


def is_reserved(article_id: str) -> bool:
    """Whether an article may be read by draws only."""
    return int(sha256(f"reserve:{article_id}".encode()).hexdigest(), 16) % 3 == 0


def reserve() -> list[Drawn]:
    """Return the articles of the reserve; those of labelled stories are in neither half."""
    with STORIES.open(encoding="utf-8") as lines:
        told = {doc_id for line in lines for doc_id in json.loads(line)["doc_ids"]}
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Drawn(
            row["id"],
            row["source"],
            row.get("publisher"),
            (row.get("published") or "")[:10] or None,
            f"{(row.get('title') or '').strip()}\n\n{row['text']}".strip(),
        )
        for row in rows
        if row["id"] not in told and is_reserved(row["id"])
    ]


def draw(number: int) -> list[Drawn]:
    """Return the articles of round ``number`` (from 1), none of which an earlier round of the reserve has."""
    articles = reserve()
    used: set[str] = set()
    taken: list[Drawn] = []
    for n in (n for n in range(1, number + 1) if not (PAGES / f"{n}.json").exists()):
        ordered = sorted(articles, key=lambda a: sha256(f"round {n}:{a.doc_id}".encode()).hexdigest())
        by_source: Counter[str] = Counter()
        taken = []
        for article in ordered:
            is_full = by_source[article.source] >= MOST_OF_A_SOURCE
            if article.doc_id in used or is_full or len(article.text) > LONGEST:
                continue
            by_source[article.source] += 1
            used.add(article.doc_id)
            taken.append(article)
            if len(taken) == ARTICLES_A_ROUND:
                break
    return taken


def pages(folder: Path) -> list[Drawn]:
    """Return the public news pages of a folder, in the order of their names.

    Each is ``NN.txt`` (the title, a blank line, the body) beside ``NN.json`` with ``doc_id`` (its address),
    ``publisher`` and ``dct`` (the day of publication, null where it is not known), the form that
    ``evaluation.draws draw`` writes too.
    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8").strip()
        found.append(Drawn(about["doc_id"], "page", about.get("publisher"), about.get("dct"), text))
    return found
