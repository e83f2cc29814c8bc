"""Who ends right before a cue that no comma sets off: "two bridges were gone | the mayor of Izium | said".

Belongs here: where such a speaker begins, by the words alone. Does not belong here: the cues and what is claimed
(``unmarked``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.extent import can_speak
from ingest.extract.claims.attribution.sentence import FINITE_OR_MODAL, CueSentence
from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.lexicon import listed
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, RELATIVES, first_names, known_places

# tags of words that need something behind them, so that no clause ends with them
UNFINISHED = frozenset(["IN", "TO", "DT", "CC", "PRP$", "POS", "WDT", "WP", "WRB"])
NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
# tags before a name that make it part of a longer phrase: "a fourth SANA said", "in Aleppo said"
_OF_NAME = frozenset(["DT", "JJ", "CD", "IN", "TO", "POS", "PRP$", "NN", "NNS"])
# and those of the words between an article and its noun
_INSIDE = frozenset(["JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "CD", "POS", "VBG"])
_WHO_SAYS = listed("third_persons")
_MOST_BACK = 16  # tokens from the cue back to where its speaker begins
_MOST_DESCRIBED = 9  # tokens from a cue back to where a clause about its speaker opens
_SIDES = listed("words_for_sides")
_CITED_PLURALS = listed("people_cited_without_article")
_OF_OFFICES = listed("prepositions_of_offices")
_OF_SCENES = listed("prepositions_of_scenes")


def speaker_before(s: CueSentence, v: int) -> tuple[int, int] | None:
    """First token and head of the speaker that ends right before the cue ``v``, by the words alone."""
    t, last = s.tokens, v - 1
    while last > s.first and t.tags[last] == "RB":
        last -= 1
    if t.words[last] == ")" and last - 3 > s.first and t.words[last - 2] == "(":
        last -= 3  # "the Observatory for Human Rights (OHR) said"
    if t.tags[last] == "PRP":
        return (last, last) if t.lowers[last] in _WHO_SAYS and last == v - 1 else None
    if t.tags[last] not in NOUNS:
        return None
    if _is_glued_agency(s, last):
        return last, last
    for read in (people, medium, _owned, definite, _forces, name):
        if (found := read(s, last)) is not None:
            return _close_to(s, *found) or found
    return _described(s, v)


def _is_glued_agency(s: CueSentence, last: int) -> bool:
    """True for the "SANA" of "in the outskirts of the town SANA reports", which is no part of the phrase before it."""
    t, before = s.tokens, last - 1
    is_initials = t.words[last].isupper() and len(t.words[last]) > 2 and t.tags[last] in PROPER
    if not is_initials or before <= s.first or t.tags[before] not in ("NN", "NNS"):
        return False
    is_body = t.lowers[before] in words("people.toml", "bodies", "words") or is_medium(s, before)
    return not (is_body or can_speak(s, before) or _is_monitor(s, before))


def _close_to(s: CueSentence, first: int, head: int) -> tuple[int, int] | None:
    """ "sources close to the group", "an official familiar with the talks": who is cited, before an adjective."""
    t, noun = s.tokens, first - 3
    is_described = noun > s.first and t.tags[first - 2] == "JJ" and t.lowers[first - 1] in ("to", "with")
    if not is_described or t.tags[noun] not in ("NN", "NNS"):
        return None
    return people(s, noun) or definite(s, noun)


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
    while k - 2 > s.first and t.tags[k - 1] in ("JJ", *NOUNS):
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


def definite(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "the head of the Rights Observatory", "a source in Hasaka province": back to its article, and over "of"."""
    t, k = s.tokens, last
    found: tuple[int, int] | None = None
    while True:
        head = k
        while k > s.first and _is_inside(s, k - 1):
            k -= 1
        before = k - 1
        if (person := _person_before(s, k, head)) is not None:
            return person
        if before < s.first or last - before > _MOST_BACK:
            return found
        if (name_alone := _glued_name(s, k, head)) is not None and last == head:
            return name_alone, head
        if t.tags[before] in ("DT", "PRP$") or t.lowers[before] == "one":
            one_of_many = t.lowers[before] in ("a", "an") and t.tags[head] in PROPER  # "a fourth SANA"
            speaks = not one_of_many and (can_speak(s, head) or is_medium(s, head) or _tells(s, head))
            if not speaks and (found is not None or one_of_many):
                return found
            found = (before, head) if speaks else None
            k = before
        elif not _is_named_body(s, k, head):
            return found
        if k - 2 <= s.first or t.lowers[k - 1] not in _OF_OFFICES or t.tags[k - 2] not in NOUNS:
            return found
        is_sent = t.lowers[k - 1] == "to" and t.lowers[k - 2] in words(
            "people.toml", "roles"
        )  # "the envoy to the council"
        if found is not None and t.lowers[k - 1] not in ("of", "for") and not is_sent:
            return found  # "hit a school in the north the army said"
        k -= 2


