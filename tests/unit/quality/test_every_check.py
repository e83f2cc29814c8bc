"""Bad data trips each check, and only the checks that are meant.

Each case is a copy of one good load, with ids and a source of its own, spoiled in one place. All
copies are checked in one go, as one load; so any check that a case trips unforeseen shows up in
the count of failed rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from ingest import tables
from ingest.quality import CheckResult, check_load, checks
from ingest.quality.rules import FACT_TABLES, RULES

Rows = dict[str, list[dict[str, Any]]]

IDS = {
    "document_id", "article_id", "article_version_id", "extraction_id", "claim_id", "figure_id", "date_id",
    "location_id", "claim_link_id", "event_mention_id", "caused_by_event_mention_id", "same_as_event_mention_id",
    "event_argument_id", "event_count_id", "fact_id", "parent_claim_id", "part_of_figure_id", "antecedent_location_id",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Which check is tripped, by what, and how many rows fail it."""

    label: str
    spoil: Callable[[Rows], object]
    failed: int = 1


def put(table: str, row: int = 0, **values: object) -> Callable[[Rows], None]:
    return lambda rows: rows[table][row].update(values)


def move_evidence(table: str, **values: int) -> Callable[[Rows], None]:
    def spoil(rows: Rows) -> None:
        row = rows[table][0]
        row.update({name: row["char_start"] + by for name, by in values.items()})

    return spoil


def without(table: str, row: int) -> Callable[[Rows], object]:
    return lambda rows: rows[table].pop(row)


def both(*spoils: Callable[[Rows], object]) -> Callable[[Rows], object]:
    return lambda rows: [spoil(rows) for spoil in spoils]


