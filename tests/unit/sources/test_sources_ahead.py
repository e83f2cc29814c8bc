"""Sources that are fetched at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_web import HostileWeb, feed

from ingest.settings import Settings
from ingest.sources import health_of
from ingest.sources.ahead import FetchAhead
from ingest.sources.config import FeedConfig, FetchedConfig
from ingest.sources.web import SourceFailedError


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    server = HostileWeb(address="0.0.0.0")
    yield server
    server.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", allow_private_networks=True, fetch_seconds=10)


def source(web: HostileWeb, name: str, path: str = "/feed", host: str = "127.0.0.1", pause: float = 0) -> FeedConfig:
    return FeedConfig(name=name, kind="feed", url=web.url(path, host), seconds_between_requests=pause)


def nothing(config: FetchedConfig) -> object:
    return lambda uri, fingerprint: False


def test_documents_wait_on_disk_and_come_source_by_source(web: HostileWeb, settings: Settings) -> None:
    release = threading.Event()

    def late(handler: object) -> None:
        release.wait(5)
        handler.send(feed([7], web.url("", "127.0.0.1")).encode(), "application/rss+xml")  # type: ignore[attr-defined]

    web.routes["/late"] = late
    web.routes["/feed"] = lambda h: h.send(feed([1, 2], web.url("", "127.0.0.2")).encode(), "application/rss+xml")
    slow, quick = source(web, "slow", "/late"), source(web, "quick", "/feed", "127.0.0.2")
    with FetchAhead([slow, quick], settings, nothing) as ahead:
        while len(list((settings.state_dir / "fetched").glob("quick/*"))) < 2:
            time.sleep(0.02)
        release.set()
        found = []
        for config in (slow, quick):
            for document in ahead.documents(config):
                assert document.data is None
                assert b"Strikes reported" in document.path.read_bytes()
                found.append((document.source, document.uri.rpartition("/")[2]))
    assert found == [("slow", "7"), ("quick", "1"), ("quick", "2")]
    assert not (settings.state_dir / "fetched").exists()


def test_two_sources_of_one_host_keep_its_pause_together(web: HostileWeb, settings: Settings) -> None:
    web.routes["/other"] = lambda h: h.send(feed([4, 5], web.url("", "127.0.0.1")).encode(), "application/rss+xml")
    web.routes["/feed"] = lambda h: h.send(feed([1, 2], web.url("", "127.0.0.1")).encode(), "application/rss+xml")
    both = [source(web, "one", pause=0.15), source(web, "two", "/other", pause=0.15)]
    with FetchAhead(both, settings, nothing) as ahead:
        assert [len(list(ahead.documents(config))) for config in both] == [2, 2]
    gaps = [b - a for a, b in zip(web.times, web.times[1:], strict=False)]
    assert len(gaps) >= 6
    assert min(gaps) > 0.1


def test_a_source_that_hangs_is_given_up_and_frees_its_slot(
    web: HostileWeb, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.sources.feed import FeedSource

    real = FeedSource.entries
    woken = threading.Event()

    def entries(self: FeedSource, fetcher: object, state: object) -> object:
        if self.config.name == "hangs":
            woken.wait(20)  # as a resolver does that knows no time-out
        return real(self, fetcher, state)  # type: ignore[arg-type]

    monkeypatch.setattr(FeedSource, "entries", entries)
    web.routes["/feed"] = lambda h: h.send(feed([1], web.url("", "127.0.0.1")).encode(), "application/rss+xml")
    settings = settings.model_copy(update={"fetch_at_once": 1, "fetch_seconds": 1.0})
    hangs, good = source(web, "hangs"), source(web, "good")
    with FetchAhead([hangs, good], settings, nothing, grace=0.5) as ahead:
        with pytest.raises(SourceFailedError, match="not at its end"):
            list(ahead.documents(hangs))
        assert len(list(ahead.documents(good))) == 1
        woken.set()
    assert health_of(hangs, settings).failures == 1
