"""Whom a report cites: "the bridge was gone, the agency reported, citing two officers".

Belongs here: the claim of who is cited, which says the same as that of who cites. Does not belong here: "quoted
him as saying" (``quoting``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.extent import can_speak
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.coreference.display import may_speak
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.lexicon import words

CITED = "quoting.cited"
_CITING = listed("participles_of_citing")
_CITED_PEOPLE = listed("people_cited_without_article")
_CLASSES = frozenset(["say", "write"])

rule_ids(CITED)


def with_sources(analysis: Analysis, quotations: Quotations, claims: Sequence[Candidate]) -> list[Candidate]:
    """The claims, and for each that cites somebody the claim of who is cited."""
    lows, sentences = analysis.tokens.lowers, analysis.sentences
    found = list(claims)
    for number in sorted({c.sentence for c in claims if c.verb >= 0}):
        sentence = sentences[number]
        if _CITING.isdisjoint(lows[sentence.first : sentence.last]):
            continue
        s = CueSentence(analysis, number, quotations)
        own = [c for c in claims if c.sentence == number and c.verb >= 0]
        cues = (k for k in range(s.first, s.last - 1) if lows[k] in _CITING)
        found += [source for k in cues if (source := _source(s, k, own)) is not None]
    return found


def _source(s: CueSentence, k: int, claims: Sequence[Candidate]) -> Candidate | None:
    """The claim of whom the participle ``k`` cites, given the claims of its sentence."""
    t = s.tokens
    cited = s.kid(k, "dobj")
    if cited is None or cited < k or t.tags[k] != "VBG" or t.lowers[k - 1] == "as":
        return None
    if any(t.lowers[x] == "as" for x in (*s.kids(k), *s.kids(cited))):
        return None  # "citing the mayor as an example"
    reporting = [c for c in claims if c.cue is not None and c.cue.cue_class in _CLASSES and c.speaker is not None]
    before = [c for c in reporting if c.verb < k and s.has_finite(c.verb, c.verb + 1)]
    is_opening = k == s.first  # "Quoting two officers, the paper reported that …"
    behind = [c for c in reporting if c.verb > k and (is_opening or t.lowers[c.verb - 1] == ",")]
    # "the paper, citing two officers, reported that …"; else who has just reported
    report = min(behind, key=lambda c: c.verb) if behind else max(before, key=lambda c: c.verb, default=None)
    if report is None or any(start <= t.starts[k] < end for start, end in report.content):
        return None
    mention = s.mention(cited)
    low = t.lowers[cited]
    speaks = can_speak(s, cited) or low in _CITED_PEOPLE or low in words("people.toml", "documents")
    if not (speaks or low in words("coreference.toml", "unnamed")) or not may_speak(s.analysis, mention):
        return None
    cue = CueMention(k, verbs()[t.lowers[k]])
    return s.candidate(cue, CITED, report.content, mention, negated=False, question=report.question, flags=report.flags)