# What cannot but trip as well: a missing key is missed by those that point at it, and the like.
LINKED = {
    "documents.outcome.not_null": {"articles.document_is_read": 1, "documents.outcomes_add_up": 1},
    "documents.outcome.known_code": {"articles.document_is_read": 1, "documents.outcomes_add_up": 1},
    "claims.confidence.finite": {"claims.confidence.not_null": 1},
    "figures.confidence.finite": {"figures.confidence.not_null": 1},
    "dates.confidence.finite": {"dates.confidence.not_null": 1},
    "locations.confidence.finite": {"locations.confidence.not_null": 1},
    "claims.evidence_within_text": {"claims.content_reaches_over_evidence": 1},
    "documents.reason.known_code": {"documents.reason_where_rejected": 1},
    "articles.article_version_id.not_null": {"extractions.text_is_known": 1, "documents.article_is_landed": 1},
    "articles.text.not_null": {"extractions.text_is_known": 1},
    "articles.char_count.within_limits": {"articles.char_count_is_length": 1},
    "extractions.article_version_id.not_null": {
        "claims.is_extracted": 2,
        "figures.is_extracted": 3,
        "dates.is_extracted": 1,
        "locations.is_extracted": 2,
        "claim_links.is_extracted": 3,
        "event_mentions.is_extracted": 3,
        "event_arguments.is_extracted": 5,
        "event_counts.is_extracted": 2,
        "articles.is_extracted": 1,
    },
    "extractions.extractor_version.not_null": {
        "claims.is_extracted": 2,
        "figures.is_extracted": 3,
        "dates.is_extracted": 1,
        "locations.is_extracted": 2,
        "claim_links.is_extracted": 3,
        "event_mentions.is_extracted": 3,
        "event_arguments.is_extracted": 5,
        "event_counts.is_extracted": 2,
    },
    "extractions.claim_count.within_limits": {"extractions.claim_count.counts_agree": 1},
    "extractions.figure_count.within_limits": {"extractions.figure_count.counts_agree": 1},
    "extractions.date_count.within_limits": {"extractions.date_count.counts_agree": 1},
    "extractions.location_count.within_limits": {"extractions.location_count.counts_agree": 1},
    "extractions.event_count.within_limits": {"extractions.event_count.counts_agree": 1},
    "claims.claim_id.not_null": {"claims.parent_claim_id.parent_exists": 1},
    "claims.article_version_id.not_null": {
        "extractions.claim_count.counts_agree": 1,
        "claims.ordinal.ordinals_without_gap": 1,
        "claims.parent_claim_id.parent_exists": 1,
    },
    "claims.char_start.within_limits": {"claims.content_reaches_over_evidence": 1},
    "claims.char_end.within_limits": {"claims.start_before_end": 1},
    "claims.depth.within_limits": {"claims.depth.depth_follows_parent": 2},
    "claims.speaker_end.within_limits": {"claims.speaker_is_whole": 1},
    "claims.cue_end.within_limits": {"claims.cue_is_whole": 1},
    "claims.extractor_version.not_null": {
        "extractions.claim_count.counts_agree": 1,
        "claims.ordinal.ordinals_without_gap": 1,
    },
    "figures.figure_id.not_null": {"claim_links.fact_id.fact_exists": 1, "event_counts.figure_id.figure_exists": 1},
    "figures.article_version_id.not_null": {
        "event_counts.figure_id.figure_exists": 1,
        "extractions.figure_count.counts_agree": 1,
        "figures.ordinal.ordinals_without_gap": 1,
        "claim_links.fact_id.fact_exists": 1,
    },
    "figures.char_end.within_limits": {"figures.start_before_end": 1},
    "figures.extractor_version.not_null": {
        "extractions.figure_count.counts_agree": 1,
        "figures.ordinal.ordinals_without_gap": 1,
    },
    "dates.date_id.not_null": {"claim_links.fact_id.fact_exists": 1, "event_arguments.date_id.date_exists": 1},
    "dates.article_version_id.not_null": {
        "event_arguments.date_id.date_exists": 1,
        "extractions.date_count.counts_agree": 1,
        "claim_links.fact_id.fact_exists": 1,
    },
    "dates.char_end.within_limits": {"dates.start_before_end": 1},
    "dates.extractor_version.not_null": {"extractions.date_count.counts_agree": 1},
    "locations.location_id.not_null": {
        "locations.antecedent_location_id.parent_exists": 1,
        "claim_links.fact_id.fact_exists": 1,
    },
    "locations.article_version_id.not_null": {
        "extractions.location_count.counts_agree": 1,
        "locations.ordinal.ordinals_without_gap": 1,
        "locations.antecedent_location_id.parent_exists": 1,
        "claim_links.fact_id.fact_exists": 1,
    },
    "locations.char_end.within_limits": {"locations.start_before_end": 1},
    "locations.derived_lat.within_limits": {"locations.derived_has_rule": 1},
    "locations.derived_lon.within_limits": {"locations.derived_has_rule": 1},
    "locations.extractor_version.not_null": {
        "extractions.location_count.counts_agree": 1,
        "locations.ordinal.ordinals_without_gap": 1,
    },
    "articles.article_version_id.unique_key": {"extractions.text_is_known": 1, "documents.article_is_landed": 1},
    "claims.claim_id.unique_key": {"claims.parent_claim_id.parent_exists": 1},
    "figures.figure_id.unique_key": {
        "figures.part_of_figure_id.parents_end": 1,
        "claim_links.fact_id.fact_exists": 1,
        "event_counts.figure_id.figure_exists": 1,
    },
    "figures.low.finite": {"figures.bound.bound_fits": 1},
    "dates.date_id.unique_key": {"claim_links.fact_id.fact_exists": 1, "event_arguments.date_id.date_exists": 1},
    "locations.location_id.unique_key": {
        "locations.antecedent_location_id.parent_exists": 1,
        "claim_links.fact_id.fact_exists": 1,
    },
    "event_mentions.confidence.finite": {"event_mentions.confidence.not_null": 1},
    "event_mentions.evidence_within_text": {"event_mentions.statement_holds_trigger": 1},
    "event_mentions.article_version_id.not_null": {
        "extractions.event_count.counts_agree": 1,
        "event_mentions.ordinal.ordinals_without_gap": 1,
    },
    "event_mentions.extractor_version.not_null": {
        "extractions.event_count.counts_agree": 1,
        "event_mentions.ordinal.ordinals_without_gap": 1,
    },
    "event_mentions.char_start.within_limits": {"event_mentions.statement_holds_trigger": 1},
    "event_mentions.char_end.within_limits": {"event_mentions.start_before_end": 1},
    "event_mentions.statement_end.within_limits": {"event_mentions.statement_holds_trigger": 1},
    "event_mentions.time_rule.known_code": {"event_mentions.time_rule.days_have_rule": 1},
    "event_arguments.event_mention_id.not_null": {"event_arguments.ordinal.ordinals_without_gap": 1},
    "event_arguments.char_end.within_limits": {"event_arguments.start_before_end": 1},
    "locations.lat.finite": {"locations.lat_with_lon": 1},
    "locations.lon.finite": {"locations.lat_with_lon": 1},
}


