"""Inverted cues: "snow had slowed the rescue, reported the agency"; "the raid, said the prefect, was aimed at …".

Belongs here: speakers that stand behind their cue, without quotation marks. Does not belong here: those with
a quotation before them (``quotation``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.parenthetical import CLAUSE_OPENERS
from ingest.extract.claims.attribution.quotation import quotation_before
from ingest.extract.claims.attribution.region import STOPS
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.syntax.tree import CALENDAR, PROPER

# tags of a word that a clause may end with
_ENDS_CLAUSE = frozenset(["NN", "NNS", "NNP", "NNPS", "CD", "RB", "JJ"])
_FOLLOWED_BY_LISTENER = listed("verbs_followed_by_listener")


def _speaker_behind(s: CueSentence, cue: CueMention) -> int | None:
    """The head of the noun phrase right behind a cue that a comma sets off; None where it is no speaker."""
    t, v = s.tokens, cue.token
    if cue.entry.lemma in _FOLLOWED_BY_LISTENER:
        return None
    if v - 2 <= s.first or t.lowers[v - 1] != "," or t.tags[v] not in ("VBD", "VBZ", "VBN"):
        return None
    run = s.nominals(v + 1)
    if run is None or t.tags[run[1]] in ("PRP$", "DT", "CD") or t.lowers[run[1]] in CALENDAR or s.is_passive(v):
        return None
    behind = run[1] + 1
    return None if behind < s.last and t.lowers[behind] not in (".", ",", ";") else run[1]


@frame("inverted.closing", needs="s")
def inverted_closing(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Snow had slowed the rescue, reported the agency.": the cue and its speaker close the sentence."""
    t, v = s.tokens, cue.token
    head = _speaker_behind(s, cue)
    if head is None or not s.has_finite(s.first, v - 1) or t.lowers[s.first] in CLAUSE_OPENERS:
        return None
    start = s.opening(v)
    if t.starts[start] >= t.ends[v - 2] or quotation_before(s, v) is not None:
        return None
    return s.candidate(cue, "inverted.closing", [(t.starts[start], t.ends[v - 2])], s.mention(head))


@frame("inverted.unmarked", needs="s")
def inverted_unmarked(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Raids hit a bakery in the town tweeted the Roe Network for Peace.": no comma stands before the cue."""
    t, v = s.tokens, cue.token
    if t.tags[v] != "VBD" or cue.entry.cue_class not in ("say", "write") or cue.entry.lemma in _FOLLOWED_BY_LISTENER:
        return None
    if v - 2 <= s.first or t.tags[v - 1] not in _ENDS_CLAUSE or s.kid(v, "nsubj", "nsubjpass", "auxpass", "aux"):
        return None
    run = s.nominals(v + 1)
    if run is None or t.lowers[v + 1] != "the" or t.tags[run[1]] not in PROPER or t.lowers[run[1]] in CALENDAR:
        return None
    end = run[1] + 1
    while end + 1 < s.last and (
        t.tags[end] in PROPER or (t.lowers[end] in ("of", "for") and t.tags[end + 1] in PROPER)
    ):
        end += 1
    is_last = all(t.lowers[k] in STOPS for k in range(end, s.last))
    if not is_last or not s.has_finite(s.first, v - 1) or t.lowers[s.first] in CLAUSE_OPENERS:
        return None
    return s.candidate(cue, "inverted.unmarked", [(t.starts[s.opening(v)], t.ends[v - 1])], s.mention(run[1]))


@frame("inverted.around", needs="s")
def inverted_around(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The raid, said the prefect, was aimed at the silos.": both sides are the content."""
    t, v, last = s.tokens, cue.token, s.last - 1
    head = _speaker_behind(s, cue)
    if head is None or s.has_finite(s.first, v - 1):
        return None
    if head + 2 >= last or t.lowers[head + 1] != "," or not s.has_finite(head + 2, last):
        return None
    if t.tags[head + 2] not in ("VBD", "VBZ", "VBP", "MD"):
        return None
    content = [(t.starts[s.opening(v)], t.ends[v - 2]), (t.starts[head + 2], t.ends[last])]
    return s.candidate(cue, "inverted.around", content, s.mention(head))
