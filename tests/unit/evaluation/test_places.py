"""What counts as right at a judged place."""

import pytest

from evaluation.places.__main__ import is_right

IZIUM = {"place": "Izium", "country": "UA", "admin1": "Kharkiv Oblast"}
FOUND = [{"start": 5, "end": 10, **IZIUM}]


@pytest.mark.parametrize(
    ("is_place", "expected", "found", "right"),
    [
        (True, IZIUM, FOUND, True),
        (True, IZIUM | {"admin1": None}, FOUND, True),
        (True, IZIUM | {"admin1": "Sumy Oblast"}, FOUND, False),
        (True, IZIUM, [], False),
        (True, IZIUM, [{**FOUND[0], "start": 20, "end": 25}], False),
        (True, None, FOUND, False),
        (False, None, FOUND, False),
        (False, None, [], True),
    ],
)
def test_right_is_the_expected_place_where_it_was_judged(is_place, expected, found, right):
    assert is_right({"start": 5, "end": 10, "is_place": is_place, "expected": expected}, found) is right
