"""Tells which words of a run of capitals are a person's name.

Belongs here: titles, given names, initials, ages. Does not belong here: places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from ingest.extract.locations.capital_runs import Run
from ingest.extract.locations.lexicon import Lexicon

# "Gary Wilson, 54," but not "Kyiv, 20 km"
_AGE = re.compile(r",\s+\d{1,3}(?=[,.;:\s—–-])(?!\s*(?:km|kilomet|miles?|people|\d|st|th|rd|nd|January|of\s+\d))")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
# not the initials of a person
_STATES = frozenset(
    ("us", "uk", "nc", "sc", "nh", "nj", "nm", "ny", "nd", "sd", "ri", "dc", "bc", "ns", "nb", "la", "un", "eu")
)
_PARTICLES = frozenset(
    ("bin", "al", "el", "van", "von", "de", "der", "den", "del", "la", "abu", "ben", "da", "di", "du")
)
_LONGEST = 5
_FURTHEST = 4 * _LONGEST
_WELL_KNOWN = 3_000_000
_KNOWN = 15_000


# "LANE: Good morning.", a line of an interview
_SPEAKER = re.compile(r"([A-Z][A-Z .’'-]{2,40})(?:,[^:\n]{1,20})?:(?=[ \n])")


def speakers(text: str) -> list[tuple[int, int]]:
    """The names, as characters from and to (exclusive), that lines of a talk begin with, each of them twice or more."""
    labels = list(_labels(text))
    times = Counter(label[1] for label in labels)
    return [label.span(1) for label in labels if times[label[1]] > 1]


def _labels(text: str) -> Iterator[re.Match[str]]:
    """What may be a speaker's name at the head of each line that has a colon."""
    colon = text.find(":")
    while colon >= 0:
        label = _SPEAKER.match(text, text.rfind("\n", 0, colon) + 1)
        if label is not None:
            yield label
        end = text.find("\n", colon)
        colon = text.find(":", end) if end >= 0 else -1


_KIN = re.compile(
    r"['’]s\s+(?:\w+\s+)?(?:husband|wife|son|daughter|brother|sister|nephew|niece|uncle|aunt|cousin|lawyer)\b"
)


def has_kin(text: str, end: int) -> bool:
    """Whether the name before character ``end`` has whom no town has: "Noha's husband"."""
    return _KIN.match(text, end) is not None


class People:
    """Reads persons' names; ``population`` tells how large the largest place of some words' name is."""

    def __init__(self, text: str, lexicon: Lexicon, population: Callable[[Run, int, int], int]) -> None:
        self._text = text
        self._lex = lexicon
        self._population = population

    def end(self, run: Run, i: int, j: int, *, titled: bool, located: bool) -> int:
        """The word after a person's name that begins at word ``i``, or ``i`` where none does.

        ``j`` ends the longest listed place name at ``i``; ``titled``: a title stands before it;
        ``located``: a preposition does that places stand behind.
        """
        lex, low = self._lex, run.lowers
        end = self._reach(run, i)
        if end == i or titled:
            return end
        length = end - i
        if length < 2:
            return i
        if low[end - 1] in ("jr", "sr", "ii", "iii"):
            return end
        given = low[i] in lex.given_names
        if (
            length == 2
            and _INITIALS.fullmatch(run.words[i])
            and not self._is_generic(run, end)
            and low[i] not in _STATES
            and j <= i + 1  # "N. Korea" is listed
        ):
            return end
        if self._is_generic(run, end) and not (
            given and length == 2 and low[end - 1] in lex.surnames and (self._age(run, end) or self._speaks(run, end))
        ):
            return i
        if length > _LONGEST:
            return i
        if any(len(w) == 2 and w[1] == "." for w in run.words[i + 1 : end - 1]):
            return end
        if length <= 4 and self._age(run, end) and (given or j < end) and not located:
            return end
        if given and length <= 4:
            known = self._population(run, i, j) if j > i else 0
            if j >= end and (known >= _KNOWN or located):
                return i
            if j == i + 1 and known >= _WELL_KNOWN and low[i + 1] in (lex.ordinary | lex.speaking):
                return i
            return end
        return i

    def _reach(self, run: Run, i: int) -> int:
        """The end of the words from ``i`` that may be one person's name."""
        lex, low, words = self._lex, run.lowers, run.words
        # no further than tells that it is too long for a name, which in capitals a whole page would be
        end, n = i, min(len(words), i + _FURTHEST)
        while end < n and (not words[end].islower() or low[end] in _PARTICLES):
            if end > i and low[end] not in lex.surnames:
                if low[end] in lex.armed:
                    return i  # "Israel Defense Forces": no Mr Defense is among them
                if low[end] in lex.brands or low[end] in lex.bodies or low[end] in lex.titles:
                    break
            if words[end].endswith(".") and low[end] in lex.state_abbreviations:
                break
            end += 1
        while end > i and words[end - 1].islower():
            end -= 1
        return end

    def _is_generic(self, run: Run, end: int) -> bool:
        lex, word = self._lex, run.lowers[end - 1]
        return (
            word in lex.facilities
            or word in lex.institutions
            or word in lex.regions
            or word in lex.waters
            or word in lex.landforms
            or run.words[end - 1][0].isdigit()
        )

    def _age(self, run: Run, end: int) -> bool:
        return bool(_AGE.match(self._text, run.ends[end - 1]))

    def _speaks(self, run: Run, end: int) -> bool:
        match = re.compile(r"\s+([a-z]+)").match(self._text, run.ends[end - 1])
        return bool(match and match[1] in self._lex.speaking)
