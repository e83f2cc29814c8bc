"""Articles made up for measuring speed and memory: as many as are wanted, the same ones each time.

Belongs here: putting ``articles.toml`` together at random, from a seed. Does not belong here:
measuring. Nothing about accuracy can be learnt from these texts.

    python -m benchmarks.articles 3        # shows three of them
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FIRST_DAY = date(2024, 1, 1)
DAYS = 700
PUBLISHERS = ("Meridian Wire", "Northgate Post", "Harbour City Tribune", "Dnipro Line", "Levant Ledger")
_SLOT = re.compile(r"\{([A-Za-z]+)(?:([.:]?)([\d-]*))\}")
# The order in which an article tells its story; one word a sentence, a paragraph for each group.
_STORY = (
    "lead colour", "claim detail", "quote colour", "claim denial", "colour quote", "claim colour", "background colour",
    "quote claim", "diplomacy background", "colour detail", "denial", "colour", "quote", "diplomacy colour",
    "claim quote", "background claim", "closing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``text`` is the title, a blank line, and the body."""

    number: int
    title: str
    body: str
    published: date
    publisher: str

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.body}"

    def as_document(self) -> dict[str, str]:
        """The article as a line of a JSONL source."""
        return {
            "url": f"https://news.example/{self.published}/{self.number}",
            "title": self.title,
            "text": self.body,
            "published": self.published.isoformat(),
            "publisher": self.publisher,
        }


@cache
def material() -> dict[str, Any]:
    """What is in ``articles.toml``."""
    return tomllib.loads(Path(__file__).with_name("articles.toml").read_text(encoding="utf-8"))


class _Writer:
    """Fills the slots of one article."""

    def __init__(self, rng: random.Random, published: date) -> None:
        self._rng = rng
        self._published = published
        words = material()
        theatre = rng.choice(sorted(words["theatre"]))
        self._slots: dict[str, list[str]] = {**words["slots"], **words["theatre"][theatre]}
        self._kept: dict[str, str] = {}

    def fill(self, template: str) -> str:
        return _SLOT.sub(self._value, template)

    def _value(self, match: re.Match[str]) -> str:
        name, mark, argument = match.groups()
        lower = name[0].lower() + name[1:]
        if mark == ":":
            low, high = map(int, argument.split("-"))
            value = str(self._rng.randint(low, high))
        elif mark == ".":
            key = f"{lower}.{argument}"
            if key not in self._kept:
                self._kept[key] = self._choose(lower)
            value = self._kept[key]
        else:
            value = self._choose(lower)
        return value[0].upper() + value[1:] if name[0].isupper() else value

    def _choose(self, name: str) -> str:
        if name in ("date", "month"):
            day = self._published - timedelta(days=self._rng.randint(2, 20 if name == "date" else 300))
            return f"{day:%B} {day.day}" if name == "date" else f"{day:%B}"
        return self.fill(self._rng.choice(self._slots[name]))


def article(number: int, seed: int = 0) -> Article:
    """The article of this number."""
    rng = random.Random(f"{seed} {number}")
    published = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    writer = _Writer(rng, published)
    text = material()["text"]
    told: set[str] = set()

    def sentence(part: str) -> str:
        fresh = [t for t in text[part] if t not in told] or text[part]
        template = rng.choice(fresh)
        told.add(template)
        filled = writer.fill(template)
        return filled[0].upper() + filled[1:]

    title = sentence("title")
    groups = [_STORY[0], *rng.sample(_STORY[1:-1], rng.randint(8, len(_STORY) - 2)), _STORY[-1]]
    body = "\n\n".join(" ".join(sentence(part) for part in group.split()) for group in groups)
    return Article(number, title, body, published, rng.choice(PUBLISHERS))


def articles(count: int, seed: int = 0, first: int = 0) -> Iterator[Article]:
    """So many articles, one after the other."""
    return (article(number, seed) for number in range(first, first + count))


if __name__ == "__main__":
    for shown in articles(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(f"{shown.published} {shown.publisher}\n{shown.text}\n")
