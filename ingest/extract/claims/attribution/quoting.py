"""Cues of quoting behind what is quoted: "'The bridge is gone,' the agency quoted the mayor as saying".

Belongs here: "quoted … as saying" that stands behind the quotation or clause: the claim of who is quoted, and
that of who quotes him. Does not belong here: what stands behind "as saying" (``complement_clause``,
``object_complement``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import as_saying
from ingest.extract.claims.attribution.quotation import halves, quotation_before
from ingest.extract.claims.attribution.region import cue_region
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Span
from ingest.extract.syntax.tree import CALENDAR

_QUOTING = listed("verbs_of_quoting")
_CLOSERS = listed("closers_of_quoting")


@frame("quoting.quoted", needs="s")
def quoted(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The claim of the mayor in "'The bridge is gone,' the agency quoted the mayor as saying"; its cue is "saying"."""
    t, v = s.tokens, cue.token
    if t.tags[v] != "VBG" or v - 2 <= s.first or t.lowers[v - 1] != "as" or cue.speaker is None:
        return None
    outer = _quoting_verb(s, v)
    content = said_before(s, outer, v) if outer is not None else None
    if outer is None or content is None:
        return None
    return s.candidate(cue, "quoting.quoted", content, cue.speaker)


@frame("quoting.outer")
def outer(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The claim of the agency in it: what is quoted, and that the mayor said so."""
    t, v = s.tokens, cue.token
    at = as_saying(s, v) if cue.speaker is not None else None
    before = said_before(s, v, at + 1) if at is not None else None
    if at is None or before is None:
        return None
    return s.candidate(cue, "quoting.outer", [*before, (t.starts[v + 1], t.ends[at + 1])], cue.speaker)


def _quoting_verb(s: CueSentence, saying: int) -> int | None:
    """The "quoted" whose "as" stands before the token ``saying``."""
    lows, table = s.tokens.lowers, verbs()
    named = (k for k in range(saying - 2, s.first, -1) if lows[k] in table and table[lows[k]].lemma in _QUOTING)
    outer = next(named, None)
    if outer is None:
        return None
    is_passive = outer == saying - 2 and s.is_passive(outer)
    return outer if is_passive or as_saying(s, outer) == saying - 1 else None


def said_before(s: CueSentence, outer: int, saying: int) -> list[Span] | None:
    """What stands before the verb of quoting ``outer``, where nothing that is said stands behind ``saying``.

    None where no quotation and no clause before a comma is there.
    """
    t = s.tokens
    behind = saying + 1
    if behind < s.last and t.lowers[behind] not in _CLOSERS and t.lowers[behind] not in CALENDAR:
        return None
    subject = s.kid(outer, "nsubj", "nsubjpass")
    first = min(cue_region(s, outer)[0], s.left(subject) if subject is not None else outer)
    quotation = quotation_before(s, first)
    if quotation is not None:
        return halves(s, quotation, s.analysis.token_at(quotation.close), saying)
    start = s.opening(first)
    if first - 2 <= start or t.lowers[first - 1] not in (",", "–", "—") or not s.has_finite(start, first - 1):
        return None
    return [(t.starts[start], t.ends[first - 2])]
