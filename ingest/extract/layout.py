"""The visible layout of a stored text: title, paragraphs, and the lines that are not running text.

Belongs here: what line breaks and typical furniture (photo captions, map credits) show. Does not
belong here: stripping a web page (``ingest.articles``); nothing is removed here, only marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: characters ``start`` to ``end`` without the white space around it."""

    start: int
    end: int
    is_title: bool
    is_body: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text, in order."""

    blocks: list[Block]

    @property
    def title_end(self) -> int:
        return next((b.end for b in self.blocks if b.is_title), 0)


_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*")
# Lines that name a picture's or map's source and state nothing. Short, alone in their paragraph.
_CREDIT = re.compile(
    r"^(?:(?:map|photo|video|image|graphic|infographic|source|picture|illustration|screenshot)s?\s*(?:by|from|credit)?\s*:"
    r"|(?:photo|image|picture)s?\s+(?:by|courtesy)\b)",
    re.I,
)
_PHOTO = re.compile(
    r"\((?:[^()]*\b)?(?:photo|image|picture|screenshot|illustration|illustrative)\b[^()]*\)\s*$|"
    r"\b(?:photo(?:graph)?|image|picture)s?\s*:\s*[^.]{2,60}$",
    re.I,
)
_LONGEST_CREDIT = 300


def lay_out(text: str) -> Layout:
    """Blocks of ``text`` in order. The first is the title where more follow and it is one short line."""
    spans = [(m.start(), m.start() + len(m.group().rstrip())) for m in _PARAGRAPH.finditer(text)]
    blocks = []
    for k, (start, end) in enumerate(spans):
        is_title = (
            k == 0
            and len(spans) > 1
            and end - start <= 400
            and not text[start:end].rstrip("\"'”’»)").endswith((".", ";"))
        )
        blocks.append(Block(start, end, is_title, is_title or not is_furniture(text[start:end])))
    return Layout(blocks)


def is_furniture(paragraph: str) -> bool:
    """True for a caption or credit line, which is not running text."""
    return len(paragraph) <= _LONGEST_CREDIT and bool(_CREDIT.search(paragraph) or _PHOTO.search(paragraph))
