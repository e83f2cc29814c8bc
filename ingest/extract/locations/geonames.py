"""GeoNames into the draft: countries, regions, large features, settlements, and who lies in whom.

Belongs here: merging the GeoNames extracts. Does not belong here: reading them (``sources``), the
Ukrainian codifier (``ukraine``).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np

from ingest.extract.locations import sources
from ingest.extract.locations.draft import (
    ALTERNATE,
    ARABIC,
    BY_RULE,
    OFFICIAL,
    SLAVIC,
    STEM,
    Draft,
    Place,
    call_region,
    km,
    middle,
    worth_listing,
)
from ingest.extract.locations.names import ARTICLE, fold, from_cyrillic, is_cyrillic, region_stem, region_variants

_ADMIN_CODES = {f"admin{n}": f"ADM{n}" for n in range(1, 6)} | {"admin_other": "ADMD"}


def add_features(draft: Draft, features: list[sources.Feature], countries: list[dict[str, object]]) -> None:
    """Countries, regions of all levels, continents, large features."""
    extra = {int(str(c["geonameid"])): c for c in countries}
    for f in features:
        country, name = f.country, f.name
        if f.type in _ADMIN_CODES:
            kind, code = "region", _ADMIN_CODES[f.type]
        elif f.type == "country":
            kind, code = "country", "PCLI"
        elif f.type == "continent":
            kind, code = "region", "CONT"
        elif f.type == "region":
            kind, code = "region", "RGN"
        else:
            kind, code = "settlement", "PPL"
        if f.geonameid in extra:
            name = str(extra[f.geonameid]["name"])
            kind, code = "country", "PCLI"
        if country == "UA" and name.endswith("ska Oblast"):
            # the adjective of the seat, where news has the seat itself: Kharkiv Oblast
            seats = [n for n in f.names if n.isascii() and n.endswith(" Oblast") and not n.endswith("ska Oblast")]
            name = max(seats, key=lambda seat: (_shared(seat, f.name), -len(seat)), default=name)
        row = draft.add(Place(name, f.geonameid, f.lat, f.lon, country, kind, code, f.population))
        draft.call(row, f.name, OFFICIAL)
        draft.call(row, name, OFFICIAL)
        for alternate in f.names:
            if worth_listing(alternate) or (code == "PCLI" and alternate.isupper() and len(alternate) > 2):
                draft.call(row, alternate, ALTERNATE)
                if country in ARABIC and kind == "region" and ARTICLE.match(alternate):
                    call_region(draft, row, fold(ARTICLE.sub("", alternate)))
                    draft.call(row, ARTICLE.sub("", alternate), STEM)
        if kind == "region" and code.startswith("ADM"):
            for key in {fold(n) for n in [f.name, *f.names] if n.isascii() or worth_listing(n)}:
                call_region(draft, row, key)
    for geonameid, c in extra.items():
        if geonameid not in draft.by_id:
            row = draft.add(
                Place(
                    str(c["name"]),
                    geonameid,
                    math.nan,
                    math.nan,
                    str(c["iso"]),
                    "country",
                    "PCLD",
                    int(str(c["population"])),
                )
            )
            draft.call(row, str(c["name"]), OFFICIAL)


def _shared(a: str, b: str) -> int:
    """How many letters two names have in common from their beginning."""
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def add_cities(draft: Draft, cities: list[dict[str, object]]) -> None:
    """Settlements with their alternate names; Cyrillic ones in Latin spellings."""
    for c in cities:
        geonameid = int(str(c["geonameid"]))
        name = str(c["name"])
        country = str(c["countrycode"])
        row = draft.by_id.get(geonameid)
        if row is None:
            row = draft.add(
                Place(
                    name,
                    geonameid,
                    float(str(c["latitude"])),
                    float(str(c["longitude"])),
                    country,
                    "settlement",
                    "PPL",
                    int(str(c["population"])),
                )
            )
        draft.call(row, name, OFFICIAL)
        slavic = country in SLAVIC
        arabic = country in ARABIC
        for alternate in c["alternatenames"]:  # type: ignore[attr-defined]
            if worth_listing(alternate):
                draft.call(row, alternate, ALTERNATE)
                bare = ARTICLE.sub("", alternate) if arabic else alternate
                if bare != alternate and len(bare) > 3:
                    draft.call(row, bare, BY_RULE)
            elif slavic and is_cyrillic(alternate):
                for form in from_cyrillic(alternate):
                    draft.call(row, form, BY_RULE)


def place_in_regions(draft: Draft, cities: list[dict[str, object]], districts: list[dict[str, object]]) -> None:
    """Give each settlement its first- and second-level region, and make the regions no source lists."""
    known = {(d["country_code"], d["latitude"], d["longitude"]): d for d in districts}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    members: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    at: list[tuple[int, tuple[str, str], str]] = []
    for c in cities:
        row = draft.by_id[int(str(c["geonameid"]))]
        place = draft.places[row]
        found = known.get((c["countrycode"], c["latitude"], c["longitude"]), {})
        code = (place.country, str(c["admin1code"]))
        if found.get("state"):
            votes[code][str(found["state"])] += 1
        members[code].append((place.lat, place.lon))
        at.append((row, code, str(found.get("county") or "")))
    first = _first_level(draft, votes, members)
    counties: dict[tuple[str, int, str], list[tuple[float, float, int]]] = defaultdict(list)
    for row, code, county in at:
        place = draft.places[row]
        place.admin1 = first.get(code, -1)
        if county:
            counties[place.country, place.admin1, county].append((place.lat, place.lon, place.population))
    second = _second_level(draft, counties)
    for row, _, county in at:
        place = draft.places[row]
        if county:
            place.admin2 = second.get((place.country, place.admin1, county), -1)
    regions_of_regions(draft)


def _first_level(
    draft: Draft, votes: dict[tuple[str, str], Counter[str]], members: dict[tuple[str, str], list[tuple[float, float]]]
) -> dict[tuple[str, str], int]:
    """The row of the first-level region of each (country, code), made where no source lists it.

    Two regions of a country are never the same row: a capital and the region around it often share a name
    ("Moscow" is another name of Moscow Oblast), and the one that bears it better, or lies nearer, has it.
    """
    regions = {row for row, place in enumerate(draft.places) if place.feature == "ADM1"}
    called: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for key, rows in draft.names.items():
        for row, how in rows.items():
            if row in regions:
                called[draft.places[row].country][key].append((how, row))
    named = {code: votes[code].most_common(1)[0][0] for code in members if votes[code]}
    # codes that the source gives one name are one region
    places: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for code, name in named.items():
        places[code[0], name].append(code)
    centres = {same: middle([p for code in codes for p in members[code]]) for same, codes in places.items()}
    pairs = []
    for (country, name), (lat, lon) in centres.items():
        key = fold(name)
        stem = region_stem(key)
        for step, forms in enumerate(((key,), (stem,), region_variants(stem))):
            for form in forms:
                for how, row in called[country].get(form, ()):
                    away = km(lat, lon, draft.places[row].lat, draft.places[row].lon)
                    pairs.append((step, how, away, country, name, row))
    first: dict[tuple[str, str], int] = {}
    taken: set[int] = set()
    for _, _, _, country, name, row in sorted(pairs):
        codes = places[country, name]
        if row not in taken and codes[0] not in first:
            taken.add(row)
            first |= dict.fromkeys(codes, row)
    for (country, name), codes in places.items():
        if codes[0] not in first:
            lat, lon = centres[country, name]
            row = draft.add(Place(name, 0, lat, lon, country, "region", "ADM1", 0, precision=4))
            first |= dict.fromkeys(codes, row)
        row = first[codes[0]]
        draft.call_key(row, fold(name), ALTERNATE)
        call_region(draft, row, fold(name))
    return first


def _second_level(
    draft: Draft, counties: dict[tuple[str, int, str], list[tuple[float, float, int]]]
) -> dict[tuple[str, int, str], int]:
    second: dict[tuple[str, int, str], int] = {}
    for (country, admin1, name), points in counties.items():
        lat, lon = middle([(p[0], p[1]) for p in points])
        key = fold(name)
        best, nearest = -1, 150.0
        for form in (key, region_stem(key)):
            for row in draft.names.get(form, {}):
                place = draft.places[row]
                if place.country != country or place.feature != "ADM2":
                    continue
                away = km(lat, lon, place.lat, place.lon)
                if away < nearest and (place.admin1 in (-1, admin1)):
                    best, nearest = row, away
        if best < 0:
            people = sum(p[2] for p in points)
            best = draft.add(Place(name, 0, lat, lon, country, "region", "ADM2", people, admin1, precision=3))
            draft.call_key(best, key, OFFICIAL)
            call_region(draft, best, key)
        draft.places[best].admin1 = admin1
        second[country, admin1, name] = best
    return second


def regions_of_regions(draft: Draft) -> None:
    """Lower regions and odd settlements without a region get that of the nearest settlement."""
    by_country: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(draft.places):
        if place.kind == "settlement" and place.admin1 >= 0:
            by_country[place.country].append(row)
    grids = {
        c: (np.array([draft.places[r].lat for r in rows]), np.array([draft.places[r].lon for r in rows]), rows)
        for c, rows in by_country.items()
    }
    for place in draft.places:
        if place.admin1 >= 0 or place.feature in ("ADM1", "PCLI", "PCLD", "CONT", "RGN") or place.country not in grids:
            continue
        lats, lons, rows = grids[place.country]
        away = (lats - place.lat) ** 2 + ((lons - place.lon) * math.cos(math.radians(place.lat))) ** 2
        place.admin1 = draft.places[rows[int(np.argmin(away))]].admin1
