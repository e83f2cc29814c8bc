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
from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Flag
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, RELATIVES, Mention, first_names, known_places

# tags before a name that make it part of a longer phrase: "a fourth SANA said", "in Aleppo said"
_OF_NAME = frozenset(["DT", "JJ", "CD", "IN", "TO", "POS", "PRP$", "NN", "NNS"])
# tags of words that need something behind them, so that no clause ends with them
_UNFINISHED = frozenset(["IN", "TO", "DT", "CC", "PRP$", "POS", "WDT", "WP", "WRB"])
# tags of a word that a clause may end with
_ENDS_CLAUSE = frozenset(["NN", "NNS", "NNP", "NNPS", "CD", "RB", "JJ", "RP", "VBN", "VBD", "-RRB-", "PRP"])
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
# and those of the words between an article and its noun
_INSIDE = frozenset(["JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "CD", "POS", "VBG"])
_WHO_SAYS = listed("third_persons")
_MOST_BEHIND = 12  # tokens from an unmarked cue to the end of its sentence
_MOST_AHEAD = 5  # tokens from the cue to a participle with which the speaker goes on
_MOST_OF_SUBJECT = 8  # tokens of the subject of a clause behind the cue
_MOST_BACK = 16  # tokens from the cue back to where its speaker begins
_MOST_DESCRIBED = 9  # tokens from a cue back to where a clause about its speaker opens
_CLAUSE_OPENERS = frozenset(["and", "but", "while"])
_OPENS_SUBJECT = frozenset(["DT", "PRP", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "NNPS"])
_BY_WORDS = frozenset([Flag.BY_WORDS])
_JOINTS = listed("clause_joints")
_WITH_LISTENER = listed("verbs_with_listener")
_FOLLOWED_BY_LISTENER = listed("verbs_followed_by_listener")
_PEOPLE = words("coreference.toml", "counted")
_SIDES = listed("words_for_sides")
_CITED_PLURALS = listed("people_cited_without_article")
_OF_OFFICES = listed("prepositions_of_offices")
_OF_SCENES = listed("prepositions_of_scenes")
_RELATIVE_GAPS = listed("verbs_whose_object_precedes")
_PERFECT = listed("auxiliaries_of_perfect")
_OF_PARTS = listed("participles_of_parts")


# --- before the cue -------------------------------------------------------------------------------------


@frame("parenthetical.unmarked", needs="s")
def before(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The bridges were gone the mayor of Izium said.": speaker and cue, in this order, close the sentence."""
    t, v = s.tokens, cue.token
    if t.tags[v] == "NNS":
        return _mistagged(s, cue)
    if t.tags[v] not in ("VBD", "VBZ", "VBN") or not _is_reporting(cue) or opens_cue_clause(s, v):
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
    first, head = _with_other_speaker(s, *found)
    if first <= s.first + 1 or not _has_verb(s, first):
        return None
    if t.tags[first - 1] in _UNFINISHED or t.lowers[first - 1] in _JOINTS or t.lowers[first - 1] in STOPS:
        return None
    is_verb = t.tags[first - 1] in ("VB", "VBZ", "VBP", "MD") and t.lowers[first - 1] not in _PEOPLE
    if t.lowers[first - 1] in MARKS or is_verb:
        return None
    if _is_relative(s, cue, first, head):
        return None
    if t.tags[head] == "PRP" and (t.tags[first - 1] == "VBD" or not t.words[first - 1][-1].isalnum()):
        return None
    last = begin - 1
    while last > head and t.tags[last] == "RB":
        last -= 1
    named = head if t.tags[head] in PROPER and t.tags[last] not in PROPER and t.tags[first] in PROPER else last
    own = _behind_office(s, first, head) if t.tags[first] == "JJ" and t.tags[head] in PROPER else first
    speaker = Mention(t.starts[own], t.ends[named], t.starts[first], t.ends[last], head)
    content = [(t.starts[s.opening(first)], t.ends[first - 1])]
    return s.candidate(cue, "parenthetical.unmarked", content, speaker, flags=_BY_WORDS)


def _behind_office(s: CueSentence, first: int, last: int) -> int:
    """First token of the name behind the words of an office from ``first`` on; ``first`` where none is before it."""
    offices = words("people.toml", "roles")
    return next((k + 1 for k in range(last - 1, first - 1, -1) if s.tokens.lowers[k] in offices), first)


def _mistagged(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "Two bridges were gone SANA reports.": a verb that was taken for a noun, behind a body and at the very end."""
    t, v = s.tokens, cue.token
    if not _is_reporting(cue) or any(t.words[k][0].isalnum() for k in range(v + 1, s.last)):
        return None
    found = _medium(s, v - 1) or _name(s, v - 1)
    if found is None or found[0] <= s.first + 1 or not _has_verb(s, found[0]):
        return None
    first, head = found
    if t.tags[head] not in PROPER and not _is_medium(s, head):
        return None  # "the member states"
    if t.tags[first - 1] not in _ENDS_CLAUSE - {"VBD", "VBN"} or t.lowers[first - 1] in _JOINTS:
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
    if last - v > _MOST_BEHIND:
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
    if cue.entry.lemma not in _RELATIVE_GAPS or t.tags[first - 1] not in _NOUNS or low in _PEOPLE or low in CALENDAR:
        return False  # nobody reports people, or a Saturday
    is_of_noun = t.deps[v] == "relcl" and s.kid(v, "nsubj") == head and t.heads[v] < first
    return is_of_noun and not s.has_finite(t.heads[v], first)  # "in times when we must act Roe declared"


def speaker_before(s: CueSentence, v: int) -> tuple[int, int] | None:
    """First token and head of the speaker that ends right before the cue ``v``, by the words alone."""
    t, last = s.tokens, v - 1
    while last > s.first and t.tags[last] == "RB":
        last -= 1
    if t.words[last] == ")" and last - 3 > s.first and t.words[last - 2] == "(":
        last -= 3  # "the Observatory for Human Rights (OHR) said"
    if t.tags[last] == "PRP":
        return (last, last) if t.lowers[last] in _WHO_SAYS and last == v - 1 else None
    if t.tags[last] not in _NOUNS:
        return None
    if _is_glued_agency(s, last):
        return last, last
    for read in (_people, _medium, _owned, _definite, _forces, _name):
        if (found := read(s, last)) is not None:
            return found
    return _described(s, v)


def _is_glued_agency(s: CueSentence, last: int) -> bool:
    """True for the "SANA" of "in the outskirts of the town SANA reports", which is no part of the phrase before it."""
    t, before = s.tokens, last - 1
    is_initials = t.words[last].isupper() and len(t.words[last]) > 2 and t.tags[last] in PROPER
    if not is_initials or before <= s.first or t.tags[before] not in ("NN", "NNS"):
        return False
    is_body = t.lowers[before] in words("people.toml", "bodies", "words") or _is_medium(s, before)
    return not (is_body or can_speak(s, before) or _is_monitor(s, before))


def _with_other_speaker(s: CueSentence, first: int, head: int) -> tuple[int, int]:
    """The speaker with one before an "and": "the news agency and local media reported"."""
    if first - 3 <= s.first or s.tokens.lowers[first - 1] != "and":
        return first, head
    for read in (_people, _definite, _medium):
        if (other := read(s, first - 2)) is not None:
            return other[0], head
    return first, head


def _forces(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "Norwegian police", "Syrian army": the forces of a state without an article."""
    t = s.tokens
    is_body = t.lowers[last] in words("people.toml", "collective", "words") and last - 1 > s.first
    return (last - 1, last) if is_body and t.lowers[last - 1] in demonyms() and t.tags[last - 1] == "JJ" else None


def _owned(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "in Homs | Russia's Foreign Ministry": a body behind the genitive of a state, with no article of its own."""
    t, k = s.tokens, last
    if t.lowers[last] not in words("people.toml", "bodies", "words"):
        return None
    while k - 2 > s.first and t.tags[k - 1] in ("JJ", *_NOUNS):
        k -= 1
    is_of_state = t.tags[k - 1] == "POS" and k - 2 > s.first and t.lowers[k - 2] in demonyms()
    return (k - 2, last) if is_of_state else None


def _described(s: CueSentence, v: int) -> tuple[int, int] | None:
    """ "a group that monitors the war said", "an organisation monitoring it said": a clause between noun and cue."""
    t = s.tokens
    for opening in range(v - 2, max(s.first + 2, v - _MOST_DESCRIBED), -1):
        head = opening - 1
        opens = t.lowers[opening] in RELATIVES or t.tags[opening] == "VBG"
        if not opens or t.tags[head] not in ("NN", "NNS") or not (can_speak(s, head) or _is_monitor(s, head)):
            continue
        inside = t.tags[opening + (t.lowers[opening] not in RELATIVES) : v]
        first = s.nominals_before(head)
        is_one_clause = sum(tag in FINITE_OR_MODAL for tag in inside) == (t.lowers[opening] in RELATIVES)
        if first < head and t.tags[first] == "DT" and is_one_clause:
            return first, head
    return None


def _definite(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "the head of the Rights Observatory", "a source in Hasaka province": back to its article, and over "of"."""
    t, k = s.tokens, last
    found: tuple[int, int] | None = None
    while True:
        head = k
        while k > s.first and (t.tags[k - 1] in _INSIDE or t.words[k - 1] in ("-", "'s") or _is_joined(s, k - 1)):
            k -= 1
        before = k - 1
        if (person := _person_before(s, k, head)) is not None:
            return person
        if before < s.first or last - before > _MOST_BACK:
            return found
        if t.tags[before] in ("DT", "PRP$"):
            one_of_many = t.lowers[before] in ("a", "an") and t.tags[head] in PROPER  # "a fourth SANA"
            speaks = not one_of_many and (can_speak(s, head) or _is_medium(s, head) or _is_monitor(s, head))
            if not speaks and (found is not None or one_of_many):
                return found
            found = (before, head) if speaks else None
            k = before
        elif not _is_named_body(s, k, head):
            return found
        if k - 2 <= s.first or t.lowers[k - 1] not in _OF_OFFICES or t.tags[k - 2] not in _NOUNS:
            return found
        is_sent = t.lowers[k - 1] == "to" and t.lowers[k - 2] in words(
            "people.toml", "roles"
        )  # "the envoy to the council"
        if found is not None and t.lowers[k - 1] not in ("of", "for") and not is_sent:
            return found  # "hit a school in the north the army said"
        k -= 2


def _is_joined(s: CueSentence, k: int) -> bool:
    """True for the "based" of "UK-based"."""
    t = s.tokens
    return t.tags[k] == "VBN" and k - 1 > s.first and t.words[k - 1] == "-" and t.starts[k] == t.ends[k - 1]


def _person_before(s: CueSentence, first: int, head: int) -> tuple[int, int] | None:
    """First and last token of the name before an office: "Roe Karr ONG regional director (for the coast)"."""
    t = s.tokens
    if t.lowers[head] not in words("people.toml", "roles"):
        return None
    given = first_names()
    for k in range(first, head - 1):
        if t.lowers[k] in given and t.tags[k] in PROPER and t.tags[k + 1] in PROPER:
            last = k + 1
            while last + 1 < head and t.tags[last + 1] in PROPER and not t.words[last + 1].isupper():
                last += 1
            return k, last
    return None


def _is_named_body(s: CueSentence, first: int, head: int) -> bool:
    """True for a piece that may stand behind the "of", "for", "in" of an office: "Human Rights", "Homs province"."""
    t = s.tokens
    return t.tags[first] in PROPER or t.tags[head] in PROPER


def _is_monitor(s: CueSentence, head: int) -> bool:
    return s.tokens.lowers[head] in words("coreference.toml", "monitor", "sorts")


def _is_medium(s: CueSentence, head: int) -> bool:
    low = s.tokens.lowers[head]
    return low == "media" or low in words("coreference.toml", "media", "sorts")


def _medium(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "local media", "Syrian state media", "SANA news agency", "Syria TV", "a Roe TV correspondent"."""
    t, k = s.tokens, last
    if t.tags[last] == "NN" and t.lowers[last] in words("people.toml", "roles") and last - 1 > s.first:
        return (found[0], last) if (found := _medium(s, last - 1)) is not None else None
    if t.lowers[last] == "media" and t.tags[last - 1] in ("NNS", "CD"):
        return last, last  # "killed twelve fighters media reported"
    if not _is_medium(s, last) and t.lowers[last] not in words("coreference.toml", "media"):
        return None
    while k > s.first and t.lowers[k - 1] in _SIDES:
        k -= 1
    if k > s.first and t.tags[k - 1] == "JJ" and t.words[k - 1].islower():
        return k - 1, last
    if k > s.first and t.tags[k - 1] == "JJ" and t.lowers[k] != "local":
        k -= 1
    while k > s.first and t.tags[k - 1] in PROPER and not _is_place(s, k - 1, k - 1) and t.lowers[k] != "local":
        if t.lowers[k - 1] in CALENDAR:
            break
        k -= 1
        if k - 2 > s.first and t.words[k - 1] == "-" and t.tags[k - 2] in PROPER:
            k -= 2  # "Al-Manar TV"
    is_named_after = t.tags[last] in PROPER and t.tags[k - 1] in PROPER and t.lowers[k - 1] not in CALENDAR
    if k == last and is_named_after and k - 2 > s.first and t.tags[k - 2] in _NOUNS - set(PROPER):
        k -= 1  # "beneath the rubble Syria TV reported"
    if k > s.first and t.tags[k - 1] == "DT":
        k -= 1
    return (k, last) if k < last else None


def _people(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "local opposition activists", "residents and monitoring groups": the adjectives before a plural."""
    t = s.tokens
    if t.lowers[last - 1] == "the" and t.lowers[last - 2] in _OF_SCENES and last - 3 > s.first:
        last -= 3  # "sources on the ground", "doctors at the scene"
    if t.tags[last] != "NNS" or not _is_cited(s, last):
        return None
    k = _plural_start(s, last)
    if k - 2 > s.first and t.lowers[k - 1] == "and" and t.tags[k - 2] == "NNS" and _is_cited(s, k - 2):
        k = _plural_start(s, k - 2)
    return k, last


def _is_cited(s: CueSentence, k: int) -> bool:
    low = s.tokens.lowers[k]
    return low in _CITED_PLURALS or low.removesuffix("s") in words("coreference.toml", "monitor", "sorts")


def _plural_start(s: CueSentence, last: int) -> int:
    t, k = s.tokens, last
    while k - 1 > s.first and (t.tags[k - 1] in ("JJ", "VBG") or t.lowers[k - 1] in _SIDES):
        k -= 1
    return k - 1 if k - 1 > s.first and t.lowers[k - 1] in ("the", "some", "several") else k


def _name(s: CueSentence, last: int) -> tuple[int, int] | None:
    """A name without an article, behind which nothing of a longer phrase stands."""
    t, k = s.tokens, last
    while k > s.first and (t.tags[k - 1] in PROPER or (t.words[k - 1] == "-" and t.tags[k - 2] in PROPER)):
        k -= 1
    if t.tags[k - 1] in ("IN", "TO") and (begin := _behind_place(s, k, last)) is not None:
        return begin, last
    is_office = k < last and t.tags[k - 1] == "JJ" and t.lowers[k - 1] in demonyms()
    if is_office and _behind_office(s, k, last) > k:
        return k - 1, last  # "Turkish Foreign Minister Jane Roe"
    if t.tags[last] not in PROPER or t.lowers[last] in CALENDAR or k - 1 < s.first:
        return None
    is_initials = k == last and t.words[k].isupper() and len(t.words[k]) > 2 and t.tags[k - 1] not in _UNFINISHED
    if is_initials or t.tags[k - 1] not in _OF_NAME:
        return k, last
    is_glued = t.tags[k - 1] in ("NN", "NNS") and not can_speak(s, k - 1) and _is_named_elsewhere(s, last)
    return (k, last) if is_glued else None


def _behind_place(s: CueSentence, first: int, last: int) -> int | None:
    """First token of the name that is glued to the place of a preposition: "in Aleppo Abdel Rahman", "in Homs SANA"."""
    t = s.tokens
    for k in range(first + 1, last + 1):
        place = t.lowers[k - 1]
        if k == first + 1 and (place in known_places() or place in CALENDAR):
            return k
        if t.lowers[k] in first_names() and k < last:
            return k
    is_initials = last > first and t.words[last].isupper() and len(t.words[last]) > 2
    return last if is_initials and not t.words[last - 1].isupper() else None


def _is_named_elsewhere(s: CueSentence, last: int) -> bool:
    """True where the text has the last word of a name as one outside the sentence too."""
    t = s.tokens
    low = t.lowers[last]
    return any(other == low and t.tags[k] in PROPER and not s.first <= k < s.last for k, other in enumerate(t.lowers))


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
    end = next((k for k in range(at + 1, s.last) if t.lowers[k] == "who" and t.deps[t.heads[k]] == "relcl"), s.last)
    if any(t.tags[k] in FINITE_OR_MODAL or t.lowers[k] in MARKS for k in range(at, end)):
        return None
    if at >= s.last or t.lowers[at] in CALENDAR:
        return None
    k = at + (t.tags[at] == "DT")
    first = k
    while k < s.last and t.tags[k] in ("JJ", *_NOUNS, "HYPH") and (k == first or t.tags[k - 1] not in ("NN", "NNS")):
        if t.tags[k] in ("NN", "NNS") and t.tags[k - 1] in PROPER and can_speak(s, k - 1) and first == at:
            break  # "Roe Karr head of the network"
        k += 1
    head = k - 1
    if head < first or t.tags[head] not in _NOUNS or t.lowers[head] in CALENDAR:
        return None
    if first == at:
        is_medium = t.tags[head] in ("NN", "NNS") and (_is_medium(s, head) or _is_cited(s, head))
        is_full = head > first or _is_named_elsewhere(s, head)
        is_name = t.tags[head] in PROPER and is_full and not _is_place(s, first, head)
        return head if is_medium or is_name else None
    return head if t.lowers[at] in ("the", "a", "an") and (t.tags[head] in PROPER or can_speak(s, head)) else None


def _is_place(s: CueSentence, first: int, last: int) -> bool:
    return " ".join(s.tokens.lowers[first : last + 1]) in known_places()


def _name_behind(s: CueSentence, first: int, head: int) -> Mention:
    """The noun phrase from ``first`` with the "for Peace" of a body's name."""
    t, end = s.tokens, head + 1
    while end + 1 < s.last and (
        t.tags[end] in PROPER or (t.lowers[end] in ("of", "for") and t.tags[end + 1] in PROPER)
    ):
        end += 1
    return Mention(t.starts[first], t.ends[end - 1], t.starts[first], t.ends[end - 1], head)
