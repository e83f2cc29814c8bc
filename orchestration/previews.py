"""The first new rows of a table, as the UI shows them beside a materialization.

Belongs here: which columns are worth a look, and the table in Markdown. Does not belong here:
reading the rows (``ingest.loads``), the assets (``assets``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from ingest.loads import Loads
from ingest.tables import Table

ROWS = 8
_LONGEST = 160
# columns that a person would look at first; tables that are not here have no preview
COLUMNS = {
    "documents": ("source", "uri", "outcome", "reason", "byte_count"),
    "articles": ("published_date", "publisher", "title", "language", "char_count"),
    "claims": ("speaker_name", "speaker_side", "cue_exact", "content", "polarity", "stance", "topic", "rule_id"),
    "figures": ("exact", "low", "high", "bound", "kind", "unit", "counted", "status", "rule_id"),
    "event_mentions": ("exact", "kind", "polarity", "realis", "first_date", "last_date", "time_rule", "rule_id"),
    "event_arguments": ("role", "exact", "name", "side", "argument_class", "target_class", "is_inferred"),
    "dates": ("exact", "timex_type", "value", "start_date", "end_date", "anchor", "rule_id"),
    "locations": ("exact", "place", "country", "admin1", "relation", "direction", "distance_km", "precision"),
}


def preview(loads: Loads, table: Table) -> dict[str, Any]:
    """Metadata with the first rows of the open loads, or nothing where there are none."""
    columns = COLUMNS.get(table.name)
    rows = loads.preview(table, columns, ROWS) if columns else []
    return {"first_new_rows": dg.MetadataValue.md(markdown(columns, rows))} if columns and rows else {}


def markdown(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table in Markdown; what articles say is shown as it is, and means nothing to Markdown."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(row[c]) for c in columns) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = " ".join(str(value).split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    # as character references: neither Markdown nor HTML takes them for its own
    return "".join(f"&#{ord(c)};" if c in "|<>&*_`[]()!#~\\" else c for c in text)
