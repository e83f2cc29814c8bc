"""Negation and modality of an event, read up the tree from its trigger.

Belongs here: what auxiliaries, governing verbs, nouns and adjectives, and conjunctions make of what they govern.
Does not belong here: the words (``data/en/assertion.toml``).

The reading goes up from clause to clause until another assertion begins: a relative clause, a clause of time, what
somebody said. What lies nearest to the trigger decides on realis; each negation turns polarity.
"""

from __future__ import annotations

from ingest.extract.events.assertion.event_nouns import (
    bears,
    before_noun,
    first_joined,
    governed,
    is_cancelled,
    is_noticed,
    is_of_package,
    is_on_no_occasion,
    modal,
    predicated,
)
from ingest.extract.events.assertion.genericity import is_habitual, is_order
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import VERB_TAGS, Tree
from ingest.values import value

_FILE = "assertion.toml"
_NEGATIONS, _NO_LONGER, _NO = (listed(_FILE, name) for name in ("negations", "no_longer", "no"))
_ASKING, _CONDITIONAL, _AHEAD, _NOBODY = (listed(_FILE, name) for name in ("asking", "conditional", "ahead", "nobody"))
_TAKING_UP = listed("scope.toml", "taking_up")
_STEPS = 8
_HAD = frozenset(["had"])
_UNDER_WAY = ("clash", "encircle", "advance", "displace")
_CLAUSES = frozenset(["xcomp", "ccomp", "acl", "advcl", "pcomp", "csubj"])
_GOVERNED = _CLAUSES | {"pobj", "prep", "dobj", "nsubj", "nsubjpass", "acomp"}


@value(frozen=True, slots=True)
class Reading:
    """What has been read so far: whether it is negated, and what it is if not actual (None for nothing said)."""

    is_negative: bool = False
    realis: str | None = None

    def turned(self, is_turned: bool) -> Reading:
        """The reading with its polarity turned."""
        return Reading(self.is_negative ^ is_turned, self.realis)

    def made(self, realis: str | None) -> Reading:
        """The reading as ``realis``, where nothing nearer to the trigger says what it is."""
        return Reading(self.is_negative, self.realis or realis)


def read(tree: Tree, candidate: Candidate) -> Reading:
    """Negation and modality of a candidate."""
    reading = _asserted(tree, candidate).turned(_is_called_false(tree, candidate))
    is_package = candidate.kind == "deliver" and is_of_package(tree, candidate.trigger)
    return reading.made("future") if is_package else reading


def _is_called_false(tree: Tree, candidate: Candidate) -> bool:
    """True for "it is not true that the town fell", "reports of its fall are false".

    What somebody claims is his, whatever it is called: of "claims that it fell are false" the claim is disputed.
    """
    t = tree.tokens
    at = candidate.clause if bears(tree, candidate) else candidate.trigger
    copula = t.heads[at]
    if t.deps[at] == "pobj":
        noun = t.heads[copula]
        if t.lowers[noun] not in listed(_FILE, "reports") or t.deps[noun] != "nsubj":
            return False
        copula = t.heads[noun]
    elif t.deps[at] not in ("ccomp", "csubj"):
        return False
    called = tree.kid(copula, "acomp", "attr", "oprd")
    if called is None or t.lowers[copula] not in listed(_FILE, "turning_out"):
        return False
    return t.lowers[called] in listed(_FILE, "true" if _is_denied(tree, copula) else "untrue")


