"""Promise 1: every fact's evidence is the very text at its place, claims' parts and events' arguments included.

Belongs here: rules on spans. Does not belong here: what the evidence means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from ingest.late import Late
from ingest.quality.batch import Batch, Mask, present
from ingest.quality.rules.base import Holds, Rule, both_or_neither, ordered, rule

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Late("pandas")


def _spans_are_text(batch: Batch, ids: list[Any], starts: list[Any], ends: list[Any], exacts: list[Any]) -> list[bool]:
    """Whether each span is the text at its place; true where its order or bounds are already wrong."""
    holds = []
    text_of = batch.texts.get
    for article, start, end, exact in zip(ids, starts, ends, exacts, strict=True):
        text = text_of(article)
        if text is None or start is None or end is None or exact is None:
            holds.append(True)
        else:
            holds.append(not 0 <= start < end <= len(text) or text[start:end] == exact)
    return holds


def _span_is_text(table: str, start: str, end: str, exact: str) -> Holds:
    def holds(batch: Batch) -> Mask:
        columns = [batch.values(table, c) for c in ("article_version_id", start, end, exact)]
        return np.array(_spans_are_text(batch, *columns), dtype=bool)

    return holds


def within_text(table: str, start: str, end: str) -> Holds:
    """That the column ``end`` is not beyond the article's text; true where start and end are not in order."""

    def holds(batch: Batch) -> Mask:
        frame = batch.frames[table]
        lengths = {article: len(text) for article, text in batch.texts.items()}
        inside = ~(frame[end] > frame["article_version_id"].map(lengths)).to_numpy(dtype=bool)
        return inside | ~ordered(frame, start, end, strictly=True)

    return holds


def _content_spans(batch: Batch) -> tuple[Any, Any]:
    """The row of each content span, and the spans."""
    lists: Any = batch.arrow["claims"].column("content_spans").combine_chunks()
    return pc.list_parent_indices(lists).to_numpy(), pc.list_flatten(lists)


def _content_is_text(batch: Batch) -> Mask:
    rows, spans = _content_spans(batch)
    starts, ends, texts = (spans.field(name).to_pylist() for name in ("start", "end", "text"))
    articles = batch.values("claims", "article_version_id")
    good = np.array(_spans_are_text(batch, [articles[r] for r in rows], starts, ends, texts), dtype=bool)
    for i, (start, end, text) in enumerate(zip(starts, ends, texts, strict=True)):
        if text is None or start is None or end is None or not 0 <= start < end:
            good[i] = False  # no other rule looks at the order of these
        elif (whole := batch.texts.get(articles[rows[i]])) is not None and end > len(whole):
            good[i] = False
    holds = np.ones(len(articles), dtype=bool)
    holds[rows[~good]] = False
    return holds


def _content_reaches(batch: Batch) -> Mask:
    """char_start and char_end are the first start and the last end of the content's spans."""
    rows, spans = _content_spans(batch)
    frame = batch.frames["claims"]
    grouped = pd.DataFrame(
        {"row": rows, "start": spans.field("start").to_numpy(False), "end": spans.field("end").to_numpy(False)}
    ).groupby("row")
    starts, ends = grouped["start"].min().reindex(frame.index), grouped["end"].max().reindex(frame.index)
    same = ((frame["char_start"] == starts) & (frame["char_end"] == ends)).to_numpy(dtype=bool)
    bounds = ("char_start", "char_end", "content_spans")
    applies = present(frame, bounds) & ordered(frame, "char_start", "char_end", strictly=True)
    applies &= (frame["content_spans"] > 0).to_numpy(dtype=bool)
    return same | ~applies


def span_rules(table: str) -> list[Rule]:
    """The rules on the spans of one table of facts."""
    bounds = ("article_version_id", "char_start", "char_end", "exact")
    rules = [
        rule(
            table,
            "start_before_end",
            "char_start < char_end",
            lambda b: ordered(b.frames[table], "char_start", "char_end", strictly=True),
            bounds,
        ),
        rule(
            table,
            "evidence_within_text",
            "char_end is not beyond the article's text",
            within_text(table, "char_start", "char_end"),
            bounds,
        ),
        rule(
            table,
            "evidence_is_text",
            "exact is the text from char_start to char_end",
            _span_is_text(table, "char_start", "char_end", "exact"),
            bounds,
        ),
    ]
    if table != "claims":
        return rules
    for part in ("speaker", "cue"):
        start, end, exact = names = (f"{part}_start", f"{part}_end", f"{part}_exact")
        shows = ("article_version_id", *names)

        def whole(batch: Batch, names: tuple[str, ...] = names) -> Mask:
            frame = batch.frames["claims"]
            return both_or_neither(frame, *names) & ordered(frame, names[0], names[1], strictly=True)

        rules += [
            rule(table, f"{part}_is_whole", f"{start} < {end} with {exact}, or none of them", whole, shows),
            rule(
                table,
                f"{part}_within_text",
                f"{end} is not beyond the article's text",
                within_text(table, start, end),
                shows,
            ),
            rule(
                table,
                f"{part}_is_text",
                f"{exact} is the text from {start} to {end}",
                _span_is_text(table, start, end, exact),
                shows,
            ),
        ]
    rules += [
        rule(
            table,
            "has_content",
            "at least one span of content",
            lambda b: ~(b.frames["claims"]["content_spans"] == 0).to_numpy(dtype=bool),
            ("content",),
        ),
        rule(table, "content_is_text", "each span of content is the text at its place", _content_is_text, ("content",)),
        rule(
            table,
            "content_reaches_over_evidence",
            "char_start and char_end are the ends of the content",
            _content_reaches,
            ("char_start", "char_end", "content"),
        ),
    ]
    return rules
