"""Which mention of a sentence is the cause of which: the strike of its dead and its damage.

Belongs here: ``caused_by``, from roles and the tree. Does not belong here: which mentions are one happening
(``coreference``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.clauses import under
from ingest.extract.events.model import Told
from ingest.records import EventArgument

_CAUSES = frozenset(["strike", "clash", "take", "advance", "encircle", "abuse", "protest", "detain", "deploy"])
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])


def causes(told: Sequence[Told]) -> list[int | None]:
    """For each mention the index of the one that caused it, None for none."""
    return [_cause(told, k) for k in range(len(told))]


def _cause(told: Sequence[Told], k: int) -> int | None:
    """The cause of an effect: what its roles or the tree of its sentence say; None where they say nothing."""
    x = told[k]
    if x.mention.kind not in _EFFECTS:
        return None
    near = [
        n
        for n in range(max(0, k - 12), min(len(told), k + 13))
        if n != k and told[n].candidate.sentence == x.candidate.sentence and told[n].mention.kind in _CAUSES
    ]
    heads = {f.head for role in ("cause", "agent", "instrument") for f in x.candidate.roles.get(role, ())}
    for n in near:
        if told[n].candidate.trigger in heads:
            return n
    t = x.tree.tokens
    above = t.heads[x.candidate.clause]
    for n in near:
        if told[n].candidate.clause == above or told[n].candidate.trigger == above:
            return n
    for n in near:
        if under(x.tree, told[n].candidate.trigger, x.candidate.clause):
            return n
    first = t.heads[x.candidate.clause]
    if t.deps[x.candidate.clause] == "conj":  # "killing six and wounding 12"
        for n in range(max(0, k - 6), k):
            other = told[n]
            if other.candidate.clause == first and other.candidate.sentence == x.candidate.sentence:
                return _cause(told, n) if other.mention.kind in _EFFECTS else None
    return None


def with_agents(told: Sequence[Told], caused_by: Sequence[int | None]) -> list[Told]:
    """The mentions with the agents that cause and effect share.

    Of "shells fired by rebels killed two" the rebels killed; of "the rebels killed two in a raid" they raided. Of
    "two were killed in a raid by rebels" the text leaves open who killed.
    """
    found = list(told)
    for k, cause in enumerate(caused_by):
        if cause is None:
            continue
        if _is_told_of_instrument(told[k], told[cause]):
            found[k] = _with(found[k], _agents(told[cause]))
        elif told[cause].candidate.sense.part == "N":
            found[cause] = _with(found[cause], [a for a in _agents(told[k]) if not a.is_inferred])
    return found


def _is_told_of_instrument(effect: Told, cause: Told) -> bool:
    """True for "shells fired by rebels killed": the cause is told of what did it."""
    heads = {f.head for role in ("instrument", "cause") for f in effect.candidate.roles.get(role, ())}
    return effect.tree.tokens.heads[cause.candidate.clause] in heads


def _with(x: Told, agents: Sequence[EventArgument]) -> Told:
    if not agents or _agents(x):
        return x
    given = tuple(replace(a, is_inferred=True) for a in agents)
    return replace(x, mention=replace(x.mention, arguments=(*given, *x.mention.arguments)))


def _agents(x: Told) -> list[EventArgument]:
    return [a for a in x.mention.arguments if a.role == "agent"]
