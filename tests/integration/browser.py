"""Headless Chromium for tests of pages, spoken to by its own protocol; only where it is installed."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--remote-debugging-port=0",
)
_START_SECONDS = 60
_LOAD_SECONDS = 60


class Tab:
    """One tab: opens pages, runs scripts, remembers what was asked of the network and what went wrong."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=_LOAD_SECONDS))
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self.events.append(message)

    def open(self, page: Path | str) -> None:
        """Open a file or an address and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri() if isinstance(page, Path) else page)
        while not self.happened("Page.loadEventFired"):
            self.events.append(json.loads(self._socket.recv(timeout=_LOAD_SECONDS)))

    def happened(self, method: str) -> list[dict[str, Any]]:
        return [e["params"] for e in self.events if e.get("method") == method]

    def run(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def requests(self) -> list[str]:
        """Addresses that were asked for, the page's own and those in the page itself left out."""
        urls = [e["request"]["url"] for e in self.happened("Network.requestWillBeSent")]
        return [u for u in urls if not u.startswith(("file:", "data:"))]

    def problems(self) -> list[Any]:
        """Exceptions and errors in the log, refusals by the page's policy among them."""
        errors = [e["entry"] for e in self.happened("Log.entryAdded") if e["entry"]["level"] == "error"]
        return [*errors, *self.happened("Runtime.exceptionThrown")]

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """A fresh Chromium with one tab."""
    assert CHROMIUM
    process = subprocess.Popen(
        [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(_address(profile), max_size=None) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address(profile: Path) -> str:
    """The address of the first tab, once the browser has written down where it listens."""
    import httpx

    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            port = (profile / "DevToolsActivePort").read_text(encoding="utf-8").splitlines()[0]
            tabs = httpx.get(f"http://127.0.0.1:{port}/json", timeout=5).json()
            return next(t["webSocketDebuggerUrl"] for t in tabs if t["type"] == "page")
        except (OSError, IndexError, StopIteration, httpx.HTTPError):
            time.sleep(0.1)
    raise TimeoutError("Chromium did not start")
