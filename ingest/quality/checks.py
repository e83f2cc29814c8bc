"""The list of checks: what is expected of which column of which table, and how much it matters.

Belongs here: the record of a check, and the checks that follow from ``ingest.tables`` alone.
Does not belong here: rules between columns or tables (``rules``), the engine (``expect``).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

import pyarrow as pa

from ingest.tables import Table

Kind = Literal["not_null", "codes", "limits", "holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation.

    ``holds`` looks at a column of booleans that a rule has worked out; the other kinds look at
    ``column`` itself. ``shows`` names the columns that a failing row is shown with.
    """

    table: str
    name: str
    kind: Kind
    expected: str
    column: str | None = None
    severity: str = "error"
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    shows: tuple[str, ...] = ()

    @property
    def looks_at(self) -> str:
        """The column of the frame that is tested."""
        if self.kind != "holds" and self.column:
            return self.column
        return f"{self.name} of {self.column}?" if self.column else f"{self.name}?"


def _number(limit: float) -> str:
    return f"{limit:g}"


def _limits(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    return f"at least {_number(low)}" if low is not None else f"at most {_number(high or 0)}"


def of_schema(table: Table) -> list[Check]:
    """The checks that the columns' own definitions give."""
    checks = []
    for c in table.columns:
        shows = tuple(dict.fromkeys((table.key, c.name)))
        if not c.is_nullable:
            checks.append(
                Check(
                    table=table.name, name="not_null", kind="not_null", column=c.name, expected="no nulls", shows=shows
                )
            )
        if c.codes:
            expected = "one of " + ", ".join(c.codes)
            checks.append(
                Check(
                    table=table.name,
                    name="known_code",
                    kind="codes",
                    column=c.name,
                    codes=c.codes,
                    expected=expected,
                    shows=shows,
                )
            )
        if c.low is not None or c.high is not None:
            checks.append(
                Check(
                    table=table.name,
                    name="within_limits",
                    kind="limits",
                    column=c.name,
                    low=c.low,
                    high=c.high,
                    expected=_limits(c.low, c.high),
                    shows=shows,
                )
            )
    return checks


def schema_check(table: Table) -> Check:
    """That the columns, their order and their types are those of the schema."""
    return Check(
        table=table.name,
        name="columns_and_types",
        kind="holds",
        expected=f"the {len(table.columns)} columns of the schema, in order, with their types",
        shows=("expected", "observed"),
    )


def columns(table: Table, landed: pa.Table) -> list[dict[str, str]]:
    """Each column as it should be and as it is."""
    pairs = zip_longest(table.schema, landed.schema)
    return [{"expected": _column(wanted), "observed": _column(got)} for wanted, got in pairs]


def _column(of: pa.Field[Any] | None) -> str:
    return f"{of.name} {of.type}" if of is not None else "no column"
