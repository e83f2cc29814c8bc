"""From meanings to values: which day, week or month an expression names.

Belongs here: resolution against publication, the text's own time line and eras; TIMEX3 values,
first and last days. Does not belong here: how the text says it (``build``), what stands beside it
(``context``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ingest.extract.dates import almanac
from ingest.extract.dates.almanac import Days
from ingest.extract.dates.build.amounts import period_value, plain
from ingest.extract.dates.context import FUTURE, PAST, Spoken, Surroundings, TimeLine
from ingest.extract.dates.lexer import read_table
from ingest.extract.dates.meaning import CALENDAR, LENGTH, OFFSET, RANGE, REFERENCE, REPEAT, WINDOW, Meaning

SEASONS = almanac.SEASON_MONTHS
UNIT_GRANULARITY = {
    "TS": "second", "TM": "minute", "TH": "hour", "D": "day", "W": "week", "FN": "week", "WE": "weekend", "M": "month", "Q": "quarter", "H": "half_year",
    "Y": "year", "DE": "decade", "CE": "century", "ML": "century", "SP": "season", "SU": "season", "FA": "season", "WI": "season",
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


class Resolver:
    """Places meanings one after another, in the order of the text."""

    def __init__(self, timeline: TimeLine) -> None:
        self.line = timeline

    def place(self, meaning: Meaning, around: Surroundings) -> Placed:
        """The value of one expression; unresolved parts stay open."""
        kind = meaning.kind
        if kind == REFERENCE:
            return Placed(meaning.value, "reference", None, "none")
        if kind == REPEAT:
            return Placed(meaning.value, None, None, "none", timex_type="SET", mod=meaning.mod)
        if kind in (LENGTH, WINDOW):
            return self._length(meaning)
        if kind == RANGE:
            return self._range(meaning, around)
        placed = self._offset(meaning, around) if kind == OFFSET else self._calendar(meaning, around)
        placed.mod = meaning.mod
        if meaning.has_time:
            self._add_time(placed, meaning)
        elif placed.mod is not None and placed.days is not None:
            placed.days = _part(placed.days, placed.mod, placed.granularity or "")
        return placed

    # --- lengths ------------------------------------------------------------------------------

    def _length(self, meaning: Meaning) -> Placed:
        amount, unit = meaning.lengths[0]
        granularity = UNIT_GRANULARITY.get(unit)
        placed = Placed(length_value(meaning), granularity, None, "none", timex_type="DURATION", mod=meaning.mod)
        dct = self.line.dct
        if meaning.kind == WINDOW and dct is not None:
            placed.anchor, placed.anchor_date = "publication", dct
            if meaning.vague is None:
                placed.days = _window_days(dct, amount, unit, meaning.sign)
        return placed

    # --- offsets ------------------------------------------------------------------------------

    def _offset(self, meaning: Meaning, around: Surroundings) -> Placed:
        amount, unit = meaning.lengths[0]
        at = around.node.start
        anchor, anchor_day, told = self._offset_base(meaning, around, unit)
        if meaning.vague is not None:
            value = "PAST_REF" if meaning.sign < 0 else "FUTURE_REF"
            if meaning.is_text_bound and told is not None:
                value = _vague_later(told, unit, meaning.sign)
                days = None
                placed = Placed(value, None, days, anchor, anchor_day)
                if value[:1].isdigit():
                    placed.mod = meaning.mod = "APPROX"
                    placed.granularity = "month" if len(value) == 7 else "year"
                else:
                    placed.granularity = "reference"
                return placed
            return Placed(value, "reference", None, anchor, anchor_day)
        if anchor_day is None:
            return Placed(None, UNIT_GRANULARITY.get(unit), None, "none")
        if amount != int(amount) and unit == "Y":
            amount, unit = round(amount * 12), "M"
        elif amount != int(amount) and unit == "M":
            amount, unit = round(amount * 30), "D"
        steps = int(amount) * meaning.sign
        if unit == "Y" and at and meaning.first is None:
            quarter = self.line.last_period(at, ("quarter",), 700)
            if quarter is not None:
                year, number = quarter.start.year + steps, (quarter.start.month + 2) // 3
                return Placed(
                    f"{year:04d}-Q{number}",
                    "quarter",
                    almanac.months_days(year, 3 * number - 2, 3),
                    "text",
                    quarter.start,
                )
        shifted = almanac.shift(anchor_day, steps, unit)
        if shifted is not None and meaning.amount_high == -1:  # the last day of a length, not the one after
            shifted = almanac.add_days(shifted, -1)
        if shifted is None:
            return Placed(None, UNIT_GRANULARITY.get(unit), None, anchor, anchor_day)
        if unit.startswith("T"):
            return Placed(shifted.isoformat(), "day", (shifted, shifted), anchor, anchor_day)
        is_exact = meaning.first is not None and meaning.first.has_day
        granularity = "day" if is_exact or unit == "D" else UNIT_GRANULARITY[unit]
        if told is not None and meaning.is_text_bound and unit in ("W", "FN") and told.granularity == "day":
            granularity = "day"
        value, days = _of_day(shifted, granularity)
        return Placed(value, granularity, days, anchor, anchor_day)

    def _offset_base(self, meaning: Meaning, around: Surroundings, unit: str) -> tuple[str, date | None, Spoken | None]:
        """The day that an offset is counted from, and what kind of anchor that is."""
        if meaning.first is not None:
            base = self.place(meaning.first, around)
            return base.anchor, base.days[0] if base.days else None, None
        if meaning.is_text_bound:
            at = around.node.start
            told = self.line.last_day(at) if unit in ("D", "W", "FN") or unit.startswith("T") else None
            if told is None and unit not in ("D", "W", "FN") and not unit.startswith("T"):
                told = (
                    self.line.told[-1]
                    if self.line.told and (self.line.is_history or at - self.line.told[-1].at < 600)
                    else None
                )
            if told is not None:
                return "text", told.start, told
        return "publication", self.line.dct, None

    # --- calendar -----------------------------------------------------------------------------

    def _calendar(self, m: Meaning, around: Surroundings) -> Placed:
        if m.era is not None:
            return self._era(m, around)
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
            return _century(m)
        if m.unit == "DE" and m.number is not None:
            return Placed(f"{m.number:03d}", "decade", almanac.year_days(m.number * 10, m.number * 10 + 9))
        if m.unit == "Y" and m.year is not None:
            if m.is_bc:
                return Placed(f"BC{m.year:04d}", "year")
            return Placed(f"{m.year:04d}", "year", almanac.year_days(m.year, m.year))
        if m.unit is not None:
            return self._period(m, around)
        return self._time_only(around)

    def _time_only(self, around: Surroundings) -> Placed:
        """A clock time alone belongs to the day spoken of last, in the same or the sentence before."""
        told = self.line.last_day(around.node.start)
        if told is not None and around.node.start - told.at < 400:
            return Placed(told.start.isoformat(), "day", (told.start, told.start), "text", told.start)
        return self._on_publication(0)

    def _on_publication(self, shift: int) -> Placed:
        day = almanac.add_days(self.line.dct, shift) if self.line.dct else None
        if day is None:
            return Placed("XXXX-XX-XX", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), "publication", self.line.dct)

    def _era(self, m: Meaning, around: Surroundings) -> Placed:
        era = m.era if m.era != "?" else era_of(around.analysis.text, self.line.dct)
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
        value, days = _of_day(first, granularity)
        return Placed(value, granularity, days, "era", start)

    def _within(self, m: Meaning, around: Surroundings) -> Placed:
        assert m.within is not None
        larger = self.place(m.within, around)
        granularity = UNIT_GRANULARITY.get(m.unit or "D", "day")
        if larger.days is None:
            return Placed(None, granularity, None, larger.anchor, larger.anchor_date)
        first, last = larger.days
        inferred = larger.is_year_inferred or larger.anchor != "explicit"
        if (
            m.month is not None
            or m.unit in SEASONS
            or m.unit in ("Q", "H")
            or m.holiday is not None
            or m.day is not None
        ):
            inner = self.place(replace(m, within=None, year=first.year, which=None), around)
            return replace(inner, anchor=larger.anchor, anchor_date=larger.anchor_date, is_year_inferred=inferred)
        days: Days | None = None
        value: str | None = None
        if m.weekday is not None and m.number is None:
            day = almanac.add_days(first, (m.weekday - first.isoweekday()) % 7)
            days = (day, day) if day else None
        elif m.weekday is not None:
            day = _nth_weekday(first, last, m.weekday, m.number or 1)
            days = (day, day) if day else None
            granularity = "day"
        elif m.unit == "W" and m.number is None:
            value, days = _of_day(first, "week")
        elif m.number is not None:
            days = _nth_unit(first, last, m.unit or "D", m.number, int(m.amount or 1))
        if days is None:
            return Placed(None, granularity, None, larger.anchor, larger.anchor_date)
        if value is None:
            if days[0] == days[1]:
                value = days[0].isoformat()
            elif m.amount == 1 and granularity in ("week", "month", "weekend", "quarter"):
                value, days = _of_day(days[0], granularity)
            else:
                value = f"{days[0].isoformat()}/{days[1].isoformat()}"
        return Placed(value, granularity, days, larger.anchor, larger.anchor_date, inferred)

    def _holiday(self, m: Meaning, around: Surroundings) -> Placed:
        feast = holidays()[m.holiday or ""]
        dct = self.line.dct
        if m.year is not None:
            day, anchor, inferred = holiday_day(feast, m.year), "explicit", False
        else:
            base = self._year_base(around)
            if base is None:
                fixed = feast.get("fixed")
                return Placed(f"XXXX-{fixed}" if fixed else None, "day", None, "none")
            anchor, inferred = ("text" if base is not dct else "publication"), True
            days = [d for y in (base.year - 1, base.year, base.year + 1) if (d := holiday_day(feast, y))]
            day = self._choose(days, base, m.which, around)
        if day is None:
            return Placed(None, "day", None, anchor, dct)
        end = almanac.add_days(day, int(feast.get("span", 1)) - 1) or day
        value = day.isoformat() if end == day else f"{day.isoformat()}/{end.isoformat()}"
        return Placed(value, "day", (day, end), anchor, None if m.year else dct, inferred)

    def _year_base(self, around: Surroundings) -> date | None:
        """The day from which a date without year is sought: publication, or what the passage tells of."""
        told = self.line.last_year_told(around.node.start, around.sentence.start)
        dct = self.line.dct
        if told is not None and dct is not None and not self.line.is_history and around.tense() == FUTURE:
            return dct
        if told is not None and (dct is None or self.line.is_history or abs(told.start.year - dct.year) >= 1):
            return told.start
        return dct

    def _choose(
        self,
        candidates: list[date],
        base: date,
        which: str | None,
        around: Surroundings,
    ) -> date | None:
        """Among the same day of several years the one that is meant."""
        dct = self.line.dct
        if not candidates:
            return None
        past = [c for c in candidates if c <= base]
        ahead = [c for c in candidates if c >= base]
        if base is not dct and (dct is None or base != dct.replace(day=1)):  # told from the text: onwards from there rather than back
            return min(candidates, key=lambda c: (c - base).days if c >= base else (base - c).days * 3)
        if which == "last":
            earlier = [c for c in past if c < base]
            return max(earlier) if earlier else None
        if which == "next":
            later = [c for c in ahead if c > base]
            return min(later) if later else None
        if which == "this":
            same = [c for c in candidates if c.year == base.year]
            return same[0] if same else None
        # News names the year of what is far off: the nearest, but rather on the side of the tense.
        back, ahead_weight = {FUTURE: (1.0, 0.35), PAST: (0.2, 1.0)}.get(around.tense(), (0.7, 1.0))
        return min(candidates, key=lambda c: (base - c).days * back if c <= base else (c - base).days * ahead_weight)

    def _day(self, m: Meaning, around: Surroundings) -> Placed:
        number = m.day or 1
        if m.month is None:
            return self._day_of_weekday(m) if m.weekday is not None else self._day_of_month(m, around)
        if m.year is not None:
            day = almanac.day(m.year, m.month, number)
            return Placed(day.isoformat() if day else None, "day", (day, day) if day else None)
        base = self._year_base(around)
        if base is None:
            return Placed(f"XXXX-{m.month:02d}-{number:02d}", "day", None, "none")
        years = range(base.year - 1, base.year + 2)
        if m.month == 2 and number == 29:
            years = range(base.year - 4, base.year + 5)
        candidates = [d for y in years if 1 <= y <= 9999 and (d := almanac.day(y, m.month, number))]
        if m.weekday is not None:
            candidates = [c for c in candidates if c.isoweekday() == m.weekday] or candidates
        day = self._choose(candidates, base, m.which, around)
        if day is None:
            return Placed(f"XXXX-{m.month:02d}-{number:02d}", "day", None, "none")
        anchor = "publication" if base is self.line.dct else "text"
        return Placed(day.isoformat(), "day", (day, day), anchor, base, True)

    def _day_of_weekday(self, m: Meaning) -> Placed:
        """ "Friday the 26th": the nearest such day."""
        dct = self.line.dct
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
        day = self._choose(candidates, base, None, around)
        if day is None:
            return Placed(f"XXXX-XX-{number:02d}", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), "text" if told else "publication", base, True)

    def _weekday(self, m: Meaning, around: Surroundings) -> Placed:
        weekday = m.weekday or 1
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
        elif around.tense() == FUTURE or around.is_deadline():
            shift = ahead
        else:
            shift = -back
        day = almanac.add_days(base, shift)
        if day is None:
            return Placed(f"XXXX-WXX-{weekday}", "day", None, "none")
        return Placed(day.isoformat(), "day", (day, day), anchor, base)

    def _deictic_day(self, m: Meaning, around: Surroundings) -> Placed:
        if m.which is not None and m.amount is None:  # that day, the next day
            told = self.line.last_day(around.node.start) if m.is_text_bound or m.which == "that" else None
            shift = {"last": -1, "next": 1}.get(m.which, 0)
            if told is not None:
                day = almanac.add_days(told.end if shift > 0 else told.start, shift)
                if day is not None:
                    return Placed(day.isoformat(), "day", (day, day), "text", told.start)
            return self._on_publication(shift)
        if m.which == "overnight":
            return self._on_publication(-1)
        shift = int(m.amount or 0)
        if m.is_text_bound:
            told = self.line.last_day(around.node.start)
            if told is not None:
                day = almanac.add_days(told.start, shift)
                if day is not None:
                    return Placed(day.isoformat(), "day", (day, day), "text", told.start)
        return self._on_publication(shift)

    def _month(self, m: Meaning, around: Surroundings) -> Placed:
        month = m.month or 1
        if m.year is not None:
            return Placed(f"{m.year:04d}-{month:02d}", "month", almanac.month_days(m.year, month))
        base = self._year_base(around)
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
                    chosen = self._choose(candidates, base, "this", around)
                else:
                    chosen = self._choose(candidates, start, None, around)
        else:
            told = self.line.last_year_told(around.node.start, around.sentence.start)
            if told is not None and told.granularity == "year":
                chosen = almanac.day(told.start.year, month, 1)
            else:
                chosen = self._choose(candidates, start, None, around)
        if chosen is None:
            return Placed(f"XXXX-{month:02d}", "month", None, "none")
        anchor = "publication" if base is self.line.dct else "text"
        return Placed(
            f"{chosen.year:04d}-{month:02d}", "month", almanac.month_days(chosen.year, month), anchor, base, True
        )

    def _period(self, m: Meaning, around: Surroundings) -> Placed:
        """A week, weekend, month, quarter, season, year … named by unit."""
        unit = m.unit or "D"
        granularity = UNIT_GRANULARITY[unit]
        base, anchor = self.line.dct, "publication"
        if m.year is not None:
            return self._numbered(m, m.year, "explicit", None)
        if m.is_text_bound or self.line.is_history:
            told = self._told_for(unit, around)
            if told is not None:
                base, anchor = told.start, "text"
        if base is None:
            return Placed(_open_value(m), granularity, None, "none")
        if unit == "Q" and anchor == "publication" and m.which == "that":
            base = almanac.add_months(base, -3) or base  # the quarter that is reported on is over
        step = {"last": -1, "next": 1}.get(m.which or "", 0) * int(m.amount or 1)
        if m.number is not None and m.which is None:
            year = base.year
            if unit == "Q" and anchor == "publication":
                now = (base.month - 1) // 3 + 1
                if around.tense() != FUTURE and m.number > now:
                    year -= 1
            placed = self._numbered(m, year, anchor, base)
            placed.is_year_inferred = True
            return placed
        if unit in SEASONS:
            return self._season(m, base, anchor, around)
        if unit == "WE":
            if m.which in ("last", "near"):
                if base.isoweekday() >= 6:
                    shift = 0 if m.which == "near" else -7
                else:
                    shift = -7 if around.tense() != FUTURE else 0
            else:
                shift = 7 * step
            moved = almanac.add_days(base, shift)
        else:
            moved = almanac.shift(base.replace(day=1) if unit in ("M", "Q", "Y", "DE", "CE") else base, step, unit)
        if moved is None:
            return Placed(None, granularity, None, anchor, base)
        value, days = _of_day(moved, granularity)
        return Placed(value, granularity, days, anchor, base)

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
            chosen = now or sorted(known, key=lambda k: (k[1][0] - base).days if k[1][0] > base else (base - k[1][1]).days * 3)
        elif m.which == "last":
            chosen = past[-1:]
        elif m.which == "next":
            chosen = ahead[:1]
        elif m.which == "this":
            chosen = now or [(y, d) for y, d in known if y == base.year]
        elif around.tense() == FUTURE:
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

    # --- ranges and times ---------------------------------------------------------------------

    def _range(self, meaning: Meaning, around: Surroundings) -> Placed:
        assert meaning.first is not None
        assert meaning.last is not None
        first, last = meaning.first, meaning.last
        # "from March to June 2022": the year stands once, at the end
        if (
            first.kind == CALENDAR == last.kind
            and last.year is not None
            and first.year is None
            and first.month is not None
        ):
            wraps = last.month is not None and first.month > last.month
            first = replace(first, year=last.year - 1 if wraps else last.year)
        begin = self._end_of_range(first, around)
        if (
            first.kind == CALENDAR == last.kind
            and last.year is None
            and last.month is not None
            and last.which is None
            and begin.days is not None
            and last.within is None
        ):
            year = begin.days[0].year
            wraps = first.month is not None and last.month < first.month
            last = replace(last, year=year + 1 if wraps else year)
        end = self._end_of_range(last, around)
        if (
            first.kind == CALENDAR
            and last.weekday is not None
            and last.day is None
            and first.weekday is not None
            and begin.days
            and end.days
            and end.days[1] < begin.days[0]
        ):
            moved = almanac.add_days(end.days[1], 7)
            if moved is not None:
                end = replace(end, days=(moved, moved))
        placed = replace(begin, mod=meaning.mod, is_year_inferred=begin.is_year_inferred or end.is_year_inferred)
        if begin.days is None or end.days is None or begin.days[0] > end.days[1]:
            both = begin.value and end.value and "REF" not in (begin.value + end.value)
            placed.value, placed.days = (f"{begin.value}/{end.value}" if both else begin.value), None
            return placed
        placed.days = (begin.days[0], end.days[1])
        placed.value = f"{begin.days[0].isoformat()}/{end.days[1].isoformat()}"
        if meaning.part is not None:
            placed.value = f"{begin.days[0].isoformat()}T{meaning.part}"
            placed.timex_type, placed.granularity = "TIME", "day_part"
        return placed

    def _end_of_range(self, meaning: Meaning, around: Surroundings) -> Placed:
        """ "now" as an end of a range is publication's day."""
        if meaning.kind == REFERENCE and meaning.value == "PRESENT_REF" and self.line.dct is not None:
            return self._on_publication(0)
        return self.place(meaning, around)

    def _add_time(self, placed: Placed, meaning: Meaning) -> None:
        placed.timex_type = "TIME"
        if placed.value is None:
            placed.value = "XXXX-XX-XX"
        if placed.days is not None and len(placed.value) != 10:
            placed.value = placed.days[0].isoformat()
            placed.days = (placed.days[0], placed.days[0])
        day = placed.value
        if meaning.clock is not None:
            clock, placed.granularity = meaning.clock, "second" if len(meaning.clock) > 5 else "minute"
            placed.value = f"{day}T{clock}" + ("Z" if meaning.zone in ("+00:00", "Z") else "")
            if meaning.value is not None:  # until
                placed.value = f"{day}T{clock}/{day}T{meaning.value}"
        else:
            placed.granularity = "day_part"
            placed.value = f"{day}T{meaning.part}"