def of_columns() -> Iterator[Case]:
    for table in tables.TABLES.values():
        for check in checks.of_schema(table):
            assert check.column
            match check.kind:
                case "not_null":
                    value: object = None
                case "codes":
                    value = "?"
                case _:
                    value = check.low - 1 if check.low is not None else (check.high or 0) + 1
            yield Case(label(check), put(table.name, **{check.column: value}))


def later(row: dict[str, Any]) -> None:
    row["recorded_at"] += timedelta(seconds=1)


def beside_the_extractions(table: str) -> Callable[[Rows], None]:
    """A fact more, by an extractor that has left no extraction."""
    key = tables.TABLES[table].key

    def spoil(rows: Rows) -> None:
        fact = dict(rows[table][-1], ordinal=0, extractor_version="older", **{key: "more"})
        rows[table].append(fact)

    return spoil


def point_at_itself(table: str, column: str) -> Callable[[Rows], None]:
    key = tables.TABLES[table].key
    return lambda rows: rows[table][0].update({column: rows[table][0][key]})


def cycle(rows: Rows) -> None:
    rows["claims"][0]["parent_claim_id"] = rows["claims"][1]["claim_id"]


def many_facts(rows: Rows) -> None:
    """Fifty dates in one short text."""
    first = rows["dates"][0]
    rows["dates"] += [dict(first, ordinal=i, date_id=f"{first['date_id']}-{i}") for i in range(1, 50)]
    rows["extractions"][0]["date_count"] = 50


def of_nothing(rows: Rows) -> None:
    """An extraction without facts of a text that nobody has."""
    none = {f"{singular}_count": 0 for singular in FACT_TABLES.values()}
    extraction = dict(rows["extractions"][0], article_version_id="elsewhere", extraction_id="more", **none)
    rows["extractions"].append(extraction)


def another_mention(table: str) -> Callable[[Rows], None]:
    """The last row of a table belongs to a mention that is not there."""
    return lambda rows: rows[table][-1].update(event_mention_id="nowhere", ordinal=0)


def late_statement(rows: Rows) -> None:
    rows["event_mentions"][2]["statement_start"] = rows["event_mentions"][2]["char_start"] + 1


def claim_elsewhere(rows: Rows) -> None:
    """A mention of the title is laid into the mouth of somebody who speaks in the text."""
    rows["event_mentions"][0]["claim_id"] = rows["claims"][0]["claim_id"]


def label(check: checks.Check) -> str:
    return ".".join(part for part in (check.table, check.column, check.name) if part)


def of_every_table() -> Iterator[Case]:
    for name, table in tables.TABLES.items():
        key = table.key
        yield Case(f"{name}.{key}.unique_key", lambda rows, n=name, k=key: rows[n][0].update({k: rows[n][1][k]}))
        yield Case(f"{name}.load_id.own_load", put(name, load_id="another"))
        yield Case(f"{name}.recorded_at.one_time", lambda rows, n=name: later(rows[n][-1]))
        for column in table.columns:
            if pa.types.is_floating(column.type):
                yield Case(f"{name}.{column.name}.finite", put(name, **{column.name: math.nan}))


