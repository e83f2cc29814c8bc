"""The grammatical functions around a verb, a noun or an adjective: who is subject, object, behind which preposition.

Belongs here: reading functions from the tree, over passives, relative clauses, participles and
coordination. Does not belong here: what the functions mean for an event (``frames``).
"""

from __future__ import annotations

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.events.grammar.clauses import bringer
from ingest.extract.events.grammar.subjects import doer_of_joined, place_before, struck_before, subject_of
from ingest.extract.events.lexicon import listed, senses
from ingest.extract.events.model import Filler
from ingest.extract.syntax.tree import CALENDAR, NOUNS, RELATIVES, Tree

_SOURCING = listed("scope.toml", "sourcing")
_AT_PLACES = listed("scope.toml", "at_places")
_SHIFTING = listed("light.toml", "shifting")
_USING = listed("light.toml", "using")
_STAYING = listed("light.toml", "staying")
_ADVERBIAL = listed("light.toml", "adverbial")
_LEAVING = listed("light.toml", "leaving")
_TELLING = listed("light.toml", "telling")
_DURING = listed("light.toml", "during")
_DEEDS = listed("light.toml", "deeds")
_HUNTS = listed("light.toml", "hunts")
_HYPHENED = listed("light.toml", "hyphened")
_JOINING = listed("light.toml", "joining")
_AIMING = listed("light.toml", "aiming")
_SERIES = listed("light.toml", "series")
_AIMED_AT = listed("light.toml", "aimed_at")
_DOING = listed("light.toml", "doing")
Functions = dict[str, tuple[Filler, ...]]

_NOMINAL = NOUNS | {"PRP$", "WP$", "NNPS", "$", "VBG", "RB", "EX", "JJS", "JJR", "PDT"}
_DEEP = 3  # words before words before a noun
_MOST = 12  # conjuncts that are followed
_BETWEEN = 2  # from what is left to the participle that says how


def conjuncts(tree: Tree, head: int) -> tuple[int, ...]:
    """The head and what is joined to it by "and" or commas, in order."""
    t = tree.tokens
    found = [head]
    for at in found:
        if len(found) > _MOST:
            break
        found += [k for k in tree.kids(at) if t.deps[k] == "conj" and t.tags[k] in _NOMINAL and k not in found]
    return tuple(sorted(found)) if len(found) > 1 else (head,)


def fillers(tree: Tree, head: int | None) -> tuple[Filler, ...]:
    """Fillers for a head and its conjuncts; none for None."""
    return tuple([Filler(k) for k in conjuncts(tree, head)]) if head is not None else ()


def prepositions(tree: Tree, head: int, into: Functions) -> None:
    """Add what stands behind each preposition that hangs on ``head``, under the preposition's own word."""
    t = tree.tokens
    for k in tree.kids(head):
        if t.deps[k] not in ("prep", "agent", "dative") and not (t.deps[k] == "advmod" and tree.kid(k, "prep")):
            continue
        if t.lowers[k] in _SOURCING:
            continue  # "according to the army"
        at, name = k, t.lowers[k]
        inner = tree.kid(at, "pobj", "pcomp")
        if inner is not None and (misread := place_before(tree, at, inner)) is not None:
            inner = misread
        if inner is None and (deeper := tree.kid(at, "prep")) is not None:
            at, name = deeper, t.lowers[deeper]  # "out of", "away from"
            inner = tree.kid(at, "pobj")
        if inner is not None and t.tags[inner] in _NOMINAL:
            into[name] = into.get(name, ()) + fillers(tree, inner)


_IT = frozenset(["it", "this", "that", "them"])


def of_verb(tree: Tree, v: int) -> tuple[Functions, bool]:
    """Functions of a verb, and whether it is passive; "by" of a passive is its ``subject``."""
    known = tree.functions.get(v)  # asked for each sense of the word
    if known is None:
        known = tree.functions[v] = _of_verb(tree, v)
    return dict(known[0]), known[1]