def _asserted(tree: Tree, candidate: Candidate) -> Reading:
    """What the words around the trigger, the verb that carries it and the clauses above make of it."""
    t = tree.tokens
    trigger, clause = candidate.trigger, candidate.clause
    if is_habitual(tree, candidate):
        return Reading(_has_no_participant(tree, candidate), "generic")
    if _is_named_aim(tree, clause) or is_order(tree, trigger):
        return Reading(_is_denied(tree, clause), "future")
    reading = Reading(
        _is_denied(tree, first_joined(tree, trigger))
        or _has_no_participant(tree, candidate)
        or is_cancelled(tree, trigger)
    )
    if t.tags[trigger].startswith("NN"):
        reading = reading.made(before_noun(tree, trigger) or predicated(tree, trigger))
    if not bears(tree, candidate):
        # a noun that only stands in the clause: what governs it directly may still make it unreal
        return reading.made(governed(tree, trigger))
    if not any(t.deps[k] == "poss" or t.lowers[k] in _TAKING_UP for k in tree.kids(trigger)):
        reading = reading.made(governed(tree, trigger))  # "renewed his threat of a raid", but "the goal of the raid"
    if clause != trigger:
        if candidate.kind == "deliver" and t.lowers[clause] in listed(_FILE, "announcing"):
            reading = reading.made("future")  # "announced $2bn in aid"
        reading = _of_carrier(tree, trigger, clause, reading)
    else:
        reading = reading.made(modal(tree, clause) or _inverted(tree, clause))
    if t.deps[clause] == "amod":
        return reading  # "a rebel-held town" is held, whatever is planned there
    return _from_above(tree, candidate, reading)


def _of_carrier(tree: Tree, trigger: int, clause: int, reading: Reading) -> Reading:
    """What the verb that carries the noun makes of it: "threatened an attack", "denied the raid"."""
    if tree.tokens.lowers[clause] in listed(_FILE, "knowing") and _is_denied(tree, clause):
        return reading.made("unknown")  # "could not confirm the raid"
    reading = reading.turned(_is_denied(tree, clause))
    made = None if is_noticed(tree, clause) else modal(tree, clause) or _inverted(tree, clause)
    reading = Reading(reading.is_negative, made) if made == "hypothetical" else reading.made(made)
    told = _by_governor(tree, clause, _under(tree, trigger, clause), tree.tokens.lowers[clause])
    return reading.turned(told[0]).made(told[1]) if told is not None else reading


# --- up the tree ---------------------------------------------------------------------------------


def _from_above(tree: Tree, candidate: Candidate, reading: Reading) -> Reading:
    """The reading after all clauses above the candidate's that are part of its assertion."""
    t = tree.tokens
    at = candidate.clause
    for _ in range(_STEPS):
        dep, head = t.deps[at], t.heads[at]
        if dep in ("aux", "auxpass"):
            at = head
            continue
        reading = _of_conjunction(tree, at, reading)
        if head == at:
            break
        if candidate.sense.part == "V" or t.tags[candidate.clause] in VERB_TAGS:
            reading = _of_report(tree, at, reading)
        if dep == "conj":
            if t.tags[head] in VERB_TAGS and not _has_own_subject(tree, at):
                reading = reading.made(modal(tree, head))
                if t.tags[at] == t.tags[head]:
                    at = head
                    continue
            break
        if _is_gerund_subject(tree, at) or _is_afterwards(tree, at):
            return reading.made(_of_verb_over(tree, at))
        if _ends_here(tree, at):
            break
        reading = _of_purpose(tree, at, reading)
        if dep == "advcl" and t.tags[at] == "VBG" and at > head and tree.kid(at, "mark", "nsubj") is None:
            return reading.made(modal(tree, head))  # "will restore the border, winning back the port"
        if dep in ("relcl", "advcl") and t.tags[at] != "VB":
            break
        is_told = t.tags[head] in ("VBZ", "VBD") and t.lowers[head] in listed("light.toml", "being")
        if is_told and dep == "xcomp" and (t.tags[at] == "VB" or t.lowers[tree.left(at)] == "to"):
            reading = reading.made("future")  # "the aim is to take the town"
        reading, goes_on = _of_governor(tree, candidate, at, reading)
        if not goes_on:
            break
        under, at = at, head
        is_means = dep == "prep" and t.lowers[under] in listed(_FILE, "means")  # "should respond by imposing"
        reading = _of_seen(tree, under, at, reading)
        if (is_means or dep in ("xcomp", "acomp", "pcomp", "csubj")) and t.tags[at] in VERB_TAGS:
            reading = reading.made(modal(tree, at))
    return reading


