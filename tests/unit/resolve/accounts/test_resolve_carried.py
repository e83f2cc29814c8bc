"""Which accounts of an article are put to its main point, though the text names no place for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from made_accounts import DAY, POINTS, REGION, account, statement

from ingest.resolve.accounts.accounts import with_carried_places
from ingest.resolve.model import Place


@pytest.mark.parametrize(("precision", "north", "is_carried"), [(3, 0.2, True), (3, 1.0, False), (4, 1.0, True)])
def test_a_district_far_from_the_main_point_does_not_hold_it(precision: int, north: float, is_carried: bool) -> None:
    town = POINTS["Orikhiv"]
    region = Place("geonames-5", "Northern", "UA", town.admin1, (town.lat or 0) + north, town.lon, precision)
    told = [account("a", statement("a", 0)), account("a", statement("a", 1, places=(region,)))]
    assert [a.is_place_carried for a in with_carried_places(told)] == [False, is_carried]


def test_what_a_text_recalls_of_long_before_is_not_where_its_news_was() -> None:
    before = DAY - timedelta(days=400)
    recalled = statement("a", 0, first_date=before, last_date=before)
    news = statement("a", 1, places=(REGION,))
    told = [account("a", recalled), account("a", news)]
    assert [a.is_place_carried for a in with_carried_places(told)] == [False, False]
    recent = account("a", replace(recalled, first_date=DAY, last_date=DAY))
    assert [a.is_place_carried for a in with_carried_places([recent, told[1]])] == [False, True]


@pytest.mark.parametrize(("at", "places", "is_carried"), [(50, (), True), (500, (), False), (500, (REGION,), True)])
def test_nothing_was_at_a_place_that_the_text_names_later_but_what_was_in_its_region(
    at: int, places: tuple[Place, ...], is_carried: bool
) -> None:
    told = [account("a", statement("a", 0, places=places)), account("a", statement("a", 6))]
    named = [(at, POINTS["Orikhiv"])]
    assert [a.is_place_carried for a in with_carried_places(told, named)] == [is_carried, False]


@pytest.mark.parametrize(
    ("before", "name", "is_carried"),
    [(50, "Kupiansk", False), (900, "Kupiansk", True), (50, "Orikhiv", True), (50, "Northern", True)],
)
def test_where_a_text_has_gone_on_to_another_point_nothing_is_at_its_main_one(
    before: int, name: str, is_carried: bool
) -> None:
    lead, fragment = statement("a", 0), statement("a", 12, places=())
    other = POINTS.get(name, replace(REGION, name="Northern"))
    named = [(0, POINTS["Orikhiv"]), (fragment.start - before, other), (fragment.end + 5, POINTS["Kupiansk"])]
    told = [account("a", lead), account("a", fragment)]
    assert [a.is_place_carried for a in with_carried_places(told, named)] == [False, is_carried]


def test_what_was_long_before_the_news_is_not_put_to_its_place() -> None:
    before = DAY - timedelta(days=400)
    recalled = statement("a", 1, places=(), first_date=before, last_date=before)
    told = [account("a", statement("a", 0)), account("a", recalled)]
    assert [a.is_place_carried for a in with_carried_places(told)] == [False, False]
