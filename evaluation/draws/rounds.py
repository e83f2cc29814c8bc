"""The rounds that are kept: where they lie, which have been scored, and their articles with the labels.

Belongs here: reading them, and that a text is still the one that was labelled. Does not belong here: which articles a
round draws (``draw``), making and scoring labels (``labels``, ``score``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.draws.draw import Drawn, reserve

ROUNDS = Path(__file__).with_name("rounds")
SEEN = Path(__file__).with_name("first_sight.json")


class ChangedTextError(ValueError):
    """A text that is not the one that was labelled."""


def first_sights() -> list[dict[str, Any]]:
    """What each round that has been scored was at first sight, in the order in which they were scored."""
    found: list[dict[str, Any]] = json.loads(SEEN.read_text(encoding="utf-8")) if SEEN.exists() else []
    return found


def labelled_articles(number: int) -> Iterator[tuple[Drawn, dict[str, Any]]]:
    """The articles of a round, each with its settled labels by kind.

    Raises:
        ChangedTextError: a text is not the one that was labelled.
    """
    texts = _reserve()
    for row in json.loads((ROUNDS / f"{number}.json").read_text(encoding="utf-8"))["articles"]:
        article = texts[row["doc_id"]]
        if article.sha256 != row["sha256"]:
            raise ChangedTextError(f"{row['doc_id']}: the text is not the one that was labelled")
        yield article, row["gold"]


@cache
def _reserve() -> dict[str, Drawn]:
    return {article.doc_id: article for article in reserve()}
