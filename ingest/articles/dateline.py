"""Who and where the first and last lines of an article say it comes from.

Belongs here: dateline, agency credit, author line. Does not belong here: places as facts
(``ingest.extract.locations``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.articles.dates import read_stamp
from ingest.articles.draft import Stamp
from ingest.articles.tables import table

_DASH = r"(?:\s*[-–—]{1,2}\s+|\s+[-–—]{1,2}\s*|:\s+)"
_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
MONTH_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}{_ORDINAL}\b(?:(?:,\s*|\s+)\d{{4}})?"
    rf"|\d{{1,2}}{_ORDINAL}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
)
# No character is in a word and between words too: else a long line of capitals takes forever.
_PLACE = r"[A-ZÀ-ÞІЇЄҐ][A-ZÀ-ÞІЇЄҐ'’.]+(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ'’.]+){0,3}"
_MIXED_PLACE = r"[A-ZÀ-Þ][\w'’.]+(?:[ -][A-ZÀ-Þ][\w'’.]+){0,2}"
_STATE = r"(?:,\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"
_CREDIT = r"\(\s*(?P<credit>[A-Z][\w .,&/’'-]{1,40}?)\s*\)"
# The date stands behind the place, in brackets, or between two dashes.
_DATE = rf"(?:,\s*(?P<date>{MONTH_DAY}))?"
_IN_BRACKETS = rf"\(\s*(?P<bracketed>{MONTH_DAY})\s*\)"
_AFTER_DASH = rf"(?:(?P<dashed>{MONTH_DAY}){_DASH})?"
_CAPITALS = re.compile(
    rf"^(?:\((?P<before>[A-Z][\w .&-]{{1,30}})\)\s*)?(?P<place>{_PLACE}(?:/{_PLACE})?)(?P<state>{_STATE})"
    rf"(?:\s*{_IN_BRACKETS}(?:{_DASH}|\s*[-–—]*\s*$|\s+(?=[A-Z]))|{_DATE}\s*(?:[,.]?\s*{_CREDIT})?{_DASH}{_AFTER_DASH})"
)
# In ordinary letters only the credit in brackets, or a date with its year, makes it a dateline.
_ORDINARY = re.compile(
    rf"^(?P<place>{_MIXED_PLACE})(?P<state>{_STATE})(?:\s*{_IN_BRACKETS}|{_DATE}\s*,?\s*(?:{_CREDIT})?){_DASH}"
)
_ONLY_CREDIT = re.compile(rf"^{_CREDIT}{_DASH}")
_LINE, _TAIL = 200, 500
_NEAR = 25  # days: a dateline without a year, where nothing else tells it


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the opening words give."""

    place: str | None = None
    stated: str | None = None


@lru_cache(maxsize=1)
def _agencies() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    data = table("agencies")
    names = {spelling: agency["name"] for agency in data["agency"] for spelling in agency["spellings"]}
    any_name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    credit = re.compile(rf"^(?:.*[\s,/&]|)(?P<name>{any_name})(?:[\s,/&].*|)$")
    before = r"(?:by|from|source|via|credit|with reporting by|text):?\s+"
    given = r"(?:first published by|provided by|originally published by|copy from|material (?:from|by))"
    line = re.compile(
        rf"(?:^|\n)\W{{0,3}}(?:{before})?(?:the\s+)?(?P<line>{any_name})\W{{0,3}}(?=\n|$)"
        rf"|(?:©|\(c\)|copyright)\s*(?:20\d\d\s+)?(?:the\s+)?(?P<rights>{any_name})\b"
        rf"|\b{given}\s+(?:the\s+)?(?P<from>{any_name})\b",
        re.I,
    )
    return names, credit, line


def _agency_named(credit: str | None) -> str | None:
    if not credit:
        return None
    names, pattern, _ = _agencies()
    match = pattern.match(credit.strip())
    return names[match["name"]] if match else None


def dateline(body: str, is_first: bool = True) -> Dateline:
    """The dateline that a body or one of its lines opens with.

    ``is_first`` is False for a line below others: there capitals and a dash are too little ("PHOTO ESSAY -"),
    and a country, a date or a credit has to stand with the place.
    """
    head = body[:_LINE]
    match = _CAPITALS.match(head) or _ORDINARY.match(head)
    if not match:
        return Dateline()
    groups = match.groupdict()
    stated = groups["date"] or groups["bracketed"] or groups.get("dashed")
    place = " ".join(match["place"].split())
    if place.rstrip(".") in table("agencies")["no_place"]["words"] or len(place) < 3:
        return Dateline()
    if match.re is _ORDINARY and not _agency_named(match["credit"]) and not re.search(r"\d{4}", stated or ""):
        return Dateline()
    if not (is_first or match["state"] or stated or match["credit"]):
        return Dateline()
    return Dateline(place, stated)


def agency(body: str, author: str | None = None, publisher: str | None = None) -> str | None:
    """The news agency that the text credits as where it comes from; its own publisher is none."""
    found = _agency_credit(body, author)
    if found and publisher and _same(found, publisher):
        return None
    return found


def _agency_credit(body: str, author: str | None) -> str | None:
    head = body[:_LINE]
    for pattern in (_CAPITALS, _ORDINARY, _ONLY_CREDIT):
        match = pattern.match(head)
        if match:
            groups = match.groupdict()
            found = _agency_named(groups.get("credit")) or _agency_named(groups.get("before"))
            if found:
                return found
    found = _agency_named(author)
    if found:
        return found
    names, _, line = _agencies()
    folded = {spelling.lower(): name for spelling, name in names.items()}
    match = line.search(body[:150]) or line.search(body[-_TAIL:])
    return folded[(match["line"] or match["rights"] or match["from"]).lower()] if match else None


def _same(agency_name: str, publisher: str) -> bool:
    spellings = [s for s, name in _agencies()[0].items() if name == agency_name]
    return any(re.search(rf"\b{re.escape(s)}\b", publisher, re.I) for s in (agency_name, *spellings))


def dateline_stamp(stated: str | None, latest: date, near: date | None = None) -> Stamp | None:
    """The day of a dateline; one without a year is the one nearest to ``near``, the date stated elsewhere.

    Without that it is the last such day before fetching (``latest``), if not long before.
    """
    if not stated:
        return None
    if re.search(r"\d{4}", stated):
        return read_stamp(stated)
    anchor = near or latest
    found = [
        stamp
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (stamp := read_stamp(f"{stated}, {year}" if stated[0].isalpha() else f"{stated} {year}"))
        and stamp.day <= latest
    ]
    nearest = min(found, key=lambda stamp: abs(stamp.day - anchor), default=None)
    if nearest is None or (near is None and (latest - nearest.day).days > _NEAR):
        return None
    return nearest
