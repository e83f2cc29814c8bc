"""The bodies that a text names, under the fullest name that it gives each.

Belongs here: listed bodies by any of their names, short forms of a longer name ("Observatory"),
acronyms, the nouns that describe a body ("the SANA news agency", "Roe Group, a company"). Does not belong
here: "the ministry" and "the group" (``roles``), persons (``people``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import bare, demonyms, known, metonyms
from ingest.extract.claims.coreference.mentions import NameMentions
from ingest.extract.claims.coreference.names import expansion
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, behind_date, is_office_word, known_places

_DESCRIPTORS = words("coreference.toml", "descriptors")
# "the Institute for the Study of War (ISW)"; the letters in brackets are looked for first
_SPELLED_OUT = re.compile(
    r"((?:[A-Z][\w’'-]+|of|the|for|and|on|in)(?:\s+(?:[A-Z][\w’'-]+|of|the|for|and|on|in|de)){1,9})\s+\(([A-Z][A-Za-z.]{1,9})\)"
)
_IN_BRACKETS = re.compile(r"\([A-Z][A-Za-z.]{1,9}\)")
_LONGEST = 9  # words of a body's name
_OWNERS = 3  # of an owner of a body
_SHORTEST_ACRONYM = 3  # letters
_NEAR_END = 4  # words at the end of a body's name, of which one says what it is: "Mission in South Sudan"
_BODY_WORDS = words("people.toml", "bodies", "words")
_NO_OWNERS = words("people.toml", "roles") | words("camps.toml", "opposed")
_WORD = re.compile(r"[\w.&’'-]+")


@dataclass(frozen=True, slots=True)
class Body:
    """One name of a body: its text, its words in lower case, and the run that it ends with."""

    name: str
    words: tuple[str, ...]
    head: str
    last: int


class Bodies:
    """The names of bodies in one text.

    Attributes:
        acronyms: names that the letters of an acronym, lower case, stand for.
    """

    def __init__(self, analysis: Analysis, mentions: NameMentions) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.mentions = mentions
        self.acronyms: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._long: list[Body] = []
        self._spelled_out()
        self._initials()
        self._collect()

    def _spelled_out(self) -> None:
        """Acronyms in brackets behind what they stand for."""
        text = self.analysis.text
        for m in _SPELLED_OUT.finditer(text) if _IN_BRACKETS.search(text) else ():
            full = expansion(m.group(1).split(), m.group(2).replace(".", ""))
            full = full or self._of_body(m.group(1).split(), m.group(2))
            if full:
                self.acronyms[m.group(2).lower()] = full

    @staticmethod
    def _of_body(parts: list[str], acronym: str) -> str | None:
        """The body's name right before an acronym of other words: "Human Rights Office (OHCHR)"; None where none is."""
        entry = known().get(acronym.lower())
        if not acronym.isupper() or len(acronym) < _SHORTEST_ACRONYM or (entry is not None and entry[1] == "media"):
            return None
        # "On Monday the Defence Ministry", "In Kyiv the Rights Office": words of the sentence, not of the name
        first = max((k + 1 for k, w in enumerate(parts) if _is_before_name(parts, k, w)), default=0)
        first = next((k for k in range(first, len(parts)) if parts[k][:1].isupper()), len(parts))
        name = parts[first:]
        is_body = len(name) > 1 and not _BODY_WORDS.isdisjoint(w.lower() for w in name[-_NEAR_END:])
        return " ".join(name) if is_body and name[0][:1].isupper() else None

    def _initials(self) -> None:
        """An acronym that the letters of a body's name elsewhere in the text spell."""
        t, names = self.tokens, self.mentions
        short = {t.lowers[k]: t.words[k] for k in names.runs if t.words[k].isupper() and 3 <= len(t.words[k]) <= 6}
        if not short:
            return
        for last, first in names.runs.items():
            begin = names.name_part(first, last) if last > first else first
            for start in {first, begin}:
                name = names.text(start, names.body_end(last))
                if " " not in name:
                    continue
                letters = "".join(w[0] for w in name.split() if w[:1].isupper()).lower()
                if letters in short and letters not in self.acronyms:
                    self.acronyms[letters] = name

    def _collect(self) -> None:
        """The fullest form of each listed body, and all names of bodies of two words or more."""
        names, table = self.mentions, known()
        for last, first in names.runs.items():
            ends = {last, names.body_end(last)}
            for start in self._starts(first, last):
                for end in ends:
                    name = names.text(start, end)
                    entry = table.get(bare(name))
                    if entry is not None and entry[1] != "country" and bare(name) not in metonyms():
                        best = self._forms.get(entry[0])
                        if best is None or _fullness(name) > _fullness(best):
                            self._forms[entry[0]] = _ARTICLE.sub("", name)
            start, end = self.extent(first, last)
            if (end > start) and names.is_body(names.name_part(first, last), last):
                self._take(names.text(start, end), last)
        for full in self.acronyms.values():
            self._take(full, -1)

    def _take(self, name: str, last: int) -> None:
        low = [w.strip("’'.") for w in _WORD.findall(_ARTICLE.sub("", name).lower())]
        low = [w.removesuffix("’s").removesuffix("'s") for w in low if w]
        if name.isupper() or len(low) > _LONGEST:
            return  # a headline, a line of tags
        if len(low) > 2 and low[0] in known_places() and low[1] in demonyms():
            name, low = " ".join(name.split()[1:]), low[1:]  # a place that a text without commas has glued to it
        if len(low) >= 2 and all(b.words != tuple(low) for b in self._long):
            self._long.append(Body(_ARTICLE.sub("", name), tuple(low), head_of(low), last))

    def _starts(self, first: int, last: int) -> list[int]:
        """Where a listed name may begin in a run: at its first word, or behind words that are no part of it."""
        return [first, *range(first + 1, last + 1)][:4]

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """First and last token of a body's name: with its owner before "'s", and what "of" and "for" add."""
        t, names = self.tokens, self.mentions
        if names.is_body(first, last):
            for _ in range(_OWNERS):
                if first <= 1 or t.tags[first - 1] != "POS" or first - 2 not in names.runs:
                    break
                first = names.runs[first - 2]  # "the El Fasher Medics' Committee"
            first = self._owned_from(first)
        return first, names.body_end(last)

    def _owned_from(self, first: int) -> int:
        """First token with what stands before: "the Jewish Agency", "Russia's defence Ministry"."""
        t = self.tokens
        sentence = self.analysis.sentences[self.analysis.sentence_at(t.starts[first])]
        least = max(sentence.first, first - 2 * _LONGEST)
        while first - 1 > least and not self.mentions.opens(first):
            k = first - 1
            if t.lowers[k] in CALENDAR or (t.tags[k] == "POS" and t.lowers[k - 1] in CALENDAR):
                break  # "on Tuesday the Ministry"
            is_owner = t.tags[k] in ("JJ", "NN", "NNP") and (t.words[k].istitle() or is_office_word(t.lowers[k]))
            if t.tags[k] == "POS" and t.tags[k - 1] in PROPER:
                first = behind_date(t, self.mentions.runs.get(k - 1, k - 1), k - 1)
            elif is_owner and t.lowers[k] not in _NO_OWNERS:
                first = k
            else:
                break
        return first

    # --- whom a name means ----------------------------------------------------------------------

    def listed(self, *forms: str) -> tuple[str, str, str | None] | None:
        """Name in this text, kind and side of the listed actor that one of the forms names; None for none."""
        for form in forms:
            low = bare(form)
            full = self.acronyms.get(low)
            entry = known().get(bare(full)) if full is not None else None
            if full is not None:
                entry = entry or known().get(low)
                return (self._forms.get(entry[0], full), *entry[1:]) if entry else (full, "institution", None)
            entry = known().get(low)
            if entry is not None:
                official, kind, side = entry
                if kind == "country" or low in metonyms():
                    return official, kind, side  # a state and a seat are called by the name of whose they are
                own = _ARTICLE.sub("", form)
                return self._forms.get(official, own), kind, side
        return None

    def names(self, official: str) -> bool:
        """True where the text names a listed body, by whatever form."""
        return official in self._forms

    def fuller(self, name: str, near: int) -> str | None:
        """The longer name of the body that a short form names: "Observatory", "SITE"; None where none or several fit.

        Args:
            name: the short form.
            near: its last token; of several bodies the one named last before it is meant, if it is near.
        """
        short = tuple(w.strip("’'.").removesuffix("’s").removesuffix("'s") for w in _WORD.findall(bare(name)))
        if not short or (len(short) == 1 and short[0] in demonyms()):
            return None
        fitting = [b for b in self._long if len(b.words) > len(short) and _is_form(short, b)]
        if not fitting:
            return None
        longest = max(fitting, key=lambda b: len(b.words))
        if all(_is_form(b.words, longest) or b is longest for b in fitting):
            return longest.name
        before = [b for b in fitting if 0 <= b.last < near]
        if not before:
            return None
        t, last = self.tokens, max(before, key=lambda b: b.last)
        number = self.analysis.sentence_at
        return last.name if number(t.starts[near]) - number(t.starts[last.last]) <= _NEAR else None


