"""Infinitives and gerunds: "vowed to fight", "ordered troops to leave", "called for the siege to end".

Belongs here: contents that are an infinitive, the cue's own subject's or its object's, and gerunds ("denied
firing"). Does not belong here: "is said to" (``passive``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import clause_of, clause_start, infinitive_marker
from ingest.extract.claims.attribution.extent import content_candidate
from ingest.extract.claims.attribution.quotation import quotation_behind, with_half_before
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE_OR_MODAL, MARKS, CueSentence
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Flag, Span
from ingest.extract.syntax.tree import CALENDAR, PROPER, RELATIVES

# "expects the siege to end": what is expected is that the siege ends; who is ordered is no part of the order
_OF_OTHERS = frozenset(["believe", "estimate"])
_REQUEST = frozenset([Flag.REQUEST])
_DECLINES = listed("declined_answers")
_ANONYMITY = listed("conditions_of_anonymity")
_WHOM = frozenset(["on", "upon", "for", "to"])  # "called upon the council to"
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_BEFORE_WHOM = frozenset(["on", "upon", "for"])
_CALLING = listed("verbs_of_calling")
_TELLING_WHICH = listed("prepositions_of_those_called_on")


@frame("infinitive.clause", "infinitive.for", needs="t o for")
def infinitive_clause(s: CueSentence, cue: CueMention) -> Candidate | None:
    """An infinitive that the parser made a clause: "expects the siege to end"."""
    comp = clause_of(s, cue)
    to = infinitive_marker(s, comp) if comp is not None else None
    if comp is None or to is None or quotation_behind(s, cue.token) is not None:
        return None
    found = read_infinitive(s, cue, comp, to)
    return with_half_before(s, found) if found is not None and found.rule == "infinitive.clause" else found


def read_infinitive(s: CueSentence, cue: CueMention, comp: int, to: int) -> Candidate | None:
    """The content is the infinitive ``comp`` with its "to"."""
    t, v, frames = s.tokens, cue.token, cue.entry.frames
    first = clause_start(s, cue, comp)
    if "for" in frames and t.lowers[first - 1] == "for":
        return content_candidate(s, cue, "infinitive.for", first, s.right(comp), flags=_REQUEST)
    if not frames & {"t", "o"}:
        return None
    begin = first if cue.entry.cue_class in _OF_OTHERS else _with_not(s, to, v)
    lead = t.starts[first]
    return content_candidate(s, cue, "infinitive.clause", begin, s.right(comp), lead=lead, flags=_REQUEST)


def _with_not(s: CueSentence, to: int, v: int) -> int:
    return to - 1 if to - 1 > v and s.tokens.lowers[to - 1] in ("not", "never") else to


@frame("infinitive.to", "infinitive.for", "gerund")
def infinitive(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "vowed to fight", "ordered troops to leave", "denied firing"."""
    t, v, entry = s.tokens, cue.token, cue.entry
    kids = [k for k in s.kids(v) if k > v]
    xcomp = next((k for k in kids if t.deps[k] == "xcomp"), None)
    called_for = next((k for k in kids if t.deps[k] in ("advcl", "xcomp") and s.mark(k) == "for"), None)
    if called_for is not None and "for" in entry.frames and s.left(called_for) <= v + 2:
        first = s.left(called_for) + 1
        return content_candidate(s, cue, "infinitive.for", first, s.right(called_for), flags=_REQUEST)
    if "for" in entry.frames and (whom := _called_on(s, kids)) is not None:
        return content_candidate(s, cue, "infinitive.for", s.left(whom[0]), s.right(whom[1]), flags=_REQUEST)
    if xcomp is None and v + 1 < s.last and t.lowers[v + 1] == "to":
        xcomp = next((k for k in kids if t.deps[k] in ("advcl", "acl", "ccomp") and s.left(k) == v + 1), None)
    if xcomp is None and "o" in entry.frames:
        xcomp = _behind_name(s, kids)
    day = v + 2 if entry.lemma in _CALLING and _is_on_day(s, v) else v
    if day > v and t.lowers[day + 1] == "for" and "for" in entry.frames:
        wanted = _summoned(s, day)
        last = max(s.right(day + 1), s.right(wanted[1]) if wanted is not None else day + 1)
        return content_candidate(s, cue, "infinitive.for", day + 2, last, flags=_REQUEST)
    if (
        entry.lemma in _CALLING
        and t.lowers[day + 1 : day + 2] != ["for"]
        and (summoned := _summoned(s, day)) is not None
    ):
        lead, begin = t.starts[day + 2], _with_not(s, summoned[0], v)
        last = max(s.right(summoned[1]), summoned[1])
        return content_candidate(s, cue, "infinitive.to", begin, last, lead=lead, flags=_REQUEST)
    if xcomp is None or day > v:
        return None
    to = infinitive_marker(s, xcomp)
    if to is not None:
        return _to_infinitive(s, cue, xcomp, to)
    gerund = t.tags[xcomp] == "VBG" or t.lowers[s.left(xcomp)] in ("having", "being")
    if gerund and "g" in entry.frames:
        return content_candidate(s, cue, "gerund", s.left(xcomp), s.right(xcomp))
    return None


