"""Speakers that stand on the line of what they say, without a verb.

Belongs here: transcripts ("SMITH: We shall see."), quotations signed with a dash ("…" – Jane Roe).
Does not belong here: headlines (``heading``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue
from ingest.extract.claims.quotes import Quotes, is_speech, trim
from ingest.extract.syntax.tree import Mention

LINE = Cue(":", "say", frozenset("s"), "")
_SPEAKER = re.compile(
    r"[“\"]?(?P<name>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the)){0,4})(?: \([^)\n]{1,40}\))?:\s+(?=\S)", re.U
)
_LABELS = frozenset(
    [
        *(
            "note",
            "photo",
            "photos",
            "read",
            "update",
            "updated",
            "related",
            "source",
            "sources",
            "map",
            "video",
            "watch",
        ),
        *("editor's note", "correction", "warning", "caption", "image", "credit", "more", "see also", "also", "live"),
        *(
            "breaking",
            "analysis",
            "opinion",
            "exclusive",
            "background",
            "summary",
            "date",
            "time",
            "location",
            "contact",
        ),
        *("key points", "what we know", "in pictures", "explainer", "factbox", "timeline"),
    ]
)
_SIGNED = re.compile(r"[\s.]*[―—–-]\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?=[\s.,]*(?:$|\n|[“\"]))")


def signed_lines(analysis: Analysis, quotes: Quotes) -> list[Draft]:
    """Claims of a transcript's lines and of signed quotations."""
    return [*_transcript(analysis), *_signatures(analysis, quotes)]


def _mention(analysis: Analysis, start: int, end: int) -> Mention:
    return Mention(start, end, start, end, analysis.token_at(end - 1))


def _transcript(analysis: Analysis) -> list[Draft]:
    text = analysis.text
    lines = []
    for block in analysis.layout.blocks:
        m = _SPEAKER.match(text, block.start, block.end)
        if m is not None and block.is_body and not block.is_title and m.group("name").lower() not in _LABELS:
            lines.append((m, block))
    # one line with a colon may be anything; a name in capitals, or one that comes again, makes a transcript
    names = [m.group("name") for m, _ in lines]
    if len(set(names)) == len(names) and not any(name.isupper() and len(name) > 3 for name in names):
        return []
    drafts = []
    for m, block in lines:
        start, end = trim(text, m.end(), block.end)
        while start < end and text[start] in '"“':
            start += 1
        if end > start and text[start:end].count(" ") >= 1:
            colon = text.index(":", m.end("name"))
            speaker = _mention(analysis, m.start("name"), m.end("name"))
            at = analysis.token_at(colon)
            drafts.append(
                Draft(
                    "line.transcript",
                    LINE,
                    (colon, colon + 1),
                    speaker,
                    [(start, end)],
                    analysis.sentence_at(start),
                    at,
                )
            )
    return drafts


def _signatures(analysis: Analysis, quotes: Quotes) -> list[Draft]:
    text = analysis.text
    drafts = []
    for q in quotes:
        m = _SIGNED.match(text, q.close)
        if m is None or not is_speech(text, q) or "\n\n" in text[q.close : m.start("name")]:
            continue
        dash = next(k for k in range(q.close, m.start("name")) if text[k] in "―—–-")
        speaker = _mention(analysis, m.start("name"), m.end("name"))
        at = analysis.token_at(dash)
        drafts.append(
            Draft("line.signed", LINE, (dash, dash + 1), speaker, [(q.start, q.end)], analysis.sentence_at(q.start), at)
        )
    return drafts
