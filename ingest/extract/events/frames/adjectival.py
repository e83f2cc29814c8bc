"""Frames of adjectives: "six people dead", "the wounded", "responsible for".

Belongs here: adjectives that tell what befell the noun they belong to. Does not belong here:
participles (``verbal``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames.common import neighbours_fit, put
from ingest.extract.events.grammar.clauses import bringer
from ingest.extract.events.grammar.functions import Functions, conjuncts, fillers, prepositions
from ingest.extract.events.grammar.subjects import subject_of_auxiliary
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate, Filler, Sense
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_LEAVING = listed("light.toml", "leaving")
_ONE_OF = listed("light.toml", "one_of")
_STAYING = listed("light.toml", "staying")
_PREDICATES = frozenset(["acomp", "oprd", "ccomp", "ROOT"])

RULES = frozenset(["adjective.attribute", "adjective.predicate"])


def adjective(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """The noun before or behind the adjective, its subject, or the adjective itself used as a noun ("56 dead")."""
    if not neighbours_fit(tree, i, sense):
        return None
    functions: Functions = {}
    prepositions(tree, i, functions)
    holder = _holder(tree, i)
    if holder:
        functions["noun"] = holder
        if tree.tokens.deps[i] in _PREDICATES:
            functions["predicate"] = holder
    if sense.needs and not any(functions.get(name) for name in sense.needs):
        return None
    if not holder or not _are_allowed(tree, i, sense, functions, referents):
        return None
    roles: dict[str, tuple[Filler, ...]] = {}
    for name, role in sense.roles.items():
        for filler in functions.get(name, ()):
            put(tree, roles, role, filler, referents)
    head = tree.tokens.heads[i]
    if sense.kind == "kill_or_wound" and tree.tokens.lowers[head] in _LEAVING:
        for filler in fillers(tree, bringer(tree, head)):  # "the rebels left two men dead"
            if filler not in holder:
                put(tree, roles, "agent", filler, referents)
    return Candidate(
        kind=sense.kind,
        rule="adjective.predicate" if tree.tokens.deps[i] in _PREDICATES else "adjective.attribute",
        sense=sense,
        trigger=i,
        last=i,
        clause=head if tree.tokens.tags[head] in VERB_TAGS else i,
        sentence=sentence,
        roles=roles,
    )


def _are_allowed(tree: Tree, i: int, sense: Sense, functions: Functions, referents: Referents) -> bool:
    """True where what fills each function is of a class that the sense allows there; the adjective itself is of any."""
    return all(
        any(f.head == i or referents.labels(tree, f.head) & allowed for f in functions[name])
        for name, allowed in sense.classes.items()
        if name in functions
    )


def _holder(tree: Tree, i: int) -> tuple[Filler, ...]:
    t = tree.tokens
    own = tree.kid(i, "nsubj", "nsubjpass")
    if own is None:
        own = subject_of_auxiliary(tree, i)
    if own is not None:
        return fillers(tree, own)
    if t.deps[i] == "pobj" and t.lowers[t.heads[i]] in _ONE_OF and t.deps[t.heads[i]] == "prep":
        verb = t.heads[t.heads[i]]
        if t.lowers[verb] in _STAYING:
            return fillers(tree, tree.subject(verb))  # "four children were among the dead"
    if any(t.deps[k] in ("nummod", "det", "poss") for k in tree.kids(i)):
        return tuple(Filler(k) for k in conjuncts(tree, i)[:1])
    head, dep = t.heads[i], t.deps[i]
    if dep in ("amod", "acl") and head != i:
        return (Filler(head),)
    if dep in ("acomp", "oprd", "attr", "advmod", "dep") and t.tags[head] in VERB_TAGS:
        kept = tree.kid(head, "dobj")
        subject = kept if kept is not None and kept < i else tree.subject(head)
        return fillers(tree, subject)
    if dep in ("conj", "appos") and head < i:
        return _holder(tree, head) if t.tags[head] in ("JJ", "VBN") else ()
    if i > tree.first and t.tags[i - 1] in ("NNS", "NN", "CD") and t.heads[i] == i - 1:
        return (Filler(i - 1),)
    return ()
