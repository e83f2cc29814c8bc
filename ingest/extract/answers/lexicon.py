"""The words by which one speaker is seen to answer another.

Belongs here: reading ``data/*/answers.toml``. Does not belong here: who answers whom (``ingest.extract.answers``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.extract.lexicon import alternatives

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
    rejecting: frozenset[str]
    of_denying: frozenset[str]
    refused: frozenset[str]
    consequences: re.Pattern[str]
    opponents: frozenset[str]
    wishing: frozenset[str]
    joints: re.Pattern[str]
    forging: re.Pattern[str]
    following: re.Pattern[str]
    habits: re.Pattern[str]
    intensifiers: re.Pattern[str]
    dismissive: re.Pattern[str]
    not_so: re.Pattern[str]
    opening_others: frozenset[str]
    about: frozenset[str]
    blame: frozenset[str]
    general: frozenset[str]
    joining: frozenset[str]
    made: frozenset[str]
    by: frozenset[str]
    authorities: frozenset[str]
    insurgents: frozenset[str]
    forces: frozenset[str]
    offices: frozenset[str]
    bodies: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The words of a language, from its data file."""
    listed = tomllib.loads((files(__package__) / "data" / language / "answers.toml").read_text(encoding="utf-8"))

    def pattern(phrases: list[str]) -> re.Pattern[str]:
        # the first letters are looked at before the phrases are tried one by one
        letters = re.escape("".join(sorted({phrase[0] for phrase in phrases})))
        whole = alternatives(map(str.lower, sorted(phrases, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?=[{letters}])(?:{whole})(?!\w)", re.I)

    def words(name: str) -> frozenset[str]:
        return frozenset(listed[name].split())

    def stems(name: str) -> frozenset[str]:
        return frozenset(word[:STEM] for word in listed[name].split())

    return Lexicon(
        denying=words("denying"),
        charges=words("charges"),
        charge_stems=stems("charges"),
        accusations=words("accusations"),
        checks=words("checks"),
        elsewhere=words("elsewhere"),
        proposals=words("proposals"),
        retorts=pattern(listed["retorts"]),
        disclaimers=pattern(listed["disclaimers"]),
        own=words("own"),
        disagreements=pattern(listed["disagreements"]),
        negations=pattern(listed["negations"]),
        common=stems("common"),
        to_do=tuple(listed["to_do"]),
        nobody=words("nobody"),
        inquiries=words("inquiries"),
        reported=words("reported"),
        adjectives=words("adjectives"),
        links=words("links"),
        standing=re.compile(rf"(?:{'|'.join(listed['standing'])})\s+$", re.I),
        denials=pattern(listed["denials"]),
        rejecting=words("rejecting"),
        of_denying=words("rejecting") | words("denying"),
        refused=words("refused"),
        consequences=pattern(listed["consequences"]),
        opponents=words("opponents"),
        wishing=words("wishing"),
        joints=re.compile("|".join(listed["joints"])),
        forging=pattern(listed["forging"]),
        following=pattern(listed["following"]),
        habits=pattern(listed["habits"]),
        intensifiers=re.compile(rf"\b(?:{alternatives(listed['intensifiers'])})\s+", re.I),
        dismissive=pattern(listed["dismissive"]),
        not_so=re.compile("|".join(listed["not_so"]), re.I),
        opening_others=words("opening_others"),
        about=words("about"),
        blame=words("blame"),
        general=words("general"),
        joining=words("joining"),
        made=words("made"),
        by=words("by"),
        authorities=stems("authorities"),
        insurgents=stems("insurgents"),
        forces=stems("forces"),
        offices=stems("offices"),
        bodies=stems("bodies"),
        pronouns=words("pronouns"),
        determiners=words("determiners"),
    )
