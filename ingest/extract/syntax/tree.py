"""The dependency tree of one sentence: subjects, clauses and noun phrases.

Belongs here: questions to the tree that know nothing of claims or events; both build on it. Does not
belong here: cue words, triggers and their frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ingest.extract.analysis import NO_HEAD, Analysis, Sentence, Tokens
from ingest.extract.lexicon import listed_actors, words
from ingest.extract.syntax.acronyms import is_acronym_inside

_ROLES = words("people.toml", "roles")
_COLLECTIVE = words("people.toml", "collective", "words")
_ABLE = _ROLES | _COLLECTIVE  # to speak
_DOCUMENTS = words("people.toml", "documents")
_UNNAMED = words("coreference.toml", "unnamed")
_KEPT_TITLES = words("people.toml", "kept_titles")
_REGIONS_BEFORE_NAMES = words("syntax.toml", "regions_before_names")
_BODY_WORDS = words("people.toml", "bodies", "words")
VERB_TAGS = frozenset(["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"])
SUBJECTS = frozenset(["nsubj", "csubj"])
PASSIVE_SUBJECTS = frozenset(["nsubjpass", "csubjpass"])
NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "JJ", "WP", "WDT"])
PROPER = frozenset(["NNP", "NNPS"])
CALENDAR = words("syntax.toml", "calendar")
_OF_DATES = CALENDAR | words("syntax.toml", "short_calendar")
RELATIVES = words("syntax.toml", "relatives")
_PARTICLES = words("syntax.toml", "name_particles")
# labels of a verb that shares its governor's subject
_SHARING = frozenset(["conj", "advcl", "parataxis", "dep", "prep", "agent", "pcomp", "ccomp", "aux", "acomp", "oprd"])
_HIGHEST = 8  # verbs up the tree that a subject is looked for
_BREAKS = frozenset([",", ";", ":", "–", "—", "-", "(", ")", '"', "“", "”", "[", "]"])
_WITH_ADDRESSEE = words("syntax.toml", "verbs_with_addressee")
_NOMINATIVE = words("syntax.toml", "nominative_pronouns")
_DIRECTIONS = words("syntax.toml", "directions")
_OF_USE = words("syntax.toml", "verbs_of_use")
_AUXILIARIES = words("syntax.toml", "auxiliaries")
_BEFORE_PHRASES = words("syntax.toml", "adverbs_before_phrases")


@dataclass(slots=True)
class Mention:
    """Words that name somebody: characters of the name alone and of the whole noun phrase, and its head's token."""

    start: int
    end: int
    full_start: int
    full_end: int
    head: int


class _Kids(dict[int, Sequence[int]]):
    """The children of each token; what is no token of the sentence has none."""

    def __missing__(self, i: int) -> Sequence[int]:
        return ()


@dataclass(slots=True)
class _Shape:
    """What all trees of one sentence share.

    The children of each token, the first and last token under each, and the answers to questions that claims and
    events ask of one verb time and again.
    """

    kids: _Kids
    left: list[int]
    right: list[int]
    subjects: dict[int, int | None] = field(default_factory=dict)
    passives: dict[int, bool] = field(default_factory=dict)


def _shape(heads: list[int], first: int, last: int) -> _Shape:
    """The shape of the sentence of the tokens from ``first`` to ``last`` (exclusive)."""
    none: Sequence[int] = ()
    kids = _Kids(dict.fromkeys(range(first, last), none))
    found: dict[int, list[int]] = {}
    left, right = list(range(first, last)), list(range(first, last))
    # each token is told to its ancestors, up to one that has been told of a token as far out
    for i, head in enumerate(heads[first:last], first):
        if head != i and head != NO_HEAD:
            found.setdefault(head, []).append(i)
        at = head
        while at != NO_HEAD and left[at - first] > i:
            left[at - first] = i
            at = heads[at]
    for i in range(last - 1, first - 1, -1):
        at = heads[i]
        while at != NO_HEAD and right[at - first] < i:
            right[at - first] = i
            at = heads[at]
    kids.update(found)
    return _Shape(kids, left, right)


