"""What two statements of one event are to each other: against, with, or a later word of the same voice.

Belongs here: the rules on two statements of one event, and which pairs of an event are looked at: each statement
against the last one of every other voice and value, and of two values not more than enough, so that a much-told event
has relations in proportion to its statements at most. Does not belong here: which statements are of one event
(``events``), what is shown (the warehouse, by confidence).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.resolve.accounts.answers import is_answer
from ingest.resolve.accounts.paraphrases import QUOTED_PARAPHRASE, is_paraphrase
from ingest.resolve.accounts.quotations import QUOTATION, is_quotation
from ingest.resolve.catalogue import rules
from ingest.resolve.kinds import families, limits
from ingest.resolve.model import Count, Event
from ingest.resolve.relations.counts import (
    PASSED_ON,
    ByAuthority,
    by_speakers,
    compared,
    counts_of,
    has_nearer_number,
    is_passed_on,
    judge_counts,
    replaced,
    sort_of_counted,
)
from ingest.resolve.relations.denials import judge_denied, told_and_denied
from ingest.resolve.relations.harm import harmed, harms, judge_harmed, judge_killers, judge_perpetrators, killings
from ingest.resolve.relations.repeats import told_again
from ingest.resolve.relations.statements import (
    Told,
    Verdict,
    agent_sides,
    are_opposed,
    have_days_in_common,
    have_own_knowledge,
    is_denial,
    is_pinned,
    speaks_as_one,
)
from ingest.resolve.relations.states import State, judge_states, states_of
from ingest.resolve.relations.sums import is_part_of_sum, numbers_of, outdated_numbers_of
from ingest.resolve.relations.targets import judge_targets, targets_hit
from ingest.values import replace

_MOST_RELATIONS = 5  # of one statement with those before it, by one rule
_MOST_OF_TWO_VALUES = 30  # pairs of voices of one event that are related by one rule and the same two values
_HEAD = 200  # characters of a text in which its headline stands, and mostly what repeats it
_LEAST_SHARED_WORDS = 3
_LEAST_SHARED_NAMES = 2
_LEAST_ANSWERED_WORDS = 2
_SIEGE = "encircle"
_OF_TWO_VOICES = frozenset(["contradicts", "denies", "corroborates"])  # wrong where one of them is somebody else's
_MUTUAL = frozenset(["clash", "negotiate"])


@dataclass(frozen=True, slots=True)
class Relation:
    """Two statements of one event, the earlier and the later; of counts, the two figures."""

    group_id: str  # the event, or the group of claims, that both are in
    kind: str
    axis: str
    rule_id: str
    confidence: float
    earlier: Told
    later: Told
    earlier_figure_id: str | None = None
    later_figure_id: str | None = None


def relations_of(event: Event) -> list[Relation]:
    """All relations of an event's statements, in order of the later statement."""
    told = _with_offices(
        sorted((Told(s, m) for m in event.members for s in m.account.statements if s.is_told), key=lambda t: t.order)
    )
    if is_answer(event.members[0].account):
        return list(_by_answer(event))
    if is_quotation(event.members[0].account):
        found = list(_by_claims(event, told, _judge_quotations))
    elif is_paraphrase(event.members[0].account):
        found = list(_by_claims(event, told, _judge_paraphrases))
    else:
        found = [*_by_counts(event, told), *_by_statements(event, told)]
    return sorted(_best(found), key=lambda r: (r.later.order, r.earlier.order, r.rule_id))


def _with_offices(told: list[Told]) -> list[Told]:
    """The statements, each person with the offices that any of them gives: "its director" here, a bare name there."""
    offices: dict[str, frozenset[str]] = {}
    for t in told:
        if t.statement.voice.role:
            key = t.statement.voice.key
            offices[key] = offices.get(key, frozenset()) | t.statement.voice.role
    return [_with_office(t, offices.get(t.statement.voice.key, frozenset())) for t in told]


def _with_office(told: Told, office: frozenset[str]) -> Told:
    voice = told.statement.voice
    return (
        told if office <= voice.role else Told(replace(told.statement, voice=replace(voice, role=office)), told.member)
    )


def _best(found: Iterable[Relation]) -> Iterable[Relation]:
    """One relation for two statements and an axis: the surest."""
    kept: dict[tuple[str, str, str], Relation] = {}
    for r in found:
        key = (r.earlier.statement.mention_id, r.later.statement.mention_id, r.axis)
        if key not in kept or r.confidence > kept[key].confidence:
            kept[key] = r
    return kept.values()


