"""Who lays a deed to whom: two voices that charge each other tell of one deed, though they name two who did it.

Belongs here: the charges of an account, and whether two accounts charge each other. Does not belong here: what another
agent is worth (``scoring``), how such statements are related (``told``, ``doers``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.kinds import families, stems_of
from ingest.resolve.model import Account, Statement
from ingest.resolve.voices import stems

_IRREGULAR = "irregular"  # those who fight a state, where no side is told
_DEEDS = "violence"  # the family of kinds of what somebody is charged with
_NOBODY: frozenset[str] = frozenset()

Charge = tuple[frozenset[str], frozenset[str]]  # the parties for which a voice speaks, and those whom it charges


def charges_of(account: Account) -> frozenset[Charge]:
    """What the voices of an account say of who did it, by parties; a publisher charges nobody in its own voice.

    Nor does who owns up to a deed: that the same voice charges others with one makes no one deed of the two.
    """
    country = next((place.country for place in account.places if place.country), None)
    deeds = (s for s in account.statements if s.is_told and families().get(s.kind) == _DEEDS)
    told = (s for s in deeds if s.agents and not s.voice.is_publisher)
    found = ((s, _parties_of_voice(s, country), _parties_of_agents(s, country)) for s in told)
    return frozenset((own, charged) for s, own, charged in found if charged and (s.is_negative or not own & charged))


def charge_each_other(ours: Iterable[Charge], theirs: Iterable[Charge]) -> bool:
    """True where a voice of the one speaks for whom a voice of the other charges, and lays it to others."""
    return any(
        charged.isdisjoint(charged_too) and not (own.isdisjoint(charged_too) and own_too.isdisjoint(charged))
        for own, charged in ours
        for own_too, charged_too in theirs
    )


def _parties_of_voice(statement: Statement, country: str | None) -> frozenset[str]:
    voice = statement.voice
    return frozenset([voice.side]) if voice.side is not None else _party_of(voice.words | voice.role, country)


def _parties_of_agents(statement: Statement, country: str | None) -> frozenset[str]:
    sides = frozenset(p.side for p in statement.agents if p.side)
    return sides or _NOBODY.union(*(_party_of(p.words | stems(p.name or ""), country) for p in statement.agents))


def _party_of(words: frozenset[str], country: str | None) -> frozenset[str]:
    """The state whose army it is, or those who fight it; none where the words tell neither."""
    if not words.isdisjoint(stems_of("irregular_terms")):
        return frozenset([_IRREGULAR])
    is_of_state = country is not None and not words.isdisjoint(stems_of("state_terms"))
    return frozenset([country]) if is_of_state and country is not None else _NOBODY
