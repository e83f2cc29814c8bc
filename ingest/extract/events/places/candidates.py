"""The places that a sentence names where something may happen, and how far from a trigger it names them.

Belongs here: names on no map, phrases that hold a place, distances in clauses. Does not belong here: which of the
places a mention happens at (``scoring``), finding and resolving locations (``ingest.extract.locations``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import (
    MOST,
    clauses_up,
    hangs_on,
    is_answered,
    is_at_offset,
    is_below,
    is_of_joined,
    is_telling,
    under,
    verb_over,
)
from ingest.extract.events.lexicon import classes, listed
from ingest.extract.events.model import Candidate, Named
from ingest.extract.syntax.tree import CALENDAR, PROPER, SUBJECTS, VERB_TAGS, Tree
from ingest.records import Location

_DIRECTIONS = listed("scope.toml", "directions")
_PARTS_OF_PLACES = listed("scope.toml", "parts_of_places")
_AT_WHICH = listed("scope.toml", "at_which")
_SCENES = listed("scope.toml", "scenes")
_SINCE = listed("scope.toml", "since")
_BEFORE_OTHER_TIMES = listed("scope.toml", "before_other_times")
_BEFORE_TO = listed("scope.toml", "before_to")
_AT_PLACES = listed("scope.toml", "at_places")
COUNTRY = 5  # fineness of a country
_FINE = {"facility": 0, "settlement": 1, "other": 2, "water": 2, "reference": 3, "region": 3, "country": COUNTRY}
_FINE_NOUN = (("building", 0), ("settlement", 1), ("territory", 2))
_SPATIAL = frozenset(["place", "settlement", "territory", "building", "part"])
_PLACE_NOUNS = frozenset(["settlement", "territory", "building"])
_NO_PLACES = frozenset(["side", "state", "armed", "event"])
_FIRST_LEVEL = 4  # precision of a province
COARSE = 4  # a province or a country
_ALIKE = 2  # places as fine as this are not told apart by their size
_STEPS = 8
_OF_NOUN = frozenset(["compound", "nmod", "poss", "amod"])  # "amod": a name tagged as an adjective, "a Kyiv market"
# kinds whose target, where it is a place, is where it happens
AT_TARGET = frozenset(["strike", "clash", "take", "hold", "leave", "encircle", "destroy", "advance", "abuse"])
# kinds that are told of without a place: one counts only where it hangs on the trigger itself
PLACELESS = frozenset(["negotiate", "deliver", "release", "displace"])
_MOVING = frozenset(["displace", "deliver"])  # what is told of by where it begins
_BESIDE = frozenset(["near", "direction_of", "between"])
_TOLD_FROM = _BESIDE | {"outskirts", "along"}
BELOW = MOST  # distance of a clause under the trigger's


def named(tree: Tree, referents: Referents) -> tuple[Named, ...]:
    """The places that a sentence names and that may be where something happens, in order."""
    found: list[Named] = []
    unlisted = _on_no_map(tree, referents)
    ends = frozenset(
        [*(last for _, last in unlisted), *(token for token, _ in referents.places_in(tree.first, tree.last))]
    )
    for token, index in referents.places_in(tree.first, tree.last):
        where = referents.found.locations[index]
        if where.exact.isupper() and len(where.exact) > 3 and not referents.is_headline(tree.sentence):
            continue  # "KABUL, Afghanistan (March 17)": where it was written
        if _is_of_compound(tree, referents, token) or classes().get(tree.tokens.lowers[token]) == "vehicle":
            continue  # the "Car" of "Car Bomb" in title case
        first = tree.analysis.first_token_from(where.char_start)
        climbed = _behind_stray_preposition(tree, first, token) or _climb(tree, referents, first, token, ends)
        if where.antecedent is not None and tree.kid(token, "relcl", "acl") is not None:
            continue  # "the area that they held" takes up nothing
        if climbed is None and referents.is_headline(tree.sentence):
            climbed = (token,), 1  # "Odesa mayor hurt": a headline has no room for "in"
        if climbed is not None:
            path, depth = climbed
            is_beside = where.relation in _BESIDE
            is_joined = any(tree.tokens.deps[k] == "conj" for k in path[:-1])
            found.append(Named(first, token, path, depth, fineness(where), index, is_beside, is_joined))
    for first, last in unlisted:
        climbed = _climb(tree, referents, first, last, ends)
        if climbed is not None:
            labels = referents.labels(tree, last)
            fine = next((rank for label, rank in _FINE_NOUN if label in labels), 2)
            found.append(Named(first, last, *climbed, fine, None))
    return tuple(sorted(found, key=lambda n: (n.first, -n.last)))


def _behind_stray_preposition(tree: Tree, first: int, token: int) -> tuple[tuple[int, ...], int] | None:
    """The way up from a place to a preposition right before it for which the parser found no object.

    "Took place in Khanaser southeast Aleppo": without commas two places are read as one name that stands by itself.
    """
    t, before = tree.tokens, first - 1
    while before > tree.first and (t.tags[before] == "DT" or t.lowers[before] in _DIRECTIONS):
        before -= 1
    is_stray = (
        before >= tree.first
        and t.deps[before] == "prep"
        and _is_of_place(tree, before)
        and tree.kid(before, "pobj", "pcomp", "prep") is None
    )
    return ((token, before), 0) if is_stray else None


def _is_of_compound(tree: Tree, referents: Referents, token: int) -> bool:
    """True for the "US" of "US-led", both of the "Iran-Iraq war", which say whose or what sort of thing it is."""
    t = tree.tokens
    if token - 2 >= tree.first and t.tags[token - 1] == "HYPH" and t.deps[token] in _OF_NOUN:
        return referents.place_at(token - 2) not in (None, referents.place_at(token))
    if token + 2 >= tree.last or t.tags[token + 1] != "HYPH":
        return False
    return t.tags[token + 2] in VERB_TAGS or referents.place_at(token + 2) is not None


def fineness(where: Location) -> int:
    """From buildings to countries; a district is finer than a province."""
    return _FINE[where.kind] + (where.kind == "region" and where.precision >= _FIRST_LEVEL)


def _climb(
    tree: Tree, referents: Referents, first: int, token: int, names: frozenset[int]
) -> tuple[tuple[int, ...], int] | None:
    """The way up to the head of the phrase that a place belongs to, and how many places inside it that phrase names.

    None where the place only tells whose or what sort of thing something is ("the Odesa mayor"). ``first`` and
    ``token`` are the first and last token of its name, ``names`` holds the last tokens of all places that the sentence
    names.
    """
    t, depth = tree.tokens, 0
    path = [token]
    while path[-1] > first and first <= t.heads[path[-1]] < path[-1]:
        path.append(t.heads[path[-1]])  # of "the Republic of X" the republic heads the name
    for _ in range(_STEPS):
        at = path[-1]
        dep, head = t.deps[at], t.heads[at]
        if head == at or t.tags[head] in VERB_TAGS:
            break
        labels = referents.labels(tree, head)
        if dep in _OF_NOUN:
            if "event" in labels:
                break
            if not labels & _SPATIAL and t.tags[head] not in PROPER:
                return None
            depth += dep == "poss"
            path.append(head)
        elif dep in ("conj", "appos"):
            depth += dep == "appos"
            path.append(head)
        elif dep == "pobj":
            above = t.heads[head]
            is_part = t.lowers[above] in _PARTS_OF_PLACES
            labels = referents.labels(tree, above) if t.tags[above].startswith("NN") else frozenset()
            if not is_part and not labels & (_PLACE_NOUNS if "event" in labels else _SPATIAL):
                break
            is_one = is_part or (t.lowers[head] == "of" and t.tags[above] not in PROPER)
            depth += not is_one or "building" in labels or above in names
            path.append(above)
        else:
            break
    return tuple(path), depth


def _on_no_map(tree: Tree, referents: Referents) -> list[tuple[int, int]]:
    """Tokens, both inclusive, of names that no location covers: "Verkhnie village", "near Verkhnie"."""
    found: list[tuple[int, int]] = []
    if referents.is_headline(tree.sentence):
        return found  # any word of it may have a capital
    at = tree.first
    tags = tree.tokens.tags
    while at < tree.last:
        if tags[at] not in PROPER or not _is_free_name(tree, referents, at):
            at += 1
            continue
        last = _name_end(tree, referents, at)
        noun = _place_noun_behind(tree, referents, at, last)
        if noun is not None:
            found.append((at, noun))
        elif _is_behind_locative(tree, at) and _may_be_place(tree, referents, last):
            found.append((at, last))
        at = last + 1
    return found


def _name_end(tree: Tree, referents: Referents, first: int) -> int:
    """The last token of the name that begins at ``first``."""
    t, last = tree.tokens, first
    while last + 1 < tree.last and (_is_free_name(tree, referents, last + 1) or t.tags[last + 1] == "HYPH"):
        last += 1
    return last if t.tags[last] != "HYPH" else last - 1


def _place_noun_behind(tree: Tree, referents: Referents, first: int, last: int) -> int | None:
    """The "village" of "Verkhnie village", the "Hotel" of "Bristol Hotel"; None for none."""
    t, at = tree.tokens, last + 1
    if last > first and referents.labels(tree, last) & _PLACE_NOUNS:
        return last
    while at < tree.last and t.tags[at] in ("JJ", "NN") and t.deps[at] in ("amod", "compound"):
        at += 1
    if at >= tree.last or t.tags[at] != "NN":
        return None
    labels = referents.labels(tree, at)
    is_place = bool(labels & _PLACE_NOUNS) and "people" not in labels
    return at if is_place and all(t.heads[k] <= at for k in range(first, at)) else None


def _is_free_name(tree: Tree, referents: Referents, token: int) -> bool:
    t = tree.tokens
    return (
        t.tags[token] in PROPER
        and referents.place_at(token) is None
        and referents.date_at(token) is None
        and t.words[token][:1].isalpha()
        and t.lowers[token] not in _DIRECTIONS
        and t.lowers[token] not in CALENDAR
        and referents.labels(tree, token).isdisjoint(_NO_PLACES)
    )


def _is_behind_locative(tree: Tree, token: int) -> bool:
    """True behind "in", "near" and their like, an adjective or article between."""
    t, at = tree.tokens, token - 1
    while at >= tree.first and t.tags[at] in ("DT", "JJ"):
        at -= 1
    if at < tree.first or t.deps[at] != "prep":
        return False
    is_part = t.lowers[token - 1] in _DIRECTIONS
    return t.lowers[at] in listed("scope.toml", "at_places" if is_part else "naming")


def _may_be_place(tree: Tree, referents: Referents, head: int) -> bool:
    labels = referents.labels(tree, head)
    return tree.tokens.deps[head] == "pobj" and not labels & {"side", "state", "people", "armed", "event", "arms"}


def innermost(names: Sequence[Named]) -> Named:
    """The place inside the others of one phrase, else the first; a country only where it names nothing else.

    Of "the suburbs of X near Y" X, whatever their sizes.
    """
    first = min((n.first for n in names if n.fine < COARSE and not n.is_beside), default=None)
    return min(
        names,
        key=lambda n: (
            n.fine == COUNTRY,
            n.is_joined,
            n.is_beside and first is not None and first < n.first,
            n.depth,
            max(n.fine, _ALIKE),
            n.first,
        ),
    )


def is_elsewhere(tree: Tree, candidate: Candidate, name: Named) -> bool:
    """Of a place that another clause names, true where it is of another time, of what is joined, of going or of saying.

    "Since the battle for X", "hours after a strike on X", "in response to a strike on X", "fled to X", "the raid and
    the war in X", "a court in X found that".
    """
    top, trigger = name.top, candidate.trigger
    root = tree.first - 1  # above every token of the sentence
    is_dated_apart = is_at_offset(tree, top, candidate.clause) and not is_at_offset(tree, trigger, root)
    if is_dated_apart or is_of_other_time(tree, top, trigger) or is_of_joined(tree, top, trigger):
        return True
    if is_answered(tree, top, trigger):
        return True
    if candidate.kind == "negotiate":
        return True  # what clauses around talks and truces name is where something else happens
    if candidate.kind in _MOVING:
        heads = {f.head for f in candidate.roles.get("destination", ())}
        if not heads.isdisjoint((name.last, *name.path)):
            return True
    return _is_of_saying(tree, candidate, top)


def _is_of_saying(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for a place in what stands around the verb of saying, but for one that opens the sentence."""
    t, at = tree.tokens, candidate.clause
    for _ in range(_STEPS):
        if t.deps[at] == "ccomp" and t.tags[t.heads[at]] in VERB_TAGS:
            break
        if t.heads[at] == at:
            return False
        at = t.heads[at]
    verb = t.heads[at]
    is_around = verb_over(tree, token) == verb and not under(tree, token, at)
    return is_around and (token > verb or under(tree, token, tree.subject(verb) or verb))


