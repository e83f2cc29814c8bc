"""The word lists of claims, read from the data files beside this module once per process.

Belongs here: reading ``*.txt`` of this package into tables, and the inflection of
regular English verbs. Does not belong here: any word (they are data) and any rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
    wide: frozenset[str] = frozenset()


# Two-syllable verbs stressed on the last, which double their last letter as one-syllable ones do.
_DOUBLING = frozenset(
    [
        "admit",
        "commit",
        "permit",
        "refer",
        "rebut",
        "infer",
        "defer",
        "forbid",
        "forget",
        "submit",
        "emit",
        "deter",
        "confer",
        "prefer",
        "regret",
    ]
)
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


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [[field.strip() for field in line.split("|")] for line in lines]


def _cue(name: str, row: list[str]) -> Cue:
    lemma, cue_class, frames, effect, *_ = [*row, "", ""]
    if cue_class not in CUE_CLASSES or effect not in EFFECTS:
        raise ValueError(f"{name}: {lemma!r} has an unknown class {cue_class!r} or effect {effect!r}")
    codes = frames.split()
    wide = frozenset(f[1:] for f in codes if f.startswith("+"))
    return Cue(lemma, cue_class, frozenset(f for f in codes if not f.startswith("+")), effect, wide)


@cache
def verbs() -> dict[str, Cue]:
    """Cue verbs by each of their forms; rows of the same lemma are joined, the first one's class wins."""
    merged: dict[str, Cue] = {}
    irregular: dict[str, list[str]] = {}
    for row in _rows("verbs.txt"):
        cue = _cue("verbs.txt", row)
        old = merged.get(cue.lemma)
        if old is not None:
            cue = Cue(cue.lemma, old.cue_class, old.frames | cue.frames, old.effect or cue.effect, old.wide | cue.wide)
        merged[cue.lemma] = cue
        if len(row) > 5 or (len(row) > 4 and row[4]):
            irregular.setdefault(cue.lemma, []).extend(row[-1].split())
    forms: dict[str, Cue] = {}
    for lemma, cue in merged.items():
        if not cue.frames and not cue.wide:
            continue
        extra = irregular.get(lemma, [])
        regular = inflect(lemma)
        if extra:
            regular = {f for f in regular if not f.endswith("ed") or f in extra}
        for form in (*regular, *extra):
            forms.setdefault(form, cue)
    # forms that are also a commoner word's
    forms["felt"] = merged["feel"]
    forms["found"] = merged["find"]
    return forms


@cache
def nouns() -> dict[str, Cue]:
    """Cue nouns, singular and plural as listed."""
    return {row[0]: _cue("nouns.txt", row) for row in _rows("nouns.txt")}


@cache
def adjectives() -> dict[str, Cue]:
    """Cue adjectives."""
    return {row[0]: _cue("adjectives.txt", row) for row in _rows("adjectives.txt")}


@cache
def triggers() -> dict[str, str]:
    """Words whose presence may mean a claim, each with the first letters that its tag then has ("" for any)."""
    table = dict.fromkeys(nouns(), "NN")
    table |= dict.fromkeys((*adjectives(), *words("cues.toml", "adverbs_of_claims"), "according", "words", "per"), "")
    table |= {form: "V" for form, cue in verbs().items() if cue.frames}
    # one form may be a verb and a noun
    return table | {form: "VN" for form in nouns() if form in verbs() and verbs()[form].frames}
