"""What the counts of two mentions say of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ingest.extract.events.coreference.compatibility import count_apart, share_a_number


def _figure(low: int | None, high: int | None) -> Any:
    return SimpleNamespace(low=low, high=high)


def _told(figure: int) -> Any:
    count = SimpleNamespace(role="target", figure=figure, scope="event")
    return SimpleNamespace(mention=SimpleNamespace(counts=(count,)))


def _referents(*figures: Any) -> Any:
    return SimpleNamespace(found=SimpleNamespace(figures=figures))


@pytest.mark.parametrize(
    ("one", "other", "is_shared", "is_apart"),
    [
        ((9, 9), (9, 9), True, False),
        ((9, 9), (60, 60), False, True),
        ((None, None), (None, None), False, False),
        ((None, 9), (None, 60), False, False),
        ((9, 9), (24, 99), False, False),
    ],
)
def test_two_counts(one: Any, other: Any, is_shared: bool, is_apart: bool) -> None:
    referents = _referents(_figure(*one), _figure(*other))
    assert share_a_number(_told(0), _told(1), referents) is is_shared
    assert count_apart(_told(0), _told(1), referents) is is_apart