def distance(tree: Tree, candidate: Candidate, referents: Referents, name: Named) -> int | None:
    """How far a place is told from the trigger, in clauses; None where it is not where it happened.

    0 for what its own phrase names, 1 for its clause, more for clauses above, ``BELOW`` for a clause under it.
    """
    if is_whole_country(referents, name) or is_answered(tree, name.top, candidate.trigger):
        return None
    if candidate.kind == "deliver" and name.fine >= COUNTRY:
        return None  # "aid to Ukraine" says for whom, not where
    direct = {f.head for role in _roles_of_places(candidate) for f in candidate.roles.get(role, ())}
    if not direct.isdisjoint(name.path):
        return 0
    if _is_where(tree, candidate, name) or _is_scene_of(tree, candidate, name):
        return 1
    actors = {f.head for role in ("agent", "origin") for f in candidate.roles.get(role, ())}
    if (
        name.top in actors
        or is_of_other_time(tree, name.top, candidate.trigger)
        or not (is_located(tree, referents, name) or referents.is_headline(tree.sentence))
    ):
        return None
    described = _described(tree, candidate)
    if name.top in (candidate.trigger, described) or hangs_on(tree, name.top, described):
        return 0
    if is_of_joined(tree, name.top, candidate.trigger):
        return None
    if candidate.kind == "negotiate" and _is_met_at(tree, candidate, name.top):
        return 1
    if candidate.kind in PLACELESS or _is_told_as_time(tree, candidate):
        return None
    if referents.is_headline(tree.sentence):
        return _distance_in_headline(tree, referents, name)
    if _is_of_own_clause(tree, candidate, name.top):
        return 1
    distance = clauses_up(tree, candidate, name.top)
    if distance is not None:
        return distance if distance == 1 or not _is_of_other_scene(tree, candidate) else None
    return BELOW if is_below(tree, candidate.clause, name.top) else None