def _certainty(one: Told, other: Told) -> float:
    """How sure it is that the two are of one event: of one account the text ties them, else the scores."""
    if one.account.account_id == other.account.account_id:
        return 1.0
    least = limits()["least_score"]
    scores = [m.score for m in (one.member, other.member) if m.joined_with is not None]
    surplus = min(scores, default=least) - least
    return min(1.0, 0.9 + 0.1 * surplus)


# --- pairs that are looked at -----------------------------------------------------------------


def _by_voice_and_value(
    items: list[tuple[Told, Any]], judge: Callable[[Told, Any, Told, Any], Verdict | None]
) -> Iterator[tuple[Told, Any, Told, Any, Verdict]]:
    """Each item with the last one before it of every voice and value, the newest first, as far as the judge relates."""
    if len(items) < 2:
        return  # as mostly
    last: dict[tuple[Any, Any], tuple[Told, Any]] = {}  # the newest at the end
    exchanges = _Exchanges()
    for told, value in _fullest(items):
        by_kind: dict[str, int] = {}
        for other, other_value in reversed(list(last.values())):
            # all that an article said before it was edited: of its versions none is nearer to what it says now
            is_former = other.member.is_superseded and other.account.article_id == told.account.article_id
            if not is_former and sum(by_kind.values()) >= 2 * _MOST_RELATIONS:
                continue
            verdict = judge(other, other_value, told, value)
            if verdict is None:
                continue
            of_kind = verdict[0] if verdict[2] != PASSED_ON else PASSED_ON
            most = 2 if verdict[0] == "repeats" else _MOST_RELATIONS
            if not is_former and by_kind.get(of_kind, 0) >= most:
                continue
            ends = [(_said_by(v), _value_key(x)) for v, x in ((other, other_value), (told, value))]
            if of_kind != "repeats" and not exchanges.admit(verdict, ends, is_former):
                continue
            if not is_former:
                by_kind[of_kind] = by_kind.get(of_kind, 0) + 1
            yield other, other_value, told, value, verdict
        key = (_said_by(told), _value_key(value))
        last.pop(key, None)
        last[key] = (told, value)
        if len(last) > 8 * _MOST_RELATIONS:
            last.pop(next(iter(last)))


class _Exchanges:
    """What has been related by each rule, whoever said it and whatever the two values.

    What one voice has against another is said once, however often and wherever both say it. Where ever more voices
    hold the same two values against each other, more of them say nothing new: so many are related, in the order in
    which they were told.
    """

    def __init__(self) -> None:
        self._said: set[tuple[Any, ...]] = set()
        self._of_values: Counter[tuple[Any, ...]] = Counter()

    def admit(self, verdict: Verdict, ends: Iterable[tuple[Any, Any]], is_former: bool) -> bool:
        """True of what is to be related, which is remembered; ``ends`` are the voice and the value of both."""
        exchange = (verdict[:3], frozenset(ends))
        values = (verdict[:3], frozenset(value for _, value in ends))
        if exchange in self._said or (not is_former and self._of_values[values] >= _MOST_OF_TWO_VALUES):
            return False
        self._said.add(exchange)
        self._of_values[values] += not is_former
        return True


def _fullest(items: list[tuple[Told, Any]]) -> list[tuple[Told, Any]]:
    """Of what one voice says more than once in an article, the statement that names most; the last of equals.

    What the article still says goes before what it said in an earlier version, and what its text tells before what its
    headline does, which says it in fewer words and names no source.
    """
    best: dict[Any, tuple[Told, Any]] = {}
    for told, value in items:
        key = (_said_by(told), _value_key(value))
        if key not in best or _fullness(told) >= _fullness(best[key][0]):
            best[key] = (told, value)
    kept = {id(told) for told, _ in best.values()}
    return [
        (told, value)
        for told, value in items
        if id(told) in kept and best[_said_by(told), _value_key(value)][0] is told
    ]


def _fullness(told: Told) -> tuple[bool, bool, int]:
    s = told.statement
    named = len(s.agents) + len(s.targets) + len(s.places) + len(s.counts) + len(s.instruments)
    return not told.member.is_superseded, s.start > _HEAD, named


def _said_by(told: Told) -> tuple[str, str]:
    """The voice, and the article that gives it: what an article says twice is one statement here."""
    return told.statement.voice.key, told.account.article_id


def _value_key(value: Any) -> Any:
    if isinstance(value, Count):
        return (value.role, value.scope, sort_of_counted(value), value.low, value.high)
    return (value.place_id, value.holder, value.holds) if isinstance(value, State) else value


