"""Web pages: the article in an HTML document.

Belongs here: parsing a page safely, taking its text and what it states about itself together. Does
not belong here: where pages keep their metadata (``ingest.articles.metadata``), which pages are no
articles (``ingest.articles.kind``).

No script is run and nothing that the page points to is fetched.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from html import unescape

from lxml import etree, html
from lxml.html import HtmlElement

from ingest.articles.body import body_of
from ingest.articles.dates import date_in_url, read_stamp
from ingest.articles.decode import decode, has_letters, one_line
from ingest.articles.draft import Member, Parts, RefusedError, Stamp
from ingest.articles.kind import why_no_article
from ingest.articles.metadata import Metadata, read_metadata
from ingest.identity import canonical_url

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LARGEST = 8_000_000
_DEEPEST = 250  # deeper trees exhaust the stack of what walks them
_MOST_ELEMENTS = 60_000
_FEWEST_LETTERS = 120


def read_page(member: Member, url: str | None, latest: datetime) -> Parts:
    """The parts of the article in a page; ``url`` is where it was fetched, ``latest`` when.

    Raises:
        RefusedError: no text, no page, or no article in it.
    """
    if len(member.data) > _LARGEST:
        raise RefusedError("too_large", f"a page of {len(member.data)} bytes")
    declared = _CHARSET.search(member.data[:4_096])
    decoded = decode(member.data, member.charset or (declared[1].decode("ascii") if declared else None))
    tree = parse(decoded.text)
    stated = read_metadata(tree)
    warnings = list(decoded.warnings)
    address = _address(stated.url, url, warnings)
    title = _title(stated)
    body = body_of(tree, address, title)
    refusal = why_no_article(tree, stated, address, title, body.whole)
    if refusal:
        raise RefusedError(*refusal)
    if not has_letters(body.text, _FEWEST_LETTERS):
        raise RefusedError("no_text", "no article text found in the page")
    stamps = list(stated.stamps)
    in_url = date_in_url(address or url)
    if in_url:
        stamps.append(("url", in_url))
    if not stamps:
        found = _visible_date(tree, latest)
        if found:
            stamps.append(("page_text", found))
    return Parts(
        body=body.text,
        title=title,
        url=address,
        publisher=stated.publisher,
        author=stated.author,
        language=stated.language,
        modified=stated.modified,
        stamps=stamps,
        warnings=warnings,
    )


@lru_cache(maxsize=1)
def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )


def parse(text: str) -> HtmlElement:
    """The tree of a page.

    Raises:
        RefusedError: it is no page, or one that is nested too deep or too large to walk.
    """
    text = _DECLARATION.sub("", text).replace("\x00", "")
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("malformed", f"no HTML: {error}") from None
    depth = 0
    for count, (event, _) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise RefusedError("malformed", f"elements nested deeper than {_DEEPEST}")
        if count > 2 * _MOST_ELEMENTS:
            raise RefusedError("too_large", f"more than {_MOST_ELEMENTS} elements")
    return tree


def _address(stated: str | None, fetched: str | None, warnings: list[str]) -> str | None:
    """The canonical address: the page's own, unless it points to another site than it came from."""
    own, here = canonical_url(stated), canonical_url(fetched)
    if own and here and _site(own) != _site(here):
        warnings.append(f"canonical_elsewhere: {own[:200]}")
        return here
    return own or here


def _site(url: str) -> str:
    from tld import get_fld

    return str(get_fld(url, fail_silently=True) or url.split("/")[2])


def _title(stated: Metadata) -> str | None:
    title = one_line(unescape(stated.title or ""))  # many escape twice
    headings = [h for t in stated.headings if (h := one_line(t))]
    if not title:
        return headings[0] if headings else None
    for heading in headings:  # the heading is the title without the site's name behind it
        if len(heading) > 15 and title.casefold().startswith(heading.casefold()):
            return heading
    names = [re.escape(n) for n in (stated.publisher,) if n]
    if names:
        title = re.sub(rf"\s*[|\-–—:·]\s*(?:www\.)?(?:{'|'.join(names)})\s*$", "", title, flags=re.I) or title
    return re.sub(r"\s+[|»]\s+[^|»]{2,40}$", "", title) or title


def _visible_date(tree: HtmlElement, latest: datetime) -> Stamp | None:
    """The date that the page shows, for pages that state none: found by htmldate."""
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True, max_date=latest + timedelta(days=1))
    except Exception:  # a search over arbitrary markup; no date is an answer too
        return None
    return read_stamp(found)


def read_fragment(markup: str) -> str:
    """The text of a piece of a page, as feeds and exports carry it: block by block, nothing left out.

    Raises:
        RefusedError: it is nested too deep or too large.
    """
    tree = parse(f"<html><body>{markup}</body></html>")
    etree.strip_elements(tree, "script", "style", "noscript", "iframe", "svg", "form", with_tail=False)
    for element in tree.iter():
        if element.tag == "br":
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _BLOCKS:
            element.text = "\n\n" + (element.text or "")
            element.tail = "\n\n" + (element.tail or "")
    lines = "".join(tree.itertext()).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "blockquote", "section",
     "article", "figure", "figcaption", "pre", "hr"}
)  # fmt: skip
