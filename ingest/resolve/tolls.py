"""What the words beside a figure say of it as a toll: that it comes on top of another, or is out of date.

Belongs here: reading those words. Does not belong here: what the figure counts (``ingest.extract.events``), what two
counts are to each other (``relations``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ingest.resolve.kinds import terms

_BESIDE_CHARS = 24  # in which the word beside a figure is looked for
_TOLL_CHARS = 80  # before a figure, in which it is said what toll it is


@cache
def _further_word() -> re.Pattern[str]:
    """A word by which those are counted who come on top of others; "more than" compares, "or more" bounds."""
    return re.compile(rf"(?<!\bor )\b(?:{'|'.join(sorted(terms('further_terms')))})\b(?!\s+than\b)")


@cache
def _outdated_toll() -> re.Pattern[str]:
    """A toll that is no longer the last word, in the clause right before a number."""
    words, sums = ("|".join(sorted(terms(name))) for name in ("outdated_terms", "toll_terms"))
    return re.compile(rf"\b(?:{words})\b[^.,;\d]*\b(?:{sums})\b[^.,;\d]*$", re.I)


def is_further(figure: Mapping[str, Any], text: str) -> bool:
    """True of a figure with a word that says that it comes on top of others: "another six", "six others"."""
    word = _further_word()
    before = text[max(0, figure["char_start"] - _BESIDE_CHARS) : figure["char_start"]].lower()
    behind = text[figure["char_end"] : figure["char_end"] + _BESIDE_CHARS].lower()
    is_before = any(before[m.end() :].isspace() for m in word.finditer(before))
    return is_before or word.search(figure["exact"].lower()) is not None or word.match(behind.lstrip()) is not None


def is_outdated(figure: Mapping[str, Any], text: str) -> bool:
    """True of a figure behind words that give it as no longer the last: "a previous toll of nine"."""
    before = text[max(0, figure["char_start"] - _TOLL_CHARS) : figure["char_start"]]
    return _outdated_toll().search(before) is not None
