"""The cases of ``tests/cases/dates_*.jsonl``, and that they cover the catalogue of rules."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.extract.base import check_spans
from ingest.extract.dates.grammar import load_grammar

CASES = Path(__file__).resolve().parents[3] / "cases"


def _cases() -> list[dict[str, Any]]:
    files = sorted(CASES.glob("dates_*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_case(case, dates):
    found = dates(case["text"], _day(case["dct"]))
    check_spans(case["text"], found)
    got = [
        {
            "start": m.char_start, "end": m.char_end, "text": m.exact,
            "type": m.timex_type, "value": m.value, "mod": m.mod,
            "start_date": m.start_date and m.start_date.isoformat(),
            "end_date": m.end_date and m.end_date.isoformat(),
            "anchor": m.anchor, "rule": m.rule_id,
        }
        for m in found
    ]  # fmt: skip
    assert got == case["dates"]
    assert not {m.rule_id for m in found} & set(case.get("not", ()))


def test_every_rule_has_two_positive_cases_and_a_negative_one():
    positive: Counter[str] = Counter()
    negative: Counter[str] = Counter()
    for case in _cases():
        positive.update({d["rule"] for d in case["dates"]})
        negative.update(case.get("not", ()))
    rules = load_grammar().rules
    assert not (positive.keys() | negative.keys()) - rules.keys()
    assert not [r for r in rules if positive[r] < 2]
    assert not [r for r in rules if not negative[r]]


def test_ids_are_unique_and_there_are_enough():
    ids = [case["id"] for case in _cases()]
    assert len(ids) == len(set(ids)) >= 300


def test_every_rule_has_a_description_and_an_example():
    rules = load_grammar().rules.values()
    assert [r.id for r in rules if not r.description.endswith(".") or not r.example or r.example.endswith(".")] == []
