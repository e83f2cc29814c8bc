"""The tokens of a cue with its subject and adjuncts: what is no content though it stands beside one.

Belongs here: that region. Does not belong here: what stands before and behind it (``quotation``,
``parenthetical``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.sentence import MARKS, CueSentence

STOPS = frozenset([",", ".", ";", ":", "!", "?", "–", "—", "-", "…"])
_ADJUNCTS = ("prep", "npadvmod", "advmod", "dobj", "dative", "agent", "prt")


def cue_region(s: CueSentence, v: int) -> tuple[int, int]:
    """First and last token, inclusive, of cue, speaker and what goes with them."""
    t = s.tokens
    first = last = v
    subject = s.kid(v, "nsubj")
    for k in reversed([k for k in s.kids(v) if k < v]):
        if k == subject:
            first = min(first, s.left(k))
            break
        small = t.deps[k] in ("aux", "advmod", "neg") and s.right(k) < first
        if small and not _has_stop(s, s.left(k), first - 1):
            first = s.left(k)
    if t.deps[v] in ("conj", "xcomp", "advcl") and subject is None:
        shared = s.subject(v)
        if shared is not None and shared < v and not any(w in MARKS for w in t.lowers[shared:v]):
            first = min(first, s.left(shared))
    if subject is not None and subject > v:
        last = max(last, s.right(subject))
    for k in s.kids(v):
        if k > last and t.deps[k] in _ADJUNCTS and k - last <= 3 and t.lowers[k - 1] not in STOPS:
            last = max(last, _until_stop(s, s.left(k), s.right(k)))
    return first, last


def _has_stop(s: CueSentence, first: int, last: int) -> bool:
    lows = s.tokens.lowers
    return any(lows[x] in STOPS or lows[x] in MARKS for x in range(first, last + 1))


def _until_stop(s: CueSentence, first: int, last: int) -> int:
    lows = s.tokens.lowers
    for j in range(first, last + 1):
        if lows[j] in STOPS or lows[j] in MARKS:
            return j - 1
    return last
