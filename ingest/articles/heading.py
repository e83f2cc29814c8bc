"""The lines above the first paragraph of a text, and the day of publication that they state.

Belongs here: date lines ("Published: 29 November 2025"), stamps that run on into the text ("Published July 12
2016 A man carries …"), dated headings ("Operational Update March
24, 2011", "May 11: Raids in the South"), release numbers that give a year and month, and datelines
that stand below such lines. Does not belong here: what a dateline looks like
(``ingest.articles.dateline``), which date to believe (``ingest.articles.dates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ingest.articles.dateline import MONTH_DAY, Dateline, dateline, dateline_stamp
from ingest.articles.dates import read_stamp
from ingest.articles.draft import Stamp
from ingest.articles.tables import sign

_MOST_LINES = 14
_LONGEST_HEADING = 160  # characters: a longer line is a paragraph
_FEWEST_WORDS = 9  # of a short line that is a paragraph all the same, since it ends in a full stop
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DAY = rf"(?P<day>{MONTH_DAY}|\d{{4}}-\d\d?-\d\d?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
_TIME = (
    r"(?:,?\s*(?:at|@|[-–—])?\s*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?)?)?"
)
_ONLY_DAY = re.compile(rf"[\W_]*{_WEEKDAY}{_DAY}{_TIME}[\W_]*")
_AT_START = re.compile(rf"{_WEEKDAY}{_DAY}\s*(?::|\s[-–—]{{1,2}})\s+(?=\S)")
_AT_END = re.compile(rf"{_WEEKDAY}{_DAY}\s*\)?\s*$")
# a stamp at the head of a line, or behind an agency's or paper's name, after which something else begins
_WHOLE_DAY = (
    rf"(?P<day>{MONTH_DAY}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}"
    r"|(?P<glued>[A-Z][a-z]{2,8}\.? (?:0?[1-9]|[12]\d|3[01])(?:19|20)\d\d))"
)
_CLOCK = r"(?:,?\s*(?:at\s+)?(?:\d{1,2}[:.]\d\d|\d{4})(?:\s*[ap]\.?m\.?)?)?"
_FOLLOWED = r"(?=\s*\(|\s+[A-Z\"“\d]|\s*[-–—|]|Get\b|\s+by\s+[A-Z])"
_AT_HEAD = re.compile(rf"[\W_]*{_WEEKDAY}{_WHOLE_DAY}{_CLOCK}{_FOLLOWED}")
_BEHIND_NAME = re.compile(
    rf"(?:^|\s)[A-Z][\w’'.-]*\s+(?=[MTWFS]){_WEEKDAY.removesuffix('?')}{_WHOLE_DAY}{_CLOCK}{_FOLLOWED}"
)
_FURTHEST = 200
_WHOLE_DATE = re.compile(rf"\b{MONTH_DAY}\b")
_MOST_DATES = 40
# the name of a publisher or section behind a title
_TITLE_TAIL = re.compile(r"\s+[-–—|]\s+[^-–—|]{2,40}$")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|\s*,\s+(?=\d{1,2}\s|[A-Z][a-z]+\.?\s+\d)")
# "2012-08-S-012", "2010-10-CA-127": the year and month of issue, then the number in them
_RELEASE_NUMBER = re.compile(
    r"(?<![\w-])(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])[-/][A-Z]{1,4}[-–/]?\d{1,5}\b"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a text states: its dateline, and dates as written, with where each was found.

    ``issued`` is the middle of the month that a release number names, ``told`` the whole dates of the text.
    """

    dateline: Dateline
    stated: tuple[tuple[str, str], ...]
    issued: date | None = None
    told: tuple[date, ...] = ()


def head_lines(text: str) -> list[str]:
    """The lines down to the first paragraph, which is the last of them; an editor's note in brackets is none."""
    lines = []
    for line in filter(None, map(str.strip, text[:4_000].split("\n"))):
        if line.startswith("[") and line.endswith("]"):
            continue
        lines.append(line)
        if len(lines) == _MOST_LINES or _is_paragraph(line):
            break
    return lines


def _is_paragraph(line: str) -> bool:
    return len(line) > _LONGEST_HEADING or (line.endswith(".") and len(line.split()) >= _FEWEST_WORDS)