def _relation(event: Event, one: Told, other: Told, verdict: Verdict, **figures: str) -> Relation:
    kind, axis, rule_id, factor = verdict
    if kind == "denies" and one.statement.is_negative and not other.statement.is_negative:
        one, other = other, one  # of two that were told on one day the denial is the later word
    sure = rules()[rule_id]["confidence"] * factor * _certainty(one, other)
    if kind in _OF_TWO_VOICES and not is_answer(event.members[0].account):
        sure *= one.statement.voice.certainty * other.statement.voice.certainty
    return Relation(event.event_id, kind, axis, rule_id, round(sure, 3), one, other, **figures)


# --- counts -----------------------------------------------------------------------------------


def _by_counts(event: Event, told: list[Told]) -> Iterator[Relation]:
    given = counts_of(told)
    numbers, outdated, items = numbers_of(given), outdated_numbers_of(told), compared(given)
    instead = _fullest(items) if outdated else []
    for one, count, other, later in replaced((t for t in told if not t.member.is_superseded), instead):
        verdict = ("revises", "count", "toll_replaced", 1.0)
        yield _relation(event, one, other, verdict, earlier_figure_id=count.figure_id, later_figure_id=later.figure_id)
    roles = {(c.role, c.scope) for _, c in items}
    sourced = by_speakers(given)
    for role in sorted(roles):
        of_role = [(t, c) for t, c in items if (c.role, c.scope) == role]
        given_by = ByAuthority(of_role)
        for one, count, other, later, verdict in _by_voice_and_value(of_role, judge_counts):
            if verdict[0] == "revises" and is_part_of_sum(one, count, other, later, numbers, outdated):
                continue
            if verdict[0] == "contradicts" and has_nearer_number(one, count, other, later, given_by):
                continue
            if verdict[0] == "corroborates" and is_passed_on(one, other, sourced.get((count.role, count.value), ())):
                continue
            is_one_article = one.account.article_id == other.account.article_id
            is_reprint = not is_one_article and (later.value or 0) < (count.value or 0)
            is_former = is_one_article and other.member.is_superseded  # an edited text may bear an earlier day
            if verdict[0] == "revises" and (is_reprint or is_former):
                one, count, other, later = other, later, one, count
            if other.member.is_superseded:
                continue  # a number that its article no longer gives is nobody's later word
            yield _relation(
                event, one, other, verdict, earlier_figure_id=count.figure_id, later_figure_id=later.figure_id
            )


# --- what happened, by whom, who holds --------------------------------------------------------


def _by_statements(event: Event, told: list[Told]) -> Iterator[Relation]:
    if len(told) < 2:
        return  # as mostly
    current = [t for t in told if not t.member.is_superseded]
    told_states = states_of(current, with_unnamed=True)
    states = [(t, s) for t, s in told_states if s.extent != "part" and not t.statement.is_background]
    for one, _, other, _, verdict in _by_voice_and_value(states, judge_states):
        yield _relation(event, one, other, verdict)
    rest = [t for t in current if families().get(t.statement.kind) != "control"]
    for kind in sorted({t.statement.kind for t in rest}):
        items = [(t, _value(t)) for t in rest if t.statement.kind == kind]
        for one, _, other, _, verdict in _by_voice_and_value(items, _judge_happenings):
            yield _relation(event, one, other, verdict)
    for one, other, verdict in told_again(rest):
        yield _relation(event, one, other, verdict)
    for one, _, other, _, verdict in _by_voice_and_value(targets_hit(rest), judge_targets):
        yield _relation(event, one, other, verdict)
    for one, _, other, _, verdict in _by_voice_and_value(harms(rest), judge_perpetrators):
        yield _relation(event, one, other, verdict)
    for one, _, other, _, verdict in _by_voice_and_value(killings(rest), judge_killers):
        yield _relation(event, one, other, verdict)
    for one, _, other, _, verdict in _by_voice_and_value(harmed(rest), judge_harmed):
        yield _relation(event, one, other, verdict)
    for one, _, other, _, verdict in _by_voice_and_value(told_and_denied(current), judge_denied):
        yield _relation(event, one, other, verdict)


def _value(told: Told) -> tuple[bool, frozenset[str]]:
    return told.statement.is_negative, agent_sides(told.statement)


