"""What a rule is, and the comparisons that many rules make.

Belongs here: the record, its maker. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.quality.batch import Batch, Mask
from ingest.quality.checks import Check
from ingest.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

# a table of facts -> what its rows are called in extractions' counts
FACT_TABLES = {
    "claims": "claim",
    "figures": "figure",
    "dates": "date",
    "locations": "location",
    "event_mentions": "event",
}
# a table whose rows belong to facts -> none of its rows is counted in extractions
PART_TABLES = ("claim_links", "event_arguments", "event_counts")

Holds = Callable[[Batch], Mask]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of kind ``holds`` and the function that works it out."""

    check: Check
    holds: Holds


def rule(
    table: str,
    name: str,
    expected: str,
    holds: Holds,
    shows: Sequence[str] = (),
    *,
    column: str | None = None,
    severity: str = "error",
) -> Rule:
    """A rule of a table; a failing row is shown with the table's key and the columns in ``shows``."""
    key = TABLES[table].key
    check = Check(
        table=table,
        name=name,
        kind="holds",
        expected=expected,
        column=column,
        severity=severity,
        shows=tuple(dict.fromkeys((key, *shows))),
    )
    return Rule(check, holds)


def both_or_neither(frame: pd.DataFrame, *columns: str) -> Mask:
    """Where all the columns are null, or none is."""
    nulls = frame[list(columns)].isna().sum(axis=1).to_numpy()
    return (nulls == 0) | (nulls == len(columns))


def ordered(frame: pd.DataFrame, low: str, high: str, *, strictly: bool = False) -> Mask:
    """Where low is not above high; also where either is null."""
    a, b = frame[low], frame[high]
    wrong = (a >= b) if strictly else (a > b)
    return ~wrong.fillna(False).to_numpy(dtype=bool)


def in_order(table: str, name: str, low: str, high: str) -> Rule:
    """The rule that one column of a table is not above another."""
    return rule(table, name, f"{low} <= {high}", lambda batch: ordered(batch.frames[table], low, high), (low, high))
