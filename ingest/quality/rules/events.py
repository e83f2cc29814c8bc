"""What must hold of event mentions and their arguments beyond their own columns.

Belongs here: the statement around a trigger, the claim that holds a mention, its days, its arguments.
Does not belong here: whether what a mention points at is there (``references``).
"""

from __future__ import annotations

import numpy as np

from ingest.quality.batch import Batch, Mask, present
from ingest.quality.rules.base import Rule, in_order, ordered, rule
from ingest.quality.rules.evidence import span_rules, within_text
from ingest.quality.rules.references import rows_at


def _statement_holds_trigger(batch: Batch) -> Mask:
    f = batch.frames["event_mentions"]
    holds = ordered(f, "statement_start", "char_start") & ordered(f, "char_end", "statement_end")
    return holds | ~ordered(f, "char_start", "char_end", strictly=True)


def _claim_holds_trigger(batch: Batch) -> Mask:
    f, claims = batch.frames["event_mentions"], batch.frames["claims"]
    at, _ = rows_at(batch, "event_mentions", "claim_id", "claims")
    if not len(claims):
        return np.ones(len(f), dtype=bool)
    starts, ends = (claims[c].to_numpy(dtype=float)[at] for c in ("char_start", "char_end"))
    outside = (f["char_start"].to_numpy(dtype=float) < starts) | (f["char_end"].to_numpy(dtype=float) > ends)
    return ~outside | (at < 0)


def _days_have_rule(batch: Batch) -> Mask:
    f = batch.frames["event_mentions"]
    has_day = (f["first_date"].notna() | f["last_date"].notna()).to_numpy()
    return (has_day == (f["time_rule"] != "none").to_numpy()) | f["time_rule"].isna().to_numpy()


def _extent_of_words(batch: Batch) -> Mask:
    f = batch.frames["event_mentions"]
    return (f["extent_words"].isna() | f["extent"].notna()).to_numpy()


def _date_is_time(batch: Batch) -> Mask:
    f = batch.frames["event_arguments"]
    return ((f["role"] == "time") | f["date_id"].isna() | f["role"].isna()).to_numpy()


def _actor_is_named(batch: Batch) -> Mask:
    f = batch.frames["event_arguments"]
    return f["name"].notna().to_numpy() | ~present(f, ("actor_key",))


def event_rules() -> list[Rule]:
    """Every rule on event mentions and their arguments."""
    statement = ("exact", "char_start", "char_end", "statement_start", "statement_end")
    return [
        rule("event_mentions", "statement_holds_trigger", "statement_start <= trigger <= statement_end",
             _statement_holds_trigger, statement),
        rule("event_mentions", "statement_within_text", "statement_end is not beyond the article's text",
             within_text("event_mentions", "statement_start", "statement_end"), ("article_version_id", *statement)),
        rule("event_mentions", "claim_holds_trigger", "the trigger stands within the claim's evidence",
             _claim_holds_trigger, ("exact", "claim_id", "char_start", "char_end"), column="claim_id",
             severity="warning"),
        in_order("event_mentions", "first_not_after_last", "first_date", "last_date"),
        rule("event_mentions", "days_have_rule", "time_rule is none where there are no days, and only there",
             _days_have_rule, ("exact", "first_date", "last_date", "time_rule"), column="time_rule"),
        rule("event_mentions", "extent_of_words", "extent where there are words for it", _extent_of_words,
             ("exact", "extent", "extent_words"), column="extent"),
        *span_rules("event_arguments"),
        rule("event_arguments", "date_is_time", "a date only where the role is time", _date_is_time,
             ("exact", "role", "date_id"), column="date_id"),
        rule("event_arguments", "actor_is_named", "a name where there is an actor's key", _actor_is_named,
             ("exact", "name", "actor_key"), column="name"),
    ]  # fmt: skip
