"""Catalogues of rules: one ``data/<language>/rules.toml`` in the package of each extractor that has one.

Belongs here: reading a catalogue, and the check that catalogue and code name the same rules. Does not
belong here: what a rule does (the code that registers its id) and any word.

A row of a catalogue:

    [[rules]]
    id = "according_to"
    description = "An adverbial with "according to" names the speaker; the clause around it is the content."
    example = "According to the mayor, two bridges are gone."
    frame = "according_to"
    confidence = 0.8
    veto = ["measures"]

``frame`` names the module that holds the rule, ``confidence`` (0 to 1) is what its facts carry, ``veto``
lists the ids of rules that may forbid what it finds. ``confidence`` and ``veto`` may be left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FIELDS = frozenset(["id", "description", "example", "frame", "confidence", "veto"])
DEFAULT_CONFIDENCE = 0.8


class CatalogueError(ValueError):
    """A catalogue is not well formed, or names a rule that the code has not, or the other way round."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a catalogue."""

    id: str
    description: str
    example: str
    frame: str
    confidence: float = DEFAULT_CONFIDENCE
    veto: tuple[str, ...] = ()


class Catalogue(Mapping[str, Rule]):
    """The rules of one package by their ids, in the order of the file."""

    def __init__(self, rules: Iterable[Rule], name: str = "") -> None:
        """Check the rows against each other; ``name`` tells in errors which catalogue it is.

        Raises:
            CatalogueError: an id stands twice, a text is missing, or a veto is no rule.
        """
        self.name = name
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self._rules:
                raise CatalogueError(f"{name}: rule {rule.id} stands twice in the catalogue")
            if not (rule.id and rule.description and rule.example and rule.frame):
                raise CatalogueError(f"{name}: rule {rule.id!r} lacks an id, a description, an example or a frame")
            if not 0 < rule.confidence <= 1:
                raise CatalogueError(f"{name}: rule {rule.id} has a confidence of {rule.confidence}")
            self._rules[rule.id] = rule
        for rule in self._rules.values():
            if unknown := set(rule.veto) - set(self._rules):
                raise CatalogueError(f"{name}: rule {rule.id} names vetoes that are no rules: {sorted(unknown)}")

    def __getitem__(self, rule_id: str) -> Rule:
        return self._rules[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def check(self, registered: Iterable[str]) -> None:
        """Compare the catalogue with the ids that the code registers.

        Raises:
            CatalogueError: the code has a rule without a row, or a row has no rule in the code.
        """
        in_code = set(registered)
        if missing := in_code - set(self._rules):
            raise CatalogueError(f"{self.name}: rules of the code without a row in the catalogue: {sorted(missing)}")
        if unused := set(self._rules) - in_code:
            raise CatalogueError(f"{self.name}: rows of the catalogue without a rule in the code: {sorted(unused)}")


def _rule(row: Mapping[str, Any], name: str) -> Rule:
    if unknown := set(row) - _FIELDS:
        raise CatalogueError(f"{name}: rule {row.get('id')!r} has fields that no rule has: {sorted(unknown)}")
    fields = {**row, "veto": tuple(row.get("veto", ()))}
    for required in ("id", "description", "example", "frame"):
        fields.setdefault(required, "")
    return Rule(**fields)


@cache
def load_catalogue(package: str, language: str = "en") -> Catalogue:
    """Return the catalogue of a package, read once a process.

    Args:
        package: dotted name of the package, such as ``ingest.extract.claims``.
        language: folder under ``data`` of the package, an ISO 639-1 code.

    Raises:
        CatalogueError: the file is not well formed.
        FileNotFoundError: the package has no catalogue in that language.
    """
    text = (files(package) / "data" / language / "rules.toml").read_text(encoding="utf-8")
    name = f"{package} ({language})"
    return Catalogue((_rule(row, name) for row in tomllib.loads(text)["rules"]), name)
