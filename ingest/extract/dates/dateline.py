"""The day of publication that a text states of itself: "Published October 2, 2017", "27 Apr 2017 Rail cut …".

Belongs here: telling such a stamp from a date of what the text reports, and the day on which a speech that
the text prints in full was given. Does not belong here: datelines of an article's page and feed
(``ingest.articles``), or what is counted from the day (``context``).

Where a text says when it was published and its metadata says another day, the text is right: archives
keep the day of upload or of crawling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.extract.dates import almanac
from ingest.extract.dates.context import FUTURE, Surroundings, names_days, word_lists
from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import CALENDAR, Meaning

# a stamp stands in the head of the text, among the first dates
_HEAD = 400
_FIRST = 3
# where the day of a report stands, that no stamp tells
_REPORT_HEAD = 1000
# how many years may lie between metadata and a stamp that no word calls one
_MOST_YEARS = 4
# behind a stamp begins something new: a line, a title, a name in brackets, a time
_NEW = re.compile(r"\s*(?:$|\n|\.\.\.|…|[(|)\]\[•\"“A-Z\d]|at \d|by [A-Z])")
_LINE_END = re.compile(r"[\s.…]*(?:\n|$)")
# the number of a release begins with year and month; a dateline ends with a bracket, a colon or its line
_REFERENCE = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])-[A-Z]{1,3}[-–]\d+")
_DATELINE = re.compile(r"\s*(?:[):\n\u2028]|$)")
_WORD = re.compile(r"[^\W\d_]+|\d[\d:]*")
# "KABUL, Afghanistan (" before the day of a dateline, whose town stands in capitals
_TOWN_OF_DATELINE = re.compile(r"(?<![\w-])[A-Z]{3,}(?:[ -][A-Z]{2,})*,\s+[A-Z][\w ]+\(\Z|(?:^|\n)\s*[A-Z]{3,}\s+\(\Z")
_LATER_DAYS = 31
# "KIEV, April 28 (Agency) - …": the place before and the credit or the dash behind make it a dateline
_PLACE_BEFORE = re.compile(r"(?:^|\n)[ \t]*[A-ZÀ-Þ][\w’'.-]*(?:[ /][A-ZÀ-Þ][\w’'.-]*){0,3}(?:,\s+[A-Z][\w .]+)?,\s*\Z")
_CREDIT_BEHIND = re.compile(r"\s*(?:\([A-Z][^()\n]{1,40}\)\s*)?[-–—:]")
# "Read the full address below:" announces a text that was spoken on another day
_IN_FULL = re.compile(
    r"\b(?:full|complete|entire|whole)\s+(?:text|transcript|address|speech|statement|remarks|message|interview)\b[^\n.]*:"
    r"|\b(?:text|transcript|address|speech|statement|remarks|message|interview)\s+(?:in full|below|follows)\b[^\n.]*:"
    r"|\btranscript of\b[^\n.]*:",
    re.I,
)
_SPOKEN = re.compile(r"\b(?:address|speech|statement|remarks|message|interview|briefing|appeal)\b", re.I)
_LATEST_HEAD = 1500


def stated_day(nodes: Sequence[Node], text: str, dct: date | None) -> date | None:
    """Return the day on which the text says that it was published, or None.

    Args:
        nodes: the temporal phrases of the text, in order.
        text: the text they are offsets (in characters) of.
        dct: the day that its metadata give, if any.
    """
    for node in nodes[:_FIRST]:
        if node.start > _HEAD:
            return None
        if dct is None:
            day = _day_of_reference(node, text) or _day_of_dateline(node, nodes, text)
            if day is not None:
                return day
        day = _whole_day(node.value, dct)
        if day is None or not _NEW.match(text, node.end):
            continue
        before = _WORD.findall(text, text.rfind("\n", 0, node.start) + 1, node.start)
        if (
            _is_labelled(before)
            or (dct is None and _closes_a_line(before, text, node))
            or (_may_be_of(day, dct, node, before) and _stands_apart(before, text, node))
        ):
            return day
    return None


def _may_be_of(day: date, dct: date | None, node: Node, before: list[str]) -> bool:
    """Whether ``day`` is near enough to the metadata's; a line that opens with a weekday's date needs no such help."""
    opens = not before and node.value.weekday is not None
    return dct is None or opens or abs(day.year - dct.year) <= _MOST_YEARS


def later_dateline(node: Node, text: str, day: date, dct: date | None) -> bool:
    """Whether a second report begins here, under a dateline of its own: "UPDATE … KABUL, Afghanistan (March 3) -".

    What it calls today is counted from there.
    """
    is_near = dct is not None and 0 < abs((day - dct).days) <= _LATER_DAYS
    return is_near and _TOWN_OF_DATELINE.search(text, max(0, node.start - 60), node.start) is not None


def reported_day(dates: Sequence[tuple[Node, Surroundings]]) -> date | None:
    """Return the latest day that a text without any day of publication tells of in its head, or None.

    News without a date often has one under its picture: "taken on August 29, 2017 and released on August 30,
    2017". What it calls Tuesday is counted from there. Only of texts that are told from some day ("on Tuesday",
    "yesterday"), and not where a later day stands further on, which shows that the first was no news.
    """
    if not names_days([node.value for node, _ in dates]):
        return None
    told = [
        (day, node.start)
        for node, around in dates
        if (day := _whole_day(node.value, None)) is not None
        and around.tense() != FUTURE
        and not (around.tag(-1) == "DT" and around.tag(1).startswith("NN"))  # "an August 14, 2016 video"
    ]
    latest = max(told, default=None)
    return latest[0] if latest is not None and latest[1] < _REPORT_HEAD else None


def _whole_day(meaning: Meaning, dct: date | None) -> date | None:
    """The day of a date that says its year, month and day; of two readings the one nearer to ``dct``."""
    if meaning.kind != CALENDAR or meaning.year is None or meaning.month is None or meaning.day is None:
        return None
    day = almanac.day(meaning.year, meaning.month, meaning.day)
    if meaning.swapped is None or day is None or dct is None:
        return day
    other = almanac.day(meaning.year, *meaning.swapped)
    return other if other is not None and abs(other - dct) < abs(day - dct) else day


def _day_of_reference(node: Node, text: str) -> date | None:
    """ "2010-08-CA-048 … KABUL, Afghanistan (August 6)": the year stands in the number of a release."""
    meaning: Meaning = node.value
    if meaning.kind != CALENDAR or meaning.year is not None or meaning.month is None or meaning.day is None:
        return None
    reference = _REFERENCE.search(text, 0, _HEAD)
    if reference is None or not _DATELINE.match(text, node.end):
        return None
    year, month = int(reference[1]), int(reference[2])
    # the number is given a few days before or after the date, in December and January in another year
    year += {11: -1, -11: 1}.get(meaning.month - month, 0)
    return almanac.day(year, meaning.month, meaning.day)


def _day_of_dateline(node: Node, nodes: Sequence[Node], text: str) -> date | None:
    """ "KIEV, April 28 (Agency) - …", in the year of the whole date that the text names nearest to it."""
    meaning: Meaning = node.value
    if meaning.kind != CALENDAR or meaning.year is not None or meaning.month is None or meaning.day is None:
        return None
    if not _PLACE_BEFORE.search(text, 0, node.start) or not _CREDIT_BEHIND.match(text, node.end):
        return None
    named = [day for n in nodes if (day := _whole_day(n.value, None)) is not None]
    days = [d for day in named for y in (-1, 0, 1) if (d := almanac.day(day.year + y, meaning.month, meaning.day))]
    return min(days, key=lambda d: min(abs(d - day) for day in named), default=None)


def spoken_day(nodes: Sequence[Node], text: str) -> tuple[int, Node] | None:
    """Return where a speech begins that the text prints in full, and the date on which it was given.

    "In an address on Thursday evening … Read the full address below: …": what it calls today is that Thursday.
    Returns a character offset and the temporal phrase; None where no such speech follows.
    """
    if text.find(":\n", 0, _LATEST_HEAD) < 0:
        return None  # what is announced begins on a line of its own
    announced = _IN_FULL.search(text, 0, _LATEST_HEAD)
    if announced is None:
        return None
    for node in nodes:
        if node.start >= announced.start():
            return None
        meaning: Meaning = node.value
        if meaning.kind == CALENDAR and meaning.has_day:
            sentence = text.rfind("\n", 0, node.start) + 1, text.find(".", node.end) % len(text)
            return (announced.end(), node) if _SPOKEN.search(text, *sentence) else None
    return None


def _closes_a_line(before: list[str], text: str, node: Node) -> bool:
    """ "Harbour Radio, January 29, 2010": a name and the day are all that its line ends with."""
    line = text[text.rfind("\n", 0, node.start) + 1 : node.start].rstrip()
    is_named = bool(before) and before[-1][0].isupper() and line.endswith(",")
    return is_named and _LINE_END.match(text, node.end) is not None


def _is_labelled(before: list[str]) -> bool:
    """ "Date of publication 25 August 2016": only words of stamps stand before it in its line."""
    lists = word_lists()
    lowers = [w.lower() for w in before]
    return any(w in lists["stamps"] for w in lowers) and all(
        w in lists["stamps"] or w in lists["stamp_particles"] for w in lowers
    )


def _stands_apart(before: list[str], text: str, node: Node) -> bool:
    """ "7 December 2014 Rocket hits …", "Monitor AFP Sunday 15 Feb 2015 At least …": no sentence leads to it."""
    if not before:
        return True
    between = text[: node.start].rpartition(before[-1])[2]
    # a clock or a name, and nothing between: "in Abuja, October 13, 2016" is a caption
    return between.strip(" |-–(") == "" and (before[-1][0].isdigit() or before[-1][0].isupper())
