"""Settings: what a bad value says, and what an empty one means."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.home import PROGRAM_DIR
from ingest.settings import SettingsError, settings


@pytest.fixture(autouse=True)
def _fresh() -> None:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WORKERS", "many", "Extraction processes"),
        ("LOCK_TIMEOUT", "-1", "Seconds a refresh waits"),
        ("NIGHTLY_CRON", "at night", "five fields"),
        ("TIMEZONE", "Mars/Base", "IANA time zone"),
        ("DATA_DIR", "~nosuchuser/data", "nobody's home folder"),
        ("DATA_DIR", "/tmp/what?/data", "question mark"),
        ("PARSER", "best", "'auto', 'native' or 'stock'"),
        ("DUCKDB_MEMORY", "lots", "as 2GB"),
    ],
)
def test_a_bad_value_names_its_variable_and_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"CLAIMHOUSE_{name}", value)
    with pytest.raises(SettingsError) as error:
        settings()
    message = str(error.value)
    assert message.startswith(f"CLAIMHOUSE_{name} is {value!r}")
    assert says in message
    assert "errors.pydantic.dev" not in message


def test_a_file_where_the_data_folder_is_to_be_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.touch()
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(file))
    with pytest.raises(SettingsError, match=rf"CLAIMHOUSE_DATA_DIR is '{file}': a file stands there"):
        settings()


@pytest.mark.parametrize("content", [b"\xff\xfeCLAIMHOUSE_WORKERS=2\n", "CLAIMHOUSE_WORKERS=2".encode("utf-16")])
def test_a_file_of_settings_that_is_no_text_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    monkeypatch.setenv("CLAIMHOUSE_DESK", str(tmp_path))
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(SettingsError, match=rf"{tmp_path}/\.env is no text in UTF-8"):
        settings()


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", "")
    monkeypatch.setenv("CLAIMHOUSE_WORKERS", "")
    assert settings().data_dir == PROGRAM_DIR / "data"
    assert settings().workers == 0


@pytest.mark.parametrize("line", ["0 2 * * *", "*/15 0-6 1,15 * MON-FRI", "@daily"])
def test_cron_lines_are_taken(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setenv("CLAIMHOUSE_NIGHTLY_CRON", line)
    assert settings().nightly_cron == line


def test_the_command_line_says_it_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from claimhouse import cli

    monkeypatch.setenv("CLAIMHOUSE_WORKERS", "many")
    monkeypatch.setattr("sys.argv", ["claimhouse", "status"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("claimhouse: CLAIMHOUSE_WORKERS is 'many'")
