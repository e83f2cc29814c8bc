"""Who is named beside a common noun: "the spokesman, Jane Roe,", "the SANA news agency", "a group known as Roe".

Belongs here: names before, behind and inside the noun phrase of a role or a body. Does not belong here: nouns that
stand for somebody who is named elsewhere (``roles``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import Actor
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.mentions import LONGEST_OWNER
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import first_names, is_office_word

_ROLES = words("people.toml", "roles")
_DESCRIPTORS = words("coreference.toml", "descriptors")
_SORTS_OF_MEDIA = words("coreference.toml", "media", "sorts")
_DESCRIBING = _DESCRIPTORS | words("coreference.toml", "any_body")
_BEFORE_NAMES = _ROLES | words("syntax.toml", "offices_before_names")


class Appositions:
    """The names that stand beside the common nouns of one text.

    Args:
        analysis: the text.
        entities: its actors.
        places: the last token of each name of a place.
    """

    def __init__(self, analysis: Analysis, entities: Entities, places: frozenset[int]) -> None:
        self.tokens = analysis.tokens
        self.entities = entities
        self.mentions = entities.mentions
        self._places = places

    def body(self, first: int, i: int, last: int) -> Actor | None:
        """The body that the phrase from ``first`` to ``last`` with the noun ``i`` names, or stands beside."""
        return self._described(first, i) or self._apposed_body(first, i, last)

    def known_as(self, last: int) -> Actor | None:
        """The body that a phrase goes on to name: "a group known as the Roe Observatory"."""
        t, runs = self.tokens, self.mentions.runs
        if t.lowers[last + 1 : last + 3] != ["known", "as"]:
            return None
        first = last + 3 + (t.lowers[last + 3 : last + 4] == ["the"])
        end = next((k for k in range(first, min(first + 8, len(t))) if runs.get(k) == first), None)
        return self.entities.named(first, end)[0] if end is not None else None

    def person(self, first: int, i: int, last: int) -> Actor | None:
        """The person a role is in apposition to: "the spokesman, Maj. Jane Roe,", "Jane Roe, the spokesman"."""
        t, runs, people = self.tokens, self.mentions.runs, self.entities.people
        if last + 2 < len(t) and t.lowers[last + 1] == ",":
            if (body := self._body_between_commas(last + 2)) is not None:
                return body
            for k in range(last + 2, min(last + 8, len(t))):
                if k in runs and runs[k] <= last + 4:
                    return people.find(runs[k], k)
                if t.lowers[k] in (",", ".", ";", ":"):
                    break
        if first >= 2 and t.lowers[first - 1] == "," and first - 2 in runs:
            return people.find(runs[first - 2], first - 2)
        # "Jane Roe head of the office", "governor of Homs Jane Roe", in a text that has lost its commas
        if (name := self._name_in_front(i)) is not None:
            return people.find(runs[name], name)
        if (holder := self._behind_body(i)) is not None:
            return holder
        run = self.mentions.find(last) if last > i else None
        if run is None or people.start(*run) == run[0] or not _ROLES.isdisjoint(t.lowers[run[0] : run[1]]):
            return None
        return people.find(*run)

    def named_between_commas(self, last: int) -> Actor | None:
        """The person of "a shopkeeper, Jane Roe,", whatever he is; None where no first and last name stand there."""
        t, runs = self.tokens, self.mentions.runs
        first = last + 2
        if t.lowers[last + 1 : last + 2] != [","] or first >= len(t):
            return None
        end = next((k for k in range(first + 1, min(first + 4, len(t) - 1)) if runs.get(k) == first), None)
        if end is None or t.lowers[end + 1] != "," or end in self._places:
            return None
        person = self.entities.people.find(first, end)
        return person if person is not None and person.kind == "person" else None

    def _behind_body(self, i: int) -> Actor | None:
        """Who is named behind the body of an office: "the head of the port council Jane Roe"."""
        t, runs, people = self.tokens, self.mentions.runs, self.entities.people
        if t.lowers[i + 1 : i + 2] == [] or t.tags[i + 1] != "IN":
            return None
        for k in range(i + 2, min(i + 2 + LONGEST_OWNER, len(t))):
            if k in runs and self.mentions.office_of_body(people.start(runs[k], k)) == i:
                return people.find(runs[k], k)
        return None

    def holder(self, last: int) -> Actor | None:
        """The person whose office and name stand behind a body's name: "Roe Observatory for Peace chief Jane Roe"."""
        t, runs = self.tokens, self.mentions.runs
        first = k = self.mentions.body_end(last) + 1
        while k < len(t) and (t.lowers[k] in _ROLES or is_office_word(t.lowers[k])) and t.words[k].islower():
            k += 1
        if k == first or t.lowers[k - 1] not in _ROLES:
            return None
        end = next((e for e in range(k, min(k + LONGEST_OWNER, len(t))) if runs.get(e) == k), None)
        return self.entities.people.find(k, end) if end is not None and end > k else None

    def _described(self, first: int, i: int) -> Actor | None:
        """The body whose name nouns describe: "the SANA news agency", "the Islamic State group"."""
        t, runs = self.tokens, self.mentions.runs
        k = i
        while k >= first and k not in runs and t.lowers[k] in _DESCRIPTORS:
            k -= 1
        if k < first or k == i or (k not in runs and not (t.words[k].isupper() and len(t.words[k]) > 2)):
            return None
        begin = max(runs.get(k, k), first)
        listed = self.entities.bodies.listed(self.mentions.text(begin, k), self.mentions.text(k, k))
        if listed is not None and listed[1] == "country":
            return None
        is_news = t.lowers[i] in _SORTS_OF_MEDIA and k < i - 1 and t.lowers[i - 1] == "news"
        is_name = listed is not None or t.words[k].isupper() or self.mentions.is_body(begin, k) or is_news
        if not is_name:
            return None
        actor = self.entities.named(begin, k)[0]
        if t.lowers[i] in _SORTS_OF_MEDIA and t.lowers[i] not in _ROLES and self._is_no_person(actor, k < i):
            actor.kind = "media"
        actor.called.add(t.lowers[i])
        return actor

    @staticmethod
    def _is_no_person(actor: Actor, is_before: bool) -> bool:
        """True for a name of one word, or without a first name behind the noun: what is called an agency is nobody."""
        given, *rest = actor.name.split()
        is_unknown = actor.kind == "person" and not actor.roles
        return is_unknown and (not rest or (not is_before and given.lower() not in first_names()))

    def _apposed_body(self, first: int, i: int, last: int) -> Actor | None:
        """The body in whose apposition a noun stands: "Jarn, an agency for research", "the state news agency ROE"."""
        t, runs = self.tokens, self.mentions.runs
        low = t.lowers[i]
        if low not in _DESCRIBING:
            return None
        name = first - 2 if first >= 2 and t.lowers[first - 1] == "," and t.deps[i] == "appos" else None
        if last == i:
            behind = next((k for k in range(i + 1, min(i + 5, len(t))) if k in runs and runs[k] == i + 1), None)
            name = behind if behind is not None and t.heads[behind] == i and t.deps[behind] == "appos" else name
        if name is None or name not in runs or name in self._places or self.mentions.is_office(runs[name], name):
            return None
        actor = self.entities.named(runs[name], name)[0]
        if actor is not None and self._is_no_person(actor, name < i):
            actor.kind = "institution"
        if actor is None or actor.kind not in ("institution", "media", "group"):
            return None
        actor.called.add(low)
        return actor

    def _name_in_front(self, i: int) -> int | None:
        """The last token of the name that a lost comma glued to an office: "Jane Roe Secretary General of the council".

        A known body may stand between the two, and owns it or does not: "Jane Roe Human Rights Watch executive
        director", "Jane Roe Syria's interior minister".
        """
        t, runs, k = self.tokens, self.mentions.runs, i - 1
        owner = self._owner_in_front(i)
        if owner is not None:
            k = runs[owner] - 1
            return k if k in runs and runs[k] < k else None
        while k > 0 and k not in runs and t.lowers[k] in _ROLES:
            k -= 1
        if k in runs and self.entities.bodies.listed(self.mentions.text(runs[k], k)) is not None:
            k = runs[k] - 1
        elif any(t.words[j].islower() for j in range(k + 1, i)):
            return None
        return k if k in runs and runs[k] < k else None

    def _owner_in_front(self, i: int) -> int | None:
        """The last token of the listed name whose genitive the office ``i`` stands behind."""
        t, runs, k = self.tokens, self.mentions.runs, i - 1
        while k > 0 and t.lowers[k] in _BEFORE_NAMES:
            k -= 1
        is_owned = k > 0 and t.tags[k] == "POS" and k - 1 in runs
        return k - 1 if is_owned and self.entities.bodies.listed(self.mentions.text(runs[k - 1], k - 1)) else None

    def _body_between_commas(self, first: int) -> Actor | None:
        """The body that alone stands between two commas: "the mill's owner, Roe Brothers, said"."""
        t = self.tokens
        last = next((k for k, begin in self.mentions.runs.items() if begin == first), None)
        if last is None or t.lowers[last + 1 : last + 2] != [","] or last in self._places:
            return None
        actor = self.entities.named(first, last)[0]
        return actor if actor is not None and actor.kind in ("institution", "media") else None
