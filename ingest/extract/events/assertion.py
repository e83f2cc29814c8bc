"""Whether the text says that it happened: polarity, realis, and how much of a place is meant.

Belongs here: reading negation, modality and extent around a trigger, up its tree. Does not belong
here: the words (``data/en/assertion.toml``).
"""

from __future__ import annotations

from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Assertion, Candidate
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_FILE = "assertion.toml"
_STEPS = 8
_CLAUSAL = frozenset(["ccomp", "xcomp", "advcl", "pcomp", "acl", "relcl", "csubj", "conj", "csubjpass"])
_GOVERNED = frozenset(
    ["xcomp", "ccomp", "acl", "advcl", "pcomp", "pobj", "prep", "dobj", "nsubj", "csubj", "nsubjpass", "acomp"]
)
_BLOCKS = frozenset(["relcl", "advcl", "conj", "acl", "parataxis"])  # above these another assertion begins


def assertion(tree: Tree, candidate: Candidate, referents: Referents) -> Assertion:
    """Polarity, realis and extent of a candidate."""
    negative, realis = _read(tree, candidate)
    if candidate.is_negative:
        negative = not negative
    extent, words = _extent(tree, candidate, referents)
    return Assertion("negative" if negative else "affirmative", realis, extent, words)


def _read(tree: Tree, candidate: Candidate) -> tuple[bool, str]:
    t = tree.tokens
    at = candidate.clause
    if _is_habit(tree, candidate.trigger, at):
        return _no_participant(tree, candidate), "generic"
    negative = _denied(tree, candidate.trigger) or _no_participant(tree, candidate)
    realis = _before_noun(tree, candidate.trigger) if t.tags[candidate.trigger].startswith("NN") else None
    if at != candidate.trigger:
        negative ^= _denied(tree, at) if _bears(tree, candidate.trigger, at) else False
    if not _bears(tree, candidate.trigger, at):
        # a noun that only stands in the clause: what governs it directly may still make it unreal
        return negative, realis or _governed(tree, candidate.trigger) or "actual"
    realis = realis or _modal(tree, at) or _inverted(tree, at)
    if at != candidate.trigger and (told := _by_governor(tree, at, _under(tree, candidate.trigger, at), t.lowers[at])):
        negative ^= told[0]
        realis = realis or told[1]  # "threatened an attack", "denied the raid"
    if t.deps[at] == "amod":
        return negative, realis or "actual"  # "a rebel-held town" is held, whatever is planned there
    for _ in range(_STEPS):
        dep, head = t.deps[at], t.heads[at]
        if head == at:
            break
        if dep in ("aux", "auxpass"):
            at = head
            continue
        mark = next((t.lowers[k] for k in tree.kids(at) if t.deps[k] == "mark" or t.lowers[k] in ("whether", "if")), "")
        if mark in ("if", "unless") or mark in listed(_FILE, "conditional"):
            realis = realis or ("unknown" if _asks(tree, head) else "hypothetical")
        elif mark == "whether":
            realis = realis or "unknown"
        if dep == "conj":
            if t.tags[head] in VERB_TAGS and not _own_aux(tree, at):
                realis = realis or _modal(tree, head)
                if _same_frame(tree, at, head):
                    at = head
                    continue
            break
        if dep in ("csubj", "compound", "nsubj") and t.tags[at] == "VBG" and _modal(tree, _verb(tree, at)) is not None:
            realis = realis or _modal(tree, _verb(tree, at))  # "Capturing X would …"
            break
        if dep == "acl" and t.tags[at] != "VB":
            break  # "near a village held by the rebels"
        if dep in ("acl", "advcl") and t.tags[at] == "VB" and _is_purpose(tree, at):
            realis = realis or "future"  # "an operation to capture", "pushed on to seize"
        if dep in ("relcl", "advcl") and not (dep == "advcl" and t.tags[at] == "VB"):
            break
        low = t.lowers[head]
        if dep == "pcomp" and low == "without":
            negative = not negative
        if dep in _GOVERNED:
            told = _by_governor(tree, head, at, low)
            if told is not None:
                flips, makes = told
                negative ^= flips
                if makes == "possible" and candidate.kind in ("clash", "encircle") and t.tags[head] in VERB_TAGS:
                    makes = None  # who tries to storm a town is fighting
                if makes is not None and (_denied(tree, head) or (negative and dep == "xcomp")):
                    makes = "actual"  # "did not try to", "decided not to"
                realis = realis or makes
            if _denied(tree, head) and low in listed(_FILE, "knowing"):
                realis = realis or "unknown"
            elif _denied(tree, head) and dep == "xcomp":
                negative = not negative
            if dep == "ccomp" and told is None:
                break
        at = head
        if dep in ("xcomp", "acomp", "pcomp", "csubj") and t.tags[at] in VERB_TAGS:
            realis = realis or _modal(tree, at)
    return negative, realis or "actual"


