"""What a check found, as one flat record, and the file that keeps it.

Belongs here: the record, its Arrow schema, writing it. The checks of the warehouse use the same
record, so that one table holds them all. Does not belong here: any check.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.files import write_parquet
from ingest.tables import TIMESTAMP, identity

STAGES = ("source", "load", "warehouse")
SEVERITIES = ("error", "warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check of one run. ``sample_json`` is a JSON list of up to ten failing rows."""

    check_result_id: str
    run_id: str
    load_id: str | None
    stage: str
    table_name: str
    check_name: str
    column_name: str | None
    severity: str
    is_passed: bool
    checked_rows: int | None
    failed_rows: int | None
    expected: str
    observed: str
    sample_json: str
    checked_at: datetime

    @property
    def label(self) -> str:
        """The check as people read it."""
        return ".".join(part for part in (self.table_name, self.column_name, self.check_name) if part)


_FIELDS: list[pa.Field[Any]] = [
    pa.field("check_result_id", pa.string(), False),
    pa.field("run_id", pa.string(), False),
    pa.field("load_id", pa.string(), True),
    pa.field("stage", pa.string(), False),
    pa.field("table_name", pa.string(), False),
    pa.field("check_name", pa.string(), False),
    pa.field("column_name", pa.string(), True),
    pa.field("severity", pa.string(), False),
    pa.field("is_passed", pa.bool_(), False),
    pa.field("checked_rows", pa.int64(), True),
    pa.field("failed_rows", pa.int64(), True),
    pa.field("expected", pa.string(), False),
    pa.field("observed", pa.string(), False),
    pa.field("sample_json", pa.string(), False),
    pa.field("checked_at", TIMESTAMP, False),
]
SCHEMA = pa.schema(_FIELDS)


def result_id(run_id: str, load_id: str | None, stage: str, table: str, check: str, column: str | None) -> str:
    """The identity of one check's result in one run."""
    return identity(run_id, load_id or "", stage, table, check, column or "")


def blocking(results: Iterable[CheckResult]) -> list[CheckResult]:
    """The results that forbid publishing."""
    return [r for r in results if r.severity == "error" and not r.is_passed]


def to_arrow(results: Sequence[CheckResult]) -> pa.Table:
    """The results as one table, also where there are none."""
    return pa.Table.from_pylist([dataclasses.asdict(r) for r in results], schema=SCHEMA)


def write_results(path: Path, results: Sequence[CheckResult]) -> None:
    """Write the results to one Parquet file, complete or not at all."""
    write_parquet(path, to_arrow(results))
