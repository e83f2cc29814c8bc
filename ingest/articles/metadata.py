"""What a web page states about itself: JSON-LD, meta tags, time elements.

Belongs here: where pages keep title, dates, author, publisher and address. Does not belong here: the
text of the article (``ingest.articles.page``), which date to believe (``ingest.articles.dates``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from lxml.html import HtmlElement

from ingest.articles.dates import read_stamp
from ingest.articles.draft import Stamp
from ingest.articles.fields import publisher_name, scalar_name
from ingest.articles.tables import names

_MOST_SCRIPTS, _LARGEST_SCRIPT, _MOST_NODES = 50, 1_000_000, 5_000
_MOST_TIMES = 40


@dataclass(slots=True)
class Metadata:
    """What the page states. Every list is in order of belief."""

    stamps: list[tuple[str, Stamp]] = field(default_factory=list)
    modified: Stamp | None = None
    title: str | None = None
    headings: list[str] = field(default_factory=list)
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    types: set[str] = field(default_factory=set)
    og_type: str | None = None
    body: str | None = None
    is_free: bool | None = None
    refresh: str | None = None


def read_metadata(tree: HtmlElement) -> Metadata:
    """All that the page states about itself. Never raises for odd content."""
    meta = _meta_tags(tree)
    found = Metadata(og_type=(meta.get("og:type") or "").lower() or None)
    articles = _json_ld(tree, found)
    for article in articles:
        _take_json_ld(article, found)
    for name in names("meta", "published"):
        stamp = read_stamp(meta.get(name))
        if stamp:
            found.stamps.append(("meta", stamp))
            break
    if found.modified is None:
        found.modified = next((s for n in names("meta", "modified") if (s := read_stamp(meta.get(n)))), None)
    found.stamps += [("time_element", stamp) for stamp in _times(tree)]
    found.headings = [t for h in tree.iterfind(".//h1") if (t := " ".join(h.itertext()).strip())][:5]
    element = tree.find(".//title")
    page_title = " ".join(element.itertext()) if element is not None else None
    found.title = found.title or next((meta[n] for n in names("meta", "title") if meta.get(n)), None) or page_title
    found.author = found.author or next((meta[n] for n in names("meta", "author") if scalar_name(meta.get(n))), None)
    found.publisher = (
        next((meta[n] for n in names("meta", "publisher") if scalar_name(meta.get(n))), None) or found.publisher
    )
    found.publisher = found.publisher or next((meta[n] for n in names("meta", "publisher_weak") if meta.get(n)), None)
    hosts = (publisher_name(meta.get(n)) for n in names("meta", "publisher"))
    found.publisher = publisher_name(found.publisher) or next(filter(None, hosts), None)
    link = next((e.get("href") for e in tree.iterfind(".//link[@rel='canonical']") if e.get("href")), None)
    found.url = link or meta.get("og:url") or found.url
    found.language = tree.get("lang") or meta.get("og:locale") or meta.get("content-language")
    found.refresh = meta.get("refresh")
    return found


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta tag, by lower-case name."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            tags.setdefault(name.strip().lower(), content[:5_000])
    return tags


def _json_ld(tree: HtmlElement, found: Metadata) -> list[dict[str, Any]]:
    """The objects of JSON-LD that are articles, those that say so most plainly first."""
    articles: list[dict[str, Any]] = []
    article_types = names("types", "article") + names("types", "live")
    for i, script in enumerate(tree.iterfind(".//script[@type]")):
        if i >= _MOST_SCRIPTS * 10:
            break
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()[:_LARGEST_SCRIPT]
        for node in _nodes(_loads(text)):
            types = {t.rsplit("/", 1)[-1].lower() for t in _strings(node.get("@type"))}
            found.types |= types
            if types.intersection(article_types) or (
                "datePublished" in node and types.intersection(names("types", "dated"))
            ):
                articles.append(node)
    return sorted(articles, key=lambda a: "headline" not in a and "articleBody" not in a)


def _loads(text: str) -> Any:
    text = (
        text.removeprefix("<!--")
        .removesuffix("-->")
        .strip()
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .rstrip(";")
    )
    for candidate in (text, " ".join(text.split())):  # raw line breaks inside strings are common
        try:
            return orjson.loads(candidate)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a value, outer ones first; bounded, without recursion."""
    queue, seen = [value], 0
    while queue and seen < _MOST_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            queue.extend(
                v for k, v in node.items() if isinstance(v, dict | list) and k not in ("author", "publisher", "image")
            )
        elif isinstance(node, list):
            queue.extend(node[:200])


def _strings(value: Any) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [v for v in value if isinstance(v, str)]
        if isinstance(value, list)
        else []
    )


def _take_json_ld(article: dict[str, Any], found: Metadata) -> None:
    if not any(where == "json_ld" for where, _ in found.stamps):
        stamp = next(
            (s for k in ("datePublished", "dateCreated", "uploadDate") if (s := read_stamp(article.get(k)))), None
        )
        if stamp:
            found.stamps.append(("json_ld", stamp))
    found.modified = found.modified or read_stamp(article.get("dateModified"))
    found.title = found.title or _text(article.get("headline"))
    found.author = found.author or scalar_name(article.get("author")) or scalar_name(article.get("creator"))
    found.publisher = found.publisher or scalar_name(article.get("publisher"))
    found.url = found.url or _text(article.get("url")) or _text(article.get("mainEntityOfPage"))
    found.body = found.body or _text(article.get("articleBody"))
    free = article.get("isAccessibleForFree")
    if found.is_free is None and free is not None:
        found.is_free = str(free).lower() not in ("false", "0", "no")


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name")
    return value if isinstance(value, str) and value.strip() else None


def _times(tree: HtmlElement) -> list[Stamp]:
    """The date of the first time element that is the article's own, rather one that calls itself published."""
    plain: list[Stamp] = []
    marked: list[Stamp] = []
    for i, element in enumerate(tree.iter("time", "span", "div", "p")):
        if i > _MOST_NODES * 10 or len(plain) + len(marked) >= _MOST_TIMES:
            break
        if element.tag != "time" and "datepublished" not in (element.get("itemprop") or "").lower():
            continue
        stamp = read_stamp(element.get("datetime") or element.get("content") or " ".join(element.itertext())[:100])
        words = " ".join(element.get(k) or "" for k in ("itemprop", "class", "id")).lower()
        if stamp is None or "modif" in words or "updat" in words or _is_aside(element):
            continue
        is_marked = "publi" in words or "entry-date" in words or element.get("pubdate") is not None
        (marked if is_marked else plain).append(stamp)
    return (marked + plain)[:1]


def _is_aside(element: HtmlElement) -> bool:
    for depth, above in enumerate(element.iterancestors()):
        if depth > 12:
            break
        if above.tag in ("aside", "footer", "nav", "a"):
            return True
        words = f"{above.get('class') or ''} {above.get('id') or ''}".lower()
        if any(w in words for w in names("aside", "words")):
            return True
    return False
