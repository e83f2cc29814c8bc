"""The pages of ``claimhouse serve`` in a real browser: they show evidence, keep to their policy, fit a screen."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from browser import CHROMIUM, Tab, browser
from published import Warehouse, town

from claimhouse.serve.app import build_app
from ingest.settings import Settings

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

# each address with words that must stand on it
PAGES = {
    "/": "Lysychansk",
    "/search?q=withdrew": "The army withdrew from Lysychansk on Monday",
    "/claims": "his men had left Kyiv Street",
    "/claims/c1": "his men had left Kyiv Street",
    "/mentions/m2": "withdrew",
    "/events": "Lysychansk",
    "/events/e1": "The army withdrew from Lysychansk on Monday",
    "/event_mentions": "withdrew",
    "/relations": "contradicts",
    "/figures": "missing soldiers",
    "/control": "Lysychansk",
    "/places": "Kyiv",
    "/places/g2": "Lysychansk",
    "/actors": "Anton Zelenskyy",
    "/articles/v1": "his men had left Kyiv Street",
    "/new": "since",
    "/quality": "published",
}
_START_SECONDS = 30
# places nearer to each other than their names are long; of the first most is said
CLOSE = ("Lysychansk", "Lysychansk North", "Lysychansk South")
_NAMES = "document.querySelectorAll('.place-name').length"
_SHOWN_NAMES = "[...document.querySelectorAll('.place-name:not(.crowded)')].map(name => name.textContent)"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _house(folder: Path) -> Warehouse:
    made = town(folder / "claimhouse.duckdb")
    shared = {"place_id": "g2", "place": "Lysychansk"}
    made.add("events", event_id="e1", kind="leave", voice_count=1, dispute_count=1, is_dated=True, is_state=False,
             first_date=date(2025, 11, 17), last_date=date(2025, 11, 17), first_published_date=date(2025, 11, 20),
             last_published_date=date(2025, 11, 20), country="UA", lat=48.9, lon=38.4, mention_count=1, article_count=1,
             publisher_count=1, origin_count=1, denying_voice_count=0, place_precision=1, **shared)  # fmt: skip
    made.add("event_members", event_member_id="em1", event_id="e1", event_mention_id="m2", is_superseded=False,
             voice="Test Post", score=1.0, rule_id="first")  # fmt: skip
    made.add("relations", relation_id="r1", kind="contradicts", axis="polarity", event_id="e1", confidence=0.9,
             rule_id="r", earlier_voice="a", later_voice="b", earlier_words="left", later_words="stayed",
             group_id="e1", earlier_claim_id="c1", earlier_version_id="v1", later_version_id="v1", earlier_start=0,
             earlier_end=7, later_start=0, later_end=5, later_published_date=date(2025, 11, 20))  # fmt: skip
    made.add("figure_series", figure_series_id="f1", event_id="e1", event_kind="leave", role="missing", scope="event",
             thing="missing soldiers", voice="Test Post", change_count=1, step_count=1, first_best=40.0,
             last_best=40.0)  # fmt: skip
    for number, place in enumerate(CLOSE):
        if number:
            made.add("dim_places", place_id=f"near{number}", place=place, lat=49 + number / 1_000, lon=38.0,
                     country="UA", kind="settlement")  # fmt: skip
        for said in range(1 if number else 3):
            made.add("control_timeline", control_id=f"t{number}{said}", holder="RU", voice=f"Test Post {said}",
                     voice_key=f"v{said}", is_holding=True, week_start_date=date(2025, 11, 17), extent="whole",
                     event_id="e1", publisher="Test Post", published_date=date(2025, 11, 20), place=place,
                     place_id=f"near{number}" if number else "g2")  # fmt: skip
    made.add("ops_loads", load_id="20260101T000000000Z-0001", kind="ingest", state="published", sequence=1)
    made.publish()
    return made


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs as ``claimhouse serve`` runs it."""
    made = _house(tmp_path_factory.mktemp("served"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build_app(Settings(data_dir=made.path.parent)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_its_evidence_without_an_error(tab: Tab, base: str, address: str) -> None:
    tab.open(base + address)
    assert PAGES[address] in tab.run("document.body.innerText")
    assert tab.problems() == []
    assert [u for u in tab.requests() if not u.startswith((base, "blob:" + base))] == []
    tab.call("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    assert tab.run(_OVERFLOW) <= 0
    tab.call("Emulation.clearDeviceMetricsOverride")


def test_names_on_the_map_do_not_lie_on_each_other(tab: Tab, base: str) -> None:
    tab.open(base + "/control")
    deadline = time.monotonic() + _START_SECONDS
    while tab.run(_NAMES) < len(CLOSE) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert tab.run(_NAMES) == len(CLOSE)
    assert tab.run(_SHOWN_NAMES) == ["Lysychansk"]
    assert tab.problems() == []
