"""That what a row points at is there: parents, linked facts, the extraction that brought the row.

Belongs here: rules on ids and ordinals inside a batch. Does not belong here: references that may
lead from one shard to another (``ingest.quality.whole``).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ingest.quality.batch import Batch, Mask, Rows, hashes, in_cycle, parents_at, present
from ingest.quality.rules.base import FACT_TABLES, PART_TABLES, Rule, rule
from ingest.tables import TABLES

# columns that point at another row of their own table
PARENTS = (
    ("claims", "parent_claim_id"),
    ("figures", "part_of_figure_id"),
    ("locations", "antecedent_location_id"),
    ("event_mentions", "caused_by_event_mention_id"),
    ("event_mentions", "same_as_event_mention_id"),
)
# columns that point at a row of another table: what it is called, and the table
TARGETS = (
    ("claim_links", "claim_id", "claim", "claims"),
    ("event_mentions", "claim_id", "claim", "claims"),
    ("event_arguments", "event_mention_id", "event_mention", "event_mentions"),
    ("event_arguments", "location_id", "location", "locations"),
    ("event_arguments", "date_id", "date", "dates"),
    ("event_counts", "event_mention_id", "event_mention", "event_mentions"),
    ("event_counts", "figure_id", "figure", "figures"),
)
_EXTRACTION = ("article_version_id", "extractor_version")


def rows_at(batch: Batch, table: str, column: str, target: str) -> tuple[Rows, Mask]:
    """For each row the row of the target that ``column`` points at, and where it points at anything.

    The row is -1 where nothing is pointed at, -2 where the target has no such row of the same article.
    """
    frame = batch.frames[table]
    ref = (column, "article_version_id")
    points = present(frame, ref)
    own = hashes(batch.frames[target], (TABLES[target].key, "article_version_id"))
    return parents_at(hashes(frame, ref), points, own), points


def is_extracted(table: str, shows: tuple[str, ...] = _EXTRACTION) -> Rule:
    """The rule that an extraction of the load brought each row of the table."""

    def holds(batch: Batch) -> Mask:
        frame = batch.frames[table]
        brought = hashes(batch.frames["extractions"], _EXTRACTION)
        return np.isin(hashes(frame, _EXTRACTION), brought) | ~present(frame, _EXTRACTION)

    return rule(table, "is_extracted", "an extraction of the load brought it", holds, shows)


def ordinals_without_gap(table: str, group: tuple[str, ...], within: str) -> Rule:
    """The rule that rows which agree in the columns ``group`` are numbered from 0; ``within`` names the group."""

    def holds(batch: Batch) -> Mask:
        frame = batch.frames[table][[*group, "ordinal"]]
        sizes = frame.groupby(list(group), dropna=False)["ordinal"].transform("size")
        twice = frame.duplicated([*group, "ordinal"]).to_numpy()
        beyond = (frame["ordinal"] >= sizes).to_numpy(dtype=bool)
        return ~(twice | beyond) | frame.isna().any(axis=1).to_numpy()

    expected = f"0, 1, 2 … within the {within}"
    return rule(table, "ordinals_without_gap", expected, holds, (group[0], "ordinal"), column="ordinal")


def _parent_rules(table: str, column: str) -> list[Rule]:
    def exists(batch: Batch) -> Mask:
        parents, _ = rows_at(batch, table, column, table)
        return parents != -2

    def ends(batch: Batch) -> Mask:
        parents, _ = rows_at(batch, table, column, table)
        return ~in_cycle(parents)

    shows = (column, "article_version_id")
    return [
        rule(table, "parent_exists", f"{column} is a row of the same article", exists, shows, column=column),
        rule(table, "parents_end", f"following {column} comes to an end", ends, shows, column=column),
    ]


def _target_rule(table: str, column: str, called: str, target: str) -> Rule:
    def exists(batch: Batch) -> Mask:
        rows, _ = rows_at(batch, table, column, target)
        return rows != -2

    expected = f"a row of {target} of the same article"
    return rule(table, f"{called}_exists", expected, exists, (column, "article_version_id"), column=column)


def _depth(batch: Batch) -> Mask:
    """A claim is one deeper than its parent; without one, 0."""
    frame = batch.frames["claims"]
    parents, _ = rows_at(batch, "claims", "parent_claim_id", "claims")
    depth = frame["depth"].to_numpy(dtype=float)
    wanted = np.where(parents < 0, 0, depth[parents] + 1) if len(depth) else depth
    return (depth == wanted) | (parents == -2) | in_cycle(parents) | np.isnan(depth) | np.isnan(wanted)


def _linked_fact(batch: Batch) -> Mask:
    frame = batch.frames["claim_links"]
    ref = ("fact_id", "article_version_id")
    holds: Any = ~present(frame, (*ref, "fact_kind"))
    wanted = hashes(frame, ref)
    kinds = frame["fact_kind"].to_numpy()
    linked = TABLES["claim_links"].column("fact_kind").codes or ()
    for table, kind in FACT_TABLES.items():
        if kind in linked:
            there = hashes(batch.frames[table], (TABLES[table].key, "article_version_id"))
            holds |= (kinds == kind) & np.isin(wanted, there)
    return holds | ~frame["fact_kind"].isin(linked).to_numpy()


def reference_rules() -> list[Rule]:
    """Every rule on what a row points at."""
    return [
        *(r for table, column in PARENTS for r in _parent_rules(table, column)),
        *(_target_rule(*target) for target in TARGETS),
        *(is_extracted(table) for table in PART_TABLES),
        ordinals_without_gap("event_arguments", ("event_mention_id",), "event mention"),
        rule("claims", "depth_follows_parent", "one more than the parent's, 0 without", _depth,
             ("parent_claim_id", "depth"), column="depth"),
        rule("claim_links", "fact_exists", "a fact of that kind in the same article", _linked_fact,
             ("fact_kind", "fact_id", "article_version_id"), column="fact_id"),
    ]  # fmt: skip
