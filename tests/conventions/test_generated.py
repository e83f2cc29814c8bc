"""What ``make schema`` writes is current."""

from __future__ import annotations

import difflib

from claimhouse.dbt_schema import generated


def test_what_is_generated_is_current() -> None:
    changed = []
    for path, text in generated().items():
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = difflib.unified_diff(found.splitlines(), text.splitlines(), path.name, "make schema", n=1, lineterm="")
        changed += list(lines)
    assert not changed, "run `make schema`:\n" + "\n".join(changed)
