"""The names that a text tells, as its capitals show them: those that it tells most stand for its story.

Belongs here: capitalised words of a text and how often they are told. Does not belong here: who a name is
(``ingest.extract.claims``), articles that tell the same names (``joining.stories``).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from ingest.extract.claims.coreference.actors import demonyms
from ingest.resolve.kinds import STEM, terms

_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_NAME_INSIDE_SENTENCE = re.compile(r"(?<=[^.!?:\]\s]\s)[A-Z][^\W\d_]{2,}")
LEAST_NAME = 3  # letters
_MOST_NAMES = 5  # of an article, by which it meets others


def told_names(text: str) -> tuple[str, ...]:
    """Stems of the names that a text tells most, the most told first, the first in the alphabet of equals.

    A capitalised word is a name where it has its capital inside a sentence too. States and their peoples are in too
    many stories to tell one from another.
    """
    common = terms("stop_words")
    names = {name for _, name in names_inside_sentences(text) if name.lower() not in common}
    told = Counter(word[:STEM].lower() for word in _NAME.findall(text) if word in names)
    for stem in _states() & told.keys():
        del told[stem]
    return tuple(sorted(told, key=lambda name: (-told[name], name))[:_MOST_NAMES])


@lru_cache(maxsize=8)
def names_inside_sentences(text: str) -> list[tuple[int, str]]:
    """The capitalised words of a text that begin no sentence, each with where it stands, in the order of the text."""
    return [(found.start(), found[0]) for found in _NAME_INSIDE_SENTENCE.finditer(text)]


@cache
def _states() -> frozenset[str]:
    """Stems of the names of states and peoples."""
    return frozenset(word[:STEM] for name in demonyms() for word in name.split())
