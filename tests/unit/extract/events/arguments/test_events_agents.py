"""How likely each of those whom a sentence names is who does what a mention tells of."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from ingest.extract.events.arguments import agents
from ingest.extract.events.arguments.agents import Choice, Option, choices, likeliest, likely
from ingest.extract.events.lexicon import table

TEXTS = (
    "The army was blamed for an attack on the market in Izium, which killed nine people.",
    "The rebels and the militia pulled back after the fighting. Two guards were wounded in shelling by the troops.",
    "Ukraine welcomed the decision of Canada on a delivery of shells, and talks were held.",
)


@pytest.fixture(scope="module")
def chosen(facts_of):
    """The choices of all texts."""
    found: list[Choice] = []

    def kept(*args):
        made = choices(*args)
        found.extend(made)
        return made

    with patch.object(agents, "choices", kept):
        for text in TEXTS:
            facts_of(text, "2025-11-20")
    return [choice for choice in found if choice.options]


def test_all_and_nobody_share_one(chosen):
    assert chosen
    for choice in chosen:
        shares = likely(choice)
        assert len(shares) == len(choice.options)
        assert all(0 < share < 1 for share in shares)
        assert sum(shares) < 1


def test_what_is_asked_has_weights(chosen):
    weights = table("agents.toml")["weights"]
    assert all(weights.keys() & option.features.keys() for choice in chosen for option in choice.options)
    assert all("nobody" in choice.nobody for choice in chosen)


def test_who_is_joined_is_one():
    sure = {"given": 1.0, "under_trigger": 1.0, "as_by": 1.0}
    pair = [Option(3, 3, is_before=False, is_given=False, features=sure)]
    pair.append(Option(5, 3, is_before=False, is_given=False, features=sure))
    assert likeliest(Choice(pair, {})) == pair


def test_nobody_is_likeliest_where_all_else_is_unsure():
    far = Option(3, 3, is_before=False, is_given=False, features={"apart": 1.0, "gap": 5.0})
    assert likeliest(Choice([far], {"nobody": 1.0})) is None
    assert likeliest(Choice([], {})) is None
