"""Cues of quoting behind what is quoted: "'The bridge is gone,' the agency quoted the mayor as saying".

Belongs here: "quoted … as saying" that stands behind the quotation or clause: the claim of who is quoted, and
that of who quotes him. Does not belong here: what stands behind "as saying" (``complement_clause``,
``object_complement``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import as_saying
from ingest.extract.claims.attribution.extent import content_candidate
from ingest.extract.claims.attribution.quotation import halves, quotation_before
from ingest.extract.claims.attribution.region import cue_region
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.unmarked_speaker import speaker_before
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Span
from ingest.extract.syntax.tree import CALENDAR, Mention

_QUOTING = listed("verbs_of_quoting")
_CLOSERS = listed("closers_of_quoting")


@frame("quoting.quoted", needs="s")
def quoted(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The claim of the mayor in "'The bridge is gone,' the agency quoted the mayor as saying"; its cue is "saying"."""
    t, v = s.tokens, cue.token
    if t.tags[v] != "VBG" or v - 2 <= s.first or t.lowers[v - 1] != "as":
        return None
    if (outer := _quoting_verb(s, v)) is None:
        return None
    content, speaker = said_before(s, outer, v), cue.speaker
    if content is None or ((speaker is None or t.deps[speaker.head] == "pobj") and s.is_passive(outer)):
        unmarked = _said_unmarked(s, outer, v)
        if unmarked is not None and s.is_passive(outer):
            content, speaker = unmarked
        elif unmarked is not None:
            content = unmarked[0]
    if content is None or speaker is None:
        return None
    return s.candidate(cue, "quoting.quoted", content, speaker)


@frame("quoting.quoted", needs="s")
def quoted_behind(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The claim of "quoted the mayor as saying the bridge, built in 1990, is gone", where the parser saw no clause."""
    t, v = s.tokens, cue.token
    if t.tags[v] != "VBG" or v - 2 <= s.first or t.lowers[v - 1] != "as" or _quoting_verb(s, v) is None:
        return None
    first = v + 2 if t.lowers[v + 1 : v + 2] == ["that"] else v + 1
    if not _is_said_behind(s, v) or cue.speaker is None or not s.has_finite(first, s.last):
        return None
    return content_candidate(s, cue, "quoting.quoted", first, s.last - 1, extend=False)


@frame("quoting.outer")
def outer(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The claim of the agency in it: what is quoted, and that the mayor said so."""
    t, v = s.tokens, cue.token
    at = as_saying(s, v) if cue.speaker is not None else None
    if at is None:
        return None
    before, speaker = said_before(s, v, at + 1), cue.speaker
    if before is None:
        if (unmarked := _said_unmarked(s, v, at + 1)) is None:
            return None
        before, speaker = unmarked
    return s.candidate(cue, "quoting.outer", [*before, (t.starts[v + 1], t.ends[at + 1])], speaker)


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
    if _is_said_behind(s, saying):
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


def _is_said_behind(s: CueSentence, saying: int) -> bool:
    """True where what is said may stand behind "as saying"."""
    behind, lows = saying + 1, s.tokens.lowers
    return behind < s.last and lows[behind] not in _CLOSERS and lows[behind] not in CALENDAR


def _said_unmarked(s: CueSentence, outer: int, saying: int) -> tuple[list[Span], Mention] | None:
    """What stands before the verb ``outer`` and its subject, and the subject, read by the words alone.

    For texts that lost their commas, where the parser takes the subject for a part of what is said: "The dam was gone
    an army source was quoted as saying", and the same with a quotation before it.
    """
    t = s.tokens
    auxiliary = s.kid(outer, "auxpass") if s.is_passive(outer) else None
    verb = auxiliary if auxiliary is not None else outer
    if _is_said_behind(s, saying) or (found := speaker_before(s, verb)) is None:
        return None
    first, head = found
    speaker = Mention(t.starts[first], t.ends[verb - 1], t.starts[first], t.ends[verb - 1], head)
    if (quotation := quotation_before(s, first)) is not None:
        return halves(s, quotation, s.analysis.token_at(quotation.close), saying), speaker
    start = s.opening(first)
    return ([(t.starts[start], t.ends[first - 1])], speaker) if s.has_finite(start, first) else None
