"""The data files of the figures extractor, read once per process.

Belongs here: loading ``data/en/*.toml`` into the shapes that the rules look things up in. Does not
belong here: any word (those are data) and any rule.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed content of ``data/en/<name>.toml``."""
    path = resources.files("ingest.extract.figures") / "data" / "en" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def phrases_by_edge(groups: dict[str, list[str]], *, last: bool) -> Phrases:
    """Phrases with their meaning under their last (or first) word, longest first."""
    out: Phrases = {}
    for meaning, phrases in groups.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            out.setdefault(words[-1 if last else 0], []).append((words, meaning))
    for entries in out.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return out


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``data/en/words.toml``."""
    return frozenset(table("words")[name])


@cache
def names(name: str) -> frozenset[str]:
    """A list of ``data/en/names.toml``."""
    return frozenset(table("names")[name])


@cache
def rules() -> dict[str, dict[str, Any]]:
    """The catalogue: every rule id with its description, example and confidence."""
    catalogue: dict[str, dict[str, Any]] = table("rules")
    return catalogue
