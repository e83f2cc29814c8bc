"""Frames of nouns: "the shelling of X by Y", and nouns that a light verb carries ("carried out a strike").

Belongs here: a noun that names the event. Does not belong here: "control" and its like (``state``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames.common import fits, kind_of, put, roles_of, with_doer
from ingest.extract.events.grammar.clauses import verb_over
from ingest.extract.events.grammar.functions import Functions, of_noun, of_verb, prepositions
from ingest.extract.events.grammar.subjects import doer_of_joined
from ingest.extract.events.lexicon import light_verbs, listed, listed_pairs
from ingest.extract.events.model import Candidate, Filler, Sense
from ingest.extract.syntax.tree import RELATIVES, VERB_TAGS, Tree

_SETTING_OFF = listed("light.toml", "setting_off")
_NOBODY = listed("assertion.toml", "nobody")
_NO = listed("assertion.toml", "no")
_ENDING = listed("assertion.toml", "ending")
_OF_BOTH_SIDES = listed("scope.toml", "of_both_sides")
_BLAME = listed("light.toml", "blame")
_DENYING = listed("assertion.toml", "denying")
_PLACING_BLAME = listed("light.toml", "placing_blame")
_OCCURRING = listed("assertion.toml", "occurring")
_INVOLVING = listed("light.toml", "involving")
_HARMING = listed("light.toml", "harming")
_SERIES = listed("light.toml", "series")
_DIRECTIONS = listed("scope.toml", "directions")
_NUMBERING = listed("scope.toml", "numbering")
_FOUND = listed("scope.toml", "found")
_BEING = listed("scope.toml", "being")
_INCLUDING = listed("scope.toml", "including")
_AIMING = listed("light.toml", "aiming")
_PERFORMING = listed("light.toml", "performing")
_BEING_WORDS = listed("light.toml", "being")
_NOTHING = listed("assertion.toml", "nothing")
_WORK = listed("light.toml", "work")
RULES = frozenset(["noun.light", "noun.light_passive", "noun.arguments", "noun.bare"])

_TOLD_OF = frozenset(["dobj", "nsubj", "attr"])  # what a verb of being or including names behind it


def light_verb(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "carried out a strike on", "came under attack", "a raid was launched by", "an attack launched from"."""
    t = tree.tokens
    found = _governor(tree, i)
    if sense.kind == "responsibility" and t.deps[i] in ("dobj", "nsubjpass") and t.lowers[t.heads[i]] in sense.light:
        found = t.heads[i], "agent"  # "took responsibility" tells of a deed, whatever else "took" carries
    if found is None:
        return None
    verb, way = found
    if sense.light and t.lowers[verb] not in sense.light:
        return None
    if sense.kind != "strike" and t.lowers[verb] in _SETTING_OFF:
        return None  # "his victory triggered protests"
    functions = _with_verb(tree, i, verb)
    of_light, passive = with_doer(tree, verb, *of_verb(tree, verb), referents)
    is_by_nobody = any(_is_nobody(tree, f.head) for f in of_light.get("subject", ()))
    if is_by_nobody and sense.kind == "responsibility":
        of_light = {name: heads for name, heads in of_light.items() if name != "subject"}
    elif is_by_nobody or _is_not_claimed(tree, i, verb):
        return None  # "no one claimed responsibility for the raid": there was one
    if not fits(tree, i, sense, {**functions, "light": (Filler(verb),)}, referents):
        return None
    roles = roles_of(tree, functions, sense, referents)
    if way in ("aim", "onto"):
        for filler in of_light.get("object", ()):
            put(tree, roles, "target", filler, referents)
    # "was hit by shelling", "were involved in the attack"
    is_treated = passive and not (verb > i and t.deps[verb] == "acl") and (way == "target" or t.deps[i] == "pobj")
    treated = of_light.get("object", ()) if is_treated else ()
    is_of_others = way == "aim" or _is_others_fight(tree, i, verb) or _is_placed(tree, i, verb)
    for filler in (*of_light.get("subject", ()), *treated):
        if filler.head == i or is_of_others:
            continue
        if way == "agent" and "by" in functions and any(not f.is_inferred for f in roles.get("agent", ())):
            continue  # "acknowledged the attack by its troops"
        role = "target" if way in ("target", "repel") else "agent"
        # "continued its offensive" names the agent once
        if role == "agent" and all(f.is_inferred or t.tags[f.head] == "PRP$" for f in roles.get(role, ())):
            roles.pop(role, None)
        put(tree, roles, role, filler, referents)
    return Candidate(
        kind=kind_of(tree, sense, roles, referents),
        rule="noun.light_passive" if passive else "noun.light",
        sense=sense,
        trigger=i,
        last=i,
        clause=verb,
        sentence=sentence,
        roles=roles,
        is_negative=way == "disowned" or is_by_nobody,
    )


