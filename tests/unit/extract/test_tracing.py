"""Traces: what they show, and that tracing changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract.decisions import Outcome
from ingest.extract.pipeline import Pipeline
from ingest.extract.tracing import trace_text

TEXT = (
    "According to the mayor, about 40 shells hit the depot in Izium on Tuesday. "
    "He said two men died. Remember that Route 4 is old."
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def test_tracing_changes_no_fact(pipeline):
    seen = trace_text(TEXT, date(2025, 11, 27), pipeline=pipeline)
    assert seen.facts == pipeline.extract(TEXT, date(2025, 11, 27))


def test_every_kind_records_what_it_decides(pipeline):
    decisions = trace_text(TEXT, date(2025, 11, 27), pipeline=pipeline).decisions
    by_kind = {kind: [d for d in decisions if d.kind == kind] for kind in ("claims", "dates", "figures", "locations")}
    assert {d.rule_id for d in by_kind["claims"] if d.outcome == Outcome.ACCEPTED} >= {
        "according_to",
        "complement_clause.bare",
    }
    assert "veto.imperative" in {d.rule_id for d in by_kind["claims"] if d.outcome == Outcome.VETOED}
    speakers = [d for d in by_kind["claims"] if d.step == "speaker"]
    assert [d.reason for d in speakers] == ["the mayor (role)", "the mayor (role)"]
    assert {d.rule_id for d in by_kind["dates"]} == {"date.weekday"}
    assert {d.outcome for d in by_kind["figures"]} == {Outcome.ACCEPTED, Outcome.VETOED}
    # the signs that speak for a place come before the place that they speak for
    assert {d.step for d in by_kind["locations"]} == {"evidence", "place"}
    places = [d for d in by_kind["locations"] if d.step == "place"]
    assert places[0].reason.startswith("Izium, UA")


def test_rules_are_shown_in_the_order_in_which_they_were_tried(pipeline):
    lines = list(trace_text("He vowed to fight.", kinds=("claims",), pipeline=pipeline).lines())
    tried = [line.split()[3] for line in lines if line.startswith("  ") and "attribution 'vowed'" in line]
    assert tried.index("infinitive.clause") < tried.index("complement_clause.that") < tried.index("infinitive.to")
    assert any("+ attribution 'vowed' infinitive.to accepted" in line for line in lines)
    assert any("0 He" in line and "nsubj of vowed (1)" in line for line in lines)


def test_refused_rules_may_be_left_out(pipeline):
    seen = trace_text("He vowed to fight.", kinds=("claims",), pipeline=pipeline)
    assert any(" refused" in line for line in seen.lines())
    assert not any(" refused" in line for line in seen.lines(refused=False))


def test_an_unknown_kind_is_refused(pipeline):
    with pytest.raises(ValueError, match="no such kind of fact: rumours"):
        trace_text("He vowed to fight.", kinds=("rumours",), pipeline=pipeline)
