"""Where something was said and to whom: the channel and the addressee.

Belongs here: reading both off the clause around the cue. Does not belong here: words (``cues.toml``),
when and where in the world it was said (``linking``).
"""

from __future__ import annotations

import re

from ingest.extract.claims.lexicon import pattern
from ingest.extract.claims.model import Candidate
from ingest.extract.lexicon import phrases
from ingest.extract.syntax.tree import CALENDAR

_BEFORE = pattern("before_channel", re.I)
_AWAY = 24  # characters of description that may stand between: "in a televised late-night address"
_TOLD = pattern("told_whom", re.I)
_TO = pattern("said_to")
_SPOKEN = frozenset(["say", "write", "deny", "estimate", "other"])
_END = pattern("addressee_end")
_FARTHEST = 400  # characters from the start of the clause to a verb of telling


def _outside(text: str, candidate: Candidate) -> str:
    """The clause around the cue without its content."""
    start, end = candidate.clause
    if end <= start:
        return ""
    parts, at = [], start
    for s, e in sorted(candidate.content):
        if e <= start or s >= end:
            continue
        parts.append(text[at : max(at, s)])
        at = max(at, e)
    parts.append(text[at:end])
    return " … ".join(p for p in parts if p)


def channel_of(text: str, candidate: Candidate) -> str | None:
    """Where it was said: a named channel first ("a statement on Facebook"), else the form of the saying."""
    outside = _outside(text, candidate)
    behind = [m.end() for m in _BEFORE.finditer(outside)]
    for key in ("channels", "channel_nouns"):
        for at in behind:
            rest = outside[at:]
            found = phrases("cues.toml", key).match(rest)
            if found is None and key == "channel_nouns":
                found = phrases("cues.toml", key).search(rest[: _AWAY + 16])
            if found is None or found.start() > _AWAY or re.search(r"[,.;:…]", rest[: found.start()]):
                continue
            if found.group() == "x":
                continue
            if found.start() and found.group()[0].isupper() and rest[0].isupper():
                continue  # "told the Harbour Post": a newspaper's name
            return found.group()
    return None


def addressee_of(text: str, candidate: Candidate) -> str | None:
    """To whom it was said, as written."""
    if candidate.addressee is not None:
        return text[slice(*candidate.addressee)]
    outside = _outside(text, candidate)
    m = _TOLD.search(outside)
    if m is not None and m.start() <= _FARTHEST:
        told = _END.split(m.group(1))[0].strip()
        return told if told and told.split()[0].lower() not in CALENDAR else None  # "called on Monday for"
    if candidate.cue is None or candidate.cue_span is None or candidate.cue.cue_class not in _SPOKEN:
        return None
    to = _TO.match(text, candidate.cue_span[1])
    if (
        to is None
        or to.group(1).lower() in CALENDAR
        or candidate.holds(*to.span(1))
        or channel_of(text, candidate) == to.group(1)
    ):
        return None
    return to.group(1)
