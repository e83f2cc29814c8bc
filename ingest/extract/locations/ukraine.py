"""The Ukrainian codifier into the draft: districts, communities, and villages that GeoNames lacks.

Belongs here: matching the codifier's objects to GeoNames, and placing those without coordinates by
what they belong to. Does not belong here: reading the worksheet (``katottg``).
"""

from __future__ import annotations

from collections import defaultdict

from ingest.extract.locations import sources
from ingest.extract.locations.draft import BY_RULE, Draft, Place, km, middle
from ingest.extract.locations.names import fold, from_ukrainian, region_variants

_SETTLEMENTS = frozenset("MTXCK")
_SAME_KM = 40  # from its community's centre
# villages of one name in one oblast, and the rows so called there
_Namesakes = tuple[list[sources.Unit], list[int]]


def add_katottg(draft: Draft, units: list[sources.Unit]) -> None:
    """Ukrainian villages: matched to GeoNames where they are there, else placed by where they belong.

    A village without coordinates of its own stands at its community's seat (precision 2, a
    community is a few dozen km wide) or, failing that, amid its district (precision 3).
    """
    by_code = {u.code: u for u in units}
    oblasts = _match_oblasts(draft, units)
    matched, later = _match_by_name(draft, units, oblasts)
    _match_by_distance(draft, later, matched, _centres(draft, by_code, matched))
    centres = _centres(draft, by_code, matched)
    for unit in units:
        if unit.category in _SETTLEMENTS and unit.parents:
            row = matched.get(unit.code, -1)
            if row < 0:
                row = _add_village(draft, unit, by_code, centres, oblasts)
            for form in from_ukrainian(unit.name) if row >= 0 else ():
                draft.call(row, form, BY_RULE)
        elif unit.category in "PH" and unit.code in centres:
            _add_ukrainian_region(draft, unit, units, centres[unit.code], oblasts)


def _listed(draft: Draft) -> dict[tuple[int, str], list[int]]:
    """The rows of Ukraine's settlements by oblast and name, their own names first."""
    listed: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row, place in enumerate(draft.places):
        if place.country == "UA" and place.kind == "settlement":
            listed[place.admin1, fold(place.name)].append(row)
    for key, called in draft.names.items():
        for row in called:
            place = draft.places[row]
            if place.country == "UA" and place.kind == "settlement" and row not in listed[place.admin1, key]:
                listed[place.admin1, key].append(row)
    return listed


def _match_by_name(
    draft: Draft, units: list[sources.Unit], oblasts: dict[str, int]
) -> tuple[dict[str, int], list[_Namesakes]]:
    """Match what has its name alone in its oblast, on both sides; return the rows by code, and the rest."""
    listed = _listed(draft)
    wanted: dict[tuple[int, str], list[sources.Unit]] = defaultdict(list)
    for unit in units:
        if unit.category in _SETTLEMENTS and unit.parents:
            wanted[oblasts.get(unit.parents[0], -1), unit.name].append(unit)
    matched: dict[str, int] = {}
    later: list[_Namesakes] = []
    for (oblast, name), same in wanted.items():
        rows = list(dict.fromkeys(r for form in from_ukrainian(name) for r in listed.get((oblast, fold(form)), [])))
        if len(same) == 1 and len(rows) == 1:
            matched[same[0].code] = rows[0]
        elif rows:
            later.append((same, rows))
    return matched, later


def _match_by_distance(
    draft: Draft, later: list[_Namesakes], matched: dict[str, int], centres: dict[str, tuple[float, float]]
) -> None:
    """Add to ``matched`` which of several villages of one name is which: the nearest to its community."""
    for same, rows in later:
        pairs = []
        for unit in same:
            centre = next((centres[p] for p in reversed(unit.parents) if p in centres), None)
            if centre is not None:
                pairs += [
                    (km(*centre, draft.places[r].lat, draft.places[r].lon), unit.category not in "MTX", unit.code, r)
                    for r in rows
                ]
        for away, _, code, row in sorted(pairs):
            if away < _SAME_KM and code not in matched and row not in matched.values():
                matched[code] = row


