"""How a content is told: in the speaker's own words (direct), in others (indirect), or both (mixed)."""

from __future__ import annotations

import re
from itertools import islice

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
    told: set[bool] = set()
    for (s, e), near in zip(candidate.content, around, strict=True):
        words = (m.start() for m in _WORD.finditer(analysis.text, s, e))
        if not near or any(q.open <= s and e <= q.close for q in near):  # its words are all told in one way
            told.update(bool(near) for _ in islice(words, 1))
        else:
            told.update(any(q.open <= at < q.close for q in near) for at in words)
    if len(told) > 1:
        return "mixed"
    return "direct" if True in told else "indirect"
