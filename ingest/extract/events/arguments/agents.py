"""Which of those whom a sentence names is the agent of an event mention: a score of each, and of nobody of them.

Belongs here: what is asked of a mention and of somebody (features), and the likelihoods that their weights of
``data/en/agents.toml`` give. Does not belong here: whom the mention's own clause names (``frames``,
``grammar.subjects``), agents that cause and effect share (``coreference.causes``), how the weights are found
(``evaluation.agents``).

The likelihoods of all whom a sentence names and of "nobody" add up to one (a conditional logit). Whom the frame gives
is one of them, so that a doubtful agent may give way to a likelier one, or to none. ``claimhouse trace`` shows each
mention whose agent is another than its frame's, as ``agents.likeliest``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.decisions import Outcome
from ingest.extract.events.arguments.fillers import agent_at
from ingest.extract.events.arguments.identity import Participants
from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import is_telling, verb_over, way_up
from ingest.extract.events.grammar.subjects import is_blamed_doer
from ingest.extract.events.lexicon import classes, groups_of, listed, table
from ingest.extract.events.likelihood import shares_of
from ingest.extract.events.model import Told
from ingest.extract.syntax.tree import PROPER, VERB_TAGS, Tree
from ingest.records import EventArgument
from ingest.values import replace, value

_PREPOSITIONS = listed("agents.toml", "prepositions")
_TAKING_UP = listed("scope.toml", "taking_up")
_HINDERING = listed("assertion.toml", "ending") | listed("assertion.toml", "failing")
_LABELS = ("side", "state", "armed", "person", "institution", "place")  # that speak for and against somebody
_WHO = frozenset([*_LABELS[:-1], "people", "official", "aircraft", "vessel", "name"])
_SAYING_WHO = frozenset(["side", "state", "armed", "institution"])  # of places, and of words before a noun
_WHERE_OR_WHAT = frozenset(["place", "no_doers"])
_NEVER_CHOSEN = frozenset(["responsibility", "hold"])  # the agent is who is to blame, not who blames; who has it
_OWN = frozenset(["nsubj", "poss"])
_BEFORE_NOUN = frozenset(["compound", "amod", "nmod", "poss"])
_RELATIONS = {
    "nsubj": "subject",
    "nsubjpass": "passive_subject",
    "dobj": "object",
    "poss": "owner",
    "compound": "modifier",
    "amod": "modifier",
    "nmod": "modifier",
}
_MISREAD = frozenset(["advcl", "acl", "relcl", "ccomp", "xcomp"])  # of a noun, where the tree is not to be believed
# on the way down to the trigger
_DOWN = frozenset(["amod", "pcomp", "xcomp", "ccomp", "conj", "dobj", "nsubj"])
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ"])
_COMMON = frozenset(["NN", "NNS", "JJ"])
_LED_BY = frozenset(["ccomp", "xcomp", "conj"])  # the trigger's clause from the one above it
_MOST = 3  # clauses, or others between, that are told apart

_Spans = Sequence[tuple[int, int, bool]]


@value(frozen=True, slots=True)
class Option:
    """Somebody who may have done it: the token that heads the phrase, and the features of the mention and somebody.

    ``group`` is the token of the first of those joined with it by "and". ``is_before`` where it only stands before a
    noun ("rebel fire"), ``is_given`` where the mention has it as agent already.
    """

    head: int
    group: int
    is_before: bool
    is_given: bool
    features: Mapping[str, float]


@value(frozen=True, slots=True)
class Choice:
    """Those who may have done what a mention tells of, and the features of "nobody"."""

    options: Sequence[Option]
    nobody: Mapping[str, float]


_NO_CHOICE = Choice((), {})


def with_agents(
    told: Sequence[Told], causes: Sequence[int | None], referents: Referents, participants: Participants
) -> list[Told]:
    """The mentions with the likeliest agents of their sentences; an agent whom the frame does not give is inferred.

    Args:
        told: the mentions of a text, in order, with the agents of their frames.
        causes: for each mention the index of the one that caused it.
        referents: the facts of the text.
        participants: who the actors of the text are.
    """
    found = []
    for x, choice in zip(told, choices(told, causes, referents), strict=True):
        if not choice.options:
            found.append(x)
            continue
        best = likeliest(choice)
        before = [a for a in x.mention.arguments if a.role == "agent"]
        if best is None:
            agents: list[EventArgument] = []
        elif any(option.is_given for option in best):
            agents = before
        else:
            made = (agent_at(x.tree, o.head, referents, participants, is_before=o.is_before) for o in best)
            agents = [replace(a, is_inferred=True) for a in made if a is not None]
        if agents != before:
            _note(x, agents)
            others = (a for a in x.mention.arguments if a.role != "agent")
            x = replace(x, mention=replace(x.mention, arguments=(*agents, *others)))
        found.append(x)
    return found


def _note(x: Told, agents: Sequence[EventArgument]) -> None:
    """Record that a mention has other agents than its frame gave it, for who asks why."""
    recorder = x.tree.analysis.recorder
    if recorder is not None:
        outcome = Outcome.ACCEPTED if agents else Outcome.REFUSED
        span = (x.mention.char_start, x.mention.char_end)
        recorder.record("events", "agents", "agents.likeliest", outcome, "; ".join(a.text for a in agents), span)


def likeliest(choice: Choice) -> list[Option] | None:
    """Those who have most likely done it, joined ones together; None where that is nobody, or too unsure.

    Those whom the frame gives stand for one, and are kept from a lower likelihood on than others are taken from.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for n, option in enumerate(choice.options):
        groups[-1 if option.is_given else option.group].append(n)  # all that are given are one
    shares = likely(choice)
    best = max(groups.values(), key=lambda group: sum([shares[n] for n in group]), default=[])
    if not best:
        return None
    if sum([shares[n] for n in best]) < table("agents.toml")["least"]:
        best = groups.get(-1, [])
        if not best or sum([shares[n] for n in best]) < table("agents.toml")["least_given"]:
            return None
    return [choice.options[n] for n in best]


