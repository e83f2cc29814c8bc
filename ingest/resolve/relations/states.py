"""Who is said to hold a place, and what two such statements are to each other.

Belongs here: states as intervals, and the rules on two of one place and time. Does not belong here: which statements
are of one state (``events``), the rules on what happened (``relations``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ingest.resolve.accounts.mention_links import DATED
from ingest.resolve.accounts.parties import IRREGULAR, sides
from ingest.resolve.kinds import families, stems_of
from ingest.resolve.model import COUNTRY, WATER, Place, Statement
from ingest.resolve.relations.statements import (
    Told,
    Verdict,
    are_at_odds,
    have_own_knowledge,
    is_denial,
    is_one_authority,
    is_same_voice,
    own_parties,
    parties,
)
from ingest.values import replace, value

_SAME_STATE_DAYS = 1
_STATE_GOES_ON_DAYS = 3
_HOLDING = frozenset(["take", "hold"])
# of ground that is told from a place, "near X", "north of X", the place itself is not held
_TOLD_FROM = frozenset(["near", "direction_of"])
# what nobody is said to hold as such: of a country a part is meant, of a river, a lake or a sea a bank
_NEVER_HELD = frozenset([COUNTRY, WATER])


@value(frozen=True, slots=True)
class State:
    """Who is said to hold a place, or not to, on which day; ``goes_on`` where that holds on afterwards."""

    place: Place
    holder: str
    holds: bool
    day: date
    goes_on: bool
    extent: str = "whole"

    @property
    def place_id(self) -> str:
        """The place, by its id."""
        return self.place.place_id


def states_of(told: Iterable[Told], *, with_unnamed: bool = False) -> list[tuple[Told, State]]:
    """The states that the statements of an event tell of, each with its statement.

    With ``with_unnamed``, also those of "the rebels" and "the army" of which no text says whose they are.

    What an article tells by the way gives way to what it tells: "the rebel-held town" to its capture, and to the part
    of the town that it says they hold. A change that is told by the way is of long before, and no state.
    """
    listed = list(told)
    holders, takers = _holders_by_voice(listed), _takers(listed)
    read = [(t, state) for t in listed if (state := holding(t, holders, takers, with_unnamed=with_unnamed)) is not None]
    of_article: dict[tuple[str, str], list[tuple[Told, State]]] = defaultdict(list)
    for t, state in read:
        of_article[t.account.article_version_id, state.place_id].append((t, state))
    kept, past = [], _told_back_and_forth(listed)
    for t, state in ((t, state) for t, state in read if state.place.relation not in _TOLD_FROM):
        beside = of_article[t.account.article_version_id, state.place_id]
        if _sentence(t) in past:
            continue
        if not t.statement.is_background:
            kept.append((t, state))
            continue
        is_ended = any(_ends(s, state) for other, s in beside if not other.statement.is_background)
        if t.statement.kind == "hold" and not is_ended:
            is_part = any(s.extent == "part" and s.holder == state.holder for _, s in beside)
            kept.append((t, replace(state, extent="part") if is_part else state))
    return kept


def _holders_by_voice(told: list[Told]) -> dict[tuple[str, str], str | None]:
    """Who takes a place in the words of each voice; None where these name two: "has been taken" is told of the one."""
    holders: dict[tuple[str, str], str | None] = {}
    for t in told:
        s = t.statement
        named = sides(s.agents) or _of_own_side(s)
        if s.kind == "take" and s.held is not None and not s.is_negative and len(named) == 1:
            [holder] = named
            key = (s.voice.key, s.held.place_id)
            holders[key] = holder if holders.get(key, holder) == holder else None
    return holders


def _takers(told: Iterable[Told]) -> dict[str, str]:
    """The one side of which it is said that it has taken a place, by the place's id."""
    found: dict[str, set[str]] = defaultdict(set)
    for t in told:
        s = t.statement
        if s.kind == "take" and s.held is not None and not s.is_negative:
            found[s.held.place_id] |= sides(s.agents) or _of_own_side(s)
    return {place: named.pop() for place, named in found.items() if len(named) == 1}


def _told_back_and_forth(told: Iterable[Told]) -> set[tuple[str, int, int]]:
    """Where a sentence tells of two takings of a place and dates neither: what it had been through before."""
    takings = Counter(_sentence(t) for t in told if t.statement.kind == "take" and t.statement.time_rule not in DATED)
    return {sentence for sentence, many in takings.items() if many > 1}