def date_line(line: str) -> str | None:
    """The date, as written, of a line that holds a date and besides it only a label or an author's name."""
    if len(line) > _LONGEST_HEADING or not any(c.isdigit() for c in line):
        return None
    parts = _PARTS.split(line)
    for k, part in enumerate((line, *parts)):
        label = sign("date_label").match(part)
        rest = part[label.end() :].lstrip(" \t:-–—") if label else part
        found = _ONLY_DAY.fullmatch(rest)
        if found and (k == 0 or all(len(p.split()) <= 6 and not p.endswith(".") for p in parts)):
            return found["day"]
    return None


def running_stamp(line: str) -> str | None:
    """The date, as written, of a stamp that runs on into what follows: "Published July 12 2016 A man carries …"."""
    line = line[:_FURTHEST]
    label = sign("date_label").match(line)
    found = _AT_HEAD.match(line[label.end() :].lstrip(" \t:-–—") if label else line)
    found = found or _BEHIND_NAME.search(line)
    if found is None or not _has_year(found["day"]):
        return None
    day = found["day"]
    return f"{day[:-4]} {day[-4:]}" if found["glued"] else day


def _dated_heading(line: str) -> str | None:
    if len(line) > _LONGEST_HEADING:
        return None
    match = _AT_START.match(line)
    if match:
        return match["day"]
    line = _TITLE_TAIL.sub("", line)
    match = _AT_END.search(line)
    if match and sign("daily_report").search(line) and sign("date_joint").search(line[: match.start()]):
        return match["day"]
    return None


def read_heading(title: str | None, body: str) -> Heading:
    """What the title and the first lines of ``body`` state. Dates come best first: date lines, dateline, headings."""
    opening = Dateline()
    lined: list[tuple[str, str]] = []
    headed: list[tuple[str, str]] = []
    issued = None
    lines = head_lines(body)
    for k, line in enumerate(([title] if title else []) + lines):
        is_body = not title or k > 0
        if is_body:
            here = dateline(line, is_first=k == (1 if title else 0))
            opening = here if opening.place is None else opening
        if (stated := date_line(line)) is not None:
            lined.append(("text_head" if line in lines[:1] and _has_year(stated) else "page_text", stated))
        elif is_body and (stated := running_stamp(line)) is not None:
            lined.append(("text_head" if line in lines[:1] else "page_text", stated))
        elif (stated := _dated_heading(line)) is not None:
            headed.append(("page_text", stated))
        number = _RELEASE_NUMBER.search(line) if len(line) <= _LONGEST_HEADING else None
        if number and issued is None:
            issued = date(int(number["year"]), int(number["month"]), 15)
    of_dateline = [("dateline", opening.stated)] if opening.stated else []
    told = () if opening.stated is None or _has_year(opening.stated) else _whole_dates(body)
    return Heading(opening, (*lined, *of_dateline, *headed), issued, told)


def _whole_dates(text: str) -> tuple[date, ...]:
    """The whole dates that a text tells."""
    found = (m.group() for m in islice(_WHOLE_DATE.finditer(text), _MOST_DATES))
    return tuple(stamp.day for raw in found if (stamp := read_stamp(raw)))


def heading_stamps(heading: Heading, latest: date, near: date | None) -> Iterator[tuple[str, Stamp]]:
    """(where found, day) of each date that the head of a text states.

    A date without a year is the one nearest to ``near``, the date that something else states; else to
    the month of the release number, to a full date in the head, or to one in the text. ``latest`` is the
    day of fetching.
    """
    full = next((s.day for _, text in heading.stated if _has_year(text) and (s := read_stamp(text))), None)
    anchor = near or heading.issued or full
    for where, text in heading.stated:
        if _has_year(text):
            stamp = read_stamp(text)
        elif anchor is None and heading.told:
            near_one = (dateline_stamp(text, latest, day) for day in heading.told if day <= latest)
            stamp = min(filter(None, near_one), key=lambda s: min(abs(s.day - d) for d in heading.told), default=None)
        else:
            stamp = dateline_stamp(text, latest, anchor)
        if stamp:
            yield where, stamp


def _has_year(stated: str) -> bool:
    return re.search(r"\d{4}", stated) is not None
