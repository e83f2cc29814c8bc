"""How much a count covers: a rate, a part, all so far, a period, or one event.

Belongs here: reading the scope of a count from the clause that tells it. Does not belong here: which figure
belongs to which mention (``attachment``).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.events.lexicon import listed, senses, table
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import PROPER, Tree
from ingest.records import Figure
from ingest.values import value

_PERFECT = listed("scope.toml", "perfect")
_GOING_ON = listed("scope.toml", "going_on")


@value(frozen=True, slots=True)
class Counted:
    """A figure of a sentence with the tokens it reaches over, ``last`` exclusive."""

    index: int
    first: int
    last: int
    figure: Figure


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One pattern of the alternatives that ``scope.toml`` lists under a name."""
    listed = table("scope.toml")[name]
    inner, others = ([p for p in listed if p.startswith(r"\b") is is_word] for is_word in (True, False))
    # whether a word begins is asked once at each character, and not by every alternative
    words = [rf"\b(?:{'|'.join(f'(?:{p[2:]})' for p in inner)})"] if inner else []
    return re.compile("|".join([*words, *(f"(?:{p})" for p in others)]))


def scope_of(tree: Tree, figure: Counted, candidate: Candidate, role: str, *, is_part: bool) -> str:
    """How much a count covers: a rate, a part, all so far, a period, or this event."""
    words = _told_with(tree, figure, candidate)
    t = tree.tokens
    text = " ".join(t.lowers[k] for k in words)
    common = " ".join(t.lowers[k] for k in words if t.tags[k] not in PROPER)  # no "Daily Post"
    if figure.figure.kind == "rate" or figure.figure.per is not None or pattern("rate").search(common):
        return "rate"
    if is_part:
        return "part"
    is_much = (figure.figure.low or figure.figure.high or 0) >= _MOST_OF_ONE_EVENT.get(role, float("inf"))
    if pattern("cumulative").search(text):
        return "cumulative"
    if pattern("period").search(text):
        return "period"
    is_going_on = "so far" in text and bool(candidate.roles.get("agent")) and not candidate.roles.get("cause")
    return "cumulative" if is_much or is_going_on or _is_of_many(tree, candidate) else "event"


def _told_with(tree: Tree, figure: Counted, candidate: Candidate) -> list[int]:
    """The tokens of the clause that counts, with what it is joined to, without the clauses that describe its nouns."""
    t = tree.tokens
    top = candidate.clause
    while t.heads[top] != top and (t.deps[top] == "conj" or _is_beside(tree, top)):
        top = t.heads[top]  # what is joined shares its adverbials
    first, last = min(tree.left(top), figure.first), max(tree.right(top) + 1, figure.last)
    own = (candidate.trigger, figure.first)
    found, at = _in_front(tree, top), first
    described = {tree.left(k) for k in range(tree.first, tree.last) if t.deps[k] in ("relcl", "acl")}
    while at < last:
        inner = _described_until(tree, at, own) if at in described else None
        if inner is None:
            found.append(at)
        at = at + 1 if inner is None else inner + 1
    return found


def _is_beside(tree: Tree, v: int) -> bool:
    """True for "killing two" and "while 12 were displaced", which share the adverbials of the clause before them."""
    t, mark = tree.tokens, tree.kid(v, "mark")
    is_while = mark is not None and t.lowers[mark] == "while" and v > t.heads[v]
    return t.deps[v] == "advcl" and (t.tags[v] == "VBG" or is_while)


def _in_front(tree: Tree, clause: int) -> list[int]:
    """The tokens of "in 24 hours" in "In 24 hours the monitor said 38 had died": when it was, not when it was said."""
    t = tree.tokens
    said = t.heads[clause]
    subject = tree.kid(said, "nsubj")
    if t.deps[clause] != "ccomp" or subject is None or said > clause:
        return []
    return [
        x
        for k in tree.kids(said)
        if k < subject and t.deps[k] in ("prep", "npadvmod")
        for x in range(tree.left(k), tree.right(k) + 1)
    ]


def _described_until(tree: Tree, at: int, own: tuple[int, int]) -> int | None:
    """The last token of the clause that begins at a token and describes a noun; None where none does, or an own one."""
    t = tree.tokens
    for k in range(at, tree.right(at) + 1):
        if t.deps[k] in ("relcl", "acl") and tree.left(k) == at and not any(at <= x <= tree.right(k) for x in own):
            return tree.right(k)
    head = t.heads[at]
    is_clause = t.deps[head] in ("relcl", "acl") and tree.left(head) == at and head != at
    if is_clause and not any(at <= x <= tree.right(head) for x in own):
        return tree.right(head)
    return None


def _is_of_many(tree: Tree, candidate: Candidate) -> bool:
    """True for "the strikes have killed 122": what several events have done until now, on no day that is told."""
    t = tree.tokens
    clause = candidate.clause
    if not any(t.deps[k] == "aux" and t.lowers[k] in _PERFECT for k in tree.kids(clause)):
        return False
    causes = [f.head for role in ("cause", "agent") for f in candidate.roles.get(role, ())]
    if any(
        t.tags[head] == "NNS" and any(sense.part == "N" for sense in senses().get(t.lowers[head], ()))
        for head in causes
    ):
        return True
    causes += [inner for k in tree.kids(clause) if t.deps[k] == "prep" and (inner := tree.kid(k, "pobj")) is not None]
    return any(t.lowers[head] in _GOING_ON for head in causes)


# killed, destroyed or driven out at once; a larger count sums up
_MOST_OF_ONE_EVENT = {
    **dict.fromkeys(("killed", "wounded", "missing", "captured", "destroyed", "damaged"), 5_000),
    "displaced": 20_000,
}
