"""Digits that are part of something longer: codes, clock times, dates, phone numbers, addresses of the web.

Belongs here: what the characters around digits show. Does not belong here: what words and tags show
(``vetoes``).
"""

from __future__ import annotations

import re

from ingest.extract.figures.reading import Reading

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.? (?:the )?(?:\d{{1,2}}(?: ?[-–] ?| and |, | or | to ))?$", re.I)
_NEW_COUNT = re.compile(
    r"(?!(?:1[89]|20)\d\d\b)\d[\d,]* "
    r"(?!(?:and|as|at|but|in|is|it|or|of|on|the|to|was|were|when|which|will|with|after)\b)[a-z]{3}"
)
_MONTH_BEHIND = re.compile(
    rf"(?:st|nd|rd|th)? (?:of )?(?:{_MONTH}\b(?! (?:have|be|not|also|well)\b))|[-–/ ]\d{{1,2}} {_MONTH}\b", re.I
)
_CLOCK = re.compile(
    r":\d\d|\.\d\d ?[ap]\.?m\b| ?[ap]\.?m\b\.?|h\d\d\b| o['’]clock| hours? (?:gmt|utc|local)"
    r"| (?:gmt|utc|est|edt|pst|pdt|cet|bst|eet|msk)\b",
    re.I,
)
_DATE = re.compile(r"[-/.]\d{1,2}[-/.]\d{1,4}\b")
_ORDINAL = re.compile(r"-?(?:st|nd|rd|th)\b")
_DECADE = re.compile(r"['’]?s\b")
_GLUED = re.compile(r"[A-Za-z_]\w*|\.\d|[-–][A-Z](?![a-z])|[-–]\d+[A-Za-z]+\d*|[-–]\d+|/\d|['’]s\b(?=\d)")
_ODDS = re.compile(r"-(?:to|for|on)-(?:\d+|[a-z]+)\b| to (?:1|one)\b(?![.,]\d)")
_SCORE = re.compile(r"[-–]\d+(?!\w)")
_GLUE_ALLOWED = re.compile(
    r"\b(?:minus|sub|to|or|some|and|than|about|a|of|pre|under|over|up|mid|non|near|around|only|now|then)-$", re.I
)
_PHONE = re.compile(r"\+?\(?\d[\d ()/.-]{6,}\d")
_LOCAL_PHONE = re.compile(r"\d{3}-\d{4}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_CONTACT = re.compile(r"://|www\.|\.(?:com|org|net|html?|gov|ua|ru)\b|@\w|[=&?]\w+=")
_RUN = re.compile(r"[\w]*(?:[-–./:+,]\w+)*")
_POUND_SIGN = re.compile(r"[\d.,]+ ?(?:[mb]n?|million|billion)\b")
_SHORT_YEAR = re.compile(r"\d\ds?\b(?!\d)")
_ID_LENGTH = 10  # that many digits without a mark are a code
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100})
_TWO_PAIRS = re.compile(r"(\d{1,2})\.(\d\d)")
_OF_DAY = re.compile(r"\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|on\s+[A-Z]|local\b|yesterday|today)")
_AT = re.compile(r"\b(?:at|around|about|since|until|before|after) $", re.I)
# "2824, 2782, 2760, 2740, 2739": a row of numbers of things that are not named
_LIST_BEFORE = re.compile(r"(?:(?<![\d.,])\d+, )+\Z")
_LIST_BEHIND = re.compile(r"(?:, \d+(?![\d.,]*\d|[%:]))+")
_LAST_OF_SERIES = re.compile(r",? (?:and|or) \d")
_LISTED = 5
# "0 15 0", where a page counted what its readers did
_ROW_BEFORE = re.compile(r"(?:(?<![\d.,])\d+ )+\Z")
_ROW_BEHIND = re.compile(r"(?: \d+(?![\d.,]*\d|[%:]))+")
_IN_A_ROW = 3
_ROW_REACH = 120
_ROW_SIGNS = frozenset("0123456789,")
# "31.62° N", "34.5553 N", "34°33′ N"
_COORDINATE = re.compile(
    r"\d{1,3}(?:\.\d+)? ?[°º] ?(?:\d{1,2}(?:\.\d+)? ?['′’] ?)?(?:\d{1,2}(?:\.\d+)? ?[\"″”] ?)?[NSEW]\b"
    r"|\d{1,3}\.\d{2,} ?[NSEW]\b"
)
# an army's unit and not how many: "182/183Bn", "55RR", "the 34 Assam Rifles"
_UNIT_LETTERS = re.compile(r"(?:/\d{1,3})*\s?(?:Bn|Bde|RR|R[eg]gt|Coy|Sqn)\b")
_BATTALIONS = re.compile(r"\d{1,3}/\d{1,3}\s?Bn\b")
# soldiers and weapons are counted: "12 Republican Guards", "12 Sniper Rifles"
_WEAPON = r"(?:Air|Assault|Automatic|Hunting|Kalashnikov|Military|Semi|Service|Sniper)"
_UNIT_NAME = re.compile(
    r"\s(?:[A-Z][a-z]+\s){1,2}(?:Battalion|Regiment|Brigade|Division|Corps|Infantry)\b"
    rf"|\s(?!{_WEAPON}\b)[A-Z][a-z]+\s(?!{_WEAPON}\b)(?:[A-Z][a-z]+\s)?Rifles\b"
)
_DECADES = frozenset({20, 30, 40, 50, 60, 70, 80, 90})


