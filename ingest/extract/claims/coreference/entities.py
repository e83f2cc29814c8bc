"""The actors that a text names: one record each, whatever it is called by.

Belongs here: whom a run of proper nouns means, and the record for those who have no name of their own.
Does not belong here: what the text says of persons (``people``) and bodies (``bodies``), mentions
without a name (``resolution``), and who is who in other articles (``identity``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import Actor, demonyms, state_called
from ingest.extract.claims.coreference.bodies import Bodies
from ingest.extract.claims.coreference.mentions import NameMentions
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.claims.coreference.people import People
from ingest.extract.claims.coreference.sides import body_side
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, SUBJECTS, first_names
from ingest.once import once

_MANY = words("coreference.toml", "many")
_UNNAMED = words("coreference.toml", "unnamed")
_IN_PLURAL = _MANY | _UNNAMED
_ROLES = words("people.toml", "roles")
_PEOPLES = words("people.toml", "peoples")
_NUMBERS = words("coreference.toml", "numbers")
_MEDIA = words("coreference.toml", "media")
_TRADES = words("coreference.toml", "media", "trades")
_HE_OR_SHE = words("coreference.toml", "male", "pronouns") | words("coreference.toml", "female", "pronouns")
_TAKEN_UP_WITHIN = 2  # sentences behind a name in which a pronoun takes it up
_SURNAME = re.compile(r"(?:Mac|Mc|De|Di|Du|La|Le|O['’]|Fitz|Van)[A-Z][a-z]+$|\w+[-'’]")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)


class Entities:
    """The actors that one text names.

    Attributes:
        people: its persons.
        bodies: the names of its bodies.
        others: bodies, states, media, groups, and who has no name of its own, by name, lower case.
    """

    def __init__(
        self, analysis: Analysis, places: frozenset[int] = frozenset(), begins: Mapping[int, int] | None = None
    ) -> None:
        """``places`` holds the last token of each name of a place; ``begins`` is as in ``NameMentions``."""
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.mentions = NameMentions(analysis, begins)
        self.bodies = Bodies(analysis, self.mentions)
        self.people = People(analysis, self.mentions, self.bodies.acronyms.__contains__, places)
        self._places = places
        self.others: dict[str, Actor] = {}

    def named(self, first: int, last: int) -> tuple[Actor, str]:
        """The actor that a run of proper nouns names, and the rule that says so.

        A new actor is made where none is known by that name.
        """
        listed = self.bodies.listed(self.mentions.text(first, last))
        if listed is not None:
            return self.other(*listed), "name.listed"
        person = self.people.find(first, last)
        if person is not None and person.kind == "person" and self._is_medium(first, last, person):
            person.kind = "media"
        if person is not None:
            is_full = self.mentions.text(first, last).lower().endswith(person.name.lower())
            return person, "name.person" if is_full else "name.short_person"
        t, names = self.tokens, self.mentions
        people = self._people_of_a_state(first, last)
        if people is not None:
            return people, "name.people"
        if self._is_half_of_a_country(first, last):
            full = f"{t.words[last]} {self._halved()}"
            listed = self.bodies.listed(full)
            if listed is not None:
                return self.other(*listed), "name.half_of_country"
        begin, end = self.bodies.extent(first, last)
        start = names.name_part(first, last)
        whole, name, short = names.text(begin, end), names.text(begin, last), names.text(start, last)
        listed = self.bodies.listed(whole, name, short) or self._glued(first, last)
        if listed is not None:
            return self.other(*listed), "name.listed"
        return self._unlisted(first, last, whole)

    def _unlisted(self, first: int, last: int, whole: str) -> tuple[Actor, str]:
        """The actor of a run that names no listed one: a body by its short form, a body, many, a person.

        ``whole`` is the name with what goes on behind "of" and what stands before it.
        """
        t, names = self.tokens, self.mentions
        start = names.name_part(first, last)
        short, is_body = names.text(start, last), names.is_body(start, last)
        body = names.body_before(first) if start == first else None
        if body is not None and names.body_end(body[1]) == last:
            return self.named(*body)
        fuller = self.bodies.fuller(whole, last)
        if fuller is not None and (is_body or t.words[last].isupper()):
            listed = self.bodies.listed(fuller)
            if listed is not None:
                return self.other(*listed), "name.short_listed"
            return self.other(fuller, _kind(fuller), of=fuller), "name.short_body"
        if names.is_shouted(start, last):
            return self.other(short, "unnamed"), "as_written"
        if is_body or t.words[last].isdigit():
            return self.other(whole, _kind(whole), of=whole), "name.body"
        kind = self._described_as(first)
        if kind:
            return self.other(whole, kind, of=whole), "name.body"
        if last > first and self.analysis.sentences[self.analysis.sentence_at(t.starts[first])].is_title:
            return self.other(whole, "unnamed"), "as_written"  # words with capitals, like all of a title
        if self._are_many(start, last):
            return self.other(lower_article(whole), "group", plural=True, of=whole), "as_written"
        if self._is_no_person(start, last):
            return self.other(whole, "institution", of=whole), "name.body"
        if start == first == last and self._is_common_word(first):
            return self.other(whole, "unnamed", plural=t.lowers[first].endswith("s")), "as_written"
        if last - start >= 1 or start > first:
            return self.people.single(short, t.lowers[first:start]), "name.person"
        return (self.people.single(short) if short.isalpha() else self.other(short, "institution")), "name.single"

    def _are_many(self, first: int, last: int) -> bool:
        """True for people without a name whom the tagger took for a name: "Prosecutors said"."""
        low = self.tokens.lowers[last]
        return first == last and low.endswith("s") and (low in _IN_PLURAL or low[:-1] in _ROLES)

    def _is_no_person(self, first: int, last: int) -> bool:
        """True for a place's name, or one that begins with it, and for words glued into one: "Kivu Solidarity"."""
        t = self.tokens
        word = t.words[last]
        is_glued = first == last and word[1:] != word[1:].lower() and not word.isupper() and not _SURNAME.match(word)
        return is_glued or first in self._places

    def _is_common_word(self, k: int) -> bool:
        """True for a word that has its capital from a title, or as a people, a number or a day, and names nobody.

        "Terrorists" of a title, where the text writes the word small elsewhere; "Afghan" of "an Afghan and coalition
        force", but not "English said", who is a person.
        """
        t, low = self.tokens, self.tokens.lowers[k]
        if low in first_names():
            return False
        if low in CALENDAR or low in _NUMBERS:
            return True
        if low in _PEOPLES or low in demonyms():
            is_subject = t.tags[k + 1 : k + 2] in (["VBD"], ["VBZ"]) and (k == 0 or t.tags[k - 1] != "DT")
            return low.endswith("s") or not is_subject
        is_of_title = self.analysis.sentences[self.analysis.sentence_at(t.starts[k])].is_title
        return is_of_title and low in self._written_small

    @once
    def _written_small(self) -> frozenset[str]:
        """The words that the text writes without a capital somewhere."""
        return frozenset(w for w in self.tokens.words if w.islower())

    def _described_as(self, first: int) -> str:
        """What sort of body the noun before a name says it is: "the portal Roe24", "the militia Roe"; "" for none."""
        before = self.tokens.lowers[first - 1] if first else ""
        return next((kind for kind in ("media", "group") if before in words("coreference.toml", kind, "sorts")), "")

    def _is_medium(self, first: int, last: int, person: Actor) -> bool:
        """True for "the daily Roe Ilbo": a name of two words without a first name that a noun says is a medium's."""
        given, *rest = person.name.lower().split()
        is_unknown = bool(rest) and given not in first_names() and not person.roles and person.side is None
        return is_unknown and self._described_as(first) == "media" and not self._is_of_trade(first, last, person)

    def _is_of_trade(self, first: int, last: int, person: Actor) -> bool:
        """True for "the broadcaster Zorka Roe said … She said": a trade, and "he" or "she" before another is named."""
        t = self.tokens
        if t.lowers[first - 1] not in _TRADES or not all(w.istitle() for w in person.name.split()):
            return False
        at = self.analysis.sentence_at(t.starts[last])
        end = self.analysis.sentences[min(at + _TAKEN_UP_WITHIN, len(self.analysis.sentences) - 1)].end
        for k in range(last + 1, len(t)):
            if t.starts[k] >= end:
                return False
            if t.lowers[k] in _HE_OR_SHE and t.deps[k] in SUBJECTS:
                return True
            begin = self.mentions.runs.get(k)
            other = self.people.find(begin, k) if begin is not None else None
            if other is not None and other is not person:
                return False
        return False

    def _glued(self, first: int, last: int) -> tuple[str, str, str | None] | None:
        """The listed body that a text without its punctuation has glued to a place before it: "Aleppo ISIS"."""
        t = self.tokens
        if first == last or not t.words[last].isupper() or any(w.isupper() for w in t.words[first:last]):
            return None
        listed = self.bodies.listed(t.words[last])
        return listed if listed is not None and listed[1] != "country" else None

    def _people_of_a_state(self, first: int, last: int) -> Actor | None:
        """ "Ukrainians", "the Germans": people of a state, who are many."""
        low = self.tokens.lowers[last]
        if first != last or low not in demonyms() or low not in state_called() or not low.endswith(("s", "ese", "sh")):
            return None
        return self.other(self.tokens.words[last], "group", demonyms()[low], plural=True)

    def _is_half_of_a_country(self, first: int, last: int) -> bool:
        t = self.tokens
        return first == last and t.lowers[last] in ("north", "south") and first > 0 and t.lowers[first - 1] == "the"

    def _halved(self) -> str:
        """The country of which the text names a northern or southern one: "Korea"."""
        t = self.tokens
        for k in self.mentions.runs:
            if k and t.lowers[k - 1] in ("north", "south") and t.lowers[k].removesuffix("n") == "korea":
                return t.words[k].removesuffix("n")
        return ""

    def other(
        self, name: str, kind: str, side: str | None = None, plural: bool = False, of: str | None = None
    ) -> Actor:
        """The actor of this name, no person's; where it is new, its side is ``side`` or what the words ``of`` show."""
        if kind in ("institution", "country", "media"):
            name = _ARTICLE.sub("", name)
        low = name.lower()
        actor = self.others.get(low)
        if actor is None:
            side = body_side(of) if of is not None else side
            actor = self.others[low] = Actor(name, kind, side=side, plural=plural)
        return actor


def _kind(name: str) -> str:
    is_medium = not _MEDIA.isdisjoint(name.lower().split())
    return "media" if is_medium else "institution"
