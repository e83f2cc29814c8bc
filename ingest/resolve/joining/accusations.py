"""Who lays a deed to whom: two voices that accuse each other tell of one deed, though they name two who did it.

Belongs here: the accusations of an account, and whether two accounts accuse each other. Does not belong here: what
another agent is worth (``scoring``), how such statements are related (``statements``, ``harm``), for which party
somebody speaks (``parties``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.accounts.parties import country_of, parties_of_agents, parties_of_voice
from ingest.resolve.kinds import families
from ingest.resolve.model import Account

_DEEDS = "violence"  # the family of kinds of what somebody is accused of

Accusation = tuple[frozenset[str], frozenset[str]]  # the parties for which a voice speaks, and those whom it accuses


def accusations_of(account: Account) -> frozenset[Accusation]:
    """What the voices of an account say of who did it, by parties; a publisher accuses nobody in its own voice.

    Nor does who owns up to a deed: that the same voice accuses others of one makes no one deed of the two.
    """
    country = country_of(account)
    deeds = (s for s in account.statements if s.is_told and families().get(s.kind) == _DEEDS)
    told = (s for s in deeds if s.agents and not s.voice.is_publisher)
    found = ((s, parties_of_voice(s, country), parties_of_agents(s, country)) for s in told)
    return frozenset((own, accused) for s, own, accused in found if accused and (s.is_negative or not own & accused))


def accuse_each_other(ours: Iterable[Accusation], theirs: Iterable[Accusation]) -> bool:
    """True where a voice of the one speaks for whom a voice of the other accuses, and lays it to others."""
    return any(
        accused.isdisjoint(accused_too) and not (own.isdisjoint(accused_too) and own_too.isdisjoint(accused))
        for own, accused in ours
        for own_too, accused_too in theirs
    )
