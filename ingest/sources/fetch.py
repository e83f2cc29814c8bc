"""Fetching, polite and safe.

Belongs here: one request with its redirects, retries, limits and manners. Does not belong here: which
connections may be made (``ingest.sources.network``), what the answer is good for.

Manners: robots.txt is obeyed, hosts are asked one thing at a time with a pause between, by whichever
sources, a server that asks for time (Retry-After) gets it, and what has not changed is not sent again
(conditional requests).
"""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import stamina

from ingest.sources.network import GuardedBackend, GuardedTransport, NotAllowedError, Resolve, resolve
from ingest.sources.robots import LARGEST_BYTES, Robots

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_TROUBLE = (
    httpx.HTTPError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    ssl.SSLError,
    OSError,
)
_MOST_HEADERS = 200


class FetchError(Exception):
    """Nothing usable came back. ``is_lasting`` where asking again soon is no use."""

    def __init__(
        self,
        detail: str,
        *,
        is_lasting: bool = False,
        wait: float | None = None,
        reason: str = "unreadable",
        status: int | None = None,
    ):
        super().__init__(detail)
        self.detail = detail
        self.is_lasting = is_lasting
        self.wait = wait
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Manners:
    """Limits of one source's fetching, in seconds and bytes."""

    user_agent: str
    most_bytes: int
    pause: float = 1.0
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    whole_timeout: float = 60.0
    most_redirects: int = 5
    attempts: int = 3
    first_wait: float = 1.0
    longest_wait: float = 60.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: ``data`` is None where nothing changed since the last time (304)."""

    url: str
    data: bytes | None
    media_type: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime


@dataclass(slots=True)
class Host:
    """What is remembered of a host during a run; who holds the lock may ask it."""

    next_at: float = 0.0
    failures: int = 0
    robots: Robots | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Hosts:
    """The hosts of a run, shared by all that fetch in it."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}

    def of(self, url: str) -> Host:
        """The host of an address."""
        # setdefault is one step, whichever thread comes first
        return self._hosts.setdefault(urlsplit(url).netloc.lower(), Host())


