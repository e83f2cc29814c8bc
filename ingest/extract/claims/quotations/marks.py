"""Where a text is in quotation marks.

Belongs here: pairing of quotation marks of every kind, within and across paragraphs, balanced or
not. Does not belong here: who is quoted, and quotations without a cue (``continuation``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.extract.claims.quotations.dashes import dash_quotations
from ingest.extract.layout import Layout

_MARK = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»＂‹›]")
_OPENERS = frozenset("“„‟«‹") | {"``", "‘‘"}
_CLOSERS = frozenset("”»›") | {"’’"}
# characters of a quotation in single marks; further off, a mark is an apostrophe
_LONGEST_SINGLE = 2_000
_SINGLE_OPEN = re.compile(r"[‘'](?<![^\s(\[—–:,-].)(?=[\w“\"…])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)])[’'](?![\w])")
_LONGEST_INNER = 40  # characters of a few words in marks inside a quotation in the same marks
_MOST_UNMARKED = 8  # paragraphs of a quotation of which only the first opens with a mark
_YEARS = re.compile(r"\d0s\b")
_OPENING = ",;:.—–•·▪●◦"
_BULLETS = ("- ", "* ")  # of a list's item
_EDGE = " \t\r\n\u00a0.,;:—–-"
# a paragraph's mark that nobody closes and nobody takes up again; past this it is taken for a stray one
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: ``start`` to ``end`` inside the marks, trimmed; ``open`` to ``close`` with them."""

    start: int
    end: int
    open: int
    close: int


class Quotations(list[Quotation]):
    """The outermost quotations of a text in order, found by offset without a walk over all of them."""

    def __init__(self, quotations: Iterable[Quotation] = ()) -> None:
        super().__init__(sorted(quotations, key=lambda q: q.open))
        self._opens = [q.open for q in self]

    def around(self, at: int) -> Quotation | None:
        """The quotation that holds the character, marks left out."""
        k = bisect_right(self._opens, at) - 1
        return self[k] if k >= 0 and self[k].start <= at < self[k].end else None

    def marked(self, at: int) -> Quotation | None:
        """The quotation that holds the character, marks taken in."""
        k = bisect_right(self._opens, at) - 1
        return self[k] if k >= 0 and self[k].open <= at < self[k].close else None

    def behind(self, at: int) -> Quotation | None:
        """The first that opens at the offset or behind it."""
        k = bisect_left(self._opens, at)
        return self[k] if k < len(self) else None

    def before(self, at: int) -> Quotation | None:
        """The last that closes at the offset or before it."""
        k = bisect_left(self._opens, at) - 1
        while k >= 0 and self[k].close > at:
            k -= 1
        return self[k] if k >= 0 else None

    def touching(self, start: int, end: int) -> list[Quotation]:
        """Those that share a character with the span, marks taken in."""
        k = max(0, bisect_right(self._opens, start) - 1)
        found = []
        while k < len(self) and self[k].open < end:
            if self[k].close > start:
                found.append(self[k])
            k += 1
        return found


def trim(text: str, start: int, end: int, edge: str = _EDGE) -> tuple[int, int]:
    """``start`` and ``end`` without white space and punctuation at the end, white space at the start."""
    while end > start and text[end - 1] in edge:
        end -= 1
    while start < end and (text[start].isspace() or text[start] in _OPENING or text[start : start + 2] in _BULLETS):
        start += 1
    return start, end


def is_speech(text: str, q: Quotation) -> bool:
    """A quotation of a sentence, not of a few words."""
    inner = text[q.start : q.end]
    closing = text[q.end : q.close].lstrip()[:1]
    return inner.count(" ") >= 3 or inner.endswith(("!", "?")) or closing in (".", "!", "?", ",")


def find_quotations(text: str, layout: Layout) -> Quotations:
    """Outermost quotations in order. One that runs over paragraphs gives one entry a paragraph."""
    found: list[Quotation] = []
    running: str | None = None  # the mark with which an unclosed quotation goes on in the next paragraph
    for number, block in enumerate(layout.blocks):
        marks = list(_MARK.finditer(text, block.start, block.end))
        if not marks and running is None:
            continue
        if not marks and running is not None and _closes_later(text, layout, number):
            _add(text, block.start, block.end, block.start, block.end, found)
            continue
        running = _paragraph(text, block.start, block.end, marks, running, found)
        if running is not None and not _goes_on(text, layout, number):
            running = None
    found.extend(_singles(text, layout, found))
    dashed = Quotations(
        Quotation(*trim(text, start, end), opened, close) for start, end, opened, close in dash_quotations(text, layout)
    )
    marked = Quotations(q for q in found if (d := dashed.marked(q.open)) is None or q.close > d.close)
    return Quotations([*marked, *(d for d in dashed if not marked.touching(d.open, d.close))])


