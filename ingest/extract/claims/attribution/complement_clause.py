"""Complement clauses: "said that two died", "said two died", "asked whether …".

Belongs here: clauses behind the cue as the parser has them, where their "that" shows them, and where the
parser took the cue for another part of speech. Does not belong here: infinitives (``infinitive``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import as_saying, clause_of, clause_start, infinitive_marker
from ingest.extract.claims.attribution.extent import content_candidate
from ingest.extract.claims.attribution.quotation import quotation_behind, with_half_before
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE, FINITE_OR_MODAL, MARKS, CueSentence
from ingest.extract.claims.lexicon import listed, nouns
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, VERB_TAGS

WH_WORDS = listed("wh_words")
EMPTY_OBJECTS = listed("empty_objects")
_TELLING = listed("verbs_of_telling")
_TO_LISTENERS = listed("verbs_to_listeners")
_PERCEPTION = listed("verbs_of_perception")
_SUBORDINATORS = listed("subordinators")
_TIMES = listed("times_and_listeners")
_OCCASIONS = listed("phrases_of_occasions")
_MISTAGGED = listed("mistagged_nouns")
_OBJECT_PRONOUNS = listed("object_pronouns")
# rules of clauses before which the first half of a quotation may stand
_INTERRUPTED = frozenset(
    [
        *("complement_clause.that", "complement_clause.bare", "complement_clause.listener_name"),
        "complement_clause.wh",
    ]
)
# tags of what opens or joins a clause
CLAUSAL = frozenset(["VBD", "VBZ", "VBP", "MD", "CC", "WDT", "WP", "WRB", "TO"])
# tags that a clause may open with, and that its subject may hold
_OPENS = frozenset(["DT", "PRP", "NNP", "NNPS", "NN", "NNS", "EX", "PRP$", "CD", "JJ", "VBG"])
_INSIDE = frozenset(
    ["DT", "NNP", "NNPS", "NN", "NNS", "PRP$", "CD", "JJ", "JJR", "JJS", "POS", "HYPH", "RB", "IN", "VBG"]
)


@frame(
    "complement_clause.that",
    "complement_clause.bare",
    "complement_clause.listener_name",
    "complement_clause.wh",
    "complement_clause.small",
    "gerund",
    "object_complement.clause",
)
def complement_clause(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The clause that the parser hangs on the cue: with "that", without it, with "whether", a small clause."""
    comp = clause_of(s, cue)
    if comp is None or infinitive_marker(s, comp) is not None or quotation_behind(s, cue.token) is not None:
        return None
    if as_saying(s, cue.token) is not None:
        return None  # "quoted the mayor as saying that": the clause is the mayor's
    found = read_clause(s, cue, comp)
    return with_half_before(s, found) if found is not None and found.rule in _INTERRUPTED else found


def read_clause(s: CueSentence, cue: CueMention, comp: int) -> Candidate | None:
    """The content is the clause whose verb is ``comp``, which is no infinitive."""
    t, v, entry = s.tokens, cue.token, cue.entry
    first, last, mark = clause_start(s, cue, comp), s.right(comp), s.mark(comp)
    if mark != "that" and entry.lemma in _TELLING:
        named = _behind_listener_name(s, cue, first)
        if named is not None:
            begin, addressee = named
            rule = "complement_clause.listener_name"
            return content_candidate(s, cue, rule, begin, last, addressee=addressee) if "s" in entry.frames else None
        first = _behind_listener(s, v, first)
    elif mark != "that":
        first = _with_object(s, v, first, comp)
    low = t.lowers[first]
    if mark == "that" or (low == "that" and t.tags[first] == "IN"):
        while first < comp and t.lowers[first] != "that":
            first += 1
        first += t.lowers[first] == "that"
        return content_candidate(s, cue, "complement_clause.that", first, last) if "s" in entry.frames else None
    if low in WH_WORDS or mark in ("if", "whether"):
        return _question_clause(s, cue, comp, first)
    if t.tags[comp] == "VBG" and "g" in entry.frames and s.kid(comp, "nsubj") is None:
        return content_candidate(s, cue, "gerund", first, last)
    if "c" in entry.frames and t.tags[comp] not in VERB_TAGS and (subject := s.kid(comp, "nsubj")) is not None:
        rule = "object_complement.clause"
        return content_candidate(s, cue, rule, s.right(subject) + 1, last, lead=t.starts[first])
    return _bare_clause(s, cue, comp, first)


def _question_clause(s: CueSentence, cue: CueMention, comp: int, first: int) -> Candidate | None:
    """A clause that opens with "whether", "how", "what"."""
    low, frames = s.tokens.lowers[first], cue.entry.frames
    if "w" not in frames and low not in ("when", "if", "where") and (low != "what" or "n" not in frames):
        return None
    if first == comp and s.right(comp) == comp:
        return None  # "you know what?"
    asked = ("w" in frames and low in ("whether", "if")) or cue.entry.cue_class == "ask"
    return content_candidate(s, cue, "complement_clause.wh", first, s.right(comp), question=asked)


