"""What a refresh brought, as a file: the question ``changes`` on the newest load.

Belongs here: asking it without a command line, and writing rows of an answer as a file. Does not belong here: its SQL
(``dbt_project/analyses/changes.sql``).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from claimhouse.questions import question
from claimhouse.warehouse import Result, ask
from ingest.files import atomic_write
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Changes:
    """The file, the rows in it, and how many there are of each sort."""

    path: Path
    result: Result

    @property
    def counts(self) -> dict[str, int]:
        """Rows of the file by what changed."""
        return dict(Counter(str(row["what"]) for row in self.result.dicts()))


def write_changes(settings: Settings) -> Changes:
    """Write what the newest load brought to ``reports/changes.csv``.

    Raises:
        NoWarehouseError: there is no warehouse.
        OSError: the file cannot be written.
    """
    asked = question("changes")
    result = ask(settings.warehouse_path, asked.sql, asked.values({}))
    path = settings.reports_dir / "changes.csv"
    write_csv(path, result)
    return Changes(path, result)


def write_csv(path: Path, result: Result) -> None:
    """Write an answer as CSV, whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as file:
        file.write(text.getvalue().encode())
    path.chmod(0o644)