# --- values -----------------------------------------------------------------------------------


def length_value(meaning: Meaning) -> str:
    """ISO 8601 duration; X where the amount is not told."""
    if meaning.vague is not None:
        unit = meaning.lengths[0][1]
        letter = {"DE": "DE", "CE": "CE", "ML": "ML", "FN": "W", "WE": "WE", "TS": "S", "TM": "M", "TH": "H"}.get(
            unit, unit
        )
        return f"P{'T' if unit.startswith('T') else ''}X{letter}"
    if len(meaning.lengths) == 1:
        return period_value(*meaning.lengths[0])
    days = [(a, u) for a, u in meaning.lengths if not u.startswith("T")]
    times = [(a, u) for a, u in meaning.lengths if u.startswith("T")]
    value = "P" + "".join(period_value(a, u).removeprefix("P") for a, u in days)
    if times:
        value += "T" + "".join(plain(a) + u[1] for a, u in times)
    return value


def _of_day(day: date, granularity: str) -> tuple[str, Days | None]:
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


def _century(m: Meaning) -> Placed:
    number = (m.number or 1) - 1
    if m.is_bc or m.unit == "ML":
        return Placed(f"{'BC' if m.is_bc else ''}{number:02d}", "century")
    return Placed(f"{number:02d}", "century", almanac.year_days(max(1, number * 100), number * 100 + 99))


