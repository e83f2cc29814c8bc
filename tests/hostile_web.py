"""A web server on this machine that serves what the web serves, and how.

Everything is below one address; ``requests`` keeps what was asked. Names under ``.test`` resolve to it
(:meth:`HostileWeb.resolve`), other names to what the tests say.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hostile import page

SITE = "http://news.test"
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><link>{site}/</link>
{items}</channel></rss>"""
ITEM = (
    "<item><title>Story {n}</title><link>{site}/story/{n}</link><guid>s{n}</guid><pubDate>{day}</pubDate>"
    "<description>{text}</description></item>"
)


def feed(numbers: list[int], site: str = SITE, day: str = "Thu, 27 Nov 2025 08:00:00 GMT") -> str:
    items = "".join(ITEM.format(n=n, site=site, day=day, text=f"Summary of story {n}.") for n in numbers)
    return FEED.format(site=site, items=items)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: HostileWeb

    def do_GET(self) -> None:
        path = self.path
        self.web.requests.append((self.headers.get("Host", ""), path, dict(self.headers.items())))
        self.web.times.append(time.monotonic())
        self.web.counts[path] += 1
        try:
            handler = self.web.routes.get(path)
            if handler is not None:
                handler(self)
            elif path.startswith("/story/"):
                number = int(path.rsplit("/", 1)[1]) if path.rsplit("/", 1)[1].isdigit() else 0
                self.send(page(number).encode(), "text/html; charset=utf-8", etag=f'"{number}"')
            else:
                self.send(b"not here", status=404)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    def send(
        self, data: bytes, media_type: str = "text/html", status: int = 200, etag: str | None = None, **headers: str
    ) -> None:
        if etag and self.headers.get("If-None-Match") == etag:
            status, data = 304, b""
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", media_type)
        if etag:
            self.send_header("ETag", etag)
        names = {k.lower() for k in headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "content_length" not in names and status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def redirect(self, target: str, status: int = 302) -> None:
        self.send(b"", status=status, Location=target)

    def log_message(self, *args: Any) -> None:
        pass


class HostileWeb:
    """The server, its routes and what it was asked."""

    def __init__(self, certificate: Path | None = None, address: str = "127.0.0.1") -> None:
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.times: list[float] = []
        self.counts: Counter[str] = Counter()
        self.hosts: dict[str, list[str]] = {}
        handler = type("BoundHandler", (Handler,), {"web": self})
        self._server = ThreadingHTTPServer((address, 0), handler)
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.routes = dict(ROUTES)
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.hosts:
            return self.hosts[host]
        if host.endswith(".test"):
            return ["127.0.0.1"]
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    def asked(self, path: str) -> int:
        return self.counts[path]


def _slow(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.web.stopping.wait(0.05):
        handler.wfile.write(b"<p>")


def _silent(handler: Handler) -> None:
    handler.web.stopping.wait(30)
    handler.close_connection = True


def _slow_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.web.stopping.wait(0.05):
        handler.wfile.write(b"a")


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"%x\r\n%s\r\n" % (65_536, b"a" * 65_536)
    while not handler.web.stopping.is_set():
        handler.wfile.write(piece)


def _short(handler: Handler) -> None:
    handler.send(b"<html>half", content_length="5000")
    handler.close_connection = True


def _flaky(handler: Handler) -> None:
    if handler.web.counts[handler.path] == 1:
        handler.send(b"", status=500)
    else:
        handler.send(page(1).encode())


def _busy(handler: Handler) -> None:
    if handler.web.counts[handler.path] == 1:
        handler.send(b"", status=429, Retry_After="7")
    else:
        handler.send(page(2).encode())


BOMB = gzip.compress(b"a" * 30_000_000, 9)
ROUTES: dict[str, Any] = {
    "/robots.txt": lambda h: h.send(b"User-agent: *\nDisallow: /private/\nAllow: /\n", "text/plain"),
    "/feed": lambda h: h.send(feed([1, 2, 3], h.web.url("")).encode(), "application/rss+xml", etag='"f1"'),
    "/slow": _slow,
    "/silent": _silent,
    "/slow-headers": _slow_headers,
    "/endless": _endless,
    "/short": _short,
    "/long": lambda h: h.send(page(3).encode() + b"x" * 100, content_length=str(len(page(3).encode()))),
    "/bomb": lambda h: h.send(BOMB, Content_Encoding="gzip"),
    "/packed": lambda h: h.send(gzip.compress(page(4).encode()), Content_Encoding="gzip"),
    "/packed-cut": lambda h: h.send(gzip.compress(page(4).encode())[:-30], Content_Encoding="gzip"),
    "/packed-not": lambda h: h.send(page(4).encode(), Content_Encoding="gzip"),
    "/brotli": lambda h: h.send(b"\x0b\x02\x80abc\x03", Content_Encoding="br"),
    "/stated-large": lambda h: h.send(b"", content_length="99999999999"),
    "/loop/a": lambda h: h.redirect("/loop/b"),
    "/loop/b": lambda h: h.redirect("/loop/a"),
    "/to-story": lambda h: h.redirect("/story/5", 301),
    "/to-loopback": lambda h: h.redirect(f"http://127.0.0.1:{h.web.port}/secret"),
    "/to-inside": lambda h: h.redirect(f"http://inside.example:{h.web.port}/secret"),
    "/to-file": lambda h: h.redirect("file:///etc/passwd"),
    "/to-nowhere": lambda h: h.send(b"", status=302),
    "/to-private": lambda h: h.redirect("/private/x"),
    "/secret": lambda h: h.send(b"secret"),
    "/private/x": lambda h: h.send(page(6).encode()),
    "/flaky": _flaky,
    "/down": lambda h: h.send(b"", status=503),
    "/busy": _busy,
    "/busy-for-long": lambda h: h.send(b"", status=429, Retry_After="86400"),
    "/gone": lambda h: h.send(b"", status=410),
    "/koi8": lambda h: h.send(
        page(7, main=f"<p>{'Представитель командования заявил, что склад цел. ' * 8}</p>").encode("koi8-r"),
        "text/html; charset=koi8-r",
    ),
    "/false-charset": lambda h: h.send(page(8).replace("said", "said – “so” –").encode(), "text/html; charset=utf-16"),
    "/garbage": lambda h: h.send(bytes(range(256)) * 40, "application/rss+xml"),
    "/no-http": lambda h: (h.wfile.write(b"garbage\r\n\r\n"), setattr(h, "close_connection", True)),
    "/headers": lambda h: h.send(page(9).encode(), X_Long="a" * 200_000),
}
