"""What must hold between the columns of a row, and between the tables of a batch.

Belongs here: the rules of every table and those of single ones; the list of all rules. Does not belong
here: rules on spans (``evidence``), on what points at a row (``references``), on event mentions
(``events``), over the load (``whole``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from ingest.late import Late
from ingest.quality.batch import Batch, Mask, hashes, present
from ingest.quality.rules.base import FACT_TABLES, Holds, Rule, both_or_neither, in_order, ordered, rule
from ingest.quality.rules.events import event_rules
from ingest.quality.rules.evidence import span_rules
from ingest.quality.rules.references import is_extracted, ordinals_without_gap, reference_rules
from ingest.records import NOT_EXTRACTED
from ingest.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Late("pandas")

# Far above what prose can hold: tables of numbers read as text, or a rule run wild.
DENSE_FACTS_PER_1000_CHARS = 80
DENSE_MIN_FACTS = 40
JSON_COLUMNS = (("articles", "warnings"), ("locations", "candidates"))

# --- every table ------------------------------------------------------------------------------


def _unique_key(table: str) -> Holds:
    key = (TABLES[table].key,)

    def holds(batch: Batch) -> Mask:
        frame = batch.frames[table]
        keys = hashes(frame, key)
        repeated = pd.Series(keys).duplicated().to_numpy() | batch.seen[table].has(keys)
        return ~repeated | ~present(frame, key)

    return holds


def _own_load(table: str) -> Holds:
    def holds(batch: Batch) -> Mask:
        load_ids = batch.frames[table]["load_id"]
        return ((load_ids == batch.load_id) | load_ids.isna()).to_numpy(dtype=bool)

    return holds


def _one_time(table: str) -> Holds:
    def holds(batch: Batch) -> Mask:
        times = batch.frames[table]["recorded_at"]
        return ((times == batch.recorded_at) | times.isna()).to_numpy(dtype=bool)

    return holds


def _finite(table: str, column: str) -> Holds:
    def holds(batch: Batch) -> Mask:
        values: Any = batch.arrow[table].column(column)
        return pc.fill_null(pc.is_finite(values), True).to_numpy()

    return holds


def _json_list(table: str, column: str) -> Holds:
    def is_list(value: str | None) -> bool:
        if value is None or value == "[]":
            return True
        try:
            return isinstance(orjson.loads(value), list)
        except orjson.JSONDecodeError:
            return False

    return lambda batch: np.array([is_list(v) for v in batch.values(table, column)], dtype=bool)


# --- articles and extractions -----------------------------------------------------------------


def _char_count(batch: Batch) -> Mask:
    articles = batch.arrow["articles"]
    same: Any = pc.equal(pc.utf8_length(articles.column("text")), articles.column("char_count"))
    return pc.fill_null(same, True).to_numpy()


def _text_digest(batch: Batch) -> Mask:
    pairs = zip(batch.values("articles", "text"), batch.values("articles", "text_sha256"), strict=True)
    return np.array(
        [t is None or d is None or hashlib.sha256(t.encode()).hexdigest() == d for t, d in pairs], dtype=bool
    )


def _not_in_future(batch: Batch) -> Mask:
    frame = batch.frames["articles"]
    # a day's grace: east of Greenwich it is tomorrow already
    limit = frame["recorded_at"].dt.tz_localize(None).astype("datetime64[us]") + pd.Timedelta(days=1)
    return ~(frame["published_date"].astype("datetime64[us]") > limit).to_numpy(dtype=bool)


def _article_of(table: str) -> Holds:
    """That the text is at hand, without which no evidence could be proved."""

    def holds(batch: Batch) -> Mask:
        return np.array([i is None or i in batch.texts for i in batch.values(table, "article_version_id")], dtype=bool)

    return holds


def _counts_agree(table: str, count: str) -> Holds:
    def holds(batch: Batch) -> Mask:
        frame = batch.frames["extractions"]
        pair = ["article_version_id", "extractor_version"]
        sizes = batch.frames[table].groupby(pair).size().rename("facts").reset_index()
        merged = frame[[*pair, count]].merge(sizes, on=pair, how="left")
        found = merged["facts"].fillna(0).to_numpy()
        return (found == frame[count].to_numpy()) | frame[count].isna().to_numpy() | ~present(frame, tuple(pair))

    return holds


def _no_error(batch: Batch) -> Mask:
    return batch.frames["extractions"]["error"].isna().to_numpy()


def _not_dense(batch: Batch) -> Mask:
    frame = batch.frames["extractions"]
    counts = [f"{singular}_count" for singular in FACT_TABLES.values()]
    facts = frame[counts].fillna(0).sum(axis=1).to_numpy()
    chars = np.array([len(batch.texts.get(i, "")) for i in batch.values("extractions", "article_version_id")])
    return (facts < DENSE_MIN_FACTS) | (facts * 1000 <= DENSE_FACTS_PER_1000_CHARS * chars) | (chars == 0)


# --- facts of one kind ------------------------------------------------------------------------


def _bound_fits(batch: Batch) -> Mask:
    f = batch.frames["figures"]
    low, high, bound = f["low"], f["high"], f["bound"]
    holds = ~(bound.isin(("at_least", "more_than")) & (low.isna() | high.notna()))
    holds &= ~(bound.isin(("at_most", "less_than")) & (high.isna() | low.notna()))
    holds &= ~((bound == "exact") & ((low != high) | low.isna()))
    holds &= ~((bound == "range") & (low.isna() | high.isna()))
    return holds.to_numpy(dtype=bool)


def _best_between(batch: Batch) -> Mask:
    f = batch.frames["figures"]
    wrong = (f["best"] < f["low"]) | (f["best"] > f["high"])
    return ~wrong.to_numpy(dtype=bool) | ~ordered(f, "low", "high")


def _resolved_has_place(batch: Batch) -> Mask:
    f = batch.frames["locations"]
    return ((f["is_resolved"] == f["place"].notna()) | f["is_resolved"].isna()).to_numpy(dtype=bool)


def _placed_is_resolved(batch: Batch) -> Mask:
    f = batch.frames["locations"]
    return (f["lat"].isna() | f["place"].notna() | (f["is_resolved"] == True)).to_numpy(dtype=bool)  # noqa: E712


def _reason_where_rejected(batch: Batch) -> Mask:
    f = batch.frames["documents"]
    is_unread = (f["outcome"] == "loaded") & (f["reason"] == NOT_EXTRACTED)
    same = ((f["outcome"] == "rejected") | is_unread) == f["reason"].notna()
    return (same | f["outcome"].isna()).to_numpy(dtype=bool)


def _article_where_read(batch: Batch) -> Mask:
    f = batch.frames["documents"]
    has = f["article_version_id"].notna()
    wrong = (f["outcome"].isin(("loaded", "duplicate")) & ~has) | ((f["outcome"] == "rejected") & has)
    return ~wrong.to_numpy(dtype=bool)


def _frame_rule(table: str, test: Callable[[pd.DataFrame], Mask]) -> Holds:
    return lambda batch: test(batch.frames[table])


def _pairs(table: str, name: str, *columns: str) -> Rule:
    expected = ", ".join(columns) + " stand together or not at all"
    return rule(table, name, expected, _frame_rule(table, lambda f: both_or_neither(f, *columns)), columns)


def _general_rules() -> list[Rule]:
    rules = []
    for name, table in TABLES.items():
        rules.append(rule(name, "unique_key", "each once in the load", _unique_key(name), column=table.key))
        rules.append(rule(name, "own_load", "the id of this load", _own_load(name), ("load_id",), column="load_id"))
        rules.append(
            rule(name, "one_time", "the same over the load", _one_time(name), ("recorded_at",), column="recorded_at")
        )
        rules += [
            rule(name, "finite", "neither NaN nor infinite", _finite(name, c.name), (c.name,), column=c.name)
            for c in table.columns
            if pa.types.is_floating(c.type)
        ]
    for name, column in JSON_COLUMNS:
        rules.append(rule(name, "json_list", "a JSON list", _json_list(name, column), (column,), column=column))
    return rules


def _fact_rules() -> list[Rule]:
    rules = []
    pair = ("article_version_id", "extractor_version")
    for table, singular in FACT_TABLES.items():
        rules += span_rules(table)
        rules.append(is_extracted(table, (*pair, "exact")))
        rules.append(ordinals_without_gap(table, pair, "article"))
        count = f"{singular}_count"
        rules.append(
            rule(
                "extractions",
                "counts_agree",
                f"as many rows in {table}",
                _counts_agree(table, count),
                ("article_version_id", count),
                column=count,
            )
        )
    return rules


def _own_rules() -> list[Rule]:
    """The rules of single tables."""
    return [
        rule(
            "documents", "reason_where_rejected", "a reason where rejected or not extracted, and only then",
            _reason_where_rejected, ("uri", "outcome", "reason"),
        ),
        rule(
            "documents", "article_where_read", "an article where loaded or duplicate, none where rejected",
            _article_where_read, ("uri", "outcome", "article_version_id"),
        ),
        rule("articles", "char_count_is_length", "char_count is the length of text", _char_count, ("char_count",)),
        rule("articles", "digest_is_of_text", "text_sha256 is the digest of text", _text_digest, ("text_sha256",)),
        _pairs("articles", "date_has_source", "published_date", "published_date_source"),
        rule(
            "articles", "published_before_recorded", "not published after it was recorded", _not_in_future,
            ("uri", "published_date", "recorded_at"), column="published_date", severity="warning",
        ),
        rule(
            "extractions", "text_is_known", "its text is at hand", _article_of("extractions"), ("article_version_id",)
        ),
        rule(
            "extractions", "extraction_succeeded", "no error", _no_error, ("article_version_id", "error"),
            column="error", severity="warning",
        ),
        rule(
            "extractions", "facts_not_dense",
            f"at most {DENSE_FACTS_PER_1000_CHARS} facts in 1,000 characters", _not_dense,
            ("article_version_id", *(f"{s}_count" for s in FACT_TABLES.values())), severity="warning",
        ),
        in_order("dates", "start_not_after_end", "start_date", "end_date"),
        in_order("figures", "low_not_above_high", "low", "high"),
        in_order("figures", "si_low_not_above_si_high", "si_low", "si_high"),
        rule("figures", "best_between", "best lies between low and high", _best_between, ("low", "best", "high")),
        rule(
            "figures", "bound_fits", "low and high are open or alike as bound says", _bound_fits,
            ("exact", "bound", "low", "high"), column="bound", severity="warning",
        ),
        rule("locations", "resolved_has_place", "is_resolved where there is a place, and only there",
              _resolved_has_place, ("exact", "place", "is_resolved")),
        rule("locations", "placed_is_resolved", "no coordinates without a place", _placed_is_resolved,
              ("exact", "place", "lat", "lon")),
        _pairs("locations", "lat_with_lon", "lat", "lon"),
        _pairs("locations", "derived_has_rule", "derived_lat", "derived_lon", "derived_rule"),
    ]  # fmt: skip


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are reported."""
    return (*_general_rules(), *_fact_rules(), *reference_rules(), *_own_rules(), *event_rules())
