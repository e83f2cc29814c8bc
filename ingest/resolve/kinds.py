"""Kinds of events, as far as they can tell of one happening.

Belongs here: the families of kinds and the pairs that go together, read from ``data/kinds.toml``. Does not belong
here: what the kinds mean (``ingest.records``), comparing accounts (``scoring``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

_STEM = 6  # letters of a word's beginning, as statements have them


@cache
def families() -> dict[str, str]:
    """The family of each kind of event."""
    listed = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text(encoding="utf-8"))
    return {kind: family for family, kinds in listed["families"].items() for kind in kinds}


@cache
def background_rules() -> frozenset[str]:
    """Rules of event mentions that find a state told by the way, as an adjective or apposition of its place."""
    listed = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text(encoding="utf-8"))
    return frozenset(listed["background_rules"])


@cache
def told_together() -> frozenset[tuple[str, str]]:
    """Pairs of kinds by which one happening may be told, both ways round."""
    listed = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text(encoding="utf-8"))
    pairs = {(one, other) for one, others in listed["together"].items() for other in others}
    return frozenset(pairs | {(b, a) for a, b in pairs})


@cache
def allied_sides() -> tuple[frozenset[str], ...]:
    """Sides that fight together, by groups; a side may be in several."""
    listed = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text(encoding="utf-8"))
    return tuple(frozenset(group["sides"]) for group in listed["allied"])


@cache
def terms(name: str, language: str = "en") -> frozenset[str]:
    """The words of one list of ``data/en.toml``; the file says what each is for."""
    listed = tomllib.loads((files(__package__) / "data" / f"{language}.toml").read_text(encoding="utf-8"))
    return frozenset(listed[name].split())


@cache
def rising_stems(language: str = "en") -> frozenset[str]:
    """Stems of the words that say that a number has grown since: "risen", "climbed"."""
    return frozenset(word[:_STEM] for word in terms("rising_terms", language))


@cache
def families_of_kinds(kinds: frozenset[str]) -> frozenset[str]:
    """The families of some kinds."""
    return frozenset(families()[kind] for kind in kinds)
