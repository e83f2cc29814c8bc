"""What the words beside a number say of it as a toll: that it comes on top of another, or is out of date.

Belongs here: reading those words. Does not belong here: what the figure counts and how much
(``attachment``, ``scope``), counts that add up to another (``parts``).
"""

from __future__ import annotations

from ingest.extract.events.lexicon import listed
from ingest.extract.syntax.tree import Tree

_FILE = "scope.toml"
_OUTDATED = listed(_FILE, "outdated")
_TOLLS = listed(_FILE, "tolls")
_RISING = listed(_FILE, "rising")
_SHORT = 7  # tokens around a number in which it is said what it rose to
_REACH = 20  # tokens before a number in which it is said what toll it is


def is_added(tree: Tree, first: int, last: int, words: str = "added") -> bool:
    """True where a listed word in or next to a number adds it to others; "more than" compares, "or more" bounds.

    ``first`` and ``last`` (exclusive) are tokens of the number; ``words`` is the name of a list of ``scope.toml``.
    """
    lowers = tree.tokens.lowers
    return any(
        lowers[k] in listed(_FILE, words)
        and not (k > tree.first and lowers[k - 1] == "or")
        and not (k + 1 < tree.last and lowers[k + 1] == "than")
        for k in range(max(tree.first, first - 1), min(tree.last, last + 1))
    )


def is_further(tree: Tree, first: int, last: int) -> bool:
    """True of a number of those who come on top of others: "another six", "six others", "three more"."""
    return is_added(tree, first, last) or is_added(tree, first, last, "others")


def is_outdated(tree: Tree, first: int, last: int) -> bool:
    """True of a number that its clause gives as no longer the last: "a previous toll of nine", "rose to 34 from 21"."""
    t = tree.tokens
    if _is_start_of_rise(tree, first, last):
        return True
    tolls: list[int] = []
    for k in range(first - 1, max(tree.first, first - _REACH) - 1, -1):
        if (t.deps[k] == "punct" and t.lowers[k] != "-") or t.tags[k] == "CD":
            break
        if t.lowers[k] in _OUTDATED and any(_is_said_of(tree, k, toll) for toll in tolls):
            return True
        if t.lowers[k] in _TOLLS:
            tolls.append(k)
    return False


def _is_said_of(tree: Tree, word: int, toll: int) -> bool:
    """True in "a previous toll", "had earlier given a toll of"; not in "an earlier raid raised the toll"."""
    t = tree.tokens
    return tree.left(toll) <= word or (t.deps[word] == "advmod" and t.heads[word] == t.heads[toll])


def _is_start_of_rise(tree: Tree, first: int, last: int) -> bool:
    """True of the 21 of "rose from 21 to 34", "rose to 34 from 21", "34, up from 21"."""
    t = tree.tokens
    if first <= tree.first or t.lowers[first - 1] != "from":
        return False
    before = t.lowers[max(tree.first, first - _SHORT) : first - 1]
    behind = t.lowers[last : min(tree.last, last + _SHORT)]
    is_rise = "to" in (*before, *behind[:1]) and not _RISING.isdisjoint(before)
    return is_rise or before[-1:] in (["up"], ["down"])
