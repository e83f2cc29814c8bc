"""Which pages are no articles, and why.

Belongs here: the signs of front pages, indexes, video stubs, paywalls, cookie walls and live blogs.
Does not belong here: finding the text of a page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.articles.metadata import Metadata
from ingest.articles.tables import names, sign

_SHORT = 900
_STUB = 400
_LEAST_REST = 300


def why_no_article(
    tree: HtmlElement, stated: Metadata, url: str | None, title: str | None, body: str
) -> tuple[str, str] | None:
    """(reason, detail) where a page is no article; None where it is one, as far as can be told."""
    is_stated = bool(stated.types.intersection(names("types", "article"))) or stated.og_type == "article"
    length = len(body)
    if (
        stated.types.intersection(names("types", "live"))
        or (sign("live_title").search(title or "") and _entries(body) >= 5)
        or (url and sign("live_url").search(url) and _entries(body) >= 5)
    ):
        return "not_an_article", "a live blog"
    if length < 2 * _SHORT and (
        sign("error_title").search(title or "") or (sign("blocked").search(body) and length < _SHORT)
    ):
        return "not_an_article", "an error or a check for robots"
    if _rest(body, "paywall") < _LEAST_REST and sign("paywall").search(body):
        return "not_an_article", "a paywall notice"
    if _rest(body, "cookie_wall") < _LEAST_REST and len(sign("cookie_wall").findall(body)) >= 2:
        return "not_an_article", "a cookie wall"
    if length < _SHORT and _meta_refresh(stated) and length < 200:
        return "not_an_article", "a page that only leads on to another"
    if is_stated:
        return None
    if url and sign("index_url").match(urlsplit(url).path or "/"):
        return "not_an_article", "a front page or index, by its address"
    if stated.types.intersection(names("types", "list")):
        return "not_an_article", "an index, as it says itself"
    if stated.types.intersection(names("types", "video")) and length < _STUB:
        return "not_an_article", "a video or gallery with few words"
    if (stated.og_type or "").startswith(("video", "music", "profile")) and length < _STUB:
        return "not_an_article", "a video or gallery with few words"
    if _is_list_of_links(tree, body):
        return "not_an_article", "a list of links"
    return None


def _rest(body: str, name: str) -> int:
    """Characters of the paragraphs that do not show the sign."""
    return sum(len(p) for p in body.split("\n\n") if not sign(name).search(p))


def _meta_refresh(stated: Metadata) -> bool:
    return "url=" in (stated.refresh or "").lower()


def _entries(body: str) -> int:
    """Paragraphs that begin with a time of day, as the entries of a live blog do."""
    return len(re.findall(r"(?m)^\W{0,2}\d{1,2}[:.]\d\d(?:\s*(?:[ap]\.?m|GMT|[A-Z]{3,4}))?\b", body))


def _is_list_of_links(tree: HtmlElement, body: str) -> bool:
    """Many links with headlines in them, and no run of sentences."""
    sentences = [p for p in body.split("\n\n") if len(p) > 120 and p.rstrip("”\"'").endswith((".", "!", "?"))]
    if len(sentences) >= 3 or sum(map(len, sentences)) > 800:
        return False
    linked = [n for a in tree.iterfind(".//a") if 25 < (n := len(" ".join(a.itertext()).strip())) < 200]
    return len(linked) >= 10 and sum(linked) > 2 * sum(map(len, sentences))
