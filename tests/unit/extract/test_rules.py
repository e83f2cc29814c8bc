"""Every rule that a fact names is in the list that is published as ``dim_rules``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.extract.pipeline import Pipeline
from ingest.extract.rules import RULE_KINDS, all_rules
from ingest.records import Facts

ARTICLES = Path(__file__).resolve().parents[2] / "gold" / "articles"


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    pipeline = Pipeline()
    paths = sorted(p for p in ARTICLES.glob("*.txt"))
    assert len(paths) > 10
    return [pipeline.extract(p.read_text(encoding="utf-8"), date(2025, 11, 27)) for p in paths]


def fired(facts: list[Facts]) -> dict[str, set[str]]:
    """The ids of the rules that made facts, by kind."""
    return {
        "claim": {c.rule_id for f in facts for c in f.claims},
        "event": {e.rule_id for f in facts for e in f.events},
        "figure": {g.rule_id for f in facts for g in f.figures},
        "date": {d.rule_id for f in facts for d in f.dates},
        "location": {r for f in facts for p in f.locations for r in (p.rule_id, p.derived_rule) if r},
        "link": {k.rule_id for f in facts for c in f.claims for k in c.links},
    }


def test_every_rule_that_fires_is_listed(facts: list[Facts]) -> None:
    listed = {kind: {r.rule_id for r in all_rules() if r.kind == kind} for kind in RULE_KINDS}
    found = fired(facts)
    assert all(len(found[kind]) > 2 for kind in RULE_KINDS)
    assert {kind: ids - listed[kind] for kind, ids in found.items() if ids - listed[kind]} == {}


def test_every_rule_says_what_it_does() -> None:
    rules = all_rules()
    assert len({(r.kind, r.rule_id) for r in rules}) == len(rules)
    assert [r for r in rules if not (r.description.endswith(".") and r.example)] == []