def _is_of_other_scene(tree: Tree, candidate: Candidate) -> bool:
    """True for what a clause joined by "and" tells, and for abuse: what is told around it may be elsewhere."""
    return candidate.kind == "abuse" or tree.tokens.deps[candidate.clause] == "conj"


def _is_met_at(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for the clause of what is held, signed or met: "held talks in Geneva"; a truce is in no clause's place."""
    is_done = candidate.rule.startswith(("verb.", "noun.light"))
    return is_done and clauses_up(tree, candidate, token) == 1


def _described(tree: Tree, candidate: Candidate) -> int:
    """The noun that a participle stands before: "displaced families in X" are displaced in X; else the trigger."""
    t, trigger = tree.tokens, candidate.trigger
    is_attribute = t.deps[trigger] == "amod" and t.tags[t.heads[trigger]].startswith("NN")
    return t.heads[trigger] if is_attribute and candidate.kind != "hold" else trigger


def _is_where(tree: Tree, candidate: Candidate, name: Named) -> bool:
    """True for the place that a "where" before the trigger takes up: "Odesa, where two men died"."""
    t, at = tree.tokens, candidate.clause
    for _ in range(_STEPS):
        if t.deps[at] == "relcl":
            is_where = any(t.lowers[k] in _AT_WHICH and k < at for k in tree.kids(at))
            return is_where and t.heads[at] in name.path
        if t.heads[at] == at or t.deps[at] == "ccomp":
            return False
        at = t.heads[at]
    return False


def _is_scene_of(tree: Tree, candidate: Candidate, name: Named) -> bool:
    """True for the subject of "Homs has been the scene of clashes", "Yemen is in the throes of its worst fighting"."""
    t, n = tree.tokens, candidate.trigger
    scene = t.heads[t.heads[n]]
    if t.deps[n] != "pobj" or t.lowers[scene] not in _SCENES:
        return False
    verb = verb_over(tree, scene)
    return verb is not None and tree.subject(verb) in name.path


def _distance_in_headline(tree: Tree, referents: Referents, name: Named) -> int | None:
    """A headline is told of one place; None for who says what it tells ("Russia says kills rebels in X")."""
    t = tree.tokens
    if t.deps[name.top] in SUBJECTS and is_telling(t.lowers[t.heads[name.top]]):
        return None
    return 2 if is_located(tree, referents, name) else 3


def _is_of_own_clause(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for the clause behind the noun: "strikes carried out in", "a dead man found in"."""
    verb = verb_over(tree, token)
    if verb is None or tree.tokens.deps[verb] not in ("acl", "relcl"):
        return False
    described = _described(tree, candidate)
    return tree.tokens.heads[verb] == described and (candidate.sense.part == "N" or described != candidate.trigger)


def _roles_of_places(candidate: Candidate) -> tuple[str, ...]:
    """The roles whose fillers are where it happens."""
    if candidate.kind in AT_TARGET:
        return ("place", "target", "destination")
    return (
        "place",
        *({"displace": ("origin",), "deliver": ("destination",), "deploy": ("destination",)}.get(candidate.kind, ())),
    )


def is_whole_country(referents: Referents, name: Named) -> bool:
    """ "across the country": a state that the words do not name."""
    where = referents.found.locations[name.location] if name.location is not None else None
    if where is None or where.antecedent is None:
        return False
    return referents.found.locations[where.antecedent].kind == "country"


def is_of_other_time(tree: Tree, token: int, trigger: int) -> bool:
    """True for what stands under a "since" that the trigger does not: "the worst fighting since the battle for X"."""
    t, since = tree.tokens, _SINCE
    for _ in range(_STEPS):
        head = t.heads[token]
        if head in (token, trigger) or t.tags[head] in VERB_TAGS:
            return False
        if t.lowers[head] in since:
            return True
        token = head
    return False


def _is_told_as_time(tree: Tree, candidate: Candidate) -> bool:
    """ "since the invasion": a noun that only says when something else happens."""
    t = tree.tokens
    n = candidate.trigger
    return t.deps[n] == "pobj" and t.lowers[t.heads[n]] in _BEFORE_OTHER_TIMES


def is_located(tree: Tree, referents: Referents, name: Named) -> bool:
    """True where the phrase stands behind a preposition of place, or is told from a place ("5 km from X")."""
    t = tree.tokens
    top = name.top
    if t.deps[top] == "npadvmod" or "event" in referents.labels(tree, top):
        return True
    if name.location is not None and referents.found.locations[name.location].relation in _TOLD_FROM:
        return True
    if t.deps[top] == "prep":
        return True  # a stray preposition
    return any(t.deps[k] == "pobj" and _is_of_place(tree, t.heads[k]) for k in name.path)


def _is_of_place(tree: Tree, prep: int) -> bool:
    """True for "in", "near" and their like, and for the "to" of "next to"."""
    t = tree.tokens
    if t.lowers[prep] == "to":
        return t.lowers[prep - 1] in _BEFORE_TO if prep > tree.first else False
    return t.lowers[prep] in _AT_PLACES
