"""Rounds of judged answers: what is kept of a row, who decides, and the figures."""

from __future__ import annotations

import json

import pytest

from evaluation.answers import ROUNDS, figures, kept, page, record

TEXT = "Strike on Orikhiv\n\nNine people were killed, the mayor said."
SPAN = {
    "version_id": "v1",
    "start": 19,
    "end": 42,
    "says": "the mayor",
    "article": {"publisher": "Courier", "published_date": "2026-03-02", "text": TEXT, "text_sha256": "ab"},
}
ROW = {"id": "r1", "kind": "contradicts", "axis": "count", "rule_id": "counts_exclude", "spans": [SPAN, SPAN]}


def test_a_page_marks_what_is_judged_and_what_is_kept_has_no_text() -> None:
    assert "[[Nine people were killed]]" in page(ROW)
    assert "Nine" not in json.dumps(kept(ROW))
    assert kept(ROW)["spans"][0] == {
        "publisher": "Courier",
        "day": "2026-03-02",
        "sha256": "ab",
        "start": 19,
        "end": 42,
    }


def verdict(says: str) -> dict[str, dict[str, str]]:
    return {"r1": {"id": "r1", "verdict": says, "reason": says}}


def test_a_third_decides_where_two_readers_differ() -> None:
    whole = record(1, [kept(ROW)], [verdict("right"), verdict("wrong"), verdict("wrong")], "a note")
    assert whole["rows"][0]["verdict"] == "wrong"
    assert whole["rows"][0]["votes"] == ["right", "wrong"]
    with pytest.raises(SystemExit, match="no third decides"):
        record(1, [kept(ROW)], [verdict("right"), verdict("wrong"), {}], "a note")


def test_figures_by_kind_and_rule() -> None:
    rows = [{**kept(ROW), "verdict": says} for says in ("right", "wrong", "right")]
    assert figures(rows) == {"contradicts": (2, 3), "contradicts.counts_exclude": (2, 3)}


def test_the_rounds_hold_no_text() -> None:
    for file in ROUNDS.glob("*.json"):
        for row in json.loads(file.read_text(encoding="utf-8"))["rows"]:
            assert set(row) == {"id", "kind", "rule_id", "spans", "verdict", "votes", "reasons"}
            assert all(set(span) == {"publisher", "day", "sha256", "start", "end"} for span in row["spans"])
