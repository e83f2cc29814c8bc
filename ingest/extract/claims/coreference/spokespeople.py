"""For which body an unnamed speaker speaks: "a spokesman for the Foreign Office", "monitors at the Observatory".

Belongs here: reading the body's name out of what such a speaker is called. Does not belong here: who speaks and what
he is called (``resolution``, ``display``), persons with names and their offices (``people``).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.extract.claims.coreference.actors import bare, known
from ingest.extract.claims.coreference.identity import office_of
from ingest.extract.lexicon import words

_SPOKESPERSON = "spokesperson"
_BODY_WORDS = words("people.toml", "bodies", "words") | words("people.toml", "collective", "words")
_ROLES = words("people.toml", "roles")
_PARTS = re.compile(r"[\s’']+")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_SEAT = re.compile(r"^[\w-]+-based\s+")


@cache
def _at_work() -> re.Pattern[str]:
    """People whose work is what their body tells, and where they do it: "monitors at the Roe Observatory"."""
    return re.compile(rf"(?:{'|'.join(sorted(words('people.toml', 'telling')))})\s+(?:at|from|of|with)\s+(.+)")


@lru_cache(maxsize=4096)
def body_spoken_for(name: str) -> str | None:
    """The body for which one who is called so speaks, as written; None for a person, and for others of its people.

    "a spokesman for Jane Roe" speaks for nobody but her, and "an official at the ministry" for himself.
    """
    plain = _ARTICLE.sub("", name)
    told = _at_work().match(plain[:1].lower() + plain[1:])
    if told is not None:
        return _body(told[1])
    head, _, behind = plain.partition(" for ")
    if behind and office_of(head.rsplit(" ", 1)[-1]) == _SPOKESPERSON:
        return _body(behind)
    before, _, last = plain.rpartition(" ")
    return _body(_from_capital(before)) if office_of(last) == _SPOKESPERSON else None


def _from_capital(before: str) -> str:
    """What begins with the first capital: "State Department" of "senior State Department"."""
    m = re.search(r"(?<![\w’'-])[A-Z].*", before)
    return re.sub(r"[’']s?$", "", m[0]) if m else ""


def _body(name: str) -> str | None:
    """The name without article where it is a listed body's, or has a capital and a word for a body."""
    name = _SEAT.sub("", _ARTICLE.sub("", name)).strip()  # "the London-based Observatory"
    listed = known().get(bare(name))
    if listed is not None:
        return name
    is_body = not _BODY_WORDS.isdisjoint(_PARTS.split(name.lower()))
    return name if is_body and name[:1].isupper() and not _is_of_person(name) else None


def _is_of_person(name: str) -> bool:
    """True for "Army Chief Jane Roe": a name behind an office, and no body's behind that as in "Chief Roe's office"."""
    parts = _PARTS.split(name)
    lows = [part.lower() for part in parts]
    return any(
        lows[k] in _ROLES and parts[k + 1][:1].isupper() and _BODY_WORDS.isdisjoint(lows[k + 1 :])
        for k in range(len(parts) - 1)
    )