def _of_verb(tree: Tree, v: int) -> tuple[Functions, bool]:
    t = tree.tokens
    found: Functions = {}
    prepositions(tree, v, found)
    _add_used(tree, v, found)
    if (doer := doer_of_joined(tree, v)) is not None:
        return {**found, "subject": fillers(tree, doer), "object": (Filler(t.heads[v]),)}, False
    subject = subject_of(tree, v)
    if subject is not None and t.lowers[subject] in CALENDAR:
        subject = tree.kid(subject, "compound", "nmod")  # "the opposition Sunday retook"
    if t.deps[v] == "amod" and subject is None:
        subject = t.heads[v]
    if (state := _in_state(tree, v)) is not None:
        return _of_passive(tree, v, state, found), True
    if _is_passive(tree, v):
        return _of_passive(tree, v, subject, found), True
    if subject is not None:
        found["subject"] = fillers(tree, subject)
    _add_objects(tree, v, subject, found)
    if "on" in found and t.lowers[v] in _SHIFTING:
        # "blamed it on the rebels": it is the deed
        found["object"] = tuple(f for f in found.get("object", ()) if t.lowers[f.head] not in _IT)
    return found, False


def _add_used(tree: Tree, v: int, found: Functions) -> None:
    """Add what is used as ``using``: "struck the port using drones", "used drones to strike the port"."""
    t, over = tree.tokens, tree.tokens.heads[v]
    if t.lowers[over] in _USING and t.tags[v] == "VB" and t.deps[v] in ("xcomp", "advcl"):
        used = tree.kid(over, "nsubjpass") if tree.is_passive(over) else tree.kid(over, "dobj")
        found["using"] = fillers(tree, used)
    for k in tree.kids(v):
        if k > v and t.lowers[k] == "using" and t.deps[k] == "advcl":
            found["using"] = fillers(tree, tree.kid(k, "dobj"))


def _in_state(tree: Tree, v: int) -> int | None:
    """The "assets" of "the assets are frozen", whose participle is read as an adjective; None for others."""
    t, over = tree.tokens, tree.tokens.heads[v]
    is_told = t.tags[v] == "JJ" and t.deps[v] == "acomp" and t.lowers[over] in _STAYING
    is_quality = t.lowers[v].endswith("ing") or tree.kid(v, "advmod") is not None  # "as damaging as", "more targeted"
    return tree.subject(over) if is_told and not is_quality else None


def _is_passive(tree: Tree, v: int) -> bool:
    if tree.tokens.tags[v] == "VBN" and _left(tree, v) is not None:
        return True
    if not tree.is_passive(v) and not _is_attribute(tree, v):
        return False
    # "the coalition bombed a village", read as a participle
    is_misread = tree.tokens.deps[v] == "acl" and tree.kid(v, "dobj") is not None
    return not is_misread or tree.kid(v, "agent") is not None


def _of_passive(tree: Tree, v: int, subject: int | None, found: Functions) -> Functions:
    """The functions of a passive, with whom it befell as ``object`` and who did it as ``subject``."""
    left = _left(tree, v)
    subject = subject if left is None else left
    if subject is not None:
        found["object"] = fillers(tree, subject)
    doers = found.pop("by", ()) + _owner_by_hyphen(tree, v)
    doers = doers or _by_of_inner(tree, v) or _by_of_next(tree, v)
    if not doers and left is not None:
        doers = fillers(tree, bringer(tree, tree.tokens.heads[v]))  # "the rebels left two men wounded"
    if doers:
        found["subject"] = doers
        _add_inner(tree, doers[-1].head, found)
    kept = tree.kid(v, "dobj")
    if kept is not None and "object" not in found:
        found["object"] = fillers(tree, kept)
    return found


