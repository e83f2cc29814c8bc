"""A place is drawn as exactly as it was said, and no more so."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from briefing_records import PlainMap, mention

from claimhouse.briefing.geometry import distance_km
from claimhouse.briefing.maps import NEAR_KM, draw, radius, shape_of, spots_of

NAMES = {"UA": "Ukraine", "SD": "Sudan"}


@pytest.mark.parametrize(
    ("values", "shape", "words"),
    [
        ({}, "dot", "in it"),
        ({"direction": "N"}, "dot", "in it"),
        ({"relation": "near", "precision": 2}, "ring", "near it, within about 25 km"),
        ({"relation": "outskirts", "precision": 2}, "ring", "near it"),
        ({"relation": "near", "precision": 2, "distance_km": 15.0}, "ring", "about 15 km from it, direction not given"),
        (
            {"relation": "direction_of", "direction": "NW", "distance_km": 20.0, "precision": 2},
            "sector",
            "about 20 km NW",
        ),
        ({"relation": "direction_of", "direction": "E", "precision": 2}, "sector", "E of it, no distance given"),
        ({"relation": "between", "precision": 5}, "line", "between"),
        ({"kind": "region", "precision": 4}, "area", "no point in it is meant"),
        ({"kind": "region", "precision": 3}, "area", "region"),
        ({"kind": "country", "precision": 6}, "country", "whole country"),
        ({"kind": "country", "precision": 6, "direction": "E"}, "country", "E part"),
        ({"kind": "water", "precision": 7}, "name", "no point in it is meant"),
        ({"precision": None}, "unknown", "not found"),
        ({"lat": None, "lon": None}, "unknown", "not found"),
    ],
)
def test_shape_follows_what_was_said(values: dict[str, Any], shape: str, words: str) -> None:
    got, how = shape_of(mention(**values))
    assert got == shape
    assert words in how


def test_a_place_said_in_two_manners_is_two_spots_and_a_claim_counts_once_in_each() -> None:
    spots = spots_of(
        [
            mention(claim_ids=("a", "b")),
            mention(claim_ids=("b",)),
            mention(relation="near", precision=2, claim_ids=("b",)),
        ],
        ["b"],
    )
    assert [(s.shape, s.claims, s.contested) for s in spots] == [("dot", 2, 1), ("ring", 1, 1)]


def test_no_mention_is_lost() -> None:
    given = [
        mention("Vovchansk", 5),
        mention("Kharkiv Oblast", 2, kind="region", precision=4),
        mention("Nowhere Oblast", 1, kind="region", precision=4),
        mention("Ukraine", 3, kind="country", precision=6),
        mention("El Fasher", 1, country="SD", lat=13.6, lon=25.3),
        mention("Atlantis", 1, precision=None, lat=None, lon=None, place_id=None),
    ]
    atlas = draw(given, [], PlainMap(), NAMES)
    found = [s for p in atlas.panels for s in p.spots] + [*atlas.elsewhere, *atlas.countries, *atlas.unknown]
    assert sorted(s.place for s in found) == sorted(m.place for m in given)
    assert len(atlas.spots) == len(given)
    assert [p.title for p in atlas.panels] == ["Ukraine"]
    assert [s.place for s in atlas.elsewhere] == ["El Fasher"]
    assert [s.place for s in atlas.countries] == ["Ukraine"]
    assert [s.place for s in atlas.unknown] == ["Atlantis"]


def test_a_country_and_a_region_without_outline_get_no_mark() -> None:
    given = [
        mention("Vovchansk", 5),
        mention("Nowhere Oblast", 2, kind="region", precision=4),
        mention("Ukraine", 9, kind="country", precision=6),
    ]
    (panel,) = draw(given, [], PlainMap(), NAMES).panels
    for sheet in panel.sheets.values():
        drawn = [m for m in sheet.marks if m.outline or m.r]
        assert [m.spot.place for m in drawn] == ["Vovchansk"]
        assert any(name.text == "Nowhere Oblast 2" for name in sheet.names)
    assert "its outline is not known here" in next(s.how for s in panel.spots if s.shape == "area")


def test_a_ring_and_a_sector_lie_where_the_words_put_them() -> None:
    near = spots_of([mention(relation="near", precision=2)], [])[0]
    assert {round(distance_km((36.94, 50.29), p)) for p in near.corners} == {round(NEAR_KM)}
    south = spots_of([mention(relation="direction_of", direction="S", distance_km=20.0, precision=2)], [])[0]
    outer = south.corners[1:]
    assert all(15 <= round(distance_km((36.94, 50.29), p), 3) <= 25 for p in outer)
    assert all(lat < 50.29 for _, lat in outer)


def test_two_ends_of_a_between_are_joined() -> None:
    ends = [
        mention("Izium", relation="between", precision=5, lat=49.2, lon=37.3, claim_ids=("x",), place_id="a"),
        mention("Lyman", relation="between", precision=5, lat=48.99, lon=37.8, claim_ids=("x",), place_id="b"),
        mention("Vovchansk", 3),
    ]
    (panel,) = draw(ends, [], PlainMap(), NAMES).panels
    lines = [m for m in panel.sheets["wide"].marks if m.spot.shape == "line"]
    assert sorted(m.outline.count("L") for m in lines) == [0, 1]


def test_far_places_have_maps_of_their_own() -> None:
    given = [mention("Vovchansk", 4), mention("El Fasher", 3, country="SD", lat=13.6, lon=25.3)]
    atlas = draw(given, [], PlainMap(), NAMES)
    assert [(p.title, p.claims) for p in atlas.panels] == [("Ukraine", 4), ("Sudan", 3)]


def test_names_cover_neither_marks_nor_each_other_and_stay_on_the_sheet() -> None:
    crowd = [mention(f"Town number {i}", 1, lat=50 + i / 300, lon=36.9, place_id=f"t{i}") for i in range(40)]
    (panel,) = draw(crowd, [], PlainMap(), NAMES).panels
    for sheet in panel.sheets.values():
        assert 0 < len(sheet.names) < 40
        assert all(0 <= n.x <= sheet.width and 0 <= n.y <= sheet.height for n in sheet.names)
        rows = sorted((n.y, n.x) for n in sheet.names if n.kind == "place" and n.anchor == "start")
        assert all(b[0] - a[0] > 9 or abs(b[1] - a[1]) > 60 for a, b in itertools.pairwise(rows))


def test_area_of_a_dot_grows_with_claims() -> None:
    sizes = [radius(n, 10_000) for n in (1, 4, 25, 10_000)]
    assert sizes == sorted(sizes)
    assert sizes[-1] == 12.0
    assert radius(25, 25) == sizes[-1] > radius(5, 5)


def test_nothing_gives_no_map() -> None:
    assert draw([], [], PlainMap(), NAMES).panels == ()
