"""A reading: one numeral with all that belongs to it, before and after it is judged.

Belongs here: the record that the parts of this package hand on. Does not belong here: any rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.extract.figures.counted import Phrase
from ingest.extract.figures.units import Unit


@dataclass(slots=True)
class Reading:
    """Characters ``start`` to ``end``; the numeral alone begins at ``number``. Tokens are indexes:
    ``token`` holds the number, ``opening`` the span's start, ``after`` comes behind the span.
    ``unit_end`` is where a unit ends that does not stand directly behind; ``softened`` the bound
    that words give, also where a range outweighs it."""

    start: int
    end: int
    number: int
    low: float | None
    high: float | None
    bound: str
    kind: str
    rule: str
    form: str
    value: float
    token: int
    opening: int
    after: int
    sentence: int
    unit: Unit | None = None
    vague_word: str | None = None
    number_end: int = 0
    unit_end: int = 0
    softened: str | None = None
    is_bare: bool = False
    compound: str | None = None
    best: float | None = None
    veto: str | None = None
    phrase: Phrase | None = None
    counted: str | None = None
    counted_phrase: str | None = None
    status: str | None = None
    per: str | None = None
    part_of: Reading | None = None
    is_cumulative: bool = False
