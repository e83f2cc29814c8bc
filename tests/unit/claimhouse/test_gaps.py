"""What a refresh and ``status`` say of articles without a date or a publisher."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from claimhouse.cli.commands import app
from claimhouse.reporting import _SUMS, Gaps, report_run
from ingest import settings as settings_module
from ingest.intake import Intake
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources.config import FolderConfig

BODY = "Two warehouses near the station burned out on Friday, the mayor of the town said.\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path))
    settings_module.settings.cache_clear()
    yield tmp_path
    settings_module.settings.cache_clear()


def test_a_refresh_says_how_many_articles_lack_a_date_or_a_publisher(data: Path) -> None:
    settings = Settings(data_dir=data)
    settings.inbox_dir.mkdir(parents=True)
    (settings.inbox_dir / "a.txt").write_text(f"date 2025-11-27 Warehouses burn\n\n{BODY}")
    (settings.inbox_dir / "b.txt").write_text(f"Bridges fall\n\n{BODY}")
    landing = Landing(settings.landing_dir)
    load = Intake(landing, settings).run([FolderConfig(name="inbox", kind="folder")]).load
    assert load is not None
    load.commit(dict.fromkeys(_SUMS, 2))
    titles = {t.title: t.result.rows for t in report_run(settings, "none", set())}
    assert titles["1 article has no date, 2 no publisher; `claimhouse status` lists them"] == [
        (1, "date"),
        (2, "publisher"),
    ]
    assert not any("no date" in t.title for t in report_run(settings, "none", {load.load_id}))


def test_status_lists_them(data: Path) -> None:
    with duckdb.connect(str(data / "claimhouse.duckdb")) as connection:
        connection.execute(
            "create table dim_articles as select * from (values"
            " ('Bridges fall', 'inbox', 'b.txt', null, 'Northern Post'),"
            " (null, 'inbox', 'c.txt', null, null), ('Warehouses burn', 'inbox', 'a.txt', date '2025-11-27', 'X'))"
            " t(title, source, uri, published_date, publisher)"
        )
        for table, columns in (
            (
                "ops_loads",
                "load_id, kind, state, sequence, recorded_at, documents_read, articles_loaded, duplicates, rejected",
            ),
            ("ops_check_results", "stage, severity, is_passed, checked_at, run_id"),
        ):
            connection.execute(
                f"create table {table} as select {', '.join(f'null as {c}' for c in columns.split(', '))}"
            )
    shown = CliRunner().invoke(app, ["status"], env={"COLUMNS": "200"}).output
    assert "2 articles have no date, 1 no publisher" in shown
    assert "b.txt" in shown
    assert "date, publisher" in shown
    assert "a.txt" not in shown


def test_nothing_is_said_of_nothing() -> None:
    assert not Gaps()
    assert str(Gaps(1, 0) + Gaps(1, 3)) == "2 articles have no date, 3 no publisher"
