"""For which party somebody acts or speaks: a side, else the state whose army it is, or those who fight it.

Belongs here: the parties of those whom a statement names as the agent, and of its voice, so that a war of which no side
is on file has two all the same. Does not belong here: what the parties of two statements are to each other
(``statements``), or of two accounts (``accusations``, ``scoring``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.accounts.voices import stems
from ingest.resolve.kinds import stems_of
from ingest.resolve.model import Account, Participant, Statement

IRREGULAR = "irregular"  # the side of those who are called "the rebels" and no more
STATE_CODE = 2  # letters of the side of a state; camps have longer names
_NOBODY: frozenset[str] = frozenset()


def sides(participants: Iterable[Participant]) -> frozenset[str]:
    """Sides of the participants that the text names as such."""
    return frozenset(p.side for p in participants if p.side)


def country_of(account: Account) -> str | None:
    """The country of which an account tells: there "the army" is that country's."""
    return next((place.country for place in account.places if place.country), None)


def parties_of_agents(statement: Statement, country: str | None) -> frozenset[str]:
    """The sides of its agents; where none has one, the party of each whose name tells it."""
    agents = statement.agents
    return sides(agents) or _NOBODY.union(*(_party_of(p.words | stems(p.name or ""), country) for p in agents))


def parties_of_voice(statement: Statement, country: str | None) -> frozenset[str]:
    """The side of the voice; where it has none, the party that its name or its office tells."""
    voice = statement.voice
    return frozenset([voice.side]) if voice.side is not None else _party_of(voice.words | voice.role, country)


def _party_of(words: frozenset[str], country: str | None) -> frozenset[str]:
    """The party of whose name these are the stems; none where it tells neither."""
    if not words.isdisjoint(stems_of("irregular_terms")):
        return frozenset([IRREGULAR])
    is_of_state = not words.isdisjoint(stems_of("state_terms"))
    return frozenset([country]) if is_of_state and country is not None else _NOBODY