def _add_objects(tree: Tree, v: int, subject: int | None, found: Functions) -> None:
    """Add the ``object`` of an active verb, and the ``dative``: "hand Russia the region"."""
    t = tree.tokens
    given = tree.kid(v, "dative")
    if given is not None and t.tags[given] in _NOMINAL:
        found["dative"] = fillers(tree, given)
    objects = [k for k in tree.kids(v) if t.deps[k] in ("dobj", "oprd") and t.tags[k] in _NOMINAL]
    objects += [x for k in tree.kids(v) if t.deps[k] == "prt" for x in tree.kids(k) if t.deps[x] == "pobj"]
    if len(objects) > 1 and given is None and objects[0] < objects[1]:
        found["dative"] = fillers(tree, objects.pop(0))  # read as two objects
    if objects and t.lowers[objects[0]] in RELATIVES and t.deps[v] == "relcl":
        found["object"] = fillers(tree, t.heads[v])
    elif objects:
        found["object"] = fillers(tree, objects[0])
    elif (misread := _object_of_clause(tree, v)) is not None:
        found["object"] = fillers(tree, misread)
    elif (
        t.deps[v] == "relcl" and subject not in (None, t.heads[v]) and t.tags[v] != "VBG" and not _is_adverbial(tree, v)
    ):
        found["object"] = fillers(tree, t.heads[v])  # "the town they captured"
    elif t.tags[v] == "VBG" and t.deps[v] in ("compound", "amod") and v == tree.first and t.heads[v] > v:
        found["object"] = fillers(tree, t.heads[v])  # "Capturing X would …", read as one name
        found.pop("subject", None)
    elif (joined := _shared_object(tree, v)) is not None:
        found["object"] = fillers(tree, joined)
    elif (taken_up := _taken_up(tree, v)) is not None:
        found["object"] = fillers(tree, taken_up)
    if "object" in found:
        _add_inner(tree, found["object"][-1].head, found)


def _by_of_next(tree: Tree, v: int) -> tuple[Filler, ...]:
    """The "troops" of "a leader was captured and two men killed by troops": passives in a row, done by one."""
    t = tree.tokens
    for k in tree.kids(v):
        if t.deps[k] == "conj" and k > v and t.tags[k] == "VBN" and t.lowers[k] in senses() and tree.is_passive(k):
            by = tree.kid(k, "agent")
            return fillers(tree, tree.kid(by, "pobj")) if by is not None else ()
    return ()


def _taken_up(tree: Tree, v: int) -> int | None:
    """The "arms" of "the arms that they managed to get", "arms they helped them send"; None for no such clause."""
    t, over = tree.tokens, tree.tokens.heads[v]
    if t.deps[v] not in ("xcomp", "ccomp") or t.deps[over] != "relcl" or t.tags[v] not in ("VB", "VBG"):
        return None
    own = tree.kid(over, "nsubj")
    is_subject = own is None or t.lowers[own] in RELATIVES  # "the troops that helped take the town"
    taken = tree.kid(over, "dobj")
    is_told = tree.kid(v, "dobj", "dative") is not None or (taken is not None and t.lowers[taken] not in RELATIVES)
    return None if is_subject or is_told or _is_adverbial(tree, over) else t.heads[over]


def _is_adverbial(tree: Tree, v: int) -> bool:
    """True for "the town where two men died", "the raid in which they fought": the clause takes up no object."""
    t = tree.tokens
    before = [k for k in tree.kids(v) if k < v]
    return any(t.lowers[k] in _ADVERBIAL or _is_in_which(tree, k) for k in before)


def _is_in_which(tree: Tree, prep: int) -> bool:
    inner = tree.kid(prep, "pobj")
    is_which = inner is not None and tree.tokens.lowers[inner] in RELATIVES
    return is_which and tree.tokens.lowers[prep] in _AT_PLACES


def _left(tree: Tree, v: int) -> int | None:
    """The "people" of "the raid left two people injured", where the parser hangs the participle on the verb."""
    t = tree.tokens
    above = t.heads[v]
    if t.deps[v] not in ("advcl", "oprd", "acomp", "xcomp", "dep"):
        return None
    if t.lowers[above] not in _LEAVING:
        # "attacked a convoy, leaving two men martyred", read as two participles of the attack
        beside = (k for k in tree.kids(above) if t.lowers[k] in _LEAVING and k < v)
        above = next((k for k in beside if t.deps[k] == "advcl" and tree.right(k) == v - 1), v)
    left = tree.kid(above, "dobj") if above != v else None
    return left if left is not None and above < left and 0 < v - tree.right(left) <= _BETWEEN else None


