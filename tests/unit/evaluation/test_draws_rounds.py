"""The articles of kept rounds, on an invented one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.draws import rounds
from evaluation.draws.draw import Drawn

ARTICLE = Drawn("a", "wire", None, "2026-03-05", "Bridge closed\n\nThe bridge at Orikhiv is closed.")
GOLD = {"claims": {"items": []}}


def _keep(folder: Path, monkeypatch: pytest.MonkeyPatch, sha256: str) -> None:
    row = {"doc_id": "a", "sha256": sha256, "dct": ARTICLE.dct, "gold": GOLD}
    (folder / "7.json").write_text(json.dumps({"articles": [row]}), encoding="utf-8")
    monkeypatch.setattr(rounds, "ROUNDS", folder)
    monkeypatch.setattr(rounds, "_reserve", lambda: {"a": ARTICLE})


def test_an_article_comes_with_its_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(tmp_path, monkeypatch, ARTICLE.sha256)
    assert list(rounds.labelled_articles(7)) == [(ARTICLE, GOLD)]


def test_a_text_that_is_not_the_one_that_was_labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(tmp_path, monkeypatch, "0" * 64)
    with pytest.raises(rounds.ChangedTextError, match="a: the text is not the one"):
        list(rounds.labelled_articles(7))