def of_facts() -> Iterator[Case]:
    for table in (*FACT_TABLES, "event_arguments"):
        yield Case(f"{table}.start_before_end", move_evidence(table, char_start=2, char_end=2))
        yield Case(f"{table}.evidence_within_text", put(table, char_end=10_000))
        yield Case(f"{table}.evidence_is_text", put(table, exact="another text"))
        yield Case(f"{table}.ordinal.ordinals_without_gap", put(table, ordinal=9))
        if table in FACT_TABLES:
            yield Case(f"{table}.is_extracted", beside_the_extractions(table))
    for singular in FACT_TABLES.values():
        yield Case(f"extractions.{singular}_count.counts_agree", put("extractions", **{f"{singular}_count": 7}))
    yield Case("figures.part_of_figure_id.parents_end", point_at_itself("figures", "part_of_figure_id"))
    # another location stands for the first
    yield Case(
        "locations.antecedent_location_id.parents_end", point_at_itself("locations", "antecedent_location_id"), failed=2
    )
    for column in ("caused_by_event_mention_id", "same_as_event_mention_id"):
        yield Case(f"event_mentions.{column}.parents_end", point_at_itself("event_mentions", column))
        yield Case(f"event_mentions.{column}.parent_exists", put("event_mentions", **{column: "nowhere"}))
    for part in ("speaker", "cue"):
        yield Case(f"claims.{part}_is_whole", put("claims", **{f"{part}_exact": None}))
        yield Case(f"claims.{part}_within_text", put("claims", **{f"{part}_end": 10_000}))
        yield Case(f"claims.{part}_is_text", put("claims", **{f"{part}_exact": "nobody"}))


