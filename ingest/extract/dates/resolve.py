"""From meanings to values: resolution against publication, the text's own time line and eras.

Belongs here: lengths, offsets, ranges and times of day. Does not belong here: how the text says it
(``build``), what stands beside it (``context``), incomplete calendar fields (``calendar_fields``).
"""

from __future__ import annotations

from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.calendar_fields import CalendarFields
from ingest.extract.dates.context import FUTURE, Spoken, Surroundings, TimeLine
from ingest.extract.dates.event_days import from_event
from ingest.extract.dates.meaning import CALENDAR, LENGTH, OFFSET, RANGE, REFERENCE, REPEAT, WINDOW, Meaning
from ingest.extract.dates.values import (
    UNIT_GRANULARITY,
    Placed,
    length_value,
    of_day,
    part_days,
    up_to_now,
    vague_later,
    window_days,
)
from ingest.garbage import weakly
from ingest.values import replace

_NO_DAY = "XXXX-XX-XX"
_YEARS_OF = {"DE": 10, "CE": 100}
_SHORT = ("D", "W", "FN")  # units that are counted from a day


class Resolver:
    """Places meanings one after another, in the order of the text."""

    def __init__(self, timeline: TimeLine) -> None:
        self.line = timeline
        self.fields = CalendarFields(timeline, weakly(self.place))

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
        placed = self._offset(meaning, around) if kind == OFFSET else self.fields.place(meaning, around)
        placed.mod = meaning.mod
        if meaning.follows:
            self._not_before(placed)
        if meaning.has_time:
            self._add_time(placed, meaning)
        elif meaning.is_before_now is not None and placed.days is not None:
            placed.days = up_to_now(placed.days, self.line.dct, is_before=meaning.is_before_now)
        elif placed.mod is not None and placed.days is not None:
            placed.days = part_days(placed.days, placed.mod, placed.granularity or "")
        return placed

    def _not_before(self, placed: Placed) -> None:
        """ "from December to March": the March after that December; the Friday after that Monday."""
        told = self.line.told[-1] if self.line.told else None
        if told is None or placed.days is None or placed.days[1] >= told.start or placed.anchor == "explicit":
            return
        unit, amount = ("Y", 1) if placed.is_year_inferred else ("D", 7)
        first = almanac.shift(placed.days[0], amount, unit)
        if first is not None and placed.granularity is not None and first >= told.start:
            placed.value, placed.days = of_day(first, placed.granularity)

    # --- lengths ------------------------------------------------------------------------------

    def _length(self, meaning: Meaning) -> Placed:
        amount, unit = meaning.lengths[0]
        granularity = UNIT_GRANULARITY.get(unit)
        placed = Placed(length_value(meaning), granularity, None, "none", timex_type="DURATION", mod=meaning.mod)
        dct = self.line.dct
        if meaning.kind == WINDOW and dct is not None and not self.line.is_history:
            placed.anchor, placed.anchor_date = "publication", dct
            if meaning.vague is None:
                placed.days = window_days(dct, max(amount, meaning.amount_high or 0), unit, meaning.sign)
        return placed

    # --- offsets ------------------------------------------------------------------------------

    def _offset(self, meaning: Meaning, around: Surroundings) -> Placed:
        """A point so long before or after something; only its length, where nothing is told to count from."""
        if meaning.which == "event":
            return from_event(meaning, around, self.line)
        amount, unit = meaning.lengths[0]
        if unit in _YEARS_OF and meaning.vague is None:  # "two decades ago" is a year, though not to the day
            amount, unit = amount * _YEARS_OF[unit], "Y"
        anchor, anchor_day, told = self._offset_base(meaning, around, unit)
        if meaning.vague is not None:
            return self._vague_offset(meaning, unit, anchor, anchor_day, told)
        dct = self.line.dct
        if meaning.value == "now" and told is None and dct is not None:
            value, days = of_day(dct, UNIT_GRANULARITY[unit])
            return Placed(value, UNIT_GRANULARITY[unit], days, "publication", dct)
        if self._is_length_only(meaning, unit, told, around):
            return self._length(replace(meaning, kind=LENGTH, mod=None))
        if anchor_day is None:
            return Placed(None, UNIT_GRANULARITY.get(unit), None, "none")
        if amount != int(amount) and unit == "Y":
            amount, unit = round(amount * 12), "M"
        elif amount != int(amount) and unit == "M":
            amount, unit = round(amount * 30), "D"
        steps = int(amount) * meaning.sign
        if unit == "Y" and around.node.start and meaning.first is None:
            quarter = self._quarter_of_year(meaning, steps, anchor, anchor_day, around)
            if quarter is not None:
                return quarter
        return self._shifted(meaning, steps, unit, Placed(None, None, None, anchor, anchor_day), told)

    def _vague_offset(
        self, meaning: Meaning, unit: str, anchor: str, anchor_day: date | None, told: Spoken | None
    ) -> Placed:
        """ "months ago", "several days later": the past or the future, or about the day that the text told."""
        if meaning.is_text_bound and told is None and unit not in _SHORT and not unit.startswith("T"):
            # "centuries later", and nothing told to count from
            return self._length(replace(meaning, kind=LENGTH, mod=None))
        if meaning.is_text_bound and told is not None:
            value = vague_later(told, unit, meaning.sign)
            placed = Placed(value, "reference", None, anchor, anchor_day)
            if value[:1].isdigit():
                placed.mod = meaning.mod = "APPROX"
                placed.granularity = {4: "year", 7: "month"}.get(len(value), "day")
            return placed
        value = "PAST_REF" if meaning.sign < 0 else "FUTURE_REF"
        timex_type = "TIME" if unit.startswith("T") else "DATE"
        return Placed(value, "reference", None, anchor, anchor_day, timex_type=timex_type)

    def _is_length_only(self, meaning: Meaning, unit: str, told: Spoken | None, around: Surroundings) -> bool:
        """Whether "two days later" has nothing to be counted from, so that only its length is known."""
        if not meaning.is_text_bound or meaning.first is not None:
            return False
        if unit.startswith("T"):
            return True
        return told is None and (unit in (*_SHORT, "M") or (meaning.sign > 0 and around.tense() != FUTURE))

    def _quarter_of_year(
        self, meaning: Meaning, steps: int, anchor: str, anchor_day: date, around: Surroundings
    ) -> Placed | None:
        """ "a year earlier" in a report on a quarter is that quarter of the other year; None elsewhere."""
        told = self.line.last_period(around.node.start, ("quarter",), 700)
        reported = almanac.add_months(self.line.dct, -3) if self.line.dct is not None else None
        if told is None and meaning.value == "Q" and reported is not None:
            day = reported
        elif told is not None:
            day, anchor, anchor_day = told.start, "text", told.start
        else:
            return None
        year, number = day.year + steps, (day.month + 2) // 3
        days = almanac.months_days(year, 3 * number - 2, 3)
        return Placed(f"{year:04d}-Q{number}", "quarter", days, anchor, anchor_day)

    def _shifted(self, meaning: Meaning, steps: int, unit: str, base: Placed, told: Spoken | None) -> Placed:
        """Count ``steps`` units on from the anchor day of ``base``."""
        anchor, anchor_day = base.anchor, base.anchor_date
        shifted = almanac.shift(anchor_day, steps, unit) if anchor_day is not None else None
        if shifted is not None and meaning.amount_high == -1:  # the last day of a length, not the one after
            shifted = almanac.add_days(shifted, -1)
        if shifted is None:
            return Placed(None, UNIT_GRANULARITY.get(unit), None, anchor, anchor_day)
        if unit.startswith("T"):
            return Placed(shifted.isoformat(), "day", (shifted, shifted), anchor, anchor_day)
        first = meaning.first
        # months from a war's first day are months, days and weeks from it are days
        is_exact = first is not None and first.has_day and (first.era is None or unit in _SHORT)
        granularity = "day" if is_exact or unit == "D" else UNIT_GRANULARITY[unit]
        if told is not None and meaning.is_text_bound and unit in ("W", "FN") and told.granularity == "day":
            granularity = "day"
        value, days = of_day(shifted, granularity)
        return Placed(value, granularity, days, anchor, anchor_day)

    def _offset_base(self, meaning: Meaning, around: Surroundings, unit: str) -> tuple[str, date | None, Spoken | None]:
        """The day that an offset is counted from, and what kind of anchor that is."""
        if meaning.first is not None:
            base = self.place(meaning.first, around)
            return base.anchor, base.days[0] if base.days else None, None
        if meaning.is_text_bound:
            at = around.node.start
            is_short = unit in _SHORT or unit.startswith("T")
            told = self.line.last_day(at) if is_short else None
            if told is None and not is_short:
                told = (
                    self.line.told[-1]
                    if self.line.told and (self.line.is_history or at - self.line.told[-1].at < 600)
                    else None
                )
            if told is not None:
                return "text", told.start, told
        return "publication", self.line.dct, None

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
        ends = (begin.days[0].isoformat(), end.days[1].isoformat())
        is_plain = begin.granularity == end.granularity and begin.mod is None is end.mod
        figures = {"year": 4, "month": 7}.get(begin.granularity or "", 10) if is_plain else 10
        placed.value = "/".join(day[:figures] for day in ends)
        if meaning.part is not None:
            placed.value = f"{begin.days[0].isoformat()}T{meaning.part}"
            placed.timex_type, placed.granularity = "TIME", "day_part"
        return placed

    def _end_of_range(self, meaning: Meaning, around: Surroundings) -> Placed:
        """ "now" as an end of a range is publication's day."""
        if meaning.kind == REFERENCE and meaning.value == "PRESENT_REF" and self.line.dct is not None:
            return self.fields.on_publication(0)
        return self.place(meaning, around)

    def _add_time(self, placed: Placed, meaning: Meaning) -> None:
        placed.timex_type = "TIME"
        if placed.value is None:
            placed.value = _NO_DAY
        if placed.days is not None and len(placed.value) != 10:
            placed.value = placed.days[0].isoformat()
            placed.days = (placed.days[0], placed.days[0])
        day = placed.value if placed.value != _NO_DAY else ""
        if meaning.clock is not None:
            clock, placed.granularity = meaning.clock, "second" if len(meaning.clock) > 5 else "minute"
            placed.value = f"{day}T{clock}" + ("Z" if meaning.zone == "+00:00" else meaning.zone or "")
            if meaning.value is not None:  # until
                placed.value = f"{day}T{clock}/{day}T{meaning.value}"
        else:
            placed.granularity = "day_part"
            placed.value = f"{day}T{meaning.part}"