def _add_village(
    draft: Draft,
    unit: sources.Unit,
    by_code: dict[str, sources.Unit],
    centres: dict[str, tuple[float, float]],
    oblasts: dict[str, int],
) -> int:
    """Add a village that GeoNames lacks at its community's or district's centre; return its row, -1 without one."""
    community = unit.parents[-1] in centres and by_code[unit.parents[-1]].category == "H"
    centre = next((centres[p] for p in reversed(unit.parents[1:]) if p in centres), None)
    if centre is None:
        return -1
    name, oblast = from_ukrainian(unit.name)[0], oblasts.get(unit.parents[0], -1)
    precision = 2 if community else 3
    return draft.add(Place(name, 0, *centre, "UA", "settlement", "PPL", 0, oblast, precision=precision))


def _match_oblasts(draft: Draft, units: list[sources.Unit]) -> dict[str, int]:
    """The row of each oblast and of the cities with that rank; Kyiv and Kyiv Oblast are two."""
    oblasts: dict[str, int] = {}
    for unit in sorted((u for u in units if u.category in "OK"), key=lambda u: u.category != "O"):
        keys = [fold(f) for f in from_ukrainian(unit.name)]
        keys += [k.split()[-1] for k in keys]
        forms = [v for k in keys for v in (k, *region_variants(k), k.replace("ska", "sk"))]
        if unit.category == "O":
            forms = [f"{form} oblast" for form in forms] + forms
        for key in forms:
            rows = [
                (how, r)
                for r, how in draft.names.get(key, {}).items()
                if draft.places[r].country == "UA" and draft.places[r].feature == "ADM1" and r not in oblasts.values()
            ]
            if rows:
                oblasts[unit.code] = min(rows)[1]
                break
    return oblasts


def _centres(draft: Draft, by_code: dict[str, sources.Unit], matched: dict[str, int]) -> dict[str, tuple[float, float]]:
    """Where communities and districts lie: at the seat, which is listed first, else amid their settlements."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    seats: dict[str, tuple[float, float]] = {}
    for code, unit in by_code.items():
        if unit.category not in _SETTLEMENTS or not unit.parents:
            continue
        row = matched.get(code)
        community = unit.parents[-1]
        if row is not None:
            at = (draft.places[row].lat, draft.places[row].lon)
            for parent in unit.parents[1:]:
                points[parent].append(at)
            if code[9:12] == "001":
                seats[community] = at
    return {code: seats.get(code) or middle(ps) for code, ps in points.items()}


def _add_ukrainian_region(
    draft: Draft, unit: sources.Unit, units: list[sources.Unit], centre: tuple[float, float], oblasts: dict[str, int]
) -> None:
    oblast = oblasts.get(unit.parents[0], -1)
    adjective = from_ukrainian(unit.name)[0]
    word = "Raion" if unit.category == "P" else "Hromada"
    if unit.category == "P":
        for row in draft.rows_named(f"{adjective} Raion"):
            place = draft.places[row]
            if place.country == "UA" and km(*centre, place.lat, place.lon) < 80:
                place.admin1 = oblast
                break
        else:
            row = draft.add(Place(f"{adjective} Raion", 0, *centre, "UA", "region", "ADM2", 0, oblast, precision=3))
    else:
        row = draft.add(Place(f"{adjective} {word}", 0, *centre, "UA", "region", "ADM3", 0, oblast, precision=3))
    generic = ("raion", "district", "rayon") if unit.category == "P" else ("hromada", "community")
    forms = {fold(f) for f in from_ukrainian(unit.name)}
    stems = {re_stem for f in forms for re_stem in region_variants(f)} | {f.removesuffix("a") for f in forms}
    for form in forms | stems:
        for g in generic:
            draft.call_key(row, f"{form} {g}", BY_RULE)