# of what two sides do, who the first of them may be
_WITH_SIDES = {
    "clash": frozenset(["armed", "side", "state"]),
    "negotiate": frozenset(["side", "state", "official", "person"]),
}


def _with_first_side(
    tree: Tree, i: int, sense: Sense, functions: Functions, roles: dict[str, tuple[Filler, ...]], referents: Referents
) -> dict[str, tuple[Filler, ...]]:
    """The roles; of "the rebels were hurt in clashes with the army" with the rebels as agent."""
    t = tree.tokens
    if sense.kind not in _WITH_SIDES or "with" not in functions or "agent" in roles or t.deps[i] != "pobj":
        return roles
    verb = verb_over(tree, i)
    subject = tree.subject(verb) if verb is not None else None
    if subject is not None and referents.labels(tree, subject) & _WITH_SIDES[sense.kind]:
        return {**roles, "agent": (Filler(subject),)}
    return roles


def _is_nobody(tree: Tree, head: int) -> bool:
    t = tree.tokens
    nobody = t.lowers[head] in _NOBODY
    return nobody or any(t.deps[k] == "det" and t.lowers[k] in _NO for k in tree.kids(head))


def _is_others_fight(tree: Tree, i: int, verb: int) -> bool:
    """True for "the police could not halt the fighting", which is between others."""
    t = tree.tokens
    is_ended = t.lowers[verb] in _ENDING and t.lowers[i] in _OF_BOTH_SIDES
    return is_ended and tree.kid(i, "poss") is None and t.deps[i] == "dobj"


def _is_not_claimed(tree: Tree, i: int, verb: int) -> bool:
    """True for "has not claimed responsibility for the raid", "denied blame for it", which say nothing of the raid.

    Also for "laid responsibility for the raid on the rebels", whose subject has no part in it.
    """
    t = tree.tokens
    carried = tree.kid(verb, "dobj")
    if carried is None or carried == i or t.lowers[carried] not in _BLAME:
        return False
    is_denied = t.lowers[verb] in _DENYING or t.lowers[verb] in _PLACING_BLAME
    return is_denied or any(t.deps[k] == "neg" for k in tree.kids(verb))


def _is_placed(tree: Tree, i: int, verb: int) -> bool:
    """True of "put the blame on the rebels", whose subject has done nothing."""
    t = tree.tokens
    return t.lowers[i] in _BLAME and t.lowers[verb] in _PLACING_BLAME


