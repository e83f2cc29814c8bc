"""What is said in the same words in several articles: whose words are one quotation, and whose are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dbt.landing_factory import Text
from test_resolve_paraphrases import article, related

SAID = "the wooden bridge will stay closed to every convoy until the engineers from Poltava have looked at it"
AGAIN = [("repeats", "quotation", "quoted_again")]


def drivers(name: str, content: str = SAID, **more: Any) -> Text:
    """An article in which somebody without a name says something."""
    return article(name, content, "drivers", speaker_kind="unnamed", actor_key=None, **more)


@pytest.mark.parametrize("later", [drivers("Herald", days=1), article("Herald", SAID, days=1, speech="direct")])
def test_the_same_words_of_somebody_without_a_name_are_said_again(tmp_path: Path, later: Text) -> None:
    assert related(tmp_path, drivers("Courier"), later) == AGAIN


@pytest.mark.parametrize(
    "other",
    [
        drivers("Herald", days=9),
        drivers("Herald", polarity="negative"),
        drivers("Herald", SAID.replace("wooden bridge", "9 bridges")),
        drivers("Herald", "the wooden bridge will stay closed for the whole of next week"),
        drivers("Herald", polarity="question"),
    ],
)
def test_other_days_numbers_or_words_of_somebody_without_a_name_are_not(tmp_path: Path, other: Text) -> None:
    assert related(tmp_path, drivers("Courier"), other) == []


def test_somebody_without_a_name_does_not_make_one_of_two_named_speakers(tmp_path: Path) -> None:
    named = [article(n, SAID, who, speech="direct") for n, who in (("A", "Oksana Bondar"), ("C", "Ivan Petrenko"))]
    assert related(tmp_path, named[0], drivers("B"), named[1]) == AGAIN
    assert related(tmp_path / "two", *named) == []
