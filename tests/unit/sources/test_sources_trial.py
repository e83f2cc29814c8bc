"""A source is tried without a trace."""

import pytest
from hostile_web import HostileWeb
from typer.testing import CliRunner

from ingest.settings import Settings
from ingest.sources.config import FeedConfig, FolderConfig
from ingest.sources.trial import try_source

NOTHING_KNOWN = lambda uri, fingerprint: False  # noqa: E731


def test_a_folder_is_counted_and_its_first_documents_are_read(tmp_path):
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(f"Title {n}\n\nThe mayor said that {n} drones had fallen.")
    (tmp_path / "5.txt").write_text("")
    trial = try_source(FolderConfig(name="f", kind="folder", path=tmp_path), Settings(), NOTHING_KNOWN, 6)
    assert (trial.new, trial.is_all, trial.problem) == (6, True, None)
    assert [d.title for d in trial.drafts] == [f"Title {n}" for n in range(5)]
    assert [r.reason for r in trial.rejections] == ["empty"]


def test_a_feed_is_tried_and_nothing_is_remembered(tmp_path, monkeypatch):
    import ingest.sources.fetch as fetch

    web = HostileWeb()
    monkeypatch.setattr(
        fetch.Fetcher.__init__, "__kwdefaults__", {**fetch.Fetcher.__init__.__kwdefaults__, "resolver": web.resolve}
    )
    try:
        settings = Settings(data_dir=tmp_path, allow_private_networks=True)
        config = FeedConfig(name="f", kind="feed", url=web.url("/feed"), seconds_between_requests=0)
        trial = try_source(config, settings, NOTHING_KNOWN, 2)
        assert (trial.new, trial.is_all, trial.problem) == (2, False, None)
        assert web.asked("/story/3") == 0
        assert not settings.state_dir.exists()
        gone = try_source(config.model_copy(update={"url": web.url("/gone")}), settings, NOTHING_KNOWN)
        assert gone.problem == "HTTP 410"
    finally:
        web.close()


SOURCES = """\
sources:
  - {name: good, kind: folder, path: good, licence: ours}
  - {name: bad, kind: pages, path: missing.txt}
  - {name: third, kind: feed, url: "https://off.example/feed", is_enabled: false}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    from claimhouse.cli import sources as command
    from ingest.settings import settings

    (tmp_path / "sources.yml").write_text(SOURCES)
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.txt").write_text(
        "date 2025-11-27 Drones fall\n\nThe mayor said that three drones had fallen."
    )
    monkeypatch.setenv("CLAIMHOUSE_SOURCES_FILE", str(tmp_path / "sources.yml"))
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(command.app, list(words))
    settings.cache_clear()


def test_the_command_tries_each_source_and_says_which_failed(run):
    result = run("check")
    assert result.exit_code == 1
    assert "good (folder): 1 new" in result.output
    assert "2025-11-27 (header)" in result.output
    assert "bad (pages): FAILED" in result.output
    assert "third" not in result.output
    assert run("check", "good").exit_code == 0
    assert run("check", "nowhere").exit_code == 2


def test_the_command_lists_them(run):
    result = run("list")
    assert result.exit_code == 0
    assert all(name in result.output for name in ("good", "bad", "third", "ours"))


def test_a_wrong_list_is_told_with_its_line(run, tmp_path):
    (tmp_path / "sources.yml").write_text(SOURCES.replace("kind: pages", "kind: pages, urll: 1"))
    result = run("list")
    assert result.exit_code == 2
    assert "sources.yml:3: sources.1.urll: unknown key; allowed are: name, kind" in result.output
