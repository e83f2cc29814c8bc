"""The counts of a mention as they were landed: which figure, of whom, how bounded.

Belongs here: what one count says by itself and the words around it. Does not belong here: what two counts are to each
other (``counts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ingest.resolve.accounts.voices import Row
from ingest.resolve.model import Count
from ingest.values import replace

# of the dead and hurt those whom hospitals have; "the strike hit a hospital" tells of nobody in it
_INTAKE = {
    "killed": re.compile(r"\bhospitals? [^.]*(?:received|took in)\b|\b(?:brought|taken) to [^.]*(?:hospital|morgue)"),
    "wounded": re.compile(
        r"\b(?:admitted|hospitali[sz]ed|treat(?:ed|ing|s)?)\b|\bhospitals? [^.]*(?:received|took in)\b"
        r"|\b(?:brought|taken) to [^.]*hospital"
    ),
}
# before the hour up to which a toll is told: it may have risen since
_HOUR = r"(?:noon|midday|midnight|nightfall|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b|gmt\b))"
_UP_TO = re.compile(rf"\b(?:by|as of|until) {_HOUR}", re.IGNORECASE)
_SHORT = 30  # characters of a statement that is no clause: its sentence says what it is told of


def as_least(count: Count) -> Count:
    """The count as the least number."""
    return replace(count, high=None, bound="at_least") if count.low == count.high else count


def counts_of_mention(links: Iterable[Row], arguments: Iterable[Row], figures: Mapping[str, Row]) -> Iterator[Count]:
    """The counts that a mention gives, by their figures."""
    arguments = list(arguments)
    for link in links:
        figure = figures.get(link["figure_id"])
        if figure is None or (figure["low"] is None and figure["high"] is None):
            continue
        yield Count(
            figure_id=figure["figure_id"],
            role=link["role"],
            scope=link["scope"],
            low=figure["low"],
            high=figure["high"],
            bound=figure["bound"],
            people=_class_of(figure, arguments),
            counted=(figure["counted"] or "").lower() or None,
            is_further=link["is_further"],
            is_outdated=link["is_outdated"],
        )


def with_told_bound(count: Count, text: str, start: int, end: int) -> Count:
    """The count; of those whom a hospital has taken in, or who had died by noon, it is the least of all."""
    told_as = _INTAKE.get(count.role)
    if told_as is not None and _UP_TO.search(text, start, end) is not None:
        return as_least(count)
    if end - start < _SHORT:
        start = text.rfind(". ", 0, start) + 1
    if told_as is None or told_as.search(text, start, end) is None:
        return count
    return replace(as_least(count), is_intake=True)


def _class_of(figure: Row, arguments: Iterable[Row]) -> str | None:
    """What sort of people or things the figure counts: of the participant whose words hold it."""
    for row in arguments:
        if row["char_start"] <= figure["char_start"] and figure["char_end"] <= row["char_end"]:
            found: str | None = row["argument_class"]
            return found
    return None