def _is_inside(s: CueSentence, k: int) -> bool:
    """True of a word that may stand between an article, or a "one", and its noun."""
    t = s.tokens
    return (t.tags[k] in _INSIDE and t.lowers[k] != "one") or t.words[k] in ("-", "'s") or _is_joined(s, k)


def _glued_name(s: CueSentence, first: int, last: int) -> int | None:
    """First token of the name in "to take our own action | Roe", glued to a noun that cannot speak; None where none is.

    The text has to have the name elsewhere too.
    """
    t, k = s.tokens, last
    while k > first and t.tags[k] in PROPER:
        k -= 1
    is_noun = k < last and t.tags[k] in ("NN", "NNS") and t.words[k].islower()
    if not is_noun or can_speak(s, k) or is_medium(s, k) or _tells(s, k) or _is_body(s, k):
        return None
    return k + 1 if is_named_elsewhere(s, last) else None


def _is_body(s: CueSentence, k: int) -> bool:
    return s.tokens.lowers[k] in words("people.toml", "bodies", "words")


def _tells(s: CueSentence, head: int) -> bool:
    """True for a body that watches, or a document that was named before: "the observatory", "the report"."""
    t = s.tokens
    is_named_before = t.lowers[head - 1] == "the" and t.lowers[head] in words("people.toml", "documents")
    return _is_monitor(s, head) or is_named_before


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


def is_medium(s: CueSentence, head: int) -> bool:
    """True for "media", "television", "agency": a noun for what reports."""
    low = s.tokens.lowers[head]
    return low == "media" or low in words("coreference.toml", "media", "sorts")


