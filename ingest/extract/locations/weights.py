"""The catalogue of signs that a name is a place or is none, with what each weighs.

Belongs here: reading ``data/en/evidence.toml`` and the check that code and catalogue name the same signs.
Does not belong here: how a sign is seen (``evidence``), and any word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.extract.catalogue import CatalogueError

_FILE = "evidence.toml"


@dataclass(frozen=True, slots=True)
class Sign:
    """One row: a positive ``weight`` speaks for a place; a strong sign holds for the name in the whole text."""

    id: str
    weight: float
    description: str
    example: str
    is_strong: bool = False


@cache
def evidence_catalogue(language: str = "en") -> Mapping[str, Sign]:
    """Return the signs by their ids, read once a process.

    Raises:
        CatalogueError: an id stands twice, or a row lacks a text or a weight.
        FileNotFoundError: there is no catalogue in that language.
    """
    text = (files("ingest.extract.locations") / "data" / language / _FILE).read_text(encoding="utf-8")
    found: dict[str, Sign] = {}
    for row in tomllib.loads(text)["signs"]:
        try:
            sign = Sign(**row)
        except TypeError as problem:
            raise CatalogueError(f"{_FILE}: {row.get('id')!r}: {problem}") from None
        if sign.id in found or not (sign.id and sign.description and sign.example and sign.weight):
            raise CatalogueError(f"{_FILE}: sign {sign.id!r} stands twice, or lacks a text or a weight")
        found[sign.id] = sign
    return found


def check_signs(in_code: Iterable[str], language: str = "en") -> None:
    """Compare the catalogue with the ids that the code names.

    Raises:
        CatalogueError: the code has a sign without a row, or a row has no sign in the code.
    """
    if wrong := set(in_code) ^ set(evidence_catalogue(language)):
        raise CatalogueError(f"{_FILE}: signs in the code or in the catalogue alone: {sorted(wrong)}")