_NEAR = 3  # sentences
_OPENING = frozenset(["a", "an", "at", "but", "by", "for", "from", "in", "on", "under", "while"])
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)


def _is_before_name(parts: list[str], k: int, word: str) -> bool:
    """True for a day, an article that no preposition has, and a preposition with a capital before a body's name."""
    low, is_governed = word.lower(), k > 0 and parts[k - 1].lower() in ("of", "for", "and")
    return low in CALENDAR or (low == "the" and not is_governed) or (k == 0 and low in _OPENING)


def head_of(low: list[str]) -> str:
    """The head noun of a body's name: the word before "of", "for" or "in", else the last."""
    for k, word in enumerate(low):
        if k and word in ("of", "for", "in", "on"):
            return low[k - 1]
    return low[-1]


def _is_form(short: tuple[str, ...], body: Body) -> bool:
    """True where the words stand together in the longer name, and hold its head or open it."""
    size = len(short)
    for k in range(len(body.words) - size + 1):
        if body.words[k : k + size] == short:
            rest = body.words[size:]
            opens = k == 0 and bool(rest) and _DESCRIPTORS.issuperset(rest)
            return body.head in short or opens
    return False


def _fullness(name: str) -> tuple[bool, int]:
    """How full a form of a listed name is: words before letters, then length."""
    return (" " in name or not name.isupper(), len(name))
