"""Where a text names somebody: runs of proper nouns, and noun phrases around a common noun.

Belongs here: what the tokens alone show, without any knowledge of who was named before. Does not
belong here: the actors that mentions stand for (``entities``, ``resolution``).
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import bare, demonyms, known
from ingest.extract.claims.lexicon import pattern
from ingest.extract.hyphened_names import hyphened_names
from ingest.extract.lexicon import toml, words
from ingest.extract.syntax.acronyms import is_acronym_inside
from ingest.extract.syntax.tree import CALENDAR, PROPER, behind_date, first_names, is_office_word

_NUMBERED = words("coreference.toml", "numbered")
_PARTICLES = words("coreference.toml", "particles")
_ROLES = words("people.toml", "roles")
_DIRECTIONS = words("syntax.toml", "directions")
_BODY_WORDS = words("people.toml", "bodies", "words")
_COLLECTIVE = words("people.toml", "collective", "words")
_BEFORE_PLACES = words("coreference.toml", "before_places")
_UNNAMED = words("coreference.toml", "unnamed")
_PHRASE = frozenset(["DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "CD", "HYPH", "VBN", "PDT"])
_PHRASE_BEHIND_OF = frozenset(["DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "HYPH", "IN"])
# prepositions with which a noun phrase goes on; the second where nobody is named ("a source at the ministry")
_OF = words("coreference.toml", "with_owner")
_LONGEST_BODY = 5  # tokens of a known body that is looked for behind a name
LONGEST_OWNER = 12  # tokens between the noun of an office of a body and the name of who holds it
_WHOLE_NAME = 2  # tokens of a given and a last name
_AT = words("coreference.toml", "with_place")
_BODIES = _COLLECTIVE | _BODY_WORDS
_BEFORE_OWNER = _OF | {"to", "at"}
_OF_BODIES = words("coreference.toml", "of_bodies")
_NOUNS = PROPER | {"NN", "NNS"}
_TITLES = words("people.toml", "kept_titles") | words("coreference.toml", "titles")
_CREDIT = pattern("writers_credit")
_SECOND_PART = 5  # letters of a given name behind a hyphen


class NameMentions:
    """The runs of proper nouns of a text, by the token that each ends with.

    ``begins`` holds the first token of mentions by their heads, where the words alone show it: the tree of a
    sentence that lost its commas hangs on them what stands before.
    """

    def __init__(self, analysis: Analysis, begins: Mapping[int, int] | None = None) -> None:
        self.analysis = analysis
        self._begins = begins or {}
        self._breaks = frozenset(self._begins.values())
        self.tokens = analysis.tokens
        # what is asked of a run time and again
        self._name_parts: dict[tuple[int, int], int] = {}
        self._bodies: dict[tuple[int, int], bool] = {}
        self._body_ends: dict[int, int] = {}
        # last token → first token, in order
        self.runs: dict[int, int] = {}
        for sentence in analysis.sentences:
            if _CREDIT.match(analysis.text, sentence.start, sentence.end) is None:  # who wrote it is nobody told of
                self._find(sentence.first, sentence.last)

    def _find(self, at: int, end: int) -> None:
        t = self.tokens
        while at < end:
            if t.tags[at] in PROPER and self._may_open(at):
                first = at
                while at + 1 < end and self._goes_on(at, end) and not self._opens_other(first, at + 1, end):
                    at += 1
                self.runs[at] = first
            at += 1

    def _may_open(self, at: int) -> bool:
        """True for a word of a name; not for the day of "on Tuesday Russia's ministry", nor for an address."""
        t = self.tokens
        is_day = t.lowers[at] in CALENDAR and at > 0 and t.lowers[at - 1] == "on"
        return t.words[at][:1].isalnum() and not is_day and not _is_address(t.words[at])

    def _goes_on(self, i: int, end: int) -> bool:
        """True where the token behind ``i`` belongs to the name: a noun, a particle, a hyphen inside it."""
        t, k = self.tokens, i + 1
        if k in self._breaks:
            return False
        if "\n" in self.analysis.text[t.ends[i] : t.starts[k]]:
            return False  # a byline, and the name that opens the next line
        if t.lowers[k] in CALENDAR and k + 1 < end and t.words[k + 1].isdigit():
            return False  # "Roe News Sunday 15 Oct 2017", in a text that lost its full stops
        if t.lowers[k] in CALENDAR and t.lowers[k].endswith("day") and t.tags[k + 1 : k + 2] in (["VBD"], ["VBZ"]):
            return False  # "Jane Roe Thursday said"
        is_joined = t.words[k][0] == "-" and t.words[k][1:].isalpha() and t.starts[k] == t.ends[i]
        if t.tags[k] in PROPER and (t.words[k][0].isalnum() or is_joined):
            return t.words[k] != "I" and not _is_address(t.words[k])
        if t.words[k].isdigit() and len(t.words[k]) <= 3 and t.lowers[i] in _NUMBERED:
            return True  # "Division 30"
        if self._is_second_part(i, end) or self._is_second_part(i - 1, end):
            return True
        if k + 1 >= end or t.tags[k + 1] not in PROPER:
            return False
        particle = t.lowers[k] in _PARTICLES or t.words[k] == "&"
        return particle or (t.words[k] == "-" and t.starts[k] == t.ends[i])

    def _is_second_part(self, i: int, end: int) -> bool:
        """True where the given name that ends with the token ``i`` goes on behind a hyphen: "Moon Jae-in"."""
        t, k = self.tokens, i + 2
        if i < 1 or k + 1 >= end or t.words[i + 1] != "-" or t.ends[i] != t.starts[k] - 1:
            return False
        is_given = t.words[i].istitle() and t.tags[i] in PROPER and t.tags[i - 1] in PROPER
        is_short = t.words[k].islower() and len(t.words[k]) <= _SECOND_PART and t.tags[k] in ("NN", "IN", "JJ")
        return is_given and is_short and not t.tags[k + 1].startswith(("NN", "VBN"))

    def _opens_other(self, first: int, k: int, end: int) -> bool:
        """True where a text that lost its commas goes on behind a whole name with an office or a known body."""
        if self._opens_office(first, k):
            return True
        t = self.tokens
        if k - first < _WHOLE_NAME or t.words[k - 1] == "-" or any(map(is_office_word, t.lowers[first:k])):
            return False
        ends = (e for e in range(min(k + _LONGEST_BODY, end), k + 1, -1) if t.tags[e - 1].startswith("NN"))
        if any(bare(self.text(k, e - 1)) in known() for e in ends):
            return True  # "Jane Roe Human Rights Watch director"
        is_owner = t.tags[k + 1 : k + 2] == ["POS"] and bare(t.words[k]) in known()
        # "Jane Roe Syria's interior minister"
        return is_owner and not first_names().isdisjoint(t.lowers[first : k - 1])

    def _opens_office(self, first: int, k: int) -> bool:
        """True for the office behind a whole name without a comma: "Jane Roe Chief of the General Staff"."""
        t = self.tokens
        is_name = k - first >= _WHOLE_NAME and not first_names().isdisjoint(t.lowers[first : k - 1])
        if t.lowers[k] not in _ROLES:
            return False
        behind = t.lowers[k + 1 : k + 3]
        is_double = behind[1:] == ["of"] and behind[0] in _ROLES and not any(map(is_office_word, t.lowers[first:k]))
        return (is_name and behind[:1] == ["of"]) or (k - first >= _WHOLE_NAME and is_double)

    def begins_at(self, k: int) -> bool:
        """True where the words show that a mention is the one token."""
        return self._begins.get(k) == k

    def opens(self, k: int) -> bool:
        """True where the words show that a mention begins with the token."""
        return k in self._breaks

    def find(self, at: int) -> tuple[int, int] | None:
        """First and last token of the run that holds the token ``at``; None where it is in none."""
        last = next((k for k in range(at, min(at + 8, len(self.tokens))) if k in self.runs), None)
        return None if last is None or self.runs[last] > at else (self.runs[last], last)

    def is_office(self, first: int, last: int) -> bool:
        """True where capitalised words name an office and nobody: "Foreign Minister", "President", "Norway PM"."""
        lows = self.tokens.lowers
        if self.tokens.words[last] in toml("coreference.toml")["short_offices"]:
            is_told = first > 0 and lows[first - 1] == "the"  # "the CM said", "the Northern Range IG said"
            return is_told or (last > first and lows[last - 1] in demonyms())
        return lows[last].removeprefix("-") in _ROLES and all(
            w == "-" or is_office_word(w.strip("-")) for w in lows[first:last]
        )

    def is_shouted(self, first: int, last: int) -> bool:
        """True for three words or more in capitals: a headline, not a name."""
        return last - first >= 2 and all(w.isupper() and len(w) > 1 for w in self.tokens.words[first : last + 1])

    def text(self, first: int, last: int) -> str:
        """The characters from the token ``first`` to the token ``last``, inclusive."""
        return self.analysis.text[self.tokens.starts[first] : self.tokens.ends[last]]

    def name_part(self, first: int, last: int) -> int:
        """First token of the name proper: offices, bodies and demonyms before it are cut off."""
        start = self._name_parts.get((first, last))
        if start is None:
            start = first
            first = start = behind_date(self.tokens, first, last)
            is_front = self.tokens.lowers[last] in _DIRECTIONS  # "Operational Command South"
            has_hyphen = "-" in self.tokens.words[first:last]
            whole = next((k for k, _ in hyphened_names(self.tokens, first, last + 1)), last) if has_hyphen else last
            for k in range(first, first if is_front else whole):
                low = self.tokens.lowers[k]
                if (
                    low in _TITLES
                    or low.endswith("-based")
                    or is_office_word(low)
                    or (low.endswith("s") and low[:-1] in demonyms())
                    or is_acronym_inside(self.tokens, first, k, last)
                ):
                    start = k + 1
            self._name_parts[first, last] = start
        return start

    def is_body(self, first: int, last: int) -> bool:
        """True where the tokens name a body, not a person."""
        known_before = self._bodies.get((first, last))
        if known_before is None:
            known_before = self._bodies[first, last] = self._names_body(first, last)
        return known_before

    def _names_body(self, first: int, last: int) -> bool:
        t = self.tokens
        lows = t.lowers[first : last + 1]
        if not _BODY_WORDS.isdisjoint(lows) or " ".join(lows) in known():
            return True
        if last > first and lows[-1] in _DIRECTIONS:
            return True
        if lows[-1] in _COLLECTIVE:
            return True
        if first > 0 and last + 1 < len(t) and t.lowers[first - 1] == "(" and t.lowers[last + 1] == ")":
            return True  # a dateline's agency
        if last == first and t.words[first].isupper() and len(t.words[first]) > 1:
            return True
        return first > 0 and t.lowers[first - 1] == "the" and lows[-1] not in _ROLES

    def body_end(self, last: int) -> int:
        """Last token of a body's name that goes on behind "of" or "for": "Institute for the Study of War"."""
        end = self._body_ends.get(last)
        if end is None:
            end = self._body_ends[last] = self._goes_on_to(last)
        return end

    def _goes_on_to(self, last: int) -> int:
        t, n = self.tokens, len(self.tokens)
        while last + 2 < n and t.lowers[last + 1] in ("of", "for"):
            k = last + 2
            if t.lowers[k] == "the":
                k += 1
            end = k
            while end < n and t.tags[end] in PROPER and t.words[end][:1].isupper() and t.lowers[end] not in CALENDAR:
                end += 1
            if end == k and t.words[last].islower() and t.tags[k].startswith("NN"):
                end += 1  # "the UK ministry of defence"
            if end == k:
                break
            if t.tags[last].endswith("S") and end + 1 < n and t.lowers[end] == "and" and t.tags[end + 1] in PROPER:
                end += 2  # "Departments of Commerce and State"
            last = end - 1
        return last

    def body_before(self, first: int) -> tuple[int, int] | None:
        """The run of the body whose name ends with the run from ``first``: of "Human Rights" the "Roe Observatory"."""
        t = self.tokens
        if first < 2 or t.lowers[first - 1] not in _OF or t.lowers[first] in first_names():
            return None
        before = self.runs.get(first - 2)
        return (before, first - 2) if before is not None and self.is_body(before, first - 2) else None

    def office_of_body(self, start: int) -> int | None:
        """The noun of the office whose body stands between it and a name: "head" of "head of the council Jane Roe".

        Args:
            start: first token of the name proper.

        Returns:
            None where the name is not behind such a body: of "the aide of the minister Jane Roe" she is the minister.
        """
        t = self.tokens
        is_named = t.lowers[start] in first_names() or t.lowers[start - 1] in _BODIES
        if not is_named or t.tags[start - 1] not in _NOUNS:
            return None
        for k in range(start - 1, max(start - LONGEST_OWNER, 0), -1):
            low = t.lowers[k]
            if low in _BEFORE_OWNER and t.lowers[k - 1] in _OF_BODIES:
                return k - 1
            is_person = low in _ROLES and low not in _BODIES and t.lowers[k + 1] not in _BODIES
            if is_person or low in _TITLES or not (t.tags[k] in _PHRASE_BEHIND_OF or low == "and"):
                return None
        return None

    def is_place(self, first: int) -> bool:
        """True where the name that begins with the token stands behind "in" or "near", and is no first name."""
        t = self.tokens
        before = t.lowers[first - 1] if first else ""
        if before not in _BEFORE_PLACES:
            return False
        return t.lowers[first] not in first_names()

    def phrase(self, head: int) -> tuple[int, int]:
        """First and last token of the simple noun phrase around ``head``: what stands left of it, and an "of"."""
        t = self.tokens
        s = self.analysis.sentences[self.analysis.sentence_at(t.starts[head])]
        first, least = head, self._begins.get(head, s.first)
        while first > least and (
            t.tags[first - 1] in _PHRASE or (t.words[first - 1] == "-" and t.starts[first] == t.ends[first - 1])
        ):
            if t.tags[first - 1] == "VBN" and t.heads[first - 1] != head:
                break
            first -= 1
            if t.tags[first] in ("DT", "PRP$") and t.lowers[first] != "all":
                break
        first = behind_date(t, first, head)
        if t.lowers[first : first + 2] == ["-", "called"] or t.lowers[first] == "-called":
            first += 2 if t.lowers[first] == "-" else 1  # "so-called"
        last = head
        is_unnamed = t.tags[head] == "NN" and t.lowers[head] in _UNNAMED
        joining = _OF | _AT if is_unnamed else _OF
        if head + 2 < s.last and t.lowers[head + 1] in joining and t.heads[head + 1] == head:
            j = head + 2
            while j < s.last and t.tags[j] in _PHRASE_BEHIND_OF and t.lowers[j] not in ("that", "as", "in", "on"):
                j += 1
            last = max(last, j - 1 if t.tags[j - 1] != "IN" else j - 2)
        return first, last


def _is_address(word: str) -> bool:
    """True for the address of a page or picture, which the tagger takes for a name."""
    low = word.lower()
    return "://" in low or low.startswith(("www.", "pic.", "t.co/"))