def _paragraph(
    text: str,
    start: int,
    end: int,
    marks: list[re.Match[str]],
    running: str | None,
    found: list[Quotation],
) -> str | None:
    """Add the quotations of the paragraph; return the mark of one that it leaves open."""
    opened: re.Match[str] | None = None
    inner_end = start
    for number, m in enumerate(marks):
        mark = m.group()
        if m.start() < inner_end:
            continue
        if opened is not None and mark == opened.group() and (inner := _inner(text, marks, number)) is not None:
            inner_end = inner
            continue
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        opens = mark in _OPENERS or (
            mark not in _CLOSERS and (before.isspace() or before in "([—–-/:,") and not after.isspace()
        )
        if opened is not None and opened.group() == mark and before in ",.!?" and after.isspace():
            opens = False  # “It fell,“ he said: the opening mark of the same kind closes it
        if opened is None:
            if opens or (mark not in _CLOSERS and not before.isalnum() and before not in ".,!?…"):
                opened = m
            elif running is not None and number == 0:
                _add(text, start, m.start(), start, m.end(), found)
        elif opened.group() in "„‟" and mark in "“”":
            # „Central European“ marks close with what elsewhere opens
            _add(text, opened.end(), m.start(), opened.start(), m.end(), found)
            opened = None
        elif opens and mark in _OPENERS and opened.group() == mark:
            # the one before was never closed: it ends where its sentence does
            _add(text, opened.end(), _sentence_end(text, opened.end(), m.start()), opened.start(), m.start(), found)
            opened = m
        elif not opens or mark == opened.group():
            _add(text, opened.end(), m.start(), opened.start(), m.end(), found)
            opened = None
        running = None if opened is None else running
    if opened is None:
        return None
    if end - opened.end() <= _LONGEST:
        # unclosed: the paragraph's end closes it, taken up again or not
        _add(text, opened.end(), end, opened.start(), end, found)
    return opened.group()


def _goes_on(text: str, layout: Layout, number: int) -> bool:
    """True where the next paragraph takes up again the quotation that the paragraph ``number`` leaves open."""
    following = layout.blocks[number + 1 : number + 2]
    return bool(following) and (
        _MARK.match(text, following[0].start) is not None or _closes_later(text, layout, number)
    )


def _closes_later(text: str, layout: Layout, number: int) -> bool:
    """True where the first mark behind the paragraph ``number`` closes, so that those before it are quoted whole."""
    for block in layout.blocks[number + 1 : number + 1 + _MOST_UNMARKED]:
        m = _MARK.search(text, block.start, block.end)
        if m is not None:
            behind = text[m.end() : m.end() + 1]
            return m.group() not in _OPENERS and text[m.start() - 1] in ",.!?…" and not behind.isalnum()
    return False


def _inner(text: str, marks: list[re.Match[str]], number: int) -> int | None:
    """Where words in straight marks end inside a quotation in such marks: "Such "deals" do not last," he said.

    The mark ``number`` opens them, the next one closes them behind a few words, and the one after it the quotation;
    None where the three stand otherwise.
    """
    if marks[number].group() != '"' or number + 2 >= len(marks):
        return None
    opening, closing, last = marks[number : number + 3]
    words_inside = text[opening.end() : closing.start()]
    is_short = 0 < len(words_inside) <= _LONGEST_INNER and words_inside[0].isalnum() and words_inside[-1].isalnum()
    is_open = text[opening.start() - 1].isspace() and is_short
    goes_on = text[closing.end() : closing.end() + 2].lstrip(" ,")[:1].isalnum()
    ends = not text[last.start() - 1].isspace() and not text[last.end() : last.end() + 1].isalnum()
    return closing.end() if is_open and goes_on and ends else None


def _sentence_end(text: str, start: int, limit: int) -> int:
    m = re.compile(r"[.!?…](?=\s)").search(text, start, limit)
    return m.end() if m else limit


def _add(text: str, start: int, end: int, opened: int, close: int, found: list[Quotation]) -> None:
    s, e = trim(text, start, end)
    if e > s:
        found.append(Quotation(s, e, opened, close))


def _singles(text: str, layout: Layout, outer: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks, as British news has them, outside the double ones."""
    result: list[Quotation] = []
    if "‘" not in text and "'" not in text:
        return result
    opens = [q.open for q in outer]

    def covered(at: int) -> bool:
        k = bisect_right(opens, at) - 1
        return k >= 0 and outer[k].open <= at < outer[k].close

    for block in layout.blocks:
        at = block.start
        while m := _SINGLE_OPEN.search(text, at, block.end):
            at = m.end()
            if covered(m.start()) or _YEARS.match(text, m.end() + 1) or _YEARS.match(text, m.end()):
                continue
            close = _closing(text, m, min(block.end, m.end() + _LONGEST_SINGLE))
            if close is not None:
                s, e = trim(text, m.end(), close)
                if e > s:
                    result.append(Quotation(s, e, m.start(), close + 1))
                at = close + 1
    return result


def _closing(text: str, opened: re.Match[str], end: int) -> int | None:
    """Where a single quotation ends: at a mark behind punctuation, else at the first that is no plural's."""
    wanted = "’" if opened.group() == "‘" else "'"
    first = None
    for m in _SINGLE_CLOSE.finditer(text, opened.end(), end):
        if m.group() != wanted:
            continue
        if text[m.start() - 1] in ".,!?…" or text[m.end() : m.end() + 1] in (",", ".", "", "\n"):
            return m.start()
        if first is None and text[m.start() - 1] != "s":
            first = m.start()
            if text.count(wanted, m.end(), m.end() + 200) == 0:
                return first
    return first