def arguments(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "the shelling of X by Y", "Russia's capture of X", "a drone attack on", and a noun by itself."""
    if sense.light or _is_attribute(tree, i):
        return None
    functions = of_noun(tree, i)
    t = tree.tokens
    if _is_before_direction(tree, i):
        around = of_noun(tree, t.heads[i])
        functions = {**{name: heads for name, heads in around.items() if name != "of"}, **functions}
    if t.deps[i] == "nsubj" and t.lowers[t.heads[i]] in _OCCURRING:
        more: Functions = {}
        prepositions(tree, t.heads[i], more)  # "clashes erupted between the army and the rebels"
        functions = {**{name: more[name] for name in more if name in sense.roles and name != "of"}, **functions}
    if t.deps[i] == "nsubj" and t.lowers[t.heads[i]] in _INVOLVING:
        who = tuple(f for f in of_verb(tree, t.heads[i])[0].get("object", ()))
        functions = {**functions, "by": (*functions.get("by", ()), *who)}  # "the attack involved four gunmen"
        more = {}
        prepositions(tree, t.heads[i], more)  # "the clashes pitted the rebels against"
        functions = {"against": more["against"], **functions} if "against" in more else functions
    if sense.roles.get("by") and (author := _author(tree, i)) is not None:
        functions = {**functions, "by": (*functions.get("by", ()), Filler(author))}
    if "harming" in sense.needs and _is_harming(tree, i):
        functions = {**functions, "harming": _itself(i)}
    if "found" in sense.needs or "counted" in sense.needs:
        functions = {**functions, "found": functions.get("of", ())}
        if not (_is_found(tree, i) or _is_broken_down(tree, i, referents)):
            functions.pop("found")
        else:
            functions["found"] = functions.get("of", ()) or tuple(f for f in (functions.get("modifier") or ()))
            if not functions["found"]:
                functions["found"] = _itself(i)
    if not fits(tree, i, sense, functions, referents):
        return None
    roles = _with_first_side(tree, i, sense, functions, roles_of(tree, functions, sense, referents), referents)
    return Candidate(
        kind=kind_of(tree, sense, roles, referents),
        rule="noun.arguments" if set(functions) & set(sense.roles) else "noun.bare",
        sense=sense,
        trigger=i,
        last=i,
        clause=_clause(tree, i) if t.heads[i] != i else i,
        sentence=sentence,
        roles=roles,
        is_negative=sense.kind == "responsibility" and _is_of_none(tree, i),
    )


def _author(tree: Tree, i: int) -> int | None:
    """The "rebels" of "the raid was the work of the rebels"; None where nobody is named so.

    Also of "the raid, believed to have been launched by the rebels".
    """
    t = tree.tokens
    participles = (k for k in tree.kids(i) if k > i and t.deps[k] == "acl" and t.tags[k] == "VBN")
    verb = next(participles, t.heads[i] if t.deps[i] in ("nsubj", "nsubjpass") else i)
    while verb != i and (inner := tree.kid(verb, "xcomp")) is not None and inner > verb:
        verb = inner
    if t.lowers[verb] in _BEING_WORDS:
        work = tree.kid(verb, "attr")
        if work is None or t.lowers[work] not in _WORK:
            return None
        preposition = next((k for k in tree.kids(work) if t.lowers[k] == "of"), None)
    else:
        is_done = verb != i and t.deps[verb] == "xcomp" and t.lowers[verb] in _PERFORMING and tree.is_passive(verb)
        preposition = tree.kid(verb, "agent") if is_done else None
    return None if preposition is None else tree.kid(preposition, "pobj")


def _is_of_none(tree: Tree, i: int) -> bool:
    """True of the "responsibility" of "there was no claim of responsibility"."""
    t = tree.tokens
    above = t.heads[t.heads[i]]
    return t.deps[i] == "pobj" and t.lowers[t.heads[i]] == "of" and _is_nobody(tree, above)


def _is_harming(tree: Tree, i: int) -> bool:
    """True of "a car bomb killed six", "six were killed in a car bomb"."""
    t, over = tree.tokens, tree.tokens.heads[i]
    if t.deps[i] == "pobj" and t.lowers[over] == "in":
        return t.lowers[t.heads[over]] in _HARMING
    return t.deps[i] == "nsubj" and t.lowers[over] in _HARMING


def existential(tree: Tree, i: int, sense: Sense, referents: Referents, sentence: int) -> Candidate | None:
    """ "There were no tanks in the town": what is told to be somewhere, or not to be."""
    t, verb = tree.tokens, tree.tokens.heads[i]
    if t.deps[i] != "attr" or tree.kid(verb, "expl") is None:
        return None
    functions: Functions = {}
    prepositions(tree, verb, functions)
    functions = {**functions, **of_noun(tree, i), "existential": _itself(i)}
    if not fits(tree, i, sense, functions, referents):
        return None
    return Candidate(
        kind=sense.kind,
        rule="noun.arguments",
        sense=sense,
        trigger=i,
        last=i,
        clause=verb,
        sentence=sentence,
        roles=roles_of(tree, functions, sense, referents),
    )


def _is_attribute(tree: Tree, i: int) -> bool:
    """ "the ceasefire zone", "a conscription office": a noun before another one only names what sort it is."""
    t = tree.tokens
    head = t.heads[i]
    if t.deps[i] != "compound" or head <= i or not t.tags[head].startswith("NN") or _is_before_direction(tree, i):
        return False
    return t.lowers[head] not in _SERIES


def _is_before_direction(tree: Tree, i: int) -> bool:
    """True for the "Airstrike" of "Airstrike West of Aden" in title case, read as one name."""
    t = tree.tokens
    return t.deps[i] == "compound" and t.heads[i] == i + 1 and t.lowers[i + 1] in _DIRECTIONS


def _itself(i: int) -> tuple[Filler, ...]:
    return (Filler(i),)


def _is_found(tree: Tree, i: int) -> bool:
    """ "45 bodies were pulled out of the rubble"."""
    t = tree.tokens
    if not _NUMBERING.isdisjoint(t.lowers[max(tree.first, i - 4) : i]):
        return True  # "the number of victims"
    near = t.lowers[max(tree.first, i - 5) : min(tree.last, i + 6)]
    return not _FOUND.isdisjoint(near)


def _is_broken_down(tree: Tree, i: int, referents: Referents) -> bool:
    """ "The victims included 20 children", "among the victims were 20 children": some of them are counted."""
    t, above = tree.tokens, tree.tokens.heads[i]
    if t.deps[i] == "pobj" and t.lowers[above] == "among":
        verbs, words = [t.heads[above]], _BEING
    else:
        verbs, words = [above] if t.deps[i] == "nsubj" else [], _INCLUDING
    told = [n for k in verbs if t.lowers[k] in words for n in tree.kids(k) if n > k and t.deps[n] in _TOLD_OF]
    return any(
        "people" in referents.labels(tree, n) and any(t.tags[k] == "CD" for k in range(tree.left(n), n)) for n in told
    )


def _governor(tree: Tree, i: int) -> tuple[int, str] | None:
    """The light verb that carries the noun, and whose deed the noun is: its subject's, or what befalls it."""
    t = tree.tokens
    at = _of_series(tree, i)
    head, dep = t.heads[at], t.deps[at]
    if dep == "conj" and t.tags[head].startswith("NN"):
        head, dep = t.heads[head], t.deps[head]
    for k in tree.kids(at):
        if light_verbs().get(t.lowers[k]) != "agent":
            continue
        is_told = (
            t.deps[k] == "relcl"
            and tree.kid(k, "nsubj") is not None
            and t.lowers[tree.kid(k, "nsubj") or k] not in RELATIVES
        )
        if is_told or (t.deps[k] == "acl" and t.tags[k] == "VBN") or doer_of_joined(tree, k) is not None:
            return k, "agent"
    if dep == "nsubj" and t.lowers[head] in _AIMING and tree.kid(head, "dobj") is not None:
        return head, "aim"
    if (performed := _performed(tree, at)) is not None:
        return performed, "agent"
    if dep in ("dobj", "nsubjpass") and t.tags[head] in VERB_TAGS:
        way = light_verbs().get(t.lowers[head])
        return (head, way) if way is not None else None
    return _behind_preposition(tree, head) if dep in ("pobj", "pcomp") else None


def _performed(tree: Tree, n: int) -> int | None:
    """The "carried out" of "strikes on a town carried out by jets", of "the strike is said to have been carried out".

    The parser hangs it on the town, or below the verb of thinking; None for none.
    """
    t, above = tree.tokens, tree.tokens.heads[n]
    verbs = [above] if t.deps[n] == "nsubjpass" else []
    inner = _behind(tree, n)
    further = [x for at in inner for x in _behind(tree, at)]
    for k in (k for over in (*verbs, *inner, *further) for k in tree.kids(over)):
        is_below = t.deps[k] == ("xcomp" if t.heads[k] in verbs else "acl") and t.tags[k] == "VBN"
        if is_below and t.lowers[k] in _PERFORMING and tree.kid(k, "agent") is not None:
            return k
    return None


def _behind(tree: Tree, n: int) -> list[int]:
    """What stands behind the prepositions behind a noun."""
    deps = tree.tokens.deps
    return [k for p in tree.kids(n) if p > n and deps[p] == "prep" for k in tree.kids(p) if deps[k] == "pobj"]


def _of_series(tree: Tree, i: int) -> int:
    """The "acts" of "acts of torture", the "package" of "aid package", the sum of "$2bn in aid"; else the noun."""
    t = tree.tokens
    of = t.heads[i]
    if t.deps[i] == "compound" and of > i:
        return of if t.lowers[of] in _SERIES else i
    if t.deps[i] != "pobj" or t.lowers[of] not in ("of", "in"):
        return i
    over = t.heads[of]
    is_series = t.lowers[over] in _SERIES if t.lowers[of] == "of" else t.tags[over] == "CD"
    return over if is_series else i


def _behind_preposition(tree: Tree, prep: int) -> tuple[int, str] | None:
    """The verb of "took part in the battle", "is responsible for the raid", "came under fire"; None for others."""
    t = tree.tokens
    above = t.heads[prep]
    if f"{t.lowers[above]} {t.lowers[prep]}" in listed_pairs("light.toml", "onto_object"):
        return (above, "onto") if t.tags[above] in VERB_TAGS else None
    is_by = t.deps[prep] == "agent" or (t.lowers[prep] == "in" and tree.is_passive(above))
    if is_by and t.lowers[above] in _AIMING:
        return above, "target"  # "were hit by sanctions", "is targeted in raids"
    if t.lowers[prep] == "under":
        is_carried = light_verbs().get(t.lowers[above]) == "target" or t.lowers[above] in _BEING_WORDS
        return (above, "target") if t.tags[above] in VERB_TAGS and is_carried else None
    if t.lowers[prep] == "with" and t.lowers[t.heads[above]] in _NOTHING:
        above = t.heads[above]  # "had nothing to do with the raid"
        return (t.heads[above], "disowned") if t.tags[t.heads[above]] in VERB_TAGS else None
    if f"{t.lowers[above]} {t.lowers[prep]}" in listed_pairs("light.toml", "befalling"):
        return (above, "target") if t.tags[above] in VERB_TAGS else None
    carried = tree.kid(above, "dobj")
    words = {t.lowers[above], t.lowers[carried] if carried is not None else ""}
    pairs = listed_pairs("light.toml", "with_preposition")
    if not any(f"{word} {t.lowers[prep]}" in pairs for word in words):
        return None
    if t.tags[above] not in VERB_TAGS:
        above = t.heads[above]  # "took part in", "is responsible for"
    return (above, "agent") if t.tags[above] in VERB_TAGS else None


def _with_verb(tree: Tree, i: int, verb: int) -> Functions:
    functions = of_noun(tree, i)
    more: Functions = {}
    prepositions(tree, verb, more)
    for name, heads in more.items():
        if name not in functions and not any(f.head == i for f in heads) and name not in ("of", "by"):
            functions[name] = heads
    return functions


def _clause(tree: Tree, i: int) -> int:
    """The verb whose clause holds the noun; the noun itself where there is none."""
    t, at = tree.tokens, i
    for _ in range(12):
        if t.tags[at] in VERB_TAGS:
            return at
        if t.heads[at] == at:
            break
        at = t.heads[at]
    return at if t.tags[at] in VERB_TAGS else i