def _object_of_clause(tree: Tree, v: int) -> int | None:
    """The "man" of "forces detained a man linked to the raid", read as a clause; None where it is one."""
    t = tree.tokens
    clause = tree.kid(v, "ccomp")
    if clause is not None and (struck := struck_before(tree, clause)) is not None:
        return struck
    if clause is None or t.tags[clause] not in ("VBN", "VBD") or tree.kid(clause, "mark", "aux", "auxpass") is not None:
        return None
    subject = tree.kid(clause, "nsubj")
    is_behind = subject is not None and tree.left(subject) == v + 1 and v < subject < clause
    return subject if is_behind and t.lowers[v] not in _TELLING else None


def _by_of_inner(tree: Tree, v: int) -> tuple[Filler, ...]:
    """Who stands behind the "by" of what a passive was done as or during: "held captive by", "hit in a raid by".

    Also whose hunt it was: "detained during a Turkish operation".
    """
    t = tree.tokens
    for k in tree.kids(v):
        inner = k
        if t.deps[k] == "prep" and t.lowers[k] in _DURING:
            inner = tree.kid(k, "pobj") or k
            if t.lowers[inner] not in _DEEDS:
                continue
        elif t.deps[k] not in ("oprd", "dobj", "acomp", "xcomp"):
            continue
        by = next((x for x in tree.kids(inner) if t.lowers[x] == "by" and x > inner), None)
        if by is not None:
            return fillers(tree, tree.kid(by, "pobj"))
        if t.lowers[inner] in _HUNTS:
            before = (x for x in tree.kids(inner) if x < inner and t.deps[x] in ("amod", "nmod", "compound", "poss"))
            if owners := tuple(Filler(x, is_inferred=True) for x in before if t.lowers[x] in demonyms()):
                return owners
    return ()


def _add_inner(tree: Tree, head: int, found: Functions) -> None:
    """Add what stands behind the prepositions of a participant, where the parser often hangs the verb's own."""
    inner: Functions = {}
    prepositions(tree, head, inner)
    lowers = tree.tokens.lowers
    for name, heads in inner.items():
        # "on Friday they fired shells on the town"
        is_free = all(lowers[f.head] in CALENDAR for f in found.get(name, ()))
        if name != "of" and is_free:
            found[name] = (*heads, *found.get(name, ()))


def _is_attribute(tree: Tree, v: int) -> bool:
    return tree.tokens.deps[v] in ("amod", "acl") and tree.tokens.tags[v] in ("VBN", "JJ")


def _owner_by_hyphen(tree: Tree, v: int) -> tuple[Filler, ...]:
    """The "rebel" of "rebel-held", the "Islamic State" of "Islamic State-held"."""
    t = tree.tokens
    if v - 2 < tree.first or t.words[v - 1] not in ("-", "–", "‑") or t.tags[v - 2] == "CD":
        return ()
    if t.lowers[v - 2] in _HYPHENED:
        return ()
    return (Filler(v - 2, is_inferred=True),)


def _shared_object(tree: Tree, v: int) -> int | None:
    """The object of "shelled and destroyed the depot", which stands behind the last verb only."""
    t = tree.tokens
    for k in tree.kids(v):
        if t.deps[k] == "conj" and t.tags[k] == t.tags[v] and tree.kid(k, "nsubj", "nsubjpass") is None:
            between = t.lowers[v + 1 : k]
            if all(w in _JOINING for w in between):
                return tree.kid(k, "dobj")
    return None


