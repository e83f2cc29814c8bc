"""Denials that reach other articles: who rejects a claim rejects it wherever it is told again.

Belongs here: a denial of one article beside what was said of the same event in others. Does not belong here: finding
who answers whom (``ingest.extract.answers``), the denial beside what it answers in its own article (``answers``),
statements that are negative themselves (``relations``, ``doers``).

"The army denied the claim" tells of no event by itself. Its article says what the claim is, and the event of that claim
where else it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.resolve.catalogue import rules
from ingest.resolve.kinds import are_allied, families, go_together
from ingest.resolve.model import Denial, Statement
from ingest.resolve.told import Told, Verdict, agent_sides, days_apart, is_one_authority, is_same_voice

DENIED = "denied"  # kind of the statement that a denial makes
_RULE, _AGAIN = "denied_elsewhere", "denied_again"
_COUNTED = frozenset(["killed", "wounded"])
_CONTROL, _HOLD = "control", "hold"


@dataclass(frozen=True, slots=True)
class Charge:
    """What is said, or denied: of who did what, to how many. ``rejected`` is the statement that a denial is of."""

    family: str
    agents: frozenset[str]
    numbers: frozenset[tuple[str, float | None]]
    is_denied: bool
    rule_id: str = field(default="", compare=False)  # by which its own article ties a denial to what it denies
    rejected: Statement | None = field(default=None, compare=False)


def told_and_denied(told: Iterable[Told]) -> list[tuple[Told, Charge]]:
    """The statements that somebody denies or may deny, each denial as a statement of its own, in order of telling."""
    current = [one for one in told if not (one.statement.is_negative or one.member.is_superseded)]
    # "the rebel-held town" is by the way, and not what is denied
    current = [one for one in current if not (one.statement.is_background and one.statement.kind == _HOLD)]
    if not any(one.statement.denials for one in current):
        return []  # as mostly
    found: list[tuple[Told, Charge]] = []
    for one in current:
        said = one.statement
        charge = Charge(families().get(said.kind, said.kind), agent_sides(said), _numbers(said), is_denied=False)
        found.append((one, charge))
        for denial in said.denials:
            denied = replace(charge, is_denied=True, rule_id=denial.rule_id, rejected=said)
            found.append((Told(_statement(said, denial), one.member), denied))
    return sorted(found, key=lambda item: item[0].order)


def _numbers(said: Statement) -> frozenset[tuple[str, float | None]]:
    return frozenset((c.role, c.value) for c in said.counts if c.role in _COUNTED)


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


def judge_denied(one: Told, charge: Charge, other: Told, later: Charge) -> Verdict | None:
    """What a denial of one article is to what another article tells of the event; None for nothing.

    It denies what its opponent, or whoever speaks for him, has said there by then; what he says later, and the same
    charge by others, it contradicts. Where both articles have a denial of one charge by one authority, it is the same
    again. No relation is surer than what ties the denial to its claim in its own article.
    """
    if one.account.article_id == other.account.article_id:
        return None
    sure = min(1.0, *(_certainty(denied) for denied in (charge, later)))
    if charge.rejected is not None and later.rejected is not None:
        is_again = _say_the_same(charge, charge.rejected, later, later.rejected)
        is_again = is_again and is_one_authority(one.statement, other.statement)
        return ("repeats", "polarity", _AGAIN, sure) if is_again else None
    denial, denied, said, charged = (one, charge, other, later) if charge.is_denied else (other, later, one, charge)
    rejected = denied.rejected
    if rejected is None or not _say_the_same(denied, rejected, charged, said.statement):
        return None
    if _speak_together(denial, said):
        return None
    is_answered = is_one_authority(rejected, said.statement) and (days_apart(said, denial) or 0) >= 0
    return "denies" if is_answered else "contradicts", _axis(denial, charged), _RULE, sure


def _certainty(charge: Charge) -> float:
    """How sure it is that a denial is of its claim, as a share of what the rule here has."""
    if not charge.rule_id:
        return 1.0
    known = rules()
    return float(known.get(charge.rule_id, known[_RULE])["confidence"] / known[_RULE]["confidence"])


def _say_the_same(denied: Charge, rejected: Statement, charged: Charge, said: Statement) -> bool:
    """True of what is said of one happening in one way: the same is held, the same side did it, as many died."""
    if not go_together(frozenset([rejected.kind]), frozenset([said.kind])):
        return False
    if _CONTROL in (denied.family, charged.family):
        return rejected.kind == said.kind and is_one_authority(rejected, said)
    if denied.agents and charged.agents:
        return not denied.agents.isdisjoint(charged.agents)
    if denied.numbers and charged.numbers:
        return not denied.numbers.isdisjoint(charged.numbers) and is_one_authority(rejected, said)
    return rejected.kind == said.kind and is_same_voice(rejected, said)


def _speak_together(denial: Told, said: Told) -> bool:
    """True of a denial and of what its own side says."""
    ours, theirs = denial.statement.voice.side, said.statement.voice.side
    are_of_one_side = ours is not None and theirs is not None and (ours == theirs or are_allied({ours, theirs}))
    return are_of_one_side or is_one_authority(denial.statement, said.statement)


def _axis(denial: Told, charged: Charge) -> str:
    if charged.family == _CONTROL:
        return "control"
    if denial.statement.voice.side in charged.agents:
        return "agent"
    return "count" if charged.numbers else "polarity"
