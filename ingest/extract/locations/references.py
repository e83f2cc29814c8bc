"""References to a place named before: "the city", "the region", "there".

Belongs here: finding them and their antecedents. They are mentions of kind ``reference``, made so
that a claim which speaks of "the city" can be put on the map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.locations.gazetteer import Place
from ingest.extract.locations.lexicon import lexicon

_REFERENCE = re.compile(
    r"(?=t)\b(?P<whole>(?:the|this|that)\s+(?:besieged\s+|occupied\s+|embattled\s+|border\s+|port\s+|front-?line\s+|eastern\s+|western\s+|northern\s+|southern\s+)?"
    r"(?P<noun>city|town|village|settlement|region|oblast|province|state|governorate|district|country|area|camp|island|enclave|peninsula|territory|strip)"
    r"|(?P<there>there))\b(?!['’]s)",
    re.I,
)
_OF_NAME = re.compile(
    r"\s+(?:of\s+(?:the\s+)?|called\s+|named\s+)[A-Z]|\s+[A-Z]|\s+(?:council|hall|cent(?:er|re)|police|government|department)\b"
)
_EXISTENTIAL = re.compile(
    r"\s*,?\s*(?:is|are|was|were|has|have|had|will|would|may|might|can|could|should|seems?|remains?|exists?|must|be|been|'s|’s|isn|aren|wasn|weren)\b"
)
_OVER = re.compile(r"\b(?:over|out|up|down|in|from|out|hi|hello)\s*$", re.I)
_KINDS = {
    "city": ("settlement",), "town": ("settlement",), "village": ("settlement",), "settlement": ("settlement",),
    "camp": ("facility",), "region": ("region",), "oblast": ("region",), "province": ("region",), "state": ("region",),
    "governorate": ("region",), "district": ("region",), "country": ("country",), "area": ("settlement", "region"),
    "island": ("region", "facility", "settlement"), "enclave": ("region", "settlement"), "peninsula": ("region",),
    "territory": ("region",), "strip": ("region",), "there": ("settlement", "facility", "region"),
}  # fmt: skip
_HEAD_BEFORE = re.compile(r"\b(\w+) of (?:the )?$")
_HEAD_BEHIND = re.compile(r" (?:[A-Z]\w+ ){0,2}([A-Z]\w+)")
_LONGEST_HEAD = 40  # characters before a name that its head is looked for in
_REGION_LEVELS = {"oblast": 1, "province": 1, "state": 1, "governorate": 1, "district": 2}
# whose first-level regions are called states; elsewhere "the state" is the country's
_OF_STATES = frozenset(
    ["AT", "AU", "BR", "DE", "ET", "FM", "IN", "MM", "MX", "MY", "NG", "PW", "SD", "SO", "SS", "US", "VE"]
)
_FURTHEST = 1200


@dataclass(frozen=True, slots=True)
class Reference:
    """Characters ``start`` to ``end`` stand for the location with index ``antecedent`` among the named ones."""

    start: int
    end: int
    antecedent: int


def _is_of_learning(text: str, start: int, end: int) -> bool:
    """True of the town in the name of where scholars work, "a historian at the University of Leeds".

    It tells whence somebody speaks; the text has not been there, and "the city" behind it is another.

    Args:
        text: of the article.
        start: first character of the town's name.
        end: the character behind it.
    """
    before = _HEAD_BEFORE.search(text, max(0, start - _LONGEST_HEAD), start)
    behind = _HEAD_BEHIND.match(text, end)
    return any(found is not None and found[1].lower() in lexicon().of_learning for found in (before, behind))


def find_references(text: str, named: list[tuple[int, int, Place]]) -> list[Reference]:
    """References of ``text``; ``named`` are the resolved mentions in order, with their index in it as antecedent."""
    found: list[Reference] = []
    if not named:
        return found
    for match in _REFERENCE.finditer(text):
        noun = "there" if match["there"] else match["noun"].lower()
        if noun == "there":
            if (
                _EXISTENTIAL.match(text, match.end())
                or match["there"][0] == "T"
                or _OVER.search(text, max(0, match.start() - 6), match.start())
            ):
                continue
        elif _OF_NAME.match(text, match.end()):
            continue
        wanted = _KINDS[noun]
        at = -1
        for k in range(len(named) - 1, -1, -1):
            start, end, place = named[k]
            if start >= match.start():
                continue
            if match.start() - start > _FURTHEST:
                break
            if place.kind in wanted:
                level = _REGION_LEVELS.get(noun)
                if level is not None and (place.feature == "ADM1") != (level == 1):
                    continue  # "the district" behind "Paktia province" is another's
                if noun == "state" and place.country not in _OF_STATES:
                    continue
                if _is_of_learning(text, start, end):
                    continue
                at = k
                break
        if at >= 0:
            found.append(Reference(match.start(), match.end(), at))
    return found
