"""Versions of one article, in the order of the moments they stand for."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.intake import Intake, IntakeReport
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import ARTICLES, DOCUMENTS

URL = "https://kurier.example/2025/lozova"
TEXT = "{} houses burnt down in Lozova after a shell hit the market, the mayor of the town said on {}, and people left."

AFTER = "Volunteers brought water and bread to the school by the river, where most of those who had left were staying."


class Desk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.inbox = root / "inbox"
        self.inbox.mkdir()
        (root / "sources.yml").write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.settings = Settings(data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml")
        self.landing = Landing(self.settings.landing_dir)

    def page(self, name: str, number: str, captured: str, url: str = URL) -> None:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        text = TEXT.format(number, "Monday")
        paragraphs = f"<p>{text}</p>" + f"<p>{AFTER}</p>" * 3
        html = f"<html><head><title>Lozova</title></head><body><article>{paragraphs}</article></body></html>"
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(html.encode()),
                http_headers=http,
                warc_headers_dict={"WARC-Date": captured},
            )
        )
        (self.inbox / name).write_bytes(buffer.getvalue())

    def record(self, name: str, number: str, **fields: str) -> None:
        record = {"title": "Lozova", "text": TEXT.format(number, "Monday"), "date": "2025-11-20", "url": URL, **fields}
        (self.inbox / name).write_text(json.dumps(record), encoding="utf-8")

    def night(self) -> IntakeReport:
        report = Intake(self.landing, self.settings).run(load_sources(self.settings.sources_file, self.settings))
        if report.load:
            report.load.commit({})
        return report

    def current(self) -> str:
        """The first word of the current version's body."""
        history = self.landing.known().history
        assert len(history) == 1
        (versions,) = history.values()
        rows = {r["article_version_id"]: r for load in self.landing.loads() for r in load.read(ARTICLES).to_pylist()}
        return rows[versions[-1].article_version_id]["text"].split("\n\n")[1].split()[0]

    def kinds(self) -> list[str]:
        return [r["change_kind"] for load in self.landing.loads() for r in load.read(ARTICLES).to_pylist()]

    def outcomes(self) -> list[str]:
        return [r["outcome"] for load in self.landing.loads() for r in load.read(DOCUMENTS).to_pylist()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_older_capture_read_later_does_not_become_current(desk: Desk) -> None:
    desk.page("a.warc.gz", "Forty", "2025-11-22T08:00:00Z")
    desk.night()
    desk.page("b.warc.gz", "Thirty", "2025-11-20T08:00:00Z")
    desk.night()
    assert desk.current() == "Forty"
    assert desk.kinds() == ["new", "new"], "what came before it was not known when it was read"
    desk.page("c.warc.gz", "Fifty", "2025-11-23T08:00:00Z")
    desk.night()
    assert desk.current() == "Fifty"


def test_an_older_capture_behind_a_newer_one_in_the_same_folder(desk: Desk) -> None:
    desk.page("a.warc.gz", "Forty", "2025-11-22T08:00:00Z")
    desk.page("b.warc.gz", "Thirty", "2025-11-20T08:00:00Z")
    desk.night()
    assert desk.current() == "Forty"


def test_a_capture_of_the_same_text_is_no_version(desk: Desk) -> None:
    desk.page("a.warc.gz", "Forty", "2025-11-22T08:00:00Z")
    desk.page("b.warc.gz", "Forty", "2025-11-20T08:00:00Z")
    desk.page("c.warc.gz", "Forty", "2025-11-24T08:00:00Z")
    desk.night()
    assert desk.outcomes() == ["loaded", "duplicate", "duplicate"]


def test_files_go_by_what_they_say_of_their_last_change(desk: Desk) -> None:
    desk.record("new.json", "Forty", modified="2025-11-22T10:00:00Z")
    desk.night()
    desk.record("old.json", "Thirty", modified="2025-11-21T10:00:00Z")
    desk.night()
    assert desk.current() == "Forty"


def test_a_file_that_replaces_another_is_current_unless_both_say_when_they_were_changed(desk: Desk) -> None:
    desk.record("a.json", "Thirty")
    desk.night()
    desk.record("a.json", "Forty", modified="2025-11-21T10:00:00Z")
    desk.night()
    assert desk.current() == "Forty"
    desk.record("a.json", "Fifty", modified="2025-11-20T10:00:00Z")
    desk.night()
    assert desk.current() == "Forty", "what was put there says that it is older"


def test_a_clock_set_back_keeps_no_old_text_current(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, day in (("Thirty", 20), ("Forty", 15), ("Fifty", 25), ("Sixty", 1)):
        _set_clock(monkeypatch, datetime(2025, 12, day, tzinfo=UTC))
        desk.record("a.json", number)
        assert desk.night().load is not None
        assert desk.current() == number


def test_a_text_that_comes_back_in_the_past_is_a_version_of_its_own(desk: Desk) -> None:
    for name, number, day in (("a", "Forty", 20), ("b", "Thirty", 22), ("c", "Forty", 24), ("d", "Thirty", 18)):
        desk.page(f"{name}.warc.gz", number, f"2025-11-{day}T08:00:00Z")
        desk.night()
    assert desk.outcomes() == ["loaded"] * 4
    ids = [r["article_version_id"] for load in desk.landing.loads() for r in load.read(ARTICLES).to_pylist()]
    assert len(set(ids)) == 4
    assert desk.current() == "Forty"


def _set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at

    monkeypatch.setattr("ingest.landing.datetime", Clock)
    monkeypatch.setattr("ingest.sources.folder.now", lambda: at)
