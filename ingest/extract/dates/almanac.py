"""Arithmetic on the calendar: ISO weeks, months, quarters, seasons, movable feasts.

Belongs here: pure functions on dates that never raise for dates out of range (they return
``None``). Does not belong here: what a text means by a word.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day(year: int, month: int, number: int) -> date | None:
    """The date, or nothing where the calendar has no such day."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def add_days(start: date, days: int) -> date | None:
    """So many days on, or back."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def add_months(start: date, months: int) -> date | None:
    """The same day that many months on, or the month's last day where it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def month_days(year: int, month: int) -> Days | None:
    """First and last day of a month."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_days(year: int, month: int, count: int) -> Days | None:
    """First to last day of ``count`` months from ``month`` on."""
    first = month_days(year, month)
    if first is None:
        return None
    end = add_months(first[0], count - 1)
    last = month_days(end.year, end.month) if end else None
    return (first[0], last[1]) if last else None


def year_days(first: int, last: int) -> Days | None:
    """First day of one year to the last of another."""
    if not 1 <= first <= last <= 9999:
        return None
    return date(first, 1, 1), date(last, 12, 31)


def week_days(year: int, week: int) -> Days | None:
    """Monday and Sunday of an ISO week."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    sunday = add_days(monday, 6)
    return (monday, sunday) if sunday else None


def week_of(some: date) -> tuple[int, int]:
    """ISO year and week."""
    iso = some.isocalendar()
    return iso.year, iso.week


def season_days(year: int, season: str) -> Days | None:
    """Meteorological seasons of the north; winter begins in December of ``year``."""
    return months_days(year, SEASON_MONTHS[season], 3)


def season_of(some: date) -> tuple[int, str]:
    """Year and season that ``some`` lies in; January's winter is the year before's."""
    if some.month in (1, 2):
        return some.year - 1, "WI"
    return some.year, ("SP", "SU", "FA", "WI")[some.month // 3 - 1]


def easter(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, number + 1)


def orthodox_easter(year: int) -> date | None:
    """Orthodox Easter in the Gregorian calendar (Meeus's Julian computus)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, number = divmod(d + e + 114, 31)
    julian = day(year, month, number + 1)
    return add_days(julian, year // 100 - year // 400 - 2) if julian else None


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The n-th such weekday of the month, from the end where ``n`` is negative."""
    bounds = month_days(year, month)
    if bounds is None:
        return None
    first, last = bounds
    if n > 0:
        found = add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    else:
        found = add_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (n + 1))
    return found if found and found.month == month else None


def shift(start: date, amount: int, unit: str) -> date | None:
    """``start`` moved by so many units; units below a day do not move it."""
    if unit in DAYS_IN:
        return add_days(start, amount * DAYS_IN[unit])
    if unit in MONTHS_IN:
        return add_months(start, amount * MONTHS_IN[unit])
    return start


DAYS_IN = {"D": 1, "W": 7, "FN": 14, "WE": 7}
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
