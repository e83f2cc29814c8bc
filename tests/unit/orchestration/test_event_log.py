"""The event log holds what Dagster's own would hold, and opens its files once instead of once for each event."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage

from orchestration import instance as module
from orchestration.event_log import EventLog
from orchestration.instance import dagster_home

NAMES = [f"table_{n}" for n in range(12)]


@dg.multi_asset(
    specs=[dg.AssetSpec(name) for name in NAMES],
    check_specs=[dg.AssetCheckSpec("sound", asset=name) for name in NAMES],
)
def made() -> Iterator[dg.MaterializeResult[None]]:
    for name in NAMES:
        yield dg.MaterializeResult(
            asset_key=name,
            metadata={"rows": 3},
            check_results=[dg.AssetCheckResult(passed=True, check_name="sound", asset_key=name)],
        )


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    dagster_home()
    with dg.DagsterInstance.get() as instance:
        yield instance


def test_a_home_has_this_log_where_dagster_would_have_its_own(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    assert isinstance(instance.event_log_storage, EventLog)
    assert instance.event_log_storage.path_for_shard("index") == str(tmp_path / "history" / "runs" / "index.db")


def test_a_run_opens_each_file_once_and_is_read_by_dagsters_own_log(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dg.materialize([made], instance=instance)  # what is looked at once in a home's life
    opened = []
    real = sqlite3.dbapi2.connect

    def connect(path: str, **options: object) -> sqlite3.Connection:
        opened.append(Path(path).stem)
        return real(path, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)
    run_id = dg.materialize([made], instance=instance).run_id
    monkeypatch.undo()
    assert opened.count("index") <= 1
    # a new file is opened a second time while its tables are made
    assert opened.count(run_id) <= 2
    stock = SqliteEventLogStorage(str(tmp_path / "history" / "runs"))
    told = stock.get_logs_for_run(run_id)
    assert sum(entry.dagster_event_type is dg.DagsterEventType.ASSET_MATERIALIZATION for entry in told) == len(NAMES)
    assert {key.to_user_string() for key in stock.all_asset_keys()} == set(NAMES)


def test_many_runs_leave_few_files_open_and_stay_readable(instance: dg.DagsterInstance) -> None:
    runs = [instance.add_run(dg.DagsterRun("refresh")).run_id for _ in range(20)]
    for run_id in runs:
        instance.report_engine_event("looked at", run_id=run_id, job_name="refresh")
    log = instance.event_log_storage
    assert isinstance(log, EventLog)
    assert len(log._engines) <= 6
    assert all(instance.all_logs(run_id) for run_id in runs)


def test_threads_write_without_losing_anything(instance: dg.DagsterInstance) -> None:
    runs = [instance.add_run(dg.DagsterRun("refresh")).run_id for _ in range(4)]

    def write(run_id: str) -> None:
        for n in range(25):
            instance.report_engine_event(str(n), run_id=run_id, job_name="refresh")

    threads = [threading.Thread(target=write, args=(run_id,)) for run_id in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(instance.all_logs(run_id)) for run_id in runs] == [25] * 4


def test_after_a_wipe_it_starts_anew(instance: dg.DagsterInstance) -> None:
    dg.materialize([made], instance=instance)
    instance.event_log_storage.wipe()
    run_id = dg.materialize([made], instance=instance).run_id
    assert len(instance.all_logs(run_id)) > len(NAMES)
    assert {key.to_user_string() for key in instance.all_asset_keys()} == set(NAMES)


def test_a_home_of_before_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with dg.DagsterInstance.from_config(str(home)) as stock:
        before = dg.materialize([made], instance=stock).run_id
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    (home / "dagster.yaml").write_bytes(module._CONFIG.read_bytes())
    with dg.DagsterInstance.get() as instance:
        assert instance.all_logs(before)
        assert dg.materialize([made], instance=instance).success
        assert instance.get_run_by_id(before) is not None


def test_what_it_loses_when_the_power_goes_is_no_file(instance: dg.DagsterInstance) -> None:
    log = instance.event_log_storage
    assert isinstance(log, EventLog)
    with log.index_connection() as connection:
        assert connection.execute(sqlalchemy.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sqlalchemy.text("PRAGMA synchronous")).scalar() == 1
