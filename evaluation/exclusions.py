"""When two numbers that exclude each other contradict: the rows that readers judged, and the weights fitted to them.

Belongs here: finding the judged rows in a warehouse of the same articles, fitting the weights ``exclusion`` of
``ingest/resolve/data/weights.toml``, and how right they are on events left out. Does not belong here: the features
(``ingest.resolve.relations.counts``), drawing and judging rows (``evaluation.answers``).

    python -m evaluation.exclusions WAREHOUSE

Rows below the confidence that is shown are read too, so that what an earlier fit took for unlikely can be likely.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from evaluation.answers import ROUNDS
from evaluation.pairs import fitted
from ingest.resolve.relations.counts import features_of_exclusion

_RIDGE = 0.2
_QUERY = """
    select
        relations.event_id, link.role,
        coalesce(one.low, one.high) as earlier, coalesce(other.low, other.high) as later,
        a.text_sha256 as earlier_sha256, relations.earlier_start, relations.earlier_end,
        b.text_sha256 as later_sha256, relations.later_start, relations.later_end
    from (select * from relations union all select * from relations_below) as relations
        inner join bridge_event_mention_figures as link
            on relations.earlier_figure_id = link.figure_id and relations.earlier_mention_id = link.event_mention_id
        inner join fct_figures as one on relations.earlier_figure_id = one.figure_id
        inner join fct_figures as other on relations.later_figure_id = other.figure_id
        inner join dim_article_versions as a on relations.earlier_version_id = a.article_version_id
        inner join dim_article_versions as b on relations.later_version_id = b.article_version_id
    where relations.rule_id = 'counts_exclude'"""


def judged(warehouse: Path) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Event, features and verdict of each contradiction of numbers in a warehouse that readers judged."""
    verdicts = [
        row
        for file in sorted(ROUNDS.glob("*.json"))
        for row in json.loads(file.read_text(encoding="utf-8"))["rows"]
        if row["rule_id"] == "counts_exclude"
    ]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute(_QUERY)
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        ends = [(row[f"{end}_sha256"], row[f"{end}_start"], row[f"{end}_end"]) for end in ("earlier", "later")]
        last = next((v for v in reversed(verdicts) if _is_of(v["spans"], ends)), None)
        if last is not None:
            found = features_of_exclusion(row["role"], row["earlier"], row["later"])
            yield row["event_id"], found, last["verdict"] == "right"


def _is_of(spans: list[dict[str, Any]], ends: list[tuple[str, int, int]]) -> bool:
    """True where two judged spans stand over the two ends of a row, whichever is which."""
    return any(all(map(_overlap, spans, order)) for order in (ends, ends[::-1]))


def _overlap(span: dict[str, Any], end: tuple[str, int, int]) -> bool:
    sha256, first, last = end
    return bool(span["sha256"] == sha256 and min(span["end"], last) > max(span["start"], first))


def left_out(table: Any, is_right: Any, events: Any) -> Any:
    """The probability of each row by weights that were fitted without those of its event."""
    likely = np.zeros(len(is_right))
    for event in sorted(set(events)):
        test = events == event
        base, weights = fitted(table[~test], is_right[~test], _RIDGE)
        likely[test] = 1 / (1 + np.exp(-(base + table[test] @ weights)))
    return likely


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.exclusions")
    parser.add_argument("warehouse", type=Path)
    rows = list(judged(parser.parse_args().warehouse))
    names = list(rows[0][1])
    table = np.array([[found[name] for name in names] for _, found, _ in rows])
    is_right, events = np.array([float(right) for *_, right in rows]), np.array([event for event, *_ in rows])
    print(f"{len(rows)} judged rows of {len(set(events))} events, {int(is_right.sum())} right")
    likely = left_out(table, is_right, events)
    for least in (0.5, 0.6, 0.7, 0.8):
        taken = likely >= least
        print(f"from {least}: {int(taken.sum())} rows, right {int(is_right[taken].sum())}")
    base, weights = fitted(table, is_right, _RIDGE)
    print(f"base = {base:.2f}")
    for name, weight in zip(names, weights, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
