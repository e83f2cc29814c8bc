"""What is kept of each name that a text may give a place, until the whole text has been looked at.

Belongs here: ``Mention`` and ``Names``. Does not belong here: finding them (``mentions``) and judging them
(``whole_text``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.extract.locations.gazetteer import Named


@dataclass(slots=True)
class Mention:
    """A stretch that may name a place. ``score`` sums the evidence that it does."""

    start: int
    end: int
    key: str
    candidates: list[Named]
    rule: str
    score: float = 0.0
    # region, settlement, facility, water … where the words themselves say so
    said_kind: str | None = None
    is_strong: bool = False
    # the words around speak of a town: "Lebanon police"
    is_local: bool = False
    # "northern", "southern" stands before it
    is_part: bool = False
    # a word or a person's name besides
    is_common: bool = False
    # mentions that this one is stated to lie in
    inside: list[int] = field(default_factory=list)
    # the words around make it a part of a town: "the Birka neighbourhood"
    is_quarter: bool = False
    # the text shows elsewhere that the region so called is meant, and says nothing of its neighbours
    is_told: bool = False
    # another is stated to lie in it
    is_outer: bool = False


@dataclass(slots=True)
class Names:
    """What a whole text shows about names: mentions in order, and the words of persons' names."""

    mentions: list[Mention] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    full_persons: set[str] = field(default_factory=set)