class Tree:
    """The tree of one parsed sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self.analysis = analysis
        self.sentence = sentence
        self.tokens = analysis.tokens
        first, last = sentence.first, sentence.last
        self.first, self.last = first, last
        shape: _Shape | None = analysis.shapes.get(first)
        if shape is None:
            shape = analysis.shapes[first] = _shape(self.tokens.heads, first, last)
        # the children of a token, in order; asked for at every turn, so no method of ours
        self.kids: Callable[[int], Sequence[int]] = shape.kids.__getitem__
        self._left, self._right = shape.left, shape.right
        self._subjects, self._passives = shape.subjects, shape.passives
        self.functions: dict[int, Any] = {}  # of each verb, as ``events`` has read them

    def left(self, i: int) -> int:
        return self._left[i - self.first]

    def right(self, i: int) -> int:
        return self._right[i - self.first]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child with one of the labels."""
        labels = self.tokens.deps
        for k in self.kids(i):
            if labels[k] in deps:
                return k
        return None

    def is_passive(self, v: int) -> bool:
        known = self._passives.get(v)
        if known is None:
            known = self._passives[v] = self._is_passive(v)
        return known

    def _is_passive(self, v: int) -> bool:
        deps, tags = self.tokens.deps, self.tokens.tags
        if any(deps[k] in ("auxpass", "nsubjpass", "agent") for k in self.kids(v)):
            return True
        if tags[v] != "VBN":
            return False
        head = self.tokens.heads[v]
        if deps[v] == "acl" and deps[head] == "ROOT" and head == v - 1 and tags[head].startswith("NN"):
            return False  # the parser took a sentence's past tense for a participle
        if deps[v] in ("acl", "amod"):
            return True
        if deps[v] == "conj" and not any(deps[k] in ("aux", "nsubj") for k in self.kids(v)):
            return self.is_passive(self.tokens.heads[v])
        return deps[v] == "advcl" and not any(deps[k] in ("aux", "nsubj") for k in self.kids(v))

    def _next_to(self, v: int, subject: int) -> int:
        """The subject that stands right before the verb where the parser gives it two: the other is a mistake."""
        t = self.tokens
        before = v - 1
        if before < self.first or before == subject or t.tags[before] not in PROPER or t.heads[before] != v:
            return subject
        return before if t.deps[before] in SUBJECTS or t.deps[before] in PASSIVE_SUBJECTS else subject

    def subject(self, v: int) -> int | None:
        """The token of who does what ``v`` says, through conjunctions, participles and relative clauses."""
        if v not in self._subjects:
            self._subjects[v] = self._subject(v, 0)
        return self._subjects[v]

    def _subject(self, v: int, depth: int) -> int | None:
        """The subject of ``v``; ``depth`` counts the verbs that have been passed on the way up to it."""
        t = self.tokens
        own = self._own_subject(v) if depth <= _HIGHEST else None
        head, dep = t.heads[v], t.deps[v]
        if own is not None or head in (v, NO_HEAD) or depth > _HIGHEST:
            return own
        if dep == "acl":
            return self._of_participle(v, depth)
        if dep == "relcl":
            return head if t.tags[v] != "VB" else None
        if dep == "xcomp":
            controlled = self.kid(head, "dobj")
            is_tool = t.lowers[head] in _OF_USE  # "used a loudspeaker to call": who uses it calls
            if controlled is not None and t.tags[v] == "VB" and controlled < v and not is_tool:
                return controlled
            return self._subject(head, depth + 1)
        return self._of_governor(v, depth) if dep in _SHARING else None

    def _own_subject(self, v: int) -> int | None:
        """The subject that the parser hung on the verb itself or on its auxiliary."""
        t = self.tokens
        for k in self.kids(v):
            if t.deps[k] in SUBJECTS or t.deps[k] in PASSIVE_SUBJECTS:
                if t.lowers[k] in RELATIVES and t.deps[v] == "relcl":
                    return self._antecedent(self._person_before(k, t.heads[v])) if t.lowers[k] == "who" else t.heads[v]
                return self._next_to(v, k)
        auxiliaries = [k for k in self.kids(v) if t.deps[k] in ("aux", "auxpass") and k < v]
        held = (self.kid(k, "nsubj", "nsubjpass") for k in auxiliaries)
        return next((k for k in held if k is not None), None)  # on the "are" of "analysts are slowly reckoning"

    def _of_participle(self, v: int, depth: int) -> int | None:
        """Who does what the participle or infinitive ``v`` below a noun says: the noun, or who governs it."""
        t, head = self.tokens, self.tokens.heads[v]
        low = t.lowers[head]
        able = low in _ABLE
        told = low in _DOCUMENTS or t.tags[head] in PROPER or t.tags[head] == "NNS"
        governor = t.heads[head]
        if t.tags[v] != "VBG":
            return head
        if t.deps[head] == "dobj" and t.lowers[governor] in _WITH_ADDRESSEE:
            return self._subject(governor, depth + 1)  # "emailed supporters saying"
        if not (able or told) and t.tags[governor] in VERB_TAGS and t.deps[head] != "nsubj":
            return self._subject(governor, depth + 1)
        return head

    def _of_governor(self, v: int, depth: int) -> int | None:
        """The subject that ``v`` shares with what it is coordinate with or subordinate to."""
        t = self.tokens
        head, dep = t.heads[v], t.deps[v]
        if dep == "pcomp" and t.tags[head] not in ("IN", "TO", "VBG", "VBN"):
            return None
        if dep == "ccomp" and t.tags[v] not in ("VBG", "VBN", "VB"):
            return None
        if dep == "conj" and t.tags[v] in ("VBD", "VBZ") and t.tags[head] == "VB":
            # "urged them to stay and recalled that …": a finite verb goes on from the finite one
            above = t.heads[head]
            while t.tags[above] not in ("VBD", "VBZ", "VBP") and t.heads[above] != above:
                above = t.heads[above]
            return self._subject(above, depth + 1)
        if not t.tags[head].startswith("NN"):
            return self._subject(head, depth + 1)
        if dep != "conj":
            return self._holder(head)
        governor = t.heads[head]
        return self._subject(governor, depth + 1) if t.tags[governor] in VERB_TAGS else None

    def pronoun_before(self, v: int) -> int | None:
        """The "he" of "the envoy, he has explained": a pronoun right before a verb and its auxiliaries."""
        t, k = self.tokens, v - 1
        while k > self.first and (
            t.tags[k] in ("RB", "MD") or t.deps[k] in ("aux", "neg") or t.lowers[k] in _AUXILIARIES
        ):
            k -= 1
        near = k >= self.first and t.tags[k] == "PRP" and t.lowers[k] in _NOMINATIVE
        return k if near and t.tags[v] in ("VBD", "VBZ", "VBP", "VB", "VBN") else None

    def _person_before(self, who: int, noun: int) -> int:
        """Whom "who" follows, where the parser has a thing for it: of "a request by the police, who …" the police."""
        t = self.tokens
        near = who - 2 if t.lowers[who - 1] == "," else who - 1
        if near <= noun or t.tags[noun] != "NN" or not t.tags[near].startswith("NN"):
            return noun
        is_person = t.lowers[noun] in _ABLE or t.lowers[noun] in _UNNAMED
        return near if not is_person and (t.lowers[near] in _ABLE or t.tags[near] in PROPER) else noun

    def _antecedent(self, noun: int) -> int:
        """Whom "who" means: "Jane Roe, the head of the service, who said" is Jane Roe, no service."""
        t, at = self.tokens, noun
        for _ in range(4):
            if t.lowers[at] not in _COLLECTIVE:
                break
            at = t.heads[at]
            while t.deps[at] == "prep" and t.heads[at] != at:
                at = t.heads[at]
        if t.deps[at] == "appos" and t.tags[t.heads[at]] in PROPER:
            return t.heads[at]
        is_person = t.tags[at] in PROPER or t.lowers[at] in _ROLES
        return at if is_person else noun

    def _holder(self, noun: int) -> int | None:
        return self.kid(noun, "poss") or (noun if self.tokens.deps[noun] in SUBJECTS else None)

    # --- noun phrases -------------------------------------------------------------------------

    def phrase(self, head: int) -> tuple[int, int]:
        """First and last token of the noun phrase without appositions and what a comma sets off."""
        t = self.tokens
        first = head
        for k in reversed([k for k in self.kids(head) if k < head]):
            if t.deps[k] in ("relcl", "appos", "cc", "conj", "preconj", "punct") and t.lowers[k] not in ("“", '"', "'"):
                if t.deps[k] == "preconj":
                    first = k
                elif t.deps[k] == "punct":
                    continue
                else:
                    break
            elif t.deps[k] == "advmod" and t.lowers[k] in _BEFORE_PHRASES:
                continue
            else:
                first = self.left(k)
        last = head
        for k in [k for k in self.kids(head) if k > head]:
            if t.deps[k] == "punct":
                if t.lowers[k] in _BREAKS and not self._comma_of_list(head, k):
                    break
                continue
            if t.deps[k] in ("appos", "relcl") and (t.deps[k] == "appos" or t.tags[head] in PROPER):
                break
            if k > last + 1 and any(t.lowers[j] in ",;" for j in range(last + 1, self.left(k))) and t.deps[k] != "conj":
                break
            if t.deps[k] in ("advmod", "npadvmod"):
                break
            if t.deps[k] == "prep" and k + 1 < len(t) and (t.lowers[k + 1] in CALENDAR or self._is_medium(k)):
                break  # "the military on Sunday", "the military in a message on Sunday"
            last = self._cut(self.left(k), self.right(k))
        return behind_date(t, first, head), last

    def _is_medium(self, prep: int) -> bool:
        t, noun = self.tokens, self.kid(prep, "pobj")
        return t.lowers[prep] in ("in", "via") and noun is not None and t.lowers[noun] in _DOCUMENTS

    def _comma_of_list(self, head: int, comma: int) -> bool:
        return any(self.tokens.deps[k] == "conj" and k > comma for k in self.kids(head)) and any(
            self.tokens.deps[k] == "cc" for k in self.kids(head)
        )

    def _cut(self, first: int, last: int) -> int:
        """Up to a comma that sets something off."""
        t = self.tokens
        for j in range(first, last + 1):
            if t.lowers[j] in (",", ";", "(", "–", "—") and j > first:
                rest = [t.deps[k] for k in range(j, min(last + 1, j + 3))]
                if "conj" not in rest:
                    return j - 1
        return last

    def name_start(self, head: int) -> int | None:
        """First token of the person's name that ends at ``head``; None where it is none's."""
        t = self.tokens
        if t.tags[head] not in PROPER:
            return None
        first = head
        while first > self.first and (
            t.tags[first - 1] in PROPER
            or (t.lowers[first - 1] in _PARTICLES and first - 2 >= self.first and t.tags[first - 2] in PROPER)
        ):
            first -= 1
        while first < head and t.lowers[first] in _PARTICLES and t.words[first].islower() and t.words[first + 1] != "-":
            first += 1
        if first < head and " ".join(t.lowers[first : head + 1]) in known_places():
            return first  # "South Africa" is no Africa whose office is South
        start = first
        for k in range(first, head):
            low = t.lowers[k]
            if low in _KEPT_TITLES:
                # "Lt. Col. Jane Roe", "Major General Jane Roe": the whole of the rank
                start = start if k > start and all(w in _KEPT_TITLES or w == "." for w in t.lowers[start:k]) else k
            elif is_office_word(low) or is_acronym_inside(t, first, k, head):
                start = k + 1
        if start - 2 >= self.first and t.words[start - 1] == "-":  # "Maj-Gen Jane Roe", "Attorney-General Jane Roe"
            is_office = start < head and t.lowers[start] in _KEPT_TITLES
            start = start - 2 if t.lowers[start - 2] in _KEPT_TITLES else start + is_office
        return start

    def mention(self, head: int, before: int | None = None) -> Mention:
        """The speaker that the noun phrase of ``head`` names: a person's name alone, else the phrase.

        It ends before the token ``before``, its own verb.
        """
        t = self.tokens
        named = self._named(head)
        if named == head and before is not None and head < before:
            named = self._apposed_name(head, before)
        elif named == head and t.lowers[head] in _ROLES:
            named = self._name_behind_body(head, self._full_right(head))
        head = named
        first, last = self.phrase(head)
        full_first, full_last = min(first, self.left(head)), max(last, self._full_right(head))
        if t.deps[head] == "appos":
            owner = t.heads[head]
            full_first, full_last = min(full_first, self.left(owner)), max(full_last, self._full_right(owner))
        if before is not None and head < before:
            last, full_last = min(last, before - 1), min(full_last, before - 1)
            while full_last > head and (
                t.lowers[full_last] in _BREAKS or t.deps[full_last] in ("aux", "auxpass", "neg", "advmod")
            ):
                full_last -= 1
            while last > head and t.lowers[last] in (",", "–", "—"):
                last -= 1
        start = self.name_start(head)
        joint = any(t.deps[k] == "conj" and k > head for k in self.kids(head))
        if start is not None and (last <= head + 2 or start < head) and not joint and self._is_person(start, head):
            first, last = start, head
        if t.lowers[head + 1 : head + 5] == ["-", "in", "-", "chief"]:
            last, full_last = max(last, head + 4), max(full_last, head + 4)
        last -= last > head and t.tags[last] == "POS"
        full_last -= full_last > head and t.tags[full_last] == "POS"
        return Mention(t.starts[first], t.ends[last], t.starts[full_first], t.ends[full_last], head)

    def _full_right(self, head: int) -> int:
        """Last token of the phrase with its appositions and relative clauses."""
        t = self.tokens
        last = self.right(head)
        while last > head and t.lowers[last] in _BREAKS and t.lowers[last] not in (")", "]"):
            last -= 1
        return last

    def _named(self, head: int) -> int:
        """The name in apposition to an office: "the foreign secretary, Liz Truss" is Liz Truss."""
        t = self.tokens
        if t.tags[head] in PROPER or t.tags[head] == "PRP":
            return head
        for k in self.kids(head):
            if t.deps[k] == "appos" and t.tags[k] in PROPER and t.lowers[head] in _ROLES:
                start = self.name_start(k)
                if start is not None and self._is_person(start, k) and k > head:
                    return k
        return head

    def _apposed_name(self, head: int, before: int) -> int:
        """The name between a role and its verb, wherever it hangs: "its spokesman in X, Jane Roe, said"."""
        t = self.tokens
        if t.lowers[head] not in _ROLES:
            return head
        if t.lowers[before - 1] != ",":
            return self._name_behind_body(head, before - 1)
        last = before - 2
        first = last
        while first > head and (t.tags[first] in PROPER or t.lowers[first] in _PARTICLES):
            first -= 1
        if first >= last or last - first > 6:
            return head
        while first > head and t.tags[first] in ("NN", "JJ"):
            first -= 1
        start = self.name_start(last)
        if t.lowers[first] != "," or start is None or start == last:
            return head
        return last if self._is_person(start, last) else head

    def _name_behind_body(self, head: int, last: int) -> int:
        """The name that ends "the head of the Kherson Military Administration Jane Roe"."""
        t = self.tokens
        if last - head < 4 or t.lowers[head + 1] not in ("of", "for", "at"):
            return head
        start = self.name_start(last)
        if start is None or start < head + 3 or not 1 <= last - start <= 3:
            return head
        before = t.words[start - 1]
        is_region = before.lower() in _REGIONS_BEFORE_NAMES
        is_body = is_region or before.lower() in _BODY_WORDS or (before.isupper() and len(before) > 1)
        is_rank = t.lowers[start] in _KEPT_TITLES
        return last if (is_body or is_rank) and self._is_person(start, last) else head

    def _is_person(self, first: int, last: int) -> bool:
        """True where the proper nouns have the shape of a person's name."""
        t = self.tokens
        lows = t.lowers[first : last + 1]
        if t.words[first] == "-" or any(w in _BODY_WORDS for w in lows):
            return False
        if any(w in known_places() for w in (" ".join(lows), lows[-1])) or lows[-1] in _DIRECTIONS:
            return False
        before = t.lowers[first - 1] if first > self.first else ""
        if before in ("the", "a", "an"):
            return False
        acronym = last == first and t.words[last].isupper() and len(t.words[last]) > 1
        return not acronym and not (t.tags[last] == "NNPS" and last == first)


