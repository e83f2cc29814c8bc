"""The clause that a cue introduces, wherever the parser hung it.

Belongs here: finding that clause, its first token and its "to". Does not belong here: what is read from it
(``complement_clause``, ``infinitive``, ``passive``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.extent import can_speak
from ingest.extract.claims.attribution.sentence import FINITE, FINITE_OR_MODAL, MARKS, CueSentence
from ingest.extract.claims.lexicon import listed, nouns, verbs
from ingest.extract.claims.model import CueMention
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR

_OWN_CLAUSE = listed("nouns_with_own_clause")
_ASIDES = listed("prepositions_of_asides")
_TIMES = listed("times_and_listeners")
_QUOTING = listed("verbs_of_quoting")
_LONGEST_SOURCE = 25  # words of who is quoted


def clause_of(s: CueSentence, cue: CueMention) -> int | None:
    """The verb of the clause that is claimed, as the parser has it or where its "that" shows it."""
    t, v = s.tokens, cue.token
    kids = [k for k in s.kids(v) if k > v]
    comp = next((k for k in kids if t.deps[k] == "ccomp" and t.tags[k] != "WRB"), None)
    if comp is None:
        loose = ("xcomp", "acl", "advcl", "relcl", "dep")
        comp = next((k for k in kids if t.deps[k] in loose and s.mark(k) == "that"), None)
    if comp is None and "s" in cue.entry.frames:
        comp = _that_of_object(s, v)
        if comp is None and cue.entry.cue_class in ("say", "write"):
            comp = next((k for k in kids if t.deps[k] == "advcl" and _is_main_clause(s, v, k)), None)
    return comp


def _is_main_clause(s: CueSentence, v: int, k: int) -> bool:
    """True for "said since May some 40 boats have sunk": no conjunction joins the clause that begins behind the cue."""
    t = s.tokens
    subject = s.kid(k, "nsubj", "nsubjpass")
    if s.left(k) != v + 1 or subject is None or not v < subject < k or s.mark(k):
        return False
    is_finite = t.tags[k] in FINITE or any(t.deps[x] == "aux" and t.tags[x] in FINITE_OR_MODAL for x in s.kids(k))
    return is_finite and t.tags[v + 1] not in ("WRB", "WP", "WDT")


def as_saying(s: CueSentence, v: int) -> int | None:
    """Of "quoted a source at the ministry as saying that" the token of "as"; None where nobody is quoted so."""
    t = s.tokens
    entry = verbs().get(t.lowers[v])
    if entry is None or entry.lemma not in _QUOTING:
        return None
    for k in range(v + 2, min(v + _LONGEST_SOURCE, s.last - 2)):
        if t.lowers[k] == "as" and t.tags[k + 1] == "VBG" and t.lowers[k + 1] in verbs():
            return k
        if t.lowers[k] in (";", ":") or t.lowers[k] in MARKS:
            return None
    return None


def _that_of_object(s: CueSentence, v: int) -> int | None:
    """ "told reporters on Monday that …" where the parser hung the clause on another word."""
    t = s.tokens
    stack = [k for k in s.kids(v) if k > v and t.deps[k] in ("dobj", "dative", "prep", "npadvmod", "pobj")]
    while stack:
        x = stack.pop()
        # "without evidence that", "in a statement that": the clause is the cue's all the same
        aside = t.lowers[t.heads[x]] in _ASIDES and t.heads[x] > v
        if (t.lowers[x] in nouns() and not aside) or t.lowers[x] in _OWN_CLAUSE:
            continue
        if t.deps[x] == "pobj" and not _is_where_told(s, x):
            continue
        for c in s.kids(x):
            if t.deps[c] in ("acl", "relcl", "ccomp", "advcl") and s.mark(c) == "that":
                return c
            if c > v:
                stack.append(c)
    return None


def _is_where_told(s: CueSentence, x: int) -> bool:
    """True for a word of when, where or to whom something is said: its clause is the cue's."""
    t = s.tokens
    low = t.lowers[x]
    if t.lowers[t.heads[x]] not in ("in", "among", "of", "from"):
        return True
    told = words("people.toml", "documents") | words("cues.toml", "channel_nouns") | _TIMES | CALENDAR
    return low in told or t.tags[x] in ("NNP", "NNPS", "CD", "PRP") or can_speak(s, x)


def clause_start(s: CueSentence, cue: CueMention, comp: int) -> int:
    """First token of the clause of ``comp`` behind the cue and a comma or colon."""
    first = max(s.left(comp), cue.token + 1)
    while first < s.last and s.tokens.lowers[first] in (",", ":"):
        first += 1
    return first


def infinitive_marker(s: CueSentence, comp: int) -> int | None:
    """The "to" before the verb ``comp`` or its auxiliary ("to have frozen"); None where the clause is no infinitive."""
    t = s.tokens
    helping = [k for k in s.kids(comp) if t.deps[k] in ("aux", "auxpass") and t.lowers[k] in ("have", "be")]
    below = (k for verb in (comp, *helping) for k in s.kids(verb))
    to = next((k for k in below if t.deps[k] == "aux" and t.lowers[k] == "to"), None)
    return to if to is not None and to < comp else None
