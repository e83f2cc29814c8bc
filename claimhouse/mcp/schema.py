"""What the tables and columns mean, from the contracts of the models.

Belongs here: reading the descriptions. Does not belong here: writing them (``dbt_project/models``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ingest.home import SHIPPED_DIR

_MARTS = SHIPPED_DIR / "dbt_project" / "models" / "marts"


@dataclass(frozen=True, slots=True)
class Described:
    """A table with its columns, each with type and meaning."""

    name: str
    meaning: str
    columns: tuple[tuple[str, str, str], ...]

    def text(self) -> str:
        """The table as text."""
        lines = [f"# {self.name}", "", self.meaning, ""]
        return "\n".join([*lines, *(f"- {name} ({kind}): {meaning}" for name, kind, meaning in self.columns)])


@cache
def tables() -> Mapping[str, Described]:
    """Every table that people query, by name."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for path in sorted(_MARTS.glob("*.yml")):
        for model in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["models"]:  # noqa: S506 a safe loader
            columns = tuple(
                (c["name"], str(c.get("data_type", "")), " ".join(str(c.get("description", "")).split()))
                for c in model.get("columns", ())
            )
            found[model["name"]] = Described(
                model["name"], " ".join(str(model.get("description", "")).split()), columns
            )
    return found


def overview() -> str:
    """All tables in a line each."""
    lines = [f"- {table.name}: {table.meaning}" for table in tables().values()]
    return "\n".join(
        ["# Tables of the warehouse", "", *lines, "", "claimhouse://schema/TABLE tells the columns of one."]
    )
