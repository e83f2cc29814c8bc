"""Speakers that stand on the line of what they say, without a verb: "SMITH: We shall see.", "…" – Jane Roe.

Belongs here: transcripts and signed quotations. Does not belong here: headlines (``headline``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.lexicon import Cue, listed, pattern
from ingest.extract.claims.model import Candidate, Span
from ingest.extract.claims.quotations.marks import Quotations, is_speech
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import Mention

Line = tuple[int, int, int]  # characters of a speaker's name, start and end, and of the colon
LINE = Cue(":", "say", frozenset("s"), "")
_SPEAKER = pattern("transcript_speaker", re.U)
_SIGNED = re.compile(r"[\s.]*[―—–-]\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?=[\s.,]*(?:$|\n|[“\"]))")
_LABELS = listed("line_labels")

rule_ids("transcript", "transcript.signed")


def signed_lines(analysis: Analysis, quotations: Quotations) -> list[Candidate]:
    """Claims of a transcript's lines and of signed quotations."""
    return [*_transcript(analysis), *_signatures(analysis, quotations)]


def _candidate(analysis: Analysis, rule: str, at: int, name: Span, content: tuple[Span, ...]) -> Candidate:
    speaker = Mention(*name, *name, analysis.token_at(name[1] - 1))
    sentence, token = analysis.sentence_at(content[0][0]), analysis.token_at(at)
    return Candidate(rule, LINE, (at, at + 1), speaker, content, sentence, token)


def _transcript(analysis: Analysis) -> list[Candidate]:
    """The turns of a transcript: from a speaker's line to the next speaker's, over its paragraphs."""
    lines = _speaker_lines(analysis)
    # one line with a colon may be anything; a name in capitals, or one that comes again, makes a transcript
    names = [analysis.text[start:end] for start, end, _ in lines]
    is_shouted = len(names) > 1 and any(name.isupper() and len(name) > 3 for name in names)
    if len(set(names)) == len(names) and not is_shouted:
        return []
    lines = sorted({*lines, *_lines_inside(analysis, names)})
    return [
        _candidate(analysis, "transcript", colon, (start, end), content)
        for (start, end, colon), limit in zip(
            lines, [*(line[0] for line in lines[1:]), len(analysis.text)], strict=True
        )
        if (content := _turn(analysis, colon + 1, limit))
    ]


def _speaker_lines(analysis: Analysis) -> list[Line]:
    """Blocks that open with a name and a colon."""
    text, lines = analysis.text, []
    for block in analysis.layout.blocks:
        if text.find(":", block.start, block.end) < 0:
            continue
        m = _SPEAKER.match(text, block.start, block.end)
        if m is not None and block.is_body and not block.is_title and m.group("name").lower() not in _LABELS:
            lines.append((*m.span("name"), text.index(":", m.end("name"))))
    return lines


def _lines_inside(analysis: Analysis, names: Sequence[str]) -> list[Line]:
    """The next speaker's name and colon behind the last one's words, on the same line."""
    lasts = "|".join(re.escape(last) for last in sorted({re.split(r"[ .]", name)[-1] for name in names}) if last)
    within = re.compile(rf"(?<=[.?!] )(?P<name>(?:[A-Z][\w.’'-]*[ .])?(?:{lasts})):(?=\s)")
    return [
        (*m.span("name"), m.end("name"))
        for block in analysis.layout.blocks
        if block.is_body and not block.is_title
        for m in within.finditer(analysis.text, block.start, block.end)
    ]


def _turn(analysis: Analysis, start: int, limit: int) -> tuple[Span, ...]:
    """What is said from ``start`` up to the next speaker, a span a paragraph."""
    text, content = analysis.text, []
    for block in analysis.layout.blocks:
        if block.end <= start or block.start >= limit:
            continue
        if not block.is_body:
            break
        begin, end = trim(text, max(start, block.start), min(limit, block.end))
        while begin < end and text[begin] in '"“':
            begin += 1
        if begin < end:
            content.append((begin, end))
    return tuple(content) if sum(text[s:e].count(" ") for s, e in content) >= 1 else ()


def _signatures(analysis: Analysis, quotations: Quotations) -> list[Candidate]:
    text = analysis.text
    found = []
    for q in quotations:
        m = _SIGNED.match(text, q.close)
        if m is None or not is_speech(text, q) or "\n\n" in text[q.close : m.start("name")]:
            continue
        dash = next(k for k in range(q.close, m.start("name")) if text[k] in "―—–-")
        found.append(_candidate(analysis, "transcript.signed", dash, m.span("name"), ((q.start, q.end),)))
    return found
