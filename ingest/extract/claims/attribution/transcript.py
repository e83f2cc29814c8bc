"""Speakers that stand on the line of what they say, without a verb: "SMITH: We shall see.", "…" – Jane Roe.

Belongs here: transcripts and signed quotations. Does not belong here: headlines (``headline``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.lexicon import Cue, listed, pattern
from ingest.extract.claims.model import Candidate, Span
from ingest.extract.claims.quotations.marks import Quotations, is_speech
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import Mention

LINE = Cue(":", "say", frozenset("s"), "")
_SPEAKER = pattern("transcript_speaker", re.U)
_SIGNED = re.compile(r"[\s.]*[―—–-]\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?=[\s.,]*(?:$|\n|[“\"]))")
_LABELS = listed("line_labels")

rule_ids("transcript", "transcript.signed")


def signed_lines(analysis: Analysis, quotations: Quotations) -> list[Candidate]:
    """Claims of a transcript's lines and of signed quotations."""
    return [*_transcript(analysis), *_signatures(analysis, quotations)]


def _candidate(analysis: Analysis, rule: str, at: int, name: Span, content: Span) -> Candidate:
    speaker = Mention(*name, *name, analysis.token_at(name[1] - 1))
    sentence, token = analysis.sentence_at(content[0]), analysis.token_at(at)
    return Candidate(rule, LINE, (at, at + 1), speaker, (content,), sentence, token)


def _transcript(analysis: Analysis) -> list[Candidate]:
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
    found = []
    for m, block in lines:
        start, end = trim(text, m.end(), block.end)
        while start < end and text[start] in '"“':
            start += 1
        if end > start and text[start:end].count(" ") >= 1:
            colon = text.index(":", m.end("name"))
            found.append(_candidate(analysis, "transcript", colon, m.span("name"), (start, end)))
    return found


def _signatures(analysis: Analysis, quotations: Quotations) -> list[Candidate]:
    text = analysis.text
    found = []
    for q in quotations:
        m = _SIGNED.match(text, q.close)
        if m is None or not is_speech(text, q) or "\n\n" in text[q.close : m.start("name")]:
            continue
        dash = next(k for k in range(q.close, m.start("name")) if text[k] in "―—–-")
        found.append(_candidate(analysis, "transcript.signed", dash, m.span("name"), (q.start, q.end)))
    return found
