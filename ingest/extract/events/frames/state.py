"""Frames of "control" and of words for hands: who holds a place, takes it or loses it.

Belongs here: "took control of X", "X is under the control of Y", "in the hands of Y", "in control of X".
Does not belong here: verbs of holding (``verbal``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames.common import neighbours_fit, put
from ingest.extract.events.grammar.functions import Functions, fillers, of_noun, of_verb, prepositions
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate, Filler, Sense
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_BACK = listed("light.toml", "back")
_STAYING = listed("light.toml", "staying")
_HELD = frozenset(["place", "name", "pronoun"])


RULES = frozenset(["control.light", "control.preposition"])


def light_verb(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "took control of the town", "has control over", "lost control of", "control of the town was taken by"."""
    if not sense.light or not neighbours_fit(tree, i, sense):
        return None
    t = tree.tokens
    head, dep = t.heads[i], t.deps[i]
    if dep not in ("dobj", "nsubjpass") or t.lowers[head] not in sense.light:
        return None
    functions = of_noun(tree, i)
    more: Functions = {}
    prepositions(tree, head, more)
    for name, heads in more.items():
        functions.setdefault(name, heads)
    of_light, _ = of_verb(tree, head)
    functions["light_subject"] = tuple(f for f in of_light.get("subject", ()) if f.head != i)
    if t.deps[head] == "relcl" and not any(referents.labels(tree, f.head) & _HELD for f in functions.get("of", ())):
        functions["of"] = (Filler(t.heads[head]),)  # "the town that they took control of"
    return _candidate(tree, i, sense, referents, sentence, functions, "control.light", sense.kind, head)


def preposition(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "is under the control of", "came under the control of", "is in the hands of", "is in control of"."""
    t = tree.tokens
    head = t.heads[i]
    if t.deps[i] != "pobj" or t.lowers[head] not in sense.preposition or not neighbours_fit(tree, i, sense):
        return None
    above = t.heads[head]
    if t.lowers[above] in _BACK and t.deps[above] == "advmod":
        above = t.heads[above]  # "is back in control of the town"
    functions = of_noun(tree, i)
    if t.tags[above] in VERB_TAGS:
        subject = tree.subject(above)
        kept = tree.kid(above, "dobj", "attr")
        is_staying = t.lowers[above] in _STAYING
        held = kept if kept is not None and kept < head and not is_staying else subject
        functions["holder_of"] = fillers(tree, held)
    elif t.tags[above].startswith("NN") or t.tags[above] in ("CD", "PRP"):
        functions["holder_of"] = fillers(tree, above)
    kind = "take" if t.lowers[above] in sense.changes else "hold"
    clause = above if t.tags[above] in VERB_TAGS else i
    return _candidate(tree, i, sense, referents, sentence, functions, "control.preposition", kind, clause)


def _candidate(
    tree: Tree,
    i: int,
    sense: Sense,
    referents: Referents,
    sentence: int,
    functions: Functions,
    rule: str,
    kind: str,
    clause: int,
) -> Candidate | None:
    roles: dict[str, tuple[Filler, ...]] = {}
    for name, role in sense.roles.items():
        for filler in functions.get(name, ()):
            if name == "modifier":
                if referents.labels(tree, filler.head) & {"side", "state", "armed"} and "agent" not in roles:
                    put(tree, roles, "agent", filler, referents)
                continue
            if role == "target" and not referents.labels(tree, filler.head) & _HELD:
                continue
            put(tree, roles, role, filler, referents)
    if "target" not in roles:
        return None
    return Candidate(
        kind=kind,
        rule=rule,
        sense=sense,
        trigger=i,
        last=i,
        clause=clause,
        sentence=sentence,
        roles=roles,
        is_state=kind == "hold",
    )