def _of_conjunction(tree: Tree, at: int, reading: Reading) -> Reading:
    """What "if", "unless" or "whether" before a clause makes of it, whatever its own auxiliary says."""
    t = tree.tokens
    mark = next((t.lowers[k] for k in tree.kids(at) if t.deps[k] == "mark" or t.lowers[k] in _ASKING), "")
    if mark == "whether" or (mark == "if" and _asks(tree, t.heads[at])):
        return reading.made("unknown")
    if mark == "if" or mark in _CONDITIONAL:
        return Reading(reading.is_negative, "unknown" if reading.realis == "unknown" else "hypothetical")
    if mark in _AHEAD and t.tags[at] in ("VBZ", "VBP"):
        return reading.made("future")  # "will go on until it regains the town"
    if reading.realis in ("future", "possible") and _is_conditioned(tree, at):
        return Reading(reading.is_negative, "hypothetical")
    return reading


def _of_report(tree: Tree, at: int, reading: Reading) -> Reading:
    """The reading of "said that it would attack", a future told in the past, and of "fears that it would attack"."""
    t = tree.tokens
    head = t.heads[at]
    if reading.realis != "hypothetical" or t.deps[at] not in ("ccomp", "acl"):
        return reading
    is_would = any(t.deps[k] == "aux" and t.lowers[k] in listed(_FILE, "hypothetical", "modals") for k in tree.kids(at))
    if not is_would or not listed(_FILE, "conditions").isdisjoint(t.lowers[tree.first : tree.last]):
        return reading
    if t.tags[head] in VERB_TAGS:
        return Reading(reading.is_negative, "future") if t.tags[head] in ("VBD", "VBN") else reading
    is_feared = t.lowers[head] in listed(_FILE, "worries")
    return Reading(reading.is_negative, "possible") if is_feared else reading


def _is_conditioned(tree: Tree, v: int) -> bool:
    """True for a clause with an "if" under it: "the grid will be destroyed if the raids go on"."""
    t = tree.tokens
    if t.tags[v] not in VERB_TAGS or modal(tree, v) is None:
        return False
    return any(
        t.deps[k] == "advcl" and any(t.deps[m] == "mark" and t.lowers[m] in ("if", "unless") for m in tree.kids(k))
        for k in tree.kids(v)
    )


def _is_gerund_subject(tree: Tree, at: int) -> bool:
    """True of "capturing X would …", and of "capturing X is part of the operation", which is no deed but an idea."""
    t = tree.tokens
    if t.deps[at] not in ("csubj", "compound", "nsubj") or t.tags[at] != "VBG":
        return False
    return _of_verb_over(tree, at) is not None


def _is_afterwards(tree: Tree, at: int) -> bool:
    """True of "may leave after taking the town"."""
    t = tree.tokens
    return t.deps[at] == "pcomp" and t.lowers[t.heads[at]] in listed("scope.toml", "afterwards")


def _of_verb_over(tree: Tree, at: int) -> str | None:
    """What the verb over a gerund makes of it: of "will be taken in after being attacked" neither has happened yet."""
    t, verb = tree.tokens, _verb(tree, at)
    if t.deps[at] == "csubj" and t.lowers[verb] == "is":
        return "hypothetical"
    for _ in range(_STEPS):
        made = modal(tree, verb)
        if made is not None:
            return "hypothetical" if t.deps[at] == "pcomp" else made
        if t.deps[at] != "pcomp" or t.deps[verb] not in ("xcomp", "acomp") or t.heads[verb] == verb:
            return None
        verb = t.heads[verb]
    return None


def _is_named_aim(tree: Tree, v: int) -> bool:
    """True for a gerund of a list of aims: "its goals: removing the president, capturing the city"."""
    t, first = tree.tokens, v
    while t.tags[v] == "VBG" and t.heads[first] != first and t.tags[t.heads[first]] == "VBG":
        first = t.heads[first]
    k = min(v, first) - 1
    if t.tags[v] != "VBG" or t.tags[min(v, first)] != "VBG" or k <= tree.first:
        return False
    is_between = t.deps[k] == "punct" or t.lowers[k] in listed("light.toml", "being")
    return is_between and t.tags[k - 1] == "NNS" and t.lowers[k - 1] in listed(_FILE, "aims")


