"""What the data files of this package state: kinds of events, words, limits and weights.

Belongs here: reading ``data/*.toml``, above all the families of kinds and the pairs that go together. Does not belong
here: what the kinds mean (``ingest.records``), comparing accounts (``scoring``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

STEM = 6  # letters of a word's beginning by which its forms are one
_KINDS = "kinds.toml"


@cache
def _listed(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


@cache
def families() -> dict[str, str]:
    """The family of each kind of event."""
    return {kind: family for family, kinds in _listed(_KINDS)["families"].items() for kind in kinds}


@cache
def limits() -> dict[str, float]:
    """How far apart places and days may be, and the least scores that join, from ``data/weights.toml``."""
    return dict(_listed("weights.toml")["limits"])


@cache
def weights(name: str = "weights") -> dict[str, float]:
    """What each feature adds to a score, by its name, from ``data/weights.toml``; ``base`` is the score without any."""
    return dict(_listed("weights.toml")[name])


@cache
def background_rules(name: str) -> frozenset[str]:
    """Rules of event mentions that find what is told by the way: ``background_states`` or ``background_changes``."""
    return frozenset(_listed(_KINDS)[name])


@cache
def told_together() -> frozenset[tuple[str, str]]:
    """Pairs of kinds by which one happening may be told, both ways round."""
    pairs = {(one, other) for one, others in _listed(_KINDS)["together"].items() for other in others}
    return frozenset(pairs | {(b, a) for a, b in pairs})


def go_together(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """True of kinds by which one happening may be told: of one that both have, or of a pair of ``told_together``."""
    return not ours.isdisjoint(theirs) or any((a, b) in told_together() for a in ours for b in theirs)


@cache
def allied_sides() -> tuple[frozenset[str], ...]:
    """Sides that fight together, by groups; a side may be in several."""
    return tuple(frozenset(group["sides"]) for group in _listed(_KINDS)["allied"])


def are_allied(sides: frozenset[str] | set[str]) -> bool:
    """True of sides that fight together, all in one group; of one side where a group has it."""
    return any(sides <= group for group in allied_sides())


@cache
def terms(name: str, language: str = "en") -> frozenset[str]:
    """The words of one list of ``data/en.toml``; the file says what each is for."""
    return frozenset(_listed(f"{language}.toml")[name].split())


@cache
def stems_of(name: str, language: str = "en") -> frozenset[str]:
    """Stems of the words of one list of ``data/en.toml``, as statements have them."""
    return frozenset(word[:STEM] for word in terms(name, language))


@cache
def families_of_kinds(kinds: frozenset[str]) -> frozenset[str]:
    """The families of some kinds."""
    return frozenset(families()[kind] for kind in kinds)
