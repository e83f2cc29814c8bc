"""What event mentions tell of the other facts: the topic of a claim, the status of a figure.

Belongs here: the one step after all extractors, which replaces a reading made before events were known
by the one that follows from them. Does not belong here: finding any fact. The codes are data
(``data/events.toml``): a language has none of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.base import Found
from ingest.records import Claim, EventMention, Figure

_STEPS = 30  # words up the tree
_DEEP = 4  # a mention farther below its claim's predicate is no longer what the claim is about


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads((files("ingest.extract") / "data" / "events.toml").read_text(encoding="utf-8"))


def refine(analysis: Analysis, found: Found) -> None:
    """Replace topics of claims and statuses of figures in ``found`` where event mentions say otherwise."""
    if not found.events:
        return
    found.figures = statuses(found.figures, found.events)
    found.claims = topics(analysis, found.claims, found.events)


def statuses(figures: Sequence[Figure], events: Sequence[EventMention]) -> list[Figure]:
    """The figures, each with the status that its role in an event says; those without a role as they are."""
    known: dict[str, list[str]] = _codes()["statuses"]
    refined = list(figures)
    for event in events:
        for count in event.counts:
            allowed = known.get(count.role)
            figure = refined[count.figure]
            if allowed is not None and figure.status not in allowed:
                refined[count.figure] = replace(figure, status=allowed[0])
    return refined


def topics(analysis: Analysis, claims: Sequence[Claim], events: Sequence[EventMention]) -> list[Claim]:
    """The claims, each with the topic of the mention that stands nearest to its predicate.

    A topic read from the claim's words stays where one of its mentions allows it, where it has none, and where
    the mention is not the predicate itself.
    """
    held: dict[int, list[EventMention]] = {}
    for event in events:
        at = event.claim
        while at is not None:
            held.setdefault(at, []).append(event)
            at = claims[at].parent
    return [
        replace(claim, topic=topic) if (topic := _topic(analysis, claim, held.get(k, ()))) != claim.topic else claim
        for k, claim in enumerate(claims)
    ]


def _topic(analysis: Analysis, claim: Claim, events: Sequence[EventMention]) -> str:
    allowed: dict[str, list[str]] = _codes()["topics"]
    ranked = sorted(
        (_depth(analysis, claim, event), event.char_start, n) for n, event in enumerate(events) if event.kind in allowed
    )
    if not ranked:
        return claim.topic
    depth, _, n = ranked[0]
    nearest = [events[m] for d, _, m in ranked if d <= depth + 1]
    if any(claim.topic in allowed[event.kind] for event in nearest):
        return claim.topic
    if claim.topic != "other" and (depth or claim.topic in _codes()["kept"]["topics"]):
        return claim.topic
    if depth > _DEEP:
        return claim.topic
    event = events[n]
    classes = {a.argument_class for a in event.arguments if a.role == "target"}
    for rule in _codes()["by_class"]:
        if rule["kind"] == event.kind and not classes.isdisjoint(rule["classes"]):
            return str(rule["topic"])
    return allowed[event.kind][0]


def _depth(analysis: Analysis, claim: Claim, event: EventMention) -> int:
    """Words between the mention's trigger and the top of the claim's content in the tree."""
    t = analysis.tokens
    part = next((s for s in claim.content if s.start <= event.char_start < s.end), None)
    if part is None:
        return _STEPS
    at = analysis.token_at(event.char_start)
    for depth in range(_STEPS):
        head = t.heads[at]
        if head in (NO_HEAD, at) or not part.start <= t.starts[head] < part.end:
            return depth
        at = head
    return _STEPS
