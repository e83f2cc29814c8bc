"""The rounds that are kept: where they lie, which have been scored, and their articles with the labels.

``rounds`` holds those drawn from the reserve, whose texts stand beside the project; ``pages`` those of public news
pages, whose texts are with whoever labelled them.

Belongs here: reading them, and that a text is still the one that was labelled. Does not belong here: which articles a
round draws (``draw``), making and scoring labels (``labels``, ``score``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.draws.draw import PAGES, Drawn, reserve

ROUNDS = Path(__file__).with_name("rounds")
SEEN = Path(__file__).with_name("first_sight.json")


class ChangedTextError(ValueError):
    """A text that is not the one that was labelled."""


def first_sights() -> list[dict[str, Any]]:
    """What each round that has been scored was at first sight, in the order in which they were scored."""
    found: list[dict[str, Any]] = json.loads(SEEN.read_text(encoding="utf-8")) if SEEN.exists() else []
    return found


def reserved_rounds() -> list[int]:
    """The numbers of the rounds that were drawn from the reserve."""
    return sorted(int(path.stem) for path in ROUNDS.glob("*.json"))


def labelled_articles(number: int, texts: list[Drawn] | None = None) -> Iterator[tuple[Drawn, dict[str, Any]]]:
    """The articles of a round, each with its settled labels by kind.

    Args:
        number: the round.
        texts: the pages of a round that was not drawn from the reserve; None for one that was.

    Raises:
        ChangedTextError: a text is missing, or is not the one that was labelled.
    """
    kept = (ROUNDS if texts is None else PAGES) / f"{number}.json"
    known: Mapping[str, Drawn] = _reserve() if texts is None else {article.doc_id: article for article in texts}
    for row in json.loads(kept.read_text(encoding="utf-8"))["articles"]:
        article = known.get(row["doc_id"])
        if article is None or article.sha256 != row["sha256"]:
            raise ChangedTextError(f"{row['doc_id']}: the text is not the one that was labelled")
        yield article, row["gold"]


@cache
def _reserve() -> dict[str, Drawn]:
    return {article.doc_id: article for article in reserve()}
