"""What a strike hit: statements of one event of which the one tells of a military target, the other of another one.

Belongs here: the rule on two statements of what was hit. Does not belong here: whether anybody was hurt (``harm``),
how many (``counts``), targets that two voices name alike (``relations``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.model import COUNTRY, Participant
from ingest.resolve.relations.statements import (
    Told,
    Verdict,
    agent_sides,
    have_days_in_common,
    is_of_days,
    is_one_authority,
    is_pinned,
)

_STRIKE, _DESTROY = "strike", "destroy"
_MILITARY, _BUILDING = "military", "building"


def targets_hit(told: Iterable[Told]) -> list[tuple[Told, bool]]:
    """The statements that say what was hit, each with whether that was military; none that tells of both."""
    found = (
        (t, {_is_military(p, t) for p in t.statement.targets} - {None}) for t in told if not t.statement.is_negative
    )
    single = ((t, sort) for t, sorts in found if len(sorts) == 1 for sort in sorts if sort is not None)
    # what a strike destroys besides is not what it was aimed at
    return [(t, sort) for t, sort in single if t.statement.kind == _STRIKE or (sort and t.statement.kind == _DESTROY)]


def _is_military(target: Participant, told: Told) -> bool | None:
    """Whether a target is military, as far as its class tells.

    A building without a class is no base nor depot where a speaker says so; a paper's "warehouse" may be the depot.
    """
    if target.target_class is not None:
        return target.target_class == _MILITARY
    is_building = target.argument_class == _BUILDING and not told.statement.voice.is_publisher
    return False if is_building else None


def judge_targets(one: Told, is_military: bool, other: Told, is_later_military: bool) -> Verdict | None:
    """Two voices of which the one says that something military was hit, the other that something else was."""
    if is_military == is_later_military or is_one_authority(one.statement, other.statement):
        return None
    are_papers = one.statement.voice.is_publisher, other.statement.voice.is_publisher
    is_one_text = one.account.article_id == other.account.article_id
    if all(are_papers) or (is_one_text and any(are_papers)):
        return None  # of a strike that hit both, one paper tells the one and another the other
    return ("contradicts", "target", "other_target", 1.0) if _can_be_of_one_strike(one, other) else None


def _can_be_of_one_strike(one: Told, other: Told) -> bool:
    """True of what is told of some days, of one side at most, and of a point or of places in one region."""
    ours, theirs = agent_sides(one.statement), agent_sides(other.statement)
    if ours and theirs and not ours & theirs:
        return False
    is_near = any(map(is_pinned, (one, other))) or bool(_regions(one) & _regions(other))
    return is_near and all(map(is_of_days, (one, other))) and have_days_in_common(one, other)


def _regions(told: Told) -> set[tuple[str, str]]:
    """The regions of the places, each with its country: two countries may have a region of one name."""
    places = (p for p in told.account.places if p.precision < COUNTRY)
    return {(p.country, p.admin1) for p in places if p.country is not None and p.admin1 is not None}