@dataclass(slots=True)
class Clock:
    """Time, to be replaced by tests."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class _Hints:
    """Waiting times that servers asked for, for the retry loop."""

    longest: float

    def __call__(self, error: Exception) -> bool | float:
        if not isinstance(error, FetchError) or error.is_lasting:
            return False
        if error.wait is not None:
            return error.wait if error.wait <= self.longest else False
        return True


class Fetcher:
    """Fetches for one source, one request at a time; ``hosts`` are shared with those who fetch beside it."""

    def __init__(
        self,
        manners: Manners,
        *,
        resolver: Resolve = resolve,
        verify: ssl.SSLContext | None = None,
        clock: Clock | None = None,
        until: float = float("inf"),
        hosts: Hosts | None = None,
    ) -> None:
        self.manners = manners
        self._backend = GuardedBackend(manners.allow_private, resolver)
        self._client = httpx.Client(
            transport=GuardedTransport(self._backend, verify),
            timeout=httpx.Timeout(manners.read_timeout, connect=manners.connect_timeout),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": manners.user_agent, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"},
        )
        self._clock = clock or Clock()
        self._until = until
        self._hosts = hosts or Hosts()

    def close(self) -> None:
        self._client.close()

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, most_bytes: int | None = None
    ) -> Answer:
        """What stands at an address, after redirects and retries.

        Raises:
            FetchError: nothing usable came back, or it may not be asked for.
        """
        headers = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if v}
        return self._follow(url, headers, most_bytes or self.manners.most_bytes)

    def _follow(self, url: str, headers: dict[str, str], most: int) -> Answer:
        seen = {url}
        for _ in range(self.manners.most_redirects + 1):
            _check_address(url)
            self._check_robots(url)
            response, answer = self._with_retries(url, headers, most)
            if response.status_code not in _REDIRECTS:
                return answer
            url = _joined(url, response.headers.get("location", ""))
            if url in seen:
                raise FetchError(f"redirects in a circle, back to {url}", is_lasting=True)
            seen.add(url)
        raise FetchError(f"more than {self.manners.most_redirects} redirects", is_lasting=True)

    def _with_retries(self, url: str, headers: dict[str, str], most: int) -> tuple[httpx.Response, Answer]:
        host = self._hosts.of(url)
        attempts = self.manners.attempts if host.failures < self.manners.attempts else 1
        found: tuple[httpx.Response, Answer] | None = None
        for attempt in stamina.retry_context(
            on=_Hints(self.manners.longest_wait),
            attempts=attempts,
            timeout=None,
            wait_initial=self.manners.first_wait,
            wait_max=self.manners.longest_wait,
            wait_jitter=self.manners.first_wait / 2,
        ):
            with attempt:
                found = self._once(url, headers, most)
        assert found is not None
        host.failures = 0
        return found

    def _once(self, url: str, headers: dict[str, str], most: int) -> tuple[httpx.Response, Answer]:
        host = self._hosts.of(url)
        if not host.lock.acquire(timeout=min(max(self._until - self._clock.now(), 0), threading.TIMEOUT_MAX)):
            raise FetchError("the time for this source is over", is_lasting=True)
        try:
            return self._asked(host, url, headers, most)
        finally:
            host.lock.release()

    def _asked(self, host: Host, url: str, headers: dict[str, str], most: int) -> tuple[httpx.Response, Answer]:
        self._wait_for(host)
        self._backend.deadline = min(self._clock.now() + self.manners.whole_timeout, self._until)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return response, self._read(response, url, most)
        except FetchError:
            raise
        except NotAllowedError as error:
            raise FetchError(str(error), is_lasting=True, reason="not_allowed") from None
        except _TROUBLE as error:
            host.failures += 1
            is_tls = isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error)
            raise FetchError(
                f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, is_lasting=is_tls
            ) from None
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(f"no address that can be asked: {error}", is_lasting=True) from None

    def _wait_for(self, host: Host) -> None:
        now = self._clock.now()
        if now >= self._until:
            raise FetchError("the time for this source is over", is_lasting=True)
        if host.next_at > now:
            self._clock.sleep(host.next_at - now)
        delay = host.robots.delay if host.robots else 0.0
        host.next_at = max(host.next_at, now) + max(self.manners.pause, delay)

    def _read(self, response: httpx.Response, url: str, most: int) -> Answer:
        status = response.status_code
        if status in _TRY_AGAIN:
            wait = _retry_after(response.headers.get("retry-after"))
            host = self._hosts.of(url)
            host.failures += 1
            if wait:
                host.next_at = max(host.next_at, self._clock.now() + min(wait, self.manners.longest_wait))
            raise FetchError(f"HTTP {status}", wait=wait, status=status)
        if status in _REDIRECTS:
            if not response.headers.get("location"):
                raise FetchError(f"HTTP {status} that leads nowhere", is_lasting=True)
        elif status != 304 and not 200 <= status < 300:
            raise FetchError(f"HTTP {status}", is_lasting=True, status=status)
        data = None if status == 304 or status in _REDIRECTS else self._body(response, most)
        return Answer(
            url=url,
            data=data,
            media_type=response.headers.get("content-type"),
            etag=(response.headers.get("etag") or "")[:1_000] or None,
            last_modified=(response.headers.get("last-modified") or "")[:100] or None,
            fetched_at=datetime.now(UTC),
        )

    def _body(self, response: httpx.Response, most: int) -> bytes:
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > most:
            raise FetchError(f"{stated} bytes, more than {most}", is_lasting=True, reason="too_large")
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding in ("", "identity"):
            unpack = None
        elif encoding in ("gzip", "x-gzip", "deflate"):
            unpack = zlib.decompressobj(wbits=47 if encoding != "deflate" else zlib.MAX_WBITS)
        else:
            raise FetchError(f"an encoding that was not asked for: {encoding[:50]}", is_lasting=True)
        data = bytearray()
        for packed in response.iter_raw():
            try:
                piece = packed if unpack is None else unpack.decompress(packed, most + 1 - len(data))
            except zlib.error as error:
                raise FetchError(f"broken compression: {error}", is_lasting=True) from None
            data += piece
            if len(data) > most:
                raise FetchError(f"more than {most} bytes", is_lasting=True, reason="too_large")
        if unpack is not None and not unpack.eof and data:
            raise FetchError("compressed data that ends early")
        return bytes(data)

    def _check_robots(self, url: str) -> None:
        host = self._hosts.of(url)
        if host.robots is None:
            rules = self._robots_of(url)
            host.robots = rules
        if host.robots.problem is not None:
            raise FetchError(f"robots.txt could not be had: {host.robots.problem}", is_lasting=True)
        if not host.robots.allows(url, self.manners.user_agent):
            raise FetchError("robots.txt does not allow it", is_lasting=True, reason="not_allowed")

    def _robots_of(self, url: str) -> Robots:
        """The rules of an address's host, fetched without asking another robots.txt for leave.

        None there (4xx) allows everything; one that cannot be had (5xx, no connection) forbids everything for
        this run, and so does one that is too large.

        Raises:
            FetchError: it stands where nothing may be fetched.
        """
        parts = urlsplit(url)
        seen = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            for _ in range(self.manners.most_redirects + 1):
                response, answer = self._with_retries(seen, {}, LARGEST_BYTES)
                if response.status_code not in _REDIRECTS:
                    return Robots.parsed((answer.data or b"").decode("utf-8", "replace"), self.manners.user_agent)
                seen = _joined(seen, response.headers.get("location", ""))
                _check_address(seen)
        except FetchError as error:
            if error.reason == "not_allowed":
                raise
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Robots()
            return Robots(problem=error.detail)
        return Robots(problem="robots.txt redirects without end")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError as error:
        raise FetchError(f"a redirect to no address: {error}", is_lasting=True) from None


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"no address that can be asked: {error}", is_lasting=True) from None
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"only http and https are fetched, not {url[:100]}", is_lasting=True, reason="not_allowed")
    if parts.username or parts.password:
        raise FetchError("an address with a password in it", is_lasting=True, reason="not_allowed")


def _retry_after(value: str | None) -> float | None:
    """Seconds that a server asks to wait; None where it does not say."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(min(int(value.strip()[:9]), 10**6))
    try:
        return max((parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
