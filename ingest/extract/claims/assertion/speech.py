"""How a content is told: in the speaker's own words (direct), in others (indirect), or both (mixed)."""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.model import Candidate
from ingest.extract.claims.quotations.marks import Quotations

_WORD = re.compile(r"\w+")


def speech(analysis: Analysis, candidate: Candidate, quotations: Quotations) -> str:
    """How much of the content stands in quotation marks that open inside it or right at its start."""
    cue = candidate.cue_span
    around = [quotations.touching(s, e) for s, e in candidate.content]
    if cue is not None:
        around = [[q for q in near if not (q.open <= cue[0] < q.close)] for near in around]
    if not any(around):
        return "indirect"  # most are, and their words need no counting
    words = (
        any(q.open <= m.start() < q.close for q in near)
        for (s, e), near in zip(candidate.content, around, strict=True)
        for m in _WORD.finditer(analysis.text, s, e)
    )
    first = next(words, False)
    if any(is_quoted != first for is_quoted in words):
        return "mixed"
    return "direct" if first else "indirect"
