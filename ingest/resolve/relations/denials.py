"""Denials that reach other articles: who rejects a claim rejects it wherever it is told again.

Belongs here: a denial of one article beside what was said of the same event in others. Does not belong here: finding
who answers whom (``ingest.extract.answers``), the denial beside what it answers in its own article (``answers``),
statements that are negative themselves (``relations``, ``harm``).

"The army denied the claim" tells of no event by itself. Its article says what the claim is, and the event of that claim
where else it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from ingest.resolve.catalogue import rules
from ingest.resolve.kinds import are_allied, families, go_together
from ingest.resolve.model import Denial, Statement
from ingest.resolve.relations.statements import Told, Verdict, agent_sides, days_apart, is_one_authority, is_same_voice
from ingest.values import replace, value

DENIED = "denied"  # kind of the statement that a denial makes
_RULE, _AGAIN = "denied_elsewhere", "denied_again"
_COUNTED = frozenset(["killed", "wounded"])
_CONTROL, _HOLD = "control", "hold"


@value(frozen=True, slots=True)
class Allegation:
    """What is said, or denied: of who did what, to how many. ``rejected`` is the statement that a denial is of."""

    family: str
    agents: frozenset[str]
    numbers: frozenset[tuple[str, float | None]]
    is_denied: bool
    rule_id: str = field(default="", compare=False)  # by which its own article ties a denial to what it denies
    rejected: Statement | None = field(default=None, compare=False)


def told_and_denied(told: Iterable[Told]) -> list[tuple[Told, Allegation]]:
    """The statements that somebody denies or may deny, each denial as a statement of its own, in order of telling."""
    current = [one for one in told if not (one.statement.is_negative or one.member.is_superseded)]
    # "the rebel-held town" is by the way, and not what is denied
    current = [one for one in current if not (one.statement.is_background and one.statement.kind == _HOLD)]
    if not any(one.statement.denials for one in current):
        return []  # as mostly
    found: list[tuple[Told, Allegation]] = []
    for one in current:
        said = one.statement
        allegation = Allegation(
            families().get(said.kind, said.kind), agent_sides(said), _numbers(said), is_denied=False
        )
        found.append((one, allegation))
        for denial in said.denials:
            denied = replace(allegation, is_denied=True, rule_id=denial.rule_id, rejected=said)
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


def judge_denied(one: Told, allegation: Allegation, other: Told, later: Allegation) -> Verdict | None:
    """What a denial of one article is to what another article tells of the event; None for nothing.

    It denies what its opponent, or whoever speaks for him, has said there by then; what he says later, and the same
    allegation by others, it contradicts. Where both articles have a denial of one allegation by one authority, it is
    the same again. No relation is surer than what ties the denial to its claim in its own article.
    """
    if one.account.article_id == other.account.article_id:
        return None
    sure = min(1.0, *(_certainty(denied) for denied in (allegation, later)))
    if allegation.rejected is not None and later.rejected is not None:
        is_again = _say_the_same(allegation, allegation.rejected, later, later.rejected)
        is_again = is_again and is_one_authority(one.statement, other.statement)
        return ("repeats", "polarity", _AGAIN, sure) if is_again else None
    denial, denied, said, alleged = (
        (one, allegation, other, later) if allegation.is_denied else (other, later, one, allegation)
    )
    rejected = denied.rejected
    if rejected is None or not _say_the_same(denied, rejected, alleged, said.statement):
        return None
    if _speak_together(denial, said):
        return None
    is_answered = is_one_authority(rejected, said.statement) and (days_apart(said, denial) or 0) >= 0
    return "denies" if is_answered else "contradicts", _axis(denial, alleged), _RULE, sure


def _certainty(allegation: Allegation) -> float:
    """How sure it is that a denial is of its claim, as a share of what the rule here has."""
    if not allegation.rule_id:
        return 1.0
    known = rules()
    return float(known.get(allegation.rule_id, known[_RULE])["confidence"] / known[_RULE]["confidence"])


def _say_the_same(denied: Allegation, rejected: Statement, alleged: Allegation, said: Statement) -> bool:
    """True of what is said of one happening in one way: the same is held, the same side did it, as many died."""
    if not go_together(frozenset([rejected.kind]), frozenset([said.kind])):
        return False
    if _CONTROL in (denied.family, alleged.family):
        return rejected.kind == said.kind and is_one_authority(rejected, said)
    if denied.agents and alleged.agents:
        return not denied.agents.isdisjoint(alleged.agents)
    if denied.numbers and alleged.numbers:
        return not denied.numbers.isdisjoint(alleged.numbers) and is_one_authority(rejected, said)
    return rejected.kind == said.kind and is_same_voice(rejected, said)


def _speak_together(denial: Told, said: Told) -> bool:
    """True of a denial and of what its own side says."""
    ours, theirs = denial.statement.voice.side, said.statement.voice.side
    are_of_one_side = ours is not None and theirs is not None and (ours == theirs or are_allied({ours, theirs}))
    return are_of_one_side or is_one_authority(denial.statement, said.statement)


def _axis(denial: Told, alleged: Allegation) -> str:
    if alleged.family == _CONTROL:
        return "control"
    if denial.statement.voice.side in alleged.agents:
        return "agent"
    return "count" if alleged.numbers else "polarity"