def medium(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "local media", "Syrian state media", "SANA news agency", "Syria TV", "a Roe TV correspondent"."""
    t, k = s.tokens, last
    if t.tags[last] == "NN" and t.lowers[last] in words("people.toml", "roles") and last - 1 > s.first:
        return (found[0], last) if (found := medium(s, last - 1)) is not None else None
    if t.lowers[last] == "media" and t.tags[last - 1] in ("NNS", "CD"):
        return last, last  # "killed twelve fighters media reported"
    if not is_medium(s, last) and t.lowers[last] not in words("coreference.toml", "media"):
        return None
    while k > s.first and t.lowers[k - 1] in _SIDES:
        k -= 1
    if k > s.first and t.tags[k - 1] == "JJ" and t.words[k - 1].islower():
        return k - 1, last
    if k > s.first and t.tags[k - 1] == "JJ" and t.lowers[k] != "local":
        k -= 1
    while k > s.first and t.tags[k - 1] in PROPER and not is_place(s, k - 1, k - 1) and t.lowers[k] != "local":
        if t.lowers[k - 1] in CALENDAR:
            break
        k -= 1
        if k - 2 > s.first and t.words[k - 1] == "-" and t.tags[k - 2] in PROPER:
            k -= 2  # "Al-Manar TV"
    is_named_after = t.tags[last] in PROPER and t.tags[k - 1] in PROPER and t.lowers[k - 1] not in CALENDAR
    if k == last and is_named_after and k - 2 > s.first and t.tags[k - 2] in NOUNS - set(PROPER):
        k -= 1  # "beneath the rubble Syria TV reported"
    if k > s.first and t.tags[k - 1] == "DT":
        k -= 1
    return (k, last) if k < last else None


def people(s: CueSentence, last: int) -> tuple[int, int] | None:
    """ "local opposition activists", "residents and monitoring groups": the adjectives before a plural."""
    t = s.tokens
    if t.lowers[last - 1] == "the" and t.lowers[last - 2] in _OF_SCENES and last - 3 > s.first:
        last -= 3  # "sources on the ground", "doctors at the scene"
    if t.tags[last] != "NNS" or not is_cited(s, last):
        return None
    k = _plural_start(s, last)
    if k - 2 > s.first and t.lowers[k - 1] == "and" and t.tags[k - 2] == "NNS" and is_cited(s, k - 2):
        k = _plural_start(s, k - 2)
    return k, last


def is_cited(s: CueSentence, k: int) -> bool:
    """True for "residents", "activists": people who are cited without an article."""
    low = s.tokens.lowers[k]
    return low in _CITED_PLURALS or low.removesuffix("s") in words("coreference.toml", "monitor", "sorts")


def _plural_start(s: CueSentence, last: int) -> int:
    t, k = s.tokens, last
    while k - 1 > s.first and (t.tags[k - 1] in ("JJ", "VBG") or t.lowers[k - 1] in _SIDES):
        k -= 1
    return k - 1 if k - 1 > s.first and t.lowers[k - 1] in ("the", "some", "several") else k


def name(s: CueSentence, last: int) -> tuple[int, int] | None:
    """A name without an article, behind which nothing of a longer phrase stands."""
    t, k = s.tokens, last
    while k > s.first and (t.tags[k - 1] in PROPER or (t.words[k - 1] == "-" and t.tags[k - 2] in PROPER)):
        k -= 1
    if t.tags[k - 1] in ("IN", "TO", "CC") and (begin := _behind_place(s, k, last)) is not None:
        return begin, last
    is_office = k < last and t.tags[k - 1] == "JJ" and t.lowers[k - 1] in demonyms()
    if is_office and behind_office(s, k, last) > k:
        return k - 1, last  # "Turkish Foreign Minister Jane Roe"
    if t.tags[last] not in PROPER or t.lowers[last] in CALENDAR or k - 1 < s.first:
        return None
    is_initials = k == last and t.words[k].isupper() and len(t.words[k]) > 2 and t.tags[k - 1] not in UNFINISHED
    if is_initials or t.tags[k - 1] not in _OF_NAME:
        return k, last
    is_glued = t.tags[k - 1] in ("NN", "NNS") and not can_speak(s, k - 1) and is_named_elsewhere(s, last)
    return (k, last) if is_glued else None


def _behind_place(s: CueSentence, first: int, last: int) -> int | None:
    """First token of the name that is glued to the place of a preposition: "in Aleppo Abdel Rahman", "in Homs SANA"."""
    t = s.tokens
    for k in range(first + 1, last + 1):
        place = t.lowers[k - 1]
        if k == first + 1 and (place in known_places() or place in CALENDAR):
            return k
        if k == last and is_place(s, first, k - 1) and is_named_elsewhere(s, last):
            return k  # "in Deir al-Zor Roe"
        if t.lowers[k] in first_names() and k < last:
            return k
    is_initials = last > first and t.words[last].isupper() and len(t.words[last]) > 2
    return last if is_initials and not t.words[last - 1].isupper() else None


def is_named_elsewhere(s: CueSentence, last: int) -> bool:
    """True where the text has the last word of a name as one outside the sentence too."""
    t = s.tokens
    low = t.lowers[last]
    return any(other == low and t.tags[k] in PROPER and not s.first <= k < s.last for k, other in enumerate(t.lowers))


def behind_office(s: CueSentence, first: int, last: int) -> int:
    """First token of the name behind the words of an office from ``first`` on; ``first`` where none is before it."""
    offices = words("people.toml", "roles")
    return next((k + 1 for k in range(last - 1, first - 1, -1) if s.tokens.lowers[k] in offices), first)


def is_place(s: CueSentence, first: int, last: int) -> bool:
    """True where the tokens are the name of a place that is known."""
    return s.text[s.tokens.starts[first] : s.tokens.ends[last]].lower() in known_places()
