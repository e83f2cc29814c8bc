"""The word lists that extractors share, read from ``data/en`` once per process.

Belongs here: reading TOML files of words into sets and patterns. Does not belong here: any word
(they are data), any rule, and lists that one kind of fact has for itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(name: str) -> dict[str, Any]:
    """Return one of the TOML files of ``data/en``."""
    return tomllib.loads((files(__package__) / "data" / "en" / name).read_text(encoding="utf-8"))


@cache
def words(name: str, key: str, part: str | None = None) -> frozenset[str]:
    """A list of a TOML file as a set, lower case."""
    table = toml(name)[part] if part else toml(name)
    return frozenset(w.lower() for w in table[key])


@cache
def listed_actors() -> tuple[dict[str, Any], ...]:
    """Listed actors: those of ``institutions.toml``, and each camp that is one body by the words that name it."""
    bodies = (
        {"side": camp["code"], "kind": "group", "names": camp["words"]}
        for camp in toml("camps.toml")["camp"]
        if camp.get("is_body")
    )
    return (*toml("institutions.toml")["actor"], *bodies)


@cache
def phrases(name: str, key: str, flags: int = re.I) -> re.Pattern[str]:
    """A list of a TOML file as one pattern, longest first; with no ``flags`` it is of lower case, and twice as fast."""
    listed = sorted(toml(name)[key], key=len, reverse=True)
    # the first letters are looked at before the phrases are tried one by one
    letters = re.escape("".join(sorted({w[0].lower() for w in listed})))
    whole = alternatives((w.lower() for w in listed) if flags & re.I else listed)
    return re.compile(rf"(?<![\w-])(?=[{letters}])(?:{whole})(?![\w-])", flags)


def alternatives(phrases: Iterable[str]) -> str:
    """The source of a pattern of one of ``phrases``, the first of them that fits; all in small letters for ``re.I``.

    They are put together by their first letters: where the case of letters does not count, the library tries one
    alternative after the other at each place.
    """
    return grouped((phrase[0], re.escape(phrase[1:])) for phrase in phrases)


def grouped(sources: Iterable[tuple[str, str]]) -> str:
    """``alternatives`` of patterns, each given by the letter that it begins with and the source of the rest."""
    by_letter: dict[str, list[str]] = {}
    for letter, rest in sources:
        by_letter.setdefault(letter, []).append(rest)
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
