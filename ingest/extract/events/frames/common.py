"""What all frames share: whether a sense fits its functions, and roles made of functions.

Belongs here: the checks that the lexicon states for each sense. Does not belong here: reading
functions from a tree (``grammar``).
"""

from __future__ import annotations

from collections.abc import Set

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.events.entities import ABSENT, ARMS, Referents
from ingest.extract.events.grammar.clauses import verb_over
from ingest.extract.events.grammar.functions import Functions, fillers
from ingest.extract.events.lexicon import groups, listed, senses
from ingest.extract.events.model import Filler, Sense
from ingest.extract.syntax.tree import PROPER, Tree

_OWNERS_OF_THINGS = listed("scope.toml", "owners_of_things")
_NO_AIMS = listed("scope.toml", "no_aims")
_NAMING = listed("scope.toml", "naming")
_NO_GROUPS = listed("light.toml", "no_groups")
_DEEDS_OF_GROUPS = listed("light.toml", "deeds_of_groups")
_OF_BOTH_SIDES = listed("scope.toml", "of_both_sides")
# what an attack does to those attacked: "attacked the rebels killing two"
_EFFECTS = frozenset(["kill_or_wound", "destroy", "detain"])
_ANY = frozenset(["any"])
UNABLE = frozenset(["building", "settlement", "territory", "abstract"])  # what does nothing
ABLE = frozenset(
    ["side", "state", "people", "armed", "official", "institution"]
)  # who can do something, a place or not
_FEWEST, _SHORT_NAME = 3, 6  # letters of initials
_SHORT = 3  # letters of "US", "U.S", "UAE", which are adjectives too
_WITH_ARMS = frozenset(["strike", "clash", "kill_or_wound", "destroy", "abuse"])
_AT_PLACES = listed("scope.toml", "at_places")
_NEAR = 4  # words on each side in which a word that the sense needs may stand


def fits(tree: Tree, i: int, sense: Sense, functions: Functions, referents: Referents) -> bool:
    """True where nothing that the lexicon says of the sense speaks against this use of the word."""
    return neighbours_fit(tree, i, sense) and participants_fit(tree, i, sense, functions, referents)


def participants_fit(tree: Tree, i: int, sense: Sense, functions: Functions, referents: Referents) -> bool:
    """True where the functions are filled as the sense needs it, and by nothing that it refuses."""
    if sense.needs and not any(_has(tree, i, name, functions, referents) for name in sense.needs):
        return False
    if sense.needs_all and not any(_is_filled(name, functions, referents) for name in sense.needs_all):
        return False
    for name, words in sense.refused.items():
        if any(_is_one_of(tree, f.head, words, referents) for f in functions.get(name, ())):
            return False
    if sense.object_words and not any(
        _is_one_of(tree, f.head, sense.object_words, referents) for f in functions.get("object", ())
    ):
        return False
    for name, allowed in sense.classes.items():
        if allowed & _ANY or name == "noun":
            continue
        found = functions.get(name)
        labels = referents.labels(tree, found[0].head) if found else ABSENT
        if name != "subject" and not found:
            continue  # whether it must be there is said by ``needs``
        if not labels & allowed:
            return False
    return True


def _has(tree: Tree, i: int, name: str, functions: Functions, referents: Referents) -> bool:
    if name == "particle":
        return True  # checked with the particles
    if name == "counted":
        return any(tree.tokens.deps[k] == "nummod" for k in tree.kids(i))
    if name == "modifier":
        return any(
            referents.labels(tree, f.head) & {"side", "state", "armed", "arms", "name"}
            for f in functions.get("modifier", ())
        )
    return _is_filled(name, functions, referents)


def _is_filled(name: str, functions: Functions, referents: Referents) -> bool:
    """True where something fills a function; a date behind a preposition fills none ("on Monday")."""
    return any(referents.date_at(f.head) is None for f in functions.get(name, ()))


def _is_one_of(tree: Tree, head: int, words: frozenset[str], referents: Referents) -> bool:
    lowers = tree.tokens.lowers
    return lowers[head] in words or lowers[referents.core(tree, head)] in words


