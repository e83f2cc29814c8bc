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

_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_ga|_gl|ref|ref_src|cmpid|ocid|ito|smid|at_.*|"
    r"ns_.*|xtor|wt[._].*|source|sh|share|amp|outputtype|partner|ftag|sr_share|s_cid)$",
    re.I,
)
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
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)))
    return urlunsplit((parts.scheme.lower(), host, path, query, ""))


def article_id(url: str | None, source: str, uri: str, item_id: str | None, text: str) -> str:
    """Identity of an article over its versions. ``url`` is canonical."""
    if url:
        return identity("url", _sameness(url))
    file_uri, inside, _ = uri.partition("#")
    if item_id:
        return identity("item", source, file_uri, item_id)
    if inside:
        return identity("text", source, file_uri, hashlib.sha256(text.encode()).hexdigest())
    return identity("file", source, uri)


def _sameness(url: str) -> str:
    """What two addresses of one article share: not the scheme, www., nor a slash at the end."""
    rest = url.split("://", 1)[1]
    host, slash, path = rest.partition("/")
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host) + slash + path.rstrip("/")
