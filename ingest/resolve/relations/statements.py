"""A statement where it stands, and whether two of them have one voice.

Belongs here: what the rules of relations ask of two statements whatever they are of. Does not belong here: the rules
(``relations``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest.resolve.accounts.parties import (
    IRREGULAR,
    STATE_CODE,
    country_of,
    parties_of_agents,
    parties_of_voice,
    sides,
)
from ingest.resolve.accounts.voices import are_state_media
from ingest.resolve.days import days_between
from ingest.resolve.joining.scoring import counts_next_day
from ingest.resolve.kinds import are_allied
from ingest.resolve.model import Account, Member, Statement, Voice
from ingest.resolve.relations.authority import speaks_for
from ingest.values import value

# kind, axis, rule, factor on the rule's confidence
Verdict = tuple[str, str, str, float]

# classes of those who bear no arms
UNARMED = frozenset(["civilian", "child", "medic", "journalist"])
_LEAST_COPIED_WORDS, _LEAST_COPIED = 3, 0.7
_LONGEST_HAPPENING = 3  # days
_ONE_TIME_DAYS = 30  # a toll is told for weeks without saying when it was


@value(frozen=True, slots=True)
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
    publisher and a speaker where the publisher's article does not let that speaker speak, and is no copy of the other.
    """
    a, b = one.statement.voice, other.statement.voice
    if a.key == b.key or not (a.is_named or b.is_named) or speaks_for(a, b) or speaks_for(b, a):
        return False
    if not a.is_publisher and not b.is_publisher:
        return one.account.article_id == other.account.article_id or a.origin != b.origin
    return a.origin != b.origin and a.outlet != b.outlet and not gives_what_it_was_told(one, other)


def gives_what_it_was_told(one: Told, other: Told) -> bool:
    """True of a publisher, in whose article the other voice speaks, and that voice: its numbers are that speaker's."""
    a, b = one.statement.voice, other.statement.voice
    return (a.is_publisher and b.key in one.account.voices) or (b.is_publisher and a.key in other.account.voices)


def have_own_knowledge(one: Told, other: Told) -> bool:
    """True of two independent voices that have not the same source: two sides, or two publishers.

    A publisher that names no source has its numbers from those who give them elsewhere, and the offices of one state
    from each other.
    """
    a, b = one.statement.voice, other.statement.voice
    if a.is_publisher != b.is_publisher or not (a.is_named and b.is_named) or is_copied(one, other):
        return False
    if not a.is_publisher and a.side is not None and a.side == b.side:
        return False
    is_one_text = one.account.article_id == other.account.article_id
    if is_one_text and None in (a.side, b.side) and not (_is_known_body(a) and _is_known_body(b)):
        return False  # of "a monitor" and "its director" one text tells the same twice
    return is_independent(one, other)


def _is_known_body(voice: Voice) -> bool:
    """True of an institution, a group or a country that goes by a name of its own: no "monitor", nor a person."""
    return voice.is_named and voice.body is not None


def is_copied(one: Told, other: Told) -> bool:
    """True of two publishers that tell it in the same words: a paragraph of one agency."""
    if not one.statement.voice.is_publisher:
        return False
    ours, theirs = one.statement.words, other.statement.words
    shared = len(ours & theirs)
    return shared >= _LEAST_COPIED_WORDS and shared >= _LEAST_COPIED * max(len(ours), len(theirs))


def is_one_authority(one: Statement, other: Statement) -> bool:
    """True of one voice, of two of which the one speaks for the other, and of the media of one state.

    "State television" and "the Syrian state news agency" have their numbers from one state.
    """
    return speaks_as_one(one, other) or _are_media_of_one_state(one.voice, other.voice)


def speaks_as_one(one: Statement, other: Statement) -> bool:
    """True of one voice, and of two of which the one speaks for the other."""
    a, b = one.voice, other.voice
    return is_same_voice(one, other) or speaks_for(a, b) or speaks_for(b, a)


def _are_media_of_one_state(one: Voice, other: Voice) -> bool:
    """True of two of one side; where a side is missing, of two that are called a state's: of one event in one state."""
    if not (one.is_media and other.is_media):
        return False
    if one.side and other.side:
        return one.side == other.side
    return are_state_media(one.name or "") and are_state_media(other.name or "")


def days_apart(one: Told, other: Told) -> int | None:
    """Days from the publication of the one to that of the other; None where one has no date."""
    a, b = one.account.published_date, other.account.published_date
    return (b - a).days if a and b else None


def have_days_in_common(one: Told, other: Told) -> bool:
    """True where a day fits what both tell; what happened a day later may be another happening.

    A night belongs to two days: where both give one toll of it, days that follow each other fit.
    """
    gap = days_between(one.account, other.account)
    return gap is not None and (gap <= 0 or counts_next_day(one.account, other.account))


def is_of_days(told: Told) -> bool:
    """True of what happened within some days, as far as its account says when."""
    first, last = told.account.first_date, told.account.last_date
    return first is not None and last is not None and (last - first).days <= _LONGEST_HAPPENING


def is_pinned(told: Told) -> bool:
    """True of what is told of a point and of some days: not of a war, nor of an invasion."""
    account = told.account
    return not account.is_place_carried and is_of_days(told) and any(p.is_point for p in account.places)


def are_opposed(one: Told, other: Told) -> bool:
    """True of two voices that speak for two sides."""
    a, b = one.statement.voice.side, other.statement.voice.side
    return a is not None and b is not None and a != b


def have_told_days_apart(one: Told, other: Told) -> bool:
    """True of two statements of which the days lie weeks apart, whatever days their accounts have."""
    gap = days_between(one.statement, other.statement)
    return gap is not None and gap > _ONE_TIME_DAYS


def agent_sides(statement: Statement) -> frozenset[str]:
    """Sides that a statement names as the agent; of one that names a body without a side, its key."""
    return sides(statement.agents) or frozenset(p.actor_key for p in statement.agents if p.actor_key)


def parties(told: Told) -> frozenset[str]:
    """Those whom a statement names as the agent: their parties, else the keys of bodies of none."""
    return parties_of_agents(told.statement, country_of(told.account)) or agent_sides(told.statement)


def own_parties(told: Told) -> frozenset[str]:
    """Whom a speaker speaks for: his key, and his side, or the party that his name tells."""
    return parties_of_voice(told.statement, country_of(told.account)) | {told.statement.voice.key}


def are_at_odds(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """True of parties of which none is of the other's; "the rebels" may be any but a state."""
    named = (ours | theirs) - {IRREGULAR}
    if ours & theirs or (len(named) > 1 and are_allied(named)):
        return False
    return IRREGULAR not in ours | theirs or all(len(side) == STATE_CODE for side in named)


def is_denial(one: Told, other: Told) -> bool:
    """True where a speaker says, not before the other, that what the other says is not so.

    A publisher that says so contradicts, and so does who speaks against what a publisher writes in its own voice: it
    answers those whom the publisher has heard.
    """
    if one.statement.is_negative == other.statement.is_negative:
        return False
    said, negative = (one, other) if other.statement.is_negative else (other, one)
    is_later = negative is other or days_apart(one, other) == 0
    return is_later and not negative.statement.voice.is_publisher and not said.statement.voice.is_publisher
