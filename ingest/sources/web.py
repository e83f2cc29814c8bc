"""Sources whose documents are pages: from a list of entries to fetched documents.

Belongs here: what feeds, sitemaps and lists of addresses share: which entries to fetch, to fetch again
or to leave, and what a failure means. Does not belong here: reading a list (one module a kind).

A page that was had and whose address says that it is gone (410, 451) is withdrawn. One that is not
found (404) may be a server's bad night: it is withdrawn when it is still not found a day later.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from ingest.documents import Known, RawDocument, failure_fingerprint, fingerprint, now
from ingest.settings import Settings
from ingest.sources.config import FetchedConfig
from ingest.sources.fetch import Answer, Fetcher, FetchError, Hosts, Manners
from ingest.sources.state import Page, State

_MOST_ENTRIES = 50_000
_FAILURES_OF_A_DEAD_HOST = 3
_GONE, _NOT_FOUND = frozenset({410, 451}), 404
_WITHDRAWN_AFTER = timedelta(hours=20)  # a day, for a nightly run that begins a little earlier than the last


class SourceFailedError(Exception):
    """The source could not be read, or not to its end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document that a list names. ``record`` holds the article where the list itself carries it."""

    url: str
    published: str | None = None
    updated: str | None = None
    title: str | None = None
    record: dict[str, Any] | None = None


class WebSource(ABC):
    """Documents that are fetched, in order of their address.

    ``hosts`` are shared by all sources of a run, so that each host gets its pauses.
    """

    # pages that the list names no more are looked at all the same, while they are young: what is
    # taken down is taken off the list first
    revisits_unlisted = False

    def __init__(
        self, config: FetchedConfig, settings: Settings, fetcher: Fetcher | None = None, hosts: Hosts | None = None
    ) -> None:
        self.config = config
        self.settings = settings
        self._fetcher = fetcher
        self._hosts = hosts
        self._dead: dict[str, int] = {}
        self.remembers = True  # a trial run sets it to False, and leaves no trace

    @abstractmethod
    def entries(self, fetcher: Fetcher, state: State) -> list[Entry]:
        """What the list names now.

        Raises:
            FetchError: it cannot be had.
            SourceFailedError: it cannot be read.
        """

    def state(self) -> State:
        """What is remembered of this source."""
        return State.of(self.config.name, self.settings)

    def fetcher(self) -> Fetcher:
        """A fetcher with the limits of this source."""
        if self._fetcher is not None:
            return self._fetcher
        manners = Manners(
            user_agent=self.settings.user_agent,
            most_bytes=self.settings.max_document_bytes,
            pause=self.config.seconds_between_requests,
            allow_private=self.settings.allow_private_networks,
        )
        return Fetcher(manners, until=time.monotonic() + self.settings.fetch_seconds, hosts=self._hosts)

    def documents(self, known: Known) -> Generator[RawDocument, None, None]:
        """What is new or changed.

        Raises:
            SourceFailedError: the list, or most of what it names, could not be had. What could, was yielded.
        """
        state = self.state()
        fetcher = self.fetcher()
        count = 0
        try:
            for document in self._documents(fetcher, state, known):
                count += document.problem is None
                yield document
            if self._dead and (problem := ", ".join(h for h, n in self._dead.items() if n >= _FAILURES_OF_A_DEAD_HOST)):
                raise SourceFailedError(f"no answers any more from {problem}")
            state.succeeded(is_new=count > 0)
        except (FetchError, SourceFailedError) as error:
            state.failed(str(error))
            raise SourceFailedError(str(error)) from None
        except Exception as error:  # unforeseen, but a failure of this source all the same
            state.failed(f"{type(error).__name__}: {error}")
            raise
        finally:
            if self._fetcher is None:
                fetcher.close()
            if self.remembers:
                state.save()

    def _documents(self, fetcher: Fetcher, state: State, known: Known) -> Iterator[RawDocument]:
        fetched = 0
        entries: dict[str, Entry] = {}
        for entry in self.entries(fetcher, state)[:_MOST_ENTRIES]:
            entries.setdefault(entry.url, entry)
        if self.revisits_unlisted:
            for url, seen in state.pages.items():
                entries.setdefault(url, Entry(url, updated=seen.updated))
        for url in sorted(entries):
            entry = entries[url]
            document = self._of_record(entry, known) if entry.record is not None else None
            if entry.record is None:
                page = state.pages.get(url)
                if page is not None and not known(url, page.fingerprint):
                    page = None  # the landing does not hold it: it is asked for as if never seen
                if page is not None and not self._is_due(entry, page):
                    continue
                host = urlsplit(url).netloc
                if self._dead.get(host, 0) >= _FAILURES_OF_A_DEAD_HOST or fetched >= self.config.most_documents:
                    continue
                fetched += 1
                document = self._fetched(fetcher, state, entry, page)
            if document is not None and not known(document.uri, document.fingerprint):
                yield document

    def _is_due(self, entry: Entry, page: Page) -> bool:
        if entry.updated and entry.updated != page.updated:
            return True
        first = datetime.fromisoformat(page.first_seen)
        return datetime.now(UTC) - first <= timedelta(days=self.config.revisit_days)

    def _fetched(self, fetcher: Fetcher, state: State, entry: Entry, page: Page | None) -> RawDocument | None:
        host = urlsplit(entry.url).netloc
        try:
            answer = fetcher.get(
                entry.url, etag=page.etag if page else None, last_modified=page.last_modified if page else None
            )
        except FetchError as error:
            if not error.is_lasting:
                self._dead[host] = self._dead.get(host, 0) + 1
            if page is not None and (error.status in _GONE or error.status == _NOT_FOUND):
                self._dead.pop(host, None)
                return self._gone(entry.url, error, page)
            return self._failure(entry.url, error)
        self._dead.pop(host, None)
        stamp = answer.fetched_at.isoformat()
        if answer.data is None:
            if page is not None:
                page.last_seen, page.updated, page.missing_since = stamp, entry.updated, None
            return None
        digest = fingerprint(answer.data)
        first = page.first_seen if page else stamp
        state.pages[entry.url] = Page(digest, first, stamp, answer.etag, answer.last_modified, entry.updated)
        return self._document(entry, answer, digest)

    def _document(self, entry: Entry, answer: Answer, digest: str) -> RawDocument:
        return RawDocument(
            source=self.config.name,
            uri=entry.url,
            fingerprint=digest,
            fetched_at=answer.fetched_at,
            data=answer.data,
            byte_count=len(answer.data or b""),
            media_type=answer.media_type or "text/html",
            is_fetched=True,
            metadata={"url": answer.url, "published": entry.published, "title": entry.title},
        )

    def _of_record(self, entry: Entry, known: Known) -> RawDocument | None:
        data = json.dumps(entry.record, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        return RawDocument(
            source=self.config.name,
            uri=entry.url,
            fingerprint=fingerprint(data),
            fetched_at=now(),
            data=data,
            byte_count=len(data),
            media_type="application/json",
            is_fetched=True,
            metadata={"url": entry.url, "published": entry.published, "title": entry.title},
        )

    def _failure(self, url: str, error: FetchError) -> RawDocument:
        return RawDocument(
            source=self.config.name,
            uri=url,
            fingerprint=failure_fingerprint(url, error.reason, error.detail),
            fetched_at=now(),
            problem=(error.reason, error.detail),
        )

    def _gone(self, url: str, error: FetchError, page: Page) -> RawDocument | None:
        """A page that was there: withdrawn, or not found for the first time."""
        at = now()
        page.missing_since = page.missing_since or at.isoformat()
        if error.status == _NOT_FOUND and at - datetime.fromisoformat(page.missing_since) < _WITHDRAWN_AFTER:
            return None
        gone = self._failure(url, FetchError(error.detail, is_lasting=True, reason="gone"))
        page.fingerprint, page.etag, page.last_modified, page.last_seen = gone.fingerprint, None, None, at.isoformat()
        return gone

    def listed(
        self, fetcher: Fetcher, state: State, url: str, *, is_kept: bool = True
    ) -> tuple[Answer, list[Entry] | None]:
        """A list's bytes, or its entries as they were where it has not changed."""
        before = state.lists.get(url) if is_kept else None
        answer = fetcher.get(
            url,
            etag=before.get("etag") if before else None,
            last_modified=before.get("last_modified") if before else None,
        )
        if answer.data is None:
            entries = [Entry(**entry) for entry in before["entries"]] if before else []
            return answer, entries
        return answer, None

    def remember(self, state: State, url: str, answer: Answer, entries: list[Entry]) -> None:
        """Keep a list for the next time, where its server can say that it has not changed."""
        if answer.etag or answer.last_modified:
            state.lists[url] = {
                "etag": answer.etag,
                "last_modified": answer.last_modified,
                "entries": [asdict(entry) for entry in entries],
            }


def absolute(base: str, link: str | None) -> str | None:
    """A link as a web address without its fragment; None where it is none."""
    if not link:
        return None
    try:
        url = urldefrag(urljoin(base, link.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and len(url) <= 2_000 else None
