"""Who is said to hold a place, and what two such statements are to each other.

Belongs here: states as intervals, and the rules on two of one place and time. Does not belong here: which statements
are of one state (``events``), the rules on what happened (``relations``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.resolve.kinds import allied_sides, families
from ingest.resolve.told import (
    Told,
    Verdict,
    agent_sides,
    have_own_knowledge,
    is_denial,
    is_one_authority,
    is_same_voice,
)

_SAME_STATE_DAYS = 1
_STATE_GOES_ON_DAYS = 3
_HOLDING = frozenset(["take", "hold"])
# of ground that is told from a place, "near X", "north of X", the place itself is not held
_TOLD_FROM = frozenset(["near", "direction_of"])
_WATER = 7  # precision of rivers, lakes and seas: who holds a bank holds no river


@dataclass(frozen=True, slots=True)
class State:
    """Who is said to hold a place, or not to, on which day; ``goes_on`` where that holds on afterwards."""

    place_id: str
    holder: str
    holds: bool
    day: date
    goes_on: bool


def holding(told: Told) -> State | None:
    """The state of a place that a statement tells of; None where it does not say who holds what.

    ``take`` begins a state and ``leave`` ends one: both hold on afterwards. ``hold`` is of its own days.
    """
    s = told.statement
    if families().get(s.kind) != "control" or not s.places or s.last_date is None:
        return None
    place, holders = s.places[0], agent_sides(s)
    if len(holders) != 1 or place.relation in _TOLD_FROM or place.precision == _WATER:
        return None
    [holder] = holders
    holds = (s.kind in _HOLDING) != s.is_negative
    return State(place.place_id, holder, holds, s.last_date, s.kind != "hold" and not s.is_negative)


def judge_states(one: Told, state: State, other: Told, later: State) -> Verdict | None:
    """What two statements on who holds a place are to each other; None where they are of two places or times."""
    if state.place_id != later.place_id or not _is_at_one_time(state, later):
        return None
    same_voice = is_same_voice(one.statement, other.statement)
    is_one_holder = state.holder == later.holder
    if not is_one_holder and any({state.holder, later.holder} <= group for group in allied_sides()):
        return None
    is_against = state.holds != later.holds if is_one_holder else state.holds and later.holds
    if is_against:
        if same_voice:
            return None
        return ("denies" if is_denial(one, other) else "contradicts", "control", "other_holder", 1.0)
    if not is_one_holder:
        # what the one side has left, the other has taken
        is_handed_over = state.holds != later.holds and have_own_knowledge(one, other)
        return ("corroborates", "control", "left_and_taken", 1.0) if is_handed_over else None
    if state.holds != later.holds:
        return None
    if same_voice or is_one_authority(one.statement, other.statement):
        is_again = one.account.article_id != other.account.article_id
        return ("repeats", "control", "holder_repeated", 1.0) if is_again else None
    return ("corroborates", "control", "same_holder", 1.0) if have_own_knowledge(one, other) else None


def _is_at_one_time(state: State, later: State) -> bool:
    """True of days that are one, near enough, or of which the one follows a change that the other tells of."""
    apart = (later.day - state.day).days
    goes_on = (state.goes_on and apart >= 0) or (later.goes_on and apart <= 0)
    return abs(apart) <= (_STATE_GOES_ON_DAYS if goes_on else _SAME_STATE_DAYS)