def behind_date(tokens: Tokens, first: int, head: int) -> int:
    """First token of a phrase behind a date that is glued to it: "7 July 2022 00.13 Russian prosecutors".

    A first name that is a month's too ("Jan", "April") is one only with a number.
    """
    k = first
    while k < head and (tokens.words[k][0].isdigit() or tokens.lowers[k] in _OF_DATES or tokens.lowers[k] in ",."):
        k += 1
    if k == first:
        return first
    dated = _OF_DATES.intersection(tokens.lowers[first:k])
    has_number = any(word[0].isdigit() for word in tokens.words[first:k])
    return k if dated and (has_number or not dated <= first_names()) else first


@cache
def first_names() -> frozenset[str]:
    """Common first names, lower case."""
    return words("people.toml", "male", "first_names") | words("people.toml", "female", "first_names")


def is_office_word(low: str) -> bool:
    """Words before a name that are no part of it: offices, bodies, countries, their adjectives."""
    return low in _office_words()


@cache
def _office_words() -> frozenset[str]:
    offices = words("syntax.toml", "offices_before_names")
    return offices | words("people.toml", "roles") | words("people.toml", "bodies", "words") | known_places()


@cache
def known_places() -> frozenset[str]:
    """Names and demonyms of states and their capitals, and of known bodies, lower case."""
    return frozenset(
        name.lower().removeprefix("the ")
        for actor in listed_actors()
        for name in (*actor["names"], *actor.get("demonyms", ()))
    )
