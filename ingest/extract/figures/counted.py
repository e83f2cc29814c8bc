"""What a number counts: the noun phrase behind it, found on part-of-speech tags alone.

Belongs here: the walk from a number to its head noun. Does not belong here: what befell the
counted (``status``), and the noun of a number that has none of its own (``relations``).
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.extract.analysis import Tokens
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status_words import statuses

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLURAL = frozenset({"NNS", "NNPS"})
_WITHIN = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "RB", "RBR", "RBS", "CD", "HYPH", "POS", "``", "''", "AFX", "FW"}
)
_DETERMINERS = frozenset({"DT", "PRP$", "PDT", "WP$"})
_MARKS = frozenset({"[", "]", "-", "‘", "’", "“", "”", '"', "'"})
_STOPS = words("not_counted")
_COLLECTIVE = words("without_plural")
# what a hyphen may tie to a word before the noun
_TIED = frozenset({"VB", "VBP", "IN", "RP"})
_TAKEN = words("taken")
_GENITIVES = frozenset({"'s", "’s"})
_OF_PEOPLE = frozenset({"killed", "wounded", "captured", "displaced", "evacuated"})
_REACH = 12
_ACRONYM = 5  # letters; a longer word in capitals before brackets is a town: "MOSCOW (Agency)"


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) with the head noun's index."""

    first: int
    head: int
    last: int


def walk(tokens: Tokens, at: int, limit: int, *, behind_of: bool = False, plural: bool = True) -> Phrase | None:
    """The noun phrase that begins at token ``at`` before token ``limit``; "of the" is stepped over.

    ``behind_of`` tells that "the" may follow ("half of the", "half the"); ``plural`` that more than one is counted.
    """
    limit = min(limit, at + _REACH)
    j = at
    if j < limit and tokens.lowers[j] == "of":
        j, behind_of = j + 1, True
    while behind_of and j < limit and tokens.tags[j] in _DETERMINERS:
        j += 1
    phrase = _Walk(tokens, at, j, limit, plural=plural)
    while 0 <= j < limit:
        j = phrase.step(j)
    if phrase.head < 0 or (plural and phrase.is_said_of_them()):
        return None
    return Phrase(phrase.first, phrase.head, max(phrase.head + 1, phrase.genitive))


_END = -1


