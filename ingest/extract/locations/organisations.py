"""Names of organisations that hold the name of a place: "the Organization for Security and Co-operation in Europe".

Belongs here: where such names stand in a text, and which words make the name of a place part of one. Does not
belong here: bodies that bear the name of the place they are in ("Berea Police Department"), which ``mentions`` reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files

_LONGEST_NAME = 12  # words up to the "of": a text of nothing but capitals is one run


@cache
def _pattern() -> re.Pattern[str]:
    raw = (files("ingest.extract.locations") / "data" / "en" / "organisations.toml").read_text(encoding="utf-8")
    return re.compile(rf"\b(?:{'|'.join(tomllib.loads(raw)['patterns'])})\b")


def organisations(text: str) -> list[tuple[int, int]]:
    """The characters, start and end (exclusive), of each such name in ``text``, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in small letters would shift all that follows
        return []
    return [match.span() for match in _pattern().finditer(lower)]


def is_first_of_body(words: Sequence[str], at: int, heads: Collection[str]) -> bool:
    """Whether a place's name, which ends before word ``at``, is but the first word of a body's own name.

    "Donetsk People's Republic", "Shanghai Cooperation Organization"; with "school" among ``heads``, "Kyiv School of
    Economics". ``words`` are in small letters.
    """
    if list(words[-2:]) == ["peoples", "republic"]:
        return True
    if words[-1] in ("organisation", "organization") and at < len(words) - 1:
        return True
    behind = range(at + 1, min(len(words) - 1, at + _LONGEST_NAME))
    head = next((words[k - 1] for k in behind if words[k] in ("of", "for")), "")
    return head in heads
