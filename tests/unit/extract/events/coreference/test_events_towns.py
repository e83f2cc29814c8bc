"""Happenings of two towns: mentions that each name a town of their own again and again are not merged."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ingest.extract.events.coreference.joining import _Pairs

TOWNS = {"Kupiansk": 0, "Tokmak": 1}
PLACES = [
    SimpleNamespace(kind="settlement", is_resolved=True, geonameid=number, exact=name) for name, number in TOWNS.items()
]


def told(town: str | None, *, is_inferred: bool = False) -> Any:
    place = SimpleNamespace(role="place", is_inferred=is_inferred, location=TOWNS.get(town or ""))
    return SimpleNamespace(mention=SimpleNamespace(arguments=() if town is None else (place,)))


def apart(ours: list[Any], theirs: list[Any]) -> bool:
    pairs = _Pairs([*ours, *theirs], [], SimpleNamespace(found=SimpleNamespace(locations=PLACES)))  # type: ignore[arg-type]
    return pairs.name_other_towns(range(len(ours)), range(len(ours), len(ours) + len(theirs)))


@pytest.mark.parametrize(
    ("ours", "theirs", "are_apart"),
    [
        (["Kupiansk", "Kupiansk", None], ["Tokmak", None, "Tokmak"], True),
        (["Kupiansk", "Kupiansk"], ["Tokmak", "Tokmak", "Kupiansk"], False),
        (["Kupiansk", "Kupiansk"], ["Tokmak"], False),  # one place may be read wrong
        (["Kupiansk", "Kupiansk"], [None, None], False),
    ],
)
def test_mentions_of_two_towns_are_of_two_happenings(
    ours: list[str | None], theirs: list[str | None], are_apart: bool
) -> None:
    assert apart([told(t) for t in ours], [told(t) for t in theirs]) is are_apart


def test_a_town_that_is_inferred_tells_nothing_apart() -> None:
    assert not apart([told("Kupiansk")] * 2, [told("Tokmak", is_inferred=True)] * 2)
