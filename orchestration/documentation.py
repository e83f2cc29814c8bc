"""dbt's documentation of every table, as one page.

Belongs here: the call of dbt that writes it, and the empty tables from which dbt learns the types. Does not belong
here: the texts (``dbt_project``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import yaml

from claimhouse.publishing import DBT_DIR, Publisher
from orchestration.dbt import DBT_EXECUTABLE


class DocumentationError(Exception):
    """dbt cannot write its documentation; the message is dbt's."""


def write_documentation(publisher: Publisher, page: Path) -> None:
    """Write the page with every table, its columns, their types and meanings, and the graph.

    dbt takes types from a database. It is given one whose tables are made from the contracts and are empty, so
    that there need be no warehouse, and none is opened.

    Raises:
        DocumentationError: dbt failed.
        OSError: the page cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="claimhouse-docs-") as folder:
        work = Path(folder)
        database = work / publisher.candidate_path.name
        with duckdb.connect(str(database)) as connection:
            for statement in contract_tables():
                connection.execute(statement)
        environment = {
            **os.environ,
            **publisher.dbt_environment,
            "CLAIMHOUSE_DUCKDB_PATH": str(database),
            "DBT_PROFILES_DIR": str(DBT_DIR),
            "DBT_TARGET_PATH": str(work / "target"),
            "DBT_LOG_PATH": str(work / "logs"),
        }
        command = [str(DBT_EXECUTABLE), "--quiet", "docs", "generate", "--static", "--project-dir", str(DBT_DIR)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
        made = work / "target" / "static_index.html"
        if done.returncode or not made.exists():
            raise DocumentationError(f"dbt cannot write its documentation:\n{done.stdout}{done.stderr}")
        page.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, page)


def contract_tables() -> Iterator[str]:
    """A CREATE TABLE for each mart and seed, with the types of its contract."""
    for path in sorted(DBT_DIR.glob("models/marts/*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            columns = ", ".join(f'"{column["name"]}" {column["data_type"]}' for column in model["columns"])
            yield f'create table "{model["name"]}" ({columns})'
    for path in sorted(DBT_DIR.glob("seeds/*.yml")):
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in seed["config"]["column_types"].items())
            yield f'create table "{seed["name"]}" ({columns})'
