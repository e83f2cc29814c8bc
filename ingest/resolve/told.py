"""A statement where it stands, and whether two of them have one voice.

Belongs here: what the rules of relations ask of two statements whatever they are of. Does not belong here: the rules
(``relations``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.resolve.model import Account, Member, Statement, Voice

_STATE = "state"  # how the key of a state that speaks begins


@dataclass(frozen=True, slots=True)
class Told:
    """A statement where it stands: of which account and event member."""

    statement: Statement
    member: Member

    @property
    def account(self) -> Account:
        """The account that it is part of."""
        return self.member.account

    @property
    def order(self) -> tuple[Any, ...]:
        """What sorts statements by when they were told; the same whatever order they were landed in."""
        account = self.account
        return (
            account.published_date or date.max,
            not self.member.is_superseded,  # what an article said before it was edited
            account.article_version_id,
            self.statement.start,
            self.statement.ordinal,
        )


def is_same_voice(one: Statement, other: Statement) -> bool:
    """True of the same speaker, or the same publisher in its own voice."""
    return one.voice.key == other.voice.key


def is_independent(one: Told, other: Told) -> bool:
    """True of two voices neither of which has it from the other.

    Two speakers are, but not a state and who speaks for it; two publishers where their texts have two origins; a
    publisher and a speaker where the publisher's article is not the one that quotes the speaker, nor a copy of it.
    """
    a, b = one.statement.voice, other.statement.voice
    if a.key == b.key or not (a.is_named or b.is_named) or speaks_for(a, b) or speaks_for(b, a):
        return False
    if not a.is_publisher and not b.is_publisher:
        return one.account.article_id == other.account.article_id or a.origin != b.origin
    return a.origin != b.origin and a.outlet != b.outlet


def speaks_for(one: Voice, state: Voice) -> bool:
    """True of a speaker of a state's side, and the state itself: "Russia said" is what its ministry has said."""
    return not one.is_publisher and one.side is not None and state.key == f"{_STATE}:{one.side}"


def days_apart(one: Told, other: Told) -> int | None:
    """Days from the publication of the one to that of the other; None where one has no date."""
    a, b = one.account.published_date, other.account.published_date
    return (b - a).days if a and b else None


def are_opposed(one: Told, other: Told) -> bool:
    """True of two voices that speak for two sides."""
    a, b = one.statement.voice.side, other.statement.voice.side
    return a is not None and b is not None and a != b
