"""The persons that a text names, with the offices that it states of each.

Belongs here: names of persons in one text: full, family name alone, glued to a place or a byline; the
words around a name that state an office. Does not belong here: bodies (``bodies``), pronouns and roles
that stand for a person (``pronouns``, ``roles``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from ingest.extract.analysis import Analysis, Sentence
from ingest.extract.claims.coreference.actors import Actor, bare, demonyms, known, sex_of_role
from ingest.extract.claims.coreference.identity import person_key, well_known_person
from ingest.extract.claims.coreference.mentions import NameMentions
from ingest.extract.claims.coreference.names import compatible, is_generation, sex_of_name, without_article
from ingest.extract.claims.coreference.sides import side_of
from ingest.extract.lexicon import toml, words
from ingest.extract.syntax.tree import first_names, is_office_word

_OCCASIONS = words("coreference.toml", "occasions")
_ROLES = words("people.toml", "roles")
_GENERIC_BODIES = words("naming.toml", "generic", "bodies")
_BODIES = words("people.toml", "bodies", "words") & words("people.toml", "collective", "words")
_COURTESY_MALE = words("people.toml", "courtesy_male")
_COURTESY_FEMALE = words("people.toml", "courtesy_female")
_AWAY = words("camps.toml", "away")
_SOLDIERLY = words("coreference.toml", "soldierly")
_MILITARY = re.compile(
    r"\b(?:forces|army|brigade|military|general staff|regiment|battalion|troops|corps|defen[cs]e|command|navy)\b",
    re.I,
)
_OWNED = re.compile(r"\b(?:of|for|at|with|in)\s+(?:the\s+)?(.+)$")
_OF_BODY = ("of", "for", "at")  # between an office and whose it is
_LONGEST = 5  # words of a person's name

_INITIALS = 5  # characters of a word that may end with a full stop of its own: "Corp."


class People:
    """The persons of one text.

    Args:
        analysis: the text.
        mentions: its runs of proper nouns.
        is_acronym: tells whether a word, lower case, is an acronym that the text spells out.
        places: the last token of each name of a place.

    Attributes:
        named: persons by full name, lower case; several spellings and shorter forms may give one person.
    """

    def __init__(
        self,
        analysis: Analysis,
        mentions: NameMentions,
        is_acronym: Callable[[str], bool],
        places: frozenset[int] = frozenset(),
    ) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.mentions = mentions
        self.named: dict[str, Actor] = {}
        self._is_acronym = is_acronym
        self._places = places
        self._by_last: dict[str, list[Actor]] = {}
        self._by_first: dict[str, list[Actor]] = {}
        self._first_at: dict[int, int] = {}
        self._by_key: dict[str, Actor] = {}
        self._singles: dict[str, Actor] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._found: dict[tuple[int, int], Actor | None] = {}
        self._collect()

    def __iter__(self) -> Iterator[Actor]:
        """The persons, each once, in order of their first full name; then those who go by one word."""
        every = [*self.named.values(), *self._singles.values()]
        return iter({id(actor): actor for actor in every}.values())

    def _collect(self) -> None:
        """Persons by their names of two words or more; then what the text says of each, wherever it is named."""
        t, names = self.tokens, self.mentions
        found: dict[str, tuple[int, int]] = {}
        for last, first in names.runs.items():
            sentence = self._sentence_of(first)
            start = self.start(first, last)
            if names.is_body(start, last) or t.lowers[last] in _OCCASIONS:
                continue
            if sentence.is_title and t.lowers[start] not in first_names() and not self._is_alone_below(last):
                continue
            if t.words[last].isupper() and t.lowers[last] in known():
                continue  # "Aleppo ISIS", in a text that has lost its full stops
            if not 2 <= last - start + 1 <= _LONGEST or names.is_shouted(start, last):
                continue
            if start == first and names.body_before(first) is not None:
                continue
            name = names.text(start, last)
            if " " not in name:
                continue  # "al-Roe": a family name alone, however many tokens it has
            if name.lower() in known() or bare(names.text(first, last)) in known() or names.is_place(start):
                continue
            found.setdefault(name.lower(), (start, last))
        for low, (start, last) in self._whole(found).items():
            self._add(low, start, last)
        for last, first in names.runs.items():
            person = self.find(first, last)
            if person is not None:
                self._first_at.setdefault(id(person), last)
                self._describe(person, first, self.start(first, last), last)
        for actor in self.named.values():
            actor.sex = actor.sex or sex_of_name(actor.name)

    def _is_alone_below(self, last: int) -> bool:
        """True where the last word of a title's name stands alone as a name in the body: "Roe" of "Jane Roe"."""
        t = self.tokens
        return any(
            first == k and t.lowers[k] == t.lowers[last] and not self._sentence_of(k).is_title
            for k, first in self.mentions.runs.items()
        )

    def _sentence_of(self, k: int) -> Sentence:
        return self.analysis.sentences[self.analysis.sentence_at(self.tokens.starts[k])]

    def _whole(self, found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """The names without those that are two: "John Hill Jane Roe" where both are named."""
        kept = {}
        for low, (start, last) in found.items():
            for first in range(start + 1, last):
                shorter = self.mentions.text(first, last).lower()
                is_whole = self.tokens.lowers[first] in first_names() and first - start >= 2
                if shorter in found and (is_whole or self.mentions.text(start, first - 1).lower() in found):
                    break  # another's whole name stands before it
            else:
                kept[low] = (start, last)
        return kept

    def _add(self, low: str, start: int, last: int) -> None:
        """Take up a name: a person of its own, or another form of one: "Abdel Rahman" of "Rami Abdel Rahman"."""
        t, name = self.tokens, self.mentions.text(start, last)
        family = self._family(start, last)
        alike = self._by_last.get(family, ())
        actor = next((p for p in alike if _is_form(p.name, name)), None)
        if actor is None:
            key = person_key(name)
            actor = self._by_key.get(key) if key else None
        if actor is None:
            actor = _new(name)
        elif len(name.split()) > len(actor.name.split()):
            actor.name = name
        self.named[low] = actor
        self._by_key.setdefault(person_key(name), actor)
        for table, key in ((self._by_last, family), (self._by_first, t.lowers[start])):
            listed_here = table.setdefault(key, [])
            if all(p is not actor for p in listed_here):
                listed_here.append(actor)

    def _family(self, first: int, last: int) -> str:
        """The family name of a name, lower case, without its article: "roe" of "Jane al-Roe", "John Roe Jr."."""
        lows = self.tokens.lowers
        is_behind = last > first and is_generation(lows[last])
        return without_article(lows[last - 1] if is_behind else lows[last])

    def single(self, name: str, titles: Iterable[str] = ()) -> Actor:
        """The person who is named by one word alone throughout the text, and the words for it before the name."""
        actor = self._singles.get(name.lower())
        if actor is None:
            actor = self._singles[name.lower()] = _new(name)
            actor.sex = sex_of_name(name)
        actor.roles.update(w for w in titles if w in _ROLES)
        return actor

    def start(self, first: int, last: int) -> int:
        """First token of the person's name in a run: behind offices, bodies and a place ("Homs Jane Roe")."""
        known_start = self._starts.get((first, last))
        if known_start is None:
            known_start = self._starts[first, last] = self._start(first, last)
        return known_start

    def _start(self, first: int, last: int) -> int:
        start = self.mentions.name_part(first, last)
        for k in range(start, last - 1):
            is_place = k in self._places and len(self.tokens.words[k]) > 2
            if is_place or self.tokens.lowers[k] in _GENERIC_BODIES:
                start = k + 1
        if start == first and self.mentions.body_before(first) is not None:
            # "the House of Elders Jane Roe": the body's name ends where a given name begins
            start = next((k for k in range(first + 1, last) if self.tokens.lowers[k] in first_names()), start)
        return start

    def first_named_at(self, actor: Actor) -> int | None:
        """The last token of the run that names the person first; None for one who is not among these."""
        return self._first_at.get(id(actor))

    # --- whom a name means ----------------------------------------------------------------------

    def find(self, first: int, last: int) -> Actor | None:
        """The person that a run of proper nouns names, by full name, last name or first name; None for no person's."""
        if (first, last) not in self._found:
            self._found[first, last] = self._find(first, last)
        return self._found[first, last]

    def _find(self, first: int, last: int) -> Actor | None:
        t = self.tokens
        start = self.start(first, last)
        for begin in range(start, max(last, start + 1)):
            hit = self.named.get(self.mentions.text(begin, last).lower())
            if hit is not None:
                return hit
        name = self.mentions.text(start, last)
        low = t.lowers[last]
        if low in known() or name.lower() in known() or self._is_acronym(low):
            return None
        if low.endswith(".") and len(low) > _INITIALS:
            low, name = low[:-1], name[:-1]  # "says Roe.Then", where the space is lost
        family = self._family(start, last) if is_generation(low) else without_article(low)
        for table, key in ((self._by_last, family), (self._by_first, t.lowers[start])):
            if start != last and table is not self._by_last:
                continue
            alike = [p for p in table.get(key, ()) if compatible(p.name, name)]
            if alike:
                sex = self._sex_before(first, start)
                fitting = [p for p in alike if not sex or not sex_of_name(p.name) or sex_of_name(p.name) == sex]
                return (fitting or alike)[0]
        return None

    # --- what a name says of a person -----------------------------------------------------------

    def _sex_before(self, first: int, start: int) -> str:
        lows = self.tokens.lowers[max(0, first - 1) : start]
        if any(w in _COURTESY_MALE for w in lows):
            return "m"
        if any(w in _COURTESY_FEMALE for w in lows):
            return "f"
        return ""

    def _describe(self, actor: Actor, first: int, start: int, last: int) -> None:
        """Roles, body, side and sex from the words around a name."""
        actor.sex = actor.sex or self._sex_before(first, start)
        t, n = self.tokens, len(self.tokens)
        shortened = toml("people.toml")["short_titles"]
        titles = {w.rstrip(".") for w in t.lowers[max(0, first - 2) : start]}
        actor.roles.update(role for title, role in shortened.items() if title in titles)
        self._office_before(actor, first, start)
        behind = last + 1
        if actor.roles and t.lowers[behind : behind + 1] == ["of"] and behind + 1 < n:
            actor.marks.update({t.lowers[behind + 1]} & demonyms().keys())  # "Foreign Minister Jane Roe of Lithuania"
        if behind < n and t.lowers[behind] == "(":
            while behind < n and t.lowers[behind] != ")" and behind - last < 8:
                behind += 1
            behind += 1
        if behind < n and t.lowers[behind] in (",", "–", "—"):
            self._office_behind(actor, behind + 1)
        elif behind + 1 < n and t.words[behind] in _ROLES and t.lowers[behind + 1] in _OF_BODY:
            self._office_behind(actor, behind)  # "Jane Roe head of the mission", of a text that lost its commas
        opens = start if start >= 1 and t.lowers[start - 1] == "," else first  # "the spokesman, Major Jane Roe,"
        if opens >= 2 and t.lowers[opens - 1] == "," and behind < n and t.lowers[behind] in (",", "."):
            self._office_apposed(actor, opens)

    def _office_before(self, actor: Actor, first: int, start: int) -> None:
        """ "Russia's defence minister Jane Roe", "the head of the port council Jane Roe"."""
        t = self.tokens
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
        # not the "president" of "the president administration"
        stated = [w for w, behind in pairwise([*before, ""]) if w in _ROLES and behind not in _BODIES]
        if stated and (before[-1] in _ROLES or before[-1] in ("]",) or is_office_word(before[-1])):
            self._add_role(actor, stated, k + 1, start - 1)
        elif (office := self.mentions.office_of_body(start)) is not None:
            self._add_role(actor, [t.lowers[office]], self.mentions.phrase(office)[0], start - 1)
        elif start > first and (kept := [w for w in t.lowers[first:start] if w in _ROLES]):
            self._add_role(actor, kept, first, start - 1)

    def _office_apposed(self, actor: Actor, start: int) -> None:
        """ "the minister of defence, Jane Roe,"."""
        t = self.tokens
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
        stated = [w for w in phrase if w in _ROLES]
        if stated:
            own = stated[:1] if phrase.index(stated[0]) < 6 else stated[-1:]
            self._add_role(actor, own, j + 1, start - 2)

    def _office_behind(self, actor: Actor, first: int) -> None:
        """ "Jane Roe, the minister of defence,"."""
        t = self.tokens
        n, end, hit = len(t), first, None
        while (
            end < n
            and end - first < 22
            and t.lowers[end] not in (",", ".", ";", "–", "—", ":", '"', "”")
            and not (t.tags[end] in ("VBD", "VBZ", "MD") or t.lowers[end] in ("who", "said", "says"))
        ):
            if hit is None and t.lowers[end] in _ROLES and end - first < 9:
                hit = end
            end += 1
        if hit is None or end <= first or t.lowers[first] in ("and", "but", "who", "while"):
            return
        stated = [t.lowers[k] for k in range(first, min(hit + 2, end)) if t.lowers[k] in _ROLES]
        self._add_role(actor, stated, first, end - 1)

    def _add_role(self, actor: Actor, stated: list[str], first: int, last: int) -> None:
        """Record the offices ``stated`` in the tokens ``first`` to ``last``, inclusive."""
        actor.roles.update(stated)
        lows = " ".join(self.tokens.lowers[first : last + 1]).replace(" - ", "-")
        actor.roles.update(role for office, role in toml("coreference.toml")["offices"].items() if office in lows)
        phrase = self.mentions.text(first, last).strip("[] ")
        phrase = re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase, flags=re.I).strip(" ,[]")
        end = next((k - 1 for k in range(first + 1, last) if self.tokens.lowers[k] in _AWAY), last)
        actor.offices.append((first, end))
        if actor.role is None:
            actor.role = phrase or None
            m = _OWNED.search(phrase)
            actor.affiliation = m.group(1).strip() if m else None
        if _MILITARY.search(phrase):
            actor.roles.update(_SOLDIERLY)
        if actor.side is None:
            actor.side = side_of(self.mentions.text(first, end))
        actor.marks.update(w for w in phrase.lower().replace("’s", "").replace("'s", "").split() if w in demonyms())
        for role in stated:
            actor.sex = actor.sex or sex_of_role(role)


def _new(name: str) -> Actor:
    """A person of this name; one of well-known people is on that one's side and holds that one's office."""
    if name.isupper() and len(name) > 3:
        name = " ".join(w.capitalize() if len(w) > 2 else w for w in name.split())  # the label of a transcript
    listed = well_known_person(person_key(name))
    return Actor(name, "person", side=listed.side, known_roles=listed.roles) if listed else Actor(name, "person")


def _is_form(full: str, other: str) -> bool:
    """True where one name ends with all words of the other: "Abdel Rahman" and "Rami Abdel Rahman"."""
    longer, shorter = full.lower().split(), other.lower().split()
    if len(shorter) > len(longer):
        longer, shorter = shorter, longer
    return len(shorter) >= 2 and len(longer) > len(shorter) and longer[-len(shorter) :] == shorter
