"""dbt's data tests, asked of the candidate: one query each, as dbt compiled it.

Belongs here: running the compiled tests, and their results in the same records as the checks on a load. Does not
belong here: the tests (``dbt_project``), compiling them (``orchestration.dbt``), what a failure means
(``claimhouse.building``).

``dbt build`` runs the same tests by itself. It takes a tenth of a second for each, whatever its query takes, and tells
how many rows fail but not which; a refresh asks the same queries in a second, and keeps the rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.quality import CheckResult, blocking
from ingest.quality.results import result_id

if TYPE_CHECKING:
    import duckdb

_SAMPLE_ROWS = 10
_LONGEST_VALUE = 300  # characters


def data_tests(manifest: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The data tests of a compiled manifest by the table that they are attached to, in a fixed order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _, node in sorted(manifest["nodes"].items()):
        if node["resource_type"] == "test":
            found.setdefault(table_of(node, manifest), []).append(node)
    return found


def table_of(test: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """The name of the table that a test is attached to."""
    return str(manifest["nodes"][test["attached_node"]]["name"])


def run_data_tests(
    manifest: Mapping[str, Any], candidate: Path, built: Collection[str], run_id: str, config: Mapping[str, str]
) -> list[CheckResult]:
    """Ask the candidate every data test whose tables are there; one result each.

    Args:
        manifest: dbt's, with its tests compiled.
        candidate: the file that dbt has built; nobody else may have it open.
        built: the unique ids of the nodes that were built. A test that reads another one says nothing.
        run_id: the run that asks.
        config: how DuckDB is to be opened.
    """
    import duckdb

    there = set(built)
    asked = [
        (test, table)
        for table, tests in data_tests(manifest).items()
        for test in tests
        if there.issuperset(test["depends_on"]["nodes"])
    ]
    with duckdb.connect(str(candidate), read_only=True, config=dict(config)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return [_result(test, table, run_id, connection) for test, table in asked]


def broken_rules(results: Iterable[CheckResult]) -> list[str]:
    """A sentence for each rule of severity error that is broken, with a row that breaks it."""
    return [
        f"rule {result.check_name} of {result.table_name} failed: {result.observed}{_first_row(result)}"
        for result in blocking(results)
    ]


def _first_row(result: CheckResult) -> str:
    rows = json.loads(result.sample_json)
    if not rows:
        return ""
    told = ", as " + ", ".join(f"{key} {value}" for key, value in rows[0].items() if value is not None)
    return told if len(told) <= _LONGEST_VALUE else told[:_LONGEST_VALUE] + "…"


def _result(test: Mapping[str, Any], table: str, run_id: str, connection: duckdb.DuckDBPyConnection) -> CheckResult:
    import duckdb

    name, column = test["name"], test.get("column_name")
    sample: list[dict[str, Any]] = []
    failed_rows: int | None = None
    try:
        failing = connection.execute(test["compiled_code"])
        columns = [described[0] for described in failing.description or []]
        sample = [dict(zip(columns, row, strict=True)) for row in failing.fetchmany(_SAMPLE_ROWS)]
        failed_rows = len(sample) + sum(map(len, _batches(failing)))
        observed = f"{failed_rows} rows fail" if failed_rows else "no row fails"
    except duckdb.Error as problem:
        # memory that is not enough for what a load holds counts as the load's failure, as with a model
        observed = f"could not be asked: {' '.join(str(problem).split())[:_LONGEST_VALUE]}"
    return CheckResult(
        check_result_id=result_id(run_id, None, "warehouse", table, name, column),
        run_id=run_id,
        load_id=None,
        stage="warehouse",
        table_name=table,
        check_name=name,
        column_name=column,
        severity="error" if test["config"]["severity"].lower() == "error" else "warning",
        is_passed=failed_rows == 0,
        checked_rows=None,
        failed_rows=failed_rows,
        expected=test.get("description") or name,
        observed=observed,
        sample_json=json.dumps([{key: _shown(value) for key, value in row.items()} for row in sample]),
        checked_at=datetime.now(UTC),
    )


def _batches(answer: duckdb.DuckDBPyConnection) -> Iterator[list[Any]]:
    while batch := answer.fetchmany(10_000):
        yield batch


def _shown(value: Any) -> Any:
    """A value as JSON has it; long texts are cut."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
