"""Names in which hyphens join words: "Tehreek-e-Insaf", "Hizb-ul-Ahrar", "al-Masri".

Belongs here: such a name as one phrase, with its last word as the head, where tagger and parser, which cut words
at hyphens, have taken it apart. Does not belong here: which names are one ("Masri", "al-Masri").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ingest.extract.lexicon import words

_ARTICLES = words("naming.toml", "articles")
_JOINTS = _ARTICLES | words("naming.toml", "joints")
_PROPER = frozenset(["NNP", "NNPS"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])


class Tokens(Protocol):
    """The columns of an analysis's tokens that are read and mended here."""

    words: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    heads: list[int]
    deps: list[str]


def hyphened_names(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """First and last token of each such name between the tokens ``first`` and ``last``, exclusive."""
    k = first
    while True:
        try:  # most words have no hyphen behind them: the next that has one is looked for
            k = tokens.words.index("-", k + 1, max(k + 1, last - 1)) - 1
        except ValueError:
            return
        end = _end(tokens, k, last)
        if end is None:
            k += 1
        else:
            yield k, end
            k = end + 1


def _end(t: Tokens, k: int, last: int) -> int | None:
    """The last token of the name that begins with ``k``; None where none does."""
    if not _is_hyphen(t, k + 1):
        return None
    if t.lowers[k] in _ARTICLES:
        return k + 2 if _is_capital(t, k + 2) else None
    if not _is_capital(t, k) or k + 4 >= last or t.lowers[k + 2] not in _JOINTS or not _is_hyphen(t, k + 3):
        return None
    return k + 4 if _is_capital(t, k + 4) else None


def _is_hyphen(t: Tokens, k: int) -> bool:
    return t.words[k] == "-" and t.ends[k - 1] == t.starts[k] and t.starts[k + 1 : k + 2] == [t.ends[k]]


def _is_capital(t: Tokens, k: int) -> bool:
    return t.words[k][:1].isupper() and t.words[k].isalpha()


def tag_as_names(tokens: Tokens) -> list[tuple[int, int]]:
    """Tag the words of such names as proper nouns; returns the names."""
    if "-" not in tokens.words:
        return []
    found = list(hyphened_names(tokens, 0, len(tokens.words)))
    for first, last in found:
        for k in range(first, last + 1):
            if tokens.words[k] != "-" and tokens.tags[k] not in _PROPER:
                tokens.tags[k] = "NNP"
    return found


def join_in_tree(tokens: Tokens, first: int, last: int, begin: int, end: int) -> None:
    """Make the last word of a name the head of its words, and what the parser hung on any of these hang on it.

    The name's sentence is the tokens ``begin`` to ``end``, exclusive. The proper nouns right behind the name that hang
    on it belong to it: "Tehreek-e-Labbaik Pakistan".
    """
    t = tokens
    while last + 1 < end and t.tags[last + 1] in _PROPER and first <= t.heads[last + 1] <= last:
        last += 1
    inside = range(first, last + 1)
    tops = [k for k in inside if not _passes(t, k, inside)]
    top = next((k for k in tops if t.deps[k] in _SUBJECTS), tops[-1])
    head, dep = (last if t.heads[top] == top else t.heads[top]), t.deps[top]
    for k in inside:
        t.heads[k], t.deps[k] = (head, dep) if k == last else (last, "punct" if t.words[k] == "-" else "compound")
    for k in range(begin, end):
        if k not in inside and t.heads[k] in inside:
            t.heads[k] = last


def _passes(t: Tokens, k: int, inside: range) -> bool:
    """True where another word of the name stands on the way from the token up to the root."""
    at = k
    while t.heads[at] != at:
        at = t.heads[at]
        if at in inside:
            return True
    return False
