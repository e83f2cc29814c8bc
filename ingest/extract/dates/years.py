"""Which year is meant by a day, month or feast without one.

Belongs here: the day from which the year is sought (publication, or what the passage tells of), and the
choice between the same day of several years. Does not belong here: months, weeks and days of the week
(``calendar_fields``), and the state of the text's time line (``context``).
"""

from __future__ import annotations

from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.context import FUTURE, PAST, Surroundings, TimeLine

# a text that tells from its own dates goes on rather than back: so much nearer must be what lies behind
_BACKWARD = 2
_AHEAD_OF_PRESS = 1  # days: news from east of the publisher


class Years:
    """Finds years from the state of one text's time line."""

    def __init__(self, line: TimeLine) -> None:
        self.line = line

    def base(self, around: Surroundings) -> date | None:
        """The day from which a date without year is sought: publication, or what the passage tells of."""
        told = self.line.last_year_told(around)
        dct = self.line.dct
        if around.years_back is not None and dct is not None:
            return almanac.add_months(dct, -12 * around.years_back)
        if told is not None and dct is not None and not self.line.is_history and around.tense() == FUTURE:
            return dct
        if told is not None and (dct is None or self.line.is_history or abs(told.start.year - dct.year) >= 1):
            return told.start
        return dct

    def choose(
        self,
        candidates: list[date],
        base: date,
        which: str | None,
        around: Surroundings,
        *,
        is_numbered: bool = False,
    ) -> date | None:
        """Among the same day of several years the one that is meant; ``is_numbered`` says that it has its number."""
        dct = self.line.dct
        if not candidates:
            return None
        if around.years_back is not None:
            return next((c for c in candidates if c.year == base.year), None)
        past = [c for c in candidates if c <= base]
        ahead = [c for c in candidates if c >= base]
        if base is not dct and (dct is None or base != dct.replace(day=1)):
            return self._from_text(candidates, base, around)
        if which == "last":
            earlier = [c for c in past if c < base]
            return max(earlier) if earlier else None
        if which == "next":
            later = [c for c in ahead if c > base]
            return min(later) if later else None
        if which == "this":
            same = [c for c in candidates if c.year == base.year]
            return same[0] if same else None
        if around.has_happened() and not around.is_deadline() and past:
            # news from east of the publisher is a day ahead
            return next((c for c in ahead if is_numbered and (c - base).days == 1), max(past))
        if not is_numbered and past and around.is_of_past_subject():
            return max(past)
        if is_numbered and past and not around.is_deadline() and around.is_told_past():
            return next((c for c in ahead if (c - base).days <= _AHEAD_OF_PRESS), max(past))
        # News names the year of what is far off: the nearest, but rather on the side of the tense.
        back, ahead_weight = {FUTURE: (1.0, 0.35), PAST: (0.2, 1.0)}.get(around.tense(), (0.7, 1.0))
        return min(candidates, key=lambda c: (base - c).days * back if c <= base else (c - base).days * ahead_weight)

    def _from_text(self, candidates: list[date], base: date, around: Surroundings) -> date | None:
        """Told from the text: in the year that it names, else onwards from there rather than back.

        What has happened has happened before publication.
        """
        told, dct = self.line.last_year_told(around), self.line.dct
        if told is not None and told.granularity == "year":
            same = [c for c in candidates if c.year == told.start.year]
            if same:
                return same[0]
        if dct is not None and base <= dct:
            candidates = [c for c in candidates if c <= dct] or candidates
        return min(candidates, key=lambda c: (c - base).days if c >= base else (base - c).days * _BACKWARD)
