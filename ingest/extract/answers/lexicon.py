"""The words by which one speaker is seen to answer another.

Belongs here: reading ``data/*/answers.toml``. Does not belong here: who answers whom (``ingest.extract.answers``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STEM = 5  # letters of a word's beginning by which its forms are one


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and phrases by which denials are known; the data file says what each list is for."""

    denying: frozenset[str]
    charges: frozenset[str]
    charge_stems: frozenset[str]
    accusations: frozenset[str]
    checks: frozenset[str]
    elsewhere: frozenset[str]
    proposals: frozenset[str]
    retorts: re.Pattern[str]
    disclaimers: re.Pattern[str]
    own: frozenset[str]
    disagreements: re.Pattern[str]
    negations: re.Pattern[str]
    common: frozenset[str]
    to_do: tuple[str, ...]
    nobody: frozenset[str]
    inquiries: frozenset[str]
    reported: frozenset[str]
    adjectives: frozenset[str]
    links: frozenset[str]
    standing: re.Pattern[str]
    denials: re.Pattern[str]
    refused: frozenset[str]
    consequences: re.Pattern[str]
    opponents: frozenset[str]
    forging: re.Pattern[str]
    following: re.Pattern[str]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The words of a language, from its data file."""
    listed = tomllib.loads((files(__package__) / "data" / language / "answers.toml").read_text(encoding="utf-8"))

    def pattern(phrases: list[str]) -> re.Pattern[str]:
        # the first letters are looked at before the phrases are tried one by one
        letters = re.escape("".join(sorted({phrase[0] for phrase in phrases})))
        whole = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?=[{letters}])(?:{whole})(?!\w)", re.I)

    charges, elsewhere, proposals = (frozenset(listed[name].split()) for name in ("charges", "elsewhere", "proposals"))
    return Lexicon(
        frozenset(listed["denying"].split()),
        charges,
        frozenset(word[:STEM] for word in charges),
        frozenset(listed["accusations"].split()),
        frozenset(listed["checks"].split()),
        elsewhere,
        proposals,
        pattern(listed["retorts"]),
        pattern(listed["disclaimers"]),
        frozenset(listed["own"].split()),
        pattern(listed["disagreements"]),
        pattern(listed["negations"]),
        frozenset(word[:STEM] for word in listed["common"].split()),
        tuple(listed["to_do"]),
        frozenset(listed["nobody"].split()),
        frozenset(listed["inquiries"].split()),
        frozenset(listed["reported"].split()),
        frozenset(listed["adjectives"].split()),
        frozenset(listed["links"].split()),
        re.compile(rf"(?:{'|'.join(listed['standing'])})\s+$", re.I),
        pattern(listed["denials"]),
        frozenset(listed["refused"].split()),
        pattern(listed["consequences"]),
        frozenset(listed["opponents"].split()),
        pattern(listed["forging"]),
        pattern(listed["following"]),
    )
