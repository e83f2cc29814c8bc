"""The word lists of claims, read from ``data/en`` of this package once per process.

Belongs here: reading cues and word lists into tables, and the inflection of regular English verbs. Does
not belong here: any word (they are data), any rule, and lists that other kinds of facts read too
(``ingest.extract.lexicon``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ingest.extract.lexicon import words
from ingest.records import CUE_CLASSES

EFFECTS = ("", "endorse", "dispute", "negate", "factive", "refuse")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes: its class, what may follow it, and what it does to the content."""

    lemma: str
    cue_class: str
    frames: frozenset[str]
    effect: str


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_read("words.toml"))


def listed(name: str) -> frozenset[str]:
    """A list of ``words.toml`` as a set."""
    return frozenset(_lists()[name])


def listed_by_lemma(name: str) -> dict[str, frozenset[str]]:
    """A table of ``words.toml`` that has a list for each of some lemmas."""
    return {lemma: frozenset(entries) for lemma, entries in _lists()[name].items()}


@cache
def pattern(name: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression of ``patterns.toml``; names of other entries in double brackets are put in."""
    table = tomllib.loads(_read("patterns.toml"))

    def whole(source: str) -> str:
        return re.sub(r"\[\[(\w+)\]\]", lambda m: whole(table[m.group(1)]), source)

    return re.compile(whole(table[name]), flags)


def _read(name: str) -> str:
    return (files(__package__) / "data" / "en" / name).read_text(encoding="utf-8")


_DOUBLING = listed("doubling")
_CVC = re.compile(r"^(?:qu|[^aeiou])*[aeiou][bdfgklmnprstvz]$")


def inflect(lemma: str) -> set[str]:
    """All regular forms of a verb; British and American doubling both."""
    forms = {lemma}
    if lemma.endswith("e"):
        return forms | {lemma + "s", lemma + "d", (lemma[:-2] + "ying") if lemma.endswith("ie") else lemma[:-1] + "ing"}
    if re.search(r"[^aeiou]y$", lemma):
        return forms | {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    third = lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")
    doubled = lemma + lemma[-1]
    if lemma in _DOUBLING or _CVC.search(lemma):
        return forms | {third, doubled + "ed", doubled + "ing"}
    forms |= {third, lemma + "ed", lemma + "ing"}
    if lemma.endswith("l"):
        forms |= {doubled + "ed", doubled + "ing"}
    return forms


@cache
def idioms(kind: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The idioms of one kind ("denial"), by each form of their verb: the words with it, the longest first."""
    irregular = listed_by_lemma(f"forms_of_{kind}_idioms")
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for lemma, phrases in listed_by_lemma(f"{kind}_idioms").items():
        split = tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=lambda words: (-len(words), words)))
        for form in irregular.get(lemma) or inflect(lemma):
            table[form] = split
    return table


def _rows(text: str) -> list[list[str]]:
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [[field.strip() for field in line.split("|")] for line in lines]


def _cue(name: str, row: list[str]) -> Cue:
    lemma, cue_class, frames, effect, *_ = [*row, "", ""]
    if cue_class not in CUE_CLASSES or effect not in EFFECTS:
        raise ValueError(f"{name}: {lemma!r} has an unknown class {cue_class!r} or effect {effect!r}")
    return Cue(lemma, cue_class, frozenset(frames.split()) - {"-"}, effect)


def verb_table(text: str, name: str) -> dict[str, Cue]:
    """Cue verbs by each of their forms, from the rows of a file like ``verbs.txt``.

    Rows of the same lemma are joined, the first one's class wins; a lemma without frames in any row is none.
    """
    merged: dict[str, Cue] = {}
    irregular: dict[str, list[str]] = {}
    known: set[str] = set()
    for row in _rows(text):
        cue = _cue(name, row)
        if row[2]:
            known.add(cue.lemma)
        old = merged.get(cue.lemma)
        if old is not None:
            cue = Cue(cue.lemma, old.cue_class, old.frames | cue.frames, old.effect or cue.effect)
        merged[cue.lemma] = cue
        if len(row) > 4 and row[-1]:
            irregular.setdefault(cue.lemma, []).extend(row[-1].split())
    forms: dict[str, Cue] = {}
    for lemma, cue in merged.items():
        if lemma not in known:
            continue
        extra = irregular.get(lemma, [])
        regular = inflect(lemma)
        if extra:
            regular = {f for f in regular if not f.endswith("ed") or f in extra}
        for form in (*regular, *extra):
            forms.setdefault(form, cue)
    # forms that are also a commoner word's
    for form, lemma in _lists()["forms_of_commoner_verbs"].items():
        if lemma in merged:
            forms[form] = merged[lemma]
    return forms


@cache
def verbs() -> dict[str, Cue]:
    """Cue verbs by each of their forms."""
    return verb_table(_read("verbs.txt"), "verbs.txt")


@lru_cache(maxsize=4096)
def lemma_of(cue: str) -> str:
    """The lemma of a cue as written: of the first word of it that is a cue verb, else its first word."""
    written = cue.lower().split()
    return next((verbs()[word].lemma for word in written if word in verbs()), written[0] if written else "")


@cache
def nouns() -> dict[str, Cue]:
    """Cue nouns, singular and plural as listed."""
    return {row[0]: _cue("nouns.txt", row) for row in _rows(_read("nouns.txt"))}


@cache
def adjectives() -> dict[str, Cue]:
    """Cue adjectives."""
    return {row[0]: _cue("adjectives.txt", row) for row in _rows(_read("adjectives.txt"))}


@cache
def adverbs() -> frozenset[str]:
    """Adverbs that attribute to nobody in particular ("allegedly")."""
    return words("cues.toml", "adverbs_of_claims")


@cache
def triggers() -> dict[str, str]:
    """Words whose presence may mean a claim, each with the first letters that its tag then has ("" for any)."""
    table = dict.fromkeys(nouns(), "NN")
    table |= dict.fromkeys((*adjectives(), *adverbs(), *listed("other_triggers")), "")
    table |= {form: "V" for form, cue in verbs().items() if cue.frames and form not in adjectives()}
    # one form may be a verb and a noun
    return table | {form: "VN" for form in nouns() if form in verbs() and verbs()[form].frames}
