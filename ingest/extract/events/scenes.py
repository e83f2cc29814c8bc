"""Where, from one mention to another: the place of a cause, of a scene, of the sentence around.

Belongs here: which place goes on to a mention whose own clause names none. Does not belong here: what a clause
names (``places``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.agreement import is_taken_up, place_key
from ingest.extract.events.clauses import is_apart, verb_over
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.extract.events.places import (
    AT_TARGET,
    BELOW,
    COARSE,
    COUNTRY,
    Named,
    argument_at,
    argument_of,
    fineness,
    innermost,
    is_located,
    is_of_other_time,
    is_whole_country,
    own_place,
)
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import Tree
from ingest.records import EventArgument

# what happens at one place, so that the text goes on being there
_LOCAL = frozenset(["strike", "clash", "kill_or_wound", "destroy", "detain", "protest", "encircle", "abuse"])
# what befalls people and things is told of apart from where
_CARRYING = frozenset(["kill_or_wound", "destroy", "detain"])
_AROUND = 8  # mentions before and behind one that may stand in its sentence
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
        if place is None and (_goes_on(x) or _is_at_a_place(x, referents)):
            place = _beside(told, own, k, referents)
            if place is None:
                place = _in_sentence(x, names[k], referents)
            if place is None and x.mention.kind in _CARRYING:
                place = scenes.before(x)
            if place is None and x.mention.polarity == "affirmative" and x.candidate.sense.part == "V":
                place = scenes.only
            place = replace(place, is_inferred=True) if place is not None else None
        elif place is not None and _is_country(place, referents) and _is_taken_up(told, k, cause):
            place = scenes.inside(x, place) or place
        if place is not None:
            own[k] = place
            x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
            if x.mention.kind in _LOCAL and (not place.is_inferred or x.sentence.is_title):
                scenes.note(x, place)
        found.append(x)
    return found


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
        place = own[n]
        if n != k and place is not None and told[n].candidate.sentence == x.candidate.sentence:
            apart = abs(told[n].candidate.trigger - x.candidate.trigger)
            if not _is_country(place, referents):
                found.append((apart, place))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _is_at_a_place(x: Told, referents: Referents) -> bool:
    """True for "the city was taken", where the text has named the city before."""
    if x.mention.kind not in AT_TARGET or x.mention.realis != "actual":
        return False
    t = x.tree.tokens
    heads = [f.head for role in ("target", "destination") for f in x.candidate.roles.get(role, ())]
    return any(
        t.tags[head] in ("NN", "NNS") and referents.labels(x.tree, head) & {"settlement", "territory"} for head in heads
    )


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
    return verb is not None and tree.kid(verb, "ccomp") is not None


class _Scenes:
    """Where a text has just been: the places of its mentions."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._last: tuple[int, int, EventArgument] | None = None  # sentence, paragraph, place

    @property
    def only(self) -> EventArgument | None:
        """The innermost place of a text whose places all lie inside each other; None where it names others."""
        locations = self._referents.found.locations
        named = [
            index
            for index, where in enumerate(locations)
            if where.is_resolved and where.kind in ("settlement", "region", "facility") and not where.exact.isupper()
        ]
        keys = {place_key(locations[index]) for index in named}
        if self._last is None or len(self._referents.analysis.sentences) > _SHORT:
            return None
        if not named or len(keys) > _NESTED or len({locations[index].admin1 for index in named}) > 1:
            return None
        towns = {place_key(locations[index]) for index in named if locations[index].kind == "settlement"}
        if len(towns) > 1:
            return None
        best = min(named, key=lambda index: (fineness(locations[index]), index))
        return argument_at(self._referents, best) if fineness(locations[best]) < COARSE else None

    def note(self, x: Told, place: EventArgument) -> None:
        """Keep the place of a mention; a country is no scene."""
        where = self._referents.found.locations[place.location] if place.location is not None else None
        if where is not None and where.kind == "country":
            return
        self._last = (x.candidate.sentence, x.sentence.paragraph, place)

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
        last = self._last
        if last is not None and x.candidate.sentence - last[0] <= _REACH and x.sentence.paragraph - last[1] <= 1:
            return last[2]
        return None


def _goes_on(x: Told) -> bool:
    """True for what happened at one place and is told as the story's own next step."""
    if x.mention.kind not in _LOCAL or x.mention.realis != "actual":
        return False
    t = x.tree.tokens
    trigger = x.candidate.trigger
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
