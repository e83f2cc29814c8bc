"""Where something was said and to whom: the channel and the addressee.

Belongs here: reading both off the clause around the cue. Does not belong here: words (``cues.toml``),
when and where in the world it was said (``linking``).
"""

from __future__ import annotations

import re

from ingest.extract.claims.draft import Draft
from ingest.extract.lexicon import phrases

_BEFORE = re.compile(
    r"\b(?:on|in|at|during|via|through|by|to|told|after)\s+"
    r"(?:(?:the|a|an|his|her|its|their|this|state|national|live|new|latest)\s+)*",
    re.I,
)
_AWAY = 24  # characters of description that may stand between: "in a televised late-night address"
_TOLD = re.compile(
    r"\b(?:told|tells|tell|telling|informed|warned|assured|asked|urged|reminded|advised|briefed|ordered"
    r"|(?:called|calls|calling) (?:up)?on|appealed to)\s+((?:[\w’'.-]+\s?){1,7})",
    re.I,
)
# "confirmed to the Salween Post", "said to reporters": right behind the cue, a name or those who are told things
_TO = re.compile(
    r"\s+to\s+((?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*"
    r"|(?:the\s+|his\s+|her\s+|their\s+)?(?:reporters|journalists|correspondents|lawmakers|parliament|deputies|superiors"
    r"|commanders?|supporters|allies|investigators|diplomats|families|relatives|press|media))(?![\w-])"
)
_SPOKEN = frozenset(["say", "write", "deny", "estimate", "other"])
_END = re.compile(
    r"\b(?:that|on|in|at|to|by|via|over|from|against|for|with|during|about|of|how|why|what|whether|he|she|they|it"
    r"|not|as|after|before|when|the\s+\w+\s+(?:is|was|had))\b|[,.:;…]"
)


def _outside(text: str, draft: Draft) -> str:
    """The clause around the cue without its content."""
    start, end = draft.clause
    if end <= start:
        return ""
    parts, at = [], start
    for s, e in sorted(draft.content):
        if e <= start or s >= end:
            continue
        parts.append(text[at : max(at, s)])
        at = max(at, e)
    parts.append(text[at:end])
    return " … ".join(p for p in parts if p)


def channel_of(text: str, draft: Draft) -> str | None:
    """Where it was said: a named channel first ("a statement on Facebook"), else the form of the saying."""
    outside = _outside(text, draft)
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


def addressee_of(text: str, draft: Draft) -> str | None:
    """To whom it was said, as written."""
    if draft.addressee is not None:
        return text[slice(*draft.addressee)]
    outside = _outside(text, draft)
    m = _TOLD.search(outside)
    if m is not None and m.start() <= 400:
        return _END.split(m.group(1))[0].strip() or None
    if draft.cue is None or draft.cue_span is None or draft.cue.cue_class not in _SPOKEN:
        return None
    to = _TO.match(text, draft.cue_span[1])
    if to is None or draft.holds(*to.span(1)) or channel_of(text, draft) == to.group(1):
        return None
    return to.group(1)
