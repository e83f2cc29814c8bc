"""Speakers that cannot speak: a deed, a thing, counted people.

Belongs here: refusing their claims, and reading the speaker anew where only people do what the cue says, so
that the parser must be wrong. Does not belong here: which words cannot speak (``coreference.display``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.unmarked_speaker import speaker_before
from ingest.extract.claims.coreference.display import may_speak
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.decisions import Outcome
from ingest.extract.syntax.tree import Mention
from ingest.values import replace

_OF_PEOPLE = listed("verbs_of_people")
_CLAUSAL = frozenset(["complement_clause", "quotation", "prepositional"])
_BY_WORDS = frozenset([Flag.BY_WORDS])

rule_ids("veto.silent")


def with_speakers_that_speak(
    analysis: Analysis, candidates: Sequence[Candidate], quotations: Quotations
) -> list[Candidate]:
    """The candidates whose speakers can speak, and those of whose misread speaker the words tell more than the tree."""
    kept = []
    for c in candidates:
        if c.speaker is None or may_speak(analysis, c.speaker):
            kept.append(c)
        elif _is_of_people(c):
            kept.append(_read_anew(CueSentence(analysis, c.sentence, quotations), c))
        elif (recorder := analysis.recorder) is not None:
            span = c.cue_span or c.content[0]
            recorder.record("claims", "structure", "veto.silent", Outcome.VETOED, c.rule, span)
    return kept


def _is_of_people(c: Candidate) -> bool:
    """True for a clause or a quotation behind a verb like "say", of which no deed or thing is the subject."""
    return c.cue is not None and c.verb >= 0 and c.cue.lemma in _OF_PEOPLE and c.frame in _CLAUSAL


def _read_anew(s: CueSentence, c: Candidate) -> Candidate:
    """The candidate with the noun phrase before its cue for a speaker; with none where that cannot speak either."""
    speaker = _before(s, c.verb)
    if speaker is None or not may_speak(s.analysis, speaker):
        return replace(c, speaker=None)
    return replace(c, speaker=speaker, flags=c.flags | _BY_WORDS)


def _before(s: CueSentence, v: int) -> Mention | None:
    """The noun phrase that ends right before the cue, or before the aside there: "Roe, for instance, said"."""
    t, at = s.tokens, v
    while at - 1 > s.first and t.tags[at - 1] in ("RB", "MD"):
        at -= 1
    if t.lowers[at - 1] == ",":
        at = next((k for k in range(at - 2, s.first, -1) if t.lowers[k] == ","), s.first)
    if at <= s.first:
        return None
    found = speaker_before(s, at) or s.nominals(s.first, at)
    if found is None or found[1] != at - 1:
        return None
    first, head = found
    return Mention(t.starts[first], t.ends[head], t.starts[first], t.ends[head], head)
