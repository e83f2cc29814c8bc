"""RSS, Atom and JSON feeds.

Belongs here: the entries of a feed. Does not belong here: fetching them (``ingest.sources.web``).
"""

from __future__ import annotations

import calendar
import io
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import orjson

from ingest.sources.config import FeedConfig
from ingest.sources.fetch import Answer, Fetcher
from ingest.sources.state import State
from ingest.sources.web import Entry, SourceFailedError, WebSource, absolute

_LARGEST = 10_000_000
_FULL_TEXT = re.compile(r"full[-_]?text$")


class FeedSource(WebSource):
    """What a feed names, as pages or as the feed itself has it."""

    config: FeedConfig
    revisits_unlisted = True

    def entries(self, fetcher: Fetcher, state: State) -> list[Entry]:
        answer, unchanged = self.listed(fetcher, state, self.config.url)
        if unchanged is not None:
            return unchanged
        found = parse_feed(answer, takes_text=self.config.take == "feed")
        self.remember(state, self.config.url, answer, found)
        return found


def parse_feed(answer: Answer, *, takes_text: bool = False) -> list[Entry]:
    """The entries of a feed.

    Raises:
        SourceFailedError: it is no feed.
    """
    data = (answer.data or b"")[:_LARGEST]
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_entries(data, answer.url, takes_text)
    import feedparser

    headers = {"content-type": answer.media_type or "application/xml", "content-location": answer.url}
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever garbage makes the parser do
        raise SourceFailedError(f"no feed: {type(error).__name__}: {error}") from None
    if not parsed.entries and not parsed.get("version"):
        raise SourceFailedError(f"no feed: {parsed.get('bozo_exception') or answer.media_type or 'empty'}")
    found = []
    for item in parsed.entries:
        url = absolute(answer.url, item.get("link")) or absolute(answer.url, item.get("id"))
        if not url:
            continue
        text = _text(item) if takes_text else None
        published = _stamp(item.get("published_parsed")) or item.get("published")
        updated = _stamp(item.get("updated_parsed")) or item.get("updated")
        found.append(
            _entry(url, published or updated, updated, item.get("title"), text, item.get("author"), item.get("id"))
        )
    return found


def _entry(
    url: str, published: Any, updated: Any, title: Any, text: str | None, author: Any = None, key: Any = None
) -> Entry:
    strings = [v if isinstance(v, str) else None for v in (published, updated, title, author, key)]
    published, updated, title, author, key = strings
    record = {"url": url, "title": title, "text": text, "author": author, "id": key} if text is not None else None
    return Entry(url, published, updated, title, record)


def _text(item: Any) -> str:
    texts = [str(c.get("value", "")) for c in item.get("content", [])]
    texts += [str(value) for key, value in item.items() if key == "summary" or _FULL_TEXT.search(key)]
    text = max(texts, key=len, default="")
    return unescape(text) if "&lt;p" in text and "<p" not in text else text


def _stamp(parsed: Any) -> str | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _json_entries(data: bytes, base: str, takes_text: bool) -> list[Entry]:
    try:
        feed = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
        items = feed["items"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise SourceFailedError(f"no JSON feed: {error}") from None
    found = []
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        links = (item.get("url"), item.get("external_url"), item.get("id"))
        url = next((u for link in links if isinstance(link, str) and (u := absolute(base, link))), None)
        if not url:
            continue
        text = None
        if takes_text:
            text = next(
                (v for k in ("content_html", "content_text", "summary") if isinstance(v := item.get(k), str)), ""
            )
        authors = item.get("authors") or [item.get("author")]
        first = authors[0] if isinstance(authors, list) and authors else None
        author = first.get("name") if isinstance(first, dict) else None
        dates = (item.get("date_published"), item.get("date_modified"))
        found.append(_entry(url, dates[0] or dates[1], dates[1], item.get("title"), text, author, item.get("id")))
    return found
