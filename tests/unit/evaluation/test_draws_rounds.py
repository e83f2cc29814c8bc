"""The articles of kept rounds, on an invented one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.draws import rounds
from evaluation.draws.draw import Drawn, pages

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


def test_pages_come_from_their_folder_with_their_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "00.txt").write_text(ARTICLE.text + "\n", encoding="utf-8")
    about = {"doc_id": "a", "publisher": "The Courier", "dct": ARTICLE.dct}
    (tmp_path / "00.json").write_text(json.dumps(about), encoding="utf-8")
    (found,) = pages(tmp_path)
    assert found == Drawn("a", "page", "The Courier", ARTICLE.dct, ARTICLE.text)
    row = {"doc_id": "a", "sha256": ARTICLE.sha256, "dct": ARTICLE.dct, "gold": GOLD}
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "34.json").write_text(json.dumps({"articles": [row]}), encoding="utf-8")
    monkeypatch.setattr(rounds, "PAGES", kept)
    assert list(rounds.labelled_articles(34, [found])) == [(found, GOLD)]
    with pytest.raises(rounds.ChangedTextError, match="a: the text is not the one"):
        list(rounds.labelled_articles(34, []))


def test_rounds_of_the_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (12, 2):
        (tmp_path / f"{number}.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(rounds, "ROUNDS", tmp_path)
    assert rounds.reserved_rounds() == [2, 12]
