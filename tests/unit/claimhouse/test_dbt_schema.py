"""Writing the dbt files that follow from the records: what is kept, what is added, what is refused."""

from __future__ import annotations

import dataclasses

import pyarrow as pa
import pytest
import yaml

from claimhouse import dbt_schema
from claimhouse.dbt_schema import SchemaError, duckdb_type, generated, with_landed_columns
from ingest.tables import FIGURES, TABLES, Column, Table

TABLE = Table(
    "figures",
    "figure_id",
    "One figure.\n\n    More of it.",
    (
        Column("figure_id", pa.string(), False, "Identity of it."),
        Column("low", pa.float64(), True, "Lowest: inclusive."),
        Column("recorded_at", pa.timestamp("us", tz="UTC"), False, "When it was recorded."),
    ),
)
MART = """version: 2

models:
  - name: fct_figures
    description: What people wrote.
    columns:
      - name: figure_id
        data_type: BIGINT
        description: An older text.
        data_tests:
          - unique_over_loads
      - name: publisher
        data_type: VARCHAR
        description: Not landed with it.
        constraints:
          - type: not_null
      - name: recorded_at
        data_type: TIMESTAMP
        description: When it was recorded.

unit_tests:
  - name: left_as_it_is
"""


def test_landed_columns_follow_the_table_and_all_else_is_kept() -> None:
    assert (
        with_landed_columns(MART, TABLE, "fct_figures.yml")
        == """version: 2

models:
  - name: fct_figures
    description: What people wrote.
    columns:
      - name: figure_id
        data_type: VARCHAR
        description: Identity of it.
        constraints:
          - type: not_null
        data_tests:
          - unique_over_loads
      - name: low
        data_type: DOUBLE
        description: 'Lowest: inclusive.'
      - name: publisher
        data_type: VARCHAR
        description: Not landed with it.
        constraints:
          - type: not_null
      - name: recorded_at
        data_type: TIMESTAMP
        description: When it was recorded.
        constraints:
          - type: not_null

unit_tests:
  - name: left_as_it_is
"""
    )


def test_writing_twice_changes_nothing() -> None:
    once = with_landed_columns(MART, TABLE, "fct_figures.yml")
    assert with_landed_columns(once, TABLE, "fct_figures.yml") == once


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    columns:\n", "", "0 lists of columns"),
        ("      - name: publisher\n", "      -   name: publisher\n", "no line of a column"),
    ],
)
def test_a_file_that_is_laid_out_otherwise_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(SchemaError, match=f"fct_figures.yml: .*{message}"):
        with_landed_columns(MART.replace(old, new), TABLE, "fct_figures.yml")


def test_every_type_that_is_landed_has_a_name() -> None:
    names = {duckdb_type(c.type) for table in TABLES.values() for c in table.columns}
    assert {"VARCHAR", "DOUBLE", "VARCHAR[]", "TIMESTAMP WITH TIME ZONE"} <= names


def test_a_new_column_changes_three_generated_files(monkeypatch: pytest.MonkeyPatch) -> None:
    before = generated()
    more = Column("certainty", pa.int64(), True, "How certain: 0 to 9.", before=5)
    table = dataclasses.replace(FIGURES, columns=(*FIGURES.columns[:5], more, *FIGURES.columns[5:]))
    monkeypatch.setitem(dbt_schema.LANDED, "figures", table)
    changed = {path.name: text for path, text in generated().items() if text != before[path]}
    assert sorted(changed) == ["_landing.yml", "_sources.yml", "fct_figures.yml"]
    [mart] = yaml.safe_load(changed["fct_figures.yml"])["models"]
    assert {"name": "certainty", "data_type": "BIGINT", "description": more.doc} in mart["columns"]
    sources = yaml.safe_load(changed["_landing.yml"])["sources"][0]["tables"]
    [figures] = [t for t in sources if t["name"] == "figures"]
    [column] = [c for c in figures["columns"] if c["name"] == "certainty"]
    assert column["config"] == {"meta": {"before": 5}}
