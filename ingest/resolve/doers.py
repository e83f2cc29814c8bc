"""Who did a harm: statements of one event that name a side for it, and those in which a side denies having done it.

Belongs here: the rules on two statements of who did it, whether they are told of a strike, of its dead or of the blame.
Does not belong here: which statements are of one event (``events``), rules on two statements of one kind
(``relations``), denials that the text itself ties to what they answer (``answers``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.kinds import are_allied
from ingest.resolve.told import (
    Told,
    Verdict,
    agent_sides,
    have_own_knowledge,
    is_denial,
    is_of_days,
    is_one_authority,
)

_BLAME = "responsibility"
_EFFECTS = frozenset(["kill_or_wound", "destroy"])
_HARMING = frozenset(["strike", "abuse", _BLAME]) | _EFFECTS

# whether a statement denies it, the sides that it names, whether it is a blame, and whether of several deeds
Doing = tuple[bool, frozenset[str], bool, bool]


def harms(told: Iterable[Told]) -> list[tuple[Told, Doing]]:
    """The statements that say who did a harm, or that a side did not; each with its value."""
    found = [t for t in told if t.statement.kind in _HARMING and agent_sides(t.statement)]
    disowned = {(t.account.account_id, t.statement.voice.key) for t in found if _disowns(t)}
    # "denied responsibility for the attack" is told of the blame and of the attack
    is_told_twice = (
        t.statement.kind != _BLAME and (t.account.account_id, t.statement.voice.key) in disowned for t in found
    )
    return [
        (t, (t.statement.is_negative, agent_sides(t.statement), t.statement.kind == _BLAME, t.statement.is_many))
        for t, is_twice in zip(found, is_told_twice, strict=True)
        if not (t.statement.is_negative and (is_twice or t.statement.kind in _EFFECTS))
    ]


def _disowns(told: Told) -> bool:
    return told.statement.is_negative and told.statement.kind == _BLAME


def judge_doers(one: Told, value: Doing, other: Told, later: Doing) -> Verdict | None:
    """What two statements on who did it are to each other, whether of a strike, of its dead or of the blame."""
    (is_negative, agents, *_), (is_later_negative, later_agents, *_) = value, later
    if not agents & later_agents or is_one_authority(one.statement, other.statement):
        return None
    if is_negative != is_later_negative:
        denial, said = (one, other) if is_negative else (other, one)
        are_short = all(map(is_of_days, (one, other)))
        if not (are_short and _denies_told_deed(denial) and _is_of_others(said)) or said.statement.is_many:
            return None
        return ("denies" if is_denial(one, other) else "contradicts", "agent", "doing_denied", 1.0)
    if is_negative or not have_own_knowledge(one, other) or not _are_of_one_account(one, other):
        return None
    is_blame = _BLAME in (one.statement.kind, other.statement.kind) and _is_of_others(one) and _is_of_others(other)
    return ("corroborates", "agent", "blamed_alike", 1.0) if is_blame and agents == later_agents else None


def _denies_told_deed(told: Told) -> bool:
    """True of who denies that its own side has done what the text says was done: "denied any part in the attack"."""
    s = told.statement
    is_its_own = bool({s.voice.side, s.voice.key} & agent_sides(s))
    if s.voice.is_publisher or not is_its_own:
        return False
    return any(t.is_told and not t.is_negative and t.kind in _HARMING for t in told.account.statements)


def _is_of_others(told: Told) -> bool:
    """True of what a voice says that another side than its own, or its ally, has done: owning up is no blame."""
    voice, agents = told.statement.voice, agent_sides(told.statement)
    if voice.key in agents:
        return False
    side = voice.side
    return side is None or not any(side == agent or are_allied({side, agent}) for agent in agents)


def _are_of_one_account(one: Told, other: Told) -> bool:
    """True of statements that the text itself ties."""
    return one.account.account_id == other.account.account_id