class _Walk:
    """A noun phrase while it is read from left to right; ``head`` is negative until a noun is found."""

    __slots__ = ("at", "first", "genitive", "has_conjunction", "head", "limit", "lowers", "plural", "tags", "tokens")

    def __init__(self, tokens: Tokens, at: int, first: int, limit: int, *, plural: bool) -> None:
        self.tokens, self.lowers, self.tags = tokens, tokens.lowers, tokens.tags
        self.at, self.first, self.limit, self.plural = at, first, limit, plural
        self.head = -1
        self.genitive = 0  # the token behind an apostrophe and s that make the plural
        self.has_conjunction = False

    def step(self, j: int) -> int:
        """The token to look at behind ``j``; ``_END`` where the phrase ends."""
        tag, word = self._tag(j), self.lowers[j]
        is_inserted = self.head < 0 and word in words("insertions") and not self._is_superlative(j)
        if word in _STOPS or is_inserted:
            return _END
        if word in _GENITIVES and self.tokens.words[j - 1][-1:].isdigit():
            self.head, self.genitive = j - 1, j + 1  # "four AK-47’s": a plural
            return _END
        if tag == "-LRB-" and self._is_other_name(j):
            return j + 3  # "seven Daesh (ISIS) commanders"
        if tag in ("NN", "NNP") and word[0].isdigit():
            return j + 1  # "the combined 4.3M sales"
        if tag in NOUNS:
            return self._noun(j, tag, word)
        if self.head < 0 and tag in _TIED and self._next(j) == "HYPH" and j + 2 < self.limit:
            return j + 3  # "pick-up trucks", "off-road vehicles"
        if tag in _WITHIN or word in _MARKS:
            return self._before_noun(j, tag, word) if self.head < 0 else self._behind_noun(j, tag, word)
        if tag == "CC" and word in ("and", "or"):
            return self._conjunction(j)
        is_listed = tag == "," and self.head < 0 and {self.tags[j - 1], self._next(j)} <= {"JJ", "VBN"}
        return j + 1 if is_listed else _END

    def is_said_of_them(self) -> bool:
        """ "100 awaiting detailed inspection", "two involving theft": what they do, and no noun of theirs."""
        is_participle = self.tags[self.first] == "VBG" and self.tags[self.head] == "NN" and self.head > self.first
        return is_participle and self.lowers[self.head] not in _COLLECTIVE

    def _is_superlative(self, j: int) -> bool:
        """Whether token ``j`` is the "most" of "five most recent packages"."""
        return self.lowers[j] == "most" and self._next(j) == "JJ"

    def _is_other_name(self, j: int) -> bool:
        """Whether token ``j`` opens brackets that hold another name of the name before, with a noun behind them."""
        is_closed = j + 3 < self.limit and self.tags[j + 2] == "-RRB-"
        is_name = is_closed and self.head == j - 1 and self.tokens.words[j - 1][0].isupper()
        return is_name and self.tokens.words[j + 1][0].isupper() and self.tags[j + 3] in ("NN", "NNS", "JJ")

    def _next(self, j: int) -> str:
        """The tag behind token ``j``, empty at the end."""
        return self.tags[j + 1] if j + 1 < self.limit else ""

    def _tag(self, j: int) -> str:
        """The tag of token ``j``, mended where it is written as a name or stands behind "of"."""
        tag, written = self.tags[j], self.tokens.words[j]
        if tag in ("VBZ", "PRP", "VBP") and len(written) > 1 and written.isupper():
            return "NNP"  # "35 IS fighters", "two US soldiers"
        if tag == "VBZ" and j > self.at and self.lowers[j - 1] == "of":
            return "NNS"  # "thousands of lives"
        if tag == "VBZ" and self.plural and self.head == j - 1 and self._next(j) in ("CD", ".", ","):
            return "NNS"  # "three command posts": nothing follows that it could do
        is_last = self._next(j) in ("", ".", ",", "CC", "-RRB-")
        is_substance = self.lowers[self.at] == "of" and self.head == j - 1 and self.tags[j - 1] == "NN"
        if tag in ("JJ", "VB", "VBP") and is_substance and is_last and self.lowers[j] not in statuses().predicates:
            return "NN"  # "20 kg of ammonium nitrate"
        if tag == "JJ" and self.head == j - 1 and written[0].isupper() and self.tags[j - 1] == "NNP":
            return "NNP"  # "seven Harbour Front commanders"
        return tag

    def _noun(self, j: int, tag: str, word: str) -> int:
        lowers, tags = self.lowers, self.tags
        if tag in ("NNP", "NN") and (word in words("calendar") or (self.head >= 0 and word in words("directions"))):
            return _END  # "a border north of": where, and no noun of theirs
        is_free = lowers[j - 1] != "of" and (self.head < 0 or word.endswith("ed"))
        if is_free and (_is_participle(self.tokens, j, self.limit) or _is_headline_verb(self.tokens, j)):
            return _END
        if self._is_no_noun(j, word):
            return _END
        self.head, self.has_conjunction = j, False
        if tag == "NN" and word in _COLLECTIVE:
            return _END
        if tag not in _PLURAL:
            is_all = tag == "NN" and _name_begins(self.tokens, j, self.limit)
            return _END if is_all and not _plural_follows(self.tokens, j + 1, self.limit) else j + 1
        after = self._next(j)
        if after == "HYPH" and j + 2 < self.limit and tags[j + 2] in ("JJ", "VBN"):
            return j + 3  # "hundreds of weapons-capable drones"
        if after and lowers[j + 1] in statuses().intransitive:
            return _END  # "140 soldiers surrender": the tagger took the verb for a noun
        if after in NOUNS and self._speaker_follows(j + 1):
            return _END  # "killed eight guards activists said", which lost its comma
        if word in words("persons") or _name_begins(self.tokens, j, self.limit):
            return _END
        if after in NOUNS and lowers[j + 1] not in words("calendar") and lowers[j + 1] not in _TAKEN:
            return j + 1
        if tag == "NNPS" and after == "JJ" and j + 2 < self.limit and tags[j + 2] in _PLURAL:
            self.head = -1
            return j + 2
        return _END

    def _is_no_noun(self, j: int, word: str) -> bool:
        """Whether what looks like a noun ends the phrase: "thanks to", the capitals of a dateline."""
        if word == "thanks" and self.lowers[j + 1 : j + 2] == ["to"]:
            return True
        return self.tokens.words[j].isupper() and len(word) > _ACRONYM and self._next(j) == "-LRB-"

    def _speaker_follows(self, j: int) -> bool:
        """Whether nouns from token ``j`` on are the subject of a verb of saying."""
        while j < self.limit and self.tags[j] in NOUNS:
            j += 1
        return j < self.limit and self.lowers[j] in words("saying")

    def _before_noun(self, j: int, tag: str, word: str) -> int:
        """Modifiers; a participle that tells what befell them ends the phrase unless a noun follows."""
        is_status = tag in ("VBN", "VBG", "RB", "JJ", "VBD") and word in statuses().predicates
        return _END if is_status and not _noun_follows(self.tokens, j, self.limit) else j + 1

    def _behind_noun(self, j: int, tag: str, word: str) -> int:
        """Behind a noun only what may join it to another noun."""
        after, is_hyphen = self._next(j), tag == "HYPH" or word == "-"
        if is_hyphen and after in ("VBN", "JJ", "VBG", "RB", "VBD", "IN", "RP"):
            self.head = -1  # "Russian-backed fighters": so far only a modifier
            return j + 2
        if tag == "POS":
            self.head = -1  # "Egypt's 91 million residents"
            return j + 1
        if is_hyphen or (word in _MARKS and after in NOUNS):
            return j + 1
        if tag == "CD" and after in NOUNS and self.tags[j - 1] in ("NNP", "NNPS"):
            return j + 1
        joins_plural = self.plural and self.tags[self.head] in ("NN", "NNP") and after in _PLURAL
        return j + 1 if tag in ("JJ", "VBG", "VBN") and joins_plural else _END

    def _conjunction(self, j: int) -> int:
        """ "civilian and military targets"; given up where no plural follows."""
        if self.has_conjunction or self._next(j) not in ("JJ", "NN", "NNP", "VBN"):
            return _END
        is_modifier = self.head < 0 or (
            self.tags[self.head] in ("NN", "NNP") and self.plural and _plural_follows(self.tokens, j + 1, self.limit)
        )
        self.has_conjunction = is_modifier
        return j + 1 if is_modifier else _END


