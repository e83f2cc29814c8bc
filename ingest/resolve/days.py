"""When what some statements of one text tell of happened, and how far apart two times are.

Belongs here: the days of an account, the days between two. Does not belong here: reading dates
(``ingest.extract.dates``), what days that fit or not are worth (``scoring``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ingest.resolve.kinds import stems_of
from ingest.resolve.model import Account, Statement

_BEFORE_BLAME = timedelta(days=2)
_NEAR_DAYS = 3  # between publications
_BUCKET_DAYS = 4  # more than that, so that one day reaches two stretches at most
# where the days of a mention come from, the surest first
_TIME_RANK = {"linked": 0, "carried": 1, "reported": 2, "none": 3}


def told_days(row: Mapping[str, Any], published: date | None) -> tuple[date | None, date | None, str]:
    """First and last day of a landed mention, and where they come from.

    Who holds a place is so when it is said; what somebody is blamed for on a day has happened until then.
    """
    first, last = row["first_date"], row["last_date"]
    if row["kind"] == "hold" and row["realis"] == "actual" and last is None and published is not None:
        return published - timedelta(days=1), published, "reported"
    if row["kind"] == "responsibility" and row["time_rule"] == "linked" and first == last and first is not None:
        return first - _BEFORE_BLAME, last, "reported"
    return first, last, row["time_rule"]


def days_of(statements: list[Statement], published: date | None) -> tuple[date | None, date | None, bool]:
    """The days that most of the surest statements agree on, those of the first of equals.

    What a text tells of another time by the way is outvoted. The day of publication itself may be that of the news and
    not of what it tells: the day before fits too.

    Returns:
        First and last day, None where there are none, and whether the text tells them or the day of publication does.
    """
    dated = [s for s in statements if s.first_date is not None and s.last_date is not None]
    if not dated:
        return None, None, False
    # "the toll rose to nine on Monday": what killed them was before
    is_risen = all(_is_of_rise(s) for s in dated)
    dated = [s for s in dated if is_risen or not _is_of_rise(s)]
    best = min(_TIME_RANK[s.time_rule] for s in dated)
    is_told = best < _TIME_RANK["reported"]
    sure = [s for s in dated if (_TIME_RANK[s.time_rule] < _TIME_RANK["reported"]) == is_told]
    # the day that a text bears at its head gives way to a day before it that it tells
    if published is not None and any(s.last_date and s.last_date < published for s in sure):
        sure = [s for s in sure if not s.first_date == s.last_date == published]
    sure.sort(key=lambda s: _TIME_RANK[s.time_rule])
    windows = [(s.first_date, s.last_date) for s in sure if s.first_date and s.last_date]
    first, last = max(windows, key=lambda window: sum(_overlap(window, other) for other in windows))
    for low, high in windows:
        if _overlap((first, last), (low, high)):
            first, last = max(first, low), min(last, high)
    if first == last == published and best > _TIME_RANK["linked"]:
        return first - timedelta(days=1), last, False
    return first, last, is_told and not is_risen


def _is_of_rise(statement: Statement) -> bool:
    """True of a number of which it is told that it has grown: its day is that of the news."""
    return bool(statement.counts) and not statement.words.isdisjoint(stems_of("rising_terms"))


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def are_published_near(one: Account, other: Account) -> bool:
    """True of articles that were published within days of each other; False where the day of one is not known."""
    if one.published_date is None or other.published_date is None:
        return False
    return abs((one.published_date - other.published_date).days) <= _NEAR_DAYS


def publication_buckets(published: date) -> tuple[int, ...]:
    """Numbers of stretches of days: what is published near each other has one in common."""
    day = published.toordinal()
    return tuple(sorted({day // _BUCKET_DAYS, (day + _NEAR_DAYS) // _BUCKET_DAYS}))


def days_between(one: Account | Statement, other: Account | Statement) -> int | None:
    """Days between the ends of two times, 0 or less where they overlap; None where one has no days."""
    if one.first_date is None or one.last_date is None or other.first_date is None or other.last_date is None:
        return None
    return max((other.first_date - one.last_date).days, (one.first_date - other.last_date).days)
