"""Which mentions of one article are one happening, and which are the cause of which.

Belongs here: ``same_event`` and ``caused_by`` from structure, repetition and agreement of arguments.
Does not belong here: events across articles (``ingest.resolve``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import Tree
from ingest.records import EventMention

_CAUSES = frozenset(["strike", "clash", "take", "advance", "encircle", "abuse", "protest", "detain", "deploy"])
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the candidate and the tree that it was made from."""

    mention: EventMention
    candidate: Candidate
    tree: Tree


def join(told: Sequence[Told]) -> list[EventMention]:
    """The mentions with ``caused_by`` and ``same_event`` filled, in the same order."""
    caused = [_cause(told, k) for k in range(len(told))]
    return [replace(x.mention, caused_by=caused[k]) for k, x in enumerate(told)]


def _cause(told: Sequence[Told], k: int) -> int | None:
    """The cause of an effect: what its roles or the tree say, else the one cause of its sentence."""
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
        if _is_under(t.heads, told[n].candidate.trigger, x.candidate.clause):
            return n
    return None


def _is_under(heads: Sequence[int], token: int, head: int) -> bool:
    for _ in range(6):
        if token == head:
            return True
        if heads[token] == token:
            return False
        token = heads[token]
    return False
