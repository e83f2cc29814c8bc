"""What a noun that names an event is to its clause: asserted by it, known already, or made unreal by a noun over it.

Belongs here: whether a clause asserts its noun, and what adjectives and governing nouns make of a noun. Does not
belong here: reading the clause itself (``modality``).
"""

from __future__ import annotations

from itertools import pairwise

from ingest.extract.events.grammar.clauses import is_telling
from ingest.extract.events.lexicon import light_verbs, listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import CALENDAR, Tree

_STAYING = listed("light.toml", "staying")
_TAKING_UP = listed("scope.toml", "taking_up")
_FILE = "assertion.toml"
_ENDING = listed(_FILE, "ending")
_EVADING = listed(_FILE, "evading")
_RESTORING = listed(_FILE, "restoring")
_OCCURRING = listed(_FILE, "occurring")
_REASONS = listed(_FILE, "reasons")
_CONTINUING = listed(_FILE, "continuing")
_DENYING = listed(_FILE, "denying")
_POINTING = listed(_FILE, "pointing")
_KNOWING = listed(_FILE, "knowing")
_WHICHEVER = listed(_FILE, "whichever")
_GUARDING = listed(_FILE, "guarding")
_POSSIBLE = listed(_FILE, "possible", "predicates")
_EVENTS = listed(_FILE, "events")
_APPEALING = listed(_FILE, "appealing")
_PACKAGES = listed(_FILE, "packages")
_CANCELLED = listed(_FILE, "cancelled")
_OCCASIONS = listed(_FILE, "occasions")
_RESULTS, _AMOUNTS = (listed(_FILE, name) for name in ("results", "amounts"))
_PERCEIVING, _ABLE = (listed(_FILE, name) for name in ("perceiving", "able"))
_OFTEN = listed(_FILE, "generic", "adverbs")
_UNDOING = listed(_FILE, "undoing")
_CONDITIONS = listed(_FILE, "conditions")
_ERAS, _BYGONE, _AGO = (listed(_FILE, name) for name in ("eras", "bygone", "ago"))
_LAST = listed(_FILE, "last")
_UNREAL = ("future", "possible", "hypothetical")
_CARRIED = frozenset(["dobj", "nsubjpass", "nsubj", "attr", "acomp", "oprd", "prep", "ccomp", "xcomp"])


def bears(tree: Tree, candidate: Candidate) -> bool:
    """True where what the clause asserts is the trigger: itself, or the noun that its light verb carries."""
    trigger, clause = candidate.trigger, candidate.clause
    if trigger == clause:
        return True
    t = tree.tokens
    if t.lowers[clause] in _ENDING or t.lowers[clause] in _EVADING:
        return False  # "to break the siege": there is one
    is_restored = candidate.kind == "hold" and t.deps[trigger] == "dobj" and t.lowers[clause] in _RESTORING
    if candidate.rule == "control.light" or is_restored:
        return True  # "to restore the army's control", which it has not
    if _is_known(tree, trigger, clause):
        return False  # "to investigate the killings"
    if light_verbs().get(t.lowers[clause]) == "repel" and not _is_new(tree, trigger):
        return False  # "to repel Russian aggression"
    if candidate.rule.startswith("noun.light"):
        return True
    if candidate.rule == "control.preposition" and t.lowers[clause] in _STAYING:
        return True  # "is not in the hands of the rebels": whatever stands before the noun
    if _is_told_with(tree, trigger):
        return False
    at, is_inside = trigger, False
    for _ in range(5):
        if t.heads[at] == clause and t.deps[at] == "nsubj":
            return t.lowers[clause] in _OCCURRING
        if t.lowers[at] in _REASONS:
            return False
        if t.heads[at] == clause:
            # "answered with an attack", but not "fled for fear of an attack"
            return t.deps[at] in _CARRIED and not (t.deps[at] == "prep" and is_inside)
        is_inside |= t.lowers[at] == "of"
        if t.deps[at] not in ("pobj", "conj", "compound") and not (t.deps[at] == "prep" and t.lowers[at] == "of"):
            return False
        at = t.heads[at]
    return False


def _is_known(tree: Tree, trigger: int, clause: int) -> bool:
    """True for "the raid", "these killings" as the object of a verb that does not carry it."""
    t = tree.tokens
    low = t.lowers[clause]
    is_going_on = low in _CONTINUING
    if t.deps[trigger] != "dobj" or (low in light_verbs() and not is_going_on) or low in _DENYING:
        return False
    if any(t.deps[k] == "det" and t.lowers[k] in _POINTING for k in tree.kids(trigger)):
        return True  # "they want this slaughter"
    if low in _KNOWING or any(low in listed(_FILE, name, "verbs") for name in ("future", "possible", "unknown")):
        return False
    return any(t.deps[k] == "poss" or (t.deps[k] == "det" and t.lowers[k] in _TAKING_UP) for k in tree.kids(trigger))


