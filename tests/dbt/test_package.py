"""The dbt project as a package of another one, over the published file, as docs/bi.md has it."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt_runs import PROJECT

from orchestration.documentation import contract_tables

PAGE = (PROJECT.parent / "docs" / "bi.md").read_text(encoding="utf-8")
# what the page tells to put into each file
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S)]
QUERIES = [query for query in re.findall(r"`((?:select|from)\b[^`]+)`", PAGE) if "{{" not in query]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables of the published one and a claim in it."""
    path = tmp_path_factory.mktemp("published") / "claimhouse.duckdb"
    with duckdb.connect(path) as connection:
        for statement in contract_tables():
            connection.execute(statement)
        connection.execute("insert into fct_claims by name select 'c1' as claim_id, 'negative' as polarity")
        connection.execute("create table ops_warehouse (key varchar, value varchar)")
    return path


def test_the_tables_of_the_contracts_are_those_of_the_models(published: Path) -> None:
    models = {path.stem for folder in ("models/marts", "seeds") for path in (PROJECT / folder).glob("*.yml")}
    with duckdb.connect(published, read_only=True) as connection:
        made = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        [kind] = connection.execute(
            "select data_type from duckdb_columns() where table_name = 'fct_claims' and column_name = 'confidence'"
        ).fetchall()
    assert models == made - {"ops_warehouse"}
    assert kind == ("DOUBLE",)


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_of_the_page_runs(published: Path, query: str) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        connection.execute(query)


def test_another_project_reads_the_published_tables(published: Path, tmp_path: Path) -> None:
    [project] = [block for block in BLOCKS if "sources" in block]
    [profiles] = [block for block in BLOCKS if "my_project" in block]
    output = profiles["my_project"]["outputs"]["dev"]
    output["path"] = str(tmp_path / "my_project.duckdb")
    output["attach"][0]["path"] = str(published)
    files = {
        "packages.yml": {"packages": [{"local": str(PROJECT)}]},
        "profiles.yml": profiles,
        "dbt_project.yml": {"name": "my_project", "profile": "my_project", "version": "1.0.0", **project},
    }
    for name, content in files.items():
        (tmp_path / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    (tmp_path / "models").mkdir()
    model = "select count(*) as denials from {{ source('claimhouse', 'fct_claims') }} where polarity = 'negative'"
    (tmp_path / "models" / "denials.sql").write_text(model, encoding="utf-8")
    common = ["--quiet", "--project-dir", str(tmp_path), "--profiles-dir", str(tmp_path)]
    common += ["--log-path", str(tmp_path / "logs")]
    before = published.read_bytes()
    try:
        for command in ("deps", "build"):
            done = dbtRunner().invoke([command, *common])
            assert done.success, done.exception
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert [str(result.node.name) for result in done.result] == ["denials"]
    assert published.read_bytes() == before
    with duckdb.connect(config={}) as connection:
        connection.execute(f"attach '{published}' as claimhouse (read_only)")
        connection.execute(f"attach '{output['path']}' as mine (read_only)")
        assert connection.execute("select denials from mine.denials").fetchone() == (1,)
