"""What the tokens of one text refer to: places, dates and figures found before, and the entity types of nouns.

Belongs here: looking up facts by token, and what sort of people, place or thing a noun phrase names.
Does not belong here: who an actor is (``arguments.identity``) and which role a phrase fills (``frames``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from ingest.extract.analysis import Analysis, Sentence
from ingest.extract.base import Found
from ingest.extract.claims.coreference.actors import demonyms, known
from ingest.extract.events.lexicon import classes, groups, groups_of, listed, pronouns, senses
from ingest.extract.syntax.tree import PROPER, Tree
from ingest.once import once
from ingest.records import DateMention, Evidence

_OF_PLACE = {
    "settlement": frozenset(["settlement", "place"]),
    "region": frozenset(["territory", "place"]),
    "country": frozenset(["territory", "place", "state"]),
    "water": frozenset(["territory", "place", "water"]),
    "facility": frozenset(["building", "place", "installation"]),
    "other": frozenset(["territory", "place"]),
    "reference": frozenset(["settlement", "place"]),
}
PEOPLE = frozenset(
    ["civilian", "child", "armed", "official", "journalist", "medic", "aid_worker", "prisoner", "people"]
)
PLACES = frozenset(["settlement", "territory", "building"])
ARMS = frozenset(["vehicle", "aircraft", "vessel", "weapon"])
# the groups that a class belongs to
_GROUPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PEOPLE, ("people",)),
    **dict.fromkeys(PLACES, ("place",)),
    **dict.fromkeys(ARMS, ("arms",)),
    "building": ("place", "installation"),
}
_OF_GERUND = frozenset(["pobj", "nsubj", "csubj", "nsubjpass"])
_THE_WEST = "west"
_OF_DOER = frozenset(["nsubj", "poss"])
_LEAST_OF_TITLE = 4  # words of a headline that is known again in the text
_NO_YEAR = "XXXX"  # the year of a value that states none
_LATE = timedelta(days=31)  # by which a stated day of publication may be wrong
_MOST_APART = timedelta(days=4 * 366)  # from a stated day of publication to a date that opens a line
_HEAD = 400  # characters in which a text says when it was written
ABSENT = frozenset(["none"])
_OF_GROUP = frozenset(["armed", "people", "side"])
_OF_MONEY = frozenset(["money"])  # what a sum is called, which is of no class
_OF_NAME = PROPER | {"HYPH"}
_PARTITIVES = listed("scope.toml", "partitives")
_LONGEST_NAME = 5  # words, a hyphen being one
_JOINT = re.compile(r"[ -]")


@lru_cache(maxsize=16_384)
def _of_word(low: str, tag: str, before: str) -> frozenset[str]:
    """What a word may be whatever it stands with: its groups, a side, an event, a number; ``before`` as of sides."""
    found = groups_of(low) | _of_side(low, tag, before)
    if tag in ("NN", "NNS") and _names_event(low):
        found |= {"event"}
    return found | {"people", "arms", "number"} if tag == "CD" else found


def _of_side(low: str, tag: str, before: str) -> set[str]:
    """The labels of a side's name or of who is of a state; ``before`` is the word before, as in "North Korean"."""
    entry = known().get(low)
    if entry is not None and (tag in PROPER or low in demonyms()):
        return {"side", "state"} if entry[1] == "country" else {"side"}
    if low in demonyms():
        return {"state", "side", "people"} if tag in ("NNS", "NNPS") else {"state", "side"}  # "two Britons"
    if f"{before} {low}" in demonyms():
        return {"state", "side"}
    return set()


def _names_event(low: str) -> bool:
    """True of a word that names an event as a noun."""
    return any(sense.part == "N" for sense in senses().get(low, ()))


@cache
def _demonym_ends() -> frozenset[str]:
    """The last words of demonyms of several words: "korean"."""
    return frozenset(name.rpartition(" ")[2] for name in demonyms() if " " in name)


@cache
def _group_ends() -> frozenset[str]:
    """What the names of listed armed groups end in, behind a space or a hyphen: "front", "nusra"."""
    names = (name for name, entry in known().items() if entry[1] == "group")
    return frozenset(name[at.end() :] for name in names for at in _JOINT.finditer(name))


