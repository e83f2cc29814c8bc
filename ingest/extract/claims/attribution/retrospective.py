"""Retrospective attribution: "This was stated by X", "X told the agency about this".

Belongs here: sentences that only name who said the sentences before, whom they name, and which sentences are
his. Does not belong here: denials that point back (``denial``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.according_to import ACCORDING
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.speaker import document_owner
from ingest.extract.claims.lexicon import listed, pattern, verbs
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import VERB_TAGS

_STATED = pattern("retrospective_stated", re.I)
_REPORTED_BY = pattern("retrospective_according", re.I)
_TOLD_THIS = pattern("retrospective_told")
_MADE_STATEMENT = pattern("retrospective_made")
_SAYING = listed("retrospective_verbs")
_NO_TELLER = listed("subjects_that_tell_nothing")
_LONGEST_DATELINE = 8  # tokens of a line without a verb that says where and when an article was written
_LONGEST = 45  # tokens of a sentence that only names a speaker
# frames whose speaker does not make a sentence his own
_WITHOUT_OWN_CUE = frozenset(["noun_cue", "adjective_cue", "adverb_cue", "words_of", "headline", "retrospective"])

rule_ids("retrospective.stated", "retrospective.told")


def retrospective(s: CueSentence) -> list[Candidate] | None:
    """The claims of the sentences before one that only names their speaker; None where this is no such sentence."""
    text = s.text[s.tokens.starts[s.first] : s.tokens.ends[s.last - 1]]
    if _STATED.match(text) is not None or _REPORTED_BY.match(text) is not None:
        naming = _stated(s)
    else:
        naming = _told_this(s, text)
    return _sentences_before(s, naming) if naming is not None else None


def _stated(s: CueSentence) -> Candidate | None:
    """ "This was stated by X"."""
    t = s.tokens
    head = None
    for i in range(s.first, s.last):
        low = t.lowers[i]
        according = low == "to" and i > s.first and t.lowers[i - 1] == "according"
        if (low == "by" and t.deps[i] in ("agent", "prep")) or according:
            head = next((k for k in s.kids(i) if t.deps[k] == "pobj"), head)
        elif low in _SAYING and i > s.first + 2:
            inner = s.kid(i, "nsubj")
            if inner is not None and t.lowers[inner] not in ("this", "that", "it"):
                head = _last_name(s, i, inner)
    if head is None:
        return None
    at = next((i for i in range(s.first, s.last) if t.lowers[i] in verbs() or t.lowers[i] == "according"), s.first)
    cue = verbs().get(t.lowers[at], ACCORDING)
    span = (t.starts[at], t.ends[at + 1] if t.lowers[at] == "according" else t.ends[at])
    speaker = document_owner(s, head) or s.mention(head)
    flags = frozenset([Flag.RETROSPECTIVE])
    return Candidate("retrospective.stated", cue, span, speaker, (), s.index, at, flags=flags)


def _told_this(s: CueSentence, sentence: str) -> Candidate | None:
    """ "The mayor told the agency about this.", "… made the statement at noon.": he said the sentences before."""
    t = s.tokens
    m = _TOLD_THIS.search(sentence) if "this" in sentence or "about it" in sentence else None
    if m is None and "made" in sentence:
        m = _MADE_STATEMENT.search(sentence)
    if m is None or s.last - s.first > _LONGEST:
        return None
    v = s.analysis.token_at(t.starts[s.first] + m.start())
    subject = s.subject(v) if t.tags[v] in VERB_TAGS else None
    if subject is None or subject > v or t.lowers[subject] in _NO_TELLER:
        return None
    cue = verbs().get(t.lowers[v], ACCORDING)
    flags = frozenset([Flag.RETROSPECTIVE, Flag.TOLD])
    span = (t.starts[v], t.ends[v])
    return Candidate("retrospective.told", cue, span, s.mention(subject, v), (), s.index, v, flags=flags)


def _last_name(s: CueSentence, verb: int, subject: int) -> int:
    """The subject behind the verb where there are two ("the outlet said Viktor Lys")."""
    t = s.tokens
    later = [
        k for k in s.kids(verb) if k > verb and t.deps[k] in ("nsubj", "dobj", "ccomp") and t.tags[k] in ("NNP", "NN")
    ]
    return later[0] if later else subject


def _sentences_before(s: CueSentence, naming: Candidate) -> list[Candidate]:
    """One claim for each sentence before in the paragraph, or of the paragraph before."""
    sentences = s.analysis.sentences
    paragraph = sentences[s.index].paragraph
    k = s.index - 1
    if k >= 0 and sentences[k].paragraph != paragraph:
        paragraph = sentences[k].paragraph
    result = []
    while k >= 0 and sentences[k].paragraph == paragraph and sentences[k].is_body and not sentences[k].is_title:
        start, end = trim(s.text, sentences[k].start, sentences[k].end)
        tags = s.tokens.tags[sentences[k].first : sentences[k].last]
        if end > start and (len(tags) > _LONGEST_DATELINE or any(tag.startswith(("VB", "MD")) for tag in tags)):
            one = Candidate(
                naming.rule,
                naming.cue,
                naming.cue_span,
                naming.speaker,
                ((start, end),),
                s.index,
                naming.verb,
                flags=naming.flags,
            )
            result.append(one)
        k -= 1
    return result[::-1]


def without_spoken(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """ "X told Y about this" takes up no sentence that names its own speaker, as "this was stated by X" may.

    Nor does "X made the statement" take up one in which a noun tells of a statement ("X's claim that").
    """
    spoken = {c.sentence for c in found if c.speaker is not None and c.frame not in _WITHOUT_OWN_CUE}
    by_nouns = {c.sentence for c in found if c.speaker is not None and c.frame == "noun_cue"}

    def takes_up(c: Candidate) -> bool:
        at = analysis.sentence_at(c.content[0][0])
        is_made = c.cue_span is not None and analysis.text[slice(*c.cue_span)] == "made"
        return at not in spoken and not (is_made and at in by_nouns)

    return [c for c in found if Flag.TOLD not in c.flags or takes_up(c)]
