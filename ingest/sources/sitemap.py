"""Sitemaps: plain, for news, indexes of them, and lists of addresses as text.

Belongs here: the entries of a sitemap. Does not belong here: fetching them (``ingest.sources.web``).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from datetime import UTC, datetime, timedelta

from lxml import etree

from ingest.articles.dates import read_stamp
from ingest.sources.config import SitemapConfig
from ingest.sources.fetch import Answer, Fetcher, FetchError
from ingest.sources.state import State
from ingest.sources.web import Entry, SourceFailedError, WebSource, absolute

_MOST_FILES = 50
_MOST_DEPTH = 3
_LARGEST = 50_000_000
_MOST_ENTRIES = 50_000


class SitemapSource(WebSource):
    """The pages of a sitemap that it dates within the window."""

    config: SitemapConfig
    revisits_unlisted = True

    def entries(self, fetcher: Fetcher, state: State) -> list[Entry]:
        since = (datetime.now(UTC) - timedelta(days=self.config.days)).date()
        wanted = re.compile(self.config.match or "")
        found: list[Entry] = []
        queue = [(self.config.url, 0)]
        seen = {self.config.url}
        while queue and len(seen) <= _MOST_FILES:
            url, depth = queue.pop(0)
            try:
                answer, entries = self.listed(fetcher, state, url)
                maps: list[tuple[str, str | None]] = []
                if entries is None:
                    maps, entries = parse_sitemap(answer)
                    if not maps:
                        self.remember(state, url, answer, entries)
            except (FetchError, SourceFailedError):
                if depth == 0:
                    raise
                continue  # one broken part of an index does not hide the others
            found += [e for e in entries if wanted.search(e.url) and _is_within(e.published or e.updated, since)]
            for part, changed in maps:
                if depth < _MOST_DEPTH and part not in seen and _is_within(changed, since):
                    seen.add(part)
                    queue.append((part, depth + 1))
        return found


def _is_within(stated: str | None, since: object) -> bool:
    stamp = read_stamp(stated)
    return stamp is None or stamp.day >= since  # type: ignore[operator]


def parse_sitemap(answer: Answer) -> tuple[list[tuple[str, str | None]], list[Entry]]:
    """(other sitemaps with the day they changed, pages) of a sitemap.

    Raises:
        SourceFailedError: it is no sitemap.
    """
    data = answer.data or b""
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(data)) as file:
                data = file.read(_LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceFailedError(f"broken compression: {error}") from None
        if len(data) > _LARGEST:
            raise SourceFailedError("a sitemap that unpacks to more than 50 MB")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = data.decode("utf-8", "replace").split()
        found = [Entry(url) for line in lines[:_MOST_ENTRIES] if "://" in line and (url := absolute("", line))]
        if not found:
            raise SourceFailedError("no sitemap: neither XML nor a list of addresses")
        return [], found
    return _parse_xml(data, answer.url)


def _parse_xml(data: bytes, base: str) -> tuple[list[tuple[str, str | None]], list[Entry]]:
    maps: list[tuple[str, str | None]] = []
    pages: list[Entry] = []
    is_sitemap = False
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in events:
            name = _name(element)
            if name in ("url", "sitemap"):
                is_sitemap = True
                parts = {_name(e): (e.text or "").strip() for e in element.iter()}
                url = absolute(base, parts.get("loc"))
                if url and name == "sitemap":
                    maps.append((url, parts.get("lastmod")))
                elif url:
                    changed = parts.get("lastmod") or None
                    pages.append(Entry(url, parts.get("publication_date") or None, changed, parts.get("title") or None))
                element.clear()
                if len(pages) >= _MOST_ENTRIES:
                    break
            is_sitemap = is_sitemap or name in ("urlset", "sitemapindex")
    except etree.XMLSyntaxError as error:
        if not is_sitemap:
            raise SourceFailedError(f"no sitemap: {error}") from None
    if not is_sitemap:
        raise SourceFailedError("no sitemap: neither a urlset nor a sitemapindex")
    return maps, pages


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace; mended XML has names that are none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