def run_end(text: str, at: int) -> int:
    """Where the code ends that the digits at ``at`` belong to."""
    m = _RUN.match(text, at)
    return m.end() if m is not None else at + 1


def contact_end(text: str, at: int) -> int:
    """Where the phone number or web address ends that holds character ``at``."""
    m = _PHONE.match(text, at)
    stop = re.compile(r"\S*").match(text, at)
    return max(m.end() if m is not None else at, stop.end() if stop is not None else at)


def glued(text: str, at: int) -> str | None:
    """Why the digits at ``at`` are part of a longer name or code, if what stands before shows it."""
    if at == 0:
        return None
    c = text[at - 1]
    if c.isalnum() or c == "_":
        return "veto.name"
    if c in "-–‑" and at > 1 and text[at - 2].isalpha():
        return None if _GLUE_ALLOWED.search(text[max(0, at - 8) : at]) else "veto.name"
    if c in ".:/" and at > 1 and text[at - 2].isalnum():
        return "veto.clock" if c == ":" else "veto.name"
    if c == "+" and text[at : at + 6].replace(" ", "").replace("-", "").isdigit():
        return "veto.contact"
    if c == "#":
        return None if _POUND_SIGN.match(text, at) else "veto.label"
    if c in "’'" and _SHORT_YEAR.match(text, at) and (at < 2 or text[at - 2] in " ("):
        # '90s, the '24 vote
        return None if text[at + 2 : at + 3] in (",", "-") else "veto.date"
    return None


def coordinate_end(text: str, at: int) -> int | None:
    """Where the degrees of latitude or longitude end that begin at character ``at``, or None."""
    m = _COORDINATE.match(text, at)
    return m.end() if m is not None else None


def is_in_row(text: str, start: int, end: int) -> bool:
    """Whether the digits from ``start`` to ``end`` stand in a row of such, with no words between them.

    The numbers of a release ("2824, 2782, 2760, 2740, 2739"), or the counters of a page ("0 15 0").
    """
    has_left = text[start - 1 : start] == " " and text[max(0, start - 2) : start - 1] in _ROW_SIGNS
    if not has_left and not (text[end : end + 1] in (",", " ") and text[end + 1 : end + 3].lstrip()[:1].isdigit()):
        return False
    before, behind = text[max(0, start - _ROW_REACH) : start], text[end : end + _ROW_REACH]
    for mark, fewest, rows in (
        (",", _LISTED, (_LIST_BEFORE, _LIST_BEHIND)),
        (" ", _IN_A_ROW, (_ROW_BEFORE, _ROW_BEHIND)),
    ):
        found = (rows[0].search(before), rows[1].match(behind))
        stop = found[1].end() if found[1] is not None else 0
        if _LAST_OF_SERIES.match(behind, stop):
            return False  # "in five days 12, 14, 15, 16 and 19 tanks"
        if 1 + sum(row.group().count(mark) for row in found if row is not None) >= fewest:
            return True
    return False


