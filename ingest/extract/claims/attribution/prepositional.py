"""Prepositional contents: "accused Kyiv of shelling", "called for talks", "held the army responsible for the raid".

Belongs here: contents that a preposition of the cue's frames governs. Does not belong here: infinitives with
"for" (``infinitive``), "according to" (``according_to``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.complement_clause import CLAUSAL, EMPTY_OBJECTS
from ingest.extract.claims.attribution.extent import content_candidate, noun_phrase_end, without_relative
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Flag
from ingest.extract.syntax.tree import CALENDAR

_REQUEST = frozenset([Flag.REQUEST])
_OF_DEEDS = listed("verbs_of_deeds_behind_prepositions")
_SUSPECTING = listed("verbs_of_suspecting")
_QUOTING = listed("verbs_of_quoting")


@frame("prepositional")
def prepositional(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "accused Kyiv of shelling", "called for talks": what the frame's preposition introduces."""
    t, v, entry = s.tokens, cue.token, cue.entry
    kids = [k for k in s.kids(v) if k > v]
    inner = [c for k in kids if t.deps[k] in ("dobj", "dative") for c in s.kids(k) if c > k]
    for k in (*kids, *inner):
        low = t.lowers[k]
        if t.deps[k] not in ("prep", "agent", "dative") or low not in entry.frames:
            continue
        if low == "on" and t.lowers[k + 1] in CALENDAR:
            continue  # "called on Monday": when, not on whom
        if low == "as" and entry.lemma in _QUOTING:
            continue  # "cited the flood as a reason"
        accuses = entry.cue_class == "accuse" or entry.lemma in _SUSPECTING
        if accuses and low == "for" and kids[0] != k and s.kid(v, "dobj", "nsubjpass") is None:
            continue  # "slammed into the hospital for the second day": somebody is blamed for something
        if k not in kids and not accuses and low != "with":
            continue
        found = governed(s, cue, k, "prepositional")
        if found is not None:
            return found
    return None


def governed(s: CueSentence, cue: CueMention, prep: int, rule: str) -> Candidate | None:
    """The candidate whose content is what the preposition ``prep`` governs."""
    t, v = s.tokens, cue.token
    first, last, low = prep + 1, s.right(prep), t.lowers[prep]
    if first > last or (t.lowers[first] in EMPTY_OBJECTS and first == last) or t.tags[first] in ("WDT", "WP"):
        return None
    if cue.entry.lemma in _OF_DEEDS and t.tags[first] != "VBG":
        return None  # "admitted to the court": a deed is admitted to, or discouraged from
    lead = t.starts[v + 1] if first < s.last and prep > v + 1 and low in ("of", "for", "with") else None
    last = without_relative(s, first, noun_phrase_end(s, v, last, prep))
    flags = _REQUEST if low in ("for", "to") and rule == "prepositional" else frozenset()
    return content_candidate(s, cue, rule, first, last, extend=False, lead=lead, flags=flags)


@frame("prepositional.accusation")
def accusation(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "accused X and Y of shelling" where the parser hung "of" on a word of its own choice."""
    t, v = s.tokens, cue.token
    if cue.entry.cue_class != "accuse":
        return None
    for j in range(v + 2, min(v + 30, s.last - 2)):
        if t.lowers[j] in cue.entry.frames and t.tags[j] == "IN":
            k = j + 2 if t.tags[j + 1] == "RB" else j + 1
            if t.tags[k] == "VBG":
                lead, last = t.starts[v + 1], max(s.right(j), k)
                flags = _REQUEST if t.lowers[j] in ("for", "to") else frozenset()
                rule = "prepositional.accusation"
                return content_candidate(s, cue, rule, j + 1, last, extend=False, lead=lead, flags=flags)
        if t.lowers[j] in (";", ":") or t.lowers[j] in MARKS:
            return None
    return None


@frame("prepositional.responsible")
def responsible_for(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "held the army responsible for the raid"."""
    t, v = s.tokens, cue.token
    if cue.entry.lemma != "hold":
        return None
    for j in range(v + 2, min(v + 14, s.last - 2)):
        if t.lowers[j] in ("responsible", "accountable") and t.lowers[j + 1] == "for":
            prep = next((k for k in s.kids(j) if k == j + 1), None)
            last = s.right(prep) if prep is not None else s.last - 1
            return content_candidate(s, cue, "prepositional.responsible", j + 2, last, extend=False)
        if t.lowers[j] in (",", ";", ":") or t.tags[j] in CLAUSAL:
            return None
    return None
