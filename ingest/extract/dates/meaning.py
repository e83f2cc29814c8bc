"""What a temporal expression says, before it is placed in time.

Belongs here: the record that grammar rules build and the resolver reads. Does not belong here:
how words become one (``build``), or which day it is (``resolve``).
"""

from __future__ import annotations

from dataclasses import dataclass

# kinds of meaning
CALENDAR = "calendar"  # fields of the calendar, some of them maybe missing: "November 27", "last March", "2014"
OFFSET = "offset"  # so much before or after something: "two days ago", "a week later"
WINDOW = "window"  # a stretch that touches the present: "the past 24 hours"
LENGTH = "length"  # how long: "three days"
REPEAT = "repeat"  # how often: "every Thursday"
REFERENCE = "reference"  # past, present, future without a calendar: "now", "recently"
RANGE = "range"  # from one to another


@dataclass(slots=True)
class Meaning:
    """One expression's meaning. Fields that the kind does not use stay ``None``."""

    kind: str
    # calendar fields
    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_day_first: bool | None = None  # of "27/11/2025" and "11/27/2025", which show it
    swapped: tuple[int, int] | None = None  # month and day of "03/10/2016", read the other way round
    weekday: int | None = None
    unit: str | None = None  # what is named: a unit's code, "WE" weekend, a season's code, "H" half year …
    number: int | None = None  # which week, quarter, half, decade or century
    holiday: str | None = None
    which: str | None = None  # last, next, this, that: relative to the anchor
    era: str | None = None
    is_bc: bool = False
    is_text_bound: bool = False  # counted from what the text spoke of last, not from publication
    follows: bool = False  # the later end of "from … to …": never before the date that was told last
    within: Meaning | None = None  # the larger period that this is part of
    # time of day
    clock: str | None = None  # "03:40"
    zone: str | None = None
    part: str | None = None  # MO, AF, EV, NI, DT
    # amounts
    amount: float | None = None
    amount_high: float | None = None
    vague: str | None = None
    sign: int = 0
    lengths: tuple[tuple[float, str], ...] = ()
    # others
    value: str | None = None
    mod: str | None = None
    is_before_now: bool | None = None  # "earlier this month" reaches up to publication, "later this month" begins there
    first: Meaning | None = None
    last: Meaning | None = None

    @property
    def has_day(self) -> bool:
        """True where it names one day, however that is to be found."""
        return self.kind == CALENDAR and (
            self.day is not None or self.weekday is not None or self.holiday is not None or self.unit == "D"
        )

    @property
    def has_time(self) -> bool:
        return self.clock is not None or self.part is not None
