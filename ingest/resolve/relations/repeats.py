"""What a voice tells of an event again in another article: of all that it says in both, the statements most alike.

Belongs here: which statements of one voice in two articles are one told again. Does not belong here: numbers that are
given again (``counts``), quotations and other claims that are no event's (``quotations``, ``paraphrases``), whether two
voices are one (``statements``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.resolve.model import Statement
from ingest.resolve.relations.statements import Told, Verdict, agent_sides, is_same_voice, speaks_as_one

_MOST_ARTICLES = 3  # before it in which a voice's statements are looked for
_MOST_VOICES = 40  # of the last ones that told of the event, as they stand in their articles
_MOST_PAIRS = 3  # of two articles by one voice
_LEAST_SHARED, _LEAST_OF_FURTHER = 2, 3  # stems: of the two that are most alike, of others, and of other names
_LEAST_OF_PAPER = 6
_LEAST_SHARE = 0.4


def told_again(told: Iterable[Told]) -> Iterator[tuple[Told, Told, Verdict]]:
    """The statements that one voice, by whatever name, makes in two articles, in order of the later article."""
    groups: dict[tuple[str, str], list[Told]] = {}
    for t in told:
        groups.setdefault((t.statement.voice.key, t.account.article_id), []).append(t)
    before: list[list[Told]] = []
    for group in groups.values():
        earlier = [g for g in reversed(before[-_MOST_VOICES:]) if _is_of_one_voice(g[0], group[0])]
        articles = list(dict.fromkeys(g[0].account.article_id for g in earlier))[:_MOST_ARTICLES]
        for other in earlier:
            if other[0].account.article_id in articles:
                yield from _most_alike(other, group)
        before.append(group)


def _is_of_one_voice(one: Told, other: Told) -> bool:
    return one.account.article_id != other.account.article_id and speaks_as_one(one.statement, other.statement)


def _most_alike(ours: list[Told], theirs: list[Told]) -> Iterator[tuple[Told, Told, Verdict]]:
    """Few pairs, each statement in one of them at most, the most alike first.

    Where those most alike give other numbers, the toll has risen, and what is less alike is not taken in their place.
    """
    numbers = {t.statement.mention_id: _numbers(t, group) for group in (ours, theirs) for t in group}
    scored = [
        ((shared, share), one, other)
        for one in ours
        for other in theirs
        if _can_be_one(one.statement, other.statement) and (shared := _shared(one, other)) >= _least(one, other)
        for share in [shared / max(1, min(len(one.statement.words), len(other.statement.words)))]
    ]
    used: set[str] = set()
    pairs = 0
    is_first = True
    for (shared, share), one, other in sorted(scored, key=lambda s: (s[0], s[1].order, s[2].order), reverse=True):
        ids = {one.statement.mention_id, other.statement.mention_id}
        is_most_alike = is_first and is_same_voice(one.statement, other.statement)
        is_enough = is_most_alike or (shared >= _LEAST_OF_FURTHER and share >= _LEAST_SHARE)
        is_first = False
        if pairs >= _MOST_PAIRS or used & ids or not is_enough:
            continue
        used |= ids
        if _differ(*(numbers[t.statement.mention_id] for t in (one, other))):
            continue
        pairs += 1
        yield one, other, ("repeats", "polarity" if one.statement.is_negative else "agent", "told_again", 1.0)


def _shared(one: Told, other: Told) -> int:
    return len(one.statement.words & other.statement.words)


def _least(one: Told, other: Told) -> int:
    if one.statement.voice.is_publisher or other.statement.voice.is_publisher:
        return _LEAST_OF_PAPER
    return _LEAST_SHARED if is_same_voice(one.statement, other.statement) else _LEAST_OF_FURTHER


def _can_be_one(one: Statement, other: Statement) -> bool:
    """True of statements of one kind that neither deny each other nor name other agents."""
    if one.kind != other.kind or one.is_negative != other.is_negative:
        return False
    ours, theirs = agent_sides(one), agent_sides(other)
    return not (ours and theirs and not ours & theirs)


def _numbers(told: Told, group: Iterable[Told]) -> set[tuple[str, float | None]]:
    """The numbers that a voice gives with a statement, of parts and sums too: "the raid killed nine" is of a raid."""
    s = told.statement
    beside = (t.statement for t in group if t.statement.start < s.end and s.start < t.statement.end)
    return {(c.role, c.value) for other in beside for c in other.counts if c.bound != "vague"}


def _differ(ours: set[tuple[str, float | None]], theirs: set[tuple[str, float | None]]) -> bool:
    """True where both count in one role and give no number in common: then they tell of two things, or of a rise."""
    return bool({role for role, _ in ours} & {role for role, _ in theirs}) and not ours & theirs
