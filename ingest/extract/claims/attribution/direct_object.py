"""Objects: noun phrases that are claimed ("claimed the capture of Kupiansk", "put the toll at twelve").

Belongs here: contents that are the cue's object. Does not belong here: what an object is called
(``object_complement``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.complement_clause import EMPTY_OBJECTS
from ingest.extract.claims.attribution.extent import (
    can_speak,
    content_candidate,
    is_about_ability,
    noun_phrase_end,
    with_joined_counts,
    without_relative,
)
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.lexicon import listed, listed_by_lemma, nouns
from ingest.extract.claims.model import Candidate, CueMention, Flag
from ingest.extract.syntax.tree import CALENDAR

_DISMISSED = frozenset([Flag.DISMISSED])
_WITHOUT_CONTENT = listed("objects_without_content")
_PARTS = listed("parts_in_deeds")
_FATES = listed("fates")
_COUNTED = listed("counted_nouns")
_COUNTING = listed("verbs_of_counting")
_CHECKING = listed("verbs_of_checking")
_AGAINST = listed("verbs_against")
_REQUIRED = listed_by_lemma("objects_required")
_DEEDS = listed("deeds_answered_for")
_DEED_PRONOUNS = listed("pronouns_of_deeds_answered_for")
_SUCH = listed("demonstratives")
_OF_CLAUSES = listed("verbs_of_clauses")
_PUNCTUATION = frozenset([",", ".", ":", "-LRB-", "-RRB-", "``", "''"])
_OF_SUMS = frozenset(["for", "in", "of", "worth"])  # "announced $20 million in aid"


@frame("object", needs="n d")
def noun_object(s: CueSentence, cue: CueMention) -> Candidate | None:
    """A noun phrase that is claimed: "claimed the capture of Kupiansk", "counted forty dead"."""
    t, v, lemma = s.tokens, cue.token, cue.entry.lemma
    k = s.kid(v, "dobj")
    k = _behind_day(s, v) if k is None else k
    if k is None or k < v or t.lowers[k] in EMPTY_OBJECTS or t.tags[k] in ("WP", "WDT", "PRP"):
        return None
    is_sum = t.tags[k - 1] in ("$", "CD") and t.lowers[k + 1 : k + 2] and t.lowers[k + 1] in _OF_SUMS
    if t.tags[k] == "CD" and t.lowers[k + 1 : k + 2] and t.lowers[k + 1] not in _FATES and not is_sum:
        return None
    is_taken = t.lowers[k] == "responsibility" and lemma != "deny"  # "claimed responsibility" says nothing of its own
    # "denied a role in the raid", not "denied aid" or "denied him a role"
    is_part = lemma == "deny" and t.lowers[k] in _PARTS and s.left(k) == v + 1
    is_empty = t.lowers[k] in _WITHOUT_CONTENT and cue.entry.cue_class != "believe" and not is_part
    if is_empty or (is_taken and t.lowers[k + 1 : k + 2] != ["for"]):
        return None
    if is_taken and lemma in _REQUIRED and (t.tags[v] == "VB" or not _is_for_deed(s, k + 1)):
        return None  # "to take responsibility for the war", "took responsibility for the children"
    if lemma in _COUNTING and (t.deps[v] != "ROOT" or not any(t.tags[x] == "CD" for x in range(s.left(k), k + 1))):
        return None  # "counted the votes"; "said that it had counted nine" is what it says
    if lemma in _REQUIRED and t.lowers[k] not in _REQUIRED[lemma]:
        return None  # "floated the company"
    if lemma in _AGAINST and can_speak(s, k):
        return None  # "contradicting the junta": whom, not what
    if lemma in _CHECKING and is_about_ability(s, v):
        return None  # "could not verify the footage"
    if t.lowers[s.left(k)] in _SUCH and t.lowers[k] in nouns() and s.right(k) == k:
        return None  # "rejected these claims": which ones stands elsewhere
    if "n" not in cue.entry.frames and not _is_charged(s, k):
        return None  # "condemned the attack"
    last = noun_phrase_end(s, v, s.right(k), k)
    if (clause := _clause_end(s, cue, k, last)) is not None:
        return content_candidate(s, cue, "object", s.left(k), clause, extend=False)
    first = v + 3 if s.left(k) == v + 2 and t.lowers[v + 2] in CALENDAR else s.left(k)
    last = without_relative(s, k, last)
    dash = next((j for j in range(k + 1, last + 1) if t.lowers[j] in ("–", "—")), last + 1)
    return content_candidate(s, cue, "object", first, with_joined_counts(s, dash - 1), extend=False)


def _is_for_deed(s: CueSentence, prep: int) -> bool:
    """True where what is answered for is a deed, or a pronoun for one."""
    t, found = s.tokens, s.nominals(prep + 1)
    head = found[1] if found is not None else prep + 1
    if head >= s.last:
        return False
    return t.lowers[head] in _DEEDS or t.tags[head] == "VBG" or t.lowers[prep + 1] in _DEED_PRONOUNS


def _behind_day(s: CueSentence, v: int) -> int | None:
    """Of "claimed on Monday | control of the port" the object, which the parser hung on the day."""
    t, day = s.tokens, v + 2
    if day + 1 >= s.last or t.lowers[v + 1] != "on" or t.lowers[day] not in CALENDAR:
        return None
    found = s.nominals(day + 1)
    if found is None or t.lowers[found[1] + 1 : found[1] + 2] not in (["of"], ["for"]):
        return None
    return found[1]


def _is_charged(s: CueSentence, noun: int) -> bool:
    """True for "the army's shelling of the port" and for quoted words: what is condemned is said to be so."""
    t, first = s.tokens, s.left(noun)
    opening = first + (t.tags[first] == "DT")
    return t.lowers[opening] in MARKS or s.kid(noun, "poss") is not None


def _clause_end(s: CueSentence, cue: CueMention, noun: int, last: int) -> int | None:
    """Last token of the clause whose subject the parser took for the cue's object; None for an object.

    "Said the crane at the port had fallen", "demanded the council pay": nobody says a thing or demands a council.
    """
    t, verb = s.tokens, last + 1
    if verb >= s.last - 1 or cue.token + 1 > s.left(noun):
        return None
    if cue.entry.lemma in _OF_CLAUSES and t.tags[verb] not in _PUNCTUATION:
        return s.last - 1
    is_asked = cue.entry.cue_class == "order" and t.tags[verb] in ("VB", "VBP")
    return max(verb, s.right(verb)) if is_asked else None


@frame("object.dismissed_as", needs="as")
def dismissed_as(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "dismissed as false claims that …": what is dismissed stands behind what it is called."""
    t, v = s.tokens, cue.token
    if cue.entry.effect != "negate" or v + 1 >= s.last or t.lowers[v + 1] != "as":
        return None
    k = v + 2
    while k < s.last and (t.tags[k] in ("JJ", "RB", "VBN", "CC") or t.lowers[k] in MARKS):
        k += 1
    if not v + 2 < k < s.last or t.lowers[k] not in nouns() or not t.tags[k].startswith("NN"):
        return None
    return content_candidate(s, cue, "object.dismissed_as", k, s.last - 1, extend=False, flags=_DISMISSED)


@frame("object.count")
def count(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "put the number of dead at twelve", "estimated the damage at …"."""
    t, v = s.tokens, cue.token
    k = s.kid(v, "dobj") if cue.entry.cue_class == "estimate" else None
    if k is None or k < v or not _COUNTED & set(t.lowers[s.left(k) : s.right(k) + 1]):
        return None
    at = next((x for x in range(k + 1, s.last - 1) if t.lowers[x] == "at" and t.deps[x] == "prep"), None)
    if at is None:
        return None
    return content_candidate(s, cue, "object.count", s.left(k), with_joined_counts(s, s.right(at)), extend=False)
