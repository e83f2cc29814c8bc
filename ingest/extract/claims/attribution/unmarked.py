"""Speaker and cue that close a sentence with no comma before them: "Two bridges were gone the mayor said."

Belongs here: texts that lost their punctuation, read by the words alone, because the parser takes the speaker
for part of what is claimed. Does not belong here: cues that a comma or a quotation mark sets off
(``parenthetical``, ``inverted``, ``quotation``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.extent import can_speak, participles
from ingest.extract.claims.attribution.parenthetical import NO_PARENTHESIS, opens_cue_clause
from ingest.extract.claims.attribution.region import STOPS
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE_OR_MODAL, MARKS, CueSentence
from ingest.extract.claims.attribution.unmarked_speaker import (
    NOUNS,
    UNFINISHED,
    behind_office,
    definite,
    is_cited,
    is_medium,
    is_named_elsewhere,
    is_place,
    medium,
    name,
    people,
    speaker_before,
)
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Flag
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, VERB_TAGS, Mention

# tags of a word that a clause may end with
_ENDS_CLAUSE = frozenset(["NN", "NNS", "NNP", "NNPS", "CD", "RB", "JJ", "RP", "VBN", "VBD", "-RRB-", "PRP"])
_MOST_BEHIND = 12  # tokens from an unmarked cue to the end of its sentence
_MOST_BEHIND_LISTENER = 16  # and where whom it is told, and how, stands there
_MOST_AHEAD = 5  # tokens from the cue to a participle with which the speaker goes on
_MOST_OF_SUBJECT = 8  # tokens of the subject of a clause behind the cue
_CLAUSE_OPENERS = frozenset(["and", "because", "but", "while"])
_OPENS_SUBJECT = frozenset(["DT", "PRP", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "NNPS"])
_BY_WORDS = frozenset([Flag.BY_WORDS])
_JOINTS = listed("clause_joints")
_WITH_LISTENER = listed("verbs_with_listener")
_FOLLOWED_BY_LISTENER = listed("verbs_followed_by_listener")
_PEOPLE = words("coreference.toml", "counted")
_RELATIVE_GAPS = listed("verbs_whose_object_precedes")
_PERFECT = listed("auxiliaries_of_perfect")
_OF_PARTS = listed("participles_of_parts")
_PARTICLES = listed("particles_of_verbs")


# --- before the cue -------------------------------------------------------------------------------------


@frame("parenthetical.unmarked", needs="s")
def before(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The bridges were gone the mayor of Izium said.": speaker and cue, in this order, close the sentence."""
    t, v = s.tokens, cue.token
    if t.tags[v] == "NNS":
        return _mistagged(s, cue)
    if t.tags[v] not in ("VBD", "VBZ", "VBN", "VBP") or not _is_reporting(cue) or opens_cue_clause(s, v):
        return None
    begin = v - 1 if t.lowers[v - 1] in _PERFECT else v  # "a monitor | has said"
    if t.tags[v] == "VBN" and begin == v and _is_participle(s, cue):
        return None
    if not _closes(s, cue) or t.lowers[begin - 1] in CALENDAR:
        return None
    if (found := speaker_before(s, begin)) is None:
        return None
    if begin < v and t.tags[found[0]] != "DT":
        return None  # "…, Pentagon officials have said"
    if t.tags[v] == "VBP" and not (s.analysis.lacks_commas and (is_cited(s, v - 1) or t.lowers[v - 1] == "they")):
        return None
    first, head = _with_other_speaker(s, *found)
    if first <= s.first + 1 or not _has_verb(s, first):
        return None
    end = first - 2 if t.lowers[first - 1] == ";" else first - 1
    if not _may_end_clause(s, end) or _is_relative(s, cue, first, head):
        return None
    if t.tags[head] == "PRP" and (t.tags[end] == "VBD" or not t.words[first - 1][-1].isalnum()):
        return None
    last = begin - 1
    while last > head and t.tags[last] == "RB":
        last -= 1
    named = head if t.tags[head] in PROPER and t.tags[last] not in PROPER and t.tags[first] in PROPER else last
    own = behind_office(s, first, head) if t.tags[first] == "JJ" and t.tags[head] in PROPER else first
    speaker = Mention(t.starts[own], t.ends[named], t.starts[first], t.ends[last], head)
    content = [(t.starts[s.opening(first)], t.ends[end])]
    return s.candidate(cue, "parenthetical.unmarked", content, speaker, flags=_BY_WORDS)


