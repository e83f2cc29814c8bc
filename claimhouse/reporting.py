"""What a refresh did, as small tables.

Belongs here: sums of loads, facts, checks. Does not belong here: how they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimhouse.warehouse import NoWarehouseError, Result, tables
from ingest.landing import Landing
from ingest.settings import Settings

_SUMS = (
    *("documents_read", "articles_loaded", "duplicates", "rejected"),
    *("claims", "figures", "dates", "locations", "event_mentions"),
)
_SHOWN_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Titled:
    """A table with a line above it."""

    title: str
    result: Result


def report_run(settings: Settings, run_id: str, loads_before: set[str]) -> Iterator[Titled]:
    """What one run did: its loads, its checks, and the tables that are published now."""
    landing = Landing(settings.landing_dir)
    manifests = [load.manifest() for load in landing.committed() if load.load_id not in loads_before]
    rows = [(m["load_id"], m["kind"], *(m[name] for name in _SUMS)) for m in manifests]
    title = "Loads of this run" if rows else "Nothing new: no load was made"
    yield Titled(title, Result(["load_id", "kind", *_SUMS], rows))
    checks = []
    for stage in ("source", "load", "warehouse"):
        path = landing.checks_dir / f"{run_id}-{stage}.parquet"
        if path.exists():
            table = pq.read_table(path)
            checks.append((stage, table.num_rows, pc.sum(table["is_passed"]).as_py() or 0))
            failed = table.filter(pc.invert(table["is_passed"])).slice(0, _SHOWN_FAILURES)
            if failed.num_rows:
                columns = ["table_name", "check_name", "column_name", "severity", "expected", "observed"]
                shown = failed.select(columns).to_pylist()
                yield Titled(f"Checks failed ({stage})", Result(columns, [tuple(row.values()) for row in shown]))
    if checks:
        yield Titled("Checks", Result(["stage", "checks", "passed"], checks))
    try:
        counts = tables(settings.warehouse_path)
    except NoWarehouseError:
        return
    if rows:
        yield Titled(f"Published: {settings.warehouse_path}", Result(["table", "rows"], counts))


def pages_of(settings: Settings, loads_before: set[str], started: float) -> Iterator[tuple[str, Path]]:
    """The pages that a run has written since ``started`` (seconds since 1970), with what each is.

    Those of loads that were refused are among them: they say why.
    """
    for path in sorted((settings.reports_dir / "quality").glob("*.html")):
        if path.stem not in loads_before and path.stat().st_mtime >= started:
            yield "Checks of the load", path
    briefing = settings.reports_dir / "briefing.html"
    if briefing.exists() and briefing.stat().st_mtime >= started:
        yield "Briefing", briefing