class Referents:
    """Facts and noun classes by token of one analysed text."""

    def __init__(self, analysis: Analysis, found: Found) -> None:
        self.analysis = analysis
        self.found = found
        self.tokens = analysis.tokens
        self._places = self._by_token(found.locations)
        self._dates = self._by_token(found.dates)
        self._figures = self._by_token(found.figures)
        self._labels: dict[int, frozenset[str]] = {}
        self._headlines: dict[int, bool] = {}
        self._place_ends = self._ends(found.locations)
        self._date_ends = self._ends(found.dates)
        self._figure_tokens = sorted(self._figures.items())

    @once
    def reference_day(self) -> date | None:
        """The day of publication, or a day that the head of the text states, where none is known or a later one.

        Nothing is published before the days that it begins with; None where nothing tells the day.
        """
        published = self.analysis.dct
        for mention in self.found.dates:
            if mention.char_start > _HEAD:
                break
            day = mention.start_date
            if mention.granularity != "day" or not any(c.isdigit() for c in mention.exact):
                continue
            day = day if day is not None else self._with_year(mention.value)
            if day is None:
                continue
            is_later = published is not None and timedelta(0) < day - published <= _LATE
            if published is None or is_later or self._is_stamp(mention, abs(day - published)):
                return day
        return published

    def _is_stamp(self, mention: DateMention, apart: timedelta) -> bool:
        """True for a whole date that opens a line of the head: archives keep the day of upload, the text is right."""
        before = self.analysis.text[: mention.char_start].rstrip(" \t")
        return apart <= _MOST_APART and mention.anchor == "explicit" and before[-1:] in ("", "\n")

    def _with_year(self, value: str | None) -> date | None:
        """The day of "XXXX-04-28", the "April 28" before a text that goes on to tell of April 17, 2014; else None."""
        if value is None or not value.startswith(_NO_YEAR) or len(value) != len("XXXX-04-28"):
            return None
        for mention in self.found.dates:
            told = mention.start_date
            if told is None or mention.granularity != "day":
                continue
            try:
                day = date.fromisoformat(f"{told.year:04d}{value[len(_NO_YEAR) :]}")
            except ValueError:  # February 29, or a week
                return None
            if timedelta(0) <= day - told <= _LATE:
                return day
        return None

    @once
    def _title(self) -> tuple[str, ...]:
        """The words of the headline; empty for none."""
        lowers = self.tokens.lowers
        found = next((s for s in self.analysis.sentences if s.is_title), None)
        return tuple(lowers[found.first : found.last]) if found is not None else ()

    def is_headline(self, sentence: Sentence) -> bool:
        """True for the headline, and for a sentence of the text that repeats it word for word."""
        known = self._headlines.get(sentence.first)
        if known is None:
            known = self._headlines[sentence.first] = self._is_headline(sentence)
        return known

    def _is_headline(self, sentence: Sentence) -> bool:
        title = self._title
        if sentence.is_title or len(title) < _LEAST_OF_TITLE or sentence.last - sentence.first > 2 * len(title):
            return sentence.is_title
        lowers = self.tokens.lowers
        firsts = range(sentence.first, sentence.last - len(title) + 1)
        return any(lowers[k] == title[0] and tuple(lowers[k : k + len(title)]) == title for k in firsts)

    def _ends(self, facts: Sequence[Evidence]) -> list[tuple[int, int]]:
        """The last token of each fact with its index, in order."""
        return sorted((self.analysis.token_at(fact.char_end - 1), index) for index, fact in enumerate(facts))

    def places_in(self, first: int, last: int) -> list[tuple[int, int]]:
        """The locations that end between two tokens (``last`` exclusive), each as its last token and its index."""
        ends = self._place_ends
        return ends[bisect_left(ends, (first, 0)) : bisect_left(ends, (last, 0))]

    def dates_in(self, first: int, last: int) -> list[tuple[int, int]]:
        """The dates that end between two tokens (``last`` exclusive), each as its last token and its index."""
        ends = self._date_ends
        return ends[bisect_left(ends, (first, 0)) : bisect_left(ends, (last, 0))]

    def _by_token(self, facts: Sequence[Evidence]) -> dict[int, int]:
        table: dict[int, int] = {}
        for index, fact in enumerate(facts):
            first = self.analysis.token_at(fact.char_start)
            last = self.analysis.token_at(fact.char_end - 1)
            for token in range(first, last + 1):
                table.setdefault(token, index)
        return table

    def place_at(self, token: int) -> int | None:
        """Index of the location that a token is part of, or None."""
        return self._places.get(token)

    def date_at(self, token: int) -> int | None:
        """Index of the date that a token is part of, or None."""
        return self._dates.get(token)

    def figure_at(self, token: int) -> int | None:
        """Index of the figure that a token is part of, or None."""
        return self._figures.get(token)

    def figures_in(self, first: int, last: int) -> list[tuple[int, int]]:
        """The tokens from ``first`` to ``last`` (exclusive) that are part of a figure, each with its index."""
        tokens = self._figure_tokens
        return tokens[bisect_left(tokens, (first, 0)) : bisect_left(tokens, (last, 0))]

    def core(self, tree: Tree, head: int) -> int:
        """The token that says what a phrase names: "half of the town" is a town, "two of the missiles" missiles."""
        t = self.tokens
        for _ in range(3):
            if t.tags[head] != "CD" and t.lowers[head] not in _PARTITIVES:
                return head
            of = next((k for k in tree.kids(head) if k > head and t.lowers[k] in ("of", "in")), None)
            inner = tree.kid(of, "pobj") if of is not None else None
            if inner is not None and t.lowers[of or 0] == "in" and "goods" not in groups_of(t.lowers[inner]):
                inner = None  # "$2bn in aid" is aid, "half in the town" no town
            if inner is None:
                return head
            head = inner
        return head

    def labels(self, tree: Tree, head: int) -> frozenset[str]:
        """What the phrase that a token heads may be: its class and groups, ``unknown`` where it has none."""
        cached = self._labels.get(head)
        if cached is None:
            core = self.core(tree, head)
            cached = self._read(tree, core)
            if core != head and self.tokens.tags[head] != "CD":
                own = classes().get(self.tokens.lowers[head])
                cached |= {"part", *((own, "place") if own in PLACES else ())}
            self._labels[head] = cached
        return cached

    def _read(self, tree: Tree, head: int) -> frozenset[str]:
        t = self.tokens
        low, tag = t.lowers[head], t.tags[head]
        pronoun = self._of_pronoun(low, tag)
        if pronoun is not None:
            return pronoun
        if tag in PROPER and self._is_group(tree, head):
            return _OF_GROUP
        found = self._of_location(head)
        found |= self._of_class(tree, head, is_name=bool(found) and tag in PROPER)
        found |= _of_word(low, tag, t.lowers[head - 1] if low in _demonym_ends() and head > tree.first else "")
        if low == _THE_WEST and t.lowers[head - 1] == "the" and t.deps[head] in _OF_DOER:
            found.add("side")
        is_opening = tag in PROPER and t.deps[head] in _OF_GERUND and self._opens_line(tree, head)
        if (is_opening or (tag == "VBG" and t.deps[head] in _OF_GERUND)) and _names_event(low):
            found.add("event")
        if found <= _OF_MONEY:
            found |= self._of_unknown(head, tag, tree.first)
        return frozenset(found)

    def _opens_line(self, tree: Tree, head: int) -> bool:
        """True for the "Airstrikes" that opens a sentence, or a line that the sentence before has run into."""
        is_plural = self.tokens.tags[head] == "NNPS" and tree.kid(head, "compound") is None
        return head == tree.first or is_plural

    @staticmethod
    def _of_pronoun(low: str, tag: str) -> frozenset[str] | None:
        """The labels of a pronoun; None for other words."""
        if tag.startswith("PRP") or low in pronouns()["who"]:
            return pronouns().get(low, pronouns()["other"])
        return pronouns()["which"] if tag in ("WDT", "DT") and low in pronouns() else None

    def _is_group(self, tree: Tree, head: int) -> bool:
        """True where a listed armed group's name of several words ends: "Nusra Front" is no front."""
        t, first = self.tokens, head
        if t.lowers[head] not in _group_ends():
            return False
        while first > tree.first and head - first < _LONGEST_NAME and t.tags[first - 1] in _OF_NAME:
            first -= 1
            name = "".join(t.lowers[k] if t.tags[k] == "HYPH" else f" {t.lowers[k]}" for k in range(first, head + 1))
            entry = known().get(name.replace("- ", "-").strip())
            if entry is not None and entry[1] == "group":
                return True
        return False

    def _of_location(self, head: int) -> set[str]:
        """The labels of the location that ends with a token, or that it heads ("the Republic of X"); else none."""
        where = self._places.get(head)
        if where is None:
            return set()
        place, above = self.found.locations[where], self.tokens.heads[head]
        if self.tokens.ends[head] != place.char_end and (self._places.get(above) == where or above < 0):
            return set()
        return set(_OF_PLACE[place.kind])

    def _of_class(self, tree: Tree, head: int, *, is_name: bool) -> set[str]:
        """The class of a noun with the groups it belongs to; ``is_name`` for the name of a place, which has none."""
        cls = self._class(tree, head)
        if cls is None or is_name or (cls == "armed" and self._is_of_machine(tree, head)):
            return set()
        if cls in ARMS and self.tokens.tags[head] in PROPER and self._is_person(head, tree.first):
            return set()  # "Boeing Commercial Airplanes"
        return {cls, *_GROUPS.get(cls, ())}

    def _is_of_machine(self, tree: Tree, head: int) -> bool:
        """True for the "fighter" of "fighter jets"."""
        if self.tokens.lowers[head] not in groups()["of_machines"] or head + 1 >= tree.last:
            return False
        return self._class(tree, head + 1) in ARMS

    def _of_unknown(self, head: int, tag: str, first: int) -> set[str]:
        if tag not in PROPER:
            return {"unknown"}
        return {"unknown", "name", *(("people", "person") if self._is_person(head, first) else ())}

    def _class(self, tree: Tree, head: int) -> str | None:
        """The class of a noun; "centre" by itself is part of a town, "shopping centre" a building."""
        low = self.tokens.lowers[head]
        if low in groups()["built"] and self._has_before(tree, head, "uses"):
            return "building"
        if low in groups()["poisons"] and self._is_poison(tree, head):
            return "weapon"
        return classes().get(low)

    def _has_before(self, tree: Tree, head: int, group: str) -> bool:
        """True where a word of a group stands before a noun and belongs to it."""
        t = self.tokens
        before = (k for k in tree.kids(head) if k < head and t.deps[k] in ("compound", "amod", "nmod"))
        return any(t.lowers[k] in groups()[group] for k in before)

    def _is_poison(self, tree: Tree, head: int) -> bool:
        """True for "toxic gas", also where both hang on the next noun, and for the "gas" of "gas attack"."""
        t = self.tokens
        if self._has_before(tree, head, "poisonous"):
            return True
        is_behind = head > tree.first and t.lowers[head - 1] in groups()["poisonous"]
        is_next = is_behind and t.heads[head - 1] == t.heads[head]
        is_of_attack = t.deps[head] in ("compound", "nmod") and t.lowers[t.heads[head]] in groups()["by_gas"]
        return is_next or (is_of_attack and t.lowers[head] == "gas")

    def _is_person(self, head: int, first: int) -> bool:
        """True for a name behind a name in its sentence, which begins at the token ``first``."""
        t = self.tokens
        return head > first and t.tags[head - 1] == "NNP" and t.words[head - 1][:1].isupper()

    def argument_class(self, tree: Tree, head: int) -> str | None:
        """The record's class of what a phrase names, or None."""
        core = self.core(tree, head)
        cls = self._class(tree, core)
        if cls is not None:
            return cls
        where = self._places.get(core)
        if where is not None:
            kind = self.found.locations[where].kind
            return {"settlement": "settlement", "facility": "building", "reference": "settlement"}.get(
                kind, "territory"
            )
        labels = self.labels(tree, head)
        return "people" if "person" in labels else None
