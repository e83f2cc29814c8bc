"""What a refresh did, as small tables.

Belongs here: sums of loads, facts, checks. Does not belong here: how they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimhouse.publishing import published_loads
from claimhouse.warehouse import NoWarehouseError, Result, tables
from ingest.aside import SET_ASIDE
from ingest.landing import INGEST, Landing, Load
from ingest.loads import blocking_failures
from ingest.settings import Settings
from ingest.tables import ARTICLES

_SUMS = (
    *("documents_read", "articles_loaded", "duplicates", "rejected"),
    *("claims", "figures", "dates", "locations", "event_mentions"),
)
_SHOWN_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Blocked:
    """A load that a check keeps out, with what failed, and the page that shows the rows."""

    load_id: str
    failures: tuple[str, ...]
    page: Path

    def __str__(self) -> str:
        shown = "; ".join(self.failures[:_SHOWN_FAILURES])
        more = f"; and {len(self.failures) - _SHOWN_FAILURES} more" if len(self.failures) > _SHOWN_FAILURES else ""
        return (
            f"load {self.load_id} is kept out of the warehouse, which stays as it was: {shown}{more}."
            f"\n  the rows that failed: {self.page.as_uri()}"
            f"\n  the next refresh checks the load again, with facts taken anew where the extractors have changed"
            f"\n  `claimhouse loads drop {self.load_id}` discards it; its documents are then read again"
        )


@dataclass(frozen=True, slots=True)
class Aside:
    """A committed load that is left out of the warehouse until somebody decides."""

    load_id: str
    reason: str
    since: str

    def __str__(self) -> str:
        return (
            f"load {self.load_id} is set aside since {self.since}, the others are published: {self.reason}"
            f"\n  `claimhouse loads retry {self.load_id}` takes it in again, as after an update of the program"
            f"\n  `claimhouse loads drop {self.load_id}` leaves it out; what its sources still hold is read again"
        )


def blocked_loads(settings: Settings) -> list[Blocked]:
    """The loads that their checks keep out."""
    found = []
    for load in Landing(settings.landing_dir).unfinished():
        failures = blocking_failures(load)
        if failures:
            page = settings.reports_dir / "quality" / f"{load.load_id}.html"
            found.append(Blocked(load.load_id, tuple(failures), page))
    return found


def loads_aside(settings: Settings, run_id: str | None = None) -> list[Aside]:
    """The loads that are set aside, or those that one run has set aside; dropped ones need nobody's care."""
    records = Landing(settings.landing_dir).left_out.records().values()
    return [Aside(r.load_id, r.reason, r.since) for r in records if r.state == SET_ASIDE and run_id in (None, r.run_id)]


def loads_by_state(settings: Settings) -> Result:
    """Every load of the landing in its order, with its state and, where it is not published, the reason."""
    landing = Landing(settings.landing_dir)
    left_out, published = landing.left_out.records(), published_loads(settings.warehouse_path)
    rows = []
    for load in landing.all_loads():
        record = left_out.get(load.load_id)
        if record:
            state, reason = record.state, record.reason
        elif load.is_committed:
            state, reason = ("published" if load.load_id in published else "committed"), None
        else:
            failures = blocking_failures(load)
            state, reason = ("blocked" if failures else "unfinished"), "; ".join(failures or []) or None
        rows.append((load.sequence, load.load_id, load.kind, load.recorded_at.isoformat(" ", "seconds"), state, reason))
    return Result(["sequence", "load_id", "kind", "recorded_at", "state", "reason"], rows)


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
    manifests = [load.manifest() for load in landing.loads() if load.is_committed and load.load_id not in loads_before]
    rows = [(m["load_id"], m["kind"], *(m[name] for name in _SUMS)) for m in manifests]
    if rows or not landing.unfinished():
        title = "Loads of this run" if rows else "No new load was made"
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
                title = "Checks failed" if any(row["severity"] == "error" for row in shown) else "Warnings"
                yield Titled(f"{title} ({stage})", Result(columns, [tuple(row.values()) for row in shown]))
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
