"""The SQL of a scope stands alone and takes any name."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from claimhouse.briefing.queries import queries
from claimhouse.briefing.scope import Scope, literal

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize("value", ["plain", "Bani' Zayd", "'; drop table x; --", "\\", "قرية", date(2026, 2, 1)])
def test_a_literal_is_the_value(value: str | date) -> None:
    assert duckdb.sql(f"select {literal(value)}").fetchone() == (value,)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(*FEBRUARY),
        Scope(*FEBRUARY, topic="control", side="UA"),
        Scope(*FEBRUARY, place="Bani' Zayd", place_ids=("geonames-1", "named-'x")),
    ],
)
def test_statements_parse_and_stand_alone(scope: Scope) -> None:
    for name, sql in queries(scope).items():
        if name != "changes":  # of loads, not of the claims in scope
            assert sql.startswith("with selected as ("), name
            assert sql.count("with selected") == 1
        assert "$" not in sql
        # the parser takes it; what the tables hold is for the tests of the models
        assert len(duckdb.extract_statements(sql)) == 1