def _under(tree: Tree, trigger: int, clause: int) -> int:
    """The word right below the clause's verb on the way to the trigger."""
    heads, at = tree.tokens.heads, trigger
    for _ in range(5):
        if heads[at] == clause:
            break
        at = heads[at]
    return at


def _inverted(tree: Tree, v: int) -> str | None:
    """ "Had the army shot it down, …"."""
    t = tree.tokens
    first = tree.left(v)
    is_aux = t.heads[first] == v and t.deps[first] in ("aux", "auxpass") and t.tags[first] in ("VBD", "MD", "VBN")
    return "hypothetical" if is_aux and t.tags[v] == "VBN" and t.lowers[first + 1 : first + 2] else None


def _is_purpose(tree: Tree, v: int) -> bool:
    t = tree.tokens
    return any(t.deps[k] == "aux" and t.lowers[k] == "to" for k in tree.kids(v))


def _is_habit(tree: Tree, n: int, clause: int) -> bool:
    """ "the leader coordinates attacks": a bare plural behind a verb in the present, outside of headlines."""
    t = tree.tokens
    if t.tags[n] != "NNS" or tree.sentence.is_title or t.deps[n] != "dobj" or t.tags[clause] != "VBZ":
        return False
    if any(t.deps[k] in ("det", "nummod", "poss") for k in tree.kids(n)):
        return False
    return not any(t.deps[k] in ("aux", "auxpass") for k in tree.kids(clause))


def _verb(tree: Tree, at: int) -> int:
    """The verb that governs a word, over a noun that it was read into."""
    t = tree.tokens
    head = t.heads[at]
    return head if t.tags[head] in VERB_TAGS else t.heads[head]


def _own_aux(tree: Tree, at: int) -> bool:
    return any(tree.tokens.deps[k] in ("aux", "nsubj", "nsubjpass") for k in tree.kids(at))


def _same_frame(tree: Tree, at: int, head: int) -> bool:
    tags = tree.tokens.tags
    return tags[at] == tags[head]


def _bears(tree: Tree, trigger: int, clause: int) -> bool:
    """True where what the clause asserts is the trigger: itself, or the noun that its light verb carries."""
    if trigger == clause:
        return True
    t = tree.tokens
    at = trigger
    for _ in range(5):
        if t.heads[at] == clause and t.deps[at] == "nsubj":
            return t.lowers[clause] in listed(_FILE, "occurring")
        if t.heads[at] == clause:
            return t.deps[at] in ("dobj", "nsubjpass", "nsubj", "attr", "acomp", "oprd", "prep", "ccomp", "xcomp")
        if t.deps[at] not in ("pobj", "conj", "compound") and not (t.deps[at] == "prep" and t.lowers[at] == "of"):
            return False
        at = t.heads[at]
    return False


def _denied(tree: Tree, v: int) -> bool:
    t = tree.tokens
    for k in tree.kids(v):
        if t.deps[k] == "neg" or t.lowers[k] in ("never", "neither", "nor"):
            return True
        if t.deps[k] == "det" and t.lowers[k] == "no":
            return True
    return False


