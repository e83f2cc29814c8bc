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
from ingest.landing import INGEST, Landing, Load
from ingest.settings import Settings
from ingest.tables import ARTICLES

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


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many articles of some loads lack a date of publication, and how many a publisher."""

    undated: int = 0
    unnamed: int = 0

    def __add__(self, other: Gaps) -> Gaps:
        return Gaps(self.undated + other.undated, self.unnamed + other.unnamed)

    def __bool__(self) -> bool:
        return bool(self.undated or self.unnamed)

    def __str__(self) -> str:
        articles = "1 article has" if self.undated == 1 else f"{self.undated} articles have"
        return f"{articles} no date, {self.unnamed} no publisher"


def gaps_of(load: Load) -> Gaps:
    """What the articles of one committed load lack."""
    if load.kind != INGEST:
        return Gaps()
    articles = load.read(ARTICLES, ["published_date", "publisher"])
    return Gaps(articles["published_date"].null_count, articles["publisher"].null_count)


def report_run(settings: Settings, run_id: str, loads_before: set[str]) -> Iterator[Titled]:
    """What one run did: its loads, its checks, and the tables that are published now."""
    landing = Landing(settings.landing_dir)
    manifests = [load.manifest() for load in landing.committed() if load.load_id not in loads_before]
    rows = [(m["load_id"], m["kind"], *(m[name] for name in _SUMS)) for m in manifests]
    title = "Loads of this run" if rows else "Nothing new: no load was made"
    yield Titled(title, Result(["load_id", "kind", *_SUMS], rows))
    gaps = sum(map(gaps_of, (load for load in landing.committed() if load.load_id not in loads_before)), Gaps())
    if gaps:
        what = [(n, name) for n, name in ((gaps.undated, "date"), (gaps.unnamed, "publisher")) if n]
        yield Titled(f"{gaps}; `claimhouse status` lists them", Result(["articles", "without"], what))
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
