"""Frames of verbs: active, passive, participle, relative clause, infinitive.

Belongs here: a verb that names the event itself. Does not belong here: verbs that only carry a
noun ("carried out a strike"; ``nominal``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames.common import (
    ABLE,
    kind_of,
    neighbours_fit,
    participants_fit,
    roles_of,
    with_doer,
)
from ingest.extract.events.grammar.functions import Functions, of_verb, particles
from ingest.extract.events.lexicon import classes, listed, senses
from ingest.extract.events.model import PASSIVE, Candidate, Filler, Sense
from ingest.extract.syntax.tree import PROPER, Tree

_DENYING = listed("assertion.toml", "denying")
_AIMING = listed("light.toml", "aiming")
_MANY_OR_ONE = listed("scope.toml", "many_or_one")
_HARMING = listed("light.toml", "harming")
_THE_REST = listed("scope.toml", "the_rest")
_OF_NAMES = frozenset(["DT", "NN", "NNS", "NNP", "NNPS", "POS"])
_LEFT_AS = frozenset(["VBN", "VBD", "JJ"])  # "leaving the town cut off", the verb read as a past tense too
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])


RULES = frozenset(["verb.active", PASSIVE, "verb.participle", "verb.relative", "verb.infinitive"])


def verb(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "shelled the port", "the port was shelled", "a port shelled by", "the port that they shelled"."""
    if not neighbours_fit(tree, i, sense) or _is_before_noun(tree, i):
        return None  # asked before the functions of the verb are read
    near = particles(tree, i) if sense.particle or sense.particle_optional else frozenset()
    if sense.particle and near.isdisjoint(sense.particle):
        return None
    if sense.word_after and not _followed(tree, i, sense.word_after):
        return None
    functions, passive = with_doer(tree, i, *of_verb(tree, i), referents)
    if _is_denied_by_source(tree, i, functions, referents):
        functions = {name: heads for name, heads in functions.items() if name != "subject"}
    if sense.voice is not None and (sense.voice == "passive") != passive:
        return None
    if sense.is_intransitive and not passive and ("object" in functions or tree.kid(i, "ccomp") is not None):
        return None
    last = i
    if "particle" in sense.needs and near.isdisjoint(sense.particle_optional) and "from" not in functions:
        return None
    for word in (*sense.particle, *sense.particle_optional):
        if i + 1 < tree.last and tree.tokens.lowers[i + 1] == word:
            last = i + 1
    if not passive and _reads_as_passive(tree, i, sense, functions, referents):
        functions, passive = {**functions, "object": functions["subject"]}, True
        del functions["subject"]
    if _tells_another_thing(tree, i, sense) or not participants_fit(tree, i, sense, functions, referents):
        return None
    if _is_told_by_noun(tree, i, sense, functions, referents):
        return None
    if passive and "object" not in functions and "object" in sense.needs:
        return None
    roles = _settle(tree, i, sense, roles_of(tree, functions, sense, referents), referents)
    return Candidate(
        kind=kind_of(tree, sense, roles, referents),
        rule=_rule(tree, i, passive),
        sense=sense,
        trigger=i,
        last=last,
        clause=i,
        sentence=sentence,
        roles=roles,
        is_state=sense.kind == "hold",
    )


def _is_before_noun(tree: Tree, i: int) -> bool:
    """True of the "occupied" of "trips to occupied land" that was read as a verb in the past: it has no subject."""
    t = tree.tokens
    is_past = t.tags[i] in ("VBD", "VBN") and t.deps[i] != "amod"
    is_between = tree.first < i < tree.last - 1 and t.tags[i + 1] in PROPER
    return is_past and is_between and t.tags[i - 1] in ("TO", "DT", "PRP$", "POS")


def _tells_another_thing(tree: Tree, i: int, sense: Sense) -> bool:
    """True of "leaving the town cut off", and of "claimed" where it says what is so: "Moscow claimed was meant".

    Also of what lies by a place: "the area surrounding the town".
    """
    t = tree.tokens
    if sense.kind == "responsibility":
        claimed = tree.kid(i, "dobj")
        behind = tree.right(claimed) + 1 if claimed is not None else tree.last
        is_claim = t.lowers[i].startswith("claim")  # "blamed" tells of a clause only by "that"
        is_clause = is_claim and behind < tree.last and t.tags[behind] in _FINITE  # "claiming the strikes are a breach"
        return is_clause or tree.kid(i, "ccomp", "xcomp") is not None
    if t.lowers[i] == "surrounding" and t.deps[i] in ("acl", "prep", "advcl"):
        subject = tree.subject(i)  # "the area surrounding the town", but not "troops surrounding the town"
        return subject is None or not t.tags[subject].startswith("NN") or not _is_armed(t.lowers[subject])
    return sense.kind == "leave" and _is_outcome(tree, i)


