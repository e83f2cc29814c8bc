"""Where, from one mention to another: the place of a cause, of a scene, of the sentence around.

Belongs here: which place goes on to a mention whose own clause names none. Does not belong here: what a clause
names (``places``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.agreement import is_of_another_day, is_taken_up, may_be_one_place, place_key
from ingest.extract.events.clauses import hangs_on, is_apart, under, verb_over
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.extract.events.places import (
    AT_TARGET,
    BELOW,
    COARSE,
    COUNTRY,
    PLACELESS,
    Named,
    argument_at,
    argument_of,
    fineness,
    innermost,
    is_located,
    is_of_other_time,
    is_telling,
    is_whole_country,
    own_place,
    unnamed,
)
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import Tree
from ingest.records import EventArgument, Location

# what happens at one place, so that the text goes on being there
_LOCAL = frozenset(["strike", "clash", "kill_or_wound", "destroy", "detain", "protest", "encircle", "abuse"])
# what befalls people and things is told of apart from where
_CARRYING = frozenset(["kill_or_wound", "destroy", "detain"])
_AROUND = 8  # mentions before and behind one that may stand in its sentence
_SCENES = frozenset(["settlement", "region", "facility"])
_NESTED = 3  # places that one article names of one scene: a town, its district, its province
_SHORT = 20  # sentences of an article that has one scene
_REACH = 2  # sentences over which a place goes on
_STEPS = 8


def placed(
    told: Sequence[Told], causes: Sequence[int | None], names: Sequence[Sequence[Named]], referents: Referents
) -> list[Told]:
    """The mentions with their places: their own, else that of their cause, else where the text has just been.

    Args:
        told: the mentions of a text, in order.
        causes: for each mention the index of the one that caused it.
        names: for each mention the places that its sentence names.
        referents: the facts of the text.
    """
    own: list[EventArgument | None] = [
        own_place(x.tree, x.candidate, referents, names[k], most=BELOW if causes[k] is None else 1)
        for k, x in enumerate(told)
    ]
    found: list[Told] = []
    scenes = _Scenes(referents)
    only = _only_scene(told, own, referents)
    for k, x in enumerate(told):
        place, cause = own[k], causes[k]
        if place is None and cause is not None:
            place = (
                own[cause]
                if own[cause] is not None
                else own_place(x.tree, x.candidate, referents, names[k], most=BELOW)
            )
            if place is not None and own[cause] is not None:
                place = replace(place, is_inferred=True)
        if place is None and _is_at_same_place(x, referents):
            place = scenes.last_place(x)
        if place is None and (_goes_on(x) or _is_at_a_place(x, referents)):
            place = _beside(told, own, k, referents)
            if place is None:
                place = _in_sentence(x, names[k], referents)
            if place is None and x.mention.kind in _CARRYING:
                place = scenes.before(x)
            if place is None and x.mention.polarity == "affirmative" and x.candidate.sense.part == "V":
                place = only if scenes.go_on(x) else None
            place = _last_told(place, x, referents) if place is not None else None
        elif place is not None and _is_country(place, referents) and _is_taken_up(told, k, cause):
            place = scenes.inside(x, place) or place
        if place is not None:
            own[k] = place
            x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
            if _is_scene(x) and (not place.is_inferred or x.sentence.is_title):
                scenes.note(x, place)
        elif (village := unnamed(x)) is not None:
            own[k] = village
            x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, village)))
        found.append(x)
    return found


def _last_told(place: EventArgument, x: Told, referents: Referents) -> EventArgument:
    """A place that a mention takes over, as the text has named it last before the mention."""
    if place.location is not None:
        locations, end = referents.found.locations, x.tree.tokens.starts[x.candidate.trigger]
        name = locations[place.location].exact.lower()
        told = (n for n in range(place.location + 1, len(locations)) if locations[n].char_end <= end)
        last = max((n for n in told if locations[n].exact.lower() == name), default=place.location)
        place = argument_at(referents, last)
    return replace(place, is_inferred=True)


def _is_country(place: EventArgument, referents: Referents) -> bool:
    return place.location is not None and referents.found.locations[place.location].kind == "country"


def _is_taken_up(told: Sequence[Told], k: int, cause: int | None) -> bool:
    """True for "the raid killed six in Syria": a noun that takes up what was told in more detail."""
    return _goes_on(told[k]) and any(is_taken_up(told[n]) for n in (k, cause) if n is not None)


def _beside(
    told: Sequence[Told], own: Sequence[EventArgument | None], k: int, referents: Referents
) -> EventArgument | None:
    """The place of the mention of the same sentence that stands nearest; None where none has one, or a country."""
    x = told[k]
    found: list[tuple[int, EventArgument]] = []
    for n in range(max(0, k - _AROUND), min(len(told), k + _AROUND + 1)):
        place, other = own[n], told[n]
        is_near = n != k and other.candidate.sentence == x.candidate.sentence
        if is_near and place is not None and not _is_told_apart(other, x):
            apart = abs(told[n].candidate.trigger - x.candidate.trigger)
            if not _is_country(place, referents):
                found.append((apart, place))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _is_told_apart(other: Told, x: Told) -> bool:
    """True where the place of one mention is none of the other: of what is on its way, and of another time or world."""
    if other.mention.kind in PLACELESS:
        return True
    is_aim = under(x.tree, other.candidate.clause, x.candidate.clause)  # "an offensive is under way to seize X"
    if other.mention.realis != x.mention.realis and not is_aim:
        return True
    if is_of_another_day(other.mention, x.mention):
        return True
    return is_of_other_time(other.tree, other.candidate.trigger, x.candidate.trigger)


def _is_scene(x: Told) -> bool:
    """True for what happened at one place and is told for its own sake, not as something that was before."""
    if x.mention.kind not in _LOCAL or x.mention.realis != "actual":
        return False
    t, clause = x.tree.tokens, x.candidate.clause
    if t.deps[x.candidate.trigger] == "amod":
        return False
    helping = {t.lowers[k] for k in x.tree.kids(clause) if t.deps[k] == "aux"}
    if helping & listed("scope.toml", "before_then") or helping > {"to"}:
        return False  # "had bombed", "is believed to have bombed"
    return not is_of_other_time(x.tree, x.candidate.trigger, clause)


def _is_at_a_place(x: Told, referents: Referents) -> bool:
    """True for "the city was taken", where the text has named the city before."""
    if x.mention.kind not in AT_TARGET or x.mention.realis != "actual":
        return False
    t = x.tree.tokens
    heads = [f.head for role in ("target", "destination") for f in x.candidate.roles.get(role, ())]
    return any(
        t.tags[head] in ("NN", "NNS") and referents.labels(x.tree, head) & {"settlement", "territory"} for head in heads
    )


def _is_at_same_place(x: Told, referents: Referents) -> bool:
    """True for "an attack on the same village", "in the same place they destroyed two tanks"."""
    t, tree = x.tree.tokens, x.tree
    for k in range(tree.first, tree.last):
        noun = t.heads[k]
        if t.deps[k] == "amod" and t.lowers[k] in listed("scope.toml", "same") and t.tags[noun] == "NN":
            is_place = "place" in referents.labels(tree, noun) or t.lowers[noun] in listed("scope.toml", "places")
            if is_place and (verb_over(tree, noun) == x.candidate.clause or hangs_on(tree, noun, x.candidate.trigger)):
                return True
    return False


def _in_sentence(x: Told, names: Sequence[Named], referents: Referents) -> EventArgument | None:
    """The place that the sentence names last before the trigger, else first behind it; None for none."""
    located = [
        n
        for n in names
        if (is_located(x.tree, referents, n) or _is_told_of(x.tree, n))
        and n.fine < COUNTRY
        and not is_whole_country(referents, n)
        and not is_of_other_time(x.tree, n.top, x.candidate.trigger)
        and not _is_of_telling(x.tree, n)
        and not _is_of_somebody(x, n, referents)
    ]
    before = [n for n in located if n.last < x.candidate.trigger]
    if not located:
        return None
    near = before or located
    top = near[-1].top if before else near[0].top
    return argument_of(x.tree, referents, innermost([n for n in near if n.top == top]))


def _is_told_of(tree: Tree, name: Named) -> bool:
    """ "Raqqa has no water because of damage to its pipes": the place that the sentence tells of."""
    return tree.tokens.deps[name.top] in ("nsubj", "nsubjpass") and name.top == name.last


def _is_of_telling(tree: Tree, name: Named) -> bool:
    """ "He told reporters in Kyiv that": where it was said is not where it happened."""
    verb = verb_over(tree, name.top)
    return verb is not None and (tree.kid(verb, "ccomp") is not None or is_telling(tree.tokens.lowers[verb]))


def _is_of_somebody(x: Told, name: Named, referents: Referents) -> bool:
    """ "An activist who lives in Berlin also reported the raid": where somebody is who is told of by the way."""
    t, at = x.tree.tokens, verb_over(x.tree, name.top)
    for _ in range(_STEPS):
        if at is None or at == x.candidate.clause:
            return False
        is_of_noun = t.deps[at] in ("relcl", "acl")
        if (
            is_of_noun
            and "people" in referents.labels(x.tree, t.heads[at])
            and not under(x.tree, x.candidate.trigger, at)
        ):
            return True
        at = verb_over(x.tree, at)
    return False


def _only_scene(
    told: Sequence[Told], own: Sequence[EventArgument | None], referents: Referents
) -> EventArgument | None:
    """The innermost scene of a short text, all of whose places lie inside each other; None where it names others."""
    if len(referents.analysis.sentences) > _SHORT or not _is_of_one_place(referents.found.locations):
        return None
    places = [place for x, place in zip(told, own, strict=True) if place is not None and _is_scene(x)]
    locations = referents.found.locations
    fine = [(_fineness(place, locations), k) for k, place in enumerate(places)]
    if not fine or min(fine)[0] >= COARSE:
        return None
    best = places[min(fine)[1]]
    return best if all(_may_hold(place, best, locations) for place in places) else None


def _is_of_one_place(locations: Sequence[Location]) -> bool:
    """True where a text names one town at most, its district and its province, and countries."""
    named = [p for p in locations if p.is_resolved and p.kind in _SCENES and not p.exact.isupper()]
    towns = {place_key(p) for p in named if p.kind == "settlement"}
    return len({place_key(p) for p in named}) <= _NESTED and len({p.admin1 for p in named}) == 1 and len(towns) <= 1


def _fineness(place: EventArgument, locations: Sequence[Location]) -> int:
    """From buildings to countries; a name on no map is as fine as a town."""
    return fineness(locations[place.location]) if place.location is not None else 1


def _may_hold(outer: EventArgument, inner: EventArgument, locations: Sequence[Location]) -> bool:
    """True for the same place, and where one may lie inside the other."""
    if outer.location is None or inner.location is None:
        return outer.text == inner.text or _fineness(outer, locations) > _fineness(inner, locations)
    return may_be_one_place(locations[outer.location], locations[inner.location])


class _Scenes:
    """Where a text has just been: the places of its mentions."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._last: tuple[Told, EventArgument] | None = None

    def last_place(self, x: Told) -> EventArgument | None:
        """The last place that the text has been at, on whatever day; None for one of another paragraph."""
        if self._last is None or self._last[0].sentence.paragraph != x.sentence.paragraph:
            return None
        return replace(self._last[1], is_inferred=True)

    def go_on(self, x: Told) -> bool:
        """True where the text has been at a place, and a mention is not told of another day."""
        return self._last is not None and not is_of_another_day(self._last[0].mention, x.mention)

    def note(self, x: Told, place: EventArgument) -> None:
        """Keep the place of a mention; a country is no scene."""
        where = self._referents.found.locations[place.location] if place.location is not None else None
        if where is not None and where.kind == "country":
            return
        self._last = (x, place)

    def inside(self, x: Told, country: EventArgument) -> EventArgument | None:
        """The scene, where it lies in the country that a mention names: the text goes on there."""
        scene = self.before(x)
        if scene is None or scene.location is None or country.location is None:
            return None
        locations = self._referents.found.locations
        is_inside = locations[scene.location].country == locations[country.location].country
        return replace(scene, is_inferred=True) if is_inside else None

    def before(self, x: Told) -> EventArgument | None:
        """The place that a mention without one goes on at; None where the text has been nowhere near it."""
        if self._last is None:
            return None
        last, place = self._last
        is_near = x.candidate.sentence - last.candidate.sentence <= _REACH
        is_near &= x.sentence.paragraph == last.sentence.paragraph
        return place if is_near and not is_of_another_day(last.mention, x.mention) else None


def _goes_on(x: Told) -> bool:
    """True for what happened at one place and is told as the story's own next step."""
    if x.mention.kind not in _LOCAL or x.mention.realis != "actual":
        return False
    t = x.tree.tokens
    trigger = x.candidate.trigger
    if t.deps[trigger] == "amod" and x.candidate.sense.part != "N":
        return False  # "injured fighters": what was before, wherever it was
    is_bare = t.tags[trigger] == "NNS" and not x.candidate.rule.startswith("noun.light")
    is_with = t.deps[trigger] == "pobj" and t.lowers[t.heads[trigger]] in listed("scope.toml", "together_with")
    if is_bare and not is_with and not any(t.deps[k] in ("det", "nummod", "poss") for k in x.tree.kids(trigger)):
        return False
    at = x.candidate.clause
    for _ in range(_STEPS):
        if t.deps[at] == "relcl" or is_apart(x.tree, at):
            return False
        if t.heads[at] == at:
            break
        at = t.heads[at]
    return True
