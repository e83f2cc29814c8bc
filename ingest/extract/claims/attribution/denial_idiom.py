"""Idioms of denial over a noun of saying: "poured cold water on Oslo's boast of …", "scoffed at the tale that …".

Belongs here: phrases of several words that deny what a noun of saying stands for. Does not belong here: verbs that deny
by themselves (``verbs.txt``), denials that point at what stands elsewhere (``denial``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.extent import can_speak, noun_phrase_end
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import Cue, idioms, listed
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import VERB_TAGS
from ingest.values import replace

_IDIOM = Cue("deny", "deny", frozenset("n"), "negate")
_SAYINGS = listed("nouns_denied_by_idioms")
_OF_NAME = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "HYPH", "VBN", "CD"])
_LONGEST_NAME = 8  # words from the idiom to the noun of saying

rule_ids("denial.idiom")


def with_idioms(analysis: Analysis, quotations: Quotations, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and one for each idiom of denial; what its object says in turn is marked as rejected."""
    tokens, table = analysis.tokens, idioms("denial")
    current, taken = list(found), {c.verb for c in found}
    for index, sentence in enumerate(analysis.sentences):
        if not analysis.is_parsed(sentence):
            continue
        for v in range(sentence.first, sentence.last):
            if tokens.lowers[v] not in table or tokens.tags[v] not in VERB_TAGS or v in taken:
                continue
            read = _read(CueSentence(analysis, index, quotations), v, table[tokens.lowers[v]])
            if read is None:
                continue
            denial, noun = read
            current = [replace(c, flags=c.flags | {Flag.REJECTED}) if c.verb == noun else c for c in current]
            current.append(denial)
    return current


def _read(s: CueSentence, v: int, phrases: tuple[tuple[str, ...], ...]) -> tuple[Candidate, int] | None:
    """The denial of an idiom that begins at ``v``, and its noun of saying."""
    t = s.tokens
    phrase = next((p for p in phrases if tuple(t.lowers[v + 1 : v + 1 + len(p)]) == p), None)
    subject = s.subject(v)
    if phrase is None or subject is None or s.is_passive(v) or any(t.deps[k] == "neg" for k in s.kids(v)):
        return None
    if not can_speak(s, subject) and t.tags[subject] != "PRP":
        return None
    first = v + 1 + len(phrase)
    noun = _noun_of_saying(s, first)
    if noun is None:
        return None
    last = noun_phrase_end(s, v, max(s.right(noun), noun), noun)
    content = trim(s.text, t.starts[first], t.ends[last])
    span = (t.starts[v], t.ends[first - 1])
    return Candidate("denial.idiom", _IDIOM, span, s.mention(subject, v), (content,), s.index, v), noun


def _noun_of_saying(s: CueSentence, first: int) -> int | None:
    """The noun of saying that heads the phrase at ``first``: "the army's latest | claim"."""
    t = s.tokens
    for k in range(first, min(first + _LONGEST_NAME, s.last)):
        # the last of a row of nouns heads the phrase
        if t.lowers[k] in _SAYINGS and not (k + 1 < s.last and t.tags[k + 1] in ("NN", "NNS", "POS")):
            return k
        if t.tags[k] not in _OF_NAME:
            return None
    return None