def _behind_name(s: CueSentence, kids: list[int]) -> int | None:
    """The "suspend" of "ordering North Korea to suspend", wherever the parser hung it: no name has an infinitive."""
    t = s.tokens
    name = next((k for k in kids if t.deps[k] == "dobj" and t.tags[k] in PROPER), None)
    if name is None or name + 1 >= s.last or t.lowers[name + 1] != "to":
        return None
    verb = t.heads[name + 1]
    return verb if verb > name + 1 and t.tags[verb] == "VB" else None


def _summoned(s: CueSentence, v: int) -> tuple[int, int] | None:
    """Of "called on the council and all parties to at once lay down arms" the "to" and its verb, wherever they hang.

    Nothing may stand between but who is called on: who "called on the king at his palace to" tells why he came.
    """
    t = s.tokens
    if v + 4 >= s.last or t.lowers[v + 1] not in _BEFORE_WHOM or t.lowers[v + 2] in CALENDAR:
        return None
    for to in range(v + 3, s.last - 1):
        verb = to + 1
        while verb < s.last - 1 and t.tags[verb] == "RB":
            verb += 1
        if t.lowers[to] == "to" and t.tags[verb] == "VB":
            return to, verb
        if _is_apart(s, to) or t.tags[to] in FINITE_OR_MODAL or t.lowers[to] in (";", ":") or t.lowers[to] in MARKS:
            return None
    return None


def _is_on_day(s: CueSentence, v: int) -> bool:
    """True for "called on Monday": when, not on whom."""
    t = s.tokens
    return v + 3 < s.last and t.lowers[v + 1] == "on" and t.lowers[v + 2] in CALENDAR


def _is_apart(s: CueSentence, k: int) -> bool:
    """True where the noun phrase before the token is over: a preposition of where or when, a second noun phrase."""
    t = s.tokens
    if t.tags[k] == "IN":
        is_when = t.lowers[k + 1] in CALENDAR
        return not is_when and (t.lowers[k] not in _TELLING_WHICH or t.tags[k + 1] == "PRP$")
    return t.tags[k] in ("DT", "PRP$") and t.tags[k - 1] in _NOUNS and t.lowers[k] != "this"


def _called_on(s: CueSentence, kids: list[int]) -> tuple[int, int] | None:
    """Of "called for all to leave" the noun and the infinitive, where the parser hung the infinitive on the cue."""
    t = s.tokens
    prep = next((k for k in kids if t.deps[k] == "prep" and t.lowers[k] == "for"), None)
    noun = s.kid(prep, "pobj") if prep is not None else None
    if noun is None:
        return None
    behind = s.right(noun) + 1
    verb = next((k for k in kids if t.deps[k] in ("advcl", "xcomp") and s.left(k) == behind), None)
    return (noun, verb) if verb is not None and t.lowers[behind] == "to" else None


def _is_relative_gap(s: CueSentence, v: int, xcomp: int) -> bool:
    """True for "the famine that they want to cause": what is wanted stands before, and is part of another clause."""
    t = s.tokens
    subject = s.kid(v, "nsubj")
    if t.deps[v] != "relcl" or subject is None or t.lowers[subject] in RELATIVES or not t.heads[v] < subject < v:
        return False
    return all(t.deps[k] in ("aux", "neg") for k in s.kids(xcomp))


def _to_infinitive(s: CueSentence, cue: CueMention, xcomp: int, to: int) -> Candidate | None:
    t, v, entry = s.tokens, cue.token, cue.entry
    kids = [k for k in s.kids(v) if k > v]
    objects = [k for k in s.kids(v) if t.deps[k] in ("dobj", "dative") and v < k < xcomp]
    on = next((k for k in kids if t.deps[k] == "prep" and t.lowers[k] in _WHOM and k < xcomp), None)
    own = "t" in entry.frames or (entry.lemma in _CALLING and on is not None)
    if "o" not in entry.frames if objects else not own:
        return None
    if entry.effect == "refuse" and t.lowers[xcomp] in _DECLINES:
        return None
    if t.lowers[xcomp] in _ANONYMITY and s.is_passive(xcomp):
        return None  # "asked not to be named"
    if _is_relative_gap(s, v, xcomp):
        return None
    lead: int | None = None
    addressee: Span | None = None
    if objects:
        lead = t.starts[s.left(objects[0])]
        if s.right(objects[0]) < to:
            addressee = (t.starts[s.left(objects[0])], t.ends[s.right(objects[0])])
    elif on is not None:
        lead = t.starts[min(on + 1, to)]
    begin = _with_not(s, to, v)
    if objects and entry.cue_class in _OF_OTHERS:
        begin = s.left(objects[0])
    last = s.right(xcomp)
    return content_candidate(s, cue, "infinitive.to", begin, last, lead=lead, addressee=addressee, flags=_REQUEST)