def _open_value(m: Meaning) -> str | None:
    unit = m.unit or "D"
    if unit in SEASONS:
        return f"XXXX-{unit}"
    if unit == "Q":
        return f"XXXX-Q{m.number}" if m.number else "XXXX-QX"
    if unit == "H" and m.number:
        return f"XXXX-H{m.number}"
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(unit)


def _vague_later(told: Spoken, unit: str, sign: int) -> str:
    """ "several weeks later": in the month that was told, as far as that goes."""
    if unit in ("D", "W", "FN") or unit.startswith("T"):
        return f"{told.start.year:04d}-{told.start.month:02d}"
    if unit == "M":
        return f"{told.start.year:04d}"
    return "PAST_REF" if sign < 0 else "FUTURE_REF"


def _window_days(dct: date, amount: float, unit: str, sign: int) -> Days | None:
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


def _part(days: Days, mod: str, granularity: str) -> Days:
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


def _nth_weekday(first: date, last: date, weekday: int, number: int) -> date | None:
    if number > 0:
        day = almanac.add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    else:
        day = almanac.add_days(last, -((last.isoweekday() - weekday) % 7))
    return day if day is not None and first <= day <= last else None


def _nth_unit(first: date, last: date, unit: str, number: int, count: int) -> Days | None:
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
        day = _nth_weekday(first, last, 6, number)
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