def likely(choice: Choice) -> list[float]:
    """How likely each of those is who may have done it, in the order of the options."""
    return shares_of([_weighed(choice.nobody), *(_weighed(option.features) for option in choice.options)])


@cache
def _weights() -> dict[str, float]:
    return dict(table("agents.toml")["weights"])


def _weighed(features: Mapping[str, float]) -> float:
    """A score; what is too rare to be fitted has no weight."""
    weight = _weights().get
    return sum([weight(name, 0.0) * number for name, number in features.items()])


def choices(told: Sequence[Told], causes: Sequence[int | None], referents: Referents) -> list[Choice]:
    """For each mention those of its sentence who may have done it; none where its frame is sure.

    Args:
        told: the mentions of a text, in order, with the agents of their frames.
        causes: for each mention the index of the one that caused it.
        referents: the facts of the text.
    """
    mates: dict[int, list[int]] = defaultdict(list)
    for k, x in enumerate(told):
        mates[x.candidate.sentence].append(k)
    spans = [(_spans(x, "agent"), _spans(x, "target")) for x in told]
    found = [_NO_CHOICE] * len(told)
    for of_sentence in mates.values():
        doubtful = [k for k in of_sentence if not _is_plain(told[k])]
        if not doubtful:
            continue
        tree = told[of_sentence[0]].tree
        named = _named(tree, referents, {told[n].candidate.trigger for n in of_sentence})
        for k in doubtful:
            beside = [(_link(causes, k, n), told[n].mention.kind, *spans[n]) for n in of_sentence if n != k]
            found[k] = _Seen(told[k], spans[k], beside, referents, is_caused=causes[k] is not None).choice(named)
    return found


def _is_plain(x: Told) -> bool:
    """True where nothing is to be chosen: of states and blame, and where the frame's agent is beyond doubt.

    That is the trigger's own subject, its "by", and who is blamed for it.
    """
    t, trigger = x.tree.tokens, x.candidate.trigger
    for head in (f.head for f in x.candidate.roles.get("agent", ())):
        above = t.heads[head]
        if above == trigger and t.deps[head] in _OWN:
            return True
        if t.deps[head] == "pobj" and t.heads[above] == trigger and t.lowers[above] == "by":
            return True
        if is_blamed_doer(x.tree, head, trigger):
            return True
    return x.mention.kind in _NEVER_CHOSEN


def _link(causes: Sequence[int | None], k: int, n: int) -> str:
    """What another mention of the sentence is to a mention."""
    if causes[k] == n:
        return "cause"
    if causes[n] == k:
        return "effect"
    return "sibling" if causes[k] is not None and causes[k] == causes[n] else "mate"


@value(frozen=True, slots=True)
class _Somebody:
    """A phrase of a sentence that names somebody: what is asked of it whatever the mention, and the way up from it.

    ``head`` is a token, ``start`` its first character. ``top`` is the token of the first of those joined by "and",
    ``relation`` how that hangs on what is above it. ``is_telling`` for the subject of a verb of saying. ``way`` has
    ``top`` and the tokens above it.
    """

    head: int
    start: int
    top: int
    relation: str | None
    is_before: bool
    is_telling: bool
    features: Mapping[str, float]
    way: Sequence[int]


