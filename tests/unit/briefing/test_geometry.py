"""Shapes on the sphere and on paper."""

from __future__ import annotations

import pytest

from claimhouse.briefing.geometry import (
    Box,
    Projection,
    clusters,
    destination,
    distance_km,
    nice_below,
    ring,
    sector,
)

KHARKIV, BELGOROD, KYIV = (36.25, 49.98), (36.58, 50.61), (30.52, 50.45)


def test_distance_is_that_of_the_road_signs() -> None:
    assert distance_km(KHARKIV, BELGOROD) == pytest.approx(74, abs=1.5)
    assert distance_km(KHARKIV, KHARKIV) == 0


@pytest.mark.parametrize("bearing", [0, 45, 90, 135, 180, 225, 270, 315])
@pytest.mark.parametrize("start", [KHARKIV, (25.35, 13.63), (29.2, -1.7), (179.9, 10.0)])
def test_destination_is_as_far_as_asked(start: tuple[float, float], bearing: float) -> None:
    assert distance_km(start, destination(start, bearing, 25)) == pytest.approx(25, rel=1e-9)


def test_destination_goes_where_the_bearing_points() -> None:
    north, east = destination(KHARKIV, 0, 20), destination(KHARKIV, 90, 20)
    assert north[1] > KHARKIV[1]
    assert north[0] == pytest.approx(KHARKIV[0])
    assert east[0] > KHARKIV[0]


def test_every_point_of_a_ring_is_as_far() -> None:
    assert {round(distance_km(KHARKIV, p), 6) for p in ring(KHARKIV, 25)} == {25.0}


def test_a_sector_keeps_within_its_distances_and_its_direction() -> None:
    points = sector(KHARKIV, 180, 15, 25)
    distances = [distance_km(KHARKIV, p) for p in points]
    assert min(distances) == pytest.approx(15)
    assert max(distances) == pytest.approx(25)
    assert all(p[1] < KHARKIV[1] for p in points)


def test_a_sector_without_a_least_distance_begins_at_the_place() -> None:
    assert KHARKIV in sector(KHARKIV, 0, 0, 25)


def test_projection_holds_the_box_and_puts_north_up() -> None:
    to_sheet = Projection.fitting(Box(36, 49, 39, 51), 720, (0.5, 0.8))
    left, low = to_sheet((36, 49))
    right, high = to_sheet((39, 51))
    assert 0 < left < right < 720
    assert 0 < high < low < to_sheet.height
    assert 0.5 * 720 <= to_sheet.height <= 0.8 * 720
    assert to_sheet.box.holds((36, 49))
    assert to_sheet.box.holds((39, 51))


def test_a_single_place_gets_surroundings_not_a_speck() -> None:
    to_sheet = Projection.fitting(Box.around([KHARKIV]), 720, (0.5, 0.8), least_km=60, margin=0)
    assert 720 / to_sheet.km == pytest.approx(60, rel=0.02)


def test_scale_is_right_in_the_middle() -> None:
    to_sheet = Projection.fitting(Box(36, 49.5, 37, 50.5), 720, (0.5, 0.8))
    middle = (36.5, 50.0)
    x1, y1 = to_sheet(middle)
    x2, y2 = to_sheet(destination(middle, 90, 30))
    assert ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 == pytest.approx(30 * to_sheet.km, rel=0.01)


def test_path_leaves_out_points_that_fall_together() -> None:
    to_sheet = Projection.fitting(Box(36, 49, 39, 51), 720, (0.5, 0.8))
    near = [(36.5, 50), (36.50001, 50), (38, 50), (38, 49.5)]
    assert to_sheet.path([near]).count("L") == 2
    assert to_sheet.path([near]).endswith("Z")
    assert to_sheet.path([[(36.5, 50), (36.50001, 50)]]) == ""


@pytest.mark.parametrize(("limit", "round_"), [(1, 1), (1.9, 1), (2, 2), (49, 20), (50, 50), (0.07, 0.05), (999, 500)])
def test_nice_below(limit: float, round_: float) -> None:
    assert nice_below(limit) == pytest.approx(round_)


def test_clusters_hang_together_by_steps() -> None:
    chain = [(30.0 + i, 50.0) for i in range(4)]
    groups = clusters([*chain, KYIV, (100.0, 0.0)], 80)
    assert groups == [[0, 1, 2, 3, 4], [5]]
    assert clusters([], 80) == []
