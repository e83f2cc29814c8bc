"""Labelled pairs of texts: copies and what only looks like them, made of ``cases/copies.jsonl``.

Copies: edits, cuts, agency copies, reordered and merged ones. No copies: the same event by two authors,
who may share a quotation; bulletins of one series on different days; other events.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "copies.jsonl"

_SYNONYMS = {
    "said": "stated",
    "killed": "left dead",
    "wounded": "injured",
    "hit": "struck",
    "about": "around",
    "people": "persons",
    "officials": "authorities",
    "early on": "before dawn on",
    "could not be": "were impossible to be",
    "show": "reveal",
    "according to": "as told by",
    "more than": "over",
    "because": "since",
    "and": "as well as",
    "only": "just",
}


@dataclass(frozen=True)
class Pair:
    kind: str
    a: str
    b: str
    is_copy: bool


def texts() -> list[dict]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _edited(paragraphs: list[str], rng: random.Random) -> list[str]:
    """As a desk edits: some words exchanged, a sentence dropped, one put in."""
    out = []
    for paragraph in paragraphs:
        for word in rng.sample(sorted(_SYNONYMS), 5):
            paragraph = re.sub(rf"\b{word}\b", _SYNONYMS[word], paragraph, count=1)
        out.append(paragraph)
    out.insert(rng.randrange(1, len(out)), "The report will be updated as more becomes known.")
    return out


def _lightly(paragraphs: list[str], rng: random.Random) -> list[str]:
    number = re.compile(r"\d[\d,]*")
    k = rng.randrange(len(paragraphs))
    changed = number.sub(lambda m: str(int(m[0].replace(",", "")) + 1), paragraphs[k])
    return [*paragraphs[:k], changed + " This was confirmed later.", *paragraphs[k + 1 :]]


def _agency(paragraphs: list[str], rng: random.Random) -> list[str]:
    return ["KYIV, Nov 4 (Reuters) - " + paragraphs[0], *paragraphs[1:], "(Reporting by our correspondents in Kyiv)"]


def _first_half(paragraphs: list[str], rng: random.Random) -> list[str]:
    return paragraphs[: max(len(paragraphs) // 2, 2)]


def _last_dropped(paragraphs: list[str], rng: random.Random) -> list[str]:
    return paragraphs[:-2]


def _reordered(paragraphs: list[str], rng: random.Random) -> list[str]:
    return [paragraphs[0], *rng.sample(paragraphs[1:], len(paragraphs) - 1)]


def _typeset(paragraphs: list[str], rng: random.Random) -> list[str]:
    plain = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-"})
    return [p.translate(plain).replace(" a.m.", " am") for p in paragraphs]


def _framed(paragraphs: list[str], rng: random.Random) -> list[str]:
    """A copy inside a page with the house's own lines before and behind it."""
    return [
        "We are following the events in the region around the clock; send us what you see.",
        *paragraphs,
        "Read also what happened in the region last week, and who had to leave.",
        "Support independent reporting with a monthly contribution. Every sum counts, and none is too small.",
    ]


CHANGES: list[Callable[[list[str], random.Random], list[str]]] = [
    _edited, _lightly, _agency, _first_half, _last_dropped, _reordered, _typeset, _framed
]  # fmt: skip


def pairs() -> Iterator[Pair]:
    """All labelled pairs; some 240 copies and 200 others."""
    rng = random.Random(7)
    all_texts = texts()
    for text in all_texts:
        whole = "\n\n".join(text["paragraphs"])
        for change in CHANGES:
            yield Pair(change.__name__[1:], whole, "\n\n".join(change(text["paragraphs"], rng)), True)
        for first, second in (
            (_agency, _first_half),
            (_edited, _framed),
            (_lightly, _reordered),
            (_agency, _last_dropped),
        ):
            twice = second(first(text["paragraphs"], rng), rng)
            yield Pair(f"{first.__name__[1:]}+{second.__name__[1:]}", whole, "\n\n".join(twice), True)
            cut = "\n\n".join(_last_dropped(text["paragraphs"], rng))
            yield Pair(f"{first.__name__[1:]}+{second.__name__[1:]} of a cut", cut, "\n\n".join(twice), True)
    for one, other in combinations(all_texts, 2):
        kind = "same event" if one["event"] == other["event"] else "other event"
        if one["event"].startswith("bulletin") and other["event"].startswith("bulletin"):
            kind = "same series"
        a, b = ("\n\n".join(t["paragraphs"]) for t in (one, other))
        yield Pair(kind, a, b, False)
        if kind != "other event":
            yield Pair(f"{kind}, framed", "\n\n".join(_framed(one["paragraphs"], rng)), b, False)
            yield Pair(f"{kind}, by agency", "\n\n".join(_agency(one["paragraphs"], rng)), b, False)
            yield Pair(f"{kind}, cut", "\n\n".join(_first_half(one["paragraphs"], rng)), b, False)
