"""Statements that would never end, or take all memory there is, or answer without an end."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from claimhouse.bounded import LimitError, Limits, StatementError, ask_bounded, plain
from claimhouse.warehouse import NotAllowedError, NoWarehouseError

_SHORT = Limits(seconds=1.5, memory=200_000_000)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bounded") / "some.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table numbers as select range as n from range(1000)")
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "select repeat('x', 4000000000)",
        "select lpad('x', 2000000000, 'y')",
        "select levenshtein(repeat('a', 1000000), repeat('b', 1000000))",
        "with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r",
        "select sum(len(generate_series(1, 1000000000)))",
        "select list_transform(range(100000000), lambda x: repeat('x', 1000))",
        "select regexp_extract_all(repeat('ab', 100000000), '.')",
        "select repeat('a', 100000) glob repeat('*a', 5000) || 'b'",
        # planned before it is run: 2**24 branches
        "with a0 as not materialized (select 1 as x), "
        + ", ".join(f"a{i} as not materialized (from a{i - 1} union all from a{i - 1})" for i in range(1, 25))
        + " select count(*) from a24",
    ],
)
def test_no_statement_holds_the_caller_longer_than_it_may(path: Path, statement: str) -> None:
    begun = time.monotonic()
    with pytest.raises(LimitError, match=r"took longer|more memory"):
        ask_bounded(path, statement, _SHORT)
    assert time.monotonic() - begun < 8  # the rest is a busy machine's


def test_comments_without_end_hold_nobody(path: Path) -> None:
    begun = time.monotonic()
    with suppress(LimitError):  # a fast machine reads them in time
        assert ask_bounded(path, "/**/" * 4_900 + "select 1 as x", _SHORT).rows == [[1]]
    assert time.monotonic() - begun < 8


def test_an_answer_is_cut_by_rows_characters_and_values(path: Path) -> None:
    rows = ask_bounded(path, "from range(1000000000000)", Limits(rows=3))
    assert (rows.rows, rows.has_more) == ([[0], [1], [2]], True)
    wide = ask_bounded(path, "select repeat('x', 900) as x from numbers", Limits(characters=10_000))
    assert (len(wide.rows), wide.has_more) == (11, True)
    [[text, numbers]] = ask_bounded(path, "select repeat('x', 9000), range(9000)", Limits()).rows
    assert (len(text), len(numbers)) == (2_001, 200)


def test_columns_of_one_name_are_told_apart(path: Path) -> None:
    assert ask_bounded(path, "select 1 as a, 2 as a", Limits()).columns == ["a", "a_2"]


def test_what_is_wrong_is_told_by_its_kind(path: Path) -> None:
    with pytest.raises(NotAllowedError, match="DROP"):
        ask_bounded(path, "drop table numbers", Limits())
    with pytest.raises(StatementError, match="no_such"):
        ask_bounded(path, "from no_such", Limits())
    with pytest.raises(NoWarehouseError, match="no warehouse"):
        ask_bounded(path.with_name("none.duckdb"), "select 1", Limits())


def test_values_become_what_every_reader_of_json_holds(path: Path) -> None:
    asked = "select 2::hugeint ** 0, 9007199254740993, 'nan'::double, 1.5::decimal(3, 1), date '2025-11-27', {'a': 1}"
    [row] = ask_bounded(path, asked, Limits()).rows
    assert row == [1.0, "9007199254740993", "nan", 1.5, "2025-11-27", {"a": 1}]
    assert plain(True) is True
    assert plain(None) is None


def test_nothing_is_left_beside_the_file(path: Path) -> None:
    assert [found.name for found in path.parent.iterdir()] == [path.name]