def _bare_clause(s: CueSentence, cue: CueMention, comp: int, first: int) -> Candidate | None:
    """A clause without "that"."""
    t, entry = s.tokens, cue.entry
    if t.deps[cue.token] == "ROOT" and s.mark(cue.token) in ("as", "when", "while", "if", "because"):
        return None  # "As I conclude I thank …": the parser took the main clause for what is concluded
    is_of_time = t.lowers[first] in _SUBORDINATORS and t.tags[first] == "IN"
    if is_of_time and any(t.deps[k] == "ccomp" and k < cue.token for k in s.kids(cue.token)):
        return None  # "two died, the mayor said as he left, Roe News has learned"
    has_subject = s.kid(comp, "nsubj", "nsubjpass", "aux", "expl") is not None
    if "o" in entry.frames and entry.cue_class == "believe" and t.tags[comp] in ("VBN", "VBD", "VBG", "JJ"):
        # "wants a corridor opened"
        return content_candidate(s, cue, "complement_clause.small", first, s.right(comp)) if has_subject else None
    if "s" not in entry.frames or (t.tags[comp] not in VERB_TAGS and not has_subject):
        return None
    is_told = entry.lemma == "find" or (entry.lemma == "show" and cue.speaker is not None)  # no video's
    shown = is_told and t.tags[first] not in ("PRP", "PRP$")
    if entry.lemma in _PERCEPTION and not shown and not _is_finite(s, comp):
        return None  # "found himself unable", "heard her speak", but "the poll shows him leading"
    if t.tags[comp] == "VB" and s.kid(comp, "aux", "nsubj") is None and "o" not in entry.frames:
        return None
    return content_candidate(s, cue, "complement_clause.bare", first, s.right(comp))


def _is_finite(s: CueSentence, clause: int) -> bool:
    tags = s.tokens.tags
    return tags[clause] in FINITE_OR_MODAL or any(tags[k] in FINITE_OR_MODAL for k in s.kids(clause) if k < clause + 3)


def _with_object(s: CueSentence, v: int, first: int, comp: int) -> int:
    """The parser took the clause's subject for the cue's object: "state | their goal is …"."""
    t = s.tokens
    taken = next((k for k in s.kids(v) if t.deps[k] == "dobj" and v < k < s.left(comp)), None)
    if taken is None or t.lowers[taken] in EMPTY_OBJECTS or s.kid(comp, "nsubj", "nsubjpass", "expl") is not None:
        return first
    return min(first, max(s.left(taken), v + 1))


def _behind_listener(s: CueSentence, v: int, first: int) -> int:
    """ "warned passengers that trains …" where the parser took "that" for a pronoun."""
    listener = s.kid(v, "dobj", "dative")
    if listener is not None and listener + 1 < first and s.tokens.lowers[listener + 1] == "that":
        return listener + 2
    return first


def _behind_listener_name(s: CueSentence, cue: CueMention, first: int) -> tuple[int, tuple[int, int]] | None:
    """ "told the agency ABNA that …" where the parser took the listener's name for a verb.

    The token behind "that", and the characters of the listener.
    """
    t = s.tokens
    listener = s.kid(cue.token, "dobj", "dative")
    j = first
    while j < min(s.last - 2, first + 4) and t.words[j][0].isupper():
        j += 1
    if listener is None or not cue.token < listener < first or j == first or t.lowers[j] != "that":
        return None
    return j + 1, (t.starts[s.left(listener)], t.ends[j - 1])


