"""A fact in its sentence: which characters of a text to show, and which of them to mark.

Belongs here: sentences around spans, texts cut into marked and unmarked pieces. Does not belong
here: how a mark looks (``claimhouse.cli.explain`` on a terminal, ``claimhouse.briefing`` on a page).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, end exclusive, and what they are: content, speaker, cue, evidence."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``role`` is empty where nothing is marked."""

    text: str
    role: str = ""


def spans_of(fact: Mapping[str, Any]) -> list[Span]:
    """What proves a row of a fact table: its evidence, and of a claim the speaker and the cue as well."""
    spans = [Span(s["start"], s["end"], "content") for s in fact.get("content_spans") or []]
    if not spans:
        spans = [Span(fact["char_start"], fact["char_end"], "evidence")]
    for role in ("speaker", "cue"):
        if fact.get(f"{role}_start") is not None:
            spans.append(Span(fact[f"{role}_start"], fact[f"{role}_end"], role))
    return spans


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, behind the blanks that follow them; the end of the text is left out."""
    return [match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text)]


def window(text: str, spans: list[Span]) -> tuple[int, int]:
    """First and last character of the sentences that hold the spans, end exclusive."""
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, first)), default=0)
    following = _SENTENCE_END.search(text, last)
    return start, following.end() if following else len(text)


def marked(text: str, spans: list[Span]) -> list[Piece]:
    """The sentences that hold the spans, in pieces; where spans overlap, the earlier one keeps the characters."""
    start, end = window(text, spans)
    pieces = []
    position = start
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        begin = max(span.start, position)
        if span.end <= begin:
            continue
        if begin > position:
            pieces.append(Piece(text[position:begin]))
        pieces.append(Piece(text[begin : span.end], span.role))
        position = span.end
    rest = text[position:end].rstrip()
    if rest:
        pieces.append(Piece(rest))
    return pieces
