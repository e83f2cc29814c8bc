"""Who lays a deed to whom: two voices that charge each other tell of one deed, though they name two who did it.

Belongs here: the charges of an account, and whether two accounts charge each other. Does not belong here: what another
agent is worth (``scoring``), how such statements are related (``told``, ``doers``), for which party somebody speaks
(``parties``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.kinds import families
from ingest.resolve.model import Account
from ingest.resolve.parties import country_of, parties_of_agents, parties_of_voice

_DEEDS = "violence"  # the family of kinds of what somebody is charged with

Charge = tuple[frozenset[str], frozenset[str]]  # the parties for which a voice speaks, and those whom it charges


def charges_of(account: Account) -> frozenset[Charge]:
    """What the voices of an account say of who did it, by parties; a publisher charges nobody in its own voice.

    Nor does who owns up to a deed: that the same voice charges others with one makes no one deed of the two.
    """
    country = country_of(account)
    deeds = (s for s in account.statements if s.is_told and families().get(s.kind) == _DEEDS)
    told = (s for s in deeds if s.agents and not s.voice.is_publisher)
    found = ((s, parties_of_voice(s, country), parties_of_agents(s, country)) for s in told)
    return frozenset((own, charged) for s, own, charged in found if charged and (s.is_negative or not own & charged))


def charge_each_other(ours: Iterable[Charge], theirs: Iterable[Charge]) -> bool:
    """True where a voice of the one speaks for whom a voice of the other charges, and lays it to others."""
    return any(
        charged.isdisjoint(charged_too) and not (own.isdisjoint(charged_too) and own_too.isdisjoint(charged))
        for own, charged in ours
        for own_too, charged_too in theirs
    )