@frame("complement_clause.surface_that", needs="s")
def surface_that(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "agreed that …" where the parser saw no clause: from "that" to the end of the sentence."""
    t, v = s.tokens, cue.token
    after = _behind_manner(s, v)
    for j in range(after, min(v + 10, s.last - 2)):
        low = t.lowers[j]
        told_in = low in words("people.toml", "documents") and bool({"in", "at", "on"} & set(t.lowers[v + 1 : j]))
        if low == "that" and t.tags[j + 1] not in FINITE_OR_MODAL:
            is_noun = t.tags[j - 1] in ("NN", "NNS") and t.lowers[j - 1] not in _TIMES
            is_of_noun = t.tags[j] == "DT" or (
                is_noun and j != after and " ".join(t.lowers[j - 4 : j]) not in _OCCASIONS
            )
            if is_of_noun and not _is_occasion(s, v, j):
                return None
            if t.deps[j] != "mark" and not s.has_finite(j + 1, s.last):
                return None
            return content_candidate(s, cue, "complement_clause.surface_that", j + 1, s.last - 1)
        if (
            low in MARKS
            or low in (",", ";", ":")
            or (low in nouns() and t.tags[j] not in PROPER and not told_in)
            or t.tags[j] in CLAUSAL
        ):
            return None
    return None


def _behind_manner(s: CueSentence, v: int) -> int:
    """The token behind the cue, or behind "without providing evidence" where that follows it."""
    t = s.tokens
    is_manner = t.lowers[v + 1 : v + 2] == ["without"] and t.tags[v + 2 : v + 3] == ["VBG"]
    that = next((j for j in range(v + 3, min(v + 7, s.last)) if t.lowers[j] == "that"), None) if is_manner else None
    return that if that is not None else v + 1


def _is_occasion(s: CueSentence, v: int, that: int) -> bool:
    """True where only the occasion or the medium stands between cue and "that": "said at a briefing that"."""
    t = s.tokens
    if t.lowers[v + 1] not in ("at", "in", "during", "on", "via"):
        return False
    noun = t.lowers[that - 1]
    return noun in words("cues.toml", "channel_nouns") or noun in words("people.toml", "documents")


@frame("complement_clause.surface_bare", needs="s")
def surface_bare(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "reported on Wednesday the service had warned him" where the parser saw no clause behind the cue."""
    t, v, last, entry = s.tokens, cue.token, s.last, cue.entry
    if entry.cue_class not in ("say", "write", "believe", "estimate", "accuse"):
        return None
    if t.tags[v] not in FINITE or t.deps[v] in ("relcl", "acl", "advcl"):
        return None
    if entry.lemma in _PERCEPTION or entry.lemma in _TO_LISTENERS:
        return None
    j = v + 1
    if j < last and t.lowers[j] in ("on", "in", "at", "during"):
        j += 1
        while j < last and j < v + 6 and (t.lowers[j] in _TIMES or t.tags[j] == "CD" or t.lowers[j] in CALENDAR):
            j += 1
        if j == v + 2:
            return None
    elif j < last and t.lowers[j] in CALENDAR:
        j += 1
    if j >= last - 2 or t.tags[j] not in _OPENS or t.lowers[j] in _OBJECT_PRONOUNS:
        return None
    for w in range(j + 1, last):
        if t.tags[w] in FINITE_OR_MODAL:
            return content_candidate(s, cue, "complement_clause.surface_bare", j, last - 1)
        if t.lowers[w] == "to" and _is_headline_future(s, v, w):
            return content_candidate(s, cue, "complement_clause.surface_bare", j, last - 1)
        if t.tags[w] == "PRP" and t.tags[w - 1] == "VBG":
            continue  # "said legalizing it could help"
        if t.tags[w] not in _INSIDE or t.lowers[w] in _SUBORDINATORS or t.lowers[w] == "that":
            return None  # "repeated concerns that …"
    return None


def _is_headline_future(s: CueSentence, v: int, to: int) -> bool:
    """True for the "to" of "Oslo says Bergen to get a port": a headline's future."""
    t = s.tokens
    return t.tags[v] == "VBZ" and t.tags[to - 1] in PROPER and to + 1 < s.last and t.tags[to + 1] == "VB"


@frame("complement_clause.mistagged_noun", needs="s")
def mistagged_noun(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Analysts at the institute estimate that …", taken for a noun: nothing before it is a verb."""
    t, v = s.tokens, cue.token
    if v + 3 >= s.last or s.has_finite(s.first, v):
        return None
    if (named := _named_claimants(s, cue)) is not None:
        return named
    bare = t.lowers[v] in _MISTAGGED and t.tags[v + 1] in ("NN", "NNS", "NNP", "DT", "PRP", "JJ", "CD")
    if t.lowers[v + 1] != "that" and not (bare and s.has_finite(v + 2, min(v + 9, s.last))):
        return None
    head = next((k for k in range(s.first, v) if t.tags[k] in ("NNS", "NNPS")), None)
    if head is None or (t.lowers[v] in nouns() and t.tags[v - 1] in ("DT", "JJ", "PRP$", "POS")):
        return None
    if t.deps[head] not in ("ROOT", "nsubj") or not s.has_finite(v + 2, s.last):
        return None
    first = v + 2 if t.lowers[v + 1] == "that" else v + 1
    own = CueMention(v, cue.entry, s.mention(head, v))
    return content_candidate(s, own, "complement_clause.mistagged_noun", first, s.last - 1)


def _named_claimants(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The Taliban claim they hold the town": a name of many, taken for a part of a noun with a relative clause."""
    t, v = s.tokens, cue.token
    is_clause = t.deps[v] == "ROOT" and t.tags[v + 1] == "PRP" and s.has_finite(v + 2, min(v + 5, s.last))
    if t.lowers[v] not in _MISTAGGED or not is_clause or t.tags[v - 1] not in PROPER:
        return None
    own = CueMention(v, cue.entry, s.mention(v - 1, v))
    return content_candidate(s, own, "complement_clause.mistagged_noun", v + 1, s.last - 1)


@frame("complement_clause.mistagged_participle", needs="s")
def mistagged_participle(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Outlets reported on Monday the service had known": the clause has a subject of its own."""
    t, v = s.tokens, cue.token
    head = t.heads[v]
    if t.tags[v] != "VBN" or t.deps[v] != "acl" or head != v - 1 or t.deps[head] != "nsubj":
        return None
    clause = t.heads[head]
    own = next((k for k in s.kids(clause) if k > v and t.deps[k] == "nsubj"), None)
    if own is None or clause < own:
        return None
    speaker = CueMention(v, cue.entry, s.mention(head, v))
    rule = "complement_clause.mistagged_participle"
    return content_candidate(s, speaker, rule, s.left(own), s.right(clause))