def neighbours_fit(tree: Tree, i: int, sense: Sense) -> bool:
    """True where no refused word stands right before or behind, and a needed one stands near."""
    lowers = tree.tokens.lowers
    refused = sense.refused
    if refused:
        before = lowers[i - 1] if i > tree.first else ""
        after = lowers[i + 1] if i + 1 < tree.last else ""
        if before in refused.get("before", ()) or after in refused.get("after", ()):
            return False
        if before == "-" and i - 2 >= tree.first and lowers[i - 2] in refused.get("before", ()):
            return False
        if "under" in refused and _noun_over(tree, i) in refused["under"]:
            return False
        if "near" in refused and not refused["near"].isdisjoint(lowers[max(tree.first, i - 12) : i + 12]):
            return False
    if sense.near:
        around = lowers[max(tree.first, i - _NEAR) : min(tree.last, i + _NEAR + 1)]
        if sense.near.isdisjoint(around):
            return False
    return True


def _noun_over(tree: Tree, i: int) -> str:
    """The "war" of "a war of aggression" seen from the last word; empty for none."""
    t = tree.tokens
    of = t.heads[i]
    return t.lowers[t.heads[of]] if t.deps[i] == "pobj" and t.lowers[of] == "of" else ""


def with_doer(tree: Tree, i: int, functions: Functions, passive: bool, referents: Referents) -> tuple[Functions, bool]:
    """The functions; of "fired at the port killing two" with who fired as subject, not the port."""
    t = tree.tokens
    subject = functions.get("subject")
    if passive or subject is None or t.deps[i] != "acl" or t.tags[i] != "VBG":
        return functions, passive
    labels = referents.labels(tree, subject[0].head)
    verb = verb_over(tree, i)
    is_harmed = verb is not None and _is_aimed_at(tree, subject[0].head, verb)
    is_harm = (
        is_harmed and {s.kind for s in senses().get(t.lowers[i], ())} <= _EFFECTS and t.lowers[verb or i] in senses()
    )
    if verb is None or ((not labels & UNABLE or labels & ABLE) and not is_harm):
        return functions, passive
    doer = tree.subject(verb)
    if doer is None or tree.is_passive(verb):
        return {name: heads for name, heads in functions.items() if name != "subject"}, passive
    return {**functions, "subject": fillers(tree, doer)}, passive


def _is_aimed_at(tree: Tree, head: int, verb: int) -> bool:
    """True of the object of a verb, and of what it is done on or at: "fired rockets on the town killing two"."""
    t, over = tree.tokens, tree.tokens.heads[head]
    if t.deps[head] == "dobj":
        return over == verb
    is_of_strike = any(sense.kind == "strike" for sense in senses().get(t.lowers[verb], ()))
    return is_of_strike and t.deps[head] == "pobj" and t.lowers[over] in _AT_PLACES and verb_over(tree, over) == verb


def roles_of(
    tree: Tree, functions: Functions, sense: Sense, referents: Referents, skip: frozenset[str] = frozenset()
) -> dict[str, tuple[Filler, ...]]:
    """The fillers of each role; what cannot fill an agent's role by its class fills the instrument's."""
    found: dict[str, tuple[Filler, ...]] = {}
    has_doer = any(
        referents.labels(tree, f.head) & {"side", "state", "armed"}
        for name in ("modifier", "poss")
        for f in functions.get(name, ())
    )
    for name, role in sense.roles.items():
        if name in skip or name == "modifier":
            continue
        if name == "of" and has_doer:
            role = role.rpartition("|")[2]  # of "the rebel stronghold of X" X holds nothing
        for filler in functions.get(name, ()):
            put(tree, found, _choose(tree, role, filler, referents), filler, referents)
    if "using" not in sense.roles and sense.kind in _WITH_ARMS:
        for filler in functions.get("using", ()):
            if referents.labels(tree, filler.head) & ARMS:
                put(tree, found, "instrument", filler, referents)
    for filler in functions.get("modifier", ()):
        if _tells_of_place(tree, filler.head, referents):
            continue
        before = sense.roles.get("modifier")
        if before == "agent" and "target" not in found and _is_country_name(tree, filler.head, referents):
            before = _OF_COUNTRY.get(sense.kind, "place")
        modifier(tree, found, before, filler, referents, arms=_role_of_arms(sense))
    if sense.part == "N" and sense.kind in ("strike", "clash") and "agent" not in found:
        # "bombardment from government forces" says who, "from the hill" where from
        doers = tuple(f for f in found.get("origin", ()) if "armed" in referents.labels(tree, f.head))
        found["agent"] = doers
        found["origin"] = tuple(f for f in found.get("origin", ()) if f not in doers)
    if sense.kind == "deliver":
        # whom it is given to it befalls as well
        given = (f for f in found.get("destination", ()) if referents.labels(tree, f.head) & ABLE)
        found["target"] = (*found.get("target", ()), *given)
    if sense.kind == "clash" and len(sides := functions.get("between", ())) > 1:
        put(tree, found, "target", sides[-1], referents)
    return {role: fillers for role, fillers in found.items() if fillers}


