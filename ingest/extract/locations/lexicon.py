"""The word lists of this package, loaded once: sets of folded words.

Belongs here: loading and naming them. The words themselves are in ``data/``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.extract.lexicon import words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of lower-case words; ``data/en/lexicon.toml`` says what each is for."""

    titles: frozenset[str]
    brands: frozenset[str]
    bodies: frozenset[str]
    function: frozenset[str]
    institutions: frozenset[str]
    facilities: frozenset[str]
    ways: frozenset[str]
    public_places: frozenset[str]
    sites: frozenset[str]
    of_learning: frozenset[str]
    waters: frozenset[str]
    landforms: frozenset[str]
    nature_heads: frozenset[str]
    regions: frozenset[str]
    prepositions: frozenset[str]
    strong_prepositions: frozenset[str]
    speaking: frozenset[str]
    claiming: frozenset[str]
    name_heads: frozenset[str]
    ordinary: frozenset[str]
    compass: frozenset[str]
    connectors: frozenset[str]
    tails: frozenset[str]
    region_tails: frozenset[str]
    demonyms: frozenset[str]
    well_known: frozenset[str]
    company_heads: frozenset[str]
    passed_over: frozenset[str]
    locative: frozenset[str]
    palaces: frozenset[str]
    adjectival: frozenset[str]
    no_epithets: frozenset[str]
    of_palaces: frozenset[str]
    dealing: frozenset[str]
    dealing_to: frozenset[str]
    dealing_towards: frozenset[str]
    giving: frozenset[str]
    of_states: frozenset[str]
    dealing_of: frozenset[str]
    dealing_from: frozenset[str]
    dealing_between: frozenset[str]
    moving: frozenset[str]
    attacks: frozenset[str]
    of_towns: frozenset[str]
    governing: frozenset[str]
    befalling: frozenset[str]
    minded: frozenset[str]
    burdens: frozenset[str]
    media: frozenset[str]
    media_names: frozenset[str]
    group_heads: frozenset[str]
    before_branches: frozenset[str]
    organised: frozenset[str]
    treaties: frozenset[str]
    state_abbreviations: frozenset[str]
    homely: frozenset[str]
    struck: frozenset[str]
    armed: frozenset[str]
    bare_regions: frozenset[str]
    overrun: frozenset[str]
    fought_over: frozenset[str]
    things: frozenset[str]
    given_names: frozenset[str]
    surnames: frozenset[str]
    common_words: frozenset[str]
    # an "of" behind it, each of these opens a body's name: "Center of Relief"
    heads_of_bodies: frozenset[str]


def _lines(name: str) -> frozenset[str]:
    text = (files("ingest.extract.locations") / "data" / name).read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def lexicon() -> Lexicon:
    """The word lists."""
    raw = (files("ingest.extract.locations") / "data" / "en" / "lexicon.toml").read_text(encoding="utf-8")
    lists = {name: frozenset(listed.split()) for name, listed in tomllib.loads(raw).items()}
    names = {
        n for n in _lines("given_names.txt") if len(n) > 2 or n in ("li", "xi", "bo", "ed", "al", "jo", "ko", "wu")
    }
    return Lexicon(
        **lists,
        demonyms=words("people.toml", "peoples"),
        given_names=frozenset(names - lists["ordinary"] - lists["connectors"]),
        surnames=_lines("surnames.txt"),
        common_words=_lines("en/common_words.txt"),
        heads_of_bodies=lists["organised"] | lists["bodies"] | (lists["institutions"] - lists["sites"]),
    )
