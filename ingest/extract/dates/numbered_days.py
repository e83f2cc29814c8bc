"""Days whose numbers leave something open: the order of day and month, the month of "Friday the 26th".

Belongs here: what publication and the text show of it. Does not belong here: days whose month is named
(``calendar_fields``).
"""

from __future__ import annotations

from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.context import TimeLine
from ingest.extract.dates.meaning import Meaning
from ingest.extract.dates.values import Placed

# a date so near to publication, in days, shows the order of month and day in numbers
_NEAR_PUBLICATION = 7


def in_order(m: Meaning, line: TimeLine) -> date | None:
    """ "10/03/2016": month and day in the order that the text shows, else the one that is publication's day."""
    assert m.year is not None
    assert m.swapped is not None
    day, other = almanac.day(m.year, m.month or 1, m.day or 1), almanac.day(m.year, *m.swapped)
    dct = line.dct
    if line.is_day_first is not None:
        return other if line.is_day_first else day
    if day is None or other is None or dct is None:
        return day
    is_other = abs((other - dct).days) <= _NEAR_PUBLICATION < abs((day - dct).days)
    return other if is_other else day


def day_of_weekday(m: Meaning, dct: date | None) -> Placed:
    """ "Friday the 26th": the nearest such day."""
    best: date | None = None
    if dct is not None:
        for months in range(-12, 13):
            start = almanac.add_months(dct.replace(day=1), months)
            day = almanac.day(start.year, start.month, m.day or 1) if start else None
            if (
                day
                and day.isoweekday() == m.weekday
                and (best is None or abs((day - dct).days) < abs((best - dct).days))
            ):
                best = day
    if best is None:
        return Placed(f"XXXX-XX-{m.day:02d}", "day", None, "none")
    return Placed(best.isoformat(), "day", (best, best), "publication", dct, True)