def _is_new(tree: Tree, n: int) -> bool:
    """True for "an attack", "any attack": one that the text tells of for the first time, if at all."""
    t = tree.tokens
    return any(t.deps[k] == "det" and t.lowers[k] in _WHICHEVER for k in tree.kids(n))


def _is_told_with(tree: Tree, n: int) -> bool:
    """True for "may have been killed in the raid", "assess the results of the strike": that one is a fact.

    Not where the noun that governs it makes it unreal ("plans for the offensive").
    """
    t = tree.tokens
    if t.deps[n] != "pobj" or governed(tree, n) is not None:
        return False
    return any(t.deps[k] == "poss" or (t.deps[k] == "det" and t.lowers[k] in _TAKING_UP) for k in tree.kids(n))


def governed(tree: Tree, n: int) -> str | None:
    """ "the threat of an attack", "plans for an offensive", "in case of"."""
    t = tree.tokens
    if t.deps[n] != "pobj" or t.lowers[t.heads[n]] in _REASONS:
        return None
    above = t.heads[t.heads[n]]
    if t.lowers[t.heads[n]] == "against":
        is_known = any(t.deps[k] == "poss" or t.lowers[k] in _TAKING_UP for k in tree.kids(n))
        return "possible" if t.lowers[above] in _GUARDING and not is_known else None
    if t.lowers[above] in _POSSIBLE:
        return "possible"  # "is afraid of the attack"
    if t.lowers[above] in _EVENTS:
        return "hypothetical"  # "in the event of an attack"
    is_owned = any(t.deps[k] == "poss" for k in tree.kids(n))
    if t.lowers[t.heads[n]] == "for" and t.lowers[above] in _APPEALING and not is_owned:
        return "future"  # "appealed for the supply of shells"
    for name in ("future", "possible", "unknown", "generic"):
        if t.lowers[above] in listed(_FILE, name, "nouns"):
            return name
    return None


def predicated(tree: Tree, n: int) -> str | None:
    """ "an attack would lead to talks", "the offensive is imminent": what the verb makes of its subject.

    Not of one that the text knows ("the attack would be his last") or of which it is only guessed what it has done.
    """
    t = tree.tokens
    n = _amount_of(tree, n)
    v = t.heads[n]
    if t.deps[n] == "pobj" and t.lowers[v] in _RESULTS:
        return _unreal(tree, n, t.heads[v])
    if t.deps[n] not in ("nsubj", "nsubjpass"):
        return None
    called = tree.kid(v, "acomp")
    if modal(tree, v) is None and called is not None and not any(t.deps[k] == "neg" for k in tree.kids(v)):
        if tree.kid(called, "xcomp") is not None and not _is_any(tree, n, may_be_bare=False):
            return None  # "the toll is likely to rise"
        if t.lowers[called] in listed(_FILE, "future", "adjectives"):
            return "future"
        is_open = t.tags[v] in ("VBZ", "VBP") or _is_any(tree, n, may_be_bare=True)  # not "the raid was possible"
        return "possible" if is_open and t.lowers[called] in listed(_FILE, "possible", "adjectives") else None
    return _unreal(tree, n, v)


def _amount_of(tree: Tree, n: int) -> int:
    """The "number" of "a number of casualties"; the noun itself where it is not counted so."""
    t, of = tree.tokens, tree.tokens.heads[n]
    above = t.heads[of]
    is_counted = t.deps[n] == "pobj" and t.lowers[of] == "of" and t.lowers[above] in _AMOUNTS
    return above if is_counted else n


def _unreal(tree: Tree, n: int, v: int) -> str | None:
    """What the auxiliary of the verb ``v`` makes of a noun with it that the text does not know yet; None for nothing.

    Nothing too where it is only guessed what it has done, or told that it could be heard, and where "would" is of what
    was to come in a past that is over, or of the end of what there is.
    """
    t, made = tree.tokens, modal(tree, v)
    if made == "hypothetical" and (_is_undone(tree, n, v) or _is_told_of_past(tree, n, v)):
        return None
    if t.deps[v] == "relcl":
        return None  # "the airport, which would be closed by a raid in May": what is told as known
    if made not in ("possible", "hypothetical") or not _is_any(tree, n, may_be_bare=made == "hypothetical"):
        return None
    if made == "hypothetical" and any(t.lowers[k] in _OFTEN for k in tree.kids(v)):
        return "generic"  # "raids would often kill farmers"
    is_guess = any(t.deps[k] == "neg" or t.lowers[k] == "have" for k in tree.kids(v))  # "cannot be tolerated"
    return None if made == "possible" and (is_guess or is_noticed(tree, v)) else made


def _is_undone(tree: Tree, n: int, v: int) -> bool:
    """True for "sanctions would be lifted": what is lifted is there, but not "any attack would be halted"."""
    t = tree.tokens
    is_ended = t.deps[n] == "nsubjpass" and t.lowers[v] in _UNDOING
    return is_ended and not any(t.deps[k] == "det" for k in tree.kids(n))


