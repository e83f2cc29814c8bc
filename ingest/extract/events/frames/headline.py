"""Frames of headlines: "Coalition bombs school in Raqqa", whose verb a tagger takes for a noun.

Belongs here: what stands around a verb without auxiliaries and articles. Does not belong here: how a headline in
title case is written for the tagger (``ingest.extract.casing``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames.common import ABLE, fits, kind_of, roles_of
from ingest.extract.events.grammar.functions import Functions
from ingest.extract.events.lexicon import classes, listed, senses
from ingest.extract.events.model import Candidate, Filler, Sense
from ingest.extract.syntax.tree import PROPER, Tree

_DIRECTIONS = listed("scope.toml", "directions")
_MANY_OR_ONE = listed("scope.toml", "many_or_one")
_OPENING_CLAUSES = listed("scope.toml", "opening_clauses")
_APPROXIMATING = listed("scope.toml", "approximating")
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_OF_PHRASE = frozenset(["DT", "CD", "JJ", "PRP$", "VBN", "HYPH", "POS"])
_DOERS = ABLE | {"name"}
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_PLURAL = frozenset(["NNS", "NNPS"])
_MOST = 3  # phrases behind prepositions


def verb(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "Army storms village near Homs": the noun right before it does it, what stands behind it befalls it."""
    t = tree.tokens
    if not referents.is_headline(tree.sentence) or not tree.first < i < tree.last - 1:
        return None
    if not _agrees(tree, i):
        return None
    if classes().get(t.lowers[i]) == "armed":
        return None  # "Afghan forces degrade network"
    functions = _behind(tree, i)
    if t.tags[i + 1] == "CD" and t.tags[i - 1] == "CD":
        pass  # "kills 3 wounds 20"
    elif not _is_doer(tree, i, referents) or any(t.tags[k] in _FINITE for k in range(_begin(tree, i), i)):
        return None
    else:
        functions["subject"] = (Filler(i - 1, first=_first(tree, i - 1)),)
    if "object" in functions and t.lowers[functions["object"][0].head] in _DIRECTIONS:
        return None  # "Airstrike West of Aden"
    if "object" not in functions or (_may_be_noun(t.lowers[i]) and not _is_exact(tree, functions)):
        return None
    if not fits(tree, i, sense, functions, referents):
        return None
    roles = roles_of(tree, functions, sense, referents)
    return Candidate(
        kind=kind_of(tree, sense, roles, referents),
        rule="verb.active",
        sense=sense,
        trigger=i,
        last=i,
        clause=i,
        sentence=sentence,
        roles=roles,
    )


def _agrees(tree: Tree, i: int) -> bool:
    """True for "rebels storm", "army storms", "gunmen storm", and for the "Taliban", who storm or storms."""
    t, noun = tree.tokens, i - 1
    if t.tags[noun] == "CD" or t.lowers[noun] in _MANY_OR_ONE:
        return True
    is_plural = t.lowers[noun].endswith("s") or t.tags[noun] in _PLURAL
    return t.lowers[i].endswith("s") != is_plural


def _begin(tree: Tree, i: int) -> int:
    """Where the clause of a verb begins: behind the last comma or conjunction before it."""
    lowers, opening = tree.tokens.lowers, _OPENING_CLAUSES
    return next((k + 1 for k in range(i - 1, tree.first, -1) if lowers[k] in opening), tree.first)


def _is_doer(tree: Tree, i: int, referents: Referents) -> bool:
    """True where the noun right before a verb can do what it tells: who can act, and what hits or breaks things."""
    if i == tree.first or tree.tokens.tags[i - 1] not in _NOUNS:
        return False
    labels = referents.labels(tree, i - 1)
    return bool(labels & _DOERS) or ("weapon" in labels and not _may_be_noun(tree.tokens.lowers[i]))


def _may_be_noun(low: str) -> bool:
    """True for "attacks", "strikes", which name the event as nouns too; "bombs" do so only where they kill."""
    return any(sense.part == "N" and "harming" not in sense.needs for sense in senses().get(low, ()))


def _is_exact(tree: Tree, functions: Functions) -> bool:
    """True where the object is a name or a number: "Israel strikes Gaza", but not "Syria air strikes death toll"."""
    tag = tree.tokens.tags[functions["object"][0].head]
    return tag in PROPER or tag == "CD"


def _behind(tree: Tree, i: int) -> Functions:
    """The phrase right behind the verb as its object, and what stands behind the prepositions after it."""
    t = tree.tokens
    found: Functions = {}
    filler, at = _phrase(tree, i + 1)
    if filler is not None:
        found["object"] = (filler,)
    for _ in range(_MOST):
        if at >= tree.last or t.tags[at] not in ("IN", "TO"):
            break
        name = t.lowers[at]
        filler, at = _phrase(tree, at + 1)
        if filler is not None:
            found.setdefault(name, (filler,))
    return found


def _first(tree: Tree, noun: int) -> int:
    """The first word of the phrase that ends with a noun: of "US-led coalition" and of names."""
    t, at = tree.tokens, noun
    while at > tree.first and (t.tags[at - 1] in _OF_PHRASE or t.tags[at - 1] in _NOUNS):
        at -= 1
    return at


def _behind_approximation(tree: Tree, at: int) -> int:
    """The token of the number behind "over", "at least"; the same token where none stands there."""
    t, number = tree.tokens, at
    while number < tree.last and t.lowers[number] in _APPROXIMATING:
        number += 1
    return number if number < tree.last and t.tags[number] == "CD" else at


def _phrase(tree: Tree, first: int) -> tuple[Filler | None, int]:
    """The phrase that begins at a token, up to its last noun or number, and the token behind it; None for none."""
    t, at, head = tree.tokens, _behind_approximation(tree, first), None
    if at < tree.last and t.tags[at].startswith("V") and t.lowers[at] in classes():
        head, at = at, at + 1  # the "missile" of "fires missile", read as a verb
    while at < tree.last and (t.tags[at] in _OF_PHRASE or t.tags[at] in _NOUNS):
        head = at if t.tags[at] in _NOUNS or t.tags[at] == "CD" else head
        at += 1
    return (Filler(head, first=first), at) if head is not None else (None, at)