def of_noun(tree: Tree, n: int) -> Functions:
    """Functions of a noun: prepositions, owner, what stands before it, and participles behind it."""
    t = tree.tokens
    found: Functions = {}
    prepositions(tree, n, found)
    for k in tree.kids(n):
        dep = t.deps[k]
        if dep == "poss" and t.lowers[k] in CALENDAR:
            continue  # "Friday's attacks"
        if dep == "poss":
            found["poss"] = found.get("poss", ()) + tuple(Filler(x, is_inferred=False) for x in conjuncts(tree, k))
        elif dep in ("compound", "amod", "nmod", "nummod", "npadvmod") and k < n and dep != "nummod":
            found["modifier"] = (*found.get("modifier", ()), Filler(k, is_inferred=True))
            found["modifier"] += tuple(Filler(x, is_inferred=True) for x in conjuncts(tree, k) if x != k and x < n)
            found["modifier"] += tuple(Filler(x, is_inferred=True) for x in _before(tree, k, _DEEP))
        elif t.lowers[k] == "using" and dep == "acl":
            found["using"] = fillers(tree, tree.kid(k, "dobj"))
        elif t.lowers[k] in _AIMING and (
            (dep == "acl" and t.tags[k] == "VBG") or (dep == "relcl" and t.tags[k] != "VBN")
        ):
            found["targeting"] = fillers(tree, tree.kid(k, "dobj"))
    found["modifier"] = (*found.get("modifier", ()), *_of_joined(tree, n, found), *_of_series(tree, n))
    if not found["modifier"]:
        del found["modifier"]
    _add_next(tree, n, found)
    if t.deps[n] == "dobj" and t.lowers[t.heads[n]] in _SHIFTING:
        found.pop("on", None)  # "blamed the attack on the rebels"
    if "poss" not in found and (owner := _owner_of_doing(tree, n)) is not None:
        found["poss"] = (owner,)
    if t.deps[n] == "appos":
        found["copula"] = (Filler(t.heads[n]),)
    elif t.deps[n] == "attr":
        subject = tree.subject(t.heads[n])
        if subject is not None and subject != n:
            found["copula"] = fillers(tree, subject)
    return found


def _of_series(tree: Tree, n: int) -> tuple[Filler, ...]:
    """The "Russia" of "Russia's invasion attempt", the "American" of "the largest American assistance package"."""
    t, over = tree.tokens, tree.tokens.heads[n]
    if t.deps[n] != "compound" or over < n or t.lowers[over] not in _SERIES:
        return ()
    before = (k for k in tree.kids(over) if k < n and t.deps[k] in ("amod", "compound", "nmod", "poss"))
    return tuple(Filler(k, is_inferred=True) for k in before if t.deps[k] == "poss" or t.lowers[k] in demonyms())


def _of_joined(tree: Tree, n: int, found: Functions) -> tuple[Filler, ...]:
    """The "Russian" of "Russian artillery and air bombardment", which stands before what the noun is joined to."""
    t, first = tree.tokens, tree.tokens.heads[n]
    if t.deps[n] != "conj" or not t.tags[first].startswith("NN") or tree.kid(first, "prep") is not None:
        return ()
    if tree.kid(n, "det", "poss") is not None or any(t.lowers[f.head] in demonyms() for f in found.get("modifier", ())):
        return ()
    before = (k for k in tree.kids(first) if k < first and t.deps[k] in ("amod", "compound", "nmod"))
    return tuple(Filler(k, is_inferred=True) for k in before if t.lowers[k] in demonyms())


def _before(tree: Tree, k: int, depth: int) -> list[int]:
    """What stands before a word that stands before a noun: the "Russian" of "Russian fighter jet raids"."""
    deps = tree.tokens.deps
    own = [x for x in tree.kids(k) if deps[x] in ("compound", "nmod", "amod", "npadvmod") and x < k] if depth else []
    return [at for x in own for at in (x, *_before(tree, x, depth - 1))]


def _add_next(tree: Tree, n: int, found: Functions) -> None:
    """Add what the preposition right behind a noun brings, which the parser may hang on its verb: "raids on a town"."""
    t = tree.tokens
    k = n + 1
    if k < tree.last and t.deps[k] == "prep" and t.heads[k] < n and t.lowers[k] in _AIMED_AT:
        found.setdefault(t.lowers[k], fillers(tree, tree.kid(k, "pobj")))


def _owner_of_doing(tree: Tree, n: int) -> Filler | None:
    """The "president" of "the president's announcement of a mobilisation", who does what the noun names too."""
    t = tree.tokens
    of = t.heads[n]
    above = t.heads[of]
    if t.deps[n] != "pobj" or t.lowers[of] not in ("of", "for") or t.lowers[above] not in _DOING:
        return None
    owner = tree.kid(above, "poss")
    return Filler(owner) if owner is not None else None


def particles(tree: Tree, v: int) -> frozenset[str]:
    """Particles and short adverbs that hang on a verb or stand right behind it."""
    t = tree.tokens
    near = {t.lowers[k] for k in tree.kids(v) if t.deps[k] in ("prt", "advmod", "prep", "oprd", "acomp")}
    if v + 1 < tree.last:
        near.add(t.lowers[v + 1])
    return frozenset(near)
