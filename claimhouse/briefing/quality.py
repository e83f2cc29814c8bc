"""The checks of one load as a page: what was checked, what failed, and the rows that did.

Belongs here: sums over results, the page, its place. Does not belong here: the rules and their
results (``ingest.quality``).

Great Expectations can render results by itself, but its pages load their style and scripts from
other people's servers and have a page for each suite; this one opens without a network and has
all tables of a load, failures first.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimhouse.briefing.page import render
from claimhouse.briefing.write import write
from ingest.quality import CheckResult
from ingest.settings import Settings

_LONGEST_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class TableSum:
    """The checks of one table."""

    name: str
    rows: int
    results: tuple[CheckResult, ...]

    @property
    def failed(self) -> int:
        return sum(not r.is_passed for r in self.results)


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed check with failing rows: their columns and values as text."""

    result: CheckResult
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def quality_path(settings: Settings, load_id: str) -> Path:
    """Where the page of a load lies."""
    return settings.reports_dir / "quality" / f"{load_id}.html"


def write_quality(settings: Settings, results: Iterable[CheckResult]) -> list[Path]:
    """Write the page of each load that was checked; returns the files."""
    by_load: dict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        by_load[result.load_id or "all"].append(result)
    paths = []
    for load_id, group in by_load.items():
        path = quality_path(settings, load_id)
        write(path, quality_page(load_id, group))
        paths.append(path)
    return paths


def quality_page(load_id: str, results: Sequence[CheckResult]) -> str:
    """The page of one load, from all its results."""
    grouped: dict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        grouped[result.table_name].append(result)
    tables = [
        # a few checks look at what they have joined; most look at the table's own rows
        TableSum(name, statistics.mode([r.checked_rows or 0 for r in group]), tuple(group))
        for name, group in grouped.items()
    ]
    failed = sorted((r for r in results if not r.is_passed), key=lambda r: (r.severity != "error", r.label))
    return render(
        "quality.html.j2",
        f"Checks of load {load_id}",
        load_id=load_id,
        results=results,
        tables=tables,
        failures=[_failure(r) for r in failed],
        blocking=sum(r.severity == "error" for r in failed),
        checked_at=max((r.checked_at for r in results), default=None),
        run_id=results[0].run_id if results else "",
    )


def _failure(result: CheckResult) -> Failure:
    rows = [r if isinstance(r, dict) else {"value": r} for r in json.loads(result.sample_json)]
    columns = tuple(dict.fromkeys(c for row in rows for c in row))
    return Failure(result, columns, tuple(tuple(_text(row.get(c)) for c in columns) for row in rows))


def _text(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SAMPLE else text[:_LONGEST_SAMPLE] + " …"
