"""What must hold over a whole load, whichever shard a row stands in.

Belongs here: sums over the load, and references that may lead from one shard to another. Each is
gathered batch by batch in little memory, and becomes a small frame at the end. Does not belong
here: what a single batch can decide (``rules``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.late import Late
from ingest.quality.batch import Batch, KeySet, hashes, present
from ingest.quality.checks import Check
from ingest.quality.rules import FACT_TABLES, PART_TABLES
from ingest.records import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Late("pandas")

# Below these numbers a share says nothing.
MIN_DOCUMENTS = 20
MIN_ARTICLES = 20
# A text that fails is its own affair; that many are ours: a broken rule, a missing gazetteer.
MIN_FAILURES = 3
MAX_FAILED_SHARE = 0.1
MAX_REJECTED_SHARE = 0.2

VERSION = ("article_version_id",)


@dataclass(frozen=True, slots=True)
class Whole:
    """A check over the load: the frame of what is looked at, with one boolean a row, and how many
    rows the frame stands for."""

    check: Check
    frame: pd.DataFrame
    rows: int


def _check(table: str, name: str, expected: str, shows: tuple[str, ...], severity: str = "error") -> Check:
    return Check(table=table, name=name, kind="holds", expected=expected, severity=severity, shows=shows)


def _loaded(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["outcome"] == "loaded").to_numpy(dtype=bool)]


def _joined(frames: list[pd.DataFrame], check: Check) -> pd.DataFrame:
    """The rows of all batches; a load without any has no row to look at."""
    return pd.concat([pd.DataFrame(columns=list(check.shows)), *frames], ignore_index=True)


class Reference:
    """That each row of one table is met by a row of another, in any shard."""

    def __init__(
        self,
        check: Check,
        target: str,
        source_rows: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
        target_rows: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    ) -> None:
        self.check = check
        self._target = target
        self._source_rows, self._target_rows = source_rows, target_rows
        self._keys = KeySet()
        self._pending: list[pd.DataFrame] = []
        self._rows = 0

    def add(self, batch: Batch) -> None:
        targets, rows = batch.frames[self._target], batch.frames[self.check.table]
        targets = self._target_rows(targets) if self._target_rows else targets
        rows = self._source_rows(rows) if self._source_rows else rows
        self._keys.add(hashes(targets, VERSION))
        rows = rows[present(rows, VERSION)]
        self._rows += len(rows)
        missing = ~self._keys.has(hashes(rows, VERSION))
        self._pending.append(rows.loc[missing, list(self.check.shows)])

    def finish(self) -> Whole:
        frame = _joined(self._pending, self.check)
        frame[self.check.looks_at] = self._keys.has(hashes(frame, VERSION))
        return Whole(self.check, frame, self._rows)


class OneDocument:
    """That no two documents of the load were loaded as the same article."""

    def __init__(self) -> None:
        self._keys = KeySet()
        self._pending: list[pd.DataFrame] = []
        self._rows = 0
        self.check = _check(
            "documents", "one_for_each_article", "each article has one loaded document", ("uri", *VERSION)
        )

    def add(self, batch: Batch) -> None:
        rows = _loaded(batch.frames["documents"])
        rows = rows[present(rows, VERSION)]
        keys = hashes(rows, VERSION)
        again = pd.Series(keys).duplicated().to_numpy() | self._keys.has(keys)
        self._keys.add(keys)
        self._rows += len(rows)
        self._pending.append(rows.loc[again, list(self.check.shows)])

    def finish(self) -> Whole:
        frame = _joined(self._pending, self.check)
        frame[self.check.looks_at] = False
        return Whole(self.check, frame, self._rows)


class Totals:
    """The sums of a load, against each other and against what the run itself has counted."""

    def __init__(self, counted: Mapping[str, int] | None) -> None:
        self._counted = counted
        self._outcomes: Counter[tuple[str, str]] = Counter()
        self._read: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._failures = 0

    def add(self, batch: Batch) -> None:
        documents = batch.frames["documents"]
        self._read.update(documents["source"].fillna("").tolist())
        self._outcomes.update(zip(documents["source"].fillna(""), documents["outcome"].fillna(""), strict=True))
        self._rows.update({name: len(frame) for name, frame in batch.frames.items()})
        self._failures += int(batch.frames["extractions"]["error"].notna().sum())

    def finish(self) -> list[Whole]:
        return [self._sum(), self._share(), self._failed(), *self._without_facts(), *self._as_counted()]

    def _outcome(self, outcome: str) -> int:
        return sum(n for (_, o), n in self._outcomes.items() if o == outcome)

    def _sum(self) -> Whole:
        rows = []
        for source, read in sorted(self._read.items()):
            by_outcome = {outcome: self._outcomes[source, outcome] for outcome in OUTCOMES}
            rows.append({"source": source, "read": read, **by_outcome, "holds": sum(by_outcome.values()) == read})
        expected = "read = loaded + duplicate + rejected, for each source"
        return _whole(_check("documents", "outcomes_add_up", expected, ("source", "read", *OUTCOMES)), rows)

    def _share(self) -> Whole:
        read, rejected = self._read.total(), self._outcome("rejected")
        holds = read < MIN_DOCUMENTS or rejected <= MAX_REJECTED_SHARE * read
        check = _check(
            "documents",
            "few_rejected",
            f"at most {MAX_REJECTED_SHARE:.0%} of {MIN_DOCUMENTS} or more documents rejected",
            ("read", "rejected"),
            "warning",
        )
        return _whole(check, [{"read": read, "rejected": rejected, "holds": holds}])

    def _failed(self) -> Whole:
        extractions, failed = self._rows["extractions"], self._failures
        check = _check(
            "extractions",
            "few_failed",
            f"fewer than {MIN_FAILURES} texts fail, or at most {MAX_FAILED_SHARE:.0%} of all",
            ("extractions", "failed"),
        )
        holds = failed < MIN_FAILURES or failed <= MAX_FAILED_SHARE * extractions
        return _whole(check, [{"extractions": extractions, "failed": failed, "holds": holds}])

    def _without_facts(self) -> list[Whole]:
        articles = self._rows["extractions"]
        wholes = []
        for table in FACT_TABLES:
            facts = self._rows[table]
            check = _check(
                table,
                "some_found",
                f"not zero {table} in {MIN_ARTICLES} or more articles",
                ("articles", "facts"),
                "warning",
            )
            holds = facts > 0 or articles < MIN_ARTICLES
            wholes.append(_whole(check, [{"articles": articles, "facts": facts, "holds": holds}]))
        return wholes

    def _as_counted(self) -> list[Whole]:
        if self._counted is None:
            return []
        landed = {
            "documents_read": self._read.total(),
            "articles_loaded": self._outcome("loaded"),
            "duplicates": self._outcome("duplicate"),
            "rejected": self._outcome("rejected"),
            **{name: self._rows[name] for name in (*FACT_TABLES, *PART_TABLES)},
        }
        rows = [
            {"count": name, "counted": self._counted[name], "landed": n, "holds": self._counted[name] == n}
            for name, n in landed.items()
            if name in self._counted
        ]
        check = _check("load", "as_counted", "as many rows as the run counted", ("count", "counted", "landed"))
        return [_whole(check, rows)]


def _whole(check: Check, rows: list[dict[str, Any]]) -> Whole:
    frame = pd.DataFrame(rows, columns=[*check.shows, "holds"]).rename(columns={"holds": check.looks_at})
    frame[check.looks_at] = frame[check.looks_at].astype(np.bool_)
    return Whole(check, frame, len(frame))


def references(kind: str) -> list[Reference | OneDocument]:
    """The references that a load of this kind must keep; a re-extraction has neither documents nor articles."""
    if kind == "reextract":
        return []
    in_article = ("uri", *VERSION)
    return [
        Reference(
            _check("documents", "article_is_landed", "a loaded document's article is in the load", in_article),
            "articles",
            source_rows=_loaded,
        ),
        Reference(
            _check("articles", "document_is_read", "an article's document is in the load, as loaded", in_article),
            "documents",
            target_rows=_loaded,
        ),
        Reference(
            _check("articles", "is_extracted", "an extraction of the load has read it", in_article), "extractions"
        ),
        OneDocument(),
    ]
