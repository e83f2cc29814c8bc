"""The names of one text: persons with their roles, bodies, acronyms.

Belongs here: what the words of a document say of its actors, wherever they stand. Does not belong
here: what a single mention stands for (``cast``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.actors import (
    Actor,
    compatible,
    demonyms,
    expansion,
    known,
    metonyms,
    sex_of_name,
    side_of,
)
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER, is_office_word

_PARTICLES = frozenset(["al", "el", "bin", "ibn", "van", "von", "de", "der", "den", "da", "di", "du", "abu", "ul"])
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
_SOLDIERLY = frozenset(["soldier", "serviceman", "military", "officer", "spokesman", "spokesperson", "official"])


class Roster:
    """The actors that a text names."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.t = analysis.tokens
        self._people: dict[str, Actor] = {}
        self._by_last: dict[str, list[Actor]] = {}
        self._by_first: dict[str, list[Actor]] = {}
        self._others: dict[str, Actor] = {}
        self._acronyms: dict[str, str] = {}
        self._name_parts: dict[tuple[int, int], int] = {}
        self._runs = self._find_runs()
        self._collect()

    def _find_runs(self) -> dict[int, int]:
        """Runs of proper nouns: last token → first token."""
        t = self.t
        runs: dict[int, int] = {}
        for s in self.analysis.sentences:
            i = s.first
            while i < s.last:
                if t.tags[i] in PROPER and t.words[i][:1].isalnum():
                    first = i
                    while i + 1 < s.last and (
                        (t.tags[i + 1] in PROPER and t.words[i + 1][:1].isalnum())
                        or (t.lowers[i + 1] in _PARTICLES and i + 2 < s.last and t.tags[i + 2] in PROPER)
                        or (
                            t.words[i + 1] == "-"
                            and i + 2 < s.last
                            and t.tags[i + 2] in PROPER
                            and t.starts[i + 1] == t.ends[i]
                        )
                    ):
                        i += 1
                    runs[i] = first
                i += 1
        return runs

    def _name_part(self, first: int, last: int) -> int:
        """First token of the name proper: offices, bodies and demonyms before it are cut off."""
        start = self._name_parts.get((first, last))  # asked for time and again
        if start is None:
            start = first
            titles = words("people.toml", "kept_titles")
            for k in range(first, last):
                low = self.t.lowers[k]
                if low in titles or is_office_word(low):
                    start = k + 1
            self._name_parts[first, last] = start
        return start

    def _is_body(self, first: int, last: int) -> bool:
        t = self.t
        lows = t.lowers[first : last + 1]
        if any(w in words("people.toml", "bodies", "words") for w in lows) or " ".join(lows) in known():
            return True
        if first > 0 and last + 1 < len(t) and t.lowers[first - 1] == "(" and t.lowers[last + 1] == ")":
            return True  # a dateline's agency
        if last == first and t.words[first].isupper() and len(t.words[first]) > 1:
            return True
        return first > 0 and t.lowers[first - 1] == "the" and lows[-1] not in words("people.toml", "roles")

    def _collect(self) -> None:
        t, text = self.t, self.analysis.text
        for m in _SPELLED_OUT.finditer(text) if _IN_BRACKETS.search(text) else ():
            full = expansion(m.group(1).split(), m.group(2).replace(".", ""))
            if full:
                self._acronyms[m.group(2).lower()] = full
        self._initials()
        for last, first in self._runs.items():
            sentence = self.analysis.sentences[self.analysis.sentence_at(t.starts[first])]
            start = self._name_part(first, last)
            if self._is_body(start, last) or (sentence.is_title and last - start > 2):
                continue
            size = last - start + 1
            if not 2 <= size <= 5:
                continue
            name = self._text(start, last)
            if name.lower() in known() or self._is_place(start, last):
                continue
            actor = self._people.setdefault(name.lower(), Actor(name, "person"))
            self._by_last.setdefault(t.lowers[last], [])
            if actor not in self._by_last[t.lowers[last]]:
                self._by_last[t.lowers[last]].append(actor)
            self._by_first.setdefault(t.lowers[start], [])
            if actor not in self._by_first[t.lowers[start]]:
                self._by_first[t.lowers[start]].append(actor)
        for last, first in self._runs.items():
            person = self._person(first, last)
            if person is not None:
                self._describe(person, first, self._name_part(first, last), last)
        for actor in self._people.values():
            actor.sex = actor.sex or sex_of_name(actor.name)

    def _initials(self) -> None:
        """An acronym that the letters of a body's name elsewhere in the text spell."""
        t = self.t
        short = {t.lowers[k]: t.words[k] for k in self._runs if t.words[k].isupper() and 3 <= len(t.words[k]) <= 6}
        if not short:
            return
        for last, first in self._runs.items():
            begin = self._name_part(first, last) if last > first else first
            for start in {first, begin}:
                name = self._text(start, self._body_end(last))
                letters = "".join(w[0] for w in name.split() if w[:1].isupper()).lower()
                if letters in short and letters not in self._acronyms and " " in name:
                    self._acronyms[letters] = name

    def _body_end(self, last: int) -> int:
        """Last token of a body's name that goes on behind "of" or "for": "Institute for the Study of War"."""
        t, n = self.t, len(self.t)
        while last + 2 < n and t.lowers[last + 1] in ("of", "for"):
            k = last + 2
            if t.lowers[k] == "the":
                k += 1
            end = k
            while end < n and t.tags[end] in PROPER and t.words[end][:1].isupper():
                end += 1
            if end == k:
                break
            last = end - 1
        return last

    def _is_place(self, first: int, last: int) -> bool:
        t = self.t
        before = t.lowers[first - 1] if first else ""
        return (
            before in ("in", "near", "from", "at", "to", "outside", "into", "towards", "toward")
            and t.lowers[first]
            not in (words("people.toml", "male", "first_names") | words("people.toml", "female", "first_names"))
            and before in ("in", "near", "outside", "into", "at")
        )

    def _text(self, first: int, last: int) -> str:
        return self.analysis.text[self.t.starts[first] : self.t.ends[last]]

    def _person(self, first: int, last: int) -> Actor | None:
        """The person that a run of proper nouns names, by full name, last name or first name."""
        t = self.t
        start = self._name_part(first, last)
        name = self._text(start, last)
        hit = self._people.get(name.lower())
        if hit is not None:
            return hit
        low = t.lowers[last]
        if low in known() or name.lower() in known() or (low in self._acronyms):
            return None
        for table, key in ((self._by_last, low), (self._by_first, t.lowers[start])):
            people = table.get(key, [])
            if start == last or table is self._by_last:
                alike = [p for p in people if compatible(p.name, name)]
                if alike:
                    wanted = self._sex_before(first, start)
                    fitting = [
                        p for p in alike if not wanted or not sex_of_name(p.name) or sex_of_name(p.name) == wanted
                    ]
                    return (fitting or alike)[0]
        return None

    def _sex_before(self, first: int, start: int) -> str:
        lows = self.t.lowers[max(0, first - 1) : start]
        if any(w in words("people.toml", "courtesy_male") for w in lows):
            return "m"
        if any(w in words("people.toml", "courtesy_female") for w in lows):
            return "f"
        return ""

    def _describe(self, actor: Actor, first: int, start: int, last: int) -> None:
        """Roles, body, side and sex from the words around a name."""
        t = self.t
        roles = words("people.toml", "roles")
        actor.sex = actor.sex or self._sex_before(first, start)
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
            self._add_role(actor, stated, self._text(k + 1, start - 1).strip("[] "))
        elif start > first + 0 and (kept := [w for w in t.lowers[first:start] if w in roles]):
            self._add_role(actor, kept, self._text(first, start - 1))
        n = len(t)
        nxt = last + 1
        if nxt < n and t.lowers[nxt] == "(":
            while nxt < n and t.lowers[nxt] != ")" and nxt - last < 8:
                nxt += 1
            nxt += 1
        if nxt < n and t.lowers[nxt] in (",", "–", "—"):
            self._apposed(actor, nxt + 1)
        if start >= 2 and t.lowers[start - 1] == "," and nxt < n and t.lowers[nxt] in (",", "."):
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
                self._add_role(
                    actor, stated[:1] if phrase.index(stated[0]) < 6 else stated[-1:], self._text(j + 1, start - 2)
                )

    def _apposed(self, actor: Actor, first: int) -> None:
        t = self.t
        roles = words("people.toml", "roles")
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
        self._add_role(actor, stated, self._text(first, end - 1))

    def _add_role(self, actor: Actor, stated: list[str], phrase: str) -> None:
        actor.roles.update(stated)
        phrase = re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase, flags=re.I).strip(" ,[]")
        if actor.role is None:
            actor.role = phrase or None
            m = re.search(r"\b(?:of|for|at|with|in)\s+(?:the\s+)?(.+)$", phrase)
            actor.affiliation = m.group(1).strip() if m else None
        if _MILITARY.search(phrase):
            actor.roles.update(_SOLDIERLY)
        if actor.side is None:
            actor.side = side_of(phrase)
        actor.marks.update(w for w in phrase.lower().replace("’s", "").replace("'s", "").split() if w in demonyms())
        for role in stated:
            if role in words("people.toml", "male", "words"):
                actor.sex = actor.sex or "m"
            elif role in words("people.toml", "female", "words"):
                actor.sex = actor.sex or "f"

    # --- mentions in order ----------------------------------------------------------------------

    def named(self, first: int, last: int) -> Actor:
        """The actor that a run of proper nouns names."""
        person = self._person(first, last)
        if person is not None:
            return person
        while first > 1 and self.t.tags[first - 1] == "POS" and first - 2 in self._runs and self._is_body(first, last):
            first = self._runs[first - 2]  # "the El Fasher Medics' Committee"
        name = self._text(first, last)
        low = name.lower().removeprefix("the ")
        start = self._name_part(first, last)
        short = self._text(start, last)
        for form in (low, short.lower()):
            if form in self._acronyms:
                full = self._acronyms[form]
                entry = known().get(full.lower()) or known().get(form)
                return self._other(full, entry[1] if entry else "institution", entry[2] if entry else None)
            if form in known():
                official, kind, side = known()[form]
                if form in metonyms():
                    return self._other(official, kind, side)
                # a body is called as the article calls it; a state by its name
                return self._other(official if kind == "country" else (name if form == low else short), kind, side)
        if self._is_body(start, last):
            owner = name
            if start <= first or any(w in words("people.toml", "bodies", "words") for w in low.split()):
                whole = self._text(first, self._body_end(last))
                name = whole if len(whole) > len(name) else name
            media = bool(
                {"news", "times", "post", "tv", "radio", "press", "journal", "tribune", "herald", "telegraph"}
                & set(low.split())
            )
            return self._other(name, "media" if media else "institution", of=owner)
        if last - start >= 1 or start > first:
            return self._people.setdefault(short.lower(), Actor(short, "person", sex=sex_of_name(short)))
        return self._other(short, "person" if low.isalpha() else "institution", None)

    def _other(
        self, name: str, kind: str, side: str | None = None, plural: bool = False, of: str | None = None
    ) -> Actor:
        """The actor of this name, no person's; where it is new, its side is ``side`` or what the words ``of`` show."""
        if kind in ("institution", "country", "media"):
            name = _ARTICLE.sub("", name)
        low = name.lower()
        actor = self._others.get(low)
        if actor is None:
            side = side_of(of) if of is not None else side
            actor = self._others[low] = Actor(name, kind, side=side, plural=plural)
        return actor
