"""What Dagster keeps of runs: as long as the setting says, and never less than the last twenty."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import dagster as dg
import pytest
import yaml

from ingest.home import SHIPPED_DIR
from orchestration import instance as module
from orchestration.instance import RUN_TAGS, RecordsError, open_instance, remove_old_runs


def test_old_runs_go_and_the_last_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT_RUNS", 2)
    with dg.DagsterInstance.ephemeral() as instance:
        runs = [instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.SUCCESS)) for _ in range(5)]
        assert remove_old_runs(instance, 1) == 0
        # all of them are older than no day at all
        time.sleep(0.01)
        assert remove_old_runs(instance, 0) == 3
        assert {run.run_id for run in instance.get_runs()} == {run.run_id for run in runs[-2:]}


def test_a_run_that_goes_on_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT_RUNS", 1)
    with dg.DagsterInstance.ephemeral() as instance:
        going = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED))
        instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.SUCCESS))
        assert remove_old_runs(instance, 0) == 0
        assert instance.get_run_by_id(going.run_id) is not None


def test_runs_are_shown_under_the_job_of_the_location_that_the_ui_opens() -> None:
    workspace = yaml.safe_load(Path(SHIPPED_DIR, "workspace.yaml").read_text(encoding="utf-8"))
    (location,) = workspace["load_from"]
    assert {".dagster/repository": f"__repository__@{location['python_module']['location_name']}"} == RUN_TAGS


@dg.job
def nothing() -> None:
    pass


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("history/runs.db", b"no records", r"file is not a database.* remove .*/history and .*/schedules"),
        ("history/runs/index.db", b"no records", r"file is not a database.* remove .*/history"),
        ("dagster.yaml", b"telemetry: [", r"dagster\.yaml is no configuration of Dagster"),
        ("dagster.yaml", b"concurrency: 7\n", r"dagster\.yaml is no configuration of Dagster"),
        ("dagster.yaml", b"nonsense: {}\n", r"dagster\.yaml is no configuration of Dagster"),
        ("dagster.yaml", b"\xff\xfe", r"dagster\.yaml is no configuration of Dagster"),
    ],
)
def test_a_home_with_anything_else_in_it_is_named_with_the_way_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, says: str
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with open_instance() as instance:
        instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.SUCCESS))
    path = tmp_path / name
    assert path.exists()
    path.write_bytes(content)
    with pytest.raises(RecordsError, match=says), open_instance() as instance:
        nothing.execute_in_process(instance=instance)
    if path.suffix == ".yaml":
        path.unlink()
    else:
        shutil.rmtree(tmp_path / "history")
    with open_instance() as instance:
        assert instance.get_runs(limit=1) or path.suffix != ".yaml"
