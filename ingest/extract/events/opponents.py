"""Which side a speaker calls the enemy: the one that the text sets against the speaker's own.

Belongs here: the side of participants that are named by being opposed to the speaker. Does not belong here: sides
of names (``ingest.extract.claims``), of "our forces" (``identity``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.records import Claim, EventArgument

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
    return not listed("scope.toml", "enemies").isdisjoint(words)
