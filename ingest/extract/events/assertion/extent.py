"""How much of a place is held or taken: all of it, a part, or what the text leaves open.

Belongs here: the extent of a candidate, with the words that say so. Does not belong here: whether it is held at all
(``assertion``), and the words (``data/en/assertion.toml``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import Tree

_FILE = "assertion.toml"
_SIDES = listed(_FILE, "sides", "extent")
_HOLDING = listed(_FILE, "holding", "extent")
_PART = listed(_FILE, "part", "extent")
_PART_MODIFIERS = listed(_FILE, "part_modifiers", "extent")
_WHOLE = listed(_FILE, "whole", "extent")
_GROUND = listed(_FILE, "ground", "extent")
_EXCEPTING = listed(_FILE, "excepting", "extent")
_EXCEPTIONS = listed(_FILE, "exceptions", "extent")
_APART = listed(_FILE, "apart", "extent")


def extent_of(tree: Tree, candidate: Candidate, referents: Referents) -> tuple[str | None, str | None]:
    """How much of a place is held or taken, with the words that say so."""
    if candidate.kind not in ("take", "hold", "leave"):
        return None, None
    t = tree.tokens
    targets = candidate.roles.get("target", ())
    # of "the city and several villages near it" the city is whole
    for filler in (*targets[:1], *candidate.roles.get("place", ())):
        where = referents.place_at(filler.head)
        if where is not None and referents.found.locations[where].direction is not None:
            return "part", None
        for k in (filler.head, *tree.kids(filler.head), *_of_what(tree, filler.head)):
            if t.lowers[k] in _PART and referents.place_at(k) is None:
                return "part", tree.analysis.text[t.starts[k] : t.ends[k]]
        if _is_of_towns_in(tree, filler.head, candidate, referents):
            return "part", tree.analysis.text[t.starts[filler.head] : t.ends[filler.head]]
        is_ground = _is_some_ground(tree, filler.head, candidate) or _takes_up_part(tree, filler.head, referents)
        if is_ground or _is_inside(tree, filler.head, candidate, referents):
            return "part", tree.analysis.text[t.starts[filler.head] : t.ends[filler.head]]
    heads = (candidate.trigger, candidate.clause, *(filler.head for filler in targets))
    for k in (k for head in heads for k in tree.kids(head)):
        if _is_exception(tree, k):
            return "part", tree.analysis.text[t.starts[k] : t.ends[k]]
    of_verb = _around(tree, candidate)
    of_targets = (k for filler in targets for k in (filler.head, *tree.kids(filler.head)))
    for k in (*of_verb, *of_targets):
        if k in of_verb and t.lowers[k] in _PART_MODIFIERS:
            return "part", tree.analysis.text[t.starts[k] : t.ends[k]]
        if t.lowers[k] in _WHOLE:
            before = k - 1 if t.deps[k - 1] != "det" else k - 2  # "almost the entire region"
            is_less = before >= tree.first and t.lowers[before] in _PART_MODIFIERS
            first = before if is_less else k  # "almost all of the region"
            return "part" if is_less else "whole", tree.analysis.text[t.starts[first] : t.ends[k]]
    return None, None


def _is_inside(tree: Tree, head: int, candidate: Candidate, referents: Referents) -> bool:
    """True for "villages in X", "the last city of the region X", "the west of X", "X's countryside": a part of X."""
    t = tree.tokens
    if not t.tags[head].startswith("NN") or referents.place_at(head) is not None:
        return False
    labels = referents.labels(tree, head)
    is_side = t.lowers[head] in _SIDES
    if not is_side and "place" not in labels:
        return False
    if t.tags[head] == "NNS" and labels & {"settlement", "building"}:
        return True
    if not is_side and _is_named(tree, head, referents):
        return False
    owner = tree.kid(head, "poss")
    if owner is not None and referents.place_at(owner) is not None:
        return True
    for k in tree.kids(head):
        where = _place_behind(tree, k, referents)
        kind = referents.found.locations[where].kind if where is not None else None
        is_of_large = kind in ("country", "region") and (labels & {"settlement", "building"} or t.lowers[k] != "of")
        if kind is not None and (is_side or is_of_large):
            return True
    is_bare = t.tags[head] == "NN" and not any(t.deps[k] in ("det", "poss") for k in tree.kids(head))
    verbs = {candidate.trigger, candidate.clause}
    return is_bare and any(_place_behind(tree, k, referents) is not None for v in verbs for k in tree.kids(v))


def _is_named(tree: Tree, head: int, referents: Referents) -> bool:
    """True for "the town of X", which is X, whatever X lies in."""
    for k in tree.kids(head):
        where = _place_behind(tree, k, referents) if tree.tokens.lowers[k] == "of" else None
        if where is not None and referents.found.locations[where].kind in ("settlement", "facility"):
            return True
    return False


def _place_behind(tree: Tree, prep: int, referents: Referents) -> int | None:
    """The location behind "in", "of" and their like; None for none."""
    if tree.tokens.lowers[prep] not in _HOLDING:
        return None
    inner = tree.kid(prep, "pobj")
    return referents.place_at(inner) if inner is not None else None


def _around(tree: Tree, candidate: Candidate) -> tuple[int, ...]:
    """What hangs on a trigger and its clause: also "largely under their control" and "held largely by them"."""
    t = tree.tokens
    kids = (*tree.kids(candidate.trigger), *tree.kids(candidate.clause))
    above = t.heads[candidate.trigger]
    joining = [k for k in kids if t.deps[k] == "agent"] + ([above] if t.deps[above] == "prep" else [])
    return (*kids, *(k for word in joining for k in tree.kids(word) if t.deps[k] == "advmod"))


def _takes_up_part(tree: Tree, head: int, referents: Referents) -> bool:
    """True of "the enclave" that takes up "on the outskirts of X" or "east of X": that is not all of X."""
    index = referents.place_at(head)
    places = referents.found.locations
    meant = places[index].antecedent if index is not None else None
    if meant is None or tree.tokens.lowers[head] not in _GROUND:
        return False
    return places[meant].direction is not None or places[meant].relation != "in"


def _is_some_ground(tree: Tree, head: int, candidate: Candidate) -> bool:
    """True of "the territory controlled by X", "the area that they hold": as much of a place as they hold."""
    t = tree.tokens
    is_restricted = t.heads[candidate.trigger] == head and t.deps[candidate.trigger] in ("acl", "relcl")
    return is_restricted and t.lowers[head] in _GROUND


def _is_of_towns_in(tree: Tree, head: int, candidate: Candidate, referents: Referents) -> bool:
    """True of "the two main cities in the province held by X": what is held are the cities."""
    t, prep = tree.tokens, tree.tokens.heads[head]
    if t.heads[candidate.trigger] != head or t.deps[candidate.trigger] != "acl" or t.deps[head] != "pobj":
        return False
    towns = t.heads[prep]
    return t.tags[towns] == "NNS" and bool(referents.labels(tree, towns) & {"settlement", "building"})


def _of_what(tree: Tree, head: int) -> tuple[int, ...]:
    """The noun that "of" hangs a place on: the "sliver" of "the sliver of the region that they still hold"."""
    t = tree.tokens
    of = t.heads[head]
    return (t.heads[of],) if t.deps[head] == "pobj" and t.lowers[of] == "of" else ()


def _is_exception(tree: Tree, k: int) -> bool:
    """True of "except for the plant", "with the exception of the plant", "apart from the plant"."""
    t = tree.tokens
    if t.lowers[k] in _EXCEPTING:
        return True
    behind = tree.kid(k, "pobj") if t.deps[k] == "prep" else None
    if behind is not None and t.lowers[behind] in _EXCEPTIONS:
        return True
    return t.lowers[k] in _APART and k + 1 < tree.last and t.lowers[k + 1] == "from"
