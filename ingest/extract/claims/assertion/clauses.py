"""The first main clause of a content, which polarity and hedge are read from."""

from __future__ import annotations

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.lexicon import pattern

FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_SHORTEST = 12  # characters of a clause
_NO_PREDICATE = frozenset(["punct", "mark", "aux", "cc", "advmod", "prep", "npadvmod", "advcl"])


def first_clause_end(text: str) -> int:
    """Where the first main clause of a content ends, in characters from its start."""
    m = pattern("clause_end").search(text, _SHORTEST)
    return m.start() if m else len(text)


def predicate(analysis: Analysis, first: int, last: int) -> int | None:
    """The token from ``first`` up to ``last``, exclusive, whose head lies outside, a verb before others."""
    t = analysis.tokens
    best = None
    for k in range(first, last):
        h = t.heads[k]
        if h == NO_HEAD:
            continue
        if h == k or not first <= h < last:
            if t.tags[k] in FINITE or t.tags[k].startswith("VB") or t.deps[k] in ("ROOT", "ccomp", "xcomp"):
                return k
            if best is None and t.deps[k] not in _NO_PREDICATE:
                best = k
    return best
