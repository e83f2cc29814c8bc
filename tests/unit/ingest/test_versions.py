"""Versions of one article, in the order of the moments they stand for."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hostile_web import HostileWeb, feed

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
        self.settings = Settings(
            data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml", allow_private_networks=True
        )
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

    def table(self, name: str, rows: list[tuple[str, dict[str, str]]]) -> None:
        records = [
            {"title": "Lozova", "text": TEXT.format(number, "Monday"), "date": "2025-11-20", "url": URL, **fields}
            for number, fields in rows
        ]
        (self.inbox / name).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")

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

    def order(self) -> list[str]:
        """The first words of all versions' bodies, the oldest first."""
        (versions,) = self.landing.known().history.values()
        rows = {r["article_version_id"]: r for load in self.landing.loads() for r in load.read(ARTICLES).to_pylist()}
        return [rows[v.article_version_id]["text"].split("\n\n")[1].split()[0] for v in versions]

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


# what was published at first, and what it was changed to; the names say in which order they are read
PUBLISHED = ("Thirty", {"date": "2025-11-20T07:05:00Z"})
CHANGED = ("Forty", {"date": "2025-11-20T07:05:00Z", "modified": "2025-11-20T18:30:00Z"})


@pytest.mark.parametrize("stamp", ["2025-11-20T07:05:00Z", "2025-11-20"])
@pytest.mark.parametrize("loads", [1, 2])
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_file_without_a_time_of_change_stands_at_its_publication(
    desk: Desk, is_turned: bool, loads: int, stamp: str
) -> None:
    pair = [PUBLISHED, CHANGED]
    for name, (number, fields) in zip("ab", reversed(pair) if is_turned else pair, strict=True):
        desk.record(f"{name}.json", number, **{**fields, "date": stamp})
        if loads == 2:
            desk.night()
    desk.night()
    assert len(desk.landing.loads()) == loads
    assert desk.order() == ["Thirty", "Forty"]


@pytest.mark.parametrize("is_turned", [False, True])
def test_rows_of_one_file_go_by_the_same_times(desk: Desk, is_turned: bool) -> None:
    pair = [PUBLISHED, CHANGED]
    desk.table("a.jsonl", pair[::-1] if is_turned else pair)
    desk.night()
    assert desk.order() == ["Thirty", "Forty"]


@pytest.mark.parametrize("dropped", [0, 1])
@pytest.mark.parametrize("is_turned", [False, True])
def test_what_is_read_again_after_a_drop_stands_where_it_stood(desk: Desk, is_turned: bool, dropped: int) -> None:
    pair = [PUBLISHED, CHANGED]
    for name, (number, fields) in zip("ab", reversed(pair) if is_turned else pair, strict=True):
        desk.record(f"{name}.json", number, **fields)
        desk.night()
    desk.landing.drop(desk.landing.loads()[dropped].load_id)
    desk.night()
    assert desk.order() == ["Thirty", "Forty"]


def test_of_files_published_at_one_moment_the_one_read_later_is_current(desk: Desk) -> None:
    desk.record("a.json", "Thirty")
    desk.record("b.json", "Forty")
    desk.night()
    desk.record("c.json", "Fifty")
    desk.night()
    assert desk.order() == ["Thirty", "Forty", "Fifty"]


def test_a_file_without_any_time_stands_at_its_reading(desk: Desk) -> None:
    desk.record("a.json", "Forty", modified="2025-11-22T10:00:00Z")
    desk.night()
    desk.record("b.json", "Thirty", date="")
    desk.night()
    assert desk.order() == ["Forty", "Thirty"]


def test_an_edited_file_without_a_stamp_is_newer_than_all_that_was_there(desk: Desk) -> None:
    desk.record("a.json", "Thirty")
    desk.record("b.json", "Forty", modified="2025-11-21T10:00:00Z")
    desk.night()
    for number in ("Fifty", "Sixty"):
        desk.record("a.json", number)
        desk.night()
    assert desk.order() == ["Thirty", "Forty", "Fifty", "Sixty"]


def test_an_edited_file_is_newer_also_where_it_could_not_be_read_in_between(desk: Desk) -> None:
    for number in ("Thirty", "Forty", "", "Fifty"):
        desk.record("a.json", number)
        if not number:
            (desk.inbox / "a.json").write_text("{", encoding="utf-8")
        desk.night()
    assert desk.outcomes() == ["loaded", "loaded", "rejected", "loaded"]
    assert desk.order() == ["Thirty", "Forty", "Fifty"]


def test_an_edited_file_that_is_moved_is_no_version(desk: Desk) -> None:
    for number in ("Thirty", "Forty", "Fifty"):
        desk.record("a.json", number)
        desk.night()
    (desk.inbox / "a.json").rename(desk.inbox / "moved.json")
    desk.night()
    assert desk.outcomes() == ["loaded"] * 3 + ["duplicate"]
    assert desk.current() == "Fifty"


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_fetched_page_is_as_new_as_its_fetching(tmp_path: Path, is_turned: bool) -> None:
    web, desk = HostileWeb(), Desk(tmp_path)
    try:
        site = web.url("", "127.0.0.1")
        paragraphs = f"<p>{TEXT.format('Forty', 'Monday')}</p>" + f"<p>{AFTER}</p>" * 3
        head = "<title>Lozova</title><meta property='article:modified_time' content='2025-11-19T10:00:00Z'>"
        page = f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>"
        web.routes["/feed"] = lambda h: h.send(feed([1], site).encode(), "application/rss+xml")
        web.routes["/story/1"] = lambda h: h.send(page.encode())
        local = "  - {name: inbox, kind: folder}\n"
        fetched = f"  - {{name: f, kind: feed, url: '{site}/feed', seconds_between_requests: 0}}\n"
        desk.settings.sources_file.write_text("sources:\n" + (fetched + local if is_turned else local + fetched))
        desk.record("a.json", "Thirty", url=f"{site}/story/1")
        desk.night()
    finally:
        web.close()
    assert desk.order() == ["Thirty", "Forty"]
    (versions,) = desk.landing.known().history.values()
    first, last = (version.version_at for version in versions)
    assert first == datetime(2025, 11, 20, tzinfo=UTC)
    (moment,) = (
        r["fetched_at"]
        for load in desk.landing.loads()
        for r in load.read(DOCUMENTS).to_pylist()
        if r["source"] == "f" and r["outcome"] == "loaded"
    )
    assert last == moment


def _set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at

    monkeypatch.setattr("ingest.landing.datetime", Clock)
    monkeypatch.setattr("ingest.sources.folder.now", lambda: at)
