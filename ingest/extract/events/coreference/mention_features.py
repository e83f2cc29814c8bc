"""What one mention of an event says of itself, as far as others are compared with it.

Belongs here: what is read of one mention, once for each; what two name in one role. Does not belong here: whether
two agree (``compatibility``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ingest.extract.claims.lexicon import verbs
from ingest.extract.events.entities import Referents
from ingest.extract.events.lexicon import listed, senses
from ingest.extract.events.model import Told
from ingest.extract.syntax.tree import PROPER
from ingest.records import EventArgument

_TAKING_UP = listed("scope.toml", "taking_up")
_PLURAL_ONLY = listed("scope.toml", "plural_only")
_INDEFINITE = listed("scope.toml", "indefinite")
_HAPPENING_ONCE = listed("scope.toml", "happening_once")
_TOLD_APART = listed("scope.toml", "told_apart")
_SUMS = listed("scope.toml", "sums")
_OUTDATED = listed("scope.toml", "outdated")
_OTHERS = listed("scope.toml", "others")
T = TypeVar("T")

AROUND = 5  # words on each side by which a statement is known to be repeated
_SPREAD = frozenset(["PRP", "PRP$", "WP", "WDT", "DT"])
_TOLD_DAYS = frozenset(["linked", "carried"])
_OF_SIDES = frozenset(["clash", "strike"])
_PERSONS = frozenset(["civilian", "child", "person", "journalist", "medic", "official"])
TARGETS = ("target", "destination")


def _once(read: Callable[[Told], T]) -> Callable[[Told], T]:
    """The function of one mention, called once for each: a mention is compared with many."""
    name = read.__name__

    def kept(x: Told) -> T:
        try:
            found: T = x.kept[name]
        except KeyError:
            found = x.kept[name] = read(x)
        return found

    kept.__doc__ = read.__doc__
    return kept


@_once
def by_role(x: Told) -> dict[str, list[EventArgument]]:
    """The arguments of a mention by their roles."""
    found: dict[str, list[EventArgument]] = {}
    for argument in x.mention.arguments:
        found.setdefault(argument.role, []).append(argument)
    return found


@_once
def sides_of(x: Told) -> set[str]:
    """The sides of the agents."""
    return {agent.side for agent in by_role(x).get("agent", ()) if agent.side is not None}


@_once
def actor_keys(x: Told) -> set[str]:
    """The actors that the agents are known to be."""
    return {agent.actor_key for agent in by_role(x).get("agent", ()) if agent.actor_key is not None}


@_once
def stated_targets(x: Told) -> list[EventArgument]:
    """The targets that words of their own name."""
    return [arg for arg in x.mention.arguments if arg.role in TARGETS and not arg.is_inferred]


@_once
def words_around(x: Told) -> list[str]:
    """The trigger with the words on both sides of it, lower case."""
    return x.tree.tokens.lowers[max(0, x.candidate.trigger - AROUND) : x.candidate.trigger + AROUND + 1]


@_once
def is_the_only_one(x: Told) -> bool:
    """False for "acts of aggression", "to invade countries": any, not the one told of."""
    t, trigger = x.tree.tokens, x.candidate.trigger
    fillers = [f.head for role in ("agent", "target") for f in x.candidate.roles.get(role, ())]
    if x.candidate.sense.part != "N":
        return not any(
            t.tags[f.head] == "NNS" and not any(t.deps[k] in ("det", "poss", "amod") for k in x.tree.kids(f.head))
            for f in x.candidate.roles.get("target", ())
        )
    kids = [k for k in x.tree.kids(trigger) if k < trigger]
    return bool(fillers) or any(t.deps[k] in ("det", "poss", "amod", "compound") for k in kids)


@_once
def is_definite(x: Told) -> bool:
    """True for "the attack", "that raid", "Russia's invasion": a noun that takes up what was told."""
    t = x.tree.tokens
    trigger = x.candidate.trigger
    if t.deps[trigger] == "amod" and x.candidate.sense.part != "N":
        trigger = t.heads[trigger]  # "the injured girl"
    if not t.tags[trigger].startswith("NN"):
        return False
    return any(t.deps[k] == "poss" or is_taking_up(x, k) for k in x.tree.kids(trigger))


@_once
def is_denied_deed(x: Told) -> bool:
    """True for "denied shelling the port", "denied that it had shelled it": somebody did, as others say.

    Not for "denied accusations of shelling towns", of which the text may have told none.
    """
    is_of_other = x.mention.polarity == "negative" and any(a.role == "agent" for a in x.mention.arguments)
    if not is_of_other or x.mention.kind == "responsibility":
        return False
    t = x.tree.tokens
    cues = (verbs().get(t.lowers[t.heads[k]]) for k in (x.candidate.trigger, x.candidate.clause))
    return any(cue is not None and cue.cue_class == "deny" for cue in cues)


@_once
def is_taken_up(x: Told) -> bool:
    """True for "the attack" and "that raid", nouns without an owner."""
    return x.candidate.sense.part == "N" and any(is_taking_up(x, k) for k in x.tree.kids(x.candidate.trigger))


def is_taking_up(x: Told, k: int) -> bool:
    """True for a determiner that points at what was told: "the", "that"."""
    t = x.tree.tokens
    return t.deps[k] == "det" and t.lowers[k] in _TAKING_UP


@_once
def is_bare_plural(x: Told) -> bool:
    """True for a plural noun: "strikes" are not the strike; "sanctions" has no other form."""
    t = x.tree.tokens
    trigger = x.candidate.trigger
    is_plural = t.tags[trigger] in ("NNS", "NNPS") and t.lowers[trigger] not in _PLURAL_ONLY
    return is_plural and x.candidate.sense.part == "N"


@_once
def is_campaign(x: Told) -> bool:
    """True for "strikes", "raids" without a number or a day: what goes on, told beside one of them."""
    t = x.tree.tokens
    if not is_bare_plural(x) or x.mention.time_rule in _TOLD_DAYS or x.mention.kind == "kill_or_wound":
        return False
    return not any(t.deps[k] in ("nummod", "det", "poss") for k in x.tree.kids(x.candidate.trigger))


@_once
def is_new(x: Told) -> bool:
    """True for "a child was killed": a participant that the text tells of for the first time."""
    t = x.tree.tokens
    heads = [f.head for role in ("agent", "target") for f in x.candidate.roles.get(role, ())]
    if x.candidate.sense.part == "N" and not heads:
        heads = [x.candidate.trigger]
    return any(t.lowers[k] in _INDEFINITE and t.deps[k] == "det" for head in heads for k in x.tree.kids(head))


@_once
def is_new_noun(x: Told) -> bool:
    """True for "a raid", "an air strike on the port": a happening that the text tells of for the first time."""
    t, trigger = x.tree.tokens, x.candidate.trigger
    if x.candidate.sense.part != "N" or t.lowers[trigger] in _HAPPENING_ONCE:
        return False
    return any(t.lowers[k] in _INDEFINITE and t.deps[k] == "det" for k in x.tree.kids(trigger))


@_once
def is_another(x: Told) -> bool:
    """True for "another attack", "two other people": what is told apart from what was told before."""
    t = x.tree.tokens
    heads = [x.candidate.trigger]
    if x.mention.kind not in _OF_SIDES:  # "clashes with other groups" are not other clashes
        heads += [f.head for f in x.candidate.roles.get("target", ())]
    if not is_taken_up(x) and any(
        t.deps[k] == "advmod" and t.lowers[k] in _TOLD_APART for k in x.tree.kids(x.candidate.clause)
    ):
        return True  # "earlier they imposed sanctions", but not "they further tightened the siege"
    return any(
        t.lowers[k] in _TOLD_APART and not (_is_of_another_fate(x, k) or _is_of_earlier_sum(x, k))
        for head in heads
        for k in (head, *x.tree.kids(head))
    )


def _is_of_another_fate(x: Told, k: int) -> bool:
    """True for the "others" of "four killed and nine others wounded": other people than the dead, not others again."""
    t, own = x.tree.tokens, x.candidate.sense.counts
    if x.mention.kind != "kill_or_wound" or t.lowers[k] not in _OTHERS:
        return False
    told = (senses().get(t.lowers[n], ()) for n in range(x.tree.first, k))
    return any(s.kind == "kill_or_wound" and s.counts not in (None, own) for found in told for s in found)


def _is_of_earlier_sum(x: Told, k: int) -> bool:
    """True for the "previous" of "the previous toll was nine": an earlier count of the same dead."""
    t = x.tree.tokens
    is_sum = t.lowers[x.candidate.trigger] in _SUMS
    return is_sum and t.heads[k] == x.candidate.trigger and t.lowers[k] in _OUTDATED


def head_of(argument: EventArgument, told: Told) -> str | None:
    """The head noun of an argument in lower case; None for pronouns and bare numbers."""
    t = told.tree.tokens
    head = token_of(argument, told)
    return t.lowers[head] if head >= 0 and t.tags[head] not in _SPREAD and t.tags[head] != "CD" else None


def token_of(argument: EventArgument, told: Told) -> int:
    """The token that heads an argument; -1 where no filler of the candidate does."""
    key = argument.start, argument.end
    found: int | None = told.kept.get(key)
    if found is None:
        t = told.tree.tokens
        heads = (filler.head for fillers in told.candidate.roles.values() for filler in fillers)
        within = (k for k in heads if t.starts[k] >= argument.start and t.ends[k] <= argument.end)
        found = told.kept[key] = next(within, -1)
    return found


def people_of(x: Told, referents: Referents) -> tuple[float, float] | None:
    """The least and the most people that a mention tells of; None where it does not say."""
    if "people" not in x.kept:
        x.kept["people"] = _read_people(x, referents)
    found: tuple[float, float] | None = x.kept["people"]
    return found


def _read_people(x: Told, referents: Referents) -> tuple[float, float] | None:
    figures = referents.found.figures
    counted = [figures[c.figure] for c in x.mention.counts if c.scope == "event"]
    if counted:
        return max(f.low or 0.0 for f in counted), max(f.high or float("inf") for f in counted)
    t = x.tree.tokens
    heads = [f.head for f in x.candidate.roles.get("target", ()) if not f.is_inferred]
    if referents.is_headline(x.sentence) and any(t.tags[h] in PROPER for h in heads):
        return None  # a headline in capitals is read badly
    if not heads or any(t.tags[h] not in ("NN", "NNP", "NNS", "NNPS") for h in heads):
        return None
    several = sum(t.tags[h] in ("NNS", "NNPS") for h in heads)
    if several:
        return float(len(heads) + several), float("inf")
    is_one = all(referents.labels(x.tree, h) & _PERSONS for h in heads)
    return (float(len(heads)), float(len(heads))) if is_one else None


def in_one_role(a: Told, b: Told, *roles: str) -> list[tuple[EventArgument, EventArgument]]:
    """The arguments of two mentions that have one role, each of ``a`` with each of ``b``."""
    one, other = by_role(a), by_role(b)
    if one.keys().isdisjoint(other):
        return []
    return [(p, q) for role in roles if role in one and role in other for p in one[role] for q in other[role]]