def names_day(text: str, start: int, end: int) -> re.Match[str] | None:
    """The month whose day the number from ``start`` to ``end`` is; none in "on August 31, 15 villages"."""
    month = MONTH_BEFORE.search(text, max(0, start - 24), start)
    is_listed = month is not None and month[0].endswith(", ")
    return None if is_listed and _NEW_COUNT.match(text, start) else month


def veto(text: str, r: Reading) -> str | None:
    """The reason to turn down digits for the characters around them, or None."""
    start, end = r.number, r.number_end
    if coordinate_end(text, start) is not None:
        return "veto.coordinate"
    left = max(text.rfind(" ", max(0, start - 200), start), text.rfind("\n", max(0, start - 200), start)) + 1
    if left < start:
        stop = text.find(" ", start)
        if _CONTACT.search(text, left, stop if stop >= 0 else len(text)):
            return "veto.contact"
    if (r.value < 1000 and _UNIT_LETTERS.match(text, end)) or _BATTALIONS.match(text, start):
        return "veto.label"
    if r.form == "fraction" and "/" in text[start:end]:
        over, below = text[start:end].split("/", 1)
        if over.isdigit() and below.isdigit():
            proper = int(over) < int(below) and (int(below) in _DENOMINATORS or int(over) == 1)
            return None if proper and text[end : end + 1] != "/" else "veto.date"
    if r.unit is None and r.bound == "range" and r.phrase is None and _LOCAL_PHONE.fullmatch(text, start, end):
        return "veto.contact"
    if r.unit is not None or r.bound == "range":
        return None
    if r.is_bare and r.value < 1000 and r.bound == "exact" and _UNIT_NAME.match(text, end):
        return "veto.label"
    if names_day(text, start, end) is not None or (r.value <= 31 and _MONTH_BEHIND.match(text, end)):
        return "veto.date"
    return _behind(text, r, start, end)


def odds_end(text: str, r: Reading) -> int | None:
    """Where "10-to-1", "two-for-one" or "3 to 1" ends that begins with ``r``."""
    m = _ODDS.match(text, r.number_end)
    return m.end() if m is not None else None


def _dotted(text: str, start: int, end: int) -> str | None:
    """ "around 17.15", "on Saturday (27.04)": a time of day, a day of a month."""
    m = _TWO_PAIRS.fullmatch(text, start, end)
    if m is None:
        return None
    if text[end : end + 1] not in ("", ".", ",", ")", ";", "\n") and not _OF_DAY.match(text, end):
        return None
    first, second = int(m[1]), int(m[2])
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return "veto.date" if 1 <= first <= 31 and 1 <= second <= 12 else None
    return "veto.clock" if first < 24 and second < 60 and _AT.search(text, max(0, start - 10), start) else None


def _behind(text: str, r: Reading, start: int, end: int) -> str | None:
    if r.is_bare and end - start >= _ID_LENGTH and text[start:end].isdigit():
        return "veto.name"
    follows = text[end : end + 24]
    if not follows:
        return None
    if r.value < 2500 and _CLOCK.match(follows):
        return "veto.clock"
    if _ORDINAL.match(follows):
        return "veto.ordinal"
    if _DECADE.match(follows):
        return "veto.date" if 1000 <= r.value < 2100 or r.value in _DECADES else "veto.name"
    if _DATE.match(follows):
        return "veto.contact" if text.count(".", start, end + 9) > 2 else "veto.date"
    if r.compound is None and _GLUED.match(follows):
        return "veto.score" if _SCORE.match(follows) else "veto.name"
    if (m := _PHONE.match(text, start)) is not None:
        raw = m.group()
        groups = len(re.findall(r"\d+", raw))
        if groups >= 3 and sum(map(str.isdigit, raw)) >= 7 and not _GROUPED.fullmatch(raw):
            return "veto.contact"
    if follows[0] in ".)" and r.value < 100 and follows[1:2] in (" ", "", "\t"):
        opens = start == 0 or text[start - 1] == "\n"
        if opens or (text[start - 1] == "(" and follows[0] == ")" and (start < 2 or text[start - 2] == "\n")):
            return "veto.list"
    if (r.phrase is None or follows[0] == ".") and (reason := _dotted(text, start, end)) is not None:
        return reason
    if text[start] == "0" and end - start > 1 and text[start : start + 2] != "0.":
        return "veto.name"
    return None
