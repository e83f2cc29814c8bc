"""TIMEX3 values and the days they cover.

Belongs here: the record of a placed expression, and pure functions from days, units and amounts to
values and spans of days. Does not belong here: which day a text means (``resolve``, ``calendar_fields``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.almanac import Days
from ingest.extract.dates.build.amounts import period_value, plain
from ingest.extract.dates.context import Spoken
from ingest.extract.dates.meaning import Meaning

SEASONS = almanac.SEASON_MONTHS
UNIT_GRANULARITY = {
    "TS": "second", "TM": "minute", "TH": "hour", "D": "day", "W": "week", "FN": "week", "WE": "weekend",
    "M": "month", "Q": "quarter", "H": "half_year", "Y": "year", "DE": "decade", "CE": "century", "ML": "century",
    "SP": "season", "SU": "season", "FA": "season", "WI": "season",
}  # fmt: skip


@dataclass(slots=True)
class Placed:
    """A value in TIMEX3 form with the days it covers, as far as they are known."""

    value: str | None
    granularity: str | None = None
    days: Days | None = None
    anchor: str = "explicit"
    anchor_date: date | None = None
    is_year_inferred: bool = False
    timex_type: str = "DATE"
    mod: str | None = None


def length_value(meaning: Meaning) -> str:
    """ISO 8601 duration; X where the amount is not told, "P3M/P6M" where it is between two."""
    if meaning.vague is not None:
        unit = meaning.lengths[0][1]
        letter = {"DE": "DE", "CE": "CE", "ML": "ML", "FN": "W", "WE": "WE", "TS": "S", "TM": "M", "TH": "H"}.get(
            unit, unit
        )
        return f"P{'T' if unit.startswith('T') else ''}X{letter}"
    if len(meaning.lengths) == 1:
        amount, unit = meaning.lengths[0]
        high = meaning.amount_high
        least = period_value(amount, unit)
        return least if high is None or high <= amount else f"{least}/{period_value(high, unit)}"
    days = [(a, u) for a, u in meaning.lengths if not u.startswith("T")]
    times = [(a, u) for a, u in meaning.lengths if u.startswith("T")]
    value = "P" + "".join(period_value(a, u).removeprefix("P") for a, u in days)
    if times:
        value += "T" + "".join(plain(a) + u[1] for a, u in times)
    return value


def of_day(day: date, granularity: str) -> tuple[str, Days | None]:
    """The value and days of the period of a granularity that ``day`` lies in."""
    if granularity == "week":
        year, week = almanac.week_of(day)
        return f"{year:04d}-W{week:02d}", almanac.week_days(year, week)
    if granularity == "weekend":
        year, week = almanac.week_of(day)
        days = almanac.week_days(year, week)
        saturday = almanac.add_days(days[0], 5) if days else None
        return f"{year:04d}-W{week:02d}-WE", (saturday, days[1]) if saturday and days else None
    if granularity == "month":
        return f"{day.year:04d}-{day.month:02d}", almanac.month_days(day.year, day.month)
    if granularity == "quarter":
        number = (day.month - 1) // 3 + 1
        return f"{day.year:04d}-Q{number}", almanac.months_days(day.year, 3 * number - 2, 3)
    if granularity == "half_year":
        number = (day.month - 1) // 6 + 1
        return f"{day.year:04d}-H{number}", almanac.months_days(day.year, 6 * number - 5, 6)
    if granularity == "year":
        return f"{day.year:04d}", almanac.year_days(day.year, day.year)
    if granularity == "decade":
        start = day.year // 10 * 10
        return f"{day.year // 10:03d}", almanac.year_days(start, start + 9)
    if granularity == "century":
        start = day.year // 100 * 100
        return f"{day.year // 100:02d}", almanac.year_days(max(1, start), start + 99)
    if granularity == "season":
        year, season = almanac.season_of(day)
        return f"{year:04d}-{season}", almanac.season_days(year, season)
    return day.isoformat(), (day, day)


def century_value(m: Meaning) -> Placed:
    """The value of a numbered century."""
    number = (m.number or 1) - 1
    if m.is_bc or m.unit == "ML":
        return Placed(f"{'BC' if m.is_bc else ''}{number:02d}", "century")
    return Placed(f"{number:02d}", "century", almanac.year_days(max(1, number * 100), number * 100 + 99))


def open_value(m: Meaning) -> str | None:
    """The value of a period that nothing places."""
    unit = m.unit or "D"
    if unit in SEASONS:
        return f"XXXX-{unit}"
    if unit == "Q":
        return f"XXXX-Q{m.number}" if m.number else "XXXX-QX"
    if unit == "H" and m.number:
        return f"XXXX-H{m.number}"
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(unit)


def vague_later(told: Spoken, unit: str, sign: int) -> str:
    """ "several weeks later": in the month that was told, as far as that goes."""
    if unit.startswith("T"):
        return told.start.isoformat()
    if unit in ("D", "W", "FN"):
        return f"{told.start.year:04d}-{told.start.month:02d}"
    if unit == "M":
        return f"{told.start.year:04d}"
    return "PAST_REF" if sign < 0 else "FUTURE_REF"


def window_days(dct: date, amount: float, unit: str, sign: int) -> Days | None:
    """The past 24 hours reach back to yesterday; the next two weeks end in two weeks."""
    if unit.startswith("T"):
        hours = amount / {"TH": 1, "TM": 60, "TS": 3600}[unit]
        edge = almanac.add_days(dct, sign * max(0, round(hours / 24 + 0.49)) if hours < 240000 else 0)
    elif unit in ("WE", "X"):
        return None
    elif unit == "Q":
        # quarters are the calendar's: the last two are the two before this one
        now = dct.replace(month=(dct.month - 1) // 3 * 3 + 1, day=1)
        first = almanac.add_months(now, 3 if sign > 0 else -3 * int(amount))
        return almanac.months_days(first.year, first.month, 3 * int(amount)) if first and amount >= 1 else None
    else:
        edge = almanac.shift(dct, sign * int(amount), unit)
    if edge is None:
        return None
    if sign > 0 and unit == "D":
        return (almanac.add_days(dct, 1) or dct), edge
    return (edge, dct) if sign < 0 else (dct, edge)


def up_to_now(days: Days, dct: date | None, *, is_before: bool) -> Days:
    """The days of a period up to publication, or from there; all of a period that publication is not in."""
    first, last = days
    if dct is None or not first <= dct <= last:
        return days
    return (first, dct) if is_before else (dct, last)


def part_days(days: Days, mod: str, granularity: str) -> Days:
    """The early, middle or late part of a period."""
    first, last = days
    if mod not in ("START", "MID", "END") or first == last:
        return days
    if granularity == "month":
        cuts = (first.replace(day=10), first.replace(day=20))
        return {
            "START": (first, cuts[0]),
            "MID": (first.replace(day=11), cuts[1]),
            "END": (first.replace(day=21), last),
        }[mod]
    if granularity in ("year", "quarter", "season", "half_year"):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        third = max(1, months // 3)
        second = almanac.add_months(first, third) or first
        final = almanac.add_months(first, months - third) or first
        before = almanac.add_days(second, -1) or first
        until = almanac.add_days(final, -1) or first
        return {"START": (first, before), "MID": (second, until), "END": (final, last)}[mod]
    length = (last - first).days + 1
    third = max(1, length // 3)
    cut = almanac.add_days(first, third) or first
    final = almanac.add_days(last, 1 - third) or last
    if mod == "START":
        return first, almanac.add_days(cut, -1) or first
    if mod == "END":
        return final, last
    return (cut, almanac.add_days(final, -1) or cut) if cut < final else days


def nth_weekday_in(first: date, last: date, weekday: int, number: int) -> date | None:
    """The n-th such weekday of a period, from its end where negative."""
    if number > 0:
        day = almanac.add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    else:
        day = almanac.add_days(last, -((last.isoweekday() - weekday) % 7))
    return day if day is not None and first <= day <= last else None


def nth_unit_in(first: date, last: date, unit: str, number: int, count: int) -> Days | None:
    """The n-th (or last) ``count`` units of a period."""
    if unit == "W":
        # a week belongs to the period that holds its Thursday
        monday = almanac.add_days(
            first, -((first.isoweekday() - 4) % 7 + 3) if first.isoweekday() > 4 else 1 - first.isoweekday()
        )
        if first.isoweekday() > 4:
            monday = almanac.add_days(first, 8 - first.isoweekday())
        if number > 0:
            start = almanac.add_days(monday, 7 * (number - 1)) if monday else None
        else:
            # the last week whose Thursday lies in the period
            ending = almanac.add_days(last, -((last.isoweekday() - 4) % 7) - 3)
            start = almanac.add_days(ending, -7 * (count - 1)) if ending else None
        end = almanac.add_days(start, 7 * count - 1) if start else None
        return (start, end) if start and end else None
    if unit == "WE":
        day = nth_weekday_in(first, last, 6, number)
        end = almanac.add_days(day, 1) if day else None
        return (day, end) if day and end else None
    if number > 0:
        start = almanac.shift(first, (number - 1) * (count if number > 1 else 1), unit)
        after = almanac.shift(start, count, unit) if start else None
        end = almanac.add_days(after, -1) if after else None
    else:
        end = last
        after = almanac.add_days(last, 1)
        start = almanac.shift(after, -count, unit) if after else None
    return (start, end) if start and end and start <= end and end <= last and start >= first else None
