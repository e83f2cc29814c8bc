"""The publication date: reading stated dates, and choosing the one to believe.

Belongs here: dates as metadata state them, dates in addresses and file names, the order of belief.
Does not belong here: dates in running text (``ingest.extract.dates``), where a page keeps its dates
(``ingest.articles.page``).

A date that cannot be read in one way only ("03/04/2025") is not read. A date later than the
fetching is not believed: it is a typing error, an event announced, or a lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from ingest.articles.draft import Stamp

# Where a text opens with its day, archives that state another keep the day of upload or of the event.
ORDER = (
    "json_ld",
    "meta",
    "text_head",
    "field",
    "header",
    "feed",
    "time_element",
    "url",
    "page_text",
    "dateline",
    "file",
)
_EARLIEST = date(1900, 1, 1)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NAMED = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b{_MONTH}[\s-]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(?P<year>\d{{4}})\b", re.I),
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(?P<a>\d{1,2})([-./])(?P<b>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?!\d)")
_ISO_TIME = re.compile(
    r"^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*$", re.I
)
_IN_URL = (
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)[/_-](?P<month>0?[1-9]|1[0-2])[/_-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.?-]|$)"),
    re.compile(rf"/(?P<year>(?:19|20)\d\d)[/-]{_MONTH}[/-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.?-]|$)", re.I),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.?-]|\d{4,6}(?:\D|$)|$)"),
)  # fmt: skip
_LONGEST = 200


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        number = month if isinstance(month, int) else int(month) if month.isdecimal() else _MONTHS[month.lower()]
        return date(int(year), number, int(day))
    except (ValueError, KeyError, OverflowError):
        return None


def read_stamp(value: object) -> Stamp | None:
    """A date as a field or tag states it; None where it cannot be read, or in two ways."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return Stamp(value.date(), value.astimezone(UTC) if value.tzinfo else None)
    if isinstance(value, date):
        return Stamp(value)
    if isinstance(value, int | float):
        return _epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()[:_LONGEST]
    return _iso(text) or _rfc(text) or _loose(text)


def _epoch(value: float) -> Stamp | None:
    if 19_000_101 <= value <= 21_001_231 and value == int(value):
        whole = str(int(value))
        day = _day(whole[:4], whole[4:6], whole[6:])
        if day:
            return Stamp(day)
    seconds = value / 1000 if abs(value) > 1e11 else value
    if not 1e8 < seconds < 4e9:  # before 1973 it is some other number
        return None
    instant = datetime.fromtimestamp(seconds, UTC)
    return Stamp(instant.date(), instant)


def _iso(text: str) -> Stamp | None:
    match = _ISO_TIME.match(text)
    try:
        if match:
            day, time, zone = match.groups()
            if not zone:
                return Stamp(date.fromisoformat(day))
            offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
            stated = datetime.fromisoformat(f"{day}T{time}{offset}")
        else:
            stated = datetime.fromisoformat(text)
        return Stamp(stated.date(), stated.astimezone(UTC) if stated.tzinfo else None)
    except (ValueError, OverflowError):
        return None


def _rfc(text: str) -> Stamp | None:
    if "," not in text[:10] and ":" not in text:
        return None
    try:
        stated = parsedate_to_datetime(text)
        if stated.year < 1000:
            return None
        return Stamp(stated.date(), stated.astimezone(UTC) if stated.tzinfo else None)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _loose(text: str) -> Stamp | None:
    for pattern in (_YEAR_FIRST, *_NAMED, _COMPACT):
        match = pattern.search(text)
        if match:
            day = _day(match["year"], match["month"], match["day"])
            return Stamp(day) if day else None
    match = _YEAR_LAST.search(text)
    if match:
        return _either_order(match)
    if text.isdecimal():
        return _epoch(int(text))
    return None


def _either_order(match: re.Match[str]) -> Stamp | None:
    """12.05.2025 is read by its points (day first); with slashes only where one order is possible."""
    first, second = int(match["a"]), int(match["b"])
    day = month = None
    if first > 12 or match.group(2) == "." or first == second:
        day, month = first, second
    elif second > 12:
        month, day = first, second
    found = _day(match["year"], month, day) if day and month else None
    return Stamp(found) if found else None


def date_in_url(url: str | None) -> Stamp | None:
    """The day that an address carries, as /2025/11/27/ or -20251127."""
    if not url:
        return None
    for pattern in _IN_URL:
        match = pattern.search(url[:2_000])
        if match:
            day = _day(match["year"], match["month"], match["day"])
            if day:
                return Stamp(day)
    return None


def date_in_name(name: str) -> Stamp | None:
    """The day that a file's name begins or ends with."""
    stem = re.sub(r"(?:\.[A-Za-z0-9]{1,6}){1,3}$", "", name.rsplit("/", 1)[-1])
    for pattern in (_YEAR_FIRST, _COMPACT, re.compile(_YEAR_FIRST.pattern.replace("[-./]", "_"))):
        match = pattern.search(stem)
        if match and (match.start() == 0 or match.end() == len(stem)):
            day = _day(match["year"], match["month"], match["day"])
            if day:
                return Stamp(day)
    return None


def choose(
    stamps: Iterable[tuple[str, Stamp]], fetched_at: datetime, warnings: list[str]
) -> tuple[date | None, str | None]:
    """The publication date to believe and where it was found; what is doubtful goes to ``warnings``."""
    latest = fetched_at.astimezone(UTC)
    ranked = sorted(stamps, key=lambda s: ORDER.index(s[0]))  # stable: a format's own order stays
    believed: list[tuple[str, date]] = []
    for where, stamp in ranked:
        day = _believed_day(stamp, latest)
        if day is None:
            kind = "date_in_future" if stamp.day > latest.date() else "date_too_early"
            warnings.append(f"{kind}: {stamp.day.isoformat()} ({where})")
        else:
            believed.append((where, day))
    if not believed:
        return None, None
    where, day = believed[0]
    for other, other_day in believed[1:]:
        if abs(other_day - day) > timedelta(days=1) and other != where:
            warnings.append(f"dates_disagree: {day.isoformat()} ({where}), {other_day.isoformat()} ({other})")
    return day, where


def moment_of(day: date | None, stamps: Iterable[tuple[str, Stamp]]) -> datetime | None:
    """When on ``day`` it was published: the best stamp of that day that has an hour; else the day's beginning, UTC."""
    if day is None:
        return None
    ranked = sorted(stamps, key=lambda s: ORDER.index(s[0]))
    hours = [s.instant for _, s in ranked if s.instant is not None and day in (s.day, s.instant.date())]
    return hours[0] if hours else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _believed_day(stamp: Stamp, latest: datetime) -> date | None:
    if stamp.day < _EARLIEST:
        return None
    if stamp.day <= latest.date():
        return stamp.day  # an hour in the future is a wrong time zone, and the day is right all the same
    # East of Greenwich tomorrow has begun already: then the day in UTC is the one that is sure.
    if stamp.instant is not None and stamp.instant <= latest:
        return stamp.instant.date()
    return None
