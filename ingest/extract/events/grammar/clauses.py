"""Clauses: which one a word of a sentence stands in, and how far two words stand apart, in clauses.

Belongs here: walking up the tree from clause to clause. Does not belong here: what stands there
(``places``, ``arguments.days``).
"""

from __future__ import annotations

from ingest.extract.claims.lexicon import verbs
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_APART = listed("scope.toml", "apart")
_ANSWERS = listed("scope.toml", "answers")
_ANSWERS_TO = listed("scope.toml", "answers_to")
_AFTERWARDS = listed("scope.toml", "afterwards")
_COUNTED_FROM = listed("scope.toml", "counted_from")
_UNITS = listed("scope.toml", "units")
_CONJUNCTIONS = listed("light.toml", "conjunctions")
MOST = 4  # clauses that are walked up
_STEPS = 8
_STEPS_UP = 24  # from a word to the root: a tree that is deeper is a list


def way_up(tree: Tree, token: int) -> list[int]:
    """A token and those above it, up to the root or so many steps."""
    heads, found = tree.tokens.heads, [token]
    for _ in range(_STEPS_UP):
        head = heads[found[-1]]
        if head == found[-1]:
            break
        found.append(head)
    return found


def under(tree: Tree, token: int, head: int) -> bool:
    """True where a token stands in the phrase of a head."""
    heads = tree.tokens.heads
    for _ in range(_STEPS):
        if token == head:
            return True
        if heads[token] == token:
            return False
        token = heads[token]
    return False


def hangs_on(tree: Tree, token: int, head: int) -> bool:
    """True where a token hangs on a head with no other verb between them."""
    t = tree.tokens
    for _ in range(_STEPS):
        if _is_apart_noun(tree, token):
            return False
        token = t.heads[token]
        if token == head:
            return True
        if t.tags[token] in VERB_TAGS or t.heads[token] == token:
            return False
    return False


def is_of_joined(tree: Tree, token: int, head: int) -> bool:
    """True for the "X" of "the raid and the war in X" seen from the raid: it belongs to what is joined to the head."""
    t = tree.tokens
    for _ in range(_STEPS):
        if _is_apart_noun(tree, token) and under(tree, t.heads[token], head):
            return True
        if t.tags[token] in VERB_TAGS or t.heads[token] == token:
            return False
        token = t.heads[token]
    return False


def _is_apart_noun(tree: Tree, token: int) -> bool:
    """True for a noun that is joined to another one and has an article and a preposition of its own."""
    t = tree.tokens
    if t.deps[token] != "conj" or not t.tags[token].startswith("NN"):
        return False
    return tree.kid(token, "det", "poss") is not None and tree.kid(token, "prep") is not None


def clauses_up(tree: Tree, candidate: Candidate, token: int) -> int | None:
    """1 where a token stands in the candidate's clause, 2 and more in a clause above it, None in another one."""
    verb = verb_over(tree, token)
    at: int | None = candidate.clause
    for cost in range(1, MOST):
        if at is None:
            return None
        if verb == at:
            return cost
        if tree.tokens.deps[at] in ("ccomp", "ROOT") or is_apart(tree, at) or _is_asked(tree, at):
            return None  # where it was said is not where it happened
        at = verb_over(tree, at)
    return None


def _is_asked(tree: Tree, v: int) -> bool:
    """True for the clause of "disputes on Monday about who fired the missile": it has a time of its own."""
    t = tree.tokens
    return t.deps[v] == "pcomp" and any(k < v and t.tags[k] == "WP" for k in tree.kids(v))


def is_below(tree: Tree, clause: int, token: int) -> bool:
    """True for a clause of the same time under the candidate's: "detained them while searching a house in X"."""
    t = tree.tokens
    at = verb_over(tree, token)
    for _ in range(3):
        if at is None or is_apart(tree, at) or t.deps[at] not in ("advcl", "xcomp", "acl", "pcomp"):
            return False
        at = verb_over(tree, at)
        if at == clause:
            return True
    return False


def is_apart(tree: Tree, v: int) -> bool:
    """True for a clause with "before", "after", "because": it has a time and a place of its own."""
    t = tree.tokens
    if t.deps[v] != "advcl":
        return False
    return any(t.lowers[k] in _APART and k < v for k in tree.kids(v))


