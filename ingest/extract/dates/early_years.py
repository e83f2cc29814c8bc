"""Years of three figures, which only a text that tells of somebody of so early an age has: "Ada (c. 314 – 368)".

Belongs here: where in a text such years stand. Does not belong here: years of four figures (``lexer``).
"""

from __future__ import annotations

import re

_MONTH_DAY = r"(?:\d{1,2}\s+[A-Z][a-z]{2,8}\s+|[A-Z][a-z]{2,8}\s+\d{1,2},\s+)"
# birth and death in brackets behind a name and perhaps its forms in other tongues; one of them says that it is a year
_LIFE = re.compile(
    r"\((?:[^()\d\n]{1,200};\s*)?(?:born\s+|b\.\s*)?"
    rf"(?P<sure>c\.\s*|ca\.\s*|circa\s+|AD\s+|{_MONTH_DAY})?(?P<birth>\d{{3}})(?P<era>\s*(?:AD|CE))?\s*[–—-]\s*"
    rf"(?P<sure_too>c\.\s*|ca\.\s*|circa\s+|AD\s+|{_MONTH_DAY})?(?P<death>\d{{3}})(?P<era_too>\s*(?:AD|CE))?\s*\)"
)
_YEAR = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Aa]bout|[Aa]round|[Cc]irca|[Cc]\.|[Aa]fter|[Bb]efore|[Uu]ntil|[Ss]ince|[Ff]rom|[Bb]etween|and|to|year|of|\d{3}\s?[–-])"
    r"\s*(\d{3})(?=\s*[,.;:)–-](?!\d)|\s+[A-Z(]|\s*$|\s+(?:he|she|they|it|the|a|his|her|when|and|until|to|as|by|in)\b)"
)
_LONGEST = 120  # years of a life
_BESIDE = 150  # years before and after a life that are told with it


def early_years(text: str) -> frozenset[int]:
    """The characters at which such years begin; none in a text that does not open with a life of that age."""
    found: set[int] = set()
    first, last = 1000, 0
    for life in _LIFE.finditer(text):
        birth, death = int(life["birth"]), int(life["death"])
        is_sure = life["sure"] or life["sure_too"] or life["era"] or life["era_too"]
        if is_sure and birth < death <= birth + _LONGEST:
            found |= {life.start("birth"), life.start("death")}
            first, last = min(first, birth), max(last, death)
    if not found:
        return frozenset()
    years = (y for y in _YEAR.finditer(text) if first - _BESIDE <= int(y[1]) <= last + _BESIDE)
    return frozenset(found | {y.start(1) for y in years})
