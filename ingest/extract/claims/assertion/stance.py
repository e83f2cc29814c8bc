"""What whoever passes a claim on makes of it: disputed, endorsed or neutral."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.analysis import Analysis
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.lexicon import phrases, words

_DISPUTING = frozenset([Flag.DISMISSED, Flag.REJECTED, Flag.SCARE_QUOTES])
# frames whose sentence may say that the claim is made without evidence
_UNDISCREDITED = frozenset(
    [
        *("according_to", "words_of", "adjective_cue", "adverb_cue", "headline", "transcript"),
        *("retrospective", "denial"),
    ]
)
_OPENING, _CLOSING = ('"', "“", "‘", "'"), ('"', "”", "’", "'")
_BEFORE, _BEHIND = 4, 3  # tokens around a cue in which a word that discredits or vouches is its own


def stance(analysis: Analysis, candidate: Candidate) -> str:
    """``disputed``, ``endorsed`` or ``neutral``; the content's own words of doubt count only outside quotations."""
    t, cue = analysis.tokens, candidate.cue
    lows: set[str] = set()
    if candidate.verb >= 0:
        sentence = analysis.sentences[analysis.sentence_at(t.starts[candidate.verb])]
        near = range(max(sentence.first, candidate.verb - _BEFORE), min(sentence.last, candidate.verb + _BEHIND))
        lows = {t.lowers[k] for k in near if not candidate.holds(t.starts[k], t.ends[k])}
        around = analysis.text[sentence.start : sentence.end]
        may_be_discredited = candidate.frame not in _UNDISCREDITED
        if may_be_discredited and phrases("cues.toml", "discrediting_phrases").search(around):
            return "disputed"
    if cue is not None and cue.effect == "dispute":
        return "disputed"
    if candidate.flags & _DISPUTING or lows & words("cues.toml", "discrediting"):
        return "disputed"
    if candidate.frame != "adverb_cue" and cue is not None and _is_distanced(analysis, candidate):
        return "disputed"
    if lows & words("cues.toml", "vouching"):
        return "endorsed"
    if cue is not None and cue.effect == "endorse" and not candidate.negated:
        return "endorsed"
    return "neutral"


def _is_distanced(analysis: Analysis, candidate: Candidate) -> bool:
    """True where a word of distance ("alleged") stands in the content outside quotation marks."""
    if Flag.QUOTATION in candidate.flags:
        return False
    t = analysis.tokens
    distancing = words("cues.toml", "distancing")
    for s, e in candidate.content:
        first, last = analysis.first_token_from(s), analysis.first_token_from(e)
        if distancing.isdisjoint(t.lowers[first:last]):
            continue
        for k in range(first, last):
            if t.lowers[k] in distancing and not _is_quoted(analysis.text, s, t.starts[k]):
                return True
    return False


def _is_quoted(text: str, start: int, at: int) -> bool:
    return sum(text.count(m, start, at) for m in '"“”') % 2 == 1


def with_scare_quotes(text: str, candidate: Candidate) -> Candidate:
    """A cue in quotation marks of its own ('"liberated"') is somebody else's word."""
    if candidate.cue_span is None:
        return candidate
    start, end = candidate.cue_span
    if text[start - 1 : start] not in _OPENING or text[end : end + 1] not in _CLOSING:
        return candidate
    return replace(candidate, flags=candidate.flags | {Flag.SCARE_QUOTES})
