"""Whose side those are on who are named by their part in a conflict: "the enemy", "the regime", "rebels".

Belongs here: the side of participants that is told by where they fight or whom they fight. Does not belong here:
sides of names (``ingest.extract.claims``), of "our forces" (``identity``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.extract.claims.coreference.sides import opposition_of, ruled_by, side_of
from ingest.extract.events.entities import ARMS, PLACES
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.extract.lexicon import words
from ingest.records import Claim, EventArgument, Location
from ingest.values import replace

_ENEMIES = listed("scope.toml", "enemies")
_WORD = re.compile(r"[\w-]+")
_FORCES = ARMS | {"armed"}
_FIGHTING = frozenset(
    ["strike", "clash", "take", "hold", "leave", "advance", "encircle", "kill_or_wound", "destroy", "deploy", "abuse"]
)


def with_enemies(told: Sequence[Told], claims: Sequence[Claim]) -> list[Told]:
    """The mentions, "the enemy" in the words of a speaker of one side being the other side that fights in the text.

    Left as it is where the speaker has no side, and where the text tells of no other side or of several alike.
    """
    sides = Counter(
        a.side
        for x in told
        if x.mention.kind in _FIGHTING
        for a in x.mention.arguments
        if a.side is not None and a.role in ("agent", "target")
    )
    if not sides:
        return list(told)
    return [_with_enemy(x, claims, sides) for x in told]


def _with_enemy(x: Told, claims: Sequence[Claim], sides: Counter[str]) -> Told:
    own = claims[x.mention.claim].speaker_side if x.mention.claim is not None else None
    if own is None or not any(_is_enemy(x, a) for a in x.mention.arguments):
        return x
    others = Counter({side: n for side, n in sides.items() if side != own}).most_common(2)
    if not others or (len(others) == 2 and others[0][1] == others[1][1]):
        return x
    enemy = others[0][0]
    given = tuple(replace(a, side=enemy, is_inferred=True) if _is_enemy(x, a) else a for a in x.mention.arguments)
    return replace(x, mention=replace(x.mention, arguments=given))


def _is_enemy(x: Told, argument: EventArgument) -> bool:
    """True of an agent or a target without a side that is named by being opposed to who speaks."""
    if argument.side is not None or argument.role not in ("agent", "target"):
        return False
    words = x.tree.analysis.text[argument.start : argument.end].lower().split()
    return not _ENEMIES.isdisjoint(words)


def with_parties(told: Sequence[Told], locations: Sequence[Location]) -> list[Told]:
    """The mentions, "the regime" and "rebels" being those of the state in which it happens.

    That is the state of the mention's own place, else the one in which most of the text's fighting is. Left as they are
    where that is not known, and where the words name a side themselves.
    """
    states = [_state(x, locations) for x in told]
    fought = Counter(
        state for x, state in zip(told, states, strict=True) if state is not None and x.mention.kind in _FIGHTING
    ).most_common(2)
    main = fought[0][0] if fought and (len(fought) == 1 or fought[0][1] > fought[1][1]) else None
    return [_with_party(x, state or main) for x, state in zip(told, states, strict=True)]


def _state(x: Told, locations: Sequence[Location]) -> str | None:
    """The state of the place where a mention happens; None where it has none."""
    return next(
        (
            locations[a.location].country
            for a in x.mention.arguments
            if a.role in ("place", "target") and a.location is not None and locations[a.location].country is not None
        ),
        None,
    )


def _with_party(x: Told, state: str | None) -> Told:
    if state is None:
        return x
    given = tuple(
        replace(a, side=side, is_inferred=True) if (side := _party(x, a, state)) is not None else a
        for a in x.mention.arguments
    )
    return x if given == x.mention.arguments else replace(x, mention=replace(x.mention, arguments=given))


def _party(x: Told, argument: EventArgument, state: str) -> str | None:
    """The side of an agent or a target that is named as those who govern a state, their forces, or their opponents."""
    is_somebody = argument.role in ("agent", "target") and argument.argument_class not in PLACES
    if argument.side is not None or not is_somebody:
        return None
    text = x.tree.analysis.text[argument.start : argument.end]
    named = set(_WORD.findall(text.lower()))
    side = None
    if not named.isdisjoint(words("camps.toml", "opposed")):
        side = opposition_of(state)
    elif argument.argument_class in _FORCES and (ruled := next(filter(None, map(ruled_by, sorted(named))), None)):
        side = ruled
    elif not named.isdisjoint(words("camps.toml", "ruling")):
        side = state
    return side if side is not None and side_of(text) is None else None
