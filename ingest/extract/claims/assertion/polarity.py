"""Whether a claim says that something is so, that it is not, or asks.

FACTS: negative where the content's main clause denies, or the cue denies the content.
"""

from __future__ import annotations

import re

from ingest.extract.analysis import NO_HEAD, Analysis, Tokens
from ingest.extract.claims.assertion.clauses import first_clause_end, predicate
from ingest.extract.claims.lexicon import listed, pattern
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.lexicon import phrases, words
from ingest.extract.syntax.tree import PROPER

_NEGATORS = words("cues.toml", "negators")
_NEGATIVE_PREDICATES = words("cues.toml", "negative_predicates")
_QUESTION = pattern("question", re.I)
_DENIALS_AT_START = listed("denials_at_start")
_PLEADING = listed("verbs_of_pleading")
_DENYING_PARTS = listed("denying_parts")
_DENYING_ADVERBS = listed("denying_adverbs")
# labels of what belongs to a predicate so closely that a "no" there denies it
_PARTS = frozenset(["acomp", "attr", "oprd", "dobj", "xcomp", "nsubj", "nsubjpass", "ccomp", "expl"])
# frames whose content is a thing: "questioned the decision" asks nothing
_NO_QUESTION = frozenset(["object", "noun_cue"])
_ADVERBS = 2  # words before a predicate among which its "not" stands: "not entirely false"
_UNPARSED = 8  # tokens in which a word that denies is looked for where there is no tree


def polarity(analysis: Analysis, candidate: Candidate) -> str:
    """``question``, ``negative`` or ``affirmative``, from the cue and the content's main clause."""
    if candidate.question or _asks(" ".join(analysis.text[s:e] for s, e in candidate.content[:1]), candidate):
        return "question"
    if candidate.cue is not None and candidate.cue.effect in ("negate", "refuse"):
        return "affirmative" if candidate.negated else "negative"
    if candidate.negated or _is_called_untrue(analysis, candidate):
        return "negative"
    return "negative" if main_clause_denies(analysis, *_clause(analysis, candidate)) else "affirmative"


def _is_called_untrue(analysis: Analysis, candidate: Candidate) -> bool:
    """True for "the reports false", "the allegations as baseless"; not for "the reports not false".

    An adjective that stands before its noun is none of the complement: "called the false report a mistake".
    """
    if candidate.frame != "object_complement":
        return False
    t = analysis.tokens
    start, end = candidate.content[-1]
    first, last = analysis.first_token_from(start), analysis.first_token_from(end) - 1
    inside = (k for k in range(last, first - 1, -1) if t.tags[k].startswith("JJ"))
    called = next((k for k in inside if t.deps[k] != "amod" or t.heads[k] < k), last)
    return any(
        t.lowers[k] in _NEGATIVE_PREDICATES and _NEGATORS.isdisjoint(t.lowers[max(0, k - _ADVERBS) : k])
        for k in (last, called)
    )


def _clause(analysis: Analysis, candidate: Candidate) -> tuple[int, int]:
    """The first span of a content with a verb: of "The van, according to Roe, will not return" the second."""
    t = analysis.tokens
    for start, end in candidate.content:
        inside = range(analysis.first_token_from(start), analysis.first_token_from(end))
        if any(t.tags[k].startswith(("V", "MD")) for k in inside):
            return start, end
    return candidate.content[0]


def _asks(text: str, candidate: Candidate) -> bool:
    cue = candidate.cue
    if (
        cue is not None
        and cue.cue_class == "ask"
        and cue.lemma not in _PLEADING
        and Flag.REQUEST not in candidate.flags
        and candidate.frame not in _NO_QUESTION
    ):
        return True
    return text.endswith("?") and bool(_QUESTION.match(text)) and ". " not in text


def main_clause_denies(analysis: Analysis, start: int, end: int) -> bool:
    """True where the first main clause between the characters is negative."""
    t = analysis.tokens
    text = analysis.text[start:end]
    first = analysis.token_at(start)
    if t.ends[first] <= start:
        first += 1
    clause = text[: first_clause_end(text)].lower()
    if phrases("cues.toml", "affirming_phrases", 0).search(clause):
        return False
    if phrases("cues.toml", "negative_phrases", 0).search(clause):
        return True
    last = analysis.first_token_from(end)
    if last <= first:
        return False
    but = text.find(", but ")
    if but > 0 and phrases("cues.toml", "negative_phrases").search(text, but):
        return True
    root = predicate(analysis, first, last)
    if root is None or t.heads[root] == NO_HEAD:
        lows = t.lowers[first : min(last, first + _UNPARSED)]
        return bool(set(lows) & _NEGATORS)
    return _predicate_denies(analysis, root, first, last)


def _predicate_denies(analysis: Analysis, root: int, first: int, last: int) -> bool:
    """True where the predicate ``root`` or what belongs to it closely denies."""
    t = analysis.tokens
    if t.lowers[root] in _NEGATIVE_PREDICATES or t.lowers[first] in _DENIALS_AT_START:
        return True
    for k in range(first, last):
        low = t.lowers[k]
        if t.heads[k] != root:
            if low == "neither" and _is_of_subject(analysis, k, root):
                return True
            continue
        if t.deps[k] == "neg" or (low in _DENYING_ADVERBS and not _is_of_name(t, k)):
            return True
        if t.deps[k] in _PARTS:
            if low in _NEGATIVE_PREDICATES or low in _DENYING_PARTS:
                return True
            if any(t.lowers[x] in ("no", "neither") and t.heads[x] == k for x in range(first, k)):
                return True
    # "failed to" and "refused to" tell what happened: they deny nothing
    return False


def _is_of_name(t: Tokens, k: int) -> bool:
    """True for the "No" of a place called "Thar No"."""
    return k > 0 and t.words[k].istitle() and t.tags[k] in PROPER and t.tags[k - 1] in PROPER


def _is_of_subject(analysis: Analysis, k: int, root: int) -> bool:
    t = analysis.tokens
    h = t.heads[k]
    return h != NO_HEAD and t.deps[h] in ("nsubj", "nsubjpass") and t.heads[h] == root