def _sentence(told: Told) -> tuple[str, int, int]:
    return told.account.article_version_id, told.statement.start, told.statement.end


def _ends(change: State, state: State) -> bool:
    """True of a change after which a holder holds a place no more: he has left it, or another has taken it."""
    return change.goes_on and change.holds == (change.holder != state.holder)


def holding(
    told: Told,
    holders: Mapping[tuple[str, str], str | None],
    takers: Mapping[str, str],
    *,
    with_unnamed: bool = False,
) -> State | None:
    """The state of a place that a statement tells of; None where it does not say who holds what.

    ``holders`` are those whom each voice names for a place that it says was taken, ``takers`` the one whom all name:
    "the town has not fallen" is told of him. ``take`` begins a state and ``leave`` ends one: both hold on afterwards.
    ``hold`` is of its own days.
    """
    s = told.statement
    if families().get(s.kind) != "control" or s.held is None or s.last_date is None:
        return None
    place = s.held
    held_by = sides(s.agents) or _of_own_side(s)
    if not held_by and with_unnamed:
        held_by = parties(told) if s.kind != "leave" else held_by
    if not held_by and s.kind == "take" and not s.is_negative:
        known = holders.get((s.voice.key, place.place_id))
        held_by = frozenset([known]) if known is not None else frozenset()
    if s.kind == "take" and s.is_negative and not s.agents and place.place_id in takers:
        held_by = frozenset([takers[place.place_id]])
    is_beside = place.relation in _TOLD_FROM and s.extent != "part"  # "the east of X" is part of it
    if len(held_by) != 1 or is_beside or place.precision in _NEVER_HELD:
        return None
    [holder] = held_by
    published = told.account.published_date
    if published is not None and s.last_date > published:
        return None  # what the text dates behind its own day has not been
    holds = (s.kind in _HOLDING) != s.is_negative
    goes_on = s.kind != "hold" and not s.is_negative
    return State(place, holder, holds, s.last_date, goes_on, s.extent or "whole")


def _of_own_side(s: Statement) -> frozenset[str]:
    """The side of a speaker who tells of a taking by units of no named side, or calls it a liberation.

    "Units of the western group have taken the town", says a ministry of its own troops; of the other side's it says so.
    """
    if s.voice.is_publisher or s.voice.side is None:
        return frozenset()
    if s.agents and all((p.name or "").lower().split()[:1] == ["our"] for p in s.agents):
        return frozenset([s.voice.side])
    if s.kind != "take" or s.is_negative:
        return frozenset()
    is_by_own = bool(s.agents) and all(not p.words.isdisjoint(stems_of("unit_terms")) for p in s.agents)
    is_welcome = not s.agents and not s.words.isdisjoint(stems_of("freeing_terms"))
    return frozenset([s.voice.side]) if is_by_own or is_welcome else frozenset()


def judge_states(one: Told, state: State, other: Told, later: State) -> Verdict | None:
    """What two statements on who holds a place are to each other; None where they are of two places or times."""
    if state.place_id != later.place_id or not _is_at_one_time(state, later):
        return None
    same_voice = is_same_voice(one.statement, other.statement)
    is_one_holder = state.holder == later.holder
    if not is_one_holder and not are_at_odds(frozenset([state.holder]), frozenset([later.holder])):
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
    if same_voice or is_one_authority(one.statement, other.statement) or _are_both_holders(one, other, state.holder):
        is_again = one.account.article_id != other.account.article_id
        return ("repeats", "control", "holder_repeated", 1.0) if is_again else None
    return ("corroborates", "control", "same_holder", 1.0) if have_own_knowledge(one, other) else None


def _are_both_holders(one: Told, other: Told, holder: str) -> bool:
    """True of "the rebels" and "a rebel commander", who say that the rebels hold it: they are one side."""
    return holder == IRREGULAR and all(IRREGULAR in own_parties(t) for t in (one, other))


def _is_at_one_time(state: State, later: State) -> bool:
    """True of days that are one, near enough, or of which the one follows a change that the other tells of."""
    apart = (later.day - state.day).days
    goes_on = (state.goes_on and apart >= 0) or (later.goes_on and apart <= 0)
    return abs(apart) <= (_STATE_GOES_ON_DAYS if goes_on else _SAME_STATE_DAYS)