def _judge_happenings(one: Told, value: Any, other: Told, later: Any) -> Verdict | None:
    (is_negative, agents), (is_later_negative, later_agents) = value, later
    if speaks_as_one(one.statement, other.statement):
        return None  # what one voice tells again is looked for in all that it says
    if is_negative != is_later_negative:
        return _denial(one, other, agents, later_agents)
    if agents and later_agents and not agents & later_agents:
        return _other_agent(one, other, agents, later_agents)
    shared = len(one.statement.words & other.statement.words)
    if is_negative or not have_own_knowledge(one, other):
        return None
    if not is_pinned(one) or not is_pinned(other):
        return None
    if agents & later_agents and shared >= _LEAST_SHARED_WORDS:
        return ("corroborates", "agent", "told_alike", 1.0)
    if _same_target(one, other) and shared >= _LEAST_SHARED_WORDS:
        return ("corroborates", "target", "told_alike", 1.0)
    return None


def _same_target(one: Told, other: Told) -> bool:
    ours, theirs = ({p.target_class for p in t.statement.targets if p.target_class} for t in (one, other))
    return bool(ours & theirs)


def _denial(one: Told, other: Told, agents: frozenset[str], later_agents: frozenset[str]) -> Verdict | None:
    """One says that it happened and one that it did not; who denies having done it denies only that."""
    denied = agents if one.statement.is_negative else later_agents
    said = later_agents if one.statement.is_negative else agents
    if denied and said and not denied & said:
        return None  # "we did not" and "they did" go together
    if denied and not said:
        return None
    kind = "denies" if is_denial(one, other) else "contradicts"
    shared = len(one.statement.words & other.statement.words)
    if denied & said:
        return (kind, "agent", "agent_denied", 1.0) if _are_of_one_deed(one, other) else None
    is_answered = are_opposed(one, other)  # of two sides the one answers the other, in fewer words
    is_of_one_siege = (
        is_answered and one.statement.kind == _SIEGE
    )  # who is surrounded at a place at a time is one thing
    least = _LEAST_ANSWERED_WORDS if is_answered else _LEAST_SHARED_WORDS + 1
    is_of_one_thing = is_of_one_siege or (shared >= least and is_pinned(one) and is_pinned(other))
    return (kind, "polarity", "said_and_denied", 1.0) if is_of_one_thing else None


def _are_of_one_deed(one: Told, other: Told) -> bool:
    """True of statements of two texts that share days, words and the names that stand near them.

    A side denies one deed and not all that it is said to have done in these days. What is answered in one text is
    related by ``answers`` and ``harm``: there a denial beside other accusations is of all of them, or of another time.
    """
    if one.account.article_id == other.account.article_id:
        return False
    has_names = len(one.account.names & other.account.names) >= _LEAST_SHARED_NAMES
    return has_names and have_days_in_common(one, other) and bool(one.statement.words & other.statement.words)


def _other_agent(one: Told, other: Told, agents: frozenset[str], later_agents: frozenset[str]) -> Verdict | None:
    """Other agents, where the two voices are of opposed sides and one blames the other's side."""
    if one.statement.kind in _MUTUAL or not are_opposed(one, other):
        return None
    blamed = one.statement.voice.side in later_agents or other.statement.voice.side in agents
    return ("contradicts", "agent", "other_agent", 1.0) if blamed else None


# --- what the text relates, and what is quoted again ------------------------------------------


def _by_answer(event: Event) -> Iterator[Relation]:
    """The one relation of two claims that the text relates; what is denied is the earlier, wherever it stands."""
    [member] = event.members
    if member.is_superseded:
        return
    denied, denial = (Told(statement, member) for statement in member.account.statements)
    yield _relation(event, denied, denial, ("denies", "polarity", member.account.links[1], 1.0))


def _by_claims(
    event: Event, told: list[Told], judge: Callable[[Told, str, Told, str], Verdict | None]
) -> Iterator[Relation]:
    """Claims of one voice that are grouped by their words, each by the origin of its text."""
    items = [(t, t.statement.voice.origin) for t in told if not t.member.is_superseded]
    for one, _, other, _, verdict in _by_voice_and_value(items, judge):
        yield _relation(event, one, other, verdict)


def _judge_quotations(one: Told, origin: str, other: Told, later_origin: str) -> Verdict | None:
    if one.account.article_id == other.account.article_id or origin == later_origin:
        return None
    return ("repeats", QUOTATION, "quoted_again", 1.0)


def _judge_paraphrases(one: Told, origin: str, other: Told, later_origin: str) -> Verdict | None:
    if one.account.article_id == other.account.article_id or origin == later_origin:
        return None
    if one.statement.kind == other.statement.kind == QUOTED_PARAPHRASE:
        return None  # quotations that are alike are found by their words
    return ("repeats", "polarity", "said_again", 1.0)
