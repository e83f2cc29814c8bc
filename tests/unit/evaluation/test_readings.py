"""Rows that readers judge beside the labels: what is kept, who decides, and how a reading counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_across import READ, TOLLS, story

from evaluation import across
from evaluation.across import accounts, judged, readings, resolved
from evaluation.readings import _row, decided, kept

RIGHT, WRONG = ({"r1": {"id": "r1", "verdict": says, "reason": says}} for says in ("right", "wrong"))


def test_a_third_decides_where_two_readers_differ() -> None:
    assert decided("r1", [RIGHT, RIGHT, {}])["verdict"] == "right"
    assert decided("r1", [RIGHT, WRONG, WRONG])["verdict"] == "wrong"
    with pytest.raises(KeyError):
        decided("r1", [RIGHT, WRONG, {}])


@pytest.mark.parametrize(("said", "counts"), [(RIGHT, "defended"), (WRONG, "refuted")])
def test_what_is_kept_of_a_row_holds_no_text_and_judges_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, dict[str, str]], counts: str
) -> None:
    found = resolved(accounts(READ))
    (one,) = judged([story()], found, 0.5)
    relation, says = one.rows[0]
    assert says == "unjudged"
    row = kept(_row(one.story, relation, READ), said["r1"])
    assert "killed" not in json.dumps(row)
    (tmp_path / "own.json").write_text(json.dumps([row]), encoding="utf-8")
    monkeypatch.setattr(across, "READINGS", tmp_path)
    (again,) = judged([story()], found, 0.5, readings("own"))
    assert counts in [now for r, now in again.rows if r is relation]


def test_a_label_goes_before_a_reading() -> None:
    found = resolved(accounts(READ))
    (one,) = judged([story(TOLLS)], found, 0.5, [(TOLLS, False)])
    assert "right" in [says for _, says in one.rows]
    assert "refuted" not in [says for _, says in one.rows]