def _ends_here(tree: Tree, at: int) -> bool:
    """True where what stands above says nothing of the clause: "a village held by", "because of the raid"."""
    t = tree.tokens
    head = t.heads[at]
    if t.deps[at] in ("prep", "pobj", "pcomp") and {t.lowers[at], t.lowers[head]} & listed(_FILE, "reasons"):
        return True
    if t.deps[at] != "acl" or t.tags[at] == "VB":
        return False
    is_among = t.lowers[head] in listed(_FILE, "among") and t.deps[head] == "pobj"  # "he was among those killed"
    return not is_among and tree.kid(at, "mark") is None  # "the possibility that they fired"


def _of_purpose(tree: Tree, at: int, reading: Reading) -> Reading:
    """ "an operation to capture", "pushed on to seize": not done yet, or not at all where the verb is unreal."""
    t = tree.tokens
    head = t.heads[at]
    if t.deps[at] not in ("acl", "advcl", "relcl") or t.tags[at] != "VB":
        return reading
    if not any(t.deps[k] == "aux" and t.lowers[k] == "to" for k in tree.kids(at)):
        return reading
    if any(t.deps[k] == "det" and t.lowers[k] in listed(_FILE, "no") for k in tree.kids(head)):
        is_aim = t.lowers[head] in listed(_FILE, "future", "nouns")
        return reading.turned(True).made("future" if is_aim else "actual")  # "has no plans to", "felt no need to"
    if _is_denied(tree, at):
        return reading.made("actual")  # "the decision not to"
    if t.deps[at] != "advcl" and (made := _by_governor(tree, head, at, t.lowers[head])) is not None:
        return reading.made(made[1])  # "a chance to take the town"
    verb = head if t.tags[head] in VERB_TAGS else _verb(tree, head)
    return reading.made("hypothetical" if modal(tree, verb) == "hypothetical" else "future")


def _of_governor(tree: Tree, candidate: Candidate, at: int, reading: Reading) -> tuple[Reading, bool]:
    """What the word above makes of a clause or noun, and whether the reading goes on above it."""
    t = tree.tokens
    dep, head = t.deps[at], t.heads[at]
    low = t.lowers[head]
    if low in listed(_FILE, "excluding") and dep in ("xcomp", "dobj", "ccomp"):
        is_left_open = _is_denied(tree, head)
        return reading.turned(not is_left_open).made("possible" if is_left_open else "future"), True
    if dep == "pcomp" and low == "against" and t.lowers[t.heads[head]] in listed(_FILE, "guarding"):
        return reading.made("possible"), False  # "warned against using nerve gas"
    if dep == "pcomp":
        noun = t.heads[head]
        has_none = any(t.deps[k] == "det" and t.lowers[k] in listed(_FILE, "no") for k in tree.kids(noun))
        if has_none and t.lowers[noun] in listed(_FILE, "knowledge"):
            return reading.made("unknown"), False  # "no confirmation of how many were killed"
        reading = reading.turned(low == "without" or (low == "of" and has_none))  # "no intention of attacking"
    told = _by_governor(tree, head, at, low) if dep in _GOVERNED else None
    if dep == "xcomp" and _is_yet_to(tree, head):
        return reading.turned(True).made("actual"), True
    if dep == "prep" and t.lowers[at] == "to" and low in listed(_FILE, "committing"):
        told = False, "future"  # "has committed to sending"
    if dep == "prep" and tree.kid(at, "pcomp") is not None and low in listed(_FILE, "undertakings"):
        told = False, "future"  # "the operation on freeing the town"
    if told is not None:
        reading = reading.turned(told[0]).made(_made_of(tree, candidate, at, reading, told))
    if _is_denied(tree, head) and low in listed(_FILE, "knowing"):
        reading = reading.made("unknown")
    elif _is_denied(tree, head) and dep == "xcomp":
        reading = reading.turned(True)
    is_clause = dep == "ccomp" and told is None and t.tags[at] != "VB"
    return reading, not (is_clause and not _is_without_tense(tree, at))


