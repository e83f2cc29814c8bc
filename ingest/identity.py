"""Which article a document is, over all its versions.

Belongs here: canonical addresses and identities. Does not belong here: comparing texts
(``ingest.articles.change``).

An address is the best identity; else the publisher's own id within its file; else the place of the
file. A line of a collection that has neither is known by its text: its place in the file is no
identity, since one line put in before it would make every other one an "edit" of its neighbour.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ingest.tables import identity

# parameters that mean one thing wherever they stand: who sent the reader. Whatever might name an article stays.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|yclid|msclkid|twclid|ttclid|igshid|mc_[ce]id|_ga|_gl|xtor|"
    r"ns_(?:campaign|mchannel|source|linkname|fee)|wt\.mc_id)$",
    re.I,
)
_HIGHLIGHT = ":~:"  # words that a browser is to mark in the page
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_LONGEST = 2_000


def canonical_url(url: str | None) -> str | None:
    """The address without what does not tell articles apart; None where it is no web address."""
    if not url or len(url) > _LONGEST:
        return None
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in ("http", "https") or "." not in host or any(c.isspace() for c in host):
        return None
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _INDEX.sub("/", quote(parts.path, safe="/%:@!$&'()*+,;=~-._")) or "/"
    return urlunsplit((parts.scheme.lower(), host, path, _query(parts.query), _fragment(parts.fragment)))


def _query(query: str) -> str:
    """The parameters in a fixed order, those without a value among them, without what only tracks."""
    told = []
    for part in query.split("&"):
        [(name, value)] = parse_qsl(part, keep_blank_values=True) or [("", "")]
        if name and not _TRACKING.match(name):
            told.append((name, urlencode([(name, value)]) if "=" in part else quote(name)))
    return "&".join(text for _, text in sorted(told))


def _fragment(fragment: str) -> str:
    """What may name one post of a page; not where a browser is to scroll to or what it is to mark."""
    fragment = fragment.partition(_HIGHLIGHT)[0]
    if _TRACKING.match(fragment.partition("=")[0]):
        return ""
    return quote(fragment, safe="/%:@!$&'()*+,;=~-._?")


def place_id(url: str | None, source: str, uri: str) -> str:
    """Identity of the place that an article stands at: its canonical address, else the place of its file."""
    return identity("url", _sameness(url)) if url else identity("file", source, uri)


def article_id(url: str | None, source: str, uri: str, item_id: str | None, text: str) -> str:
    """Identity of an article over its versions. ``url`` is canonical.

    Where what stands at a place is another article than what stood there, ``ingest.intake`` gives it another one.
    """
    if url:
        return place_id(url, source, uri)
    file_uri, inside, _ = uri.partition("#")
    if item_id:
        return identity("item", source, file_uri, item_id)
    if inside:
        return identity("text", source, file_uri, hashlib.sha256(text.encode()).hexdigest())
    return place_id(None, source, uri)


def _sameness(url: str) -> str:
    """What two addresses of one article share: not the scheme, www., nor a slash at the end."""
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|amp|mobile)\.", "", parts.netloc)
    return urlunsplit(("", "", host + parts.path.rstrip("/"), parts.query, parts.fragment))
