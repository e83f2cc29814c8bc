"""Whom a report cites: "the bridge was gone, the agency reported, citing two officers", and who cites whom.

Belongs here: the claim of who is cited, which says the same as that of who cites, and that of who cites him where
he is told of first ("the mayor said, quoted by Roe News"). Does not belong here: "quoted
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
CITED_BY = "quoting.cited_by"
_CITING = listed("participles_of_citing")
_CITED_PEOPLE = listed("people_cited_without_article")
_CLASSES = frozenset(["say", "write"])

_BEFORE_CITED = frozenset([",", "as", "(", "-"])
_BEING_CITED = listed("participles_of_being_cited")

rule_ids(CITED, CITED_BY)


def with_sources(analysis: Analysis, quotations: Quotations, claims: Sequence[Candidate]) -> list[Candidate]:
    """The claims, and for each that cites somebody the claim of who is cited."""
    lows, sentences = analysis.tokens.lowers, analysis.sentences
    found = list(claims)
    for number in sorted({c.sentence for c in claims if c.verb >= 0}):
        sentence = sentences[number]
        here = lows[sentence.first : sentence.last]
        if _CITING.isdisjoint(here) and (_BEING_CITED.isdisjoint(here) or "by" not in here):
            continue
        s = CueSentence(analysis, number, quotations)
        own = [c for c in claims if c.sentence == number and c.verb >= 0]
        cues = (k for k in range(s.first, s.last - 1) if lows[k] in _CITING)
        found += [source for k in cues if (source := _source(s, k, own)) is not None]
        passed_on = (k for k in range(s.first, s.last - 1) if lows[k] in _BEING_CITED and lows[k + 1] == "by")
        found += [citing for k in passed_on if (citing := _citing(s, k, own)) is not None]
    return found


def _citing(s: CueSentence, k: int, claims: Sequence[Candidate]) -> Candidate | None:
    """The claim of who cites the speaker before the participle ``k``: "the mayor said, quoted by Roe News"."""
    t = s.tokens
    by = s.kid(k, "agent", "prep")
    who = s.kid(by, "pobj") if by == k + 1 else None
    if who is None or s.kid(k, "auxpass", "aux") is not None or not may_speak(s.analysis, s.mention(who)):
        return None
    if not t.words[who][0].isupper() and not can_speak(s, who):
        return None
    told = [
        c
        for c in claims
        if c.cue is not None and c.cue.cue_class in _CLASSES and not c.holds(t.starts[k], t.ends[k])
        if c.speaker is not None and c.speaker.end <= t.starts[k] and not s.has_finite(c.verb + 1, k)
    ]
    report = max(told, key=lambda c: c.verb, default=None)
    if report is None or report.speaker is None:
        return None
    is_beside = report.speaker.full_end >= t.ends[k - 1] or t.lowers[k - 1] in _BEFORE_CITED
    if not is_beside and t.lowers[k - 1] not in words("people.toml", "documents"):
        return None  # "the mayor said in a suburb cited by Roe News"; of a statement that it cites, it is
    cue, question, flags = CueMention(k, verbs()[t.lowers[k]]), report.question, report.flags
    return s.candidate(cue, CITED_BY, report.content, s.mention(who), negated=False, question=question, flags=flags)


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