def _is_without_tense(tree: Tree, at: int) -> bool:
    """True of the "leave" of "would see the army leave", the "freed" of "would see the town freed"."""
    t = tree.tokens
    return t.tags[at] in ("VB", "VBN") and tree.kid(at, "aux", "auxpass", "mark") is None


def _of_seen(tree: Tree, under: int, at: int, reading: Reading) -> Reading:
    """The reading of what has its time from the verb over it: "the deal would see the army leave"."""
    is_seen = tree.tokens.deps[under] == "ccomp" and _is_without_tense(tree, under)
    made = modal(tree, at) if is_seen else None
    return reading.made(made) if made != "possible" else reading


def _is_yet_to(tree: Tree, head: int) -> bool:
    """True for the "has" of "has yet to take the town"."""
    t = tree.tokens
    is_copula = t.lowers[head] in listed("light.toml", "being") | listed("scope.toml", "perfect") | _HAD
    return is_copula and any(t.lowers[k] == "yet" for k in tree.kids(head))


def _made_of(tree: Tree, candidate: Candidate, at: int, reading: Reading, told: tuple[bool, str | None]) -> str | None:
    """The realis that a governor makes; "did not try to" and "decided not to" say that it did not happen."""
    t = tree.tokens
    flips, makes = told
    head = t.heads[at]
    if makes == "possible" and candidate.kind in _UNDER_WAY and t.tags[head] in VERB_TAGS:
        return None  # who tries to storm a town is fighting, who tries to flee is on the way
    if makes == "possible" and t.lowers[head] in listed(_FILE, "managing"):
        return None if _is_past(tree, head) else makes  # "was able to detain"
    if candidate.kind == "responsibility" and t.lowers[head] in listed(_FILE, "hurrying") and _is_past(tree, head):
        return None  # who rushed to blame has blamed
    is_negative = reading.is_negative ^ flips
    if makes is not None and (_is_denied(tree, head) or (is_negative and t.deps[at] == "xcomp")):
        return "actual"
    return makes


def _by_governor(tree: Tree, head: int, at: int, low: str) -> tuple[bool, str | None] | None:
    """What a governing verb, adjective or noun makes of what it governs: whether it flips polarity, and realis."""
    t = tree.tokens
    if t.tags[head] in VERB_TAGS:
        return _by_verb(tree, at, low)
    part = "nouns" if t.tags[head].startswith("NN") else "predicates"
    if part == "predicates" and low in listed(_FILE, "failing"):
        return True, "possible"  # "unable to"
    for name in ("future", "possible", "unknown", "generic"):
        if low in listed(_FILE, name, part):
            return False, name
    return None


def _by_verb(tree: Tree, at: int, low: str) -> tuple[bool, str | None] | None:
    t = tree.tokens
    dep = t.deps[at]
    is_clause = dep in _CLAUSES
    if low in listed(_FILE, "starting") and tree.kid(t.heads[at], "prt") is not None:
        return None  # "set off a battle"
    if low in listed(_FILE, "preventing") and _is_aim(tree, t.heads[at]) and (is_clause or dep in ("dobj", "prep")):
        return False, "possible"  # "to prevent raids", "in order to avoid being surrounded"
    if low in listed(_FILE, "failing") and (is_clause or dep in ("dobj", "prep")):
        return True, None
    if low in listed(_FILE, "denying") and (is_clause or dep == "dobj" or _is_in_denied_part(tree, at)):
        return True, None
    if low in listed(_FILE, "cancelling") and dep in ("dobj", "nsubjpass", "xcomp"):
        return True, None
    if is_clause and t.tags[at] == "VB" and low in listed(_FILE, "future", "verbs_before_infinitives"):
        return False, "future"
    if not is_clause and dep not in ("dobj", "prep", "nsubjpass"):
        return None
    is_towards = dep == "prep" and t.lowers[at] in listed(_FILE, "towards") and at > t.heads[at]
    if is_towards and low in listed(_FILE, "future", "verbs") and low not in listed(_FILE, "sought_for"):
        return False, "future"  # "preparing for an attack", "aimed at seizing", but not "at the talks he promised"
    for name in ("future", "possible", "unknown"):
        if low in listed(_FILE, name, "verbs"):
            if not is_clause and (name == "unknown" or dep != "dobj"):
                continue
            if dep == "ccomp" and name == "future" and t.tags[at] != "VB":
                continue
            return False, name
    return None


