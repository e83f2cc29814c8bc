"""Genericity: what is told as a habit, a trade or an order, and not as something that happened.

Belongs here: bare plurals of what is done often, what somebody watches or is paid for, and what is told to be done.
Does not belong here: modals, negations and conjunctions (``modality``).
"""

from __future__ import annotations

from ingest.extract.events.assertion.event_nouns import bears
from ingest.extract.events.grammar.clauses import is_telling
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import PROPER, Tree

_FILE = "assertion.toml"
_WATCHING = listed(_FILE, "watching")
_SO_MANY = listed(_FILE, "so_many")
_LEADING = listed(_FILE, "leading")
_USING = listed(_FILE, "using")
_DUTIES = listed(_FILE, "duties")
_ARMIES = listed(_FILE, "armies")
_STEPS = 8
_ORDERED = frozenset(["ROOT", "ccomp", "parataxis"])
_BEFORE_ORDER = frozenset(["punct", "cc", "advmod", "neg", "intj", "prep"])


def is_habitual(tree: Tree, candidate: Candidate) -> bool:
    """True of what is done time and again, of what is somebody's trade, and of what somebody keeps watch on."""
    trigger, clause = candidate.trigger, candidate.clause
    is_done_often = _is_habit(tree, trigger, clause) or _is_frequent(tree, candidate)
    return is_done_often or _is_duty(tree, trigger) or _is_watched(tree, trigger)


def is_order(tree: Tree, v: int) -> bool:
    """True for "burn their homes", "don't shell the town", and what is joined to them: what is told to be done.

    A headline without a subject is no order.
    """
    t = tree.tokens
    if tree.sentence.is_title:
        return False
    for _ in range(_STEPS):
        before = [k for k in tree.kids(v) if k < v]
        if t.tags[v] != "VB" or not all(t.deps[k] in _BEFORE_ORDER or t.lowers[k] == "do" for k in before):
            return False
        over = t.heads[v]
        if t.deps[v] != "conj":
            return t.deps[v] in _ORDERED or (t.deps[v] == "xcomp" and is_telling(t.lowers[over]))
        v = over
    return False


def _is_watched(tree: Tree, n: int) -> bool:
    """True for the "violence" of a group "which tracks violence": whatever there is of it."""
    t, verb = tree.tokens, tree.tokens.heads[n]
    if t.deps[n] != "dobj" or t.tags[verb] not in ("VBZ", "VBP", "VBG") or t.lowers[verb] not in _WATCHING:
        return False
    return not any(t.deps[k] in ("det", "nummod", "poss") for k in tree.kids(n))


def _is_habit(tree: Tree, n: int, clause: int) -> bool:
    """ "the leader coordinates attacks", "explosives for use in attacks": a bare plural of what is done often."""
    t = tree.tokens
    if t.tags[n] != "NNS" or tree.sentence.is_title:
        return False
    if any(t.deps[k] in ("det", "nummod", "poss") or t.lowers[k] in _SO_MANY for k in tree.kids(n)):
        return False
    head = t.heads[n]
    if t.deps[n] == "dobj" and head == clause:
        is_present = t.tags[clause] == "VBZ" and not any(t.deps[k] in ("aux", "auxpass") for k in tree.kids(clause))
        return (is_present and _is_by_one(tree, clause)) or t.lowers[clause] in _LEADING
    return t.deps[n] == "pobj" and t.lowers[t.heads[head]] in _USING


def _is_frequent(tree: Tree, candidate: Candidate) -> bool:
    """True for "the town is regularly shelled", "frequent attacks": what happens time and again."""
    trigger, clause = candidate.trigger, candidate.clause
    if _has_word(tree, trigger, "amod", "adjectives") or _has_word(tree, trigger, "advmod", "adverbs"):
        return True
    return clause != trigger and _has_word(tree, clause, "advmod", "adverbs") and bears(tree, candidate)


def _has_word(tree: Tree, head: int, dep: str, part: str) -> bool:
    """True where a word of what happens time and again hangs on a token."""
    t = tree.tokens
    return any(t.deps[k] == dep and t.lowers[k] in listed(_FILE, "generic", part) for k in tree.kids(head))


def _is_duty(tree: Tree, trigger: int) -> bool:
    """True for the "supplying" of "he is responsible for training men and supplying arms": what somebody does."""
    t, at = tree.tokens, trigger
    while t.deps[at] == "conj" and t.heads[at] != at:
        at = t.heads[at]
    if t.deps[at] == "dobj":
        at = t.heads[at]
    above = t.heads[at]
    return t.deps[at] == "pcomp" and t.lowers[above] == "for" and t.lowers[t.heads[above]] in _DUTIES


def _is_by_one(tree: Tree, v: int) -> bool:
    """True where a person is the subject, whose trade it may be: of "Ukraine steps up attacks" it is news."""
    t, subject = tree.tokens, tree.subject(v)
    if subject is None or t.tags[subject] in PROPER:
        return False
    return t.lowers[subject] not in _ARMIES
