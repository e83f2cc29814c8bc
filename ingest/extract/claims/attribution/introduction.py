"""Cues that introduce a quotation or a paragraph: "She shrugged: “Of what?”", "The statement read:".

Belongs here: what stands behind a colon, claimed by who stands before it. Does not belong here: verbs whose
frames the quotation fills (``quotation``), transcripts (``transcript``).

These read a sentence when its other cues have been read, and so take the candidates found there.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import FINITE, CueSentence
from ingest.extract.claims.attribution.speaker import speaker_of
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.claims.quotations.marks import is_speech
from ingest.extract.lexicon import words

GESTURE = Cue("gesture", "say", frozenset("q"), "")
_MOST_SENTENCES = 40  # of a paragraph that is introduced

rule_ids("introduction.gesture", "introduction.block")


def gesture(s: CueSentence, found: Sequence[Candidate]) -> Candidate | None:
    """ "She shrugged: “Of what?”": whoever does what stands before the colon speaks."""
    t = s.tokens
    colon = next((k for k in range(s.first + 2, s.last) if t.lowers[k] == ":"), None)
    if colon is None:
        return None
    quotation = s.quotations.behind(t.starts[colon])
    if quotation is None or s.text[t.ends[colon] : quotation.open].strip() or not is_speech(s.text, quotation):
        return None
    at, start = t.starts[colon], quotation.start
    if any(c.cue_span is not None and c.cue_span[1] <= at and c.end >= start for c in found):
        return None
    root = next((k for k in range(s.first, colon) if t.deps[k] == "ROOT" and t.tags[k] in ("VBD", "VBZ")), None)
    subject = s.kid(root, "nsubj") if root is not None else None
    if root is None or subject is None or s.is_passive(root):
        return None
    person = t.lowers[subject] in ("he", "she") or t.lowers[subject] in words("people.toml", "roles")
    if not person and not (t.tags[subject] in ("NNP", "NNPS") and s.name_start(subject) is not None):
        return None
    content = [(quotation.start, quotation.end)]
    return s.candidate(CueMention(root, GESTURE), "introduction.gesture", content, s.mention(subject, root))


def block(s: CueSentence, found: Sequence[Candidate]) -> Candidate | None:
    """ "The statement read:" with what it says in the paragraph below, out of quotation marks."""
    t = s.tokens
    sentences = s.analysis.sentences
    if t.lowers[s.last - 1] != ":" or s.index + 1 >= len(sentences) or s.sentence.is_title:
        return None
    below = sentences[s.index + 1]
    if below.paragraph == s.sentence.paragraph or not below.is_body:
        return None
    for v in range(s.last - 2, s.first, -1):
        cue = verbs().get(t.lowers[v])
        if cue is None or t.tags[v] not in FINITE or "s" not in cue.frames:
            continue
        held = any(c.verb == v and c.end > t.starts[v] for c in found)
        if held or cue.cue_class not in ("say", "write"):
            return None
        paragraph = [x for x in sentences[s.index + 1 :][:_MOST_SENTENCES] if x.paragraph == below.paragraph]
        content = [(below.start, max(x.end for x in paragraph))]
        return s.candidate(CueMention(v, cue), "introduction.block", content, speaker_of(s, v))
    return None
