"""Whose side the words for an actor name.

Belongs here: states told by their names and demonyms. Does not belong here: the side of a listed
actor, which its entry says (``actors``).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.extract.claims.coreference.actors import demonyms

_WORD = re.compile(r"\w+")


@cache
def _origins() -> re.Pattern[str]:
    names = sorted(demonyms(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(n) for n in names) + r")(?![\w])", re.I)


@cache
def _origin_words() -> frozenset[str]:
    """The first words of all names and demonyms."""
    return frozenset(_WORD.findall(name)[0] for name in demonyms())


@lru_cache(maxsize=4096)
def side_of(text: str) -> str | None:
    """The state whose name or demonym stands in ``text``, if it is one."""
    if _origin_words().isdisjoint(_WORD.findall(text.lower())):
        return None  # the pattern tries some hundred names at each word
    found = {demonyms()[m.group().lower()] for m in _origins().finditer(text)}
    return found.pop() if len(found) == 1 else None
