"""What a check found, as one flat record, and the file that keeps it.

Belongs here: the record, its Arrow schema, writing it. The checks of the warehouse use the same
record, so that one table holds them all. Does not belong here: any check.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from ingest.files import write_parquet
from ingest.records import column
from ingest.tables import identity, table_without_load

STAGES = ("source", "load", "warehouse")
SEVERITIES = ("error", "warning")
_RESULTS = re.compile(rf"[\w-]+-({'|'.join(STAGES)})\.parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One result of one check, also of refused loads."""

    check_result_id: str = column("Identity of the result.")
    run_id: str = column("The run that checked.")
    load_id: str | None = column("The load that was checked; null for the warehouse as a whole.")
    stage: str = column("source, load or warehouse.", codes=STAGES)
    table_name: str = column("The table that was checked.")
    check_name: str = column("The check.")
    column_name: str | None = column("The column that was checked; null for the table as a whole.")
    severity: str = column("error stops the load, warning does not.", codes=SEVERITIES)
    is_passed: bool = column("True where the check passed.")
    checked_rows: int | None = column("Rows looked at.")
    failed_rows: int | None = column("Rows that failed.")
    expected: str = column("What was expected, in words.")
    observed: str = column("What was found, in words.")
    sample_json: str = column("JSON list of up to ten failing rows.")
    checked_at: datetime = column("When it was checked, UTC.")

    @property
    def label(self) -> str:
        """The check as people read it."""
        return ".".join(part for part in (self.table_name, self.column_name, self.check_name) if part)


CHECKS = table_without_load("checks", "check_result_id", CheckResult)
SCHEMA = CHECKS.schema


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


def put_aside_unreadable(folder: Path) -> list[Path]:
    """Give what lies among the files of results and is none another name, so that nothing takes it for one.

    An empty or damaged file, or somebody's copy of one, would keep every later load from being published, and holds no
    fact. Returns the files under their new names.
    """
    found = sorted(folder.glob("*.parquet"))
    others = [path for path in found if not (_RESULTS.fullmatch(path.name) and _is_parquet(path))]
    return [path.rename(path.with_name(f"{path.name}.unreadable")) for path in others]


def _is_parquet(path: Path) -> bool:
    """True where the mark of the format stands at both ends, as it does once a file is whole."""
    try:
        with path.open("rb") as file:
            begins = file.read(4)
            file.seek(-4, os.SEEK_END)
            return begins == file.read(4) == b"PAR1"
    except OSError:
        return False
