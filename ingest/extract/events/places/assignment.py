"""Where: the places of the mentions of a text, from their sentences and, where these take it up, from those before.

Belongs here: the likeliest place of a sentence as an argument, "the same village", ground on no map. Does not belong
here: how likely the places of a sentence are (``scoring``), and where the story of an article is
(``ingest.resolve.accounts.accounts``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import hangs_on, verb_over
from ingest.extract.events.lexicon import listed, table
from ingest.extract.events.model import Named, Told
from ingest.extract.events.places.as_arguments import argument_of
from ingest.extract.events.places.candidates import is_of_other_time
from ingest.extract.events.places.scoring import Choice, choices, likely
from ingest.extract.syntax.tree import PROPER
from ingest.records import EventArgument
from ingest.values import replace

_BEFORE_THEN = listed("scope.toml", "before_then")
_SAME = listed("scope.toml", "same")
_PLACES = listed("scope.toml", "places")
# what happens at one place, so that the text goes on being there
_LOCAL = frozenset(["strike", "clash", "kill_or_wound", "destroy", "detain", "protest", "encircle", "abuse"])
# what is done to ground: its target is where it happens
_OF_GROUND = frozenset(["hold", "take", "leave", "encircle"])
_NO_GROUND = frozenset(["people", "side", "state", "armed", "weapon", "vehicle", "aircraft", "vessel", "institution"])


def placed(
    told: Sequence[Told], causes: Sequence[int | None], names: Sequence[Sequence[Named]], referents: Referents
) -> list[Told]:
    """The mentions with their places: the likeliest of their sentence, else what they take up or are done to.

    Args:
        told: the mentions of a text, in order.
        causes: for each mention the index of the one that caused it.
        names: for each mention the places that its sentence names.
        referents: the facts of the text.
    """
    found: list[Told] = []
    scenes = _Scenes(referents)
    told_places = choices(told, causes, names, referents)
    for x, choice, shares in zip(told, told_places, likely(told_places), strict=True):
        place = _likeliest(x, choice, shares, referents)
        if place is None and _is_at_same_place(x, referents):
            place = scenes.last_place(x)
        if place is None and x.mention.kind in _OF_GROUND:
            place = _ground(x, referents)
        if place is not None:
            x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
            if _is_scene(x) and (not place.is_inferred or x.sentence.is_title):
                scenes.note(x, place)
        found.append(x)
    return found


def _likeliest(x: Told, choice: Choice, shares: Sequence[float], referents: Referents) -> EventArgument | None:
    """The likeliest place of a mention, inferred where a clause apart from its own names it; None for none likely."""
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    if best is None or shares[best] < table("places.toml")["least"]:
        return None
    option = choice.options[best]
    return argument_of(x.tree, referents, option.name, is_inferred=option.is_apart)


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


def _is_scene(x: Told) -> bool:
    """True for what happened at one place and is told for its own sake, not as something that was before."""
    if x.mention.kind not in _LOCAL or x.mention.realis != "actual":
        return False
    t, clause = x.tree.tokens, x.candidate.clause
    if t.deps[x.candidate.trigger] == "amod":
        return False
    helping = {t.lowers[k] for k in x.tree.kids(clause) if t.deps[k] == "aux"}
    if helping & _BEFORE_THEN or helping > {"to"}:
        return False  # "had bombed", "is believed to have bombed"
    return not is_of_other_time(x.tree, x.candidate.trigger, clause)


def _is_at_same_place(x: Told, referents: Referents) -> bool:
    """True for "an attack on the same village", "in the same place they destroyed two tanks"."""
    t, tree = x.tree.tokens, x.tree
    if _SAME.isdisjoint(t.lowers[tree.first : tree.last]):
        return False
    for k in range(tree.first, tree.last):
        noun = t.heads[k]
        if t.deps[k] == "amod" and t.lowers[k] in _SAME and t.tags[noun] == "NN":
            is_place = "place" in referents.labels(tree, noun) or t.lowers[noun] in _PLACES
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
