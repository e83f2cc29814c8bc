"""How sure a content is put: none, possible or probable."""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.claims.assertion.clauses import first_clause_end
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate
from ingest.extract.lexicon import words

_PROBABLE = words("cues.toml", "probable")
_POSSIBLE = words("cues.toml", "possible")
_GUESSING = listed("verbs_of_guessing")
_TOKENS = 40  # of a content in which its hedge is looked for


def hedge(analysis: Analysis, candidate: Candidate) -> str:
    """The hedge of the content's first clause, or of the cue."""
    t = analysis.tokens
    s, e = candidate.content[0]
    first = analysis.token_at(s)
    last = min(analysis.first_token_from(e), first + _TOKENS)
    if candidate.cue is not None and candidate.cue.lemma in _GUESSING:
        return "possible"
    lows = t.lowers[first:last]
    if _PROBABLE.isdisjoint(lows) and _POSSIBLE.isdisjoint(lows):
        return "none"
    stop = first_clause_end(analysis.text[s:e]) + s
    lows = [w for w, at in zip(lows, t.starts[first:last], strict=False) if at < stop]
    if not _PROBABLE.isdisjoint(lows):
        return "probable"
    return "none" if _POSSIBLE.isdisjoint(lows) else "possible"
