"""Previews and pages beside the work of a refresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from ingest import settings as settings_module
from ingest.files import write_json
from ingest.landing import INGEST, Landing
from ingest.loads import Loads
from ingest.settings import Settings
from ingest.tables import TABLES
from orchestration.assets.landing import landing_assets
from orchestration.assets.pages import page_assets
from orchestration.previews import COLUMNS, markdown, preview
from orchestration.resources import House


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path / "data"))
    settings_module.settings.cache_clear()
    yield settings_module.settings()
    settings_module.settings.cache_clear()


def test_preview_columns_are_columns_of_the_tables() -> None:
    for name, columns in COLUMNS.items():
        assert set(columns) <= {c.name for c in TABLES[name].columns}, name


def test_what_articles_say_means_nothing_to_markdown() -> None:
    said = "a|b <img src=x> [l](javascript:x) `c`\n# d"
    row = markdown(("said", "none"), [{"said": said, "none": None}]).splitlines()[2]
    assert row.count("|") == 3
    assert not set("<>[]()`") & set(row)
    assert "&#60;img" in row


def test_preview_shows_the_first_rows_of_open_loads_only(settings: Settings) -> None:
    landing = Landing(settings.landing_dir)
    load = landing.begin("ingest")
    document = {c.name: None for c in TABLES["documents"].columns if c.name not in ("load_id", "recorded_at")}
    given = {
        "source": "inbox",
        "fingerprint": "f",
        "file_uri": "a",
        "document_sha256": "d",
        "archive_sha256": "d",
        "byte_count": 1,
        "fetched_at": load.recorded_at,
        "outcome": "rejected",
        "reason": "binary",
    }
    rows = [{**document, **given, "document_id": str(i), "uri": f"{i}.txt"} for i in range(20)]
    load.write_documents(0, rows, [])
    loads = Loads(settings, "run")
    shown = preview(loads, TABLES["documents"])["first_new_rows"].value
    assert len(shown.splitlines()) == 2 + 8
    assert loads.open_row_counts()["documents"] == loads.row_counts()["documents"] == 20
    load.commit({})
    assert preview(loads, TABLES["documents"]) == {}
    assert loads.open_row_counts()["documents"] == 0


def test_a_page_that_cannot_be_written_fails_no_run_and_says_so(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    result = dg.materialize(
        [*page_assets(), dg.AssetSpec("claimhouse_duckdb")],
        resources={"house": House()},
        instance=dg.DagsterInstance.ephemeral(),
    )
    assert result.success
    assert result.get_asset_materialization_events() == []
    assert not settings.reports_dir.exists()
    for what in ("the briefing", "the list of changes"):
        assert any(f"{what} is not written: no warehouse at" in r.getMessage() for r in caplog.records)


def test_watchlists_that_are_wrong_fail_no_run_and_say_what_is_wrong(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "watch.yml").write_text("watches: [{name: front, kinds: [bang]}]", encoding="utf-8")
    monkeypatch.setenv("CLAIMHOUSE_WATCH_FILE", str(tmp_path / "watch.yml"))
    settings_module.settings.cache_clear()
    result = dg.materialize(
        [*page_assets(), dg.AssetSpec("claimhouse_duckdb")],
        resources={"house": House()},
        instance=dg.DagsterInstance.ephemeral(),
    )
    assert result.success
    assert any("watch 1: kinds: 'bang' is no kind of event" in r.getMessage() for r in caplog.records)


def test_a_load_that_is_kept_out_is_told_with_its_page_and_the_ways_on(settings: Settings) -> None:
    load = Landing(settings.landing_dir).begin(INGEST)
    write_json(load.path / "audit.json", {"blocking_failures": ["claims: evidence is the text: 2 rows fail"]})
    (commit,) = [a for a in landing_assets(settings) if a.op.name == "commit_load"]
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [commit, *(dg.AssetSpec(key) for key in commit.dependency_keys)],
            resources={"house": House()},
            instance=instance,
            raise_on_error=False,
        )
    (failed,) = [e for e in result.all_events if e.event_type == dg.DagsterEventType.STEP_FAILURE]
    told = failed.step_failure_data.user_failure_data
    assert told is not None
    assert "evidence is the text: 2 rows fail" in (told.description or "")
    assert f"claimhouse loads drop {load.load_id}" in (told.description or "")
    assert told.metadata[load.load_id].value == f"http://127.0.0.1:8765/quality/{load.load_id}"
