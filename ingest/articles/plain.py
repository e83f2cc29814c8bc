"""Plain text files.

Belongs here: the optional header and the title of a ``.txt``. Does not belong here: other formats.
Captions and credit lines stay in the text where they stand; ``ingest.extract.layout`` marks them.
"""

from __future__ import annotations

import re

from ingest.articles.dates import read_stamp
from ingest.articles.decode import decode
from ingest.articles.draft import Member, Parts, Stamp
from ingest.articles.heading import date_line

# "date 2025-11-27", alone or with the title behind it, as the first line.
_HEADER = re.compile(
    r"\A\s*date[ \t:]+(?P<date>\d{4}-\d{1,2}-\d{1,2})\b[ \t]*[-–—|:]?[ \t]*(?P<rest>[^\n]*)(?:\n|\Z)", re.I
)
_LONGEST_TITLE = 300
_ENDS = (".", ";", ",", ":", "?”", ".”", '."')


def read_plain(member: Member) -> Parts:
    """The parts of a plain text document.

    The date stands in a header ("date 2025-11-27", the title behind or below it), or in a line of its own
    above or below the title ("Published: 29 November 2025, 14:30"); such a line is no part of the text.

    Raises:
        RefusedError: it is no text.
    """
    decoded = decode(member.data, member.charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = list(decoded.warnings)
    header = _HEADER.match(text)
    if not header:
        return _read_headless(text, warnings)
    stamp = read_stamp(header["date"])
    if stamp is None:
        warnings.append(f"date_unreadable: {header['date']} (header)")
    title, body = header["rest"].strip(), text[header.end() :]
    if not title:
        title, _, body = body.lstrip().partition("\n")
    if not body.strip():
        title, body = "", title
    return Parts(title=title or None, body=body, stamps=[("header", stamp)] if stamp else [], warnings=warnings)


def _read_headless(text: str, warnings: list[str]) -> Parts:
    """A text without the header: its title, and the date of a line beside the title."""
    first, rest = _dated_line(text)
    title, body = split_title(rest, is_dated=first is not None)
    stamp = first
    if stamp is None and title is not None:
        stamp, body = _dated_line(body)
    elif stamp is None:
        line, _, below = text.strip().partition("\n")
        found, after = _dated_line(below)
        # a date right below it shows that the first line is a title, whatever it ends with
        if found and after.strip() and len(line) <= _LONGEST_TITLE:
            title, body, stamp = line.strip(), after, found
    if not body.strip():
        title, body = None, text
    return Parts(title=title, body=body, stamps=[("header", stamp)] if stamp else [], warnings=warnings)


def _dated_line(text: str) -> tuple[Stamp | None, str]:
    """The day of the first line, where it is a date with its year and no more, and the rest of the text."""
    line, _, rest = text.lstrip().partition("\n")
    stated = date_line(line.strip())
    stamp = read_stamp(stated) if stated and re.search(r"\d{4}", stated) else None
    return (stamp, rest) if stamp else (None, text)


def split_title(text: str, is_dated: bool = False) -> tuple[str | None, str]:
    """The title, where the first line is one: short, no sentence, and more follows.

    ``is_dated`` says that a date stood above the text, so that its first line needs no blank line below it.
    """
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if not rest.strip() or not first or len(first) > _LONGEST_TITLE or first.endswith(_ENDS):
        return None, text
    if is_dated:
        return first, rest
    # Without a blank line behind it, it may as well be the first line of wrapped text.
    if rest.lstrip(" \t").startswith("\n") or (len(first) < 0.6 * len(rest.strip().split("\n", 1)[0])):
        return first, rest
    return None, text