def _no_participant(tree: Tree, candidate: Candidate) -> bool:
    """ "no one was killed", "there were no casualties"."""
    t = tree.tokens
    for fillers in candidate.roles.values():
        for filler in fillers:
            if t.lowers[filler.head] in listed(_FILE, "nobody"):
                return True
            if any(
                t.lowers[k] in ("no", "neither") and t.deps[k] in ("det", "preconj") for k in tree.kids(filler.head)
            ):
                return True
    return False


def _modal(tree: Tree, v: int) -> str | None:
    t = tree.tokens
    for k in tree.kids(v):
        low = t.lowers[k]
        if t.deps[k] == "aux":
            for name in ("future", "possible", "hypothetical"):
                if low in listed(_FILE, name, "modals"):
                    return name
        elif t.deps[k] == "advmod" and low in listed(_FILE, "possible", "adverbs"):
            return "possible"
    return None


def _before_noun(tree: Tree, n: int) -> str | None:
    """ "a planned offensive", "a possible attack"."""
    t = tree.tokens
    for k in tree.kids(n):
        if k < n:
            for name in ("future", "possible"):
                if t.lowers[k] in listed(_FILE, name, "adjectives"):
                    return name
    return None


def _governed(tree: Tree, n: int) -> str | None:
    """ "the threat of an attack", "plans for an offensive", "in case of"."""
    t = tree.tokens
    if t.deps[n] != "pobj":
        return None
    above = t.heads[t.heads[n]]
    for name in ("future", "possible", "unknown", "generic"):
        if t.lowers[above] in listed(_FILE, name, "nouns"):
            return name
    return None


def _by_governor(tree: Tree, head: int, at: int, low: str) -> tuple[bool, str | None] | None:
    """What a governing verb, adjective or noun makes of what it governs: whether it flips polarity, and realis."""
    t = tree.tokens
    part = "verbs" if t.tags[head] in VERB_TAGS else "nouns" if t.tags[head].startswith("NN") else "predicates"
    is_clause = t.deps[at] in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "csubj")
    if part == "verbs":
        if low in listed(_FILE, "failing") and (is_clause or t.deps[at] in ("dobj", "prep")):
            return True, None
        if low in listed(_FILE, "denying") and (is_clause or t.deps[at] == "dobj"):
            return True, None
        if is_clause or t.deps[at] in ("dobj", "prep", "nsubjpass"):
            for name in ("future", "possible", "unknown"):
                if low in listed(_FILE, name, "verbs"):
                    if not is_clause and (name == "unknown" or t.deps[at] != "dobj"):
                        continue
                    if t.deps[at] == "ccomp" and name == "future" and t.tags[at] not in ("VB",):
                        continue
                    return False, name
        return None
    for name in ("future", "possible", "unknown", "generic"):
        if low in listed(_FILE, name, part):
            return False, name
    return None


def _asks(tree: Tree, head: int) -> bool:
    return tree.tokens.lowers[head] in listed(_FILE, "knowing")


def _extent(tree: Tree, candidate: Candidate, referents: Referents) -> tuple[str | None, str | None]:
    """How much of a place is held or taken, with the words that say so."""
    if candidate.kind not in ("take", "hold", "leave"):
        return None, None
    t = tree.tokens
    targets = candidate.roles.get("target", ())
    for filler in (*targets, *candidate.roles.get("place", ())):
        where = referents.place_at(filler.head)
        if where is not None and referents.found.locations[where].direction is not None:
            return "part", None
        near = [filler.head, *tree.kids(filler.head)]
        for k in near:
            if t.lowers[k] in listed(_FILE, "part", "extent"):
                return "part", tree.analysis.text[t.starts[k] : t.ends[k]]
    for k in (*tree.kids(candidate.trigger), *tree.kids(candidate.clause)):
        if t.lowers[k] in listed(_FILE, "part_adverbs", "extent"):
            return "part", tree.analysis.text[t.starts[k] : t.ends[k]]
        if t.lowers[k] in listed(_FILE, "whole", "extent"):
            return "whole", tree.analysis.text[t.starts[k] : t.ends[k]]
    for filler in targets:
        for k in tree.kids(filler.head):
            if t.lowers[k] in listed(_FILE, "whole", "extent"):
                return "whole", tree.analysis.text[t.starts[k] : t.ends[k]]
    return None, None