def is_offset(tree: Tree, k: int) -> bool:
    """True for the "after" of "two days after": what follows it has another time."""
    lowers = tree.tokens.lowers
    return k > tree.first and lowers[k] in _COUNTED_FROM and lowers[k - 1] in _UNITS


def is_at_offset(tree: Tree, token: int, above: int) -> bool:
    """True where "two days after" stands between a word and one above it: "killed two days after a raid on X"."""
    t, at = tree.tokens, token
    if _COUNTED_FROM.isdisjoint(t.lowers[tree.first : tree.last]):
        return False
    for _ in range(_STEPS):
        if at == above or t.heads[at] == at:
            return False
        if is_offset(tree, at) or any(k < at and is_offset(tree, k) for k in tree.kids(at)):
            return True
        at = t.heads[at]
    return False


def is_answered(tree: Tree, token: int, answering: int) -> bool:
    """True of what lies in the deed that another one answers: the "X" of "shelled the port in response to a raid on X".

    What is answered has a time, a place and doers of its own; ``answering`` is a word of the answer.
    """
    t = tree.tokens
    if _ANSWERS.isdisjoint(t.lowers[tree.first : tree.last]):
        return False
    for answer in (k for k in range(tree.first, tree.last) if t.lowers[k] in _ANSWERS):
        for prep in tree.kids(answer):
            if t.deps[prep] != "prep" or t.lowers[prep] not in _ANSWERS_TO:
                continue
            # "was a response to a raid on Monday": a verb that only says what it was has no day of its own
            is_said_of = t.deps[answer] == "attr" and token > prep and under(tree, token, t.heads[answer])
            if (is_said_of or under(tree, token, prep)) and not under(tree, answering, prep):
                return True
    return False


def is_afterwards(tree: Tree, token: int, later: int) -> bool:
    """True of what is told as before something else: the "raid" of "shelled the port after a raid on X"."""
    t, at = tree.tokens, token
    if _AFTERWARDS.isdisjoint(t.lowers[tree.first : tree.last]):
        return False
    for _ in range(_STEPS):
        head = t.heads[at]
        if head == at:
            return False
        is_noun = t.deps[at] == "prep" and t.lowers[at] in _AFTERWARDS
        is_clause = t.deps[at] == "advcl" and any(k < at and t.lowers[k] in _AFTERWARDS for k in tree.kids(at))
        if is_noun or is_clause:
            return not under(tree, later, at)
        at = head
    return False


def verb_over(tree: Tree, token: int) -> int | None:
    """The nearest verb above a token; None where there is none."""
    t, at = tree.tokens, token
    for _ in range(_STEPS):
        if t.heads[at] == at:
            return None
        at = t.heads[at]
        if t.tags[at] in VERB_TAGS:
            return at
    return None


def is_telling(word: str) -> bool:
    """True for "said", "reported": the subject, the time and the place of a verb of saying are those of the saying."""
    cue = verbs().get(word)
    return cue is not None and cue.cue_class == "say" and "s" in cue.frames


def bringer(tree: Tree, v: int) -> int | None:
    """Who or what does what a verb says: its subject, over one that the parser hangs on the conjunction before it.

    Of "voiced concern after a raid left 32 dead" the "raid".
    """
    t, head = tree.tokens, tree.tokens.heads[v]
    is_clause = t.deps[v] == "advcl" and t.tags[v] in ("VBD", "VBZ", "VBP")
    if is_clause and tree.kid(v, "nsubj", "nsubjpass", "mark") is None:
        for k in tree.kids(head):
            is_before = head < k < v and t.deps[k] == "prep" and t.lowers[k] in _CONJUNCTIONS
            if is_before and tree.right(k) == v - 1:
                return tree.kid(k, "pobj")
    subject = tree.subject(v)
    if subject is None or t.deps[subject] != "nsubj" or subject > t.heads[subject]:
        return subject
    # "Kathmandu, April 5 (Reuters): Rebels stormed"
    over = t.heads[subject]
    last = max(k for k in tree.kids(over) if t.deps[k] == "nsubj" and k < over)
    return last if any(word.endswith(":") for word in t.words[subject:last]) else subject
