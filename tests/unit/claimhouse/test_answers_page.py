"""The answers on the page of questions are written by a script, in the columns that the page shows."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.home import PROGRAM_DIR

PAGE = """Before.

```sh
claimhouse ask 2 --place Sumy
```

| place | first words | so |
|---|---|---|
| old | old | old |
| old | old | old |

After.
"""


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("answers", PROGRAM_DIR / "docs" / "answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rows_are_written_anew_in_the_columns_of_the_page(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    row: dict[str, Any] = {"place": None, "first_words": "a | b\nc", "so": True, "more": 1}
    asked = []

    def answered(command: str, warehouse: Path) -> list[dict[str, Any]]:
        asked.append(command)
        return [row, {**row, "place": ["x", "y"], "so": "2026-01-02 03:04:05.678"}, row]

    monkeypatch.setattr(script, "answered", answered)
    page = script.rewritten(PAGE, Path("claimhouse.duckdb"))
    assert asked == ["ask 2 --place Sumy"]
    assert page == PAGE.replace("| old | old | old |\n", "| – | a \\| b c | True |\n", 1).replace(
        "| old | old | old |\n", "| x → y | a \\| b c | 2026-01-02 03:04 |\n"
    )


def test_a_question_without_rows_is_no_example(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "answered", lambda command, warehouse: [])
    with pytest.raises(ValueError, match="ask 2 --place Sumy has no rows"):
        script.rewritten(PAGE, Path("claimhouse.duckdb"))


def test_the_page_has_an_answer_to_every_question(script: ModuleType) -> None:
    text = script.PAGE.read_text(encoding="utf-8")
    assert len(script._ANSWER.findall(text)) == text.count("\n## ")
