"""Inverted cues: "snow had slowed the rescue, reported the agency"; "the raid, said the prefect, was aimed at …".

Belongs here: speakers that stand behind their cue, without quotation marks. Does not belong here: those with
a quotation before them (``quotation``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.parenthetical import opens_cue_clause
from ingest.extract.claims.attribution.quotation import quotation_before
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.syntax.tree import CALENDAR

DASHES = frozenset(["-", "–", "—"])
_FOLLOWED_BY_LISTENER = listed("verbs_followed_by_listener")


def _speaker_behind(s: CueSentence, cue: CueMention) -> int | None:
    """The head of the noun phrase right behind a cue that a comma or a dash sets off; None where it is no speaker.

    Behind a dash cue and speaker end the sentence: "Two bridges are gone - says the mayor of Izium".
    """
    t, v = s.tokens, cue.token
    if v - 2 <= s.first or t.tags[v] not in ("VBD", "VBZ", "VBN"):
        return None
    is_dashed = t.lowers[v - 1] in DASHES and t.starts[v - 1] > t.ends[v - 2] and t.starts[v] > t.ends[v - 1]
    is_dashed = is_dashed and DASHES.isdisjoint(t.lowers[s.first + 1 : v - 1])  # "Roe - a driver - told …"
    if not is_dashed and (t.lowers[v - 1] != "," or cue.entry.lemma in _FOLLOWED_BY_LISTENER):
        return None
    run = s.nominals(v + 1)
    if run is None or t.tags[run[1]] in ("PRP$", "DT", "CD") or t.lowers[run[1]] in CALENDAR:
        return None
    if s.is_passive(v) and not is_dashed:
        return None
    behind = run[1] + 1
    if is_dashed:
        return run[1] if cue.entry.cue_class in ("say", "write") and not s.has_finite(behind, s.last) else None
    return None if behind < s.last and t.lowers[behind] not in (".", ",", ";") else run[1]


@frame("inverted.closing", needs="s")
def inverted_closing(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Snow had slowed the rescue, reported the agency.": the cue and its speaker close the sentence."""
    t, v = s.tokens, cue.token
    head = _speaker_behind(s, cue)
    if head is None or not s.has_finite(s.first, v - 1) or opens_cue_clause(s, v):
        return None
    start = s.opening(v)
    subject, clause = s.kid(v, "nsubj"), next((k for k in s.kids(v) if k > head and t.deps[k] == "ccomp"), None)
    if subject is not None and clause is not None and subject < v and s.has_finite(head, clause + 1):
        return None  # "the mayor, a former judge, said the envoy, a Swede, had left"
    if t.starts[start] >= t.ends[v - 2] or quotation_before(s, v) is not None:
        return None
    return s.candidate(cue, "inverted.closing", [(t.starts[start], t.ends[v - 2])], s.mention(head))


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
