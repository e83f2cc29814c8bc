"""Rows of names that a plural noun calls places: "the villages of A, B and C", "A and B villages".

Belongs here: whether a name stands in such a row. Does not belong here: rows that lost their commas (``unlisted``),
quarters and regions in a row, whose names are listed (``whole_text``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NOUN = (
    r"(?:towns|villages|cities|suburbs|localities|hamlets|settlements|townships|neighbou?rhoods|districts|barangays)"
)
# a church, a hospital and a plan have these as well: "the Catholic and Baptist communities", "areas: Health, Transport"
_NOUN_OF_MANY = r"(?:communities|areas|parishes|wards)"
# a hyphen has one reading, within a word: two would be tried in every combination
_WORD_OF_NAME = r"(?:al-|el-)?[A-Z][\w’']*(?:-[\w’']+)*"
_NAME = rf"{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{0,2}}"
_JOINT = r"(?:,\s+and\s+|,\s+|\s+and\s+)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})"
_BEFORE = re.compile(
    rf"(?:\b{_NOUN}(?:\s+(?:of|like|including|such\s+as|namely|called|named)|\s*[:–—]|\s+-)\s+"
    rf"|\b{_NOUN_OF_MANY}\s+of\s+"
    rf"|\b{_NUMBER}\s+(?:[a-z]+\s+)?{_NOUN},\s+)(?:{_NAME}{_JOINT}){{0,8}}\Z"
)
# "a nearby village, Birka, had been hit"
_APPOSED = re.compile(
    r"\b(?:a|an|another|the|nearby|neighbou?ring)\s+(?:[a-z]+\s+)?(?:village|hamlet|settlement),\s+\Z"
)
_BEHIND = re.compile(rf"(?:{_JOINT}{_NAME}){{1,8}}\s+{_NOUN}\b")
_LAST = re.compile(rf"(?:^|[\s(]){_NAME}{_JOINT}\Z")
_ROW = re.compile(rf"{_NAME}(?:,\s+{_NAME})+,?\s+and\s+{_NAME}")
_NOUN_BEHIND = re.compile(rf"\s+{_NOUN}\b")
_LISTED = re.compile(rf"{_NAME}(?:,\s+{_NAME}){{3,}}")
_HEAD_OF_LIST = re.compile(rf"(?:{_NAME},\s+){{1,12}}\Z")
_FEWEST = 3  # names of a list that are towns: the others are as well
# what may end the words before a name in a row, apart from a mark
_OPENING = frozenset(("and", "of", "like", "including", "as", "namely", "called", "named"))
_WORD = 14  # characters
_REACH = 160  # characters


def is_in_row(text: str, start: int, end: int) -> bool:
    """Whether the name from ``start`` to ``end`` is one of a row that a plural noun calls villages or the like."""
    is_before = text.startswith((",", " and "), end) and _BEHIND.match(text, end, end + _REACH) is not None
    ending = text[max(0, start - _WORD) : start].split()[-1:]
    if not ending or not (ending[0] in _OPENING or ending[0][-1] in ",:–—-"):
        return is_before
    before = text[max(0, start - _REACH) : start]
    if text[end : end + 1] == "," and _APPOSED.search(before) is not None:
        return True
    if end > start and _NOUN_BEHIND.match(text, end):
        return _LAST.search(before) is not None
    return is_before or _BEFORE.search(before) is not None


def are_in_row(text: str, start: int, end: int) -> bool:
    """Whether a row of names begins at ``start`` and holds the one that ends at ``end``: none lies in the next."""
    row = _ROW.match(text, start)
    return row is not None and row.end() >= end and is_in_row(text, start, start)


def are_named_with(text: str, start: int, end: int, is_town: Callable[[str], bool]) -> bool:
    """Whether the name from ``start`` to ``end`` stands in a list of names most of which are towns'."""
    if not text.startswith((",", " and "), end) or text[start - 2 : start] != ", ":
        return False
    head = _HEAD_OF_LIST.search(text, max(0, start - _REACH), start)
    row = _LISTED.match(text, head.start()) if head is not None else None
    if row is None or row.end() < end:
        return False
    names = row[0].split(", ")
    known = sum(1 for name in names if is_town(name))
    return known >= _FEWEST and 2 * known >= len(names)
