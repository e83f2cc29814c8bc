"""The words that show what befell the counted, and the tags and auxiliaries of the clause they stand in.

Belongs here: the lexicon of statuses (``data/en/status.toml``) and closed word classes that its readers share. Does
not belong here: reading a clause (``status``, ``predicates``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.extract.figures.lexicon import table

BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s", "’s", "'re", "’re", "got", "get", "getting"})
HAVE = frozenset({"have", "has", "had", "having"})
AUXILIARY = (
    BE | HAVE | frozenset({"will", "would", "could", "may", "might", "can", "should", "must", "did", "do", "does"})
)
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
BOUND_REACH = 5


@dataclass(frozen=True, slots=True)
class Statuses:
    """The words that show a status, by their part in the clause."""

    verbs: dict[str, str]
    intransitive: dict[str, str]
    phrasal: dict[tuple[str, str], str]
    nouns: dict[str, str]
    of_nouns: dict[str, str]
    adjectives: dict[str, str]
    predicates: frozenset[str]
    complements: dict[str, dict[str, str]]  # by preposition and noun: "in custody"


@cache
def statuses() -> Statuses:
    """The lexicon, each sort of word with the status it shows."""
    parts: dict[str, dict[str, str]] = {
        k: {} for k in ("verbs", "intransitive", "phrasal", "nouns", "of_nouns", "adjectives")
    }
    complements: dict[str, dict[str, str]] = {}
    for status, row in table("status").items():
        for phrase in row["complements"]:
            preposition, *_, noun = phrase.split()
            complements.setdefault(preposition, {})[noun] = status
        for part, known in parts.items():
            for word in row[part]:
                known.setdefault(word, status)
    return Statuses(
        verbs=parts["verbs"],
        intransitive=parts["intransitive"],
        phrasal={(a, b): status for phrase, status in parts["phrasal"].items() for a, b in [phrase.split()]},
        nouns=parts["nouns"],
        of_nouns=parts["of_nouns"],
        adjectives=parts["adjectives"],
        predicates=frozenset(parts["verbs"]) | frozenset(parts["intransitive"]) | frozenset(parts["adjectives"]),
        complements=complements,
    )


def is_auxiliary(word: str) -> bool:
    """Whether a word is a form of be, have or do, or a modal."""
    return word in AUXILIARY


def are_apart(first: str | None, second: str | None, *, is_choice: bool) -> bool:
    """Whether two joined words tell of different people: "killed or detained", "killed and wounded".

    Who is "kidnapped and killed" is dead, and one word that says no fate ("shot and killed") leaves that of the other.
    ``is_choice`` tells that "or" joins them.
    """
    if first is None or second is None or first == second or "killed" not in (first, second):
        return False
    return is_choice or not (first in ("captured", "held") and second == "killed")
