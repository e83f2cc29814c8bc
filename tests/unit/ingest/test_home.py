"""Which folder the program works in: a desk, the checkout, or any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import home as module
from ingest.extract.parser import build as building
from ingest.home import MARKER, PROGRAM_DIR, Kind, home
from ingest.settings import Settings


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CLAIMHOUSE_DESK", raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / MARKER).touch()
    return folder


@pytest.fixture
def installed(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as a wheel brings it."""
    for name in ("module", "building"):
        monkeypatch.setattr(globals()[name], "IS_CHECKOUT", False)


def test_a_desk_is_found_from_any_folder_below_it(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = desk / "data" / "inbox"
    below.mkdir(parents=True)
    for folder in (desk, below):
        monkeypatch.chdir(folder)
        assert (home().path, home().kind) == (desk, Kind.DESK)


def test_a_named_desk_wins(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("CLAIMHOUSE_DESK", str(tmp_path / "other"))
    assert home().path == tmp_path / "other"


def test_a_checkout_is_worked_in_from_outside_too(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.parent)
    assert (home().path, home().kind) == (PROGRAM_DIR, Kind.CHECKOUT)
    assert home().dbt_target_dir == PROGRAM_DIR / "dbt_project" / "target"
    assert Settings().sources_file == PROGRAM_DIR / "sources.yml"


def test_an_installed_program_keeps_what_it_makes_in_the_desk(
    installed: None, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    settings = Settings()
    made = [settings.data_dir, settings.gazetteer_dir, home().dbt_target_dir, home().dagster_dir]
    assert [path for path in made if not path.is_relative_to(desk)] == []


def test_outside_a_desk_it_keeps_it_in_the_cache(
    installed: None, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(building, "BUILT", tmp_path / "package")
    assert home().kind is Kind.ELSEWHERE
    assert Settings().gazetteer_dir == tmp_path / "cache" / "claimhouse" / "gazetteer"
    assert Settings(gazetteer=Path("own")).gazetteer_dir == tmp_path / "own"
    assert building.library_path().parent == tmp_path / "cache" / "claimhouse" / "parser"


def test_a_library_that_the_wheel_brought_is_used(
    installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "BUILT", tmp_path)
    brought = tmp_path / building.library_path().name
    brought.touch()
    assert building.library_path() == brought


def test_each_desk_has_its_own_settings(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / ".env").write_text("CLAIMHOUSE_WORKERS=3\nCLAIMHOUSE_INBOX=incoming\n", encoding="utf-8")
    monkeypatch.chdir(desk)
    assert (Settings().workers, Settings().inbox_dir) == (3, desk / "incoming")
    monkeypatch.setenv("CLAIMHOUSE_WORKERS", "5")
    assert Settings().workers == 5
    monkeypatch.chdir(desk.parent)
    assert Settings().inbox_dir != desk / "incoming"
