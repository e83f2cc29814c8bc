"""Watchlists: what the file may say, what matches, and a webhook that may fail without stopping anything."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from claimhouse.watching import COLUMNS, is_match, payload, post
from claimhouse.watchlist import Watch, WatchError, Webhook, load_watchlists
from ingest.home import PROGRAM_DIR

EVENT = {
    "kind": "strike",
    "place": "Kupiansk",
    "admin1": "Kharkiv Oblast",
    "country": "UA",
    "names": ["the Wagner group", "RU", "Oleh Synyehubov"],
    "articles": 3,
    "origins": 2,
    "voices": 4,
    "disputes": 1,
    "counts": {"killed": 12.0, "wounded": 30.0},
}


def test_the_file_of_the_project_is_sound_and_watches_nothing() -> None:
    assert load_watchlists(PROGRAM_DIR / "watch.yml").watches == ()
    assert load_watchlists(PROGRAM_DIR / "no such file.yml").watches == ()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"places": ["kharkiv oblast"]},
        {"places": ["Lyman", "UA"], "kinds": ["take", "strike"]},
        {"actors": ["wagner"]},
        {"actors": ["CN", "RU"]},
        {"at_least": {"killed": 12, "origins": 2}},
        {"is_disputed": True},
    ],
)
def test_an_event_matches_where_all_holds_that_is_said(asked: dict[str, Any]) -> None:
    assert is_match(Watch(name="w", **asked), EVENT)


@pytest.mark.parametrize(
    "asked",
    [
        {"places": ["Lyman"]},
        {"places": ["Kupiansk"], "kinds": ["take"]},
        {"actors": ["Wag"]},
        {"actors": ["Oleh"], "at_least": {"killed": 13}},
        {"at_least": {"captured": 1}},
        {"is_disputed": False},
    ],
)
def test_an_event_does_not_match_where_anything_fails(asked: dict[str, Any]) -> None:
    assert not is_match(Watch(name="w", **asked), EVENT)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("watches: [{name: a, kind: strike}]", "watch 1: kind: unknown key; allowed are: name, places, actors, kinds"),
        ("watches: [{name: a, kinds: [bang]}]", "watch 1: kinds: 'bang' is no kind of event; allowed are: strike"),
        ("watches: [{name: a, at_least: {dead: 3}}]", "watch 1: at_least: 'dead' cannot be counted; allowed are"),
        ("watches: [{name: a, at_least: {killed: -3}}]", "greater than 0"),
        ("watches: [{places: [Lyman]}]", "watch 1: name: Field required"),
        ("watches: [{name: a}, {name: a}]", "two entries are called 'a'"),
        ("watches: [{name: a, places: ['']}]", "a name is empty"),
        ("watches: [{name: a, places: [NO]}]", "put it in quotes"),
        ("webhook: {url: 'file:///etc/passwd'}", "webhook: url: a web address is needed"),
        ("webhook: {url: 'https://desk.example/x', timeout_seconds: 900}", "webhook: timeout_seconds"),
        ("hook: x", "hook: unknown key; allowed are: webhook, watches"),
        ("- a", "allowed are the keys webhook and watches"),
        ("watches: [", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "watch.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WatchError) as problem:
        load_watchlists(path)
    assert str(path) in str(problem.value)
    assert says in str(problem.value)


class Desk(BaseHTTPRequestHandler):
    """A webhook that takes, refuses, sends elsewhere, or says nothing."""

    taken: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).taken.append((self.path, body))
        if self.path == "/slow":
            for _ in range(40):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)
            return
        self.send_response({"/ok": 204, "/moved": 307}.get(self.path, 500))
        self.send_header("Location", "/ok")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def desk() -> Iterator[str]:
    Desk.taken = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


ROW = dict.fromkeys(COLUMNS) | {
    "watch": "front",
    "kind": "strike",
    "place": "Kupiansk",
    "first_date": date(2026, 2, 3),
    "articles": 3,
    "counts": "killed 12",
}


def test_matches_are_posted_as_json(desk: str) -> None:
    assert post(Webhook(url=f"{desk}/ok"), [ROW])
    [(_, body)] = Desk.taken
    assert body["text"] == "front: strike Kupiansk 2026-02-03 (killed 12, 3 articles)"
    assert (body["match_count"], body["matches"][0]["first_date"]) == (1, "2026-02-03")
    assert len(payload([ROW] * 500)["matches"]) == 100


@pytest.mark.parametrize(
    ("path", "says"), [("/refused", "answered 500"), ("/moved", "answered 307"), ("/slow", "no answer within")]
)
def test_a_webhook_that_fails_is_a_warning_without_its_secret(
    desk: str, path: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    hook = Webhook(url=f"{desk}{path}?token=SECRET", timeout_seconds=0.3)
    if path in ("/moved", "/slow"):
        hook = Webhook(url=f"{desk}{path}", timeout_seconds=0.3)
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        assert not post(hook, [ROW])
    assert time.monotonic() - started < 1.5
    assert says in caplog.text
    assert "SECRET" not in caplog.text
    assert [where for where, _ in Desk.taken if where == "/ok"] == []  # a redirect is not followed


def test_a_webhook_that_is_not_there_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert not post(Webhook(url="http://127.0.0.1:9/hook", timeout_seconds=1), [ROW])
    assert "cannot be reached" in caplog.text
