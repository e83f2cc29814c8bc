"""Which of the places that a sentence names is where a mention happens: a score of each, and of none of them.

Belongs here: what is asked of a mention and a place (features), and the likelihoods that their weights of
``data/en/places.toml`` give. Does not belong here: which places a sentence names and how far they are told from a
trigger (``candidates``), places that other sentences name (``assignment``), how the weights are found
(``evaluation.place_scoring``).

The likelihoods of the places of a sentence and of "nowhere" add up to one (a conditional logit). Each mention is read
twice: the second time it is known how likely each place is for the other mentions of the sentence, and for its cause.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import way_up
from ingest.extract.events.lexicon import listed, table
from ingest.extract.events.likelihood import shares_of
from ingest.extract.events.model import Candidate, Named, Told
from ingest.extract.events.places.candidates import COUNTRY, distance, innermost, is_elsewhere, is_located
from ingest.extract.syntax.tree import VERB_TAGS, Tree
from ingest.records import Location
from ingest.values import value

_TAKING_UP = listed("scope.toml", "taking_up")
_GROUND = frozenset(["hold", "take", "leave", "encircle", "advance"])  # what is done to ground, which is the target
_NOWHERE = frozenset(["decree", "responsibility"])  # what is told of as happening nowhere
_EFFECTS = frozenset(["kill_or_wound", "destroy"])
_SIZES = {1: "settlement", 3: "district", COUNTRY: "country"}
_UP = {"dobj": "in_object", "amod": "in_attribute"}  # on the way from the place up
_DOWN = {"prep": "in_preposition", "amod": "is_attribute", "agent": "is_agent"}  # on the way down to the trigger
_LAST = {"pobj": "of_preposition", "compound": "of_compound", "conj": "of_conjunct"}
_MOST = 2  # places or events between, that are told apart
_MOST_CLAUSES = 3


@value(frozen=True, slots=True)
class Option:
    """A place that a mention may happen at: what is asked of the two, and whether another clause names it."""

    name: Named
    features: Mapping[str, float]
    is_apart: bool


@value(frozen=True, slots=True)
class Choice:
    """A mention with the places it may happen at, what is asked of it whatever the place, and its cause."""

    options: Sequence[Option]
    nowhere: Mapping[str, float]
    sentence: int
    cause: int | None


def choices(
    told: Sequence[Told], causes: Sequence[int | None], names: Sequence[Sequence[Named]], referents: Referents
) -> list[Choice]:
    """For each mention the places that it may happen at.

    Args:
        told: the mentions of a text, in order.
        causes: for each mention the index of the one that caused it.
        names: for each mention the places that its sentence names.
        referents: the facts of the text.
    """
    triggers: dict[int, set[int]] = defaultdict(set)
    for x in told:
        triggers[x.candidate.sentence].add(x.candidate.trigger)
    sentences: dict[int, _Sentence] = {}
    found = []
    for k, x in enumerate(told):
        at, options = x.candidate.sentence, []
        if names[k] and x.mention.kind not in _NOWHERE:
            if at not in sentences:
                sentences[at] = _Sentence(x.tree, names[k], referents, triggers[at])
            options = _Seen(x, sentences[at]).options()
        found.append(Choice(options, _nowhere(x) if options else {}, at, causes[k]))
    return found


def likely(told: Sequence[Choice]) -> list[list[float]]:
    """For each mention how likely each of its places is, in the order of its options."""
    scores = [_scores(choice) for choice in told]
    first = [shares_of(of_one) for of_one in scores]
    known = known_of_mates(told, first)
    return [
        shares_of([score + _weighed(of_others.get(n - 1, {})) for n, score in enumerate(of_one)])
        for of_one, of_others in zip(scores, known, strict=True)
    ]


def known_of_mates(told: Sequence[Choice], shares: Sequence[Sequence[float]]) -> list[dict[int, dict[str, float]]]:
    """For each mention, by the place of its sentence, how likely that is for its cause and for any other mention."""
    best: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for k, choice in enumerate(told):
        for option, share in zip(choice.options, shares[k], strict=True):
            top = best[choice.sentence, option.name.first]
            top.append((share, k))
            top.sort(reverse=True)
            del top[2:]
    found: list[dict[int, dict[str, float]]] = []
    for k, choice in enumerate(told):
        known: dict[int, dict[str, float]] = {}
        found.append(known)
        if not choice.options:
            continue
        cause = told[choice.cause] if choice.cause is not None else None
        of_cause = (
            {o.name.first: s for o, s in zip(cause.options, shares[choice.cause or 0], strict=True)} if cause else {}
        )
        for n, option in enumerate(choice.options):
            at = option.name.first
            known[n] = {"of_another": next((s for s, other in best[choice.sentence, at] if other != k), 0.0)}
            if at in of_cause:
                known[n]["of_cause"] = of_cause[at]
    return found


@cache
def _weights() -> dict[str, float]:
    return dict(table("places.toml")["weights"])


def _weighed(features: Mapping[str, float]) -> float:
    weights = _weights()
    return sum([weights[name] * number for name, number in features.items()])


def _scores(choice: Choice) -> list[float]:
    """The scores of "nowhere" and of each place."""
    if not choice.options:
        return [0.0]
    return [_weighed(choice.nowhere), *(_weighed(option.features) for option in choice.options)]


def _nowhere(x: Told) -> dict[str, float]:
    """What speaks for and against that the text says where a mention happens."""
    found = {"nowhere": 1.0}
    tree, trigger = x.tree, x.candidate.trigger
    if x.mention.counts:
        found["nowhere_counted"] = 1.0
    if x.sentence.paragraph <= 1:
        found["nowhere_opening"] = 1.0
    if x.mention.realis == "actual":
        found["nowhere_actual"] = 1.0
    if x.candidate.sense.part == "N" and any(
        tree.tokens.deps[k] == "det" and tree.tokens.lowers[k] in _TAKING_UP for k in tree.kids(trigger)
    ):
        found["nowhere_definite"] = 1.0
    return found


class _Sentence:
    """The places of a sentence, of each phrase that names several the innermost, and its triggers."""

    def __init__(self, tree: Tree, names: Sequence[Named], referents: Referents, triggers: set[int]) -> None:
        self.referents, self.triggers = referents, triggers
        self._tree = tree
        phrases: dict[int, list[Named]] = defaultdict(list)
        for name in names:
            phrases[name.top].append(name)
        self.firsts = sorted(name.first for name in names)
        widest: dict[str | None, int] = {}  # by country
        for name in names:
            where = self._location(name)
            if where is not None:
                widest[where.country] = max(widest.get(where.country, 0), name.fine)
        # each place with what is asked of it whatever the mention, and the way up from it
        self.places = [
            (name, self._of_place(name, widest), way_up(tree, name.top))
            for name in (innermost(named) if len(named) > 1 else named[0] for named in phrases.values())
        ]

    def _location(self, name: Named) -> Location | None:
        return self.referents.found.locations[name.location] if name.location is not None else None

    def _of_place(self, name: Named, widest: Mapping[str | None, int]) -> dict[str, float]:
        """Of the place itself, its name, and how it lies to the other places of the sentence."""
        found, where = {}, self._location(name)
        if where is not None:
            if name.fine in _SIZES:
                found[_SIZES[name.fine]] = 1.0
            if where.antecedent is not None:
                found["reference"] = 1.0
            if where.country is not None and widest[where.country] > name.fine:
                found["inside"] = 1.0
        if name.depth:
            found["depth"] = float(min(name.depth, _MOST))
        if name.is_joined:
            found["joined"] = 1.0
        if is_located(self._tree, self.referents, name):
            found["located"] = 1.0
        label = _LAST.get(self._tree.tokens.deps[name.last])
        if label is not None:
            found[label] = 1.0
        return found


class _Seen:
    """A mention as the places of its sentence are seen from it."""

    def __init__(self, x: Told, sentence: _Sentence) -> None:
        self._x, self._sentence, self._referents = x, sentence, sentence.referents
        self._down = {token: n for n, token in enumerate(way_up(x.tree, x.candidate.trigger))}
        self._agents = [f.head for f in x.candidate.roles.get("agent", ())]
        self._targets = [a for a in x.mention.arguments if a.role == "target"] if x.mention.kind in _GROUND else []

    def options(self) -> list[Option]:
        """The places where it may have happened, each with what is asked of it and the mention."""
        found = []
        candidate = self._x.candidate
        for name, of_place, way in self._sentence.places:
            told = distance(self._x.tree, candidate, self._referents, name)
            if told is None and is_elsewhere(self._x.tree, candidate, name):
                continue
            features = {
                **of_place,
                **self._of_distance(candidate, told),
                **self._of_roles(name),
                **self._of_way(name, way),
            }
            found.append(Option(name, features, told is None))
        return found

    def _of_distance(self, candidate: Candidate, told: int | None) -> dict[str, float]:
        found: dict[str, float] = {}
        if told is None:
            found["apart"] = 1.0
        elif told == 0:
            found["own_phrase"] = 1.0
            if candidate.kind in _EFFECTS:
                found["own_phrase_effect"] = 1.0
        return found

    def _of_roles(self, name: Named) -> dict[str, float]:
        """Of the place as a participant."""
        found = {}
        if self._targets and self._is_in_target(name):
            found["in_target_ground"] = 1.0
        if any(head == name.last or head in name.path for head in self._agents):
            found["agent"] = 1.0
        return found

    def _is_in_target(self, name: Named) -> bool:
        starts, ends = self._x.tree.tokens.starts, self._x.tree.tokens.ends
        return any(a.start <= starts[name.first] and ends[name.last] <= a.end for a in self._targets)

    def _of_way(self, name: Named, way: Sequence[int]) -> dict[str, float]:
        """Of the words and the branches of the tree between the place and the trigger; ``way`` leads up from it."""
        trigger, firsts = self._x.candidate.trigger, self._sentence.firsts
        found = {"gap": math.log2(1 + abs(name.first - trigger))}
        if name.first < trigger:
            found["before"] = 1.0
            between = bisect_left(firsts, trigger) - bisect_right(firsts, name.first)
        else:
            between = bisect_left(firsts, name.first) - bisect_right(firsts, trigger)
        if between:
            found["places_between"] = float(min(between, _MOST))
        met = next((n for n, token in enumerate(way) if token in self._down), None)
        if met is not None and way[met] == trigger:
            found["under_trigger"] = 1.0
        self._note_above(way[:met], found)
        deps = self._x.tree.tokens.deps
        for token in list(self._down)[: None if met is None else self._down[way[met]]]:
            if deps[token] in _DOWN:
                found[_DOWN[deps[token]]] = 1.0
        return found

    def _note_above(self, way: Sequence[int], found: dict[str, float]) -> None:
        """Note the clauses, the events and the phrases on the way up from a place to where it meets the trigger's."""
        t = self._x.tree.tokens
        clauses = events = 0
        for token in way:
            clauses += t.tags[token] in VERB_TAGS
            events += token in self._sentence.triggers and token != self._x.candidate.trigger
            if t.deps[token] in _UP:
                found[_UP[t.deps[token]]] = 1.0
        if clauses:
            found["clauses"] = float(min(clauses, _MOST_CLAUSES))
        if events:
            found["events_between"] = float(min(events, _MOST))
