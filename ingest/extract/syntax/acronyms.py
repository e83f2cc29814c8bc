"""Acronyms inside runs of proper nouns.

Belongs here: which word of a run is one, by its letters alone. Does not belong here: what it stands for
(``claims.coreference.bodies``).
"""

from __future__ import annotations

from ingest.extract.analysis import Tokens

_SHORTEST = 3  # letters


def is_acronym_inside(t: Tokens, first: int, k: int, last: int) -> bool:
    """True for the "RMA" of "Kherson RMA Jane Roe": a body's letters between its place and who heads it."""
    word = t.words[k]
    is_acronym = word.isupper() and word.isalpha() and len(word) >= _SHORTEST
    return is_acronym and first < k < last - 1 and t.words[k + 1].istitle() and t.words[last].istitle()