def _role_of_arms(sense: Sense) -> str:
    """What arms before a noun are: delivered in "arms shipments", lost in "plane crash", else used."""
    return "target" if sense.kind == "deliver" or sense.roles.get("modifier") == "target" else "instrument"


def _choose(tree: Tree, role: str, filler: Filler, referents: Referents) -> str:
    """One of the two roles of "agent|target": the first where the filler can act or, of causes, is an event."""
    first, _, second = role.partition("|")
    is_owner = tree.tokens.deps[filler.head] == "poss"  # "Germany's delivery"
    if is_owner and first == "agent" and _says_where(tree, filler.head, referents):
        return "place"
    if not second:
        return role
    labels = referents.labels(tree, filler.head)
    if first == "cause":
        return first if labels & {"event", "weapon"} else second
    if tree.tokens.lowers[filler.head] in _OWNERS_OF_THINGS:
        return second  # of "its capture" who took it is not told
    is_state = "state" in labels and is_owner
    is_able = (
        is_state
        or "aircraft" in labels
        or (labels & {"armed", "side", "name", "official"} and not labels & {"place", "arms"})
    )
    return first if is_able else second


def _says_where(tree: Tree, owner: int, referents: Referents) -> bool:
    """True where a noun's owner only says where: "Iraq's deadliest bombing in years", "Iraq's Mosul bomb blast"."""
    t, noun = tree.tokens, tree.tokens.heads[owner]
    if any(referents.place_at(k) is not None for k in range(owner + 1, noun)):
        return True
    is_of_many = any(t.tags[k] == "JJS" or t.lowers[k] == "worst" for k in range(owner + 1, noun))
    return is_of_many and not any(t.lowers[k] in ("on", "against") for k in tree.kids(noun))


def _tells_of_place(tree: Tree, head: int, referents: Referents) -> bool:
    """True of the "Syrian" of "the Syrian Idlib attack", which says in which country the place behind it lies."""
    where = referents.place_at(head + 1) if head + 1 < tree.last else None
    side = demonyms().get(tree.tokens.lowers[head])
    return where is not None and side is not None and referents.found.locations[where].country == side


def put(tree: Tree, found: dict[str, tuple[Filler, ...]], role: str, filler: Filler, referents: Referents) -> None:
    """Add a filler to a role; weapons do nothing by themselves, events cause, places are no participants."""
    if referents.date_at(filler.head) is not None:
        return
    if role == "target" and tree.tokens.lowers[filler.head] in _NO_AIMS:
        return
    labels = referents.labels(tree, filler.head)
    if role == "agent":
        if tree.tokens.tags[filler.head] == "RB" or tree.tokens.lowers[filler.head] == "what":
            return  # "by far", "what caused the blast"
        if _is_place_before(tree, filler.head):
            return
        if labels & ARMS and "people" not in labels:
            role = "instrument"
        elif "event" in labels and not labels & {"people", "side", "pronoun"}:
            role = "cause"
        elif labels & UNABLE and not labels & ABLE:
            return
    if role == "instrument" and labels & {"people", "side"} and "arms" not in labels:
        return
    if role == "place" and not labels & {"place", "name"}:
        return
    if filler not in found.get(role, ()):
        found[role] = (*found.get(role, ()), filler)


