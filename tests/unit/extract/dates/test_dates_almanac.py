"""Arithmetic on the calendar, where its bounds are."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract.dates import almanac
from ingest.extract.dates.holidays import era_of, feast_of, holiday_day, holidays


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2022, date(2022, 4, 17), date(2022, 4, 24)),
        (2023, date(2023, 4, 9), date(2023, 4, 16)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (1943, date(1943, 4, 25), date(1943, 4, 25)),
    ],
)
def test_easter(year, western, orthodox):
    assert almanac.easter(year) == western
    assert almanac.orthodox_easter(year) == orthodox


def test_months_are_clipped_to_their_last_day():
    assert almanac.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert almanac.add_months(date(2023, 3, 31), -1) == date(2023, 2, 28)


def test_what_leaves_the_calendar_is_nothing():
    assert almanac.add_days(date.max, 1) is None
    assert almanac.add_months(date.min, -1) is None
    assert almanac.day(2023, 2, 29) is None
    assert almanac.week_days(2023, 53) is None
    assert almanac.month_days(2023, 13) is None
    assert almanac.year_days(2000, 10000) is None


def test_winter_reaches_into_the_next_year():
    assert almanac.season_days(2022, "WI") == (date(2022, 12, 1), date(2023, 2, 28))
    assert almanac.season_of(date(2023, 1, 5)) == (2022, "WI")


@pytest.mark.parametrize("name", sorted(holidays()))
def test_every_feast_has_a_day(name):
    assert holiday_day(holidays()[name], 2024) is not None


def test_a_feast_is_that_of_the_country_in_the_text():
    assert holiday_day(feast_of("independence day", "Parade in Kyiv"), 2022) == date(2022, 8, 24)
    assert holiday_day(feast_of("independence day", "Parade in Boston"), 2022) == date(2022, 7, 4)


def test_the_war_is_the_latest_that_the_text_is_about():
    assert era_of("Fighting near Kyiv", date(2024, 1, 1)) == "2022-02-24"
    assert era_of("Fighting near Gaza", date(2024, 1, 1)) == "2023-10-07"
    assert era_of("Fighting near Kyiv", date(2020, 1, 1)) is None
    assert era_of("Fighting", None) is None
