"""Whether a number in a word behind a month is its day or counts what follows: "in October four people".

Belongs here: that one question, which the dates and the figures ask alike. Does not belong here: reading either.
"""

from __future__ import annotations

import re

_BEFORE_DAY = re.compile(r"\b(?:on|by|until|till|from|to|of) $", re.I)
# a word that may be what is counted, behind a number
_COUNTED = re.compile(r" (?!(?:and|at|but|in|is|it|or|the|to|was|were|when|which|will|with)\b)[a-z]")


def counts_what_follows(text: str, month_start: int, number_end: int) -> bool:
    """True for the "four" of "in October four people were killed", behind a month that begins at ``month_start``.

    "On July four" names a day, and so does a number in a word behind which nothing can be counted.
    """
    if _BEFORE_DAY.search(text, max(0, month_start - 8), month_start):
        return False
    return _COUNTED.match(text, number_end) is not None
