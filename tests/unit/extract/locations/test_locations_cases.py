"""The cases of ``tests/cases/locations_*.jsonl``: every place found, none else, each on its spot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.extract.base import check_spans
from ingest.extract.locations.resolve import km_between
from ingest.records import Location

CASES = Path(__file__).resolve().parents[3] / "cases"
KM = {"settlement": 25, "facility": 25}
KM_ELSE = 300


def _cases() -> list[dict[str, Any]]:
    files = sorted(CASES.glob("locations_*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def is_right(expected: dict[str, Any], found: Location) -> bool:
    if expected["lat"] is None:
        return bool(found.country == expected["country"])
    if found.lat is None or found.lon is None:
        return False
    away = km_between(expected["lat"], expected["lon"], found.lat, found.lon)
    return away <= KM.get(expected["kind"], KM_ELSE)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_case(case, locations):
    found = [f for f in locations(case["text"]) if f.kind != "reference"]
    check_spans(case["text"], found)
    assert [f.exact for f in found] == [e["text"] for e in case["locations"]]
    assert sorted({f.rule_id for f in found}) == case["shows"]
    for expected, got in zip(case["locations"], found, strict=True):
        assert (got.char_start, got.char_end) == (expected["start"], expected["end"])
        assert is_right(expected, got), got
        assert got.relation == expected.get("relation", "in"), got
        assert got.direction == expected.get("direction"), got
        assert got.distance_km == expected.get("distance_km"), got


def test_there_are_enough_of_them():
    cases = _cases()
    ids = [case["id"] for case in cases]
    assert len(ids) == len(set(ids)) >= 200
    assert sum(len(case["locations"]) for case in cases) >= 400
    assert {"UA", "PS", "LB", "SY", "SD", "CD", "YE", "MM", "ML", "BF", "NE"} <= {
        place["country"] for case in cases for place in case["locations"]
    }
