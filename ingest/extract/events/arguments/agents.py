"""Who does what a mention tells of, of those whom its sentence names: a score of each, and of nobody of them.

Belongs here: what is asked of a mention and of somebody (features), and the likelihoods that their weights of
``data/en/agents.toml`` give. Does not belong here: whom the mention's own clause names (``frames``, ``doers``), agents
that cause and effect share (``causes``), how the weights are found (``evaluation.agents``).

The likelihoods of all whom a sentence names and of "nobody" add up to one (a conditional logit). Whom the frame gives
is one of them, so that a doubtful agent may give way to a likelier one, or to none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.extract.decisions import Outcome
from ingest.extract.events.arguments import agent_at
from ingest.extract.events.clauses import is_telling, verb_over
from ingest.extract.events.identity import Participants
from ingest.extract.events.lexicon import listed, table
from ingest.extract.events.model import Told
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import PROPER, VERB_TAGS, Tree
from ingest.records import EventArgument
from ingest.values import replace, value

_PREPOSITIONS = listed("agents.toml", "prepositions")
_TAKING_UP = listed("scope.toml", "taking_up")
_HINDERING = listed("assertion.toml", "ending") | listed("assertion.toml", "failing")
_LABELS = ("side", "state", "armed", "person", "institution", "place")  # that speak for and against somebody
_WHO = frozenset([*_LABELS[:-1], "people", "official", "aircraft", "vessel", "name"])
_SAYING_WHO = frozenset(["side", "state", "armed", "institution"])  # of places, and of words before a noun
_NEVER_CHOSEN = frozenset(["responsibility"])  # whose agent is who is to blame, not who blames
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
_STEPS = 24  # up the tree
_MOST = 3  # clauses, or others between, that are told apart


@value(frozen=True, slots=True)
class Option:
    """Somebody who may have done it: the token that heads the phrase, and what is asked of the two.

    ``group`` is the first of those joined with it by "and". ``is_before`` where it only stands before a noun ("rebel
    fire"), ``is_given`` where the mention has it as agent already.
    """

    head: int
    group: int
    is_before: bool
    is_given: bool
    features: Mapping[str, float]


@value(frozen=True, slots=True)
class Choice:
    """A mention with those who may have done it, and what is asked of it whoever did."""

    options: Sequence[Option]
    nobody: Mapping[str, float]


def with_agents(
    told: Sequence[Told], causes: Sequence[int | None], referents: Referents, participants: Participants
) -> list[Told]:
    """The mentions with the likeliest agents of their sentences.

    Args:
        told: the mentions of a text, in order, with the agents of their frames.
        causes: for each mention the index of the one that caused it.
        referents: the facts of the text.
        participants: who the actors of the text are.
    """
    found = []
    for x, choice in zip(told, choices(told, causes, referents), strict=True):
        if x.mention.kind in _NEVER_CHOSEN:
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
    """Those who have most likely done it, joined ones together; None where that is nobody, or too unsure."""
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
    if not choice.options:
        return []
    scores = [_weighed(choice.nobody), *(_weighed(option.features) for option in choice.options)]
    most = max(scores)
    odds = [math.exp(score - most) for score in scores]
    whole = sum(odds)
    return [share / whole for share in odds[1:]]


@cache
def _weights() -> dict[str, float]:
    return dict(table("agents.toml")["weights"])


def _weighed(features: Mapping[str, float]) -> float:
    """A score; what is too rare to be fitted has no weight."""
    weights = _weights()
    return sum([weights.get(name, 0.0) * number for name, number in features.items()])


def choices(told: Sequence[Told], causes: Sequence[int | None], referents: Referents) -> list[Choice]:
    """For each mention those of its sentence who may have done it."""
    mates: dict[int, list[int]] = defaultdict(list)
    for k, x in enumerate(told):
        mates[x.candidate.sentence].append(k)
    named: dict[int, list[tuple[int, bool]]] = {}
    found = []
    for k, x in enumerate(told):
        at = x.candidate.sentence
        if at not in named:
            named[at] = _named(x.tree, referents, {told[n].candidate.trigger for n in mates[at]})
        beside = [(_link(causes, k, n), told[n]) for n in mates[at] if n != k]
        found.append(
            _Seen(x, beside, referents, is_caused=causes[k] is not None).choice(named[at])
            if x.mention.kind not in _NEVER_CHOSEN
            else Choice([], {})
        )
    return found


def _link(causes: Sequence[int | None], k: int, n: int) -> str:
    """What another mention of the sentence is to a mention."""
    if causes[k] == n:
        return "cause"
    if causes[n] == k:
        return "effect"
    return "sibling" if causes[k] is not None and causes[k] == causes[n] else "mate"


def _named(tree: Tree, referents: Referents, triggers: set[int]) -> list[tuple[int, bool]]:
    """The tokens that head phrases of somebody who may act, each with whether it only stands before a noun."""
    t, found = tree.tokens, []
    for k in range(tree.first, tree.last):
        tag = t.tags[k]
        is_before = t.deps[k] in _BEFORE_NOUN and t.heads[k] > k
        if k in triggers or not (tag.startswith(("NN", "PRP")) or (tag == "JJ" and is_before)):
            continue
        is_of_name = t.deps[k] == "compound" and is_before and tag in PROPER and t.tags[t.heads[k]] in PROPER
        labels = referents.labels(tree, k)
        is_nobody = not labels & _WHO or referents.date_at(k) is not None
        if is_of_name or is_nobody or t.deps[k] in _MISREAD:
            continue
        is_mere_word = is_before and t.deps[k] != "poss"
        if labels & _SAYING_WHO or not (is_mere_word or "place" in labels):
            found.append((k, is_before))
    return found


class _Seen:
    """A mention as those whom its sentence names are seen from it."""

    def __init__(self, x: Told, beside: Sequence[tuple[str, Told]], referents: Referents, *, is_caused: bool) -> None:
        self._x, self._tree, self._referents = x, x.tree, referents
        self._trigger, self._part = x.candidate.trigger, x.candidate.sense.part
        self._is_caused = is_caused
        self._down = {token: n for n, token in enumerate(_up(x.tree, self._trigger))}
        self._given, self._targets = _spans(x, "agent"), _spans(x, "target")
        self._beside = [
            (link, other.mention.kind, _spans(other, "agent"), _spans(other, "target")) for link, other in beside
        ]
        over = self._trigger if self._part == "V" else verb_over(x.tree, self._trigger)
        self._subject = x.tree.subject(over) if over is not None else None

    def choice(self, named: Sequence[tuple[int, bool]]) -> Choice:
        """Those who may have done it; with whom the frame gives, whatever it is."""
        starts, heads = self._tree.tokens.starts, list(named)
        for start, end, is_inferred in self._given:
            if not any(start <= starts[k] < end for k, _ in heads):
                last = self._tree.analysis.token_at(end - 1)
                if self._tree.first <= last < self._tree.last:
                    heads.append((last, is_inferred))
        heads.sort()
        return Choice(
            [self._option(n, heads) for n in range(len(heads))], self._nobody() if heads else {}
        )

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

    def _option(self, n: int, heads: Sequence[tuple[int, bool]]) -> Option:
        (k, is_before), t = heads[n], self._tree.tokens
        top = k
        while t.deps[top] == "conj" and t.heads[top] != top:
            top = t.heads[top]
        is_given = _is_within(t.starts[k], self._given)
        relation = self._relation(top)
        features = {
            **self._of_itself(k, is_before=is_before, is_joined=top != k),
            **(self._of_given(t.starts[k]) if is_given else {}),
            **({f"as_{relation}": 1.0} if relation else {}),
            **self._of_distance(n, heads),
            **self._of_way(top, relation),
            **self._of_others(t.starts[k]),
        }
        if self._subject in (top, k):
            features["subject_over"] = 1.0
        return Option(k, top, is_before, is_given, features)

    def _of_itself(self, k: int, *, is_before: bool, is_joined: bool) -> dict[str, float]:
        """Of what sort somebody is, whatever the mention."""
        labels = self._referents.labels(self._tree, k)
        found = {f"is_{label}": 1.0 for label in _LABELS if label in labels}
        if self._tree.tokens.tags[k].startswith("PRP"):
            found["pronoun"] = 1.0
        if is_before:
            found["before_noun"] = 1.0
        if is_joined:
            found["joined"] = 1.0
        return found

    def _of_given(self, start: int) -> dict[str, float]:
        """Of whom the frame gives: whether the words say so, or an owner or another mention does."""
        is_told = any(first <= start < end and not is_inferred for first, end, is_inferred in self._given)
        found = {"given" if is_told else "given_inferred": 1.0}
        if self._part in ("N", "V"):
            found["given_noun" if self._part == "N" else "given_verb"] = 1.0
        return found

    def _relation(self, top: int) -> str | None:
        """How a phrase hangs on what is above it; None for other ways."""
        t = self._tree.tokens
        if t.deps[top] != "pobj":
            return _RELATIONS.get(t.deps[top])
        preposition = t.lowers[t.heads[top]]
        return f"{preposition}" if preposition in _PREPOSITIONS else "preposition"

    def _of_distance(self, n: int, heads: Sequence[tuple[int, bool]]) -> dict[str, float]:
        """Of the words between somebody and the trigger."""
        k, trigger = heads[n][0], self._trigger
        found = {"gap": math.log2(1 + abs(k - trigger))}
        if k < trigger:
            found["before"] = 1.0
            if n == 0 and self._x.sentence.is_title:
                found["title_first"] = 1.0
        between = sum([min(k, trigger) < other < max(k, trigger) for other, _ in heads])
        if between:
            found["between"] = float(min(between, _MOST))
        return found

    def _of_way(self, top: int, relation: str | None) -> dict[str, float]:
        """Of the branches of the tree between somebody and the trigger."""
        t, found = self._tree.tokens, {}
        if relation in ("subject", "passive_subject") and is_telling(t.lowers[t.heads[top]]):
            found["tells" if self._x.mention.claim is None else "tells_claim"] = 1.0
        way = _up(self._tree, top)
        steps = next((n for n, token in enumerate(way) if token in self._down), None)
        if steps is None:
            return {**found, "apart": 1.0}
        met = way[steps]
        found["steps_up"] = math.log2(1 + steps)
        down = list(self._down)[: self._down[met]]
        found |= {f"down_{t.deps[token]}": 1.0 for token in down if t.deps[token] in _DOWN}
        if met != self._trigger and any(t.lowers[token] in _HINDERING for token in (*down[1:], met)):
            found["hinders"] = 1.0
        clauses = sum([t.tags[token] in VERB_TAGS for token in down[1:]])
        if clauses:
            found["clauses_down"] = float(min(clauses, _MOST))
        is_right_under = steps == 1 or (steps == 2 and t.deps[top] == "pobj")
        if met == self._trigger:
            found["under_trigger"] = 1.0
            if is_right_under:
                found[f"own_{relation or 'other'}"] = 1.0
        elif met == top:
            found["over_trigger"] = 1.0
        elif is_right_under and relation:
            last = t.deps[down[-1]] if down else ""
            found[f"beside_{relation}"] = 1.0
            if last in ("ccomp", "xcomp", "conj"):
                found[f"beside_{relation}_{last}"] = 1.0
        return found

    def _of_others(self, start: int) -> dict[str, float]:
        """Of somebody as an agent or a target of this mention and of the others of the sentence."""
        found = {"target": 1.0} if _is_within(start, self._targets) else {}
        for link, kind, agents, targets in self._beside:
            if _is_within(start, agents):
                found[f"agent_of_{link}"] = 1.0
                if kind == self._x.mention.kind:
                    found["agent_of_same_kind"] = 1.0
            if _is_within(start, targets):
                found[f"target_of_{link}"] = 1.0
        return found


def _spans(x: Told, role: str) -> list[tuple[int, int, bool]]:
    """The arguments of a role: start, end, and whether each is inferred."""
    return [(a.start, a.end, a.is_inferred) for a in x.mention.arguments if a.role == role]


def _is_within(start: int, spans: Sequence[tuple[int, int, bool]]) -> bool:
    return any(first <= start < end for first, end, _ in spans)


def _up(tree: Tree, token: int) -> list[int]:
    """A token and those above it, up to the root or so many steps."""
    heads, found = tree.tokens.heads, [token]
    for _ in range(_STEPS):
        head = heads[found[-1]]
        if head == found[-1]:
            break
        found.append(head)
    return found
