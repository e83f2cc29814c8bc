"""The visible layout of a stored text: title, paragraphs, and the lines that are not running text.

Belongs here: what line breaks and typical furniture (photo captions, map credits) show. Does not
belong here: stripping a web page (``ingest.articles``); nothing is removed here, only marked.
"""

from __future__ import annotations

import re

from ingest.values import value


@value(frozen=True, slots=True)
class Block:
    """A paragraph: characters ``start`` to ``end`` without the white space around it."""

    start: int
    end: int
    is_title: bool
    is_body: bool


@value(frozen=True, slots=True)
class Layout:
    """The blocks of a text, in order."""

    blocks: list[Block]

    @property
    def title_end(self) -> int:
        return next((b.end for b in self.blocks if b.is_title), 0)


# what ends a line: a line feed, and the separators that pages keep of the programs that they were written with
_LINE = re.compile(r"\S[^\n\x0b\x0c\x85\u2028\u2029]*")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*")
_SEPARATOR = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
# A hard-wrapped text's lines are about as long as each other and most do not end where a sentence does.
_WRAPPED = (30, 100)
_SENTENCE_END = (".", "!", "?", '"', "”", "’", "»", ":", ")", "…")
# Lines that name a picture's or map's source and state nothing. Short, alone in their paragraph.
_CREDIT = re.compile(
    r"^(?:(?:map|photo|video|image|graphic|infographic|source|picture|illustration|screenshot)s?"
    r"\s*(?:by|from|credit)?\s*:"
    r"|(?:photo|image|picture)s?\s+(?:by|courtesy)\b)",
    re.I,
)
_PHOTO = re.compile(
    r"\((?:[^()]*\b)?(?:photo|image|picture|screenshot|illustration|illustrative)\b[^()]*\)\s*$|"
    r"\b(?:photo(?:graph)?|image|picture)s?\s*:\s*[^.]{2,60}$",
    re.I,
)
# "Jane Roe/AFP/Getty Images", "State News Agency via AP"
_AGENCY = re.compile(
    r"(?:/|\bvia\s+|[–—-]\s*|\(|^)(?:AP|AFP|EPA|EFE|DPA|PA|Reuters|Getty(?: Images)?|Associated Press|Shutterstock"
    r"|Anadolu|Bloomberg|Ukrinform|TASS|Maxar|Planet Labs)(?:\s+Photo)?\)?$"
)
# Lines by which a page asks for something
_PAGE = re.compile(
    r"^(?:advertisement\b|sign up (?:to|for)\b|subscribe\b|read (?:more|also|the full)\b|also read\b|related:?\s*$"
    r"|see also:|see the (?:video|photos?|gallery)\b|watch (?:the (?:video|full)|more)\b"
    r"|you can (?:also )?(?:read|find|listen|watch)\b.{0,40}\b(?:more|version|here|podcast)\b|we pay for your stories\b"
    r"|continue reading\b|follow us\b|share (?:this|on)\b|click here\b|most read\b|join us on\b"
    r"|download (?:the app|pdf)\b|subscribe to us\b|(?:image|media) (?:caption|source)\b|image \d+ of \d+\b"
    r"|(?:tags|topics|related topics|filed under|more in|more-in)(?:\s*[:|]|\s*$)|more on this (?:story|topic)\b"
    r"|(?:other|related) topics of interest\b|for immediate release\s*$|enlarge this image\b|(?:expand|photo|video)\s*$"
    r"|copyright\b|©|all rights reserved\b|the views expressed\b|updated at \d"
    r"|(?:continuation of the material|the rest of the text)\b|thank you for (?:being with us|reading)\b)",
    re.I,
)
# What only a form that asks for an address says, wherever it stands in a line, however long
_FORM = re.compile(
    r"\b(?:(?:skip past|after) newsletter promotion|enter your e-?mail address|privacy notice: newsletters)\b", re.I
)
_WORDS_OF_FORMS = ("newsletter", "mail address")  # one of which each has
_LONGEST_CREDIT = 300
_LONGEST_LINE = 140


def lay_out(text: str) -> Layout:
    """Blocks of ``text`` in order. The first is the title where more follow and it is one short line."""
    pattern = _PARAGRAPH if _is_wrapped(text) and not _SEPARATOR.search(text) else _LINE
    spans = [(m.start(), m.start() + len(m.group().rstrip())) for m in pattern.finditer(text)]
    spans = _unwrapped(text, spans)
    blocks = []
    for k, (start, end) in enumerate(spans):
        is_title = (
            k == 0
            and len(spans) > 1
            and end - start <= 400
            and (not text[start:end].rstrip("\"'”’»)").endswith((".", ";")) or _is_title_case(text[start:end]))
        )
        blocks.append(Block(start, end, is_title, is_title or not is_furniture(text[start:end])))
    return Layout(blocks)


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines, those joined in which a sentence goes on: no paragraph begins with a small letter.

    Nothing is joined to the first, the title: a line in small letters behind it is the author's, "by Jane Roe".
    """
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        before = joined[-1] if len(joined) > 1 else None
        goes_on = (
            before is not None
            and text[start].islower()
            and text[before[1] : start].count("\n") == 1
            and before[1] - before[0] >= _WRAPPED[0]
            and not text.endswith((*_SENTENCE_END, ";"), 0, before[1])
        )
        if goes_on and before is not None:
            joined[-1] = before[0], end
        else:
            joined.append((start, end))
    return joined


def _is_title_case(line: str) -> bool:
    """True for a headline whose words have capitals, full stop or not."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", line) if len(w) > 3]
    return len(line) <= 160 and len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _is_wrapped(text: str) -> bool:
    """True where single line breaks only wrap lines; in most news text each one ends a paragraph."""
    within = short = 0
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        for line in lines[:-1]:
            within += 1
            short += _WRAPPED[0] <= len(line) <= _WRAPPED[1] and not line.endswith(_SENTENCE_END)
    return within == 0 or short >= 0.6 * within


def is_of_page(paragraph: str) -> bool:
    """True for a line by which the page speaks of itself: "Sign up to …", "Read more: …", "Tags: …".

    Nothing in it is a fact of the article but when and how often, which is said as anywhere; a caption or credit is
    furniture too, and may name a place.
    """
    is_request = len(paragraph) <= _LONGEST_LINE and _PAGE.match(paragraph) is not None
    if is_request:
        return True
    low = paragraph.lower()
    return any(word in low for word in _WORDS_OF_FORMS) and _FORM.search(paragraph) is not None


def is_furniture(paragraph: str) -> bool:
    """True for a caption, a credit line or a page's own request, which are no running text."""
    if is_of_page(paragraph):
        return True
    if len(paragraph) > _LONGEST_CREDIT:
        return False
    if _CREDIT.search(paragraph) or _PHOTO.search(paragraph):
        return True
    if len(paragraph) > _LONGEST_LINE:
        return False
    return _AGENCY.search(paragraph) is not None and not _says_something(paragraph)


def _says_something(line: str) -> bool:
    """True for a headline that ends in an agency's name: it has a dash before it and a verb's worth of words."""
    return len(line.split()) > 12 or bool(re.search(r"\s[–—-]\s*\S+$", line))
