"""Ranges, open ends and revisions of figures."""

from __future__ import annotations

import csv

import pytest
from briefing_records import LAST, statement, thing

from claimhouse.briefing import words
from claimhouse.briefing.figures import HEIGHT, Scale, chart
from ingest.home import PROGRAM_DIR as ROOT


def test_a_range_spans_its_bounds_and_a_number_is_a_point() -> None:
    (wide, point) = chart(thing(statement(40, 50), statement(60, 60, 1))).ranges
    assert wide.y_high < wide.y < wide.y_low
    assert point.y_high == point.y == point.y_low
    assert point.y < wide.y
    assert point.x > wide.x


def test_open_ends_reach_the_edge_with_an_arrow() -> None:
    at_least, at_most = chart(thing(statement(9, None), statement(None, 14, 1))).ranges
    assert at_least.is_open_above
    assert not at_least.is_open_below
    assert at_least.y_high == 4.0
    assert at_least.y == at_least.y_low
    assert at_most.is_open_below
    assert at_most.y_low > at_most.y
    assert at_most.y_low == HEIGHT - 14


def test_a_step_leads_from_a_figure_to_its_revision() -> None:
    first = statement(9, 9)
    second = statement(14, 14, 1, revision="raised", previous_figure_id=first.figure_id, low_delta=5.0, high_delta=5.0)
    drawn = chart(thing(first, second))
    (step,) = drawn.steps
    assert (step.x1, step.x2) == tuple(r.x for r in drawn.ranges)
    assert step.y2 < step.y1
    assert words.revision(second) == "raised by 5"


def test_statements_of_one_day_stand_beside_each_other() -> None:
    drawn = chart(thing(*(statement(n, n, speaker=s) for n, s in ((1, "a"), (2, "b"), (3, "c")))))
    places = [r.x for r in drawn.ranges]
    assert len(set(places)) == 3
    assert {(s.glyph, s.color) for s in drawn.speakers} == {("circle", 0), ("square", 1), ("triangle", 2)}


def test_far_apart_values_go_by_magnitudes_and_near_ones_from_zero() -> None:
    near, far = Scale([9, 14]), Scale([5, 5_200])
    assert not near.is_logarithmic
    assert near(0) > near(9) > near(14) > 0
    assert near.levels()[0] == 0
    assert far.is_logarithmic
    assert far(5) > far(100) > far(5_200) > 0
    assert all(level > 0 for level in far.levels())


def test_levels_are_few_and_whole_for_counts() -> None:
    for most in (1, 3, 14, 99, 25_000):
        levels = Scale([most]).levels()
        assert 2 <= len(levels) <= 7
        if most >= 3:
            assert all(level == int(level) for level in levels)


@pytest.mark.parametrize(
    ("low", "high", "bound", "said"),
    [
        (40, 40, "exact", "40"),
        (40, 40, "approx", "about 40"),
        (40, None, "at_least", "at least 40"),
        (40, None, "more_than", "over 40"),
        (None, 60, "at_most", "up to 60"),
        (None, 60, "less_than", "under 60"),
        (24, 99, "vague", "24 to 99"),
        (1_200_000_000, 1_200_000_000, "exact", "1,200,000,000"),
        (0.333, 0.333, "exact", "0.333"),
        (None, None, "exact", "not stated"),
    ],
)
def test_bounds_in_words(low: float | None, high: float | None, bound: str, said: str) -> None:
    assert words.bounds(low, high, bound) == said


@pytest.mark.parametrize(
    ("revision", "delta", "said"),
    [
        ("first", None, ""),
        ("same", 0.0, "the same again"),
        ("lowered", -2.0, "lowered by 2"),
        ("corrected", -10.0, "corrected by −10"),
        ("raised", None, "raised"),
        ("rounded", 1.0, "rounded"),
    ],
)
def test_revisions_in_words(revision: str, delta: float | None, said: str) -> None:
    assert words.revision(statement(1, 1, revision=revision, low_delta=delta)) == said


def test_what_is_counted_in_words() -> None:
    assert words.thing(thing(), None, "Killed") == "People killed, Vovchansk"
    assert words.thing(thing(counted="battalion", status=None), "Ukraine", "") == "Battalions of Ukraine, Vovchansk"
    assert words.thing(thing(counted="area", kind="area", unit="km2"), None, "").startswith("Area (km²)")


def test_days_in_words() -> None:
    assert words.days(LAST, LAST) == "27 February 2026"
    assert words.days(LAST.replace(day=1), LAST) == "1–27 February 2026"
    assert words.days(LAST.replace(month=1), LAST) == "27 January – 27 February 2026"
    assert words.days(LAST.replace(year=2025), LAST) == "27 February 2025 – 27 February 2026"


def test_what_is_counted_has_a_plural_for_each_class() -> None:
    with (ROOT / "dbt_project/seeds/code_lists.csv").open(encoding="utf-8", newline="") as file:
        classes = {row["code"] for row in csv.DictReader(file) if row["code_list"] == "argument_class"}
    assert classes == set(words.CLASS_NOUNS)
    assert words.counted("armed", "took_part") == "soldiers and fighters took part"
    assert words.counted("houses", "damaged") == "houses damaged"
    assert words.counted(None, "killed") == "people killed"