def _named(tree: Tree, referents: Referents, triggers: set[int]) -> list[_Somebody]:
    """Those of a sentence who may act, in order."""
    t, found = tree.tokens, []
    for k in range(tree.first, tree.last):
        tag, dep = t.tags[k], t.deps[k]
        if tag not in _NOUNS or dep in _MISREAD or k in triggers:
            continue
        is_before = dep in _BEFORE_NOUN and t.heads[k] > k
        if (tag == "JJ" and not is_before) or (tag in _COMMON and not _is_known(referents, t.lowers[k], k)):
            continue
        labels = referents.labels(tree, k)
        if labels.isdisjoint(_WHO):
            continue
        is_of_name = t.deps[k] == "compound" and is_before and tag in PROPER and t.tags[t.heads[k]] in PROPER
        if is_of_name or referents.date_at(k) is not None:
            continue
        is_mere_word = is_before and t.deps[k] != "poss"
        says_who = bool(labels & _SAYING_WHO)
        if is_mere_word:  # "rebel fire", but not "military aid", "a Syria air strike"
            says_who = says_who and labels.isdisjoint(_WHERE_OR_WHAT)
        elif "place" not in labels:
            says_who = True
        if says_who:
            found.append(_somebody(tree, referents, k, is_before=is_before))
    return found


def _is_known(referents: Referents, low: str, k: int) -> bool:
    """True of a word that may be somebody: one of a class or a group, who is of a country, or a place."""
    return low in classes() or bool(groups_of(low)) or low in demonyms() or referents.place_at(k) is not None


def _somebody(tree: Tree, referents: Referents, k: int, *, is_before: bool) -> _Somebody:
    t, top = tree.tokens, k
    while t.deps[top] == "conj" and t.heads[top] != top:
        top = t.heads[top]
    labels = referents.labels(tree, k)
    features = {f"is_{label}": 1.0 for label in _LABELS if label in labels}
    if t.tags[k].startswith("PRP"):
        features["pronoun"] = 1.0
    if is_before:
        features["before_noun"] = 1.0
    if top != k:
        features["joined"] = 1.0
    relation = _RELATIONS.get(t.deps[top])
    if t.deps[top] == "pobj":
        preposition = t.lowers[t.heads[top]]
        relation = preposition if preposition in _PREPOSITIONS else "preposition"
    if relation is not None:
        features[f"as_{relation}"] = 1.0
    tells = t.deps[top] in ("nsubj", "nsubjpass") and is_telling(t.lowers[t.heads[top]])
    return _Somebody(k, t.starts[k], top, relation, is_before, tells, features, way_up(tree, top))