def _may_end_clause(s: CueSentence, k: int) -> bool:
    """True of a word that a clause may end with: no preposition, unless it goes with its verb ("the bomb went off")."""
    t = s.tokens
    low, tag = t.lowers[k], t.tags[k]
    is_particle = low in _PARTICLES and tag in ("IN", "RP") and t.tags[k - 1] in VERB_TAGS
    if (tag in UNFINISHED and not is_particle) or low in _JOINTS or low in STOPS or low in MARKS:
        return False
    return tag not in ("VB", "VBZ", "VBP", "MD") or low in _PEOPLE


def _mistagged(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Two bridges were gone SANA reports.": a verb that was taken for a noun, behind a body and at the very end."""
    t, v = s.tokens, cue.token
    if not _is_reporting(cue) or any(t.words[k][0].isalnum() for k in range(v + 1, s.last)):
        return None
    found = medium(s, v - 1) or name(s, v - 1)
    if found is None or found[0] <= s.first + 1 or not _has_verb(s, found[0]):
        return None
    first, head = found
    if t.tags[head] not in PROPER and not is_medium(s, head):
        return None  # "the member states"
    is_done = t.tags[first - 1] == "VBN" and s.kid(first - 1, "auxpass", "aux") is not None  # "are now freed"
    if t.tags[first - 1] not in _ENDS_CLAUSE - {"VBD", "VBN"} and not is_done:
        return None
    if t.lowers[first - 1] in _JOINTS:
        return None  # "the army denied SANA reports"
    speaker = Mention(t.starts[first], t.ends[head], t.starts[first], t.ends[head], head)
    content = [(t.starts[s.opening(first)], t.ends[first - 1])]
    return s.candidate(cue, "parenthetical.unmarked", content, speaker, flags=_BY_WORDS)


def _is_participle(s: CueSentence, cue: CueMention) -> bool:
    """True for "in a release published on Monday": no past tense that the tagger took for a participle."""
    return cue.entry.cue_class == "write" or s.kid(cue.token, "aux", "auxpass", "agent") is not None


def _is_reporting(cue: CueMention) -> bool:
    return cue.entry.cue_class in ("say", "write") and cue.entry.lemma not in NO_PARENTHESIS


def _closes(s: CueSentence, cue: CueMention) -> bool:
    """True where nothing that may be claimed stands behind the cue: a time, a place, a channel, a listener."""
    t, v = s.tokens, cue.token
    at = v + 1
    if cue.entry.lemma == "say" and _begins_clause(s, at):
        return True
    last = next((k for k in range(at, min(at + _MOST_AHEAD, s.last)) if _goes_on(s, k)), s.last)
    is_outcome = at < s.last and t.tags[at] == "VBG" and cue.entry.lemma == "say" and not s.has_finite(at + 1, s.last)
    if is_outcome or (last == at and last < s.last):
        return True  # "a monitor said | bringing the toll to nine"
    if last - v > (_MOST_BEHIND_LISTENER if cue.entry.lemma in _FOLLOWED_BY_LISTENER else _MOST_BEHIND):
        return False
    behind = [k for k in range(at, last) if t.lowers[k] not in _OF_PARTS]
    if any(t.tags[k].startswith(("VB", "MD", "W")) or t.lowers[k] in MARKS for k in behind):
        return False
    if at >= s.last or t.tags[at] in ("IN", "TO", "RB", "CC", "SYM") or t.lowers[at] in STOPS:
        return True
    if t.lowers[at] in CALENDAR or (t.tags[at] == "JJ" and t.lowers[min(at + 1, s.last - 1)] in CALENDAR):
        return True
    return cue.entry.lemma in _WITH_LISTENER or cue.entry.lemma in _FOLLOWED_BY_LISTENER


def _begins_clause(s: CueSentence, at: int) -> bool:
    """True for "and an aide saw", "while the rest were", "with others fleeing": a clause with a subject of its own."""
    t = s.tokens
    is_absolute = at < s.last and t.lowers[at] == "with"
    if at + 2 >= s.last or not (is_absolute or t.lowers[at] in _CLAUSE_OPENERS) or t.tags[at + 1] not in _OPENS_SUBJECT:
        return False
    behind = range(at + 2, min(at + 2 + _MOST_OF_SUBJECT, s.last))
    verb = next((k for k in behind if t.tags[k].startswith(("VB", "MD", "W"))), None)
    return verb is not None and (t.tags[verb] == "VBG" if is_absolute else t.tags[verb] in FINITE_OR_MODAL)


def _goes_on(s: CueSentence, k: int) -> bool:
    """True for the word with which the speaker goes on behind his cue: "adding that", "without saying who"."""
    t = s.tokens
    return t.lowers[k] in participles() or (t.lowers[k] == "without" and k + 1 < s.last and t.tags[k + 1] == "VBG")


def _has_verb(s: CueSentence, limit: int) -> bool:
    """True where a verb stands before token ``limit``; the tagger takes many a past tense for a participle here."""
    return s.has_finite(s.first, limit) or "VBN" in s.tokens.tags[s.first : limit]


def _is_relative(s: CueSentence, cue: CueMention, first: int, head: int) -> bool:
    """True for "doubt the figures the ministry reported": what is reported stands before, and is no clause."""
    t, v = s.tokens, cue.token
    low = t.lowers[first - 1]
    if cue.entry.lemma not in _RELATIVE_GAPS or t.tags[first - 1] not in NOUNS or low in _PEOPLE or low in CALENDAR:
        return False  # nobody reports people, or a Saturday
    is_of_noun = t.deps[v] == "relcl" and s.kid(v, "nsubj") == head and t.heads[v] < first
    return is_of_noun and not s.has_finite(t.heads[v], first)  # "in times when we must act Roe declared"


def _with_other_speaker(s: CueSentence, first: int, head: int) -> tuple[int, int]:
    """The speaker with one before an "and": "the news agency and local media reported"."""
    if first - 3 <= s.first or s.tokens.lowers[first - 1] != "and":
        return first, head
    for read in (people, definite, medium):
        if (other := read(s, first - 2)) is not None:
            return other[0], head
    return first, head


# --- behind the cue -------------------------------------------------------------------------------------


@frame("inverted.unmarked", needs="s")
def behind(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Raids hit a bakery in the town tweeted the Roe Network for Peace.": cue and speaker close the sentence."""
    t, v = s.tokens, cue.token
    if t.tags[v] not in ("VBD", "VBN") or not _is_reporting(cue) or cue.entry.lemma in _FOLLOWED_BY_LISTENER:
        return None
    if v - 2 <= s.first or t.tags[v - 1] not in _ENDS_CLAUSE or s.kid(v, "auxpass", "aux") is not None:
        return None
    if speaker_before(s, v) is not None and t.tags[v - 1] != "NNP":
        return None  # "the army said the capital"
    if not _has_verb(s, v - 1) or opens_cue_clause(s, v):
        return None
    if (head := _speaker_behind(s, v)) is None:
        return None
    mention = _name_behind(s, v + 1, head)
    content = [(t.starts[s.opening(v)], t.ends[v - 1])]
    return s.candidate(cue, "inverted.unmarked", content, mention, flags=_BY_WORDS)


def _speaker_behind(s: CueSentence, v: int) -> int | None:
    """The head of the speaker behind the cue, if all that follows is his apposition, a time or a channel."""
    t, at = s.tokens, v + 1
    end = next((k for k in range(at + 1, s.last) if _is_aside(s, k)), s.last)
    if any(t.tags[k] in FINITE_OR_MODAL or t.lowers[k] in MARKS for k in range(at, end)):
        return None
    if at >= s.last or t.lowers[at] in CALENDAR:
        return None
    if at + 1 < s.last and t.tags[at] == "NN" and t.tags[at + 1] in PROPER and can_speak(s, at):
        at += 1  # "said | spokesman | Colonel Roe"
    k = at + (t.tags[at] == "DT")
    first = k
    while k < s.last and t.tags[k] in ("JJ", *NOUNS, "HYPH") and (k == first or t.tags[k - 1] not in ("NN", "NNS")):
        if t.tags[k] in ("NN", "NNS") and t.tags[k - 1] in PROPER and can_speak(s, k - 1) and first == at:
            break  # "Roe Karr head of the network"
        k += 1
    head = k - 1
    if head < first or t.tags[head] not in NOUNS or t.lowers[head] in CALENDAR:
        return None
    if first == at:
        is_voice = t.tags[head] in ("NN", "NNS") and (is_medium(s, head) or is_cited(s, head))
        is_full = head > first or is_named_elsewhere(s, head)
        is_name = t.tags[head] in PROPER and is_full and not is_place(s, first, head)
        return head if is_voice or is_name else None
    return head if t.lowers[at] in ("the", "a", "an") and (t.tags[head] in PROPER or can_speak(s, head)) else None


def _is_aside(s: CueSentence, k: int) -> bool:
    """True for the word by which a clause about the speaker begins, or one with which he goes on: "who", "adding"."""
    t = s.tokens
    is_relative = t.lowers[k] == "who" and t.deps[t.heads[k]] == "relcl"
    return is_relative or (t.tags[k] == "VBG" and t.lowers[k] in participles())


def _name_behind(s: CueSentence, first: int, head: int) -> Mention:
    """The noun phrase from ``first`` with the "for Peace" of a body's name."""
    t, end = s.tokens, head + 1
    while end + 1 < s.last and (
        t.tags[end] in PROPER or (t.lowers[end] in ("of", "for") and t.tags[end + 1] in PROPER)
    ):
        end += 1
    return Mention(t.starts[first], t.ends[end - 1], t.starts[first], t.ends[end - 1], head)
