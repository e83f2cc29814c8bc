"""Every case of tests/cases/figures_*.jsonl, and that the catalogue of rules is covered by them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found, check_spans
from ingest.extract.figures import FigureExtractor
from ingest.extract.figures.lexicon import rules
from ingest.records import Figure

FOLDER = Path(__file__).resolve().parents[3] / "cases"
CASES = [json.loads(line) for path in sorted(FOLDER.glob("figures_*.jsonl")) for line in path.open(encoding="utf-8")]
FIELDS = ("bound", "kind", "unit", "counted", "status", "per", "part_of")


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(
    case: dict[str, Any],
    analyse: Callable[[str], Analysis],
    parse: Callable[[str], Analysis],
    extractor: FigureExtractor,
) -> None:
    analysis = (parse if case.get("parsed") else analyse)(case["text"])
    figures = extractor.extract(analysis, Found())
    check_spans(case["text"], figures)
    assert [f.exact for f in figures] == [e["text"] for e in case["figures"]]
    for figure, expected in zip(figures, case["figures"], strict=True):
        _same(figure, expected)
    readings = extractor.readings(analysis, Found())
    for reject in case.get("rejects", []):
        at = case["text"].index(reject["text"])
        while not any(r.veto and r.number == at for r in readings):
            at = case["text"].index(reject["text"], at + 1)
        assert [r.veto for r in readings if r.number == at] == [reject["veto"]]
    fired = {f.rule_id for f in figures} | {r.veto for r in readings if r.veto}
    assert not fired & set(case.get("not_rules", []))


def _same(figure: Figure, expected: dict[str, Any]) -> None:
    for name in ("low", "high"):
        got, want = getattr(figure, name), expected[name]
        assert (got is None) == (want is None), name
        assert got is None or math.isclose(got, want, rel_tol=1e-6), name
    for name in FIELDS:
        if name in expected:
            assert getattr(figure, name) == expected[name], name
    assert figure.rule_id == expected["rule"]
    assert figure.is_cumulative == expected.get("is_cumulative", False)


def test_there_are_enough_cases_with_ids_of_their_own() -> None:
    assert len(CASES) >= 300
    assert len({c["id"] for c in CASES}) == len({c["text"] for c in CASES}) == len(CASES)


def test_each_rule_has_two_positive_cases_and_a_negative_one() -> None:
    shown: Counter[str] = Counter()
    unfired: Counter[str] = Counter()
    for case in CASES:
        shown.update({f["rule"] for f in case["figures"]} | {r["veto"] for r in case.get("rejects", [])})
        unfired.update(case.get("not_rules", []))
    assert set(shown) <= set(rules()) >= set(unfired)
    assert [rule for rule in rules() if shown[rule] < 2 or unfired[rule] < 1] == []
