"""The words of this package, read from ``data/en`` once per process.

Belongs here: reading triggers, classes, weapons and light verbs into tables. Does not belong here:
any word (they are data) and any rule.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.extract.events.model import Sense

_TUPLES = ("needs", "needs_all", "particle", "particle_optional", "word_after", "preposition")
_SETS = {"needs_word": "near", "object_words": "object_words"}
_CLASSES = (
    *("subject", "object", "of", "from", "to", "with", "into", "in", "for", "against", "between", "poss"),
    *("on", "toward", "towards", "through", "onto", "along", "near", "inside", "over", "at", "by"),
)
_PARTS = {"verb": "V", "noun": "N", "adjective": "J", "control": "C", "existential": "E"}
_PLAIN = frozenset(
    [
        "kind",
        "forms",
        "roles",
        "counts",
        "counts_in",
        "intransitive",
        "voice",
        "classes",
        "light",
        "kind_on_foot",
        "taken_up",
    ]
)


class LexiconError(ValueError):
    """A data file says something that the code does not read."""


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the TOML files of ``data/en``."""
    return tomllib.loads((files(__package__) / "data" / "en" / name).read_text(encoding="utf-8"))


def forms(entries: Iterable[str]) -> Iterator[str]:
    """Yield the forms of words written as "stem -ending other": an ending is put behind the stem."""
    for entry in entries:
        stem, *rest = entry.split()
        yield stem
        for part in rest:
            yield stem + part[1:] if part.startswith("-") and len(part) > 1 else part


@cache
def listed(name: str, key: str, part: str | None = None) -> frozenset[str]:
    """All forms of the words of a list."""
    found = table(name)[part][key] if part else table(name)[key]
    return frozenset(forms(found))


@cache
def listed_pairs(name: str, key: str) -> frozenset[str]:
    """All "word preposition" pairs of a table of a file that lists word forms by preposition."""
    return frozenset(f"{form} {prep}" for prep, entries in table(name)[key].items() for form in forms(entries))


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """The senses of each word form, lower case, in the order in which they are tried."""
    found: dict[str, list[Sense]] = {}
    for part, rows in table("triggers.toml").items():
        for row in rows:
            sense = _sense(part, row)
            for form in dict.fromkeys(forms(row["forms"])):
                found.setdefault(form, []).append(sense)
    return {form: tuple(known) for form, known in found.items()}


def _sense(part: str, row: dict[str, Any]) -> Sense:
    refused = {key[4:]: frozenset(value) for key, value in row.items() if key.startswith("not_")}
    classes = {key: frozenset(row[key]) for key in _CLASSES if key in row}
    if "classes" in row:
        classes |= {"noun": frozenset(row["classes"])}
    known = {*_TUPLES, *_SETS, *_CLASSES, *_PLAIN, "changes"}
    if strange := {key for key in row if key not in known and not key.startswith("not_")}:
        raise LexiconError(f"{part} {row['forms'][0]!r}: nothing reads {', '.join(sorted(strange))}")
    more: dict[str, Any] = {key: tuple(row[key]) for key in _TUPLES if key in row}
    more |= {name: frozenset(row[key]) for key, name in _SETS.items() if key in row}
    return Sense(
        kind=row["kind"],
        part=_PARTS[part],
        roles=row["roles"],
        classes=classes,
        refused=refused,
        light=frozenset(forms(row.get("light", ()))),
        changes=frozenset(forms(row.get("changes", ()))),
        counts=row.get("counts"),
        counts_in=row.get("counts_in", "target"),
        is_intransitive=row.get("intransitive", False),
        voice=row.get("voice"),
        kind_on_foot=row.get("kind_on_foot"),
        is_taken_up=row.get("taken_up", False),
        **more,
    )


@cache
def classes() -> dict[str, str]:
    """The class of each noun, lower case; a noun of two has the first that is listed."""
    found: dict[str, str] = {}
    for name, entries in table("classes.toml")["classes"].items():
        for form in forms(entries):
            found.setdefault(form, name)
    for name, row in table("weapons.toml").items():
        if name == "units":
            continue
        for weapon in row["names"]:
            found.setdefault(weapon, name if name in ("aircraft", "vehicle") else "weapon")
    return found


@cache
def groups() -> dict[str, frozenset[str]]:
    """Lists of nouns that cut across the classes."""
    return {name: frozenset(forms(entries)) for name, entries in table("classes.toml")["groups"].items()}


@cache
def _groups_by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, listed_words in groups().items():
        for word in listed_words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def groups_of(word: str) -> frozenset[str]:
    """The groups that a word, lower case, is listed in."""
    return _groups_by_word().get(word, frozenset())


@cache
def pronouns() -> dict[str, frozenset[str]]:
    """What each pronoun may stand for; ``other`` for those that are not listed, ``which`` for relatives of things."""
    return {form: frozenset(row["labels"]) for row in table("classes.toml")["pronoun"] for form in row["forms"]} | {
        "who": frozenset(table("classes.toml")["who"])
    }


@cache
def target_classes() -> dict[str, str]:
    """The sort of installation that each noun shows; a noun of two shows the first that is listed."""
    found: dict[str, str] = {}
    for name, entries in table("classes.toml")["targets"].items():
        for form in forms(entries):
            found.setdefault(form, name)
    return found


@cache
def light_verbs() -> dict[str, str]:
    """Light verbs by form: ``agent``, ``target`` or ``repel``."""
    found: dict[str, str] = {}
    for name in ("agent", "target", "repel"):
        for form in forms(table("light.toml")[name]):
            found.setdefault(form, name)
    return found
