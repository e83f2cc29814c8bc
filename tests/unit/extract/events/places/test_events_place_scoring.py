"""How likely each place of a sentence is where a mention happens."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from ingest.extract.events.lexicon import table
from ingest.extract.events.model import Named
from ingest.extract.events.places import assignment, scoring
from ingest.extract.events.places.scoring import Choice, Option, choices, likely

TEXTS = (
    "Rebels shelled the market in Izium, killing nine people and wounding 12.",
    "The army, which holds Kupiansk, took two villages near the city of Izium in the Kharkiv region after clashes.",
    "Talks were held in Geneva on aid to Sudan. A Kyiv market was hit, the shelling of Odesa by troops went on.",
    "Sumy, where two men died, and Odesa have been the scene of attacks by rebels that Russia is said to arm.",
)


@pytest.fixture(scope="module")
def chosen(facts_of):
    """The choices of each text."""
    found: list[list[Choice]] = []

    def kept(*args):
        found.append(choices(*args))
        return found[-1]

    with patch.object(assignment, "choices", kept):
        for text in TEXTS:
            facts_of(text, "2025-11-20")
    return found


def test_every_feature_has_a_weight_and_every_weight_a_feature(chosen):
    asked = {"of_another", "of_cause"}
    for choice in (choice for told in chosen for choice in told):
        asked |= choice.nowhere.keys()
        asked.update(name for option in choice.options for name in option.features)
    weights = table("places.toml")["weights"]
    assert asked <= weights.keys()
    source = Path(scoring.__file__).read_text(encoding="utf-8")
    assert all(f'"{name}"' in source for name in weights)


def test_the_places_and_nowhere_share_one(chosen):
    for told in chosen:
        for choice, shares in zip(told, likely(told), strict=True):
            assert len(shares) == len(choice.options)
            assert all(0 < share < 1 for share in shares)
            assert sum(shares) < 1


def test_what_is_likely_for_another_mention_is_likelier():
    name = Named(first=9, last=9, path=(9,), depth=0, fine=1, location=None)
    strike = Choice(
        [Option(name, {"own_phrase": 1.0, "located": 1.0, "gap": 2.0}, is_apart=False)], {"nowhere": 1.0}, 0, None
    )
    dead = Choice([Option(name, {"apart": 1.0, "gap": 3.0}, is_apart=True)], {"nowhere": 1.0}, 0, None)
    effect = Choice(dead.options, dead.nowhere, 0, 0)
    alone, beside, caused = likely([dead])[0], likely([strike, dead])[1], likely([strike, effect])[1]
    assert alone < beside < caused
    assert likely([strike])[0] == likely([strike, Choice([], {}, 0, None)])[0]
