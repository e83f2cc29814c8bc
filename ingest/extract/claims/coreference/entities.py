"""The actors that a text names: persons with their offices, bodies, acronyms.

Belongs here: what the words of a document say of its actors, wherever they stand. Does not belong
here: what a single mention stands for (``resolution``), and who is who in other articles (``identity``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import Actor, demonyms, known, metonyms, sex_of_role
from ingest.extract.claims.coreference.mentions import NameMentions
from ingest.extract.claims.coreference.names import compatible, expansion, sex_of_name
from ingest.extract.claims.coreference.sides import side_of
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import is_office_word

_MILITARY = re.compile(
    r"\b(?:forces|army|brigade|military|general staff|regiment|battalion|troops|corps|defen[cs]e|command|navy)\b",
    re.I,
)
# "the Institute for the Study of War (ISW)"; the letters in brackets are looked for first
_SPELLED_OUT = re.compile(
    r"((?:[A-Z][\w’'-]+|of|the|for|and|on|in)(?:\s+(?:[A-Z][\w’'-]+|of|the|for|and|on|in|de)){1,9})\s+\(([A-Z][A-Za-z.]{1,9})\)"
)
_IN_BRACKETS = re.compile(r"\([A-Z][A-Za-z.]{1,9}\)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_OWNED = re.compile(r"\b(?:of|for|at|with|in)\s+(?:the\s+)?(.+)$")


class Entities:
    """The actors that one text names.

    Attributes:
        people: persons by full name, lower case.
        others: bodies, states, media, groups, and who has no name of its own, by name, lower case.
        acronyms: names that the letters of an acronym, lower case, stand for.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.mentions = NameMentions(analysis)
        self.people: dict[str, Actor] = {}
        self.others: dict[str, Actor] = {}
        self.acronyms: dict[str, str] = {}
        self._by_last: dict[str, list[Actor]] = {}
        self._by_first: dict[str, list[Actor]] = {}
        self._spelled_out()
        self._initials()
        self._collect_people()

    # --- the whole text -------------------------------------------------------------------------

    def _spelled_out(self) -> None:
        """Acronyms in brackets behind what they stand for."""
        text = self.analysis.text
        for m in _SPELLED_OUT.finditer(text) if _IN_BRACKETS.search(text) else ():
            full = expansion(m.group(1).split(), m.group(2).replace(".", ""))
            if full:
                self.acronyms[m.group(2).lower()] = full

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
                letters = "".join(w[0] for w in name.split() if w[:1].isupper()).lower()
                if letters in short and letters not in self.acronyms and " " in name:
                    self.acronyms[letters] = name

    def _collect_people(self) -> None:
        """Persons by their names of two words or more; then what the text says of each, wherever it is named."""
        t, names = self.tokens, self.mentions
        for last, first in names.runs.items():
            sentence = self.analysis.sentences[self.analysis.sentence_at(t.starts[first])]
            start = names.name_part(first, last)
            if names.is_body(start, last) or (sentence.is_title and last - start > 2):
                continue
            if not 2 <= last - start + 1 <= 5:
                continue
            name = names.text(start, last)
            if name.lower() in known() or names.is_place(start):
                continue
            actor = self.people.setdefault(name.lower(), Actor(name, "person"))
            for table, key in ((self._by_last, t.lowers[last]), (self._by_first, t.lowers[start])):
                listed = table.setdefault(key, [])
                if actor not in listed:
                    listed.append(actor)
        for last, first in names.runs.items():
            person = self.person(first, last)
            if person is not None:
                self._describe(person, first, names.name_part(first, last), last)
        for actor in self.people.values():
            actor.sex = actor.sex or sex_of_name(actor.name)

    # --- what a name says of a person -----------------------------------------------------------

    def _sex_before(self, first: int, start: int) -> str:
        lows = self.tokens.lowers[max(0, first - 1) : start]
        if any(w in words("people.toml", "courtesy_male") for w in lows):
            return "m"
        if any(w in words("people.toml", "courtesy_female") for w in lows):
            return "f"
        return ""

    def _describe(self, actor: Actor, first: int, start: int, last: int) -> None:
        """Roles, body, side and sex from the words around a name."""
        actor.sex = actor.sex or self._sex_before(first, start)
        self._office_before(actor, first, start)
        t, n = self.tokens, len(self.tokens)
        behind = last + 1
        if behind < n and t.lowers[behind] == "(":
            while behind < n and t.lowers[behind] != ")" and behind - last < 8:
                behind += 1
            behind += 1
        if behind < n and t.lowers[behind] in (",", "–", "—"):
            self._office_behind(actor, behind + 1)
        if start >= 2 and t.lowers[start - 1] == "," and behind < n and t.lowers[behind] in (",", "."):
            self._office_apposed(actor, start)

    def _office_before(self, actor: Actor, first: int, start: int) -> None:
        """ "Russia's defence minister Jane Roe"."""
        t, roles = self.tokens, words("people.toml", "roles")
        k = start - 1
        before: list[str] = []
        while (
            k >= 0
            and start - k <= 8
            and (
                t.tags[k] in ("NN", "JJ", "NNP", "NNPS", "POS", "HYPH")
                or t.lowers[k] in ("of", "and", "[", "]")
                or t.words[k] == "-"
            )
        ):
            if t.lowers[k] in (",", ";"):
                break
            before.insert(0, t.lowers[k])
            k -= 1
        stated = [w for w in before if w in roles]
        if stated and (before[-1] in roles or before[-1] in ("]",) or is_office_word(before[-1])):
            self._add_role(actor, stated, self.mentions.text(k + 1, start - 1).strip("[] "))
        elif start > first and (kept := [w for w in t.lowers[first:start] if w in roles]):
            self._add_role(actor, kept, self.mentions.text(first, start - 1))

    def _office_apposed(self, actor: Actor, start: int) -> None:
        """ "the minister of defence, Jane Roe,"."""
        t, roles = self.tokens, words("people.toml", "roles")
        j = start - 2
        phrase: list[str] = []
        while (
            j >= 0
            and start - j < 14
            and t.lowers[j] not in (",", ".", ";", ":", '"', "”")
            and not t.tags[j].startswith("V")
        ):
            phrase.insert(0, t.lowers[j])
            j -= 1
        stated = [w for w in phrase if w in roles]
        if stated:
            own = stated[:1] if phrase.index(stated[0]) < 6 else stated[-1:]
            self._add_role(actor, own, self.mentions.text(j + 1, start - 2))

    def _office_behind(self, actor: Actor, first: int) -> None:
        """ "Jane Roe, the minister of defence,"."""
        t, roles = self.tokens, words("people.toml", "roles")
        n, end, hit = len(t), first, None
        while (
            end < n
            and end - first < 22
            and t.lowers[end] not in (",", ".", ";", "–", "—", ":", '"', "”")
            and not (t.tags[end] in ("VBD", "VBZ", "MD") or t.lowers[end] in ("who", "said", "says"))
        ):
            if hit is None and t.lowers[end] in roles and end - first < 9:
                hit = end
            end += 1
        if hit is None or end <= first or t.lowers[first] in ("and", "but", "who", "while"):
            return
        stated = [t.lowers[k] for k in range(first, min(hit + 2, end)) if t.lowers[k] in roles]
        self._add_role(actor, stated, self.mentions.text(first, end - 1))

    @staticmethod
    def _add_role(actor: Actor, stated: list[str], phrase: str) -> None:
        actor.roles.update(stated)
        phrase = re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase, flags=re.I).strip(" ,[]")
        if actor.role is None:
            actor.role = phrase or None
            m = _OWNED.search(phrase)
            actor.affiliation = m.group(1).strip() if m else None
        if _MILITARY.search(phrase):
            actor.roles.update(words("coreference.toml", "soldierly"))
        if actor.side is None:
            actor.side = side_of(phrase)
        actor.marks.update(w for w in phrase.lower().replace("’s", "").replace("'s", "").split() if w in demonyms())
        for role in stated:
            actor.sex = actor.sex or sex_of_role(role)

    # --- whom a name means ----------------------------------------------------------------------

    def person(self, first: int, last: int) -> Actor | None:
        """The person that a run of proper nouns names, by full name, last name or first name; None for no person's."""
        t = self.tokens
        start = self.mentions.name_part(first, last)
        name = self.mentions.text(start, last)
        hit = self.people.get(name.lower())
        if hit is not None:
            return hit
        low = t.lowers[last]
        if low in known() or name.lower() in known() or low in self.acronyms:
            return None
        for table, key in ((self._by_last, low), (self._by_first, t.lowers[start])):
            if start != last and table is not self._by_last:
                continue
            alike = [p for p in table.get(key, ()) if compatible(p.name, name)]
            if alike:
                sex = self._sex_before(first, start)
                fitting = [p for p in alike if not sex or not sex_of_name(p.name) or sex_of_name(p.name) == sex]
                return (fitting or alike)[0]
        return None

    def named(self, first: int, last: int) -> Actor:
        """The actor that a run of proper nouns names; a new one where none is known by that name."""
        person = self.person(first, last)
        if person is not None:
            return person
        t, names = self.tokens, self.mentions
        while first > 1 and t.tags[first - 1] == "POS" and first - 2 in names.runs and names.is_body(first, last):
            first = names.runs[first - 2]  # "the El Fasher Medics' Committee"
        name = names.text(first, last)
        low = name.lower().removeprefix("the ")
        start = names.name_part(first, last)
        short = names.text(start, last)
        for form in (low, short.lower()):
            if form in self.acronyms:
                full = self.acronyms[form]
                entry = known().get(full.lower()) or known().get(form)
                return self.other(full, entry[1] if entry else "institution", entry[2] if entry else None)
            if form in known():
                official, kind, side = known()[form]
                if form in metonyms():
                    return self.other(official, kind, side)
                # a body is called as the article calls it; a state by its name
                return self.other(official if kind == "country" else (name if form == low else short), kind, side)
        if names.is_body(start, last):
            owner = name
            if start <= first or any(w in words("people.toml", "bodies", "words") for w in low.split()):
                whole = names.text(first, names.body_end(last))
                name = whole if len(whole) > len(name) else name
            is_medium = not words("coreference.toml", "media").isdisjoint(low.split())
            return self.other(name, "media" if is_medium else "institution", of=owner)
        if last - start >= 1 or start > first:
            return self.people.setdefault(short.lower(), Actor(short, "person", sex=sex_of_name(short)))
        return self.other(short, "person" if low.isalpha() else "institution", None)

    def other(
        self, name: str, kind: str, side: str | None = None, plural: bool = False, of: str | None = None
    ) -> Actor:
        """The actor of this name, no person's; where it is new, its side is ``side`` or what the words ``of`` show."""
        if kind in ("institution", "country", "media"):
            name = _ARTICLE.sub("", name)
        low = name.lower()
        actor = self.others.get(low)
        if actor is None:
            side = side_of(of) if of is not None else side
            actor = self.others[low] = Actor(name, kind, side=side, plural=plural)
        return actor