def _is_armed(low: str) -> bool:
    return classes().get(low) == "armed"


def _is_outcome(tree: Tree, i: int) -> bool:
    """True of "took the road, leaving the town cut off", which says in what state the town is, not who went away."""
    t, left = tree.tokens, tree.kid(i, "dobj")
    if t.tags[i] != "VBG" or left is None:
        return False
    behind = left + 1
    while behind < tree.last and (t.lowers[behind] == "of" or t.tags[behind] in _OF_NAMES):
        behind += 1
    return behind < tree.last and (t.tags[behind] in _LEFT_AS or t.lowers[behind] == "without")


def _is_denied_by_source(tree: Tree, i: int, functions: Functions, referents: Referents) -> bool:
    """True of "sources denied hitting the port": who denies it speaks for those who are said to have done it."""
    t = tree.tokens
    if t.tags[i] != "VBG" or t.deps[i] != "xcomp" or t.lowers[t.heads[i]] not in _DENYING:
        return False
    subject = functions.get("subject")
    return subject is not None and not referents.labels(tree, subject[0].head) & ABLE


_NEAR = 12  # words back to the strike that "targeting" belongs to


def _kinds(low: str) -> set[str]:
    return {sense.kind for sense in senses().get(low, ()) if sense.part == "N"}


# kinds whose verbs before a noun tell of what was done to it, not of what it does
_DONE_TO = frozenset(["destroy", "encircle", "kill_or_wound"])
_NO_ATTRIBUTES = frozenset(["negotiate", "deliver", "deploy", "decree", "protest", "release"])


def _is_told_by_noun(tree: Tree, i: int, sense: Sense, functions: Functions, referents: Referents) -> bool:
    """True where a noun names the event ("the strike hit the port"), and for attributes that tell of none."""
    t = tree.tokens
    if t.deps[i] == "amod" and (sense.kind in _NO_ATTRIBUTES or t.lowers[i] in _AIMING):
        return True
    if t.deps[i] == "amod" and sense.kind == "advance" and t.lowers[i].endswith("ed"):
        return True  # "advanced weapons"
    if t.deps[i] == "amod" and t.lowers[i].endswith("ing") and sense.kind in _DONE_TO:
        return True  # "devastating sanctions", "surrounding districts"
    if t.tags[i] == "VBG" and t.lowers[i] in _AIMING and t.deps[i] in ("acl", "advcl"):
        before = range(max(tree.first, i - _NEAR), i)
        if any(t.tags[k].startswith("NN") and "strike" in _kinds(t.lowers[k]) for k in before):
            return True
    return sense.kind == "strike" and any(
        "event" in referents.labels(tree, f.head) and t.tags[f.head].startswith("NN") and "arms" not in labels
        for f in functions.get("subject", ())
        for labels in (referents.labels(tree, f.head),)
    )


def _settle(
    tree: Tree, i: int, sense: Sense, roles: dict[str, tuple[Filler, ...]], referents: Referents
) -> dict[str, tuple[Filler, ...]]:
    """Roles as the kind sees them: a held town is where it is held, and who evacuates is displaced."""
    if sense.kind == "displace":
        places = tuple(f for f in roles.get("target", ()) if "place" in referents.labels(tree, f.head))
        if places and len(places) == len(roles["target"]):
            roles["origin"] = roles.pop("target")
        if "target" not in roles and "agent" in roles:
            roles["target"] = roles.pop("agent")
    if sense.kind == "leave" and "agent" not in roles:
        # "the troops were withdrawn": whoever ordered it, they left
        moved = tuple(f for f in roles.get("target", ()) if "armed" in referents.labels(tree, f.head))
        roles |= {"agent": moved} if moved else {}
    return roles


_NOT_BEFALLEN = frozenset(["weapon", "aircraft", "event", "side", "state"])


def _goes_on(tree: Tree, i: int) -> bool:
    """True of "Israel killed, wounded or detained thousands", where the verbs in a row have one doer."""
    t = tree.tokens
    return i + 2 < tree.last and t.tags[i + 2] in ("VBD", "VBN", "CC")


def _is_one(tree: Tree, head: int) -> bool:
    """True for a number and for one person: "Maoist killed, two hurt", and not "Taliban killed, the army said"."""
    t = tree.tokens
    is_singular = t.tags[head] in ("NN", "NNP") and t.lowers[head] not in _MANY_OR_ONE
    return t.tags[head] == "CD" or is_singular


