"""``claimhouse init``: what a desk begins with, and what is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimhouse.cli.commands import app
from claimhouse.desk import DeskError, make_desk
from ingest.authority import authority_rows
from ingest.home import MARKER, STARTER_FILES, home
from ingest.settings import Settings
from ingest.sources import load_sources


@pytest.fixture(autouse=True)
def _at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMHOUSE_DESK", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_desk_has_all_that_a_refresh_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_desk(tmp_path / "my-desk")
    assert {*STARTER_FILES, ".env", ".gitignore", "samples", MARKER} == set(made)
    monkeypatch.chdir("my-desk")
    assert home().path == tmp_path / "my-desk"
    sources = load_sources(Settings().sources_file, Settings())
    assert len(sources) > 5
    assert all(Path(s.path).is_dir() for s in sources if getattr(s, "path", None))
    assert authority_rows(Settings().actors_file) == []


def test_settings_of_the_starter_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_desk(tmp_path / "desk", samples=False)
    monkeypatch.chdir("desk")
    path = Path(".env")
    before = Settings()
    path.write_text(path.read_text(encoding="utf-8").replace("#CLAIMHOUSE_", "CLAIMHOUSE_"), encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("\nCLAIMHOUSE_") == len(Settings.model_fields)
    assert Settings() == before


def test_without_samples_only_the_inbox_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_desk(tmp_path / "desk", samples=False)
    assert "samples" not in made
    monkeypatch.chdir("desk")
    assert [s.name for s in load_sources(Settings().sources_file, Settings())] == ["inbox"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text("sources: []\n", encoding="utf-8")
    (tmp_path / "notes.txt").touch()
    assert "sources.yml" not in make_desk(tmp_path)
    assert (tmp_path / "sources.yml").read_text(encoding="utf-8") == "sources: []\n"
    assert make_desk(tmp_path) == []


def test_a_file_is_no_place_for_a_desk(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeskError, match="cannot be made a desk"):
        make_desk(tmp_path / "file")
    shown = CliRunner().invoke(app, ["init", "file"])
    assert shown.exit_code == 1
    assert "cannot be made a desk" in shown.output


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["init", "desk", "--no-samples"])
    assert shown.exit_code == 0
    assert "cd desk && claimhouse refresh" in shown.output
    assert "already" in CliRunner().invoke(app, ["init", "desk", "--no-samples"]).output
