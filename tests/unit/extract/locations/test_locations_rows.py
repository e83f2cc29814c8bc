"""Names in rows that a plural noun calls places."""

from __future__ import annotations

import time

import pytest

from ingest.extract.locations.rows import are_in_row, are_named_with, is_in_row


def _in_row(text, name):
    at = text.index(name)
    return is_in_row(text, at, at + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Troops hit the villages of Birka, Tolo-Sur and Mira.", "Tolo-Sur"),
        ("They held three districts: Birka, Tolo and Mira.", "Tolo"),
        ("Fire reached Birka, Ain al-Tolo and Mira villages.", "Ain al-Tolo"),
        ("Fire reached the communities of Birka, Tolo and Mira.", "Mira"),
    ],
)
def test_named_places(text, name):
    assert _in_row(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ten of the areas: Health, Education and Transport, were discussed.", "Education"),
        ("Smith, Jones and Brown communities protested in London.", "Jones"),
        ("He met the Catholic, Orthodox and Baptist communities in Kyiv.", "Orthodox"),
        ("Nurses left the Maternity, Surgical and Oncology wards.", "Surgical"),
        ("Three communities, Catholic, Orthodox and Baptist, met.", "Orthodox"),
    ],
)
def test_other_rows(text, name):
    assert not _in_row(text, name)


@pytest.mark.parametrize("name", ["A-B-C", "A-B-C-D-E-F", "A b-C", "Aa Bb Cc", "al-A-B"])
def test_hyphens_cost_no_time(name):
    row = f"{name}, " * 12
    text = f"{row}x1, Birka, "
    start = text.index("Birka")
    began = time.perf_counter()
    are_named_with(text, start, start + 5, lambda _: True)
    _in_row(f"the villages of {row}x1, Birka, ", "Birka")
    are_in_row(text, 0, len(text))
    assert time.perf_counter() - began < 0.2