class _Seen:
    """A mention as those whom its sentence names are seen from it."""

    def __init__(
        self,
        x: Told,
        own: tuple[_Spans, _Spans],
        beside: Sequence[tuple[str, str, _Spans, _Spans]],
        referents: Referents,
        *,
        is_caused: bool,
    ) -> None:
        self._x, self._tree, self._referents = x, x.tree, referents
        self._trigger, self._part = x.candidate.trigger, x.candidate.sense.part
        self._is_caused = is_caused
        self._path = way_up(x.tree, self._trigger)
        self._down = {token: n for n, token in enumerate(self._path)}
        self._of_down: dict[int, dict[str, float]] = {}
        self._given, self._targets = own
        self._beside = beside
        over = self._trigger if self._part == "V" else verb_over(x.tree, self._trigger)
        self._subject = x.tree.subject(over) if over is not None else None

    def choice(self, named: Sequence[_Somebody]) -> Choice:
        """Those who may have done it; with whom the frame gives, whatever it is."""
        people = named
        for start, end, is_inferred in self._given:
            if not any(start <= one.start < end for one in named):
                last = self._tree.analysis.token_at(end - 1)
                if self._tree.first <= last < self._tree.last:
                    people = [*people, _somebody(self._tree, self._referents, last, is_before=is_inferred)]
        if not people:
            return _NO_CHOICE
        people = people if people is named else sorted(people, key=lambda one: one.head)
        heads = [one.head for one in people]
        at = bisect_left(heads, self._trigger)
        return Choice([self._option(one, n, at) for n, one in enumerate(people)], self._nobody())

    def _nobody(self) -> dict[str, float]:
        """What speaks for and against that the sentence says who did it."""
        x, t = self._x, self._tree.tokens
        found = {"nobody": 1.0, f"nobody_{x.mention.kind}": 1.0, f"nobody_{x.mention.realis}": 1.0}
        if self._part == "V" and x.tree.is_passive(self._trigger):
            found["nobody_passive"] = 1.0
        if self._part == "N" and any(
            t.deps[k] == "det" and t.lowers[k] in _TAKING_UP for k in x.tree.kids(self._trigger)
        ):
            found["nobody_definite"] = 1.0
        if x.mention.claim is not None:
            found["nobody_claimed"] = 1.0
        if self._is_caused:
            found["nobody_caused"] = 1.0
        if self._given:
            found["nobody_given"] = 1.0
        if self._targets:
            found["nobody_target"] = 1.0
        return found

    def _option(self, one: _Somebody, n: int, at: int) -> Option:
        """Somebody, the ``n``-th of the sentence, of whom ``at`` stand before the trigger."""
        features, trigger = dict(one.features), self._trigger
        is_given = self._note_given(one.start, features)
        features["gap"] = math.log2(1 + abs(one.head - trigger))
        if n < at:
            features["before"] = 1.0
            if n == 0 and self._x.sentence.is_title:
                features["title_first"] = 1.0
        between = at - n - 1 if n < at else n - at
        if between:
            features["between"] = float(min(between, _MOST))
        if one.is_telling:
            features["tells" if self._x.mention.claim is None else "tells_claim"] = 1.0
        if self._subject is not None and self._subject in (one.top, one.head):
            features["subject_over"] = 1.0
        self._note_way(one, features)
        self._note_others(one.start, features)
        return Option(one.head, one.top, one.is_before, is_given, features)

    def _note_given(self, start: int, features: dict[str, float]) -> bool:
        """Note whether the frame gives somebody, and whether the words say so or an owner or another mention."""
        given = [is_inferred for first, end, is_inferred in self._given if first <= start < end]
        if given:
            features["given_inferred" if all(given) else "given"] = 1.0
            if self._part in ("N", "V"):
                features["given_noun" if self._part == "N" else "given_verb"] = 1.0
        return bool(given)

    def _note_way(self, one: _Somebody, features: dict[str, float]) -> None:
        """Note the branches of the tree between somebody and the trigger."""
        t, way = self._tree.tokens, one.way
        steps = next((n for n, token in enumerate(way) if token in self._down), None)
        if steps is None:
            features["apart"] = 1.0
            return
        met = way[steps]
        if met not in self._of_down:
            self._of_down[met] = self._read_down(met)
        features.update(self._of_down[met])
        features["steps_up"] = math.log2(1 + steps)
        is_right_under = steps == 1 or (steps == 2 and t.deps[one.top] == "pobj")
        if met == self._trigger:
            features["under_trigger"] = 1.0
            if is_right_under:
                features[f"own_{one.relation or 'other'}"] = 1.0
        elif met == one.top:
            features["over_trigger"] = 1.0
        elif is_right_under and one.relation:
            last = t.deps[self._path[self._down[met] - 1]]
            features[f"beside_{one.relation}"] = 1.0
            if last in _LED_BY:
                features[f"beside_{one.relation}_{last}"] = 1.0

    def _read_down(self, met: int) -> dict[str, float]:
        """Of the way down to the trigger from where it parts from the other."""
        t, down = self._tree.tokens, self._path[: self._down[met]]
        found = {f"down_{t.deps[token]}": 1.0 for token in down if t.deps[token] in _DOWN}
        if down and any(t.lowers[token] in _HINDERING for token in (*down[1:], met)):
            found["hinders"] = 1.0
        clauses = sum([t.tags[token] in VERB_TAGS for token in down[1:]])
        if clauses:
            found["clauses_down"] = float(min(clauses, _MOST))
        return found

    def _note_others(self, start: int, features: dict[str, float]) -> None:
        """Note somebody as an agent or a target of this mention and of the others of the sentence."""
        if _is_within(start, self._targets):
            features["target"] = 1.0
        for link, kind, agents, targets in self._beside:
            if agents and _is_within(start, agents):
                features[f"agent_of_{link}"] = 1.0
                if kind == self._x.mention.kind:
                    features["agent_of_same_kind"] = 1.0
            if targets and _is_within(start, targets):
                features[f"target_of_{link}"] = 1.0


def _spans(x: Told, role: str) -> _Spans:
    """The arguments of a role: start, end, and whether each is inferred."""
    return [(a.start, a.end, a.is_inferred) for a in x.mention.arguments if a.role == role]


def _is_within(start: int, spans: _Spans) -> bool:
    return any(first <= start < end for first, end, _ in spans)
