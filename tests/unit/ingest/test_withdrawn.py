"""Articles whose pages are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import page
from hostile_web import HostileWeb, feed

from ingest.intake import Intake, IntakeReport
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import ARTICLES

_ENTRY = "  - {{name: {name}, kind: {kind}, {key}: {url!r}, publisher: House, seconds_between_requests: 0}}\n"


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    server = HostileWeb()
    yield server
    server.close()


class Desk:
    def __init__(self, root: Path, web: HostileWeb) -> None:
        self._web = web
        self.settings = Settings(
            data_dir=root / "data", sources_file=root / "sources.yml", allow_private_networks=True, fetch_seconds=20
        )
        self.landing = Landing(self.settings.landing_dir)
        web.routes["/feed"] = lambda h: h.send(feed([1, 2], web.url("", "127.0.0.1")).encode(), "application/rss+xml")
        self.of(_ENTRY.format(name="f", kind="feed", key="url", url=web.url("/feed", "127.0.0.1")))

    def of(self, entries: str) -> None:
        self.settings.sources_file.write_text("sources:\n" + entries, encoding="utf-8")

    def night(self) -> IntakeReport:
        report = Intake(self.landing, self.settings).run(load_sources(self.settings.sources_file, self.settings))
        if report.load:
            report.load.commit({})
        return report

    def versions(self, name: str) -> list[dict]:
        rows = [row for load in self.landing.loads() for row in load.read(ARTICLES).to_pylist()]
        return [row for row in rows if row["uri"].endswith(name)]


@pytest.fixture
def desk(tmp_path: Path, web: HostileWeb) -> Desk:
    return Desk(tmp_path, web)


def test_an_article_whose_page_is_gone_gets_a_last_version_without_its_text(desk: Desk, web: HostileWeb) -> None:
    desk.night()
    web.routes["/story/1"] = lambda h: h.send(b"", status=410)
    report = desk.night()
    assert report.total("loaded") == 1
    first, last = desk.versions("/story/1")
    assert (first["change_kind"], last["change_kind"]) == ("new", "withdrawn")
    assert first["article_id"] == last["article_id"]
    assert (last["text"], last["char_count"], last["title"]) == ("Withdrawn.", 10, first["title"])
    assert last["published_date"] == first["published_date"]
    assert last["copy_group_id"] == first["copy_group_id"]
    assert "HTTP 410" in last["warnings"]
    assert desk.night().load is None


def test_a_page_that_comes_back_is_a_version_and_may_be_withdrawn_again(desk: Desk, web: HostileWeb) -> None:
    desk.night()
    for text, status in ((b"", 410), (page(1).encode(), 200), (b"", 410)):
        web.routes["/story/1"] = lambda h, text=text, status=status: h.send(text, status=status)
        desk.night()
    found = desk.versions("/story/1")
    assert [row["change_kind"] for row in found] == ["new", "withdrawn", "edited", "withdrawn"]
    assert len({row["article_version_id"] for row in found}) == 4


def test_a_page_that_gave_no_article_is_rejected_when_it_is_gone(desk: Desk, web: HostileWeb) -> None:
    web.routes["/story/1"] = lambda h: h.send(b"<html><body><p>Nothing here.</p></body></html>")
    desk.night()
    web.routes["/story/1"] = lambda h: h.send(b"", status=410)
    report = desk.night()
    assert (report.total("loaded"), report.total("rejected")) == (0, 1)


def test_an_alias_that_is_gone_takes_no_article_with_it(desk: Desk, web: HostileWeb) -> None:
    web.routes["/alias"] = lambda h: h.send(page(1).encode())
    urls = [web.url(path, "127.0.0.1") for path in ("/story/1", "/alias")]
    desk.of(
        "".join(
            _ENTRY.format(name=name, kind="pages", key="urls", url=[url])
            for name, url in zip(("one", "two"), urls, strict=True)
        )
    )
    assert desk.night().total("duplicate") == 1
    web.routes["/alias"] = lambda h: h.send(b"", status=410)
    report = desk.night()
    assert (report.total("loaded"), report.total("rejected")) == (0, 1)
    assert len(desk.versions("/story/1")) == 1
