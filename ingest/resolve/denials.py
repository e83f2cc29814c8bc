"""Denials that reach other articles: who rejects a claim rejects it wherever it is told again.

Belongs here: a denial of one article beside what was said of the same event in others. Does not belong here: finding
who answers whom (``ingest.extract.answers``), the denial beside what it answers in its own article (``answers``),
statements that are negative themselves (``relations``, ``doers``).

"The army denied the claim" tells of no event by itself. Its article says what the claim is, and the event of that claim
where else it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.resolve.kinds import are_allied, families
from ingest.resolve.model import Denial, Statement
from ingest.resolve.told import Told, Verdict, agent_sides, is_one_authority, is_same_voice

DENIED = "denied"  # kind of the statement that a denial makes
_COUNTED = frozenset(["killed", "wounded"])
_CONTROL = "control"

# what is denied, of a denial; None for what is said
Denied = Statement | None


def told_and_denied(told: Iterable[Told]) -> list[tuple[Told, Denied]]:
    """The statements that somebody denies or may deny, each denial as a statement of its own, in order of telling."""
    found: list[tuple[Told, Denied]] = []
    for one in told:
        said = one.statement
        if said.is_negative or one.member.is_superseded:
            continue
        found.append((one, None))
        found += ((Told(_statement(said, denial), one.member), said) for denial in said.denials)
    return sorted(found, key=lambda item: item[0].order) if any(denied for _, denied in found) else []


def _statement(said: Statement, denial: Denial) -> Statement:
    return replace(
        said,
        mention_id=denial.claim_id,
        kind=DENIED,
        is_negative=True,
        start=denial.start,
        end=denial.end,
        trigger=(denial.start, denial.end),
        claim_id=denial.claim_id,
        voice=denial.voice,
        denials=(),
    )


def judge_denied(one: Told, denied: Denied, other: Told, later_denied: Denied) -> Verdict | None:
    """What a denial of one article is to what another article tells of the event; None for nothing.

    It denies what its opponent, or whoever speaks for him, says there; the same charge by others it contradicts. Where
    both articles have a denial of one charge by one authority, it is the same again.
    """
    if one.account.article_id == other.account.article_id:
        return None
    if denied is not None and later_denied is not None:
        is_again = _say_the_same(denied, later_denied) and is_one_authority(one.statement, other.statement)
        return ("repeats", "polarity", "denied_again", 1.0) if is_again else None
    if denied is later_denied:
        return None  # nothing is denied
    denial, rejected, said = (one, denied, other) if denied is not None else (other, later_denied, one)
    if rejected is None or not _say_the_same(rejected, said.statement) or _speak_together(denial, said):
        return None
    kind = "denies" if is_one_authority(rejected, said.statement) else "contradicts"
    return kind, _axis(denial, said.statement), "denied_elsewhere", 1.0


def _say_the_same(rejected: Statement, said: Statement) -> bool:
    """True of what is said of one happening in one way: the same is held, the same side did it, as many died."""
    of, of_said = families().get(rejected.kind), families().get(said.kind)
    if _CONTROL in (of, of_said):
        return rejected.kind == said.kind and is_one_authority(rejected, said)
    if agent_sides(rejected) and agent_sides(said):
        return not agent_sides(rejected).isdisjoint(agent_sides(said))
    numbers, others = ({(c.role, c.value) for c in s.counts if c.role in _COUNTED} for s in (rejected, said))
    if numbers and others:
        return not numbers.isdisjoint(others) and is_one_authority(rejected, said)
    return rejected.kind == said.kind and is_same_voice(rejected, said)


def _speak_together(denial: Told, said: Told) -> bool:
    """True of a denial and of what its own side says."""
    ours, theirs = denial.statement.voice.side, said.statement.voice.side
    are_of_one_side = ours is not None and theirs is not None and (ours == theirs or are_allied({ours, theirs}))
    return are_of_one_side or is_one_authority(denial.statement, said.statement)


def _axis(denial: Told, said: Statement) -> str:
    if families().get(said.kind) == _CONTROL:
        return "control"
    side = denial.statement.voice.side
    if side is not None and side in agent_sides(said):
        return "agent"
    return "count" if any(c.role in _COUNTED for c in said.counts) else "polarity"
