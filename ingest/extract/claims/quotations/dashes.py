"""Quotations that dashes open and close, as Polish, French and Spanish news writes them, and its translations.

Belongs here: paragraphs of the form ``- The bridge is closed - said the mayor. - We shall open it on Monday.``
Does not belong here: quotation marks (``marks``), dashes around an aside in other sentences.
"""

from __future__ import annotations

import re

from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.layout import Layout

_DASH = re.compile(r"[-–—]\s")
_OPENS = re.compile(r"[-–—]\s+(?=\S)")
_CLOSES = re.compile(r"\s[-–—]\s+(?P<clause>[^.,;:!?\n]{2,60})")
_OPENS_AGAIN = re.compile(r"(?:[.!?]\s?|\s)[-–—]\s+(?=[A-Z“\"])")
_OPENS_INSIDE = re.compile(r"(?<=[.!?][”\"]|.[.!?])\s?[-–—]\s+(?=[A-Z“\"])")  # behind a sentence of the article
_MOST_WORDS = 5  # of a subject before its cue
_ASIDE = listed("words_that_open_no_tail")
_OF_WORDS = frozenset("sq")  # frames of cues that a quotation may go with
_FINITE = ("s", "ed", "aid", "old")  # says, added, said, told

Span = tuple[int, int, int, int]  # start and end of the words, then with their dashes


def dash_quotations(text: str, layout: Layout) -> list[Span]:
    """Start and end of each quotation between dashes, without and with them, in order."""
    found: list[Span] = []
    if _DASH.search(text) is None:
        return found
    for block in layout.blocks:
        if _DASH.search(text, block.start, block.end) is None:
            continue
        opening = _OPENS.match(text, block.start, block.end) or _OPENS_INSIDE.search(text, block.start, block.end)
        while opening is not None:
            closing = next(
                (m for m in _CLOSES.finditer(text, opening.end(), block.end) if _is_cue(m.group("clause"))), None
            )
            if closing is None:
                break
            found.append((opening.end(), closing.start(), opening.start(), closing.start("clause")))
            opening = _OPENS_AGAIN.search(text, closing.start("clause"), block.end)
    return found


def _is_cue(clause: str) -> bool:
    """True for "said Jan Roe", "he adds" and "the head of the port points out"."""
    lows = clause.lower().split()
    if lows[0] in _ASIDE:
        return False  # "- The driver - who said nothing - left"
    for word in lows[: _MOST_WORDS + 1]:
        entry = verbs().get(word)
        if entry is not None and entry.cue_class == "say" and entry.frames & _OF_WORDS and word.endswith(_FINITE):
            return True
    return False
