"""Reads names that no source of the gazetteer lists.

Belongs here: when the words around such a name show a place, and how far the name goes. Does not belong here:
listed names (``mentions``), where an unlisted place is put (``anchors``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.extract.locations.capital_runs import Run
from ingest.extract.locations.draft import ENGLISH, OFFICIAL
from ingest.extract.locations.evidence import Surroundings
from ingest.extract.locations.gazetteer import Gazetteer
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.mention import Mention, Names
from ingest.extract.locations.names import fold
from ingest.extract.locations.regions import is_lower
from ingest.extract.locations.rows import are_named_with, is_in_row

_TELLING = 400  # characters: so long a text has a comma somewhere, unless it lost them all
# what a capitalised last word calls an unlisted name
_CALLED = {
    **dict.fromkeys(("city", "town", "village"), "town"),
    **dict.fromkeys(("neighborhood", "neighbourhood", "area", "quarter", "suburb"), "part"),
    **dict.fromkeys(("camp", "crossing", "checkpoint"), "site"),
}
# ", located about 70 km east of": only a place is
_AT_DISTANCE = re.compile(
    r",?\s+(?:(?:is|are|was|lies|which|located|situated)\s+){1,3}(?:(?:some|about|around|just|only|roughly)\s+)?\d+"
    r"(?:\.\d+)?\s*-?(?:km|kilomet|miles)"
)
HEADS = frozenset(("barangay", "brgy", "brgy.", "sitio", "purok", "kampung"))  # "village", before its name
_LETTERS = 6  # of a body's abbreviation
_COMMA_EVERY = 600  # characters: a text with fewer commas has lost them
_LIST_REACH = 120
# "the towns of", and the names of the list before "and": "the towns of Arbin Kafarbatna and"
_PLURAL_OF = re.compile(
    r"\b(?:towns|villages|cities|districts|neighbou?rhoods|suburbs|localities|hamlets|settlements)\s+of\s+"
    r"(?:(?:[A-Z][\w’'-]*|al|el)[ -])*(?:and\s+)?\Z"
)
_QUARTERS_OF = re.compile(r"\b(?:neighbou?rhoods|suburbs)\s+of\s+(?:(?:[A-Z][\w’'-]*|al|el)[ -])*(?:and\s+)?\Z")
_LOWER_TAIL = re.compile(r"[ \u00a0-]([a-z]+)")
# An apostrophe or article that no English name has, and no contraction: Ta'izz, Ain al-Arab
_FOREIGN = re.compile(
    r"-(?:al|el|ad|an|ar|as|at|az|ez|ed)-|[ -](?:al|el)-|[^\W\d]['’ʼ‘](?!(?:re|ve|ll|t|d|m|s)\b)[^\W\d]", re.I
)
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "es", "en", "er", "ed"))
# the vowel that joins two words of a Persian or Pashto name: Nahr-e Saraj, Pul-i-Khumri
_LINKS = frozenset(("e", "ye", "i", "yi", "ul"))
_POSTS = (" administrative post", " sub-district")
_IN_ANOTHER = re.compile(r" in [A-Z]")
_REGION_BEHIND = frozenset(
    (
        *("payam", "boma", "woreda", "kebele", "tehsil", "taluka", "taluk", "upazila", "cercle", "county"),
        *("region", "oblast", "province", "governorate", "district", "districts", "raion", "raions", "provinces"),
    )
)


def is_article(text: str, run: Run, i: int) -> bool:
    """Whether word ``i`` is the Arabic article before a name, or the vowel that joins a Persian one."""
    if i + 1 >= len(run.words) or len(run.words[i]) > 3:
        return False
    if i and run.words[i] in _LINKS and text[run.starts[i] - 1] == "-":
        return True
    hyphen = text[run.ends[i]] == "-"
    return (hyphen and (run.words[i].islower() or run.lowers[i] in _ARTICLES)) or run.words[i] in ("al", "el")


class Unlisted:
    """Reads unlisted names of one text into ``names``.

    ``is_sure`` tells whether a well-known place begins at a word of a run, ``starts_sentence`` whether a sentence
    does at a character.
    """

    def __init__(
        self,
        text: str,
        gazetteer: Gazetteer,
        around: Surroundings,
        names: Names,
        is_sure: Callable[[Run, int], bool],
        starts_sentence: Callable[[int], bool],
    ) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._around = around
        self._names = names
        self._is_sure = is_sure
        self._starts_sentence = starts_sentence
        self._lex = lexicon()
        self._has_no_commas = len(text) >= _TELLING and text.count(",") * _COMMA_EVERY < len(text)

    def is_list(self, run: Run) -> bool:
        """Whether a run is several names between which the commas are lost: "the towns of Arbin Kafarbatna Otaya"."""
        if not self._has_no_commas:
            return False
        before = self._text[max(0, run.start - _LIST_REACH) : run.start]
        return "of" in before and _PLURAL_OF.search(before) is not None

    def read_list(self, run: Run, longest: Callable[[Run, int], int]) -> None:
        """Read each name of such a list: what the gazetteer knows, else one word, or two behind "Tal" or "Jabal".

        ``longest`` gives the end of the longest listed name that begins at a word of the run.
        """
        i, n = 0, len(run.words)
        before = self._text[max(0, run.start - _LIST_REACH) : run.start]
        is_quarter = _QUARTERS_OF.search(before) is not None
        while i < n:
            j = max(longest(run, i), i + 1)
            while j < n and (
                (run.lowers[j - 1] in self._lex.name_heads and (j - 1 == i or run.lowers[j - 1] in _ARTICLES))
                or run.words[j - 1].islower()
                or run.text_between(j - 1, j, self._text) == "-"
            ):
                j += 1
            self._add(run, i, j, "town", is_quarter=is_quarter)
            i = j

    def read(self, run: Run, i: int) -> int:
        """A name no source lists: a place only where the words before or behind it say so."""
        n, lex = len(run.words), self._lex
        if i and run.lowers[i] in lex.prepositions:
            return i + 1  # "Killed Near al-Birka Town", a headline
        if i + 1 < n and run.words[i].isupper() and 1 < len(run.words[i]) <= 5:
            return i + 1  # CTV Edmonton
        j = i + 1
        while j < n and run.lowers[j] not in lex.titles:
            if run.words[j].islower():
                if not is_article(self._text, run, j):
                    break
            elif self._begins_another(run, j):
                break
            j += 1
        if j - i > 1 and run.lowers[j - 1] in _CALLED and not run.words[j - 2].islower():
            # "Birka City", "Birka Neighborhood": the last word says what it is
            self._add(run, i, j - 1, _CALLED[run.lowers[j - 1]])
        else:
            self._add(run, i, j, self._around.kind_behind(run.ends[j - 1]))
        return j

    def _begins_another(self, run: Run, j: int) -> bool:
        """Whether word ``j`` begins a well-known place's name, behind the end of an unlisted one."""
        is_first = not run.words[j - 1].islower() and run.lowers[j - 1] not in ("al", "el")
        return is_first and self._is_sure(run, j) and not self._is_within(run, j)

    def _is_within(self, run: Run, j: int) -> bool:
        """Whether word ``j`` ends a name that no source lists: a person's, or one that a hyphen joins.

        A place known by that word only in another spelling does not follow such a name without a comma.
        """
        if run.text_between(j - 1, j, self._text) == "-":
            return run.lowers[j - 1] not in self._lex.compass
        is_last = j == len(run.words) - 1 and not self._has_no_commas
        found = self._gazetteer.find(run.lowers[j]) if is_last and not run.words[j].isupper() else []
        if not found or any(how == OFFICIAL or p.kind == "country" for p, how in found):
            return False
        self._names.persons.add(run.lowers[j])
        return True

    def _add(self, run: Run, i: int, j: int, called: str | None, *, is_quarter: bool = False) -> None:
        """Add words ``i`` to ``j`` as a mention where something shows a place.

        ``called`` is what the text calls it; ``is_quarter`` tells that it is one of the quarters of a town.
        """
        lex, lowers = self._lex, run.lowers[i:j]
        if lex.demonyms.issuperset(lowers) or (j - i == 1 and self._are_letters(run, i)):
            return  # "the Russian region", "the Rwandan border": neither is named
        has_article = i > 0 and is_article(self._text, run, i - 1)
        start, end = run.starts[i - has_article], run.ends[j - 1]
        tail = _LOWER_TAIL.match(self._text, end)
        post = next((each for each in _POSTS if self._text.startswith(each, end)), None)
        region = bool(tail and tail[1] in _REGION_BEHIND) or post is not None
        if not region and any(w in lex.brands or w in lex.bodies for w in lowers):
            return  # "the Observatory", which some town's name stands before
        if self._around.is_medium(end, []):
            return  # "the state BelTA news agency"
        key = fold(self._text[start:end])
        if key.replace(" ", "_") in lex.media_names and not region:
            return
        named = self._around.is_named_place(start) or self._around.is_called_place(end)
        named = named or (run.lowers[i] in HEADS and j - i > 1) or self._is_put(start, end, lowers)
        named = named or (self._around.is_side_of(start) and self._is_whole(end))
        located = self._around.is_at(start)
        if named and not located and tail and tail[1] in lex.speaking and not self._around.is_named_after(start):
            return  # "aid to the city Birka said", which lost its comma
        foreign = has_article or is_article(self._text, run, i) or bool(_FOREIGN.search(self._text, start, end))
        is_dated = self._text.startswith(", ", end) and self._around.is_dateline(start, end)
        named = named or (is_dated and run.words[i].isupper())
        if called is not None:
            has_the = self._text[max(0, start - 4) : start].lower() == "the "
            named = named or foreign or located or (called == "town" and not has_the)
        loose = self._gazetteer.find_loose(key) if named or region or located or foreign else []
        may_be_other = called is not None or not (named or region)
        if may_be_other and any(w in lex.ordinary or w.removesuffix("s") in lex.ordinary for w in lowers):
            return  # "Hezbollah areas", "at al-Nusra"
        if named or region:
            said = "region" if region else "facility" if called == "site" else "settlement"
            if post is not None:
                end, key = end + len(post), f"{key} district"
            elif region and tail and not tail[1].endswith("s"):
                end, key = tail.end(1), f"{key} {tail[1]}"  # another key than the town's
            score = 2.5 if loose or (named and key not in lex.ordinary) else 1.5
            mention = Mention(start, end, key, loose, "named_kind", score, said, True)
            is_district = region and tail is not None and _is_lower_region(tail[1])
            is_part = called == "part" or (called != "town" and self._around.is_quarter_of(start))
            mention.is_quarter = is_quarter or is_part or is_district
            self._names.mentions.append(mention)
        elif loose and located and run.lowers[i] not in lex.given_names:
            score = 1.5 if foreign else 1.0
            self._names.mentions.append(Mention(start, end, key, loose, "loose", score, None, foreign))
        elif loose and foreign and max(p.population for p, _ in loose) >= 20_000:
            self._names.mentions.append(Mention(start, end, key, loose, "loose", 1.5))
        elif foreign and located and run.words[i][0].isupper():
            self._names.mentions.append(Mention(start, end, key, [], "unlisted", 1.6))
        elif self._may_be_unlisted(run, i, j, start):
            # no more than a guess: it counts where a region or neighbours are named beside it
            score = 0.0 if self._around.word_before(start) == "at" else 0.6
            self._names.mentions.append(Mention(start, end, key, [], "unlisted", score))

    def _is_put(self, start: int, end: int, lowers: list[str]) -> bool:
        """Whether the words behind a name, or its row, show that it is a place: "located 70 km east of"."""
        return _AT_DISTANCE.match(self._text, end) is not None or self._is_in_row(start, end, lowers)

    def _is_in_row(self, start: int, end: int, lowers: list[str]) -> bool:
        """Whether a name is one of "the villages of A, B and C", and no people: "Arab and Kurdish villages"."""
        lex = self._lex
        return is_in_row(self._text, start, end) and not any(w in lex.ordinary or w in lex.demonyms for w in lowers)

    def _are_letters(self, run: Run, i: int) -> bool:
        """Whether word ``i`` is a body's letters, amid small ones: "a CRPF camp"."""
        if not run.words[i].isupper() or not 1 < len(run.words[i]) <= _LETTERS:
            return False
        beside = self._text[max(0, run.start - 20) : run.start] + self._text[run.end : run.end + 20]
        return any(c.islower() for c in beside)

    def _is_abroad(self, name: str) -> bool:
        """Whether a town bears a name that no person does and no English country's town alone."""
        found = self._gazetteer.find(fold(name))
        return any(p.kind == "settlement" and p.country not in ENGLISH for p, how in found if how == OFFICIAL)

    def _is_whole(self, end: int) -> bool:
        """Whether a name ends at ``end``: behind it stand a mark or a word that holds the sentence together."""
        tail = _LOWER_TAIL.match(self._text, end)
        return self._text[end : end + 1] in (",", ".", ";", ")") or (tail is not None and tail[1] in self._lex.function)

    def _may_be_unlisted(self, run: Run, i: int, j: int, start: int) -> bool:
        lex, words = self._lex, range(i, j)
        if j - i > 3 or self._starts_sentence(start):
            return False
        before, end = self._around.word_before(start), run.ends[j - 1]
        is_listed = are_named_with(self._text, start, end, self._is_abroad)
        if before == "at":
            is_listed = _IN_ANOTHER.match(self._text, end) is not None
        # "captured Lane", "defended Lane": a person as well
        is_told = before in ("in", "near", "into", "outside", "towards", "toward") or before in lex.overrun
        if not is_told and not is_listed:
            return False
        if self._text[max(0, start - 4) : start].lower() == "the " or self._text[end : end + 1] in ("'", "’", "-"):
            return False
        tail = _LOWER_TAIL.match(self._text, end)
        if self._around.is_before_noun(end) and tail and tail[1] not in lex.sites | lex.public_places | lex.landforms:
            return False  # "in Naxalite attack"
        if self._text.startswith(" of ", end):
            return False  # "in Face of", a headline's
        if all(re.search(rf"\b{re.escape(run.lowers[k])}\b", self._text) for k in words):
            return False  # words that the text has in lower case as well: a headline's
        is_other = any(
            len(run.words[k]) < 4 or run.words[k].removesuffix("s").isupper() or not run.words[k][0].isalpha()
            or run.lowers[k] in lex.ordinary or run.lowers[k] in lex.given_names or run.lowers[k] in lex.surnames
            or run.lowers[k] in lex.brands or run.lowers[k] in lex.bodies or run.lowers[k] in lex.demonyms
            for k in words
        )  # fmt: skip
        return not is_other and not self._around.is_titles_alone(start, end)


def _is_lower_region(word: str) -> bool:
    """Whether the word behind a name makes it a region that lies in another."""
    return word in ("district", "districts", "administrative", "sub") or is_lower(word)
