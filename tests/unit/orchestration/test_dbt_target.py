"""What dbt has compiled is a cache: damaged, it is made anew. A build runs in the process of the refresh."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import get_event_manager
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Formatting, Note

from claimhouse.published import digest_of
from orchestration import dbt
from orchestration.dbt import compiled_project, is_whole, run_dbt
from orchestration.dbt_savings import without_details


@pytest.fixture
def target(tmp_path: Path) -> tuple[Path, ...]:
    stamp, manifest, parsed = (tmp_path / name for name in ("refresh.digest", "manifest.json", "parsed.pickle"))
    manifest.write_text('{"nodes": {}}', encoding="utf-8")
    parsed.write_bytes(b"\x80")
    stamp.write_text(f"models {digest_of(manifest)} {digest_of(parsed)}", encoding="utf-8")
    return stamp, manifest, parsed


def is_used(target: tuple[Path, ...], digest: str) -> bool:
    return is_whole(target[0], target[1:], digest)


def test_what_dbt_wrote_is_used_again(target: tuple[Path, ...]) -> None:
    assert is_used(target, "models")
    assert not is_used(target, "other models")


@pytest.mark.parametrize("damage", [b"", b'{"nodes": {', b"\xff\x00", b'{"nodes": {"x": 1}}'])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_damaged_it_is_not(target: tuple[Path, ...], which: int, damage: bytes) -> None:
    target[which].write_bytes(damage)
    assert not is_used(target, "models")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_missing_it_is_not(target: tuple[Path, ...], which: int) -> None:
    target[which].unlink()
    assert not is_used(target, "models")


def test_a_damaged_target_is_compiled_anew_and_what_older_runs_left_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compiled = []

    def compile_(target: Path) -> SimpleNamespace:
        compiled.append(target)
        (target / "manifest.json").write_text('{"nodes": {}}', encoding="utf-8")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(dbt, "home", lambda: SimpleNamespace(dbt_target_dir=tmp_path))
    monkeypatch.setattr(dbt, "_compile", compile_)
    monkeypatch.setattr(dbt, "_keep_parsed", lambda project: project.parsed_path.write_bytes(b"parsed"))
    (tmp_path / "build_candidate-5f2a").mkdir()
    (tmp_path / "build_candidate-5f2a" / "run_results.json").touch()
    (tmp_path / "graph.gpickle").touch()
    manifest = compiled_project().project.manifest_path
    compiled_project()
    assert len(compiled) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.gpickle", "refresh"]
    for number, damage in enumerate([b"", b'{"nodes": {"x"', None], start=2):
        manifest.unlink()
        if damage is not None:
            manifest.write_bytes(damage)
        assert compiled_project().manifest == {"nodes": {}}
        assert len(compiled) == number


def build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ended: SimpleNamespace) -> tuple[Any, dict[str, Any]]:
    """What ``run_dbt`` makes of a call of dbt that ends so, and what the call found about it."""
    seen: dict[str, Any] = {}

    class Runner:
        def __init__(self, manifest: Any) -> None:
            seen["manifest"] = manifest

        def invoke(self, arguments: list[str]) -> SimpleNamespace:
            seen.update(file=os.environ.get("CLAIMHOUSE_DUCKDB_PATH"), collects=gc.isenabled(), pid=os.getpid())
            return ended

    monkeypatch.setattr("dbt.cli.main.dbtRunner", Runner)
    publisher: Any = SimpleNamespace(
        dbt_dir=tmp_path / "dbt", dbt_vars={}, dbt_environment={"CLAIMHOUSE_DUCKDB_PATH": "c"}
    )
    compiled: Any = SimpleNamespace(parsed=lambda: "parsed", templates_path=tmp_path / "templates")
    return run_dbt(publisher, compiled), seen


def test_dbt_builds_in_this_process_and_leaves_it_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CLAIMHOUSE_DUCKDB_PATH", raising=False)
    ran = SimpleNamespace(node=SimpleNamespace(unique_id="model.x"), status="success", message="OK")
    done, seen = build(
        monkeypatch, tmp_path, SimpleNamespace(exception=None, success=True, result=SimpleNamespace(results=[ran]))
    )
    assert done.results == {"results": [{"unique_id": "model.x", "status": "success", "message": "OK"}]}
    assert (seen["manifest"], seen["file"], seen["collects"], seen["pid"]) == ("parsed", "c", False, os.getpid())
    assert "CLAIMHOUSE_DUCKDB_PATH" not in os.environ
    assert gc.isenabled()


def test_what_dbt_cannot_do_is_told_and_who_stops_it_is_heard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done, _ = build(
        monkeypatch, tmp_path, SimpleNamespace(exception=ValueError("no\nsuch file"), success=False, result=None)
    )
    assert (done.results, done.is_successful, done.last_line) == (None, False, "no such file")
    with pytest.raises(KeyboardInterrupt):
        build(monkeypatch, tmp_path, SimpleNamespace(exception=KeyboardInterrupt(), success=False, result=None))


def test_events_of_a_debug_log_are_not_put_together_and_others_are_told() -> None:
    told = list[str]()
    with without_details():
        get_event_manager().add_callback(lambda message: told.append(message.info.name))
        fire_event(Formatting("a detail"), level=EventLevel.DEBUG)
        fire_event(Note(msg="look at this"), level=EventLevel.WARN)
    inside = get_event_manager()
    assert told == ["Note"]
    assert type(inside) is EventManager


def test_each_run_takes_what_dbt_has_parsed_for_itself() -> None:
    compiled = compiled_project()
    one, other = compiled.parsed(), compiled.parsed()
    assert one is not other
    own = Manifest.from_msgpack(compiled.project.manifest_path.with_name("partial_parse.msgpack").read_bytes())
    assert one.to_dict() == own.to_dict() | {"flat_graph": one.flat_graph}
    assert set(one.nodes) == set(compiled.manifest["nodes"])
    assert one.flat_graph["nodes"].keys() == one.nodes.keys()
