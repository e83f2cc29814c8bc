"""What the words beside a number say of it: on top of others, or out of date."""

from __future__ import annotations

import pytest

from ingest.resolve.tolls import is_further, is_outdated


def figure(text: str, number: str) -> dict[str, object]:
    start = text.index(number)
    return {"char_start": start, "char_end": start + len(number), "exact": number}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nine died and three more were hurt.", "three"),
        ("Nine died and three more were hurt.", "three more"),
        ("Six others were hurt.", "Six"),
        ("A further 46 people were hurt.", "46"),
        ("Another six were hurt.", "six"),
        ("An additional 12 were hurt.", "12"),
    ],
)
def test_on_top_of_others(text: str, number: str) -> None:
    assert is_further(figure(text, number), text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("More than 20 people were hurt.", "More than 20"),
        ("Twenty or more people were hurt.", "Twenty or more"),
        ("It hit six, more than before.", "six"),
        ("They buried the others. Twelve were hurt.", "Twelve"),
    ],
)
def test_not_on_top_of_others(text: str, number: str) -> None:
    assert not is_further(figure(text, number), text)


def test_out_of_date() -> None:
    text = "Updating a previous toll of 12, the service spoke of 45 dead."
    assert is_outdated(figure(text, "12"), text)
    assert not is_outdated(figure(text, "45"), text)
