"""The running text of a web page.

Belongs here: what trafilatura takes out of a page, mended by two rules of its own. Does not belong
here: metadata, and whether the page is an article at all.

- Pages that cut an article into blocks lose some of them. Paragraphs that stand in just such elements
  as those that were taken, are taken too.
- Teasers, newsletter forms and sharing lines are left out: each would make claims nobody made.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from ingest.articles.decode import folded
from ingest.articles.tables import sign

_LONG = 60
_LONGEST_FURNITURE = 220
_SIGNS_TO_TRUST = 3
_LEAST_GAIN = 0.25
_MOST_TEASERS = 0.15
_PULL_QUOTE = 40
_ENDS = (".", "!", "?", "…", "”", '"', "’", "'", ")", "»", ":", "。", "！", "？", "」")
_ASIDE = ("nav", "footer", "aside", "form", "figcaption", "header")
_SPACE = re.compile(r"\s+")
Signature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article, apart by blank lines, and what was found before furniture was left out."""

    text: str
    whole: str


def body_of(tree: HtmlElement, url: str | None, title: str | None) -> Body:
    """The text of the article in a page; empty where there is none."""
    import trafilatura

    paragraphs = _paragraphs(tree)
    linked = _linked_texts(tree)
    found = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, with_metadata=False, output_format="python"
    )
    text = (getattr(found, "text", None) or "") if found is not None else ""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    lines = _with_lost_blocks(lines, paragraphs)
    return Body("\n\n".join(_without_furniture(lines, linked, title)), "\n\n".join(lines))


def _paragraphs(tree: HtmlElement) -> list[tuple[Signature, str]]:
    """(where it stands, text) of all longer paragraphs outside of what frames an article."""
    found = []
    for element in tree.iter("p"):
        text = _SPACE.sub(" ", "".join(element.itertext())).strip()
        if len(text) < _LONG or any(above.tag in _ASIDE for above in element.iterancestors()):
            continue
        linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
        if linked < len(text) / 2:
            found.append((_signature(element), text))
    return found


def _signature(element: HtmlElement) -> Signature:
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return tuple(f"{e.tag} {e.get('class') or ''}" if e is not None else "" for e in (parent, above))  # type: ignore[return-value]


def _linked_texts(tree: HtmlElement) -> set[str]:
    """The texts of links that are as long as a headline."""
    texts = (_SPACE.sub(" ", "".join(a.itertext())).strip() for a in tree.iter("a"))
    return {folded(text) for text in texts if 15 < len(text) < _LONGEST_FURNITURE}


def _with_lost_blocks(lines: list[str], paragraphs: list[tuple[Signature, str]]) -> list[str]:
    places = {_start(line): i for i, line in reversed(list(enumerate(lines)))}
    taken = Counter(signature for signature, text in paragraphs if _start(text) in places)
    lost = [
        text
        for signature, text in paragraphs
        if taken[signature] >= _SIGNS_TO_TRUST and _start(text) not in places and text.endswith(_ENDS)
    ]
    if len(lost) < _SIGNS_TO_TRUST or sum(map(len, lost)) < _LEAST_GAIN * sum(map(len, lines)):
        return lines
    behind: dict[int, list[str]] = {}
    place = -1
    wanted = set(lost)
    for _, text in paragraphs:
        if _start(text) in places:
            place = max(place, places[_start(text)])
        elif text in wanted:
            wanted.discard(text)
            behind.setdefault(place, []).append(text)
    mended = behind.get(-1, [])
    for i, line in enumerate(lines):
        mended += [line, *behind.get(i, [])]
    return mended


def _start(text: str) -> str:
    return folded(text[:120])[:50]


def _without_furniture(lines: list[str], linked: set[str], title: str | None) -> list[str]:
    teasers = {line for line in lines if folded(line) in linked and not line.endswith((".", "”", '"'))}
    if sum(map(len, teasers)) > _MOST_TEASERS * sum(map(len, lines)):
        teasers = set()  # a text of links, as a list of recommendations, is all there is
    times = Counter(map(folded, lines))
    kept: list[str] = []
    seen: set[str] = {folded(title)} if title else set()
    for line in lines:
        plain = folded(line)
        if line in teasers or (len(line) <= _LONGEST_FURNITURE and sign("furniture").search(line)):
            continue
        if plain in seen and times[plain] <= 2 and (len(line) > _PULL_QUOTE or not kept):
            continue  # the title again, a pull quote, a summary
        seen.add(plain)
        kept.append(line)
    return kept
