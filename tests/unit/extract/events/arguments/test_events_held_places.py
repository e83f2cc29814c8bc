"""Which place a target is, and which it only lies in or near."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Russian troops captured the town of Kupiansk.", "take", "Kupyansk"),
        ("Russian troops captured Kupiansk's twin city of Izium.", "take", "Izium"),
        ("The army withdrew from the Kharkiv city of Izium.", "leave", "Izium"),
        ("The army captured two villages south of Izium.", "take", None),
        ("The militia took the territory of the brick factory in the Donetsk region.", "take", None),
        ("The planes bombed a rebel-held Syria town.", "hold", None),
    ],
)
def test_a_target_is_the_place_that_it_names(text, kind, place, facts_of):
    facts = facts_of(text, "2025-11-20")
    [event] = [e for e in facts.events if e.kind == kind]
    [target] = [a for a in event.arguments if a.role == "target"]
    assert (None if target.location is None else facts.locations[target.location].place) == place


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The army bombed two other rebel-held villages near Aleppo.", "rebel"),
        ("A key Syrian opposition-held district of Aleppo was hit.", "Syrian opposition"),
        ("The northern YPG-held town of Manbij was hit.", "YPG"),
        ("The two other rebels hold Izium.", "the two other rebels"),
        ("Homs is held by local and foreign militias.", "local and foreign militias"),
        ("Homs is held by foreign militias.", "foreign militias"),
    ],
)
def test_what_is_said_of_the_place_is_not_said_of_its_holder(text, holder, facts_of):
    [event] = [e for e in facts_of(text, "2025-11-20").events if e.kind == "hold"]
    assert [a.name for a in event.arguments if a.role == "agent"] == [holder]
