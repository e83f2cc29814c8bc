"""Days that an event tells: the fifth day of the offensive, the night of the raid, the early days of a war.

Belongs here: the first day of an event, where the text shows it, and days counted from there. Does not
belong here: eras by name (``data/en/eras.toml``), offsets from dates (``resolve``).
"""

from __future__ import annotations

from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.context import Spoken, Surroundings, TimeLine
from ingest.extract.dates.meaning import Meaning
from ingest.extract.dates.values import UNIT_GRANULARITY, Placed, length_value, of_day

# of what is told before an offset, those whose value a day of it gives
_GRANULARITIES = ("day", "week", "weekend", "month", "quarter", "year")
# how many words behind "of" its noun stands at most: "of a long and costly air offensive"
_FURTHEST = 7


def event_day(m: Meaning, around: Surroundings, line: TimeLine) -> Placed:
    """Place a unit that an event tells; open, where the text does not show when the event began.

    "on Sunday, the fifth day of the offensive" shows it: then "the first day of the offensive" has a date.
    """
    unit = m.unit or "D"
    granularity = UNIT_GRANULARITY[unit]
    noun = _event_noun(around)
    told = _apposed(around, line) if m.number is not None and unit == "D" else None
    if told is not None and m.number is not None and told.start == told.end:
        if noun is not None:
            first = almanac.add_days(told.start, 1 - m.number)
            if first is not None:
                line.event_starts[noun] = first
        return Placed(told.start.isoformat(), "day", (told.start, told.start), "text", told.start)
    begun = line.event_starts.get(noun or "")
    start = almanac.shift(begun, m.number - 1, unit) if begun is not None and m.number is not None else None
    if start is None:
        return Placed(None, granularity, None, "none")
    value, days = of_day(start, granularity)
    return Placed(value, granularity, days, "text", begun)


def from_event(m: Meaning, around: Surroundings, line: TimeLine) -> Placed:
    """Place an offset from an event: where the date stands right before it, "in 2003, five years after the test".

    Else the day of the event is not known, and the value is the length alone; nothing, where that is not known
    either ("days after the raid"), unless something goes on for so long: "held out for weeks before the relief came".
    """
    unit = m.lengths[0][1]
    told = _apposed(around, line)
    if told is None or unit.startswith("T") or told.granularity not in _GRANULARITIES:
        if m.vague is None or around.is_measured():
            return Placed(length_value(m), UNIT_GRANULARITY.get(unit), None, "none", timex_type="DURATION")
        return Placed(None, UNIT_GRANULARITY.get(unit), None, "none", timex_type="TIME" if unit[0] == "T" else "DATE")
    value, days = of_day(told.start, told.granularity)
    return Placed(value, told.granularity, days, "text", told.start)


def _apposed(around: Surroundings, line: TimeLine) -> Spoken | None:
    """The date told right before: "on Sunday the fifth day", "on Sunday, the fifth day"."""
    told = line.told[-1] if line.told else None
    if told is None:
        return None
    between = around.analysis.text[told.stop : around.node.start]
    return told if told.stop < around.node.start and between.strip(" ,–—-(") == "" else None


def _event_noun(around: Surroundings) -> str | None:
    """The head noun behind "of", in small letters: "offensive" of "the fifth day of the army's offensive"."""
    tokens = around.analysis.tokens
    found = None
    for i in range(around.last + 2, min(around.last + 2 + _FURTHEST, around.sentence.last)):
        tag = tokens.tags[i]
        if tag in ("NN", "NNS"):
            found = tokens.lowers[i]
        elif found is not None or tag not in ("DT", "JJ", "PRP$", "POS", "NNP", "NNPS", "HYPH", "VBG", "CC", "CD"):
            break
    return found


def early_in_era(start: date | None) -> Placed:
    """The month in which an era began; the past without a calendar where that is not known."""
    if start is None:
        return Placed("PAST_REF", "reference", None, "none")
    value, days = of_day(start, "month")
    return Placed(value, "month", days, "era", start)