def _is_place_before(tree: Tree, head: int) -> bool:
    """True for the "Near Kabul" of "Near Kabul, two strikes hit a depot", a place that the tagger took for a name."""
    first = tree.left(head)
    is_name = first < head and tree.tokens.tags[first + 1] in PROPER and tree.tokens.tags[head] in PROPER
    return is_name and tree.tokens.lowers[first] in _NAMING


def modifier(
    tree: Tree,
    found: dict[str, tuple[Filler, ...]],
    role: str | None,
    filler: Filler,
    referents: Referents,
    *,
    arms: str = "instrument",
) -> None:
    """Add what stands before a noun: a weapon as ``arms``, a side or a force as ``role``, a town as place."""
    labels = referents.labels(tree, filler.head)
    if tree.tokens.lowers[filler.head] in groups()["no_doers"]:
        return
    if labels & ARMS and "people" not in labels:
        put(tree, found, "target" if tree.tokens.lowers[filler.head] in groups()["ridden"] else arms, filler, referents)
    elif "settlement" in labels or ("place" in labels and _is_where(tree, filler.head, labels)):
        put(tree, found, "place", filler, referents)
    elif role is not None and (
        labels & {"side", "state", "armed", "institution"} or _is_group(tree, filler.head, role)
    ):
        if role == "agent" and "agent" in found and any(not f.is_inferred for f in found["agent"]):
            return
        put(tree, found, role, filler, referents)
    elif (
        labels & {"people", "building"}
        and "target" not in found
        and role is not None
        and tree.tokens.lowers[filler.head] not in groups()["no_targets"]
    ):
        put(tree, found, "target", filler, referents)


def _is_group(tree: Tree, head: int, role: str) -> bool:
    """True for the "NPA" of "an NPA ambush": those of whom a text tells by their initials are an armed group."""
    t, word, deed = tree.tokens, tree.tokens.words[head], tree.tokens.heads[head]
    is_initials = _FEWEST <= len(word) <= _SHORT_NAME and word.isalpha() and word.isupper()
    is_initials = is_initials and word.lower() not in _NO_GROUPS
    if role != "agent" or not is_initials or t.lowers[deed] not in _DEEDS_OF_GROUPS:
        return False
    is_first = head == tree.first or t.tags[head - 1] not in PROPER
    return is_first and not any(t.words[k][:1].isupper() for k in range(head + 1, deed))


# what a country's name before a noun is, where it does not name whom it befalls: "Syria attack", "Iran sanctions"
_OF_COUNTRY: dict[str, str | None] = {"decree": "target", "deliver": "target", "negotiate": None}


def _is_country_name(tree: Tree, name: int, referents: Referents) -> bool:
    """True for the "Syria" of "Syria attack", but not for "Syrian" or "US"."""
    where = referents.place_at(name)
    t = tree.tokens
    is_name = t.tags[name] in PROPER and t.deps[name] in ("compound", "nmod") and len(t.words[name]) > _SHORT
    return is_name and where is not None and referents.found.locations[where].kind == "country"


def _is_where(tree: Tree, name: int, labels: Set[str]) -> bool:
    """True for a region, and for the "Syria" of "in Syria air strike" and of "Syria clashes", where it does nothing."""
    if "building" in labels:
        return False
    t = tree.tokens
    noun = t.heads[name]
    is_behind = t.deps[noun] == "pobj" and t.lowers[t.heads[noun]] == "in"
    return "state" not in labels or is_behind or t.lowers[noun] in _OF_BOTH_SIDES


def kind_of(tree: Tree, sense: Sense, roles: dict[str, tuple[Filler, ...]], referents: Referents) -> str:
    """The kind of a sense; an attack by an armed group, or on one, without a weapon is a clash."""
    if sense.kind_on_foot is None or "instrument" in roles:
        return sense.kind
    is_on_foot = any("ground" in referents.labels(tree, f.head) and not f.is_inferred for f in roles.get("agent", ()))
    is_fought = any("armed" in referents.labels(tree, f.head) for f in roles.get("target", ()))
    return sense.kind_on_foot if is_on_foot or is_fought else sense.kind