def _is_in_denied_part(tree: Tree, at: int) -> bool:
    """True of the "in" of "denied any part in the raid", which the parser hung on the verb."""
    t = tree.tokens
    part = tree.kid(t.heads[at], "dobj")
    return part == at - 1 and t.lowers[at] == "in" and t.lowers[part] in listed("light.toml", "in", "with_preposition")


def _is_aim(tree: Tree, v: int) -> bool:
    """True for an infinitive: of "to prevent raids" it is not said whether there were any."""
    t = tree.tokens
    return t.tags[v] == "VB" and all(t.lowers[k] == "to" for k in tree.kids(v) if t.deps[k] in ("aux", "auxpass"))


# --- at the trigger ------------------------------------------------------------------------------


def _is_denied(tree: Tree, v: int) -> bool:
    deps, lowers = tree.tokens.deps, tree.tokens.lowers
    for k in tree.kids(v):
        dep, low = deps[k], lowers[k]
        if (
            dep == "neg"
            or low in _NEGATIONS
            or (low in _NO_LONGER and tree.kid(k, "neg") is not None)
            or (dep == "det" and low in _NO)
            or is_on_no_occasion(tree, k)
        ):
            return True
    return False


def _has_no_participant(tree: Tree, candidate: Candidate) -> bool:
    """ "no one was killed", "there were no casualties"."""
    t = tree.tokens
    heads = [filler.head for fillers in candidate.roles.values() for filler in fillers]
    return any(
        t.lowers[head] in _NOBODY
        or any(t.lowers[k] in _NO and t.deps[k] in ("det", "preconj") for k in tree.kids(head))
        for head in heads
    )


def _inverted(tree: Tree, v: int) -> str | None:
    """ "Had the army shot it down, …"."""
    t = tree.tokens
    first = tree.left(v)
    if t.deps[v] == "conj":
        return None  # "he was seen and was arrested"
    is_aux = t.heads[first] == v and t.deps[first] in ("aux", "auxpass") and t.tags[first] in ("VBD", "MD", "VBN")
    return "hypothetical" if is_aux and t.tags[v] == "VBN" and t.lowers[first + 1 : first + 2] else None


# --- small questions -------------------------------------------------------------------------------


def _under(tree: Tree, trigger: int, clause: int) -> int:
    """The word right below the clause's verb on the way to the trigger."""
    heads, at = tree.tokens.heads, trigger
    for _ in range(5):
        if heads[at] == clause:
            break
        at = heads[at]
    return at


def _is_past(tree: Tree, head: int) -> bool:
    """True where the copula over an adjective is past or perfect: "was able to", "has been able to"."""
    t, over = tree.tokens, tree.tokens.heads[head]
    helping = {t.lowers[k] for k in tree.kids(over) if t.deps[k] == "aux"}
    if t.tags[over] == "VBD":
        return not helping
    return t.tags[over] == "VBN" and bool(helping) and helping <= listed("scope.toml", "perfect") | _HAD


def _verb(tree: Tree, at: int) -> int:
    """The verb that governs a word, over a noun that it was read into."""
    t = tree.tokens
    head = t.heads[at]
    return head if t.tags[head] in VERB_TAGS else t.heads[head]


def _has_own_subject(tree: Tree, at: int) -> bool:
    t = tree.tokens
    is_added = all(t.lowers[k] == "and" for k in tree.kids(t.heads[at]) if t.deps[k] == "cc")
    own = [k for k in tree.kids(at) if t.deps[k] in ("aux", "nsubj", "nsubjpass")]
    return any(t.lowers[k] != "to" or not is_added for k in own)  # "not only to hold it, but also to take"


def _asks(tree: Tree, head: int) -> bool:
    return tree.tokens.lowers[head] in listed(_FILE, "knowing")
