"""The dbt files that follow from the code of the ingest, written anew by ``make schema``.

Belongs here: the list of rules as a seed. Does not belong here: what people write themselves into the
models' own files.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from ingest.extract.rules import PublishedRule, all_rules
from ingest.settings import PROJECT_DIR

DBT = PROJECT_DIR / "dbt_project"
RULES = "seeds/extraction_rules.csv"


def generated() -> dict[Path, str]:
    """Every file that ``make schema`` writes, with its text."""
    return {DBT / RULES: _rules(all_rules())}


def _rules(rules: list[PublishedRule]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["rule_kind", "rule_id", "description", "example", "confidence"])
    for rule in rules:
        rows.writerow([rule.kind, rule.rule_id, rule.description, " ".join(rule.example.split()), rule.confidence])
    return out.getvalue()


def main() -> int:
    """Write the files that are not current, and name them."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(PROJECT_DIR)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
