"""Where and when a text was written, and by which agency, as the text itself says before its first sentence.

Belongs here: where a dateline, a byline or the links at the head of a page end. Does not belong here: the days that
it tells (``ingest.extract.dates``), which agency an article is of (``ingest.articles``).
"""

from __future__ import annotations

import re

from ingest.extract.lexicon import toml

# "PORT SUDAN (Agency) —", "Bamako, 9 June (Agency) -": no part of the sentence behind it, whose tree it spoils
_AGENCY = r"(?: ?\([A-Z][^()\n]{1,40}\))"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,? (?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?)"
_STATE = r"(?:, [A-ZÀ-Þ][\w.' ]{2,24})"
_DATELINE = re.compile(
    r"(?:\([A-Z][^()\n]{1,40}\)"
    rf"|[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ ,/]{{1,2}}[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){{0,4}}{_STATE}?{_DAY}?{_AGENCY}?"
    rf"|[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+){{0,2}}{_STATE}?(?:{_DAY}{_AGENCY}?|{_AGENCY}))"
    r"\s*(?:[—–]|--|- )\s*(?=[\"“‘'A-ZÀ-Þ0-9])"
)
# "New Delhi, 9 June (Agency) Two died", "Quetta, June 9: Two died": the day stands for the dash
_DATED = re.compile(
    rf"[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+){{0,2}}{_STATE}?{_DAY}(?:{_AGENCY}:?|:)\s+(?=[\"“‘'A-ZÀ-Þ0-9])"
)
# "QUETTA: Two died"
_LABELLED = re.compile(
    rf"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{{2,}}(?:[ ,/]{{1,2}}[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){{0,3}}{_STATE}?{_DAY}?{_AGENCY}?:\s+"
    r"(?=[\"“‘'A-ZÀ-Þ0-9])"
)
_AGENCIES, _LABELS, _LINKS, _SHARING = (
    "|".join(toml("syntax.toml")[key]) for key in ("agencies", "day_labels", "page_links", "sharing")
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )"
# "8 October 2017", "Oct 8, 2017"; of a text that lost its commas "Nov 022017"
_PAGE_DAY = rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:,? )?\d{{4}}|\d{{2}}\.\d{{2}}\.\d{{4}})"
_TOWN = r"(?: [A-Z]{3,}(?: [A-Z]{3,})?)"
_CLOCK = r"(?: \d{4} (?:UTC|GMT)(?:[+-]\d{1,2})?)"
# what a page tells by the hour stays with its day: "30 Jun 2022 21.51 A refugee died"
_BY_THE_HOUR = r"(?!\d{1,2}[.:]\d{2}\b)"
_SENTENCE = r"(?=[\"“‘'A-ZÀ-Þ0-9(])"
# "AFP Sunday 8 Oct 2017 Two died", "Published Oct 8 2017 SEND httpsite AA Photo Two died", "26.12.2014 Two died"
_BYLINE = re.compile(
    rf"\s*(?:(?:{_AGENCIES}) )?(?:(?:{_LABELS}):? )?{_WEEKDAY}?{_PAGE_DAY}{_CLOCK}?"
    rf"(?: (?:{_SHARING}) http\S+)?(?: (?:{_AGENCIES})(?: Photo)?)?{_TOWN}? {_BY_THE_HOUR}{_SENTENCE}"
)
# "TITLE AFP Two died"
_AGENCY_ALONE = re.compile(rf"\s*(?:{_AGENCIES}) {_SENTENCE}")
# "TITLE Middle East 0941 07.04.2017 Get short URL Topic A long war (200) 0 38 Two died"
_PAGE_HEAD = re.compile(rf"(?:{_LINKS})(?: Topic [^()\n]{{3,80}} \(\d+\))?(?: 0 \d{{1,4}}| \d{{1,6}})? {_SENTENCE}")
_HEAD_CHARS = 400  # of a paragraph, in which such links stand
# "Two died. QUETTA (Agency) A blast": a dateline that has lost its dash, behind what sums the article up
_INNER = re.compile(rf"(?<=[.!?] )[A-Z]{{3,}}(?: [A-Z]{{3,}})? \((?:[A-Z][\w ]{{2,20}})\) {_SENTENCE}")


def is_labelled(text: str, start: int, end: int) -> bool:
    """True of a paragraph that opens with capitals and a colon: a dateline, or who speaks in an interview."""
    return _LABELLED.match(text, start, end) is not None


def dateline_end(text: str, start: int, end: int, *, labels: int) -> int:
    """Where the dateline, byline or links of a paragraph end, and its first sentence begins.

    Args:
        text: the text.
        start: first character of the paragraph.
        end: character after it.
        labels: how many paragraphs of the text open with capitals and a colon; of several none is a dateline.

    Returns:
        A character offset; ``start`` where there are none.
    """
    found = _DATELINE.match(text, start, end) or _DATED.match(text, start, end)
    found = found or (_LABELLED.match(text, start, end) if labels == 1 else None)
    found = found or _PAGE_HEAD.search(text, start, min(end, start + _HEAD_CHARS))
    return found.end() if found is not None else byline_end(text, start, end, is_bare=False)


def byline_end(text: str, start: int, end: int, *, is_bare: bool) -> int:
    """Where a byline without a dash ends that stands at ``start``: "AFP Sunday 8 Oct 2017", with its space.

    A day with its year is one where nothing ties it to a sentence ("on 8 October 2017", "8 October 2017 was").

    With ``is_bare`` the name of an agency alone is one: behind a headline, but not where a sentence may begin with it.

    Returns:
        A character offset; ``start`` where there is none.
    """
    found = _BYLINE.match(text, start, end) or (_AGENCY_ALONE.match(text, start, end) if is_bare else None)
    return found.end() if found is not None else start


def inner_datelines(text: str, start: int, end: int) -> list[int]:
    """Where datelines end that stand inside a paragraph, before the sentence that tells what its first one sums up."""
    return [found.end() for found in _INNER.finditer(text, start, end)]