def _is_told_of_past(tree: Tree, n: int, v: int) -> bool:
    """True for "in those years raids would kill dozens", where no condition is told.

    A month alone is no past: "an attack in May would be costly", but "an attack in May would fail and left no trace".
    """
    t, lowers = tree.tokens, tree.tokens.lowers
    inside = lowers[tree.first : tree.last]
    if not _CONDITIONS.isdisjoint(inside):
        return False
    if not _AGO.isdisjoint(inside) or any(
        (one in _BYGONE and other in _ERAS) or (one in _LAST and other in CALENDAR) for one, other in pairwise(inside)
    ):
        return True
    goes_on = any(t.deps[k] == "conj" and t.tags[k] == "VBD" for k in tree.kids(v))
    return goes_on and not CALENDAR.isdisjoint(lowers[n:v])


def is_noticed(tree: Tree, v: int) -> bool:
    """True for the verb of "an explosion could be heard", which was there; not of "could be seen as a threat"."""
    t, kids = tree.tokens, tree.kids(v)
    if t.lowers[v] not in _PERCEIVING or not tree.is_passive(v) or any(t.lowers[k] == "as" for k in kids):
        return False
    return any(t.deps[k] == "aux" and t.lowers[k] in _ABLE for k in kids)


def _is_any(tree: Tree, n: int, *, may_be_bare: bool) -> bool:
    """True for "an attack", "any attack", and for "attacks" where no article may stand."""
    t, kids = tree.tokens, tree.kids(n)
    if any(t.deps[k] in ("poss", "nummod", "acl", "relcl") for k in kids):
        return False
    articles = [t.lowers[k] for k in kids if t.deps[k] == "det"]
    return all(a in _WHICHEVER for a in articles) and (may_be_bare or bool(articles))


def modal(tree: Tree, v: int) -> str | None:
    """What the auxiliaries and adverbs of a verb make of it: future, possible, hypothetical; None for nothing."""
    t = tree.tokens
    for k in tree.kids(v):
        low = t.lowers[k]
        if t.deps[k] == "aux":
            for name in _UNREAL:
                if low in listed(_FILE, name, "modals"):
                    return name
        elif t.deps[k] == "advmod" and low in listed(_FILE, "possible", "adverbs"):
            return "possible"
    return "future" if is_to_come(tree, v) else None


def before_noun(tree: Tree, n: int) -> str | None:
    """ "a planned offensive", "a possible attack"."""
    t = tree.tokens
    is_denied = t.lowers[t.heads[n]] in _DENYING
    for k in tree.kids(n):
        if k < n and not (is_denied and t.lowers[k] in _WHICHEVER):  # "denied any involvement"
            for name in ("future", "possible"):
                if t.lowers[k] in listed(_FILE, name, "adjectives"):
                    return name
    return None


def is_to_come(tree: Tree, v: int) -> bool:
    """True of the "send" of "Kenya to send troops": an infinitive that is told as a clause."""
    t = tree.tokens
    kids = tree.kids(v)
    if not any(t.deps[k] == "aux" and t.lowers[k] == "to" for k in kids) or tree.kid(v, "nsubj", "nsubjpass") is None:
        return False
    return t.deps[v] == "ROOT" or (t.deps[v] == "ccomp" and is_telling(t.lowers[t.heads[v]]))


def is_of_package(tree: Tree, n: int) -> bool:
    """True for "an aid package", "a package of aid": what is given is to come, as far as that says."""
    t, head = tree.tokens, tree.tokens.heads[n]
    packages = _PACKAGES
    if t.deps[n] in ("compound", "amod", "nmod"):
        return t.lowers[head] in packages
    if t.deps[n] != "pobj":
        return False
    above = t.heads[head]
    return t.lowers[above] in packages


def is_cancelled(tree: Tree, n: int) -> bool:
    """ "the cancelled talks", "a delay in delivery", "the cancellation of the exchange"."""
    t = tree.tokens
    if any(k < n and t.deps[k] == "amod" and t.lowers[k] in _CANCELLED for k in tree.kids(n)):
        return True
    return t.deps[n] == "pobj" and t.lowers[t.heads[t.heads[n]]] in _CANCELLED


def first_joined(tree: Tree, n: int) -> int:
    """The "damage" of "no damage or injuries", whose "no" is of both; the word itself where it is joined to none."""
    t = tree.tokens
    for _ in range(3):
        head = t.heads[n]
        if t.deps[n] != "conj" or not t.tags[n].startswith("NN") or not t.tags[head].startswith("NN"):
            break
        if any(t.deps[k] == "det" for k in tree.kids(n)):
            break
        n = head
    return n


def is_on_no_occasion(tree: Tree, k: int) -> bool:
    """True of "at no point" and "in no way", which deny what they stand with."""
    t = tree.tokens
    noun = tree.kid(k, "pobj") if t.deps[k] == "prep" else None
    if noun is None or t.lowers[noun] not in _OCCASIONS:
        return False
    return any(t.lowers[n] == "no" for n in tree.kids(noun))
