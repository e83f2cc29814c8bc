"""Where, from one mention to another of its sentence: the place of a cause, and of what is told with it.

Belongs here: which place goes on to a mention whose own clause names none. Does not belong here: what a clause
names (``places``), and where the story of an article is (``ingest.resolve.accounts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.agreement import is_of_another_day
from ingest.extract.events.clauses import hangs_on, is_apart, is_at_offset, under, verb_over
from ingest.extract.events.lexicon import listed
from ingest.extract.events.located import argument_at
from ingest.extract.events.model import Named, Told
from ingest.extract.events.places import (
    BELOW,
    PLACELESS,
    is_of_other_time,
    own_place,
)
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import PROPER
from ingest.records import EventArgument

# what happens at one place, so that the text goes on being there
_LOCAL = frozenset(["strike", "clash", "kill_or_wound", "destroy", "detain", "protest", "encircle", "abuse"])
# what is done to ground: its target is where it happens
_OF_GROUND = frozenset(["hold", "take", "leave", "encircle"])
_NO_GROUND = frozenset(["people", "side", "state", "armed", "weapon", "vehicle", "aircraft", "vessel", "institution"])
_JOINING = frozenset(["conj", "advcl"])
_AROUND = 8  # mentions before and behind one that may stand in its sentence
_STEPS = 8


def placed(
    told: Sequence[Told], causes: Sequence[int | None], names: Sequence[Sequence[Named]], referents: Referents
) -> list[Told]:
    """The mentions with their places: their own, else that of their cause, else of what hangs on them.

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
        if place is None and _is_at_same_place(x, referents):
            place = scenes.last_place(x)
        if place is None and _goes_on(x):
            place = _beside(told, own, k, referents)
            place = _last_told(place, x, referents) if place is not None else None
        if place is None and x.mention.kind in _OF_GROUND:
            place = _ground(x, referents)
        if place is not None:
            own[k] = place
            x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
            if _is_scene(x) and (not place.is_inferred or x.sentence.is_title):
                scenes.note(x, place)
        found.append(x)
    return found


def _ground(x: Told, referents: Referents) -> EventArgument | None:
    """The ground that is held or changes hands as the place, where its name is on no map; None for what has no name."""
    tags = x.tree.tokens.tags
    for head in (f.head for f in x.candidate.roles.get("target", ()) if not f.is_inferred and tags[f.head] in PROPER):
        if not referents.labels(x.tree, head) & _NO_GROUND:
            start = x.tree.tokens.starts[head]
            found = next((a for a in x.mention.arguments if a.role == "target" and a.start <= start < a.end), None)
            if found is not None:
                return replace(found, role="place", actor_key=None, side=None, target_class=None)
    return None


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


def _beside(
    told: Sequence[Told], own: Sequence[EventArgument | None], k: int, referents: Referents
) -> EventArgument | None:
    """The place of the mention of the same sentence that stands nearest; None where none has one, or a country."""
    x = told[k]
    found: list[tuple[int, EventArgument]] = []
    for n in range(max(0, k - _AROUND), min(len(told), k + _AROUND + 1)):
        place, other = own[n], told[n]
        is_near = n != k and other.candidate.sentence == x.candidate.sentence
        if is_near and place is not None and _is_told_with(other, x) and not _is_told_apart(other, x):
            apart = abs(told[n].candidate.trigger - x.candidate.trigger)
            if not _is_country(place, referents):
                found.append((apart, place))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _is_told_with(other: Told, x: Told) -> bool:
    """True where one of two mentions hangs on the other: "shelling that hit the port", "raided X and took the men"."""
    t, one, two = x.tree.tokens, x.candidate.clause, other.candidate.clause
    if under(x.tree, other.candidate.trigger, x.candidate.trigger):
        return True
    is_joined = t.heads[two] == one and t.deps[two] in _JOINING
    return is_joined or (
        t.heads[one] == two and t.deps[one] in _JOINING and under(x.tree, x.candidate.trigger, other.candidate.trigger)
    )


def _is_told_apart(other: Told, x: Told) -> bool:
    """True where the place of one mention is none of the other: of what is on its way, and of another time or world."""
    if other.mention.kind in PLACELESS:
        return True
    is_aim = under(x.tree, other.candidate.clause, x.candidate.clause)  # "an offensive is under way to seize X"
    if other.mention.realis != x.mention.realis and not is_aim:
        return True
    if is_of_another_day(other.mention, x.mention):
        return True
    if is_at_offset(x.tree, other.candidate.trigger, x.candidate.clause):
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

    def note(self, x: Told, place: EventArgument) -> None:
        """Keep the place of a mention; a country is no scene."""
        where = self._referents.found.locations[place.location] if place.location is not None else None
        if where is not None and where.kind == "country":
            return
        self._last = (x, place)


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
