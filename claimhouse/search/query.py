"""What a person typed, as a query of the index.

Belongs here: words, phrases, words to leave out, the other spellings of names, filters. Does not belong here:
running the query (``search``).

    troops withdrew         both words, in any form of theirs
    "withdrew from"         the words one behind the other
    -drone                  what does not hold the word
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from tantivy import FieldType, Occur, Query, Schema

from claimhouse.search.documents import days
from claimhouse.search.fields import NAME, RECORDS, is_stop_word, loose, stems
from claimhouse.search.names import Known, Names
from claimhouse.search.senses import kinds_of, other_forms
from ingest.extract.locations.names import fold

# how much a word in each field counts for
_WEIGHTS = {"body": 1.3, "text": 1.0, "about": 0.8}
_SPELLING, _LOOSE, _KIND = 0.9, 0.5, 0.4
_TIE = 0.1  # what a word counts for in its other fields
_LONGEST_NAME = 5  # words
_MOST_WORDS = 40
_MOST_CHARS = 1_000
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“„«](?P<phrase>[^"”“»]*)["”“»]|(?P<word>[^\s"“”„«»]+))')


class SearchError(ValueError):
    """What is asked for cannot be searched for; the message says why."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be; what is None is left open."""

    records: tuple[str, ...] = ()  # of RECORDS; none: all
    place: str | None = None
    speaker: str | None = None
    side: str | None = None
    kind: str | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None

    def given(self) -> dict[str, Any]:
        """What is not left open, by name."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}


@dataclass(slots=True)
class Parsed:
    """A query in its parts. ``wanted`` are those that a hit should hold, ``optional`` lift it, ``banned`` rule it out.

    ``forms`` (each the stems of one word, or of words one behind the other), ``looses`` and the triggers of ``kinds``
    are what is marked in a hit.
    """

    wanted: list[Query] = field(default_factory=list)
    optional: list[Query] = field(default_factory=list)
    banned: list[Query] = field(default_factory=list)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    looses: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not self.wanted and not self.optional

    def all_of_it(self) -> Query:
        """Hits that hold everything wanted."""
        must = self.wanted or self.optional
        lift = self.optional if self.wanted else []
        return Query.boolean_query(
            [(Occur.Must, q) for q in must]
            + [(Occur.Should, q) for q in lift]
            + [(Occur.MustNot, q) for q in self.banned]
        )

    def most_of_it(self, *, is_all_there: bool) -> Query | None:
        """Hits that hold more than half of what is wanted, or where nothing holds all of it, half; None for neither."""
        least = len(self.wanted) // 2 + (1 if is_all_there else len(self.wanted) % 2)
        if not 0 < least < len(self.wanted):
            return None
        some = Query.boolean_query([(Occur.Should, q) for q in self.wanted], least)
        return Query.boolean_query([(Occur.Must, some)] + [(Occur.MustNot, q) for q in self.banned])


@dataclass(frozen=True, slots=True)
class Asker:
    """Makes queries for one index."""

    schema: Schema
    known: Known
    is_common: Callable[[str], bool]  # of a stem: most records hold it, so that it tells little and costs much

    def parse(self, text: str) -> Parsed:
        """Read what was typed. Whatever it is, it is read as something.

        Raises:
            SearchError: it is longer than anybody types.
        """
        if len(text) > _MOST_CHARS:
            raise SearchError(f"a search has at most {_MOST_CHARS} characters, not {len(text)}")
        parsed = Parsed()
        run: list[str] = []
        for part in list(_PART.finditer(text))[:_MOST_WORDS]:
            phrase, word = part["phrase"], part["word"]
            if part["minus"]:
                if (query := self._phrase(stems(phrase or word))) is not None:
                    parsed.banned.append(query)
            elif phrase is not None:
                self._words(run, parsed)
                run = []
                self._quoted(phrase, parsed)
            else:
                run.append(word)
        self._words(run, parsed)
        return parsed

    def _quoted(self, phrase: str, parsed: Parsed) -> None:
        found = stems(phrase)
        query = self._phrase(found)
        if query is None:
            return
        parsed.wanted.append(query)
        parsed.forms.add(tuple(found))

    def _words(self, run: Sequence[str], parsed: Parsed) -> None:
        """Words outside quotation marks; the longest names among them are looked up first."""
        words = [w for w in (word.strip(".,;:!?()[]") for word in run) if stems(w)]
        folded = [fold(word) for word in words]
        stretches = {
            (i, j): " ".join(folded[i:j])
            for i in range(len(words))
            for j in range(i + 1, min(i + _LONGEST_NAME, len(words)) + 1)
        }
        named = self.known.find(stretches.values())
        at = 0
        while at < len(words):
            end = next(
                (j for j in range(min(at + _LONGEST_NAME, len(words)), at, -1) if stretches[at, j] in named), at + 1
            )
            names = named.get(stretches[at, end], [])
            if end == at + 1 and not names:
                names = self._otherwise_spelt(words[at])
            self._one(words[at:end], names, parsed)
            at = end

    def _otherwise_spelt(self, word: str) -> list[Names]:
        key = loose(word)
        return self.known.find([f"~{key}"]).get(f"~{key}", []) if key else []

    def _one(self, words: Sequence[str], names: Sequence[Names], parsed: Parsed) -> None:
        """A word, or the words of a name, in whatever field and spelling."""
        own = stems(" ".join(words))
        is_common = len(own) == 1 and self.is_common(own[0])
        weights = {"text": 1.0} if is_common else _WEIGHTS
        choices = [
            Query.boost_query(query, weight)
            for name, weight in weights.items()
            if (query := self._phrase(own, name)) is not None
        ]
        is_optional = not names and all(is_stop_word(word) for word in words)
        if not is_optional:
            parsed.forms.add(tuple(own))
        forms = {tuple(stems(form)) for name in names for form in name.forms}
        if len(words) == 1 and not names:
            forms |= {tuple(stems(form)) for form in other_forms(words[0])}
            for kind in sorted(kinds_of(words[0])):
                choices.append(Query.boost_query(Query.term_query(self.schema, "kind", kind, "basic"), _KIND))
                parsed.kinds.add(kind)
        # a spelling that holds the word itself ("Kyiv city") finds nothing that the word does not
        forms = {form for form in forms if form and not _holds(form, own)}
        for form in sorted(forms):
            found = [self._phrase(form, name) for name in ("text", "about")]
            choices += [Query.boost_query(query, _SPELLING) for query in found if query is not None]
            parsed.forms.add(form)
        if len(words) == 1 and not is_common and (key := loose(words[0])):
            choices.append(Query.boost_query(Query.term_query(self.schema, "loose", key, "basic"), _LOOSE))
            parsed.looses.add(key)
        if not choices:
            return
        query = Query.disjunction_max_query(choices, _TIE)
        (parsed.optional if is_optional else parsed.wanted).append(query)

    def _phrase(self, words: Iterable[str], name: str = "text") -> Query | None:
        """The stems one behind the other in a field; None for none."""
        found = list(words)
        if not found:
            return None
        if len(found) == 1:
            return Query.term_query(self.schema, name, found[0])
        return Query.phrase_query(self.schema, name, list(found))

    def filtered(self, filters: Filters) -> tuple[list[tuple[Occur, Query]], list[str]]:
        """Filters as parts of a query, and a note for each name that stands for another one.

        Raises:
            SearchError: nothing here has such a name.
        """
        parts: list[tuple[Occur, Query]] = [(Occur.MustNot, self._raw("record", [NAME]))]
        notes: list[str] = []
        if filters.records:
            if unknown := set(filters.records) - set(RECORDS):
                raise SearchError(f"there is no record {sorted(unknown)[0]!r}; there are {', '.join(RECORDS)}")
            parts.append((Occur.Must, self._raw("record", filters.records)))
        if filters.place:
            places = self._named(filters.place, "place")
            notes += _taken_for("place", filters.place, places)
            parts.append((Occur.Must, self._raw("place", [n.token for n in places if n.token])))
        if filters.speaker:
            parts.append((Occur.Must, self._speaker(filters.speaker)))
        for name, value in self._codes(filters).items():
            parts.append((Occur.Must, self._raw(name, [value])))
        if filters.since or filters.until:
            first, last = (days(d) if d else None for d in (filters.since, filters.until))
            parts.append((Occur.Must, Query.range_query(self.schema, "day", FieldType.Integer, first, last)))
        # filters say which hits, not which are better
        return [(occur, Query.const_score_query(query, 0.0)) for occur, query in parts], notes

    def _codes(self, filters: Filters) -> Mapping[str, str]:
        given = {
            "side": filters.side and filters.side.upper(),
            "kind": filters.kind and filters.kind.lower(),
            "publisher": filters.publisher and filters.publisher.lower(),
        }
        return {name: value for name, value in given.items() if value}

    def _named(self, name: str, what: str) -> list[Names]:
        if found := self.known.one(name, what):
            return found
        raise SearchError(f"no {what} here is called {name!r}")

    def _speaker(self, name: str) -> Query:
        """Speakers of a name, in any of its spellings, or with these words in theirs."""
        forms = {tuple(stems(name))} | {tuple(stems(form)) for n in self.known.one(name, "actor") for form in n.forms}
        choices = [(Occur.Should, q) for form in sorted(forms) if (q := self._phrase(form, "speaker")) is not None]
        if not choices:
            raise SearchError(f"{name!r} is no name of a speaker")
        return Query.boolean_query(choices)

    def _raw(self, name: str, values: Iterable[str]) -> Query:
        return Query.term_set_query(self.schema, name, list(values))


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """True where the words of ``part`` stand in ``words``, one behind the other."""
    return any(list(words[i : i + len(part)]) == list(part) for i in range(len(words) - len(part) + 1))


def _taken_for(what: str, given: str, names: Sequence[Names]) -> list[str]:
    if any(fold(given) == fold(name.name) for name in names):
        return []
    return [f"{what} {given!r} is taken for {' or '.join(repr(name.name) for name in names[:3])}"]
