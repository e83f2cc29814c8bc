"""The cookbook says what the questions are, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cookbook
import duckdb
import pytest

from claimhouse.questions import question, questions

SECTIONS = cookbook.sections(cookbook.PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    candidate = cookbook.build(tmp_path_factory.mktemp("cookbook"), dbt_work)
    with duckdb.connect(candidate, read_only=True) as connection:
        yield connection


def test_every_question_has_its_section() -> None:
    assert [(s.name, s.title) for s in SECTIONS] == [(q.name, q.title) for q in questions()]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.name)
def test_section_names_file_and_parameters(section: cookbook.Section) -> None:
    asked = question(section.name)
    assert section.file == section.link == asked.path.name
    assert section.parameters == cookbook.parameters(asked)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.name)
def test_section_shows_an_answer(section: cookbook.Section, warehouse: duckdb.DuckDBPyConnection) -> None:
    # what is extracted changes in a row; that the question as the page asks it is answered does not
    assert len(cookbook.answer(section, warehouse).splitlines()) >= 3
