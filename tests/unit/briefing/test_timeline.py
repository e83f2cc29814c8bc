"""Bars by day, week or month, one lane a side."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from claimhouse.briefing.records import OTHERS, DayCount
from claimhouse.briefing.timeline import BAR_HEIGHT, span_of, spans, timeline, unit_for

FIRST = date(2026, 2, 2)  # a Monday


@pytest.mark.parametrize(("days", "unit"), [(1, "day"), (45, "day"), (46, "week"), (540, "week"), (541, "month")])
def test_unit_fits_the_window(days: int, unit: str) -> None:
    assert unit_for(FIRST, FIRST + timedelta(days=days - 1)) == unit


def test_spans_are_iso_weeks_and_whole_months() -> None:
    assert span_of(date(2026, 2, 8), "week") == (date(2026, 2, 2), date(2026, 2, 8))
    assert span_of(date(2024, 2, 10), "month") == (date(2024, 2, 1), date(2024, 2, 29))
    found = spans(date(2025, 12, 31), date(2026, 3, 1), "month")
    assert [first for first, _ in found] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert all(b[0] - a[1] == timedelta(days=1) for a, b in itertools.pairwise(found))


def test_every_claim_is_in_one_bar_and_the_tallest_fills_the_lane() -> None:
    rows = [
        DayCount(FIRST, "RU", "plain", 3),
        DayCount(FIRST, "RU", "negative", 1),
        DayCount(FIRST + timedelta(days=9), "UA", "disputed", 2),
        DayCount(FIRST + timedelta(days=9), None, "plain", 1),
    ]
    made = timeline(rows, FIRST, FIRST + timedelta(days=9))
    assert [(lane.side, lane.claims) for lane in made.lanes] == [("RU", 4), ("UA", 2), (None, 1)]
    assert made.highest == 4
    assert [lane.highest for lane in made.lanes] == [4, 4, 1]  # speakers without a side have a scale of their own
    bar = made.lanes[0].bars[0]
    assert (bar.claims, bar.of("negative"), bar.of("disputed")) == (4, 1, 0)
    assert sum(s.height for s in bar.segments) == pytest.approx(BAR_HEIGHT)
    assert min(s.y for s in bar.segments) == pytest.approx(0)
    last = made.lanes[1].bars[0]
    assert last.x + last.width == pytest.approx(100, abs=1)


def test_many_sides_share_a_lane_and_the_unknown_one_is_last() -> None:
    rows = [DayCount(FIRST, f"S{i}", "plain", 20 - i) for i in range(12)] + [DayCount(FIRST, None, "plain", 99)]
    lanes = timeline(rows, FIRST, FIRST).lanes
    assert [lane.side for lane in lanes][-2:] == [OTHERS, None]
    assert sum(lane.claims for lane in lanes) == sum(r.claims for r in rows)


def test_no_claims_no_lanes() -> None:
    made = timeline([], FIRST, FIRST + timedelta(days=20))
    assert made.lanes == ()
    assert made.ticks