def _name_begins(tokens: Tokens, j: int, limit: int) -> bool:
    """ "20 fighters Monitor said": behind a plural in small letters a capital begins something else."""
    after = tokens.words[j + 1] if j + 1 < limit else ""
    return tokens.words[j][0].islower() and after[:1].isupper() and tokens.starts[j + 1] == tokens.ends[j] + 1


def _is_participle(tokens: Tokens, j: int, limit: int) -> bool:
    """A word such as "wounded" or "dead" that the tagger took for a noun, with no noun behind it."""
    word = tokens.lowers[j]
    known = statuses()
    if tokens.tags[j] == "NNS" and word in known.nouns and word in known.intransitive:
        return False  # "claimed 21 lives"
    is_verb = word in known.verbs and word.endswith("ed") and tokens.tags[j] in ("NNP", "NN")
    return (is_verb or word in known.adjectives or word in known.intransitive) and not (
        j + 1 < limit and tokens.tags[j + 1] in NOUNS
    )


def _is_headline_verb(tokens: Tokens, j: int) -> bool:
    """Whether what the tagger took for a name or noun is a verb: "Kills Two Injures Three"."""
    known, word = statuses(), tokens.lowers[j]
    return word.endswith("s") and word not in known.nouns and known.verbs.get(word) in _OF_PEOPLE


def _noun_follows(tokens: Tokens, j: int, limit: int) -> bool:
    k = j + 1
    while k < limit and tokens.tags[k] in ("JJ", "NN", "NNP", "HYPH", "CD"):
        if tokens.tags[k] in ("NN",) or (
            tokens.tags[k] == "NNP"
            and tokens.lowers[k] not in words("calendar")
            and k + 1 < limit
            and tokens.tags[k + 1] in NOUNS
        ):
            return tokens.lowers[k] not in words("calendar")
        k += 1
    return k < limit and tokens.tags[k] in _PLURAL


def _plural_follows(tokens: Tokens, j: int, limit: int) -> bool:
    while j < limit and tokens.tags[j] in ("JJ", "NN", "NNP", "HYPH", "VBN"):
        j += 1
    return j < limit and tokens.tags[j] in _PLURAL
