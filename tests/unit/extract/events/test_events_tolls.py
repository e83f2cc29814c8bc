"""What the words beside a number say of it: on top of others, or out of date."""

from __future__ import annotations

import pytest


def count_of(facts, number):
    """The count of the figure with these words."""
    [count] = [c for e in facts.events for c in e.counts if facts.figures[c.figure].exact == number]
    return count


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nine people died and three more were wounded in the raid.", "three more"),
        ("Two people died in the raid and six others were wounded.", "six others"),
        ("A further 46 people were wounded in the raid.", "A further 46"),
        ("Another six people were wounded in the raid.", "Another six"),
        ("An additional 12 people were wounded in the raid.", "An additional 12"),
    ],
)
def test_on_top_of_others(text, number, facts_of):
    facts = facts_of(text, "2025-11-20")
    figures = [f.exact for f in facts.figures]
    at = next(exact for exact in figures if exact in number or number in exact)
    assert count_of(facts, at).is_further


@pytest.mark.parametrize(
    "text",
    [
        "More than 20 people were wounded in the raid.",
        "Twenty or more people were wounded in the raid.",
        "They buried the others. Twelve people were wounded in the raid.",
        "Dozens of people were wounded in the raid.",
    ],
)
def test_not_on_top_of_others(text, facts_of):
    facts = facts_of(text, "2025-11-20")
    [count] = [c for e in facts.events for c in e.counts]
    assert not count.is_further


def test_out_of_date(facts_of):
    facts = facts_of("Updating a previous toll of 12 dead, the service said that 45 people were killed.", "2025-11-20")
    outdated = {facts.figures[c.figure].low: c.is_outdated for e in facts.events for c in e.counts}
    assert outdated == {12.0: True, 45.0: False}
