"""Weeks, weekends, months, quarters, seasons, years that are named by their unit: which one is meant.

Belongs here: "last week", "this past week", "the second quarter", "next winter", "the following year". Does not
belong here: months by name, days and feasts (``calendar_fields``), and missing years of those (``years``).
"""

from __future__ import annotations

from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.context import FUTURE, Spoken, Surroundings, TimeLine, word_lists
from ingest.extract.dates.meaning import Meaning
from ingest.extract.dates.values import SEASONS, UNIT_GRANULARITY, Placed, of_day, open_value
from ingest.extract.dates.years import Years

# "this past week" is the week that most of the last days belong to
_HALF_A_WEEK = 3
_FROM_MONTH_START = ("M", "Q", "Y", "DE", "CE")


class Periods:
    """Places periods from the state of one text's time line."""

    def __init__(self, line: TimeLine, years: Years) -> None:
        self.line = line
        self._years = years

    def place(self, m: Meaning, around: Surroundings) -> Placed:
        """Place a period; open where neither publication nor the text gives a day to count from."""
        unit = m.unit or "D"
        granularity = UNIT_GRANULARITY[unit]
        if m.year is not None:
            return self._numbered(m, m.year, "explicit", None)
        spoken = self._years.base(around) if self._is_bare_season(m) else None
        if spoken is not None and spoken != self.line.dct:
            told = self.line.last_year_told(around)
            if told is not None and told.granularity == "year":
                return self._numbered(m, spoken.year, "text", spoken)
        base, anchor = self._base(m, spoken, around)
        if base is None:
            return Placed(open_value(m), granularity, None, "none")
        if m.number is not None and m.which is None:
            placed = self._numbered(m, self._year_of_quarter(m, base, anchor, around), anchor, base)
            placed.is_year_inferred = True
            return placed
        if unit in SEASONS:
            return self._season(m, base, anchor, around)
        moved = self._moved(m, base, around)
        if moved is None:
            return Placed(None, granularity, None, anchor, base)
        value, days = of_day(moved, granularity)
        return Placed(value, granularity, days, anchor, base)

    def _is_bare_season(self, m: Meaning) -> bool:
        return m.unit in SEASONS and m.which is None and m.number is None and not self.line.is_history

    def _base(self, m: Meaning, spoken: date | None, around: Surroundings) -> tuple[date | None, str]:
        """The day that a period is counted from, and whether publication or the text gives it."""
        dct = self.line.dct
        if self._is_bare_season(m):
            return (dct, "publication") if spoken in (None, dct) else (spoken, "text")
        if m.is_text_bound or self.line.is_history:
            told = self._told_for(m.unit or "D", around)
            if told is not None:
                return told.start, "text"
        if m.unit == "Q" and m.which == "that" and dct is not None:
            return almanac.add_months(dct, -3) or dct, "publication"  # the quarter that is reported on is over
        return dct, "publication"

    def _year_of_quarter(self, m: Meaning, base: date, anchor: str, around: Surroundings) -> int:
        """The year of a period by its number: a quarter that is told as over and has not begun is last year's."""
        is_ahead = m.unit == "Q" and anchor == "publication" and (m.number or 1) > (base.month - 1) // 3 + 1
        return base.year - 1 if is_ahead and around.tense() != FUTURE else base.year

    def _moved(self, m: Meaning, base: date, around: Surroundings) -> date | None:
        """A day of the period that lies in its direction from ``base``; None beyond the calendar."""
        unit = m.unit or "D"
        step = {"last": -1, "next": 1}.get(m.which or "", 0) * int(m.amount or 1)
        if unit == "WE" and m.which in ("last", "near"):
            if base.isoweekday() >= 6:
                return almanac.add_days(base, 0 if m.which == "near" else -7)
            return almanac.add_days(base, -7 if around.tense() != FUTURE else 0)
        if unit == "WE":
            return almanac.add_days(base, 7 * step)
        if m.which == "gone":
            return almanac.add_days(base, -_HALF_A_WEEK)
        return almanac.shift(base.replace(day=1) if unit in _FROM_MONTH_START else base, step, unit)

    def _told_for(self, unit: str, around: Surroundings) -> Spoken | None:
        at = around.node.start
        if unit in ("W", "WE"):
            return self.line.last_period(at, ("day", "day_part", "hour", "minute", "week", "weekend"))
        if unit == "Q":
            return self.line.last_period(at, ("quarter",))
        return self.line.last_period(
            at,
            ("day", "day_part", "hour", "minute", "week", "weekend", "month", "quarter", "season", "half_year", "year"),
        )

    def _season(self, m: Meaning, base: date, anchor: str, around: Surroundings) -> Placed:
        unit = m.unit or "SP"
        candidates = [(y, almanac.season_days(y, unit)) for y in range(base.year - 2, base.year + 2)]
        known = [(y, d) for y, d in candidates if d is not None]
        now = [(y, d) for y, d in known if d[0] <= base <= d[1]]
        past = [(y, d) for y, d in known if d[1] < base]
        ahead = [(y, d) for y, d in known if d[0] > base]
        if anchor == "text" and m.which in (None, "that"):
            chosen = now or sorted(
                known, key=lambda k: (k[1][0] - base).days if k[1][0] > base else (base - k[1][1]).days * 3
            )
        elif m.which == "last":
            chosen = past[-1:]
        elif m.which == "next":
            chosen = ahead[:1]
        elif m.which == "this":
            chosen = now or [(y, d) for y, d in known if y == base.year]
        elif around.word(-1) in word_lists()["towards_seasons"]:
            chosen = ahead[:1]
        elif around.tense() == FUTURE or around.is_of_purpose():
            chosen = now or ahead[:1]
        else:
            chosen = now or past[-1:]
        if not chosen:
            return Placed(None, "season", None, anchor, base)
        year, days = chosen[0]
        return Placed(f"{year:04d}-{unit}", "season", days, anchor, base, True)

    def _numbered(self, m: Meaning, year: int, anchor: str, base: date | None) -> Placed:
        unit, number = m.unit or "", m.number or 1
        if unit == "Q":
            return Placed(
                f"{year:04d}-Q{number}", "quarter", almanac.months_days(year, 3 * number - 2, 3), anchor, base
            )
        if unit == "H":
            return Placed(
                f"{year:04d}-H{number}", "half_year", almanac.months_days(year, 6 * number - 5, 6), anchor, base
            )
        if unit == "W":
            return Placed(f"{year:04d}-W{number:02d}", "week", almanac.week_days(year, number), anchor, base)
        if unit in SEASONS:
            return Placed(f"{year:04d}-{unit}", "season", almanac.season_days(year, unit), anchor, base)
        return Placed(f"{year:04d}", "year", almanac.year_days(year, year), anchor, base)
