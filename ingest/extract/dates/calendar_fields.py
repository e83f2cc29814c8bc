"""Calendar fields that are not complete: which day, month, week or year is meant.

Belongs here: finding the missing year, month or week of a calendar expression from publication,
the tense, and what the text spoke of. Does not belong here: lengths, offsets and ranges
(``resolve``), the form of values (``values``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from ingest.extract.dates import almanac
from ingest.extract.dates.almanac import Days
from ingest.extract.dates.context import FUTURE, PAST, PRESENT, Spoken, Surroundings, TimeLine, word_lists
from ingest.extract.dates.event_days import early_in_era, event_day
from ingest.extract.dates.holidays import feast_of, holiday_day, holidays, named_war
from ingest.extract.dates.meaning import Meaning
from ingest.extract.dates.numbered_days import day_of_weekday, in_order
from ingest.extract.dates.periods import Periods
from ingest.extract.dates.values import (
    SEASONS,
    UNIT_GRANULARITY,
    Placed,
    century_value,
    nth_unit_in,
    nth_weekday_in,
    of_day,
)
from ingest.extract.dates.years import Years
from ingest.values import replace

# how far back, in characters, stands the past that "today" is set against
_CONTRAST = 600

# how far behind the day told last, in characters, a clock time belongs to it; the same, of the day of an account
_CLOSE, _ACCOUNT = 400, 1500

# how much before a feast, beside it, and behind a war, in characters, says whose it is
_BEFORE, _BESIDE = 12, 40
# the words of an offset from a war that its evidence leaves out
_UP_TO_WAR = re.compile(r"\s+(?:before|after)\s[\w\s’'-]{0,40}?(?:war|invasion|fighting)\b")

# "an early morning raid on Saturday", behind the part of the day
_ON_WEEKDAY = re.compile(r" [a-z]+(?: [a-z]+){0,2} on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Place = Callable[[Meaning, Surroundings], Placed]


class CalendarFields:
    """Places calendar meanings; ``place_any`` places what they lie within."""

    def __init__(self, line: TimeLine, place_any: Place) -> None:
        self.line = line
        self._place = place_any
        self._years = Years(line)
        self._periods = Periods(line, self._years)
        # what the whole text tells is looked up once a text, not once a mention
        self._feasts: dict[str, dict[str, Any]] = {}
        self._wars: dict[str, str | None] = {}

    def place(self, m: Meaning, around: Surroundings) -> Placed:
        if m.which == "early":
            era = self._start_of_era(m.era, around) if m.era is not None else None
            return early_in_era(date.fromisoformat(era) if era is not None else None)
        if m.era is not None:
            return self._era(m, around)
        if m.which == "event":
            return event_day(m, around, self.line)
        if m.within is not None:
            return self._within(m, around)
        if m.holiday is not None:
            return self._holiday(m, around)
        if m.day is not None:
            return self._day(m, around)
        if m.weekday is not None:
            return self._weekday(m, around)
        if m.unit == "D":
            return self._deictic_day(m, around)
        if m.month is not None:
            return self._month(m, around)
        if m.unit in ("CE", "ML") and m.number is not None:
            return century_value(m)
        if m.unit == "DE" and m.number is not None:
            return Placed(f"{m.number:03d}", "decade", almanac.year_days(m.number * 10, m.number * 10 + 9))
        if m.unit == "Y" and m.year is not None:
            if m.is_bc:
                return Placed(f"BC{m.year:04d}", "year")
            return Placed(f"{m.year:04d}", "year", almanac.year_days(m.year, m.year))
        if m.unit is not None:
            return self._periods.place(m, around)
        return self._time_only(around)

    def _time_only(self, around: Surroundings) -> Placed:
        """A clock time alone belongs to the day spoken of last, else to the one that its sentence names next."""
        told = self.line.last_day(around.node.start)
        if told is not None and (self._goes_on(told, around) or around.is_same_paragraph(told.at)):
            return Placed(told.start.isoformat(), "day", (told.start, told.start), "text", told.start)
        if around.ahead is not None:
            placed = self._place(around.ahead.node.value, around.ahead)
            if placed.days is not None and placed.granularity == "day":
                return Placed(placed.days[0].isoformat(), "day", placed.days, "text", placed.days[0])
        return self.on_publication(0)

    def _goes_on(self, told: Spoken, around: Surroundings) -> bool:
        """Whether a clock time goes on with the day told last: right behind it, or in an account of another day.

        The hours of an account ("At 10:12 p.m., …") follow the day or hour that opened it, paragraphs back. A
        weekday alone ("he said on Monday") opens none, and hours ahead are of no past day.
        """
        opens = not told.is_deictic or told.granularity != "day"
        return around.node.start - told.at < (_ACCOUNT if opens and around.tense() != FUTURE else _CLOSE)

    def on_publication(self, shift: int) -> Placed:
        day = almanac.add_days(self.line.dct, shift) if self.line.dct else None
        if day is None:
            return Placed("XXXX-XX-XX", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), "publication", self.line.dct)

    def _era(self, m: Meaning, around: Surroundings) -> Placed:
        era = self._start_of_era(m.era or "?", around)
        if era is None:
            return Placed(None, UNIT_GRANULARITY[m.unit or "D"], None, "none")
        start = date.fromisoformat(era)
        count = int(m.amount or 1) - 1
        first = almanac.shift(start, count, m.unit or "D")
        if first is None:
            return Placed(None, UNIT_GRANULARITY[m.unit or "D"], None, "era", start)
        granularity = UNIT_GRANULARITY[m.unit or "D"]
        if m.unit == "D":
            return Placed(first.isoformat(), "day", (first, first), "era", start)
        value, days = of_day(first, granularity)
        return Placed(value, granularity, days, "era", start)

    def _within(self, m: Meaning, around: Surroundings) -> Placed:
        assert m.within is not None
        larger = self._place(m.within, around)
        granularity = UNIT_GRANULARITY.get(m.unit or "D", "day")
        if larger.days is None:
            value: str | None = f"XXXX-{m.unit}{m.number}" if m.unit in ("Q", "H") and m.number is not None else None
            return Placed(value, granularity, None, larger.anchor, larger.anchor_date)
        first, last = larger.days
        inferred = larger.is_year_inferred or larger.anchor != "explicit"
        if (
            m.month is not None
            or m.unit in SEASONS
            or m.unit in ("Q", "H")
            or m.holiday is not None
            or m.day is not None
        ):
            inner = self._place(replace(m, within=None, year=first.year, which=None), around)
            if m.within.which == "this" and self._is_yet_to_come(inner) and around.tense() == PAST:
                # "shots were fired in July this year", told in the first days of the next
                inner = self._place(replace(m, within=None, year=first.year - 1, which=None), around)
            return replace(inner, anchor=larger.anchor, anchor_date=larger.anchor_date, is_year_inferred=inferred)
        days: Days | None = None
        value = None
        if m.weekday is not None and m.number is None:
            day = almanac.add_days(first, (m.weekday - first.isoweekday()) % 7)
            days = (day, day) if day else None
        elif m.weekday is not None:
            day = nth_weekday_in(first, last, m.weekday, m.number or 1)
            days = (day, day) if day else None
            granularity = "day"
        elif m.unit == "W" and m.number is None:
            value, days = of_day(first, "week")
        elif m.number is not None:
            days = nth_unit_in(first, last, m.unit or "D", m.number, int(m.amount or 1))
        if days is None:
            return Placed(None, granularity, None, larger.anchor, larger.anchor_date)
        if value is None:
            if days[0] == days[1]:
                value = days[0].isoformat()
            elif m.amount == 1 and granularity in ("week", "month", "weekend", "quarter"):
                value, days = of_day(days[0], granularity)
            else:
                value = f"{days[0].isoformat()}/{days[1].isoformat()}"
        return Placed(value, granularity, days, larger.anchor, larger.anchor_date, inferred)

    def _is_yet_to_come(self, placed: Placed) -> bool:
        return placed.days is not None and self.line.dct is not None and placed.days[0] > self.line.dct

    def _feast(self, name: str, around: Surroundings) -> dict[str, Any]:
        """The feast as the country that is named beside it has it, else as the one that the text is about."""
        text, node = around.analysis.text, around.node
        for reach in (_BEFORE, _BESIDE):
            feast = feast_of(name, text[max(0, node.start - reach) : node.end + reach * (reach == _BESIDE)])
            if feast is not holidays()[name]:
                return feast
        if name not in self._feasts:
            self._feasts[name] = feast_of(name, text)
        return self._feasts[name]

    def _start_of_era(self, era: str, around: Surroundings) -> str | None:
        """The first day of an era; of "?", of the war that the text is about. None before it began."""
        text, dct = around.analysis.text, self.line.dct
        if era != "?":
            return era if dct is None or date.fromisoformat(era) <= dct else None
        behind = _UP_TO_WAR.match(text, around.node.end)
        at = behind.end() if behind is not None else around.node.end
        beside = text[at : at + _BESIDE]
        if beside not in self._wars:
            self._wars[beside] = named_war(beside, text, dct)
        return self._wars[beside]

    def _holiday(self, m: Meaning, around: Surroundings) -> Placed:
        feast = self._feast(m.holiday or "", around)
        dct = self.line.dct
        if m.year is not None:
            day, anchor, inferred = holiday_day(feast, m.year), "explicit", False
        else:
            base = self._years.base(around)
            if base is None:
                fixed = feast.get("fixed")
                return Placed(f"XXXX-{fixed}" if fixed else None, "day", None, "none")
            anchor, inferred = ("text" if base is not dct else "publication"), True
            days = [d for y in (base.year - 1, base.year, base.year + 1) if (d := holiday_day(feast, y))]
            day = self._years.choose(days, base, m.which, around)
        if day is None:
            return Placed(None, "day", None, anchor, dct)
        if m.unit == "Y":  # "in the new year"
            return Placed(f"{day.year:04d}", "year", almanac.year_days(day.year, day.year), anchor, dct, inferred)
        end = almanac.add_days(day, int(feast.get("span", 1)) - 1) or day
        value = day.isoformat() if end == day else f"{day.isoformat()}/{end.isoformat()}"
        return Placed(value, "day", (day, end), anchor, None if m.year else dct, inferred)

    def _day(self, m: Meaning, around: Surroundings) -> Placed:
        number = m.day or 1
        if m.month is None:
            return day_of_weekday(m, self.line.dct) if m.weekday is not None else self._day_of_month(m, around)
        if m.year is not None:
            day = in_order(m, self.line) if m.swapped is not None else almanac.day(m.year, m.month, number)
            return Placed(day.isoformat() if day else None, "day", (day, day) if day else None)
        base = self._years.base(around)
        if base is None:
            return Placed(f"XXXX-{m.month:02d}-{number:02d}", "day", None, "none")
        years = range(base.year - 1, base.year + 2)
        if m.month == 2 and number == 29:
            years = range(base.year - 4, base.year + 5)
        candidates = [d for y in years if 1 <= y <= 9999 and (d := almanac.day(y, m.month, number))]
        if m.weekday is not None:
            candidates = [c for c in candidates if c.isoweekday() == m.weekday] or candidates
        day = self._years.choose(candidates, base, m.which, around, is_numbered=True)
        if day is None:
            return Placed(f"XXXX-{m.month:02d}-{number:02d}", "day", None, "none")
        anchor = "publication" if base is self.line.dct else "text"
        return Placed(day.isoformat(), "day", (day, day), anchor, base, True)

    def _day_of_month(self, m: Meaning, around: Surroundings) -> Placed:
        """ "on the 24th": of the month that was told, else of publication's or the one before."""
        told = self.line.last_period(around.node.start, ("day", "month", "day_part"), 600)
        base = told.start if told is not None else self.line.dct
        number = m.day or 1
        if base is None:
            return Placed(f"XXXX-XX-{number:02d}", "day", None, "none")
        start = base.replace(day=1)
        months = [s for k in (-1, 0, 1) if (s := almanac.add_months(start, k))]
        candidates = [d for s in months if (d := almanac.day(s.year, s.month, number))]
        if told is not None:
            candidates = [c for c in candidates if c.month == start.month] or candidates
        day = self._years.choose(candidates, base, None, around)
        if day is None:
            return Placed(f"XXXX-XX-{number:02d}", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), "text" if told else "publication", base, True)

    def _weekday(self, m: Meaning, around: Surroundings) -> Placed:
        weekday = m.weekday or 1
        if m.which is None and around.is_indefinite():
            return Placed(f"XXXX-WXX-{weekday}", "day", None, "none")
        base, anchor = self.line.dct, "publication"
        if self.line.is_history or (m.is_text_bound and m.which is not None):
            told = self.line.last_day(around.node.start)
            if told is not None:
                base, anchor = told.start, "text"
        if base is None:
            return Placed(f"XXXX-WXX-{weekday}", "day", None, "none")
        ahead = (weekday - base.isoweekday()) % 7
        back = (base.isoweekday() - weekday) % 7
        if m.which == "next" and anchor == "publication" and not m.is_text_bound:
            # "next Friday" said on a Wednesday is not the day after tomorrow
            shift = weekday - base.isoweekday() + 7
        elif m.which in ("last", "gone"):
            shift = -(back or 7)
        elif m.which in ("next", "coming"):
            shift = ahead or 7
        elif m.which == "this":
            shift = weekday - base.isoweekday()
            if shift < 0 and around.tense() != PAST:
                shift += 7
        elif anchor == "text":
            shift = ahead if m.which is None else -back
        elif around.tense() == FUTURE or around.is_deadline() or self._is_tomorrow(ahead, around):
            shift = ahead
        else:
            shift = -back
        day = almanac.add_days(base, shift)
        if day is None:
            return Placed(f"XXXX-WXX-{weekday}", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), anchor, base)

    def _is_tomorrow(self, ahead: int, around: Surroundings) -> bool:
        """Whether a weekday without tense is the day after publication.

        A title names the edition that comes out then ("Your Tuesday Briefing"), or the text has told that day by its
        number: news from east of the publisher is a day ahead.
        """
        if ahead != 1:
            return False
        is_edition = around.is_headline() and around.word(1) in word_lists()["editions"]
        day = almanac.add_days(self.line.dct, 1) if self.line.dct is not None else None
        return is_edition or any(s.start == s.end == day and not s.is_deictic for s in self.line.told)

    def _deictic_day(self, m: Meaning, around: Surroundings) -> Placed:
        if m.year is not None:
            return self._in_year(m.year)
        told = self.line.last_day(around.node.start)
        if m.which is not None and m.amount is None:  # that day, the next day
            told = told if m.is_text_bound or m.which == "that" else None
            if told is None and around.points_back():
                return Placed("XXXX-XX-XX", "day", None, "none")
            return self._beside(told, {"last": -1, "next": 1}.get(m.which, 0))
        if m.part is not None and (day := self._day_behind(m, around)) is not None:
            return Placed(day.isoformat(), "day", (day, day), "publication", self.line.dct)
        if m.part is not None and self._is_any_day(m, around, told):
            return Placed("XXXX-XX-XX", "day", None, "none")
        if m.which == "overnight":
            return self.on_publication(-1)
        shift = int(m.amount or 0)
        if shift == 0 and not m.has_time and not m.is_text_bound and self._is_nowadays(around):
            return Placed("PRESENT_REF", "reference", None, "none")
        return self._beside(told if m.is_text_bound else None, shift)

    def _day_behind(self, m: Meaning, around: Surroundings) -> date | None:
        """The weekday that the noun behind a part of the day stands on: "an early morning raid on Saturday"."""
        found = _ON_WEEKDAY.match(around.analysis.text, around.node.end)
        is_free = m.which is None and not m.amount and m.is_text_bound
        if found is None or self.line.dct is None or not is_free or around.tense() == FUTURE:
            return None
        back = (self.line.dct.weekday() - _WEEKDAYS.index(found[1][:3])) % 7
        return almanac.add_days(self.line.dct, -back)

    def _in_year(self, year: int) -> Placed:
        """ "on this day in 1991": publication's day and month of that year."""
        day = almanac.day(year, self.line.dct.month, self.line.dct.day) if self.line.dct is not None else None
        if day is None:
            return Placed(f"{year:04d}-XX-XX", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), "publication", self.line.dct)

    def _beside(self, told: Spoken | None, shift: int) -> Placed:
        """The day so many days on from the one that the text told, else from publication's."""
        day = almanac.add_days(told.end if shift > 0 else told.start, shift) if told is not None else None
        if told is None or day is None:
            return self.on_publication(shift)
        return Placed(day.isoformat(), "day", (day, day), "text", told.start)

    def _is_any_day(self, m: Meaning, around: Surroundings, told: Spoken | None) -> bool:
        """ "Buses leave in the morning", "refrigerate overnight": of no day, where none was told."""
        is_open = (m.which == "overnight" and not around.is_headline()) or (m.is_text_bound and m.amount == 0)
        return is_open and (told is None or not around.is_same_paragraph(told.at)) and around.is_general()

    def _is_nowadays(self, around: Surroundings) -> bool:
        """Whether "today" is the present at large.

        "It is still used today", "the hill known today as"; "It fell in 1975. Today it has 400 people", set against
        a past that is years away; the present tense in a text that tells of years gone and no day from publication.
        """
        dct = self.line.dct
        # a text that says of no day that it is today means the present
        if self.line.dct is None or around.is_lasting() or around.is_of_the_age() or around.is_state():
            return True
        if dct is None or around.tense() != PRESENT:
            return False
        if self.line.is_history or around.has_still():
            return True
        if not self.line.names_days and any(s.end.year < dct.year - 1 for s in self.line.told):
            return around.is_general() and not around.is_spoken_to()
        told = self.line.told[-1] if self.line.told else None
        if told is None or around.node.start - told.at >= _CONTRAST or told.end.year >= dct.year - 1:
            return False
        return around.is_same_paragraph(told.at) or around.first == around.sentence.first

    def _month(self, m: Meaning, around: Surroundings) -> Placed:
        month = m.month or 1
        if m.year is not None:
            return Placed(f"{m.year:04d}-{month:02d}", "month", almanac.month_days(m.year, month))
        base = self._years.base(around)
        if base is None:
            return Placed(f"XXXX-{month:02d}", "month", None, "none")
        candidates = [d for y in (base.year - 1, base.year, base.year + 1) if (d := almanac.day(y, month, 1))]
        start = base.replace(day=1)
        if base is self.line.dct:
            if m.which == "last":
                # the month just gone would be "last month"
                recent = almanac.add_months(start, -1)
                chosen = max((c for c in candidates if c < start and c != recent), default=None)
            elif m.which == "next":
                chosen = min((c for c in candidates if c > start), default=None)
            else:
                if m.which == "this":
                    chosen = self._years.choose(candidates, base, "this", around)
                else:
                    chosen = self._years.choose(candidates, start, None, around)
        else:
            chosen = self._years.choose(candidates, start, None, around)
        if chosen is None:
            return Placed(f"XXXX-{month:02d}", "month", None, "none")
        anchor = "publication" if base is self.line.dct else "text"
        return Placed(
            f"{chosen.year:04d}-{month:02d}", "month", almanac.month_days(chosen.year, month), anchor, base, True
        )
