"""Apostrophes that a text has lost: where they were.

Belongs here: what shows that a text has lost its apostrophes, and which of its words had one. Does not belong here:
telling what is found with them of the text without (``ingest.extract.written``), marks of quotation.

Some publishers' pages write "Syrias army doesnt" for "Syria's army doesn't". A tagger takes "Syrias" for somebody's
name, no gazetteer knows it, and the army is nobody's. So such a text is read with its apostrophes put back, and what is
found is told of the text as it is written.

A text with one apostrophe of a genitive or contraction has lost none. Of others, only words that are no plural are
changed: contractions, "citys" and "womens", names of states and bodies with an "s", and names with an "s" that stand
without it in the text too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from ingest.extract.claims.coreference.actors import demonyms, known, state_called
from ingest.extract.lexicon import toml
from ingest.extract.locations.lexicon import lexicon as names
from ingest.extract.written import Written
from ingest.once import once
from ingest.values import value

_KEPT = re.compile(r"['’ʼ](?<=\w.)(?:s|t|re|ve|ll|d|m)\b", re.I)
_WORD = re.compile(r"[^\W\d_][\w-]*(?<![-_])")
# a word that may have lost one: it ends in "s" or as a contraction does
_ENDING = re.compile(r"(?<![\w'’-])[^\W\d_][\w-]*(?:s|nt|ve|re|m|ll)\b(?!['’-])", re.I)
_AROUND = re.compile(r"[ \t\u00a0]+[\"“(]?([\w-]+)")
_BLANKS = " \t\u00a0"
_LONGEST_BEFORE = 40  # characters in which the word before is looked for
_CONSONANT_Y = re.compile(r"[^\Waeiou_\d]ys$")
_IN_PLACE = re.compile(r"\b(?:in|near|outside|inside|around) ([^\W\d_a-z][\w-]+)\b(?! [^\W\d_a-z])")
_SHORT = 4  # letters of a name, under which it is an acronym or a word of another meaning


@value(frozen=True, slots=True)
class _Words:
    """The lists of ``data/en/apostrophes.toml``."""

    contractions: dict[str, str]
    contractions_of_loss: dict[str, str]
    no_signs: frozenset[str]
    behind_it_is: frozenset[str]
    irregular: frozenset[str]
    bodies: frozenset[str]
    other_names: frozenset[str]
    before_units: frozenset[str]
    units: frozenset[str]
    weekdays: frozenset[str]
    not_behind: frozenset[str]
    before_plurals: frozenset[str]
    before_states: frozenset[str]


@cache
def _words() -> _Words:
    raw = toml("apostrophes.toml")
    lists = {name: frozenset(listed) for name, listed in raw["words"].items()}
    return _Words(raw["contractions"], raw["contractions_of_loss"], **lists)


@cache
def _rulers() -> frozenset[str]:
    return frozenset(toml("camps.toml")["rulers"])


def restored(text: str, is_place: Callable[[str], bool] | None = None) -> Written | None:
    """How a text is written and where its apostrophes were; None for one that has lost none.

    ``is_place`` tells whether a word, lower case, is the name of a large place; without it, only what the text shows
    is known.
    """
    if _KEPT.search(text) is not None:
        return None
    lost = _Lost(text, is_place)
    at = lost.places() if lost.is_shown() else []
    return Written(text, tuple(offset + number for number, offset in enumerate(at))) if at else None


class _Lost:
    """Where a text without apostrophes has lost one."""

    def __init__(self, text: str, is_place: Callable[[str], bool] | None) -> None:
        self._text = text
        self._is_large_place = is_place
        self._endings = [(m.start(), m.group()) for m in _ENDING.finditer(text)]

    def is_shown(self) -> bool:
        """Whether some word has certainly lost its apostrophe."""
        return any(self._is_sign(start, word) for start, word in self._endings)

    def places(self) -> list[int]:
        """Offsets of the characters that an apostrophe stood before, in order."""
        found = (self._place(start, word) for start, word in self._endings)
        return [at for at in found if at is not None]

    def _is_sign(self, start: int, word: str) -> bool:
        low = word.lower()
        if self._contracted(word) is not None:
            return low not in _words().no_signs and low not in _words().contractions_of_loss
        if not low.endswith("s"):
            return False
        # what the word shows by itself is asked first: most are plurals, and those in small letters no places
        is_surely_of = self._is_surely_of(start, word)
        if not is_surely_of and "a" <= word[0] <= "z":
            return False
        return self._may_own(start, word) and (is_surely_of or self._is_of_place(word))

    def _place(self, start: int, word: str) -> int | None:
        low, lists = word.lower(), _words()
        before_s = start + len(word) - 1
        if low == "its":
            return before_s if self._behind(start, word) in lists.behind_it_is else None
        base = self._contracted(word)
        if base is not None:
            return before_s if low.endswith("nt") else start + len(base)
        if not low.endswith("s") or not self._may_own(start, word):
            return None
        is_genitive = self._is_surely_of(start, word) or self._is_of_place(word) or self._is_of_named(start, word)
        return before_s if is_genitive else None

    @staticmethod
    def _contracted(word: str) -> str | None:
        """The "they" of "theyre", the "I" of "Im" but not of "IM"."""
        low, lists = word.lower(), _words()
        base = lists.contractions.get(low) or lists.contractions_of_loss.get(low)
        return None if word[1:].isupper() or (base == "i" and word[0] != "I") else base

    def _is_surely_of(self, start: int, word: str) -> bool:
        low = word.lower()
        if low in _words().units:
            return self._is_unit(start)
        if low == "peoples":
            return True
        return self._is_no_plural(word) or self._is_of_listed(word) or self._is_day(start, low)

    @staticmethod
    def _is_no_plural(word: str) -> bool:
        """True for "citys" and "womens", which are no English plurals; of names for "Observatorys" alone."""
        low = word[:-1].lower()
        if word[1:] != word[1:].lower():
            return False
        if _CONSONANT_Y.search(word) is not None and (word.islower() or low in _words().bodies):
            return True
        return low in _words().irregular

    @staticmethod
    def _is_of_listed(word: str) -> bool:
        """True for the name of a listed state, body or ruler with an "s": "Syrias", "SANAs"; not for "Syrians"."""
        name, low = word[:-1], word.lower()
        bare = name.rsplit("-", 1)[-1]
        is_short = len(name) < _SHORT and not name.isupper()
        if not bare[:1].isupper() or is_short or low in known() or low in demonyms():
            return False
        if bare.lower() in _rulers() or bare.lower() in _words().other_names:
            return True
        return name.lower() in known() and name.lower() not in state_called()

    def _is_day(self, start: int, low: str) -> bool:
        """True for the "Mondays" of "after Mondays raid"."""
        return low[:-1] in _words().weekdays and self._before(start).lower() != "on"

    def _is_of_place(self, word: str) -> bool:
        """True for "Aleppos" where the text has "in Aleppo" too, or Aleppo is known: no place has a plural."""
        name = word[:-1]
        if name not in self._places_named and not (
            self._is_large_place is not None and name[:1].isupper() and self._is_large_place(name.lower())
        ):
            return False
        return name.lower() not in names().given_names and self._is_name(word)

    def _is_of_named(self, start: int, word: str) -> bool:
        """True for "al-Assads" where the text has "al-Assad" too, and for "Islamic States" beside "Islamic State"."""
        name, before = word[:-1], self._before(start)
        pair, pair_with_s = (before, name), (before, word)
        if name.isupper() and len(name) > 1:
            return word[-1] == "s" and (self._is_of_body(name) or self._is_before_name(start, word))
        is_name = before[:1].isupper() and name[:1].isupper() and name.lower() not in demonyms()
        if is_name and before.lower() not in names().function and self._pairs[pair] > self._pairs[pair_with_s]:
            return True
        if before.lower() == "the" and not self._pairs["the", name]:
            return False  # "the Assads"
        return self._is_name(word) and self._seen[name] + self._seen[name.rsplit("-", 1)[-1]] > 0

    def _is_name(self, word: str) -> bool:
        """Whether a word with an "s" is a name without it, and no name, no people and no other word with it."""
        low, name = word.lower(), word[:-1].rsplit("-", 1)[-1]
        if not name[:1].isupper() or name.isupper() or name[-1] == "s" or len(name) < _SHORT - 1:
            return False  # "NGOs"
        if self._seen[low] or self._seen[low[:-1]] or self._seen[name[:-1]] or self._seen[name[:-2] + "a"]:
            return False  # "Attacks" in a headline, the "Crimeans" of Crimea
        lists, both = names(), (low, name.lower())
        is_word = any(w in lists.demonyms or w in lists.ordinary or w in _words().bodies for w in both)
        return not (is_word or low in lists.surnames or low in known())

    def _is_of_body(self, name: str) -> bool:
        """True for "SOHRs" where the text has "SOHR" too, and neither "an SOHR" nor an "SOHRs" that is no genitive."""
        counts = any(self._pairs[article, name] for article in ("a", "an", "A", "An"))
        return self._seen[name] > 0 and not counts and name + "s" not in self._plurals

    def _is_before_name(self, start: int, word: str) -> bool:
        """True for the "QTVs" of "QTVs Jane Roe"; not for "SUVs Tuesday"."""
        match = _AROUND.match(self._text, start + len(word))
        is_name = match is not None and match[1].istitle() and match[1].lower() not in names().function
        return is_name and len(word) >= _SHORT and word not in self._plurals

    def _is_unit(self, start: int) -> bool:
        """True for the "years" of "last years floods"; not in "the next years"."""
        before = self._before(start)
        if before.lower() not in _words().before_units:
            return before.lower() == "new"  # "the New Years holidays"
        return self._before(start - len(before) - 1).lower() not in ("the", "these", "those")

    def _may_own(self, start: int, word: str) -> bool:
        """Whether a word follows that may stand behind a genitive, and none goes before that counts.

        Behind "in Syrias" nothing need follow.
        """
        behind = self._behind(start, word)
        before = self._before(start).lower()
        if behind and behind not in _words().not_behind:
            return before not in _words().before_plurals
        entry = known().get(word[:-1].lower())
        return word[:1].isupper() and before in _words().before_states and entry is not None and entry[1] == "country"

    def _behind(self, start: int, word: str) -> str:
        match = _AROUND.match(self._text, start + len(word))
        return match[1].lower() if match is not None else ""

    def _before(self, start: int) -> str:
        """The word that only blanks, and at most a line's end, part from what starts there; read backwards."""
        near = self._text[max(0, start - _LONGEST_BEFORE) : start].removesuffix("\n")
        told = near.rstrip(_BLANKS)
        if len(told) == len(near):
            return ""
        at = len(told)
        while at and (told[at - 1].isalnum() or told[at - 1] in "_-"):
            at -= 1
        return told[at:]

    @once
    def _running(self) -> list[str]:
        return _WORD.findall(self._text)

    @once
    def _seen(self) -> Counter[str]:
        return Counter(self._running)

    @once
    def _pairs(self) -> Counter[tuple[str, str]]:
        """Words of the text with the word behind them."""
        return Counter(zip(self._running, self._running[1:], strict=False))

    @once
    def _plurals(self) -> frozenset[str]:
        """Words of the text with an "s" that somewhere are no genitive."""
        return frozenset(word for start, word in self._endings if not (self._may_own(start, word)))

    @once
    def _places_named(self) -> frozenset[str]:
        """Words with a capital that stand behind a preposition of place, and before no other name."""
        return frozenset(m[1] for m in _IN_PLACE.finditer(self._text))
