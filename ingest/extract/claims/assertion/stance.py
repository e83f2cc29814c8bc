"""What whoever passes a claim on makes of it: disputed, endorsed or neutral."""

from __future__ import annotations

from ingest.extract.analysis import NO_HEAD, Analysis, Sentence
from ingest.extract.claims.assertion.clauses import predicate
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.lexicon import phrases, words
from ingest.values import replace

_DISCREDITING = words("cues.toml", "discrediting")
_VOUCHING = words("cues.toml", "vouching")
_DISTANCING = words("cues.toml", "distancing")
_DISPUTING = frozenset([Flag.DISMISSED, Flag.REJECTED, Flag.SCARE_QUOTES])
# frames whose sentence may say that the claim is made without evidence
_UNDISCREDITED = frozenset(
    [
        *("according_to", "words_of", "adjective_cue", "adverb_cue", "headline", "transcript"),
        *("retrospective", "denial"),
    ]
)
_OPENING, _CLOSING = ('"', "“", "‘", "'"), ('"', "”", "’", "'")
# labels of what is predicated of a subject: "was allegedly empty"
_PREDICATIVE = frozenset(["acomp", "attr", "oprd", "auxpass", "aux", "xcomp"])
_BEFORE, _BEHIND = 4, 3  # tokens around a cue in which a word that discredits or vouches is its own


def stance(analysis: Analysis, candidate: Candidate) -> str:
    """``disputed``, ``endorsed`` or ``neutral``; the content's own words of doubt count only outside quotations."""
    t, cue = analysis.tokens, candidate.cue
    lows: set[str] = set()
    if candidate.verb >= 0:
        sentence = analysis.sentences[analysis.sentence_at(t.starts[candidate.verb])]
        near = range(max(sentence.first, candidate.verb - _BEFORE), min(sentence.last, candidate.verb + _BEHIND))
        lows = {t.lowers[k] for k in near if not candidate.holds(t.starts[k], t.ends[k])}
        if candidate.frame not in _UNDISCREDITED and _is_discredited(analysis, candidate, sentence):
            return "disputed"
    if cue is not None and cue.effect == "dispute":
        return "disputed"
    if candidate.flags & _DISPUTING or lows & _DISCREDITING:
        return "disputed"
    if candidate.frame != "adverb_cue" and cue is not None and _is_distanced(analysis, candidate):
        return "disputed"
    if lows & _VOUCHING:
        return "endorsed"
    if cue is not None and cue.effect == "endorse" and not candidate.negated:
        return "endorsed"
    return "neutral"


def _is_discredited(analysis: Analysis, candidate: Candidate, sentence: Sentence) -> bool:
    """True where the sentence says that this claim, and no other of its cues, is made without evidence."""
    pattern = phrases("cues.toml", "discrediting_phrases")
    if pattern.search(analysis.text, sentence.start, sentence.end) is None:
        return False
    t, table = analysis.tokens, verbs()
    for m in pattern.finditer(analysis.text, sentence.start, sentence.end):
        at = analysis.token_at(m.start())
        before = [k for k in range(sentence.first, at) if _is_cue_verb(t.tags[k], table.get(t.lowers[k]))]
        behind = [k for k in range(at, sentence.last) if _is_cue_verb(t.tags[k], table.get(t.lowers[k]))]
        nearest = before[-1] if before else behind[0] if behind else candidate.verb
        if candidate.verb == nearest or t.tags[candidate.verb].startswith("NN"):
            return True
    return False


def _is_cue_verb(tag: str, cue: Cue | None) -> bool:
    return cue is not None and bool(cue.frames) and tag.startswith("VB")


def _is_distanced(analysis: Analysis, candidate: Candidate) -> bool:
    """True where a word of distance ("alleged") is said of the whole content, outside quotation marks.

    "The town was allegedly empty" and "the alleged capture" are; "he spoke of an alleged attack" is not: there
    the word is about something else.
    """
    if Flag.QUOTATION in candidate.flags:
        return False
    t = analysis.tokens
    for s, e in candidate.content:
        first, last = analysis.first_token_from(s), analysis.first_token_from(e)
        if _DISTANCING.isdisjoint(t.lowers[first:last]):
            continue
        root = predicate(analysis, first, last)
        for k in range(first, last):
            if t.lowers[k] not in _DISTANCING or _is_quoted(analysis.text, s, t.starts[k]):
                continue
            if root is None or _is_said_of(analysis, k, root):
                return True
    return False


def _is_said_of(analysis: Analysis, k: int, root: int) -> bool:
    """True where the word ``k`` modifies the predicate ``root`` or what is a part of it."""
    t = analysis.tokens
    head = t.heads[k]
    if head == root or k == root:
        return True
    return head != NO_HEAD and t.heads[head] == root and t.deps[head] in _PREDICATIVE and t.tags[k] == "RB"


def _is_quoted(text: str, start: int, at: int) -> bool:
    return sum(text.count(m, start, at) for m in '"“”') % 2 == 1


def with_scare_quotes(text: str, candidate: Candidate, parent: int | None) -> Candidate:
    """A cue in quotation marks of its own ('the ministry "reported" that') is not the article's own word.

    Inside another's claim (``parent`` is its place) the marks only cite his word.
    """
    if candidate.cue_span is None or parent is not None:
        return candidate
    start, end = candidate.cue_span
    if text[start - 1 : start] not in _OPENING or text[end : end + 1] not in _CLOSING:
        return candidate
    return replace(candidate, flags=candidate.flags | {Flag.SCARE_QUOTES})
