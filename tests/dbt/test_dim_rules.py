"""dim_rules: what each rule does, and how often it fires."""

from __future__ import annotations

from pathlib import Path

from dbt_runs import Dbt, failures
from landing_factory import Loads
from landing_stories import denies, holds


def test_rules_are_counted_by_their_current_facts(dbt: Dbt, tmp_path: Path) -> None:
    loads = Loads(tmp_path / "loads")
    assert not failures(dbt.build([loads.add([holds(), denies()])], models=["dim_rules"]))
    assert not failures(dbt.build([loads.add([holds(is_edited=True)])], models=["dim_rules"]))
    counted = dict(dbt.query("SELECT rule_key, fact_count FROM dim_rules WHERE fact_count > 0"))
    facts = {"claim:test.rule": 5, "event:test.rule": 4, "figure:test.rule": 1, "date:test.rule": 1}
    places = {"location:test.rule": 3, "location:offset_from_place": 1}
    assert counted == {**facts, **places, "link:test.link": 4}
    unlisted = dbt.query("SELECT DISTINCT rule_id FROM dim_rules WHERE NOT is_listed AND description IS NULL")
    assert {rule for (rule,) in unlisted} == {"test.rule", "test.link"}
    shown = dbt.query("SELECT description, fact_count FROM dim_rules WHERE rule_key = 'location:offset_from_place'")
    assert shown == [("Coordinates reckoned from a place, a distance and a direction.", 1)]
