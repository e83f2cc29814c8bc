"""Checking one load, shard by shard.

Belongs here: gathering shards into batches that are worth a validation each, adding up what the
batches found, the results. Does not belong here: the checks themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa

from ingest.late import Late
from ingest.quality import checks, expect, rules, whole
from ingest.quality.batch import Batch, KeySet, hashes
from ingest.quality.checks import Check
from ingest.quality.results import CheckResult, result_id
from ingest.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Late("pandas")

# A validation costs as much as some ten thousand rows, however small it is; and no more than
# these bytes are held at once.
BATCH_ROWS = 200_000
BATCH_BYTES = 96_000_000
_LONGEST_VALUE = 200


def catalogue() -> list[Check]:
    """Every check that an ingested load gets, without running one."""
    return [
        *(c for name, table in TABLES.items() for c in (checks.schema_check(table), *_suite(name))),
        *(r.check for r in whole.references("ingest")),
        *(one.check for one in whole.Totals(None).finish()),
    ]


def _suite(name: str) -> list[Check]:
    return [*checks.of_schema(TABLES[name]), *(r.check for r in rules.RULES if r.check.table == name)]


@dataclass
class _Sum:
    """What the batches together found for one check."""

    checked: int = 0
    failed: int = 0
    sample: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None


class LoadChecker:
    """Checks one load: ``add_shard`` for each shard, then ``finish``.

    A shard is whole: an article's text, extraction and facts stand in the same shard; the texts
    that an earlier load landed come as ``articles_text``. Documents may stand apart from their
    articles, and articles from their extractions.
    """

    def __init__(
        self, *, load_id: str, run_id: str, kind: str = "ingest", counted: Mapping[str, int] | None = None
    ) -> None:
        """``counted`` is what the run itself has counted, by the names of the manifest."""
        self._load_id, self._run_id, self._kind = load_id, run_id, kind
        self._seen = {name: KeySet() for name in TABLES}
        self._suites = {name: _suite(name) for name in TABLES}
        self._schema_checks = {name: checks.schema_check(table) for name, table in TABLES.items()}
        self._sums = {c: _Sum() for name in TABLES for c in (self._schema_checks[name], *self._suites[name])}
        self._references = whole.references(kind)
        self._totals = whole.Totals(counted)
        self._recorded_at: datetime | None = None
        self._is_broken = False
        self._forget()

    def add_shard(self, tables: Mapping[str, pa.Table], articles_text: Mapping[str, str] | None = None) -> None:
        """Take one shard; a table that is left out has no rows in it."""
        shard = {name: tables[name] if name in tables else t.schema.empty_table() for name, t in TABLES.items()}
        self._check_columns(shard)
        if self._is_broken:
            return
        self._shards.append(shard)
        self._texts |= articles_text or {}
        self._rows += sum(t.num_rows for t in shard.values())
        self._bytes += sum(t.nbytes for t in shard.values()) + sum(map(len, (articles_text or {}).values()))
        if self._rows >= BATCH_ROWS or self._bytes >= BATCH_BYTES:
            self._check_batch()

    def finish(self) -> list[CheckResult]:
        """One result for each check, in a fixed order.

        Of a load in which any columns are wrong nothing else can be said: it gets no other results.
        """
        self._check_batch()
        if self._is_broken:
            self._sums = {c: self._sums[c] for c in self._schema_checks.values()}
        else:
            ends = [*(r.finish() for r in self._references), *self._totals.finish()]
            looks = [expect.Look(f"{one.check.table} {one.check.name}", [one.check], one.frame) for one in ends]
            self._add_up(looks, [one.rows for one in ends])
        at = datetime.now(UTC)
        return [self._result(check, found, at) for check, found in self._sums.items()]

    def _forget(self) -> None:
        self._shards: list[Mapping[str, pa.Table]] = []
        self._texts: dict[str, str] = {}
        self._rows = self._bytes = 0

    def _check_columns(self, shard: Mapping[str, pa.Table]) -> None:
        for name, table in TABLES.items():
            check, columns = self._schema_checks[name], checks.columns(table, shard[name])
            if all(c["expected"] == c["observed"] for c in columns):
                self._sums[check].checked += len(columns)
                continue
            self._is_broken = True
            frame = pd.DataFrame(columns)
            frame[check.looks_at] = frame["expected"] == frame["observed"]
            self._add_up([expect.Look(f"{name} {check.name}", [check], frame)])

    def _check_batch(self) -> None:
        if not self._rows or self._is_broken:
            return
        arrow = {name: pa.concat_tables([s[name] for s in self._shards]).combine_chunks() for name in TABLES}
        articles = arrow["articles"].select(["article_version_id", "text"]).to_pydict()
        texts = dict(zip(articles["article_version_id"], articles["text"], strict=True)) | self._texts
        self._forget()
        if self._recorded_at is None:
            self._recorded_at = next(
                (at for t in arrow.values() for at in t.column("recorded_at").to_pylist() if at is not None), None
            )
        known = {version: text for version, text in texts.items() if version is not None and text is not None}
        batch = Batch(arrow, known, self._load_id, self._recorded_at, self._seen)
        for part in (*self._references, self._totals):
            part.add(batch)
        looks = []
        for name, frame in batch.frames.items():
            if len(frame):
                own = [r for r in rules.RULES if r.check.table == name]
                derived = pd.DataFrame({r.check.looks_at: r.holds(batch) for r in own})
                looks.append(expect.Look(name, self._suites[name], pd.concat([frame, derived], axis=1)))
                self._seen[name].add(hashes(frame, (TABLES[name].key,)))
        self._add_up(looks)

    def _add_up(self, looks: Sequence[expect.Look], rows: Sequence[int] | None = None) -> None:
        """Run checks, and add up what they find in frames that stand for so many rows; by default for their own."""
        counts = [len(look.frame) for look in looks] if rows is None else rows
        for look, count, outcomes in zip(looks, counts, expect.run(looks), strict=True):
            for check, outcome in zip(look.checks, outcomes, strict=True):
                found = self._sums.setdefault(check, _Sum())
                found.checked += count
                found.failed += outcome.failed
                found.error = found.error or outcome.error
                room = expect.SAMPLE_ROWS - len(found.sample)
                if outcome.places and room > 0:
                    found.sample += look.frame.loc[outcome.places[:room], list(check.shows)].to_dict("records")

    def _result(self, check: Check, found: _Sum, at: datetime) -> CheckResult:
        observed = f"{found.failed:,} of {found.checked:,} failed"
        sample = [{k: _short(v) for k, v in row.items()} for row in found.sample]
        return CheckResult(
            check_result_id=result_id(self._run_id, self._load_id, "load", check.table, check.name, check.column),
            run_id=self._run_id,
            load_id=self._load_id,
            stage="load",
            table_name=check.table,
            check_name=check.name,
            column_name=check.column,
            severity=check.severity,
            is_passed=found.failed == 0 and found.error is None,
            checked_rows=found.checked,
            failed_rows=found.failed,
            expected=check.expected,
            observed=f"not run: {found.error}" if found.error else observed,
            sample_json=orjson.dumps(sample, option=orjson.OPT_SERIALIZE_NUMPY, default=str).decode(),
            checked_at=at,
        )


def _short(value: Any) -> Any:
    """A value fit for a sample: no page-long text, no pandas null."""
    if isinstance(value, str):
        # half a surrogate pair is no JSON
        value = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
        return value.encode("utf-8", "replace").decode()
    return None if pd.isna(value) else value


def check_load(
    tables: Mapping[str, pa.Table],
    *,
    load_id: str,
    run_id: str,
    kind: str = "ingest",
    articles_text: Mapping[str, str] | None = None,
    counted: Mapping[str, int] | None = None,
) -> list[CheckResult]:
    """Check a load that is at hand as a whole."""
    checker = LoadChecker(load_id=load_id, run_id=run_id, kind=kind, counted=counted)
    checker.add_shard(tables, articles_text)
    return checker.finish()
