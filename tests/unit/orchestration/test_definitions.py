"""The definitions: complete, described, and set to run as the documents say."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import jinja2
import pytest
from dagster import AssetCheckSeverity, DefaultScheduleStatus, DefaultSensorStatus

from claimhouse.data_tests import data_tests
from claimhouse.reporting import Aside
from claimhouse.serve.app import build_app
from ingest.quality import CheckResult, LoadChecker, catalogue
from ingest.resolve.tables import RESOLVED
from ingest.settings import Settings
from ingest.tables import TABLES
from orchestration.assets.warehouse import none_aside
from orchestration.build import build_defs
from orchestration.checks import (
    NAMES,
    SOUND,
    TABLE_CHECK,
    check_specs,
    evaluations,
    source_evaluations,
    table_evaluations,
    table_specs,
)
from orchestration.dbt import compiled_project, dbt_arguments
from orchestration.sensors import inbox_state, sensors
from orchestration.texts import PAGES_OF_TABLES, SHOWN_BY


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    return build_defs(Settings(nightly_cron="30 3 * * *", timezone="Europe/Kyiv"))


@pytest.fixture(scope="module")
def specs(defs: dg.Definitions) -> dict[dg.AssetKey, dg.AssetSpec]:
    return {spec.key: spec for spec in defs.resolve_all_asset_specs()}


LANDED = [*TABLES, *(table.name for table in RESOLVED)]


def test_every_asset_is_described_and_has_group_kind_and_owner(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    bare = {
        key.to_user_string(): what
        for key, spec in specs.items()
        if (what := [w for w in ("description", "group_name", "kinds", "owners") if not getattr(spec, w)])
    }
    assert bare == {}


def test_landed_tables_are_the_sources_of_dbt(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    landed = {dg.AssetKey(["landing", name]) for name in (*LANDED, "loads", "checks")}
    assert landed <= set(specs)
    staged = {dep.asset_key for key, spec in specs.items() if key.path[-1].startswith("stg_") for dep in spec.deps}
    assert staged == landed


def test_landed_tables_show_their_columns(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    for table in (*TABLES.values(), *RESOLVED):
        schema = specs[dg.AssetKey(["landing", table.name])].metadata["dagster/column_schema"]
        assert [(column.name, column.description) for column in schema.columns] == [
            (c.name, c.doc) for c in table.columns
        ]


def test_descriptions_are_plain_text(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    told = {key.to_user_string(): spec.description or "" for key, spec in specs.items()}
    assert {key: text for key, text in told.items() if "`" in text or "#" in text or "\n    " in text} == {}


def test_published_tables_lead_to_their_pages(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    served = {route.path for route in build_app(Settings()).routes}
    assert {address.partition("?")[0] for address in PAGES_OF_TABLES.values()} <= served
    for table, address in PAGES_OF_TABLES.items():
        metadata = specs[dg.AssetKey(table)].metadata
        assert metadata[SHOWN_BY].value.endswith(f":8765{address}")
        assert metadata["dagster/table_name"] == f"claimhouse.main.{table}"


def test_published_file_comes_behind_every_model(specs: dict[dg.AssetKey, dg.AssetSpec]) -> None:
    upstream = {dep.asset_key for dep in specs[dg.AssetKey("claimhouse_duckdb")].deps}
    assert {key for key in specs if key.path[-1].startswith(("fct_", "dim_", "bridge_", "ops_"))} <= upstream


def test_refresh_is_one_process_with_one_dbt_call(defs: dg.Definitions) -> None:
    job = defs.resolve_job_def("refresh")
    assert job.executor_def is dg.in_process_executor
    names = sorted(node.name for node in job.nodes)
    assert names == sorted(
        [
            "read_documents",
            "check_sources",
            "extract_facts",
            "check_load",
            "commit_load",
            "resolve_events",
            "build_candidate",
            "claimhouse_duckdb",
            "briefing",
            "changes",
            "watch",
        ]
    )


def test_materialize_all_in_the_ui_runs_the_steps_of_the_job(defs: dg.Definitions) -> None:
    refresh, everything = defs.resolve_job_def("refresh"), defs.resolve_implicit_global_asset_job_def()
    assert sorted(node.name for node in everything.nodes) == sorted(node.name for node in refresh.nodes)
    assert "check_sources" in {node.name for node in everything.nodes}


def test_schedule_runs_by_itself_at_the_hour_of_the_settings(defs: dg.Definitions) -> None:
    (nightly,) = defs.get_repository_def().schedule_defs
    assert (nightly.name, nightly.cron_schedule, nightly.execution_timezone) == (
        "nightly",
        "30 3 * * *",
        "Europe/Kyiv",
    )
    assert nightly.default_status is DefaultScheduleStatus.RUNNING
    assert nightly.job_name == "refresh"


def test_inbox_sensor_is_off_until_somebody_turns_it_on(defs: dg.Definitions) -> None:
    (sensor,) = defs.get_repository_def().sensor_defs
    assert (sensor.name, sensor.default_status) == ("inbox", DefaultSensorStatus.STOPPED)


def test_sensor_asks_for_one_refresh_for_each_state_of_the_inbox(tmp_path: Path) -> None:
    settings = Settings(inbox=tmp_path / "inbox")
    (sensor,) = sensors(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        nothing = sensor(dg.build_sensor_context(instance))
        assert isinstance(nothing, dg.SkipReason)
        settings.inbox_dir.mkdir()
        (settings.inbox_dir / "a.txt").write_text("A text.", encoding="utf-8")
        first = sensor(dg.build_sensor_context(instance))
        assert len(first.run_requests) == 1
        again = sensor(dg.build_sensor_context(instance, cursor=first.cursor))
        assert isinstance(again, dg.SkipReason)
        (settings.inbox_dir / "b.txt").write_text("Another.", encoding="utf-8")
        other = sensor(dg.build_sensor_context(instance, cursor=first.cursor))
        assert other.run_requests[0].run_key != first.run_requests[0].run_key


def test_the_state_of_an_inbox_is_told_whatever_lies_in_it(tmp_path: Path) -> None:
    before = inbox_state(tmp_path)
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(21):
        os.mkdir("d" * 200, dir_fd=at)
        at, above = os.open("d" * 200, os.O_RDONLY, dir_fd=at), at
        os.close(above)
    os.close(os.open("found.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at))
    os.close(at)
    (tmp_path / "link").symlink_to("link")
    first = inbox_state(tmp_path)
    assert before is None
    assert first is not None
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    assert inbox_state(tmp_path) != first


@pytest.mark.parametrize(
    ("status", "is_tried_again"),
    [
        (dg.DagsterRunStatus.FAILURE, True),
        (dg.DagsterRunStatus.CANCELED, True),
        (dg.DagsterRunStatus.SUCCESS, False),
        (dg.DagsterRunStatus.STARTED, False),
    ],
)
def test_sensor_asks_again_where_the_run_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: dg.DagsterRunStatus, is_tried_again: bool
) -> None:
    settings = Settings(inbox=tmp_path / "inbox")
    (sensor,) = sensors(settings)
    settings.inbox_dir.mkdir()
    (settings.inbox_dir / "a.txt").write_text("A text.", encoding="utf-8")
    with dg.DagsterInstance.ephemeral() as instance:
        first = sensor(dg.build_sensor_context(instance))
        (request,) = first.run_requests
        instance.add_run(dg.DagsterRun("refresh", tags=request.tags, status=status))
        at_once = sensor(dg.build_sensor_context(instance, cursor=first.cursor))
        assert isinstance(at_once, dg.SkipReason)
        assert ("failed; the next one starts" in (at_once.skip_message or "")) == is_tried_again
        now = time.time()
        monkeypatch.setattr("orchestration.sensors.time.time", lambda: now + 60)
        later = sensor(dg.build_sensor_context(instance, cursor=first.cursor))
        assert isinstance(later, dg.SensorResult) == is_tried_again
        if is_tried_again:
            (retried,) = later.run_requests
            assert retried.run_key != request.run_key
            assert retried.tags == request.tags
            assert later.cursor != first.cursor


def test_every_rule_of_the_catalogue_is_in_a_check_on_its_asset() -> None:
    shown = {(spec.asset_key.path[-1], spec.name): spec.description for spec in check_specs()}
    for rule in catalogue():
        assert rule.name in shown[rule.table, NAMES[rule.severity]]
    assert {table for table, _ in shown} == set(TABLES)
    assert [spec.name for spec in check_specs() if spec.blocking] == [SOUND.name]


def test_every_data_test_is_in_the_check_on_its_table(defs: dg.Definitions) -> None:
    manifest = compiled_project().manifest
    shown = {spec.asset_key.path[-1]: spec for spec in table_specs(manifest)}
    keys = {key for node in [defs.get_assets_def("fct_claims")] for key in node.check_keys}
    assert {(key.asset_key.path[-1], key.name) for key in keys} == {(table, TABLE_CHECK) for table in shown}
    tests = data_tests(manifest)
    assert sum(map(len, tests.values())) > 100
    for table, of_table in tests.items():
        told = shown[table].description or ""
        assert told.startswith("1 rule: " if len(of_table) == 1 else f"{len(of_table)} rules: ")
        assert all(test["name"].partition(f"_{table}")[0] in told for test in of_table)
        assert all((test.get("column_name") or "") in told for test in of_table)
        assert f"_{table}_" not in told
        assert all(test["compiled_code"] for test in of_table)


def test_a_table_whose_tests_did_not_all_run_has_not_passed() -> None:
    manifest = compiled_project().manifest
    (check,) = [c for c in table_evaluations(manifest, []) if c.asset_key == dg.AssetKey("fct_claims")]
    assert not check.passed
    assert check.severity is AssetCheckSeverity.ERROR


def test_a_load_that_is_set_aside_is_a_warning_with_the_ways_on() -> None:
    passed, failed = none_aside([]), none_aside([Aside("20260101T000000000Z-aaaa", "rule x failed", "2026-01-02")])
    assert passed.passed
    assert not failed.passed
    assert failed.severity is AssetCheckSeverity.WARN
    told = failed.metadata["20260101T000000000Z-aaaa"].value
    assert "rule x failed" in told
    assert "claimhouse loads retry 20260101T000000000Z-aaaa" in told


def test_a_failed_result_shows_rule_expected_observed_and_rows() -> None:
    results = LoadChecker(load_id="l", run_id="r").finish()
    figures = [r for r in results if r.table_name == "figures" and r.severity == "error"]
    bad = dataclasses.replace(
        figures[0], is_passed=False, failed_rows=2, observed="2 fail", sample_json=json.dumps([{"x": 1}])
    )
    (evaluation,) = evaluations([bad, *figures[1:]])
    assert not evaluation.passed
    assert evaluation.severity is AssetCheckSeverity.ERROR
    assert (evaluation.metadata["rules"].value, evaluation.metadata["rules_failed"].value) == (len(figures), 1)
    assert evaluation.metadata["rows_failed"].value == 2
    assert evaluation.metadata["failing_rows"].value == {bad.label: [{"x": 1}]}
    assert "2 fail" in evaluation.metadata["report"].value
    (passed,) = evaluations(figures)
    assert passed.passed
    assert "failing_rows" not in passed.metadata


def test_a_source_is_one_check_that_tells_all_that_was_found() -> None:
    made = {"run_id": "r", "load_id": None, "stage": "source", "table_name": "sources", "column_name": "wire"}
    made |= {
        "checked_rows": None,
        "failed_rows": None,
        "expected": "x",
        "sample_json": "[]",
        "checked_at": datetime.now(UTC),
    }
    results = [
        CheckResult(check_result_id=name, check_name=name, severity=severity, is_passed=passed, observed=told, **made)
        for name, severity, passed, told in (
            ("answers", "warning", False, "HTTP 503"),
            ("is_not_silent", "error", True, "3 documents today"),
        )
    ]
    (check,) = source_evaluations({"wire": results})
    assert (check.asset_key, check.check_name) == (dg.AssetKey(["sources", "wire"]), "source_is_well")
    assert (check.passed, check.severity) == (False, AssetCheckSeverity.WARN)
    assert check.description == "answers failed: HTTP 503"
    assert {name: value.value for name, value in check.metadata.items()} == {
        "answers": "HTTP 503",
        "is_not_silent": "3 documents today",
    }
    (bad,) = source_evaluations({"wire": [dataclasses.replace(results[1], is_passed=False)]})
    assert bad.severity is AssetCheckSeverity.ERROR
    (well,) = source_evaluations({"wire": results[1:]})
    assert well.passed


def test_dbt_is_told_of_the_loads_and_leaves_tests_to_others(tmp_path: Path) -> None:
    arguments = dbt_arguments({"load_dirs": "/a/loads.json", "checks_dir": "/c"}, tmp_path)
    excluded = [arguments[i + 1] for i, argument in enumerate(arguments) if argument == "--exclude-resource-type"]
    assert excluded == ["test", "unit_test"]
    assert arguments[arguments.index("--target-path") + 1] == str(tmp_path)
    assert json.loads(arguments[arguments.index("--vars") + 1]) == {
        "load_dirs": "/a/loads.json",
        "checks_dir": "/c",
    }
    # dbt reads each as a template
    told = json.loads(dbt_arguments({"checks_dir": "/{{ 7*7 }}", "least_confidence": 0.7}, tmp_path)[-1])
    assert jinja2.Environment(autoescape=True).from_string(told["checks_dir"]).render() == "/{{ 7*7 }}"
    assert told["least_confidence"] == 0.7