def _reads_as_passive(tree: Tree, i: int, sense: Sense, functions: Functions, referents: Referents) -> bool:
    """ "Six killed in blast", "and dozens more wounded", "school hit": a participle without its auxiliary."""
    t = tree.tokens
    subject = functions.get("subject")
    role = sense.roles.get("object")
    # "rangers hurt in blast"
    is_past = t.tags[i] in ("VBD", "VBN", "JJ") or (t.lowers[i] == "hurt" and "object" not in functions)
    if subject is None or not is_past or role not in ("target", "instrument"):
        return False
    if any(t.deps[k] == "aux" for k in tree.kids(i)) or _is_finite(tree, i, sense):
        return False
    is_joined = t.deps[i] == "conj" and t.heads[subject[0].head] != i
    if is_joined and t.tags[t.heads[i]] in _FINITE and not tree.is_passive(t.heads[i]):
        return False  # "the patrol answered and engaged"
    labels = referents.labels(tree, subject[0].head)
    if role == "instrument":
        return "weapon" in labels and "object" not in functions  # "missiles launched against the port hit a depot"
    is_counted = any(t.deps[k] == "nummod" for k in tree.kids(subject[0].head))  # "four Palestinians killed in raid"
    # "Maoist killed, two injured": who kills kills somebody
    is_harm = sense.kind == "kill_or_wound" and t.lowers[i] in _HARMING and not is_joined
    is_cut = i + 1 < tree.last and t.lowers[i + 1] == ","  # "Maoist killed, two guards injured"
    is_without = "object" not in functions or is_cut
    head = subject[0].head
    if is_harm and is_cut and not is_counted:
        if _goes_on(tree, i):
            return False
        is_harm = "state" not in labels and _is_one(tree, head)
    is_number = any(True for _ in referents.figures_in(head, head + 1))
    is_named = is_number or bool(labels & {"people", "side", "state", "armed"})
    is_somebody = t.tags[head] != "PRP" and is_named
    is_dead = is_harm and is_without and is_somebody
    is_person = is_counted or is_dead
    refused = _NOT_BEFALLEN - {"side", "state"} if is_person else _NOT_BEFALLEN
    if labels & refused or not (is_person or labels & {"people", "place", "arms", "number"}):
        return False
    objects = functions.get("object")
    if objects is None or (is_dead and is_cut):
        return True
    # "6 killed 12 wounded", "a guard killed others hurt": the object is the subject of the next participle
    inner = tree.kids(objects[0].head)
    next_ones = [k for k in inner if k > i and t.deps[k] == "acl" and t.tags[k] in ("VBN", "VBD")]
    is_bare = is_counted and t.tags[objects[0].head] == "CD"  # "four rebels killed 12 wounded"
    if is_bare or "number" in labels or t.lowers[objects[0].head] in _THE_REST:
        return bool(next_ones)
    # "nine civilians killed 15 people injured", "a child killed seven people hurt": not who bears arms
    is_definite = (det := tree.kid(head, "det")) is not None and t.lowers[det] == "the"
    is_victim = _is_one(tree, head) and not is_definite and not labels & {"side", "state"}
    are_victims = (is_person or is_victim) and "armed" not in labels
    return is_harm and are_victims and any(t.lowers[k] in _HARMING for k in next_ones)


def _is_finite(tree: Tree, i: int, sense: Sense) -> bool:
    """True for "as the army battled to hold the town", "rebels withdrew": verbs that need nobody to befall."""
    is_own = sense.kind in ("clash", "leave") and "object" not in sense.needs and sense.kind_on_foot is None
    return is_own and tree.tokens.tags[i] == "VBD"


def _followed(tree: Tree, i: int, listed: tuple[str, ...]) -> bool:
    """One of the words or phrases stands behind the verb, with its object between them at most."""
    lowers = tree.tokens.lowers[i + 1 : min(tree.last, i + 9)]
    joined = " ".join(lowers)
    return any(f" {words} " in f" {joined} " for words in listed)


def _rule(tree: Tree, i: int, passive: bool) -> str:
    t = tree.tokens
    dep = t.deps[i]
    if dep == "relcl":
        return "verb.relative"
    if t.tags[i] == "VB":
        return "verb.infinitive"
    if dep in ("acl", "amod") or (
        t.tags[i] in ("VBG", "VBN")
        and not any(t.deps[k] == "aux" for k in tree.kids(i))
        and tree.kid(i, "nsubj", "nsubjpass") is None
    ):
        return "verb.participle"
    return PASSIVE if passive else "verb.active"