CASES = [
    *of_columns(),
    *of_every_table(),
    *of_facts(),
    Case("documents.reason_where_rejected", put("documents", 3, reason=None)),
    Case("documents.reason_where_rejected", put("documents", 0, reason="empty")),
    Case("documents.article_where_read", put("documents", 2, article_version_id=None)),
    Case("documents.article_is_landed", put("documents", 2, outcome="loaded", article_version_id="elsewhere")),
    Case("documents.one_for_each_article", put("documents", 2, outcome="loaded")),
    Case("articles.document_is_read", put("documents", 1, outcome="duplicate")),
    Case("articles.char_count_is_length", put("articles", char_count=7)),
    Case("articles.digest_is_of_text", put("articles", text_sha256="0" * 64)),
    Case("articles.date_has_source", put("articles", published_date_source=None)),
    Case("articles.published_date.published_before_recorded", put("articles", published_date=date(2025, 12, 2))),
    Case("articles.warnings.json_list", put("articles", warnings="[")),
    Case("locations.candidates.json_list", put("locations", candidates="{}")),
    Case("extractions.text_is_known", of_nothing),
    Case("extractions.facts_not_dense", many_facts),
    Case("extractions.error.extraction_succeeded", put("extractions", error="it failed")),
    Case("claims.has_content", put("claims", 2, content_spans=[])),
    Case("claims.content_is_text", lambda rows: rows["claims"][2]["content_spans"][0].update(text="else")),
    Case("claims.content_reaches_over_evidence", lambda rows: rows["claims"][0]["content_spans"].pop()),
    Case("claims.parent_claim_id.parent_exists", put("claims", 1, parent_claim_id="nowhere")),
    Case("claims.parent_claim_id.parents_end", cycle, failed=2),
    Case("claims.depth.depth_follows_parent", put("claims", 1, depth=3)),
    Case("figures.part_of_figure_id.parent_exists", put("figures", part_of_figure_id="nowhere")),
    Case("locations.antecedent_location_id.parent_exists", put("locations", 1, antecedent_location_id="nowhere")),
    Case("claim_links.claim_id.claim_exists", put("claim_links", claim_id="nowhere")),
    Case("claim_links.fact_id.fact_exists", put("claim_links", fact_id="nowhere")),
    Case("claim_links.fact_id.fact_exists", put("claim_links", fact_kind="date")),
    Case("claim_links.is_extracted", put("claim_links", extractor_version="older")),
    Case("event_mentions.claim_id.claim_exists", put("event_mentions", claim_id="nowhere")),
    Case("event_mentions.claim_id.claim_holds_trigger", claim_elsewhere),
    Case("event_mentions.statement_holds_trigger", late_statement),
    Case("event_mentions.statement_within_text", put("event_mentions", statement_end=10_000)),
    Case("event_mentions.first_not_after_last", put("event_mentions", 2, last_date=date(2025, 11, 1))),
    Case("event_mentions.time_rule.days_have_rule", put("event_mentions", 2, time_rule="none")),
    Case("event_mentions.time_rule.days_have_rule", put("event_mentions", 0, time_rule="reported")),
    Case("event_mentions.extent.extent_of_words", put("event_mentions", extent_words="half of")),
    Case("event_arguments.event_mention_id.event_mention_exists", another_mention("event_arguments")),
    Case("event_arguments.location_id.location_exists", put("event_arguments", location_id="nowhere")),
    Case("event_arguments.date_id.date_exists", put("event_arguments", 4, date_id="nowhere")),
    Case("event_arguments.date_id.date_is_time", put("event_arguments", 4, role="place")),
    Case("event_arguments.name.actor_is_named", put("event_arguments", actor_key="nobody")),
    Case("event_arguments.is_extracted", put("event_arguments", extractor_version="older")),
    Case("event_counts.event_mention_id.event_mention_exists", another_mention("event_counts")),
    Case("event_counts.figure_id.figure_exists", put("event_counts", figure_id="nowhere")),
    Case("event_counts.is_extracted", put("event_counts", extractor_version="older")),
    Case("dates.start_not_after_end", put("dates", start_date=date(2026, 1, 1))),
    Case("figures.low_not_above_high", put("figures", 1, high=3)),
    Case("figures.si_low_not_above_si_high", put("figures", 2, si_high=3)),
    Case("figures.best_between", put("figures", 1, best=50)),
    Case("figures.bound.bound_fits", put("figures", 0, bound="exact")),
    Case("locations.resolved_has_place", put("locations", 0, place=None)),
    Case("locations.placed_is_resolved", put("locations", 1, lat=48.5, lon=37.7)),
    Case("locations.lat_with_lon", put("locations", 0, lon=None)),
    Case("locations.derived_has_rule", put("locations", 1, derived_rule=None)),
]  # fmt: skip


def a_copy(rows: Rows, number: int, case: Case) -> Rows:
    for own in rows.values():
        for row in own:
            row |= {name: f"{row[name]}-{number}" for name in IDS & row.keys() if row[name] is not None}
            if "source" in row:
                row["source"] = f"source {number}"
    case.spoil(rows)
    return rows


@pytest.fixture(scope="module")
def results(make_rows: Callable[[], Rows]) -> dict[str, CheckResult]:
    copies = [a_copy(make_rows(), number, case) for number, case in enumerate(CASES)]
    landed = {
        name: pa.Table.from_pylist([row for copy in copies for row in copy[name]], schema=table.schema)
        for name, table in tables.TABLES.items()
    }
    return {r.label: r for r in check_load(landed, load_id=make_rows()["articles"][0]["load_id"], run_id="run")}


def test_each_check_fails_as_often_as_it_is_tripped(results: dict[str, CheckResult]) -> None:
    expected = Counter({"documents.few_rejected": 1})  # every fourth document of the good load is rejected
    for case in CASES:
        expected[case.label] += case.failed
        expected.update(LINKED.get(case.label, {}))
    assert {name: r.failed_rows for name, r in results.items() if not r.is_passed} == dict(expected)


def test_no_rule_is_left_out(results: dict[str, CheckResult]) -> None:
    tripped = {case.label for case in CASES}
    assert {label(rule.check) for rule in RULES} - tripped == set()
