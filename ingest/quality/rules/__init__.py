"""What must hold inside a batch beyond single columns.

Belongs here: one function a rule, from a batch to one boolean a row: true where the rule holds or
does not apply. One fault is found by one rule: each rule leaves alone the rows in which a more
basic one has failed. Does not belong here: rules over the whole load (``ingest.quality.whole``).
"""

from ingest.quality.rules.base import FACT_TABLES, PART_TABLES, Rule
from ingest.quality.rules.rows import all_rules

RULES: tuple[Rule, ...] = all_rules()

__all__ = ["FACT_TABLES", "PART_TABLES", "RULES", "Rule"]
