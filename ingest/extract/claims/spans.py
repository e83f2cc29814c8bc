"""The spans of a content: their edges, and how they keep to quotation marks.

Belongs here: trimming and the repair of contents at quotation marks. Does not belong here: which words are
the content (``attribution``) and the pairing of marks (``quotations.marks``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.extract.claims.model import Candidate, Span
from ingest.extract.claims.quotations.marks import Quotation, Quotations, is_speech, trim
from ingest.values import replace

__all__ = ["keep_to_quotations", "trim", "trimmed"]


def trimmed(text: str, content: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without white space and punctuation at their edges, and without those that are nothing else."""
    return tuple(c for c in (trim(text, s, e) for s, e in content) if c[1] > c[0])


def keep_to_quotations(text: str, candidate: Candidate, quotations: Quotations) -> Candidate:
    """Let contents keep to quotations: one that begins in a quotation ends in it, none ends in the middle of one."""
    cue_in = quotations.around(candidate.cue_span[0]) if candidate.cue_span else None
    if cue_in is not None and not is_speech(text, cue_in):
        cue_in = None  # the cue alone is in (scare) quotes
    settled = []
    for start, end in candidate.content:
        s, e = _kept(start, end, cue_in, quotations)
        s, e = _unmarked(text, *trim(text, s, e))
        if e > s:
            settled.append((s, e))
    content = _merged(settled)
    return candidate if content == candidate.content else replace(candidate, content=content)


def _kept(start: int, end: int, cue_in: Quotation | None, quotations: Quotations) -> Span:
    """A span cut or grown to the quotations at its edges; ``cue_in`` is the quotation that holds the cue."""
    if cue_in is not None:
        # said inside a quotation: what is claimed there ends there
        return max(start, cue_in.start), min(end, cue_in.end)
    first, last = quotations.around(start), quotations.around(end - 1)
    if first is not None and last is not first and not first.open <= start <= first.start:
        end = min(end, first.end) if last is None else end
    elif last is not None and first is None:
        end = last.end
    if last is not None and last is not first and end < last.end:
        end = last.end
    return start, end


def _unmarked(text: str, start: int, end: int) -> Span:
    """Without a closing mark at the end, and without the opening one at the start that has no partner inside."""
    while end > start and (
        text[end - 1] in '"”»'
        or (text[end - 1] in "’'" and text[start:end].count(text[end - 1]) and not text[end - 2 : end - 1].isalnum())
    ):
        _, end = trim(text, start, end - 1)
    if (
        start < end
        and text[start] in '"“«„‘'
        and not any(m in text[start + 1 : end] for m in ('"' if text[start] == '"' else "”»“’"))
    ):
        start += 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for s, e in sorted(set(spans)):
        if out and s < out[-1][1]:
            out[-1] = (out[-1][0], max(e, out[-1][1]))
        else:
            out.append((s, e))
    return tuple(out)
