"""A night of fifty sources, eight of them bad: it ends in time, with the other forty-two loaded."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_web import HostileWeb, feed

from ingest.intake import Intake, IntakeReport
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import health_of, load_sources
from ingest.tables import ARTICLES, DOCUMENTS

STORIES = 3
SECONDS = 15  # for fetching from one source
DEAD = {3: "closed", 11: "closed", 19: "down", 27: "down", 35: "no such name"}
HANGING = {7: "/silent", 23: "/slow"}
GARBAGE = 41
BAD = {*DEAD, *HANGING, GARBAGE}
GOOD = [n for n in range(50) if n not in BAD]


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    # each source has a host of its own: on Linux all of 127.0.0.0/8 is this machine
    server = HostileWeb(address="0.0.0.0")
    yield server
    server.close()


def host(number: int) -> str:
    return f"127.0.1.{number + 1}"


def address(web: HostileWeb, number: int) -> str:
    if DEAD.get(number) == "closed":
        return f"http://{host(number)}:1/feed"
    if DEAD.get(number) == "no such name":
        return "http://no-such-host.invalid/feed"
    if number in HANGING:
        return web.url(HANGING[number], host(number))
    path = "/down" if number in DEAD else "/garbage" if number == GARBAGE else f"/feed/{number}"
    return web.url(path, host(number))


@pytest.fixture
def settings(tmp_path: Path, web: HostileWeb) -> Settings:
    lines = ["sources:"]
    for number in range(50):
        stories = [number * STORIES + k + 1 for k in range(STORIES)]
        text = feed(stories, web.url("", host(number)))
        web.routes[f"/feed/{number}"] = lambda h, text=text: h.send(text.encode(), "application/rss+xml")
        lines.append(
            f"  - {{name: s{number:02}, kind: feed, publisher: House {number}, url: '{address(web, number)}',"
            " seconds_between_requests: 0.05}"
        )
    path = tmp_path / "sources.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return Settings(data_dir=tmp_path / "data", sources_file=path, allow_private_networks=True, fetch_seconds=SECONDS)


def night(settings: Settings) -> IntakeReport:
    report = Intake(Landing(settings.landing_dir), settings).run(load_sources(settings.sources_file, settings))
    if report.load:
        report.load.commit({})
    return report


def test_the_good_ones_are_loaded_in_time_and_in_order(settings: Settings, web: HostileWeb) -> None:
    began = time.monotonic()
    report = night(settings)
    took = time.monotonic() - began
    # one after the other the two that hang would take this long by themselves; sixteen at a time all do not
    assert took < 5 * SECONDS
    assert set(report.source_problems) == {f"s{n:02}" for n in BAD}
    loaded = Counter(row["source"] for row in report.load.read(DOCUMENTS).to_pylist() if row["outcome"] == "loaded")
    assert loaded == {f"s{n:02}": STORIES for n in GOOD}
    # in the order of sources.yml, whichever answered first
    sources = [row["source"] for row in report.load.read(ARTICLES).to_pylist()]
    assert sources == sorted(sources)
    assert not (settings.state_dir / "fetched").exists()
    for config in load_sources(settings.sources_file, settings):
        assert (health_of(config, settings).failures > 0) == (int(config.name[1:]) in BAD)

    # the second night asks again, finds nothing new, and is no longer
    began = time.monotonic()
    assert night(settings).load is None
    assert time.monotonic() - began < 5 * SECONDS
