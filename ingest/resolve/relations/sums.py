"""Whether two counts of one role are a part and the whole: what an article adds up.

Belongs here: all numbers that an article gives, and sums among them. Does not belong here: what two numbers are to
each other (``counts``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ingest.resolve.model import Count
from ingest.resolve.relations.statements import Told


def numbers_of(items: Iterable[tuple[Told, Count]]) -> dict[tuple[str, str], set[float]]:
    """All numbers that an article gives in one role, parts included."""
    found: dict[tuple[str, str], set[float]] = defaultdict(set)
    for t, c in items:
        if c.value is not None:
            found[t.account.article_id, c.role].add(c.value)
    return found


def outdated_numbers_of(told: Iterable[Told]) -> dict[tuple[str, str], set[float]]:
    """All numbers that an article gives in one role as out of date."""
    found: dict[tuple[str, str], set[float]] = defaultdict(set)
    for t in told:
        for c in t.statement.counts:
            if c.is_outdated and c.value is not None:
                found[t.account.article_id, c.role].add(c.value)
    return found


def is_part_of_sum(
    one: Told,
    count: Count,
    other: Told,
    later: Count,
    numbers: Mapping[tuple[str, str], set[float]],
    outdated: Mapping[tuple[str, str], set[float]],
) -> bool:
    """True where one of the two articles gives the number that makes the smaller count up to the larger one.

    "15 died in the town and six in a village near it" beside "21 died": a part and the whole. But of whom it tells that
    they died since, after "an earlier toll of 15", the smaller number was the whole before.
    """
    if count.value is None or later.value is None:
        return False
    rest, least = abs(later.value - count.value), min(count.value, later.value)
    given_in = [(t.account.article_id, count.role) for t in (one, other)]
    if any(least in outdated.get(key, ()) for key in given_in):
        return False
    return any(rest in numbers.get(key, set()) - {count.value, later.value} for key in given_in)
