"""Plain text files.

Belongs here: the optional header and the title of a ``.txt``. Does not belong here: other formats.
Captions and credit lines stay in the text where they stand; ``ingest.extract.layout`` marks them.
"""

from __future__ import annotations

import re

from ingest.articles.dates import read_stamp
from ingest.articles.decode import decode
from ingest.articles.draft import Member, Parts

# "date 2025-11-27", alone or with the title behind it, as the first line.
_HEADER = re.compile(
    r"\A\s*date[ \t:]+(?P<date>\d{4}-\d{1,2}-\d{1,2})\b[ \t]*[-–—|:]?[ \t]*(?P<rest>[^\n]*)(?:\n|\Z)", re.I
)
_LONGEST_TITLE = 300
_ENDS = (".", ";", ",", ":", "?”", ".”", '."')


def read_plain(member: Member) -> Parts:
    """The parts of a plain text document.

    Raises:
        RefusedError: it is no text.
    """
    decoded = decode(member.data, member.charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = list(decoded.warnings)
    header = _HEADER.match(text)
    if not header:
        title, body = split_title(text)
        return Parts(title=title, body=body, warnings=warnings)
    stamp = read_stamp(header["date"])
    if stamp is None:
        warnings.append(f"date_unreadable: {header['date']} (header)")
    title, body = header["rest"].strip(), text[header.end() :]
    if not title:
        title, _, body = body.lstrip().partition("\n")
    if not body.strip():
        title, body = "", title
    return Parts(title=title or None, body=body, stamps=[("header", stamp)] if stamp else [], warnings=warnings)


def split_title(text: str) -> tuple[str | None, str]:
    """The title, where the first line is one: short, no sentence, and more follows."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if not rest.strip() or not first or len(first) > _LONGEST_TITLE or first.endswith(_ENDS):
        return None, text
    # Without a blank line behind it, it may as well be the first line of wrapped text.
    if rest.lstrip(" \t").startswith("\n") or (len(first) < 0.6 * len(rest.strip().split("\n", 1)[0])):
        return first, rest
    return None, text