@cache
def _eras() -> list[dict[str, Any]]:
    eras: list[dict[str, Any]] = read_table("eras.toml")["eras"]
    return sorted(eras, key=lambda e: str(e["start"]), reverse=True)


def era_of(text: str, dct: date | None) -> str | None:
    """The start of the war that the text is about: the latest one whose words stand in it."""
    for era in _eras():
        started = dct is not None and date.fromisoformat(era["start"]) <= dct
        if started and any(word in text for word in era["needs"]):
            return str(era["start"])
    return None


@cache
def holidays() -> dict[str, dict[str, Any]]:
    """The feasts, by name."""
    table: dict[str, dict[str, Any]] = read_table("holidays.toml")["holidays"]
    return table


def holiday_day(feast: dict[str, Any], year: int) -> date | None:
    """The day of a feast in a year, where it is known."""
    if not 1583 <= year <= 9998:
        return None
    if "fixed" in feast:
        month, number = feast["fixed"].split("-")
        return almanac.day(year, int(month), int(number))
    if "easter" in feast:
        return almanac.add_days(almanac.easter(year), feast["easter"])
    if "orthodox" in feast:
        start = almanac.orthodox_easter(year)
        return almanac.add_days(start, feast["orthodox"]) if start else None
    if "nth" in feast:
        month, weekday, which, after = feast["nth"]
        found = almanac.nth_weekday(year, month, weekday, which)
        return almanac.add_days(found, after) if found else None
    listed = feast["table"].get(str(year))
    return date.fromisoformat(listed) if listed else None
