"""What the words beside a number say of it: on top of others, out of date, or a part."""

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


@pytest.mark.parametrize(
    ("text", "is_outdated"),
    [
        ("An earlier death toll from the raid on the port of Port-au-Prince put the dead at 15.", True),
        ("The mayor had earlier given a toll of 15 dead in Odesa.", True),
        ("The earlier raid on Odesa raised the death toll to 15 people.", False),
        ("At an earlier briefing the minister put the death toll in Odesa at 15.", False),
    ],
)
def test_it_is_the_toll_that_is_earlier(text, is_outdated, facts_of):
    [count] = [c for e in facts_of(text, "2025-11-20").events for c in e.counts]
    assert count.is_outdated is is_outdated


@pytest.mark.parametrize(
    "text",
    [
        "The death toll in Odesa has risen to 34 from 21.",
        "The death toll in Odesa rose from 21 to 34.",
        "The death toll in Odesa climbed to 34, up from 21.",
    ],
)
def test_what_it_rose_from_is_out_of_date(text, facts_of):
    facts = facts_of(text, "2025-11-20")
    outdated = {facts.figures[c.figure].low: c.is_outdated for e in facts.events for c in e.counts}
    assert outdated == {21.0: True, 34.0: False}


def test_those_who_came_from_a_place_are_up_to_date(facts_of):
    facts = facts_of("The army moved in. It killed 21 men from 12 villages near Odesa.", "2025-11-20")
    assert not any(c.is_outdated for e in facts.events for c in e.counts)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("Twelve children and 11 guards were among the dead in Odesa.", {12: "part", 11: "part"}),
        ("Five soldiers, two medics and a driver were among the dead.", {5: "part", 2: "part"}),
        ("The army attacked rebels near Odesa, killing 15 and wounding 20 of them.", {15: "event", 20: "part"}),
        (
            "15 guards and 20 miners were killed, and 4 children were among the dead.",
            {15: "event", 20: "event", 4: "part"},
        ),
    ],
)
def test_numbers_that_are_joined_are_parts_together(text, scopes, facts_of):
    facts = facts_of(text, "2025-11-20")
    assert {facts.figures[c.figure].low: c.scope for e in facts.events for c in e.counts} == scopes
