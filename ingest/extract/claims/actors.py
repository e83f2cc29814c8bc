"""Who is who in one text: names, roles, bodies, and what each mention stands for.

Belongs here: the cast of a text, built from its words in order, and the resolution of short names,
roles, pronouns and metonyms to it, by rules over the whole document. Does not belong here: which
mention speaks (``verbal``, ``nominal``). What is doubtful stays as written; nobody is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.grammar import PROPER, is_office_word
from ingest.extract.claims.lexicon import toml, words
from ingest.extract.claims.quotes import Quote

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_MANY = frozenset(["they", "them", "their", "themselves"])
_THING = frozenset(["it", "its", "itself"])
_FIRST = frozenset(["i", "we", "me", "us", "my", "our"])
_PARTICLES = frozenset(["al", "el", "bin", "ibn", "van", "von", "de", "der", "den", "da", "di", "du", "abu", "ul"])
_MILITARY = re.compile(
    r"\b(?:forces|army|brigade|military|general staff|regiment|battalion|troops|corps|defen[cs]e|command|navy|air force)\b",
    re.I,
)
_SOLDIERLY = frozenset(["soldier", "serviceman", "military", "officer", "spokesman", "spokesperson", "official"])
_UNNAMED = frozenset(
    [
        "source",
        "sources",
        "official",
        "officials",
        "people",
        "person",
        "witness",
        "witnesses",
        "resident",
        "residents",
        "analysts",
        "experts",
        "observers",
        "insiders",
        "diplomats",
        "aides",
        "officers",
        "someone",
        "some",
        "many",
        "others",
        "critics",
        "locals",
        "villagers",
        "survivors",
        "eyewitnesses",
        "members",
        "lawmakers",
        "reports",
        "those",
        "journalists",
        "reporters",
        "activists",
        "soldiers",
        "commanders",
        "interlocutors",
        "lawyers",
        "doctors",
        "medics",
    ]
)
_REACH = 6  # sentences back that a pronoun may reach


@dataclass(slots=True)
class Actor:
    """Somebody or something that speaks, under the fullest name the text gives."""

    name: str
    kind: str
    sex: str = ""
    plural: bool = False
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None
    side: str | None = None
    marks: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Seen:
    token: int
    sentence: int
    actor: Actor
    subject: bool
    speaks: bool
    quoted: bool


@cache
def known() -> dict[str, tuple[str, str, str | None]]:
    """Known names, lower case: the name of the actor, its kind, its side."""
    table: dict[str, tuple[str, str, str | None]] = {}
    for actor in toml("institutions.toml")["actor"]:
        for name in (*actor["names"], *actor.get("metonyms", ())):
            table[name.lower().removeprefix("the ")] = (actor["names"][0], actor["kind"], actor.get("side"))
    return table


@cache
def metonyms() -> frozenset[str]:
    """Seats that stand for the body in them, lower case."""
    return frozenset(m.lower() for a in toml("institutions.toml")["actor"] for m in a.get("metonyms", ()))


@cache
def demonyms() -> dict[str, str]:
    """Demonyms and names of states, lower case, with the state's code."""
    table: dict[str, str] = {}
    for actor in toml("institutions.toml")["actor"]:
        if actor["kind"] == "country":
            for name in (*actor["names"], *actor.get("demonyms", ())):
                table[name.lower()] = actor["side"]
    return table


@cache
def same_roles(role: str) -> frozenset[str]:
    """Other words that one who bears a role may go by, in both directions."""
    table: dict[str, list[str]] = toml("people.toml")["same_role"]
    return frozenset(table.get(role, ())) | frozenset(r for r, others in table.items() if role in others)


def side_of(text: str) -> str | None:
    """The state whose name or demonym stands in ``text``, if it is one."""
    low = " " + re.sub(r"[^\w\s.-]", " ", text.lower()) + " "
    found = {code for name, code in demonyms().items() if f" {name} " in low}
    return found.pop() if len(found) == 1 else None


class Cast:
    """The actors of one text and the mentions that stand for them."""

    def __init__(self, analysis: Analysis, quotes: list[Quote], speakers: dict[int, int]) -> None:
        """``speakers`` maps the head token of each speaker's mention to the number of its cue's sentence."""
        self.analysis = analysis
        self.t = analysis.tokens
        self.quotes = quotes
        self._opens = [q.open for q in quotes]
        self._speakers = speakers
        self._people: dict[str, Actor] = {}
        self._by_last: dict[str, list[Actor]] = {}
        self._by_first: dict[str, list[Actor]] = {}
        self._others: dict[str, Actor] = {}
        self._acronyms: dict[str, str] = {}
        self._runs = self._find_runs()
        self._collect()
        self.at: dict[int, Actor] = {}
        self._seen: list[_Seen] = []
        self._walk()

    # --- names --------------------------------------------------------------------------------

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
        start = first
        for k in range(first, last):
            low = self.t.lowers[k]
            if low in words("people.toml", "kept_titles") or is_office_word(low):
                start = k + 1
        return start

    def _is_body(self, first: int, last: int) -> bool:
        t = self.t
        lows = t.lowers[first : last + 1]
        if any(w in words("people.toml", "bodies", "words") for w in lows) or " ".join(lows) in known():
            return True
        if last == first and t.words[first].isupper() and len(t.words[first]) > 1:
            return True
        return first > 0 and t.lowers[first - 1] == "the" and lows[-1] not in words("people.toml", "roles")

    def _collect(self) -> None:
        t, text = self.t, self.analysis.text
        for m in re.finditer(
            r"((?:[A-Z][\w’'-]+|of|the|for|and|on|in)(?:\s+(?:[A-Z][\w’'-]+|of|the|for|and|on|in|de)){1,9})\s+\(([A-Z][A-Za-z.]{1,9})\)",
            text,
        ):
            full = _expansion(m.group(1).split(), m.group(2).replace(".", ""))
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
            actor = self._person(first, last)
            if actor is not None:
                self._describe(actor, first, self._name_part(first, last), last)
        for actor in self._people.values():
            actor.sex = actor.sex or _sex_of_name(actor.name)

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
                alike = [p for p in people if _compatible(p.name, name)]
                if alike:
                    wanted = self._sex_before(first, start)
                    fitting = [
                        p for p in alike if not wanted or not _sex_of_name(p.name) or _sex_of_name(p.name) == wanted
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
            j, phrase = start - 2, []
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

    def _quoted(self, i: int) -> bool:
        at = self.t.starts[i]
        k = bisect_right(self._opens, at) - 1
        return k >= 0 and self.quotes[k].open <= at < self.quotes[k].close

    def _walk(self) -> None:
        t = self.t
        roles, collective = words("people.toml", "roles"), words("people.toml", "collective", "words")
        for number, s in enumerate(self.analysis.sentences):
            if not s.is_body:
                continue
            for i in range(s.first, s.last):
                low = t.lowers[i]
                tag = t.tags[i]
                subject = t.deps[i] in ("nsubj", "nsubjpass")
                actor: Actor | None = None
                if i in self._runs:
                    actor = self.named(self._runs[i], i)
                elif low in demonyms() and t.deps[i] in ("amod", "compound", "nmod"):
                    continue
                elif tag == "PRP" and (subject or i in self._speakers):
                    actor = self._pronoun(i, low, number)
                elif i in self._speakers or (
                    tag in ("NN", "NNS", "JJ", "NNPS")
                    and (subject or low in roles or low in collective or low[:-1] in roles)
                ):
                    actor = self._common(i, number)
                if actor is not None:
                    self.at[i] = actor
                    self._seen.append(_Seen(i, number, actor, subject, i in self._speakers, self._quoted(i)))

    def named(self, first: int, last: int) -> Actor:
        """The actor that a run of proper nouns names."""
        person = self._person(first, last)
        if person is not None:
            return person
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
            owner = side_of(name)
            if start <= first or any(w in words("people.toml", "bodies", "words") for w in low.split()):
                whole = self._text(first, self._body_end(last))
                name = whole if len(whole) > len(name) else name
            media = bool(
                {"news", "times", "post", "tv", "radio", "press", "journal", "tribune", "herald", "telegraph"}
                & set(low.split())
            )
            return self._other(name, "media" if media else "institution", owner)
        if last - start >= 1 or start > first:
            return self._people.setdefault(short.lower(), Actor(short, "person", sex=_sex_of_name(short)))
        return self._other(short, "person" if low.isalpha() else "institution", None)

    def _other(self, name: str, kind: str, side: str | None, plural: bool = False) -> Actor:
        name = (
            re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.I) if kind in ("institution", "country", "media") else name
        )
        actor = self._others.get(name.lower())
        if actor is None:
            actor = self._others[name.lower()] = Actor(name, kind, side=side, plural=plural)
        return actor

    def phrase(self, i: int) -> tuple[int, int]:
        """First and last token of the simple noun phrase around ``i``: what stands left of it, and an "of"."""
        t = self.t
        s = self.analysis.sentences[self.analysis.sentence_at(t.starts[i])]
        first = i
        while first > s.first and (
            t.tags[first - 1]
            in ("DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "CD", "HYPH", "VBN", "PDT")
            or (t.words[first - 1] == "-" and t.starts[first] == t.ends[first - 1])
        ):
            if t.tags[first - 1] == "VBN" and t.heads[first - 1] != i:
                break
            first -= 1
            if t.tags[first] in ("DT", "PRP$") and t.lowers[first] != "all":
                break
        last = i
        if i + 2 < s.last and t.lowers[i + 1] in ("of", "for") and t.heads[i + 1] == i:
            j = i + 2
            while (
                j < s.last
                and t.tags[j] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "HYPH", "IN")
                and t.lowers[j] not in ("that", "as", "in", "on")
            ):
                j += 1
            last = max(last, j - 1 if t.tags[j - 1] != "IN" else j - 2)
        return first, last

    # --- pronouns -------------------------------------------------------------------------------

    def _pronoun(self, i: int, low: str, number: int) -> Actor | None:
        if low in _FIRST or low == "you":
            return None
        wanted = (
            "m" if low in _MALE else "f" if low in _FEMALE else "p" if low in _MANY else "t" if low in _THING else ""
        )
        if not wanted:
            return None
        inside = self._quoted(i)
        best, best_score = None, 0.0
        for seen in reversed(self._seen):
            back = number - seen.sentence
            if back > _REACH:
                break
            score = self._fit(seen.actor, wanted)
            if score <= 0:
                continue
            score += 6 - 1.4 * back + 2.2 * seen.subject + 2.5 * seen.speaks - (4 if seen.quoted and not inside else 0)
            if back == 0 and not seen.subject and not seen.speaks:
                score -= 1
            if score > best_score:
                best, best_score = seen.actor, score
        return best

    @staticmethod
    def _fit(actor: Actor, wanted: str) -> float:
        human = actor.kind in ("person", "role") and not actor.plural
        if wanted in ("m", "f"):
            if not human or (actor.sex and actor.sex != wanted):
                return 0
            return 2.0 if actor.sex == wanted else 1.0
        if wanted == "p":
            if actor.plural or actor.kind in ("group", "unnamed"):
                return 2.0
            return 0.8 if actor.kind in ("institution", "country", "media") else 0
        return 1.5 if actor.kind in ("institution", "country", "media", "group") and not actor.plural else 0

    # --- common nouns -----------------------------------------------------------------------------

    def _common(self, i: int, number: int) -> Actor | None:
        """ "the spokesman", "local officials", "Russia's defence ministry"."""
        t = self.t
        low = t.lowers[i]
        if t.heads[i] != NO_HEAD and i + 1 < len(t) and t.heads[i] == i + 1 and t.deps[i] == "compound":
            return None
        if low in self._acronyms or (low in known() and t.words[i].isupper()):
            return self.named(i, i)
        first, last = self.phrase(i)
        plural = t.tags[i] in ("NNS", "NNPS")
        name = self._text(first, last)
        modifiers = [w for w in t.lowers[first:i] if w not in ("the", "a", "an", "'s", "’s", "-")]
        determiner = t.lowers[first]
        side = side_of(name)
        if (
            not plural
            and low in words("people.toml", "roles")
            and low not in words("people.toml", "collective", "words")
        ):
            if determiner not in ("a", "an", "another", "one", "some", "no", "any", "every", "each"):
                actor = self._by_role(i, low, modifiers, name, number)
                if actor is not None:
                    return actor
            actor = self._other(lower_article(name), "unnamed" if low in _UNNAMED else "role", side)
            actor.roles.add(low)
            if low in words("people.toml", "male", "words"):
                actor.sex = "m"
            elif low in words("people.toml", "female", "words"):
                actor.sex = "f"
            return actor
        if low in words("people.toml", "collective", "words") and not plural:
            if low == "military" or low in words("people.toml", "roles"):
                person = (
                    self._by_role(i, low, modifiers, name, number) if not modifiers and determiner == "the" else None
                )
                if person is not None:
                    return person
            if not modifiers and determiner in ("the", "this", "its"):
                longer = self._same_head(i, low)
                if longer is not None:
                    return longer
            return self._other(name, "institution", side)
        if plural:
            kind = "unnamed" if low in _UNNAMED else "group"
            return self._other(lower_article(name), kind, side, plural=True)
        return self._other(
            lower_article(name), "institution" if low in words("people.toml", "bodies", "words") else "unnamed", side
        )

    def _same_head(self, i: int, low: str) -> Actor | None:
        """ "the ministry" after "the Russian defence ministry" is that one."""
        for seen in reversed(self._seen):
            name = seen.actor.name.lower()
            if (
                seen.actor.kind in ("institution", "media", "group")
                and (name.split()[-1] == low or f" {low} of " in name)
                and " " in name
            ):
                return seen.actor
        return None

    def _by_role(self, i: int, low: str, modifiers: list[str], name: str, number: int) -> Actor | None:
        """The person who bears a role: its own word first, then one that may go by it, nearest first."""
        near: dict[int, float] = {}
        same = same_roles(low)
        origins = {demonyms()[m] for m in modifiers if m in demonyms()}
        for rank, seen in enumerate(reversed(self._seen)):
            if id(seen.actor) not in near:
                near[id(seen.actor)] = rank + (0 if seen.speaks or seen.subject else 2)
        speakers = {id(s.actor) for s in self._seen if s.speaks}
        best, best_score = None, 0.0
        of = re.search(r"\b(?:of|for|at)\s+(.+)$", name)
        people = [
            *self._people.values(),
            *(a for a in self._others.values() if a.kind in ("role", "person") and not a.plural),
        ]
        for actor in people:
            score = 3.0 if low in actor.roles else 1.5 if same & actor.roles else 0.0
            if not score or (actor.sex and self._sex_of_role(low) not in ("", actor.sex)):
                continue
            if origins:
                if actor.side in origins or {demonyms()[m] for m in actor.marks} & origins:
                    score += 1
                else:
                    continue
            stated = (actor.role or "").lower()
            if of is not None and not _share_a_word(of.group(1), stated):
                continue
            other = [m for m in modifiers if m not in demonyms() and m not in ("then", "former")]
            if other and low in actor.roles and not any(m in stated for m in other):
                continue
            if other and low not in actor.roles:
                continue
            if id(actor) in near:
                score += max(0.0, 1.5 - 0.1 * near[id(actor)]) + (0.5 if id(actor) in speakers else 0)
            elif low == "military":
                continue
            elif not origins and not other:
                score -= 1  # named only later, or in a caption
            if low == "military" and id(actor) not in speakers:
                continue
            if score > best_score:
                best, best_score = actor, score
        if (
            best is not None
            or modifiers
            or low
            in (
                "source",
                "man",
                "woman",
                "person",
                "witness",
                "resident",
                "guard",
                "military",
                "intelligence",
                "monitor",
            )
        ):
            return best
        # a bare role that fits nobody's: the one who has been speaking, if nothing is known of his
        for seen in reversed(self._seen):
            if seen.speaks and seen.actor.kind == "person" and number - seen.sentence <= 4:
                fits = not seen.actor.roles and self._sex_of_role(low) in ("", seen.actor.sex or self._sex_of_role(low))
                return seen.actor if fits else None
        return None

    @staticmethod
    def _sex_of_role(low: str) -> str:
        if low in words("people.toml", "male", "words"):
            return "m"
        return "f" if low in words("people.toml", "female", "words") else ""

    # --- the answer -------------------------------------------------------------------------------

    def resolve(self, head: int, text: str) -> Actor | None:
        """The actor that the mention with this head stands for."""
        actor = self.at.get(head)
        if actor is not None:
            return actor
        tag, low = self.t.tags[head], self.t.lowers[head]
        if tag in ("PRP", "PRP$"):
            number = self.analysis.sentence_at(self.t.starts[head])
            keep = self._seen
            self._seen = keep[: bisect_left([s.token for s in keep], head)]
            found = self._pronoun(head, low, number)
            self._seen = keep
            return found
        if low in demonyms():
            name = next(
                (
                    a["names"][0]
                    for a in toml("institutions.toml")["actor"]
                    if low in (d.lower() for d in a.get("demonyms", ()))
                ),
                text,
            )
            return self._other(name, "country", demonyms()[low])
        if tag in PROPER:
            first = head
            while first > 0 and self.t.tags[first - 1] in PROPER:
                first -= 1
            return self.named(first, head)
        return self._common(head, self.analysis.sentence_at(self.t.starts[head])) or self._other(
            lower_article(text), "unnamed", side_of(text)
        )


def _expansion(parts: list[str], letters: str) -> str | None:
    """The words before "(LETTERS)" that those letters begin."""
    capitals = [k for k, w in enumerate(parts) if w[:1].isupper()]
    for size in range(len(capitals), 1, -1):
        start = capitals[-size]
        initials = "".join(w[0] for w in parts[start:] if w[:1].isupper())
        if initials.upper() == letters.upper():
            return " ".join(parts[start:])
    return None


def _compatible(full: str, other: str) -> bool:
    """True where two names may be one person's: every word of the shorter one has its place in the longer."""
    a, b = full.lower().split(), other.lower().split()
    if len(b) > len(a):
        a, b = b, a
    if len(b) == 1:
        return b[0] in (a[-1], a[0])
    return a[-1] == b[-1] and (a[0] == b[0] or a[0][:1] == b[0].rstrip(".") or b[0] in a)


def _sex_of_name(name: str) -> str:
    low = name.lower().split()
    for word in low[:-1] or low:
        if word in words("people.toml", "male", "first_names"):
            return "f" if word in words("people.toml", "female", "first_names") else "m"
        if word in words("people.toml", "female", "first_names"):
            return "f"
    if low and len(low[-1]) > 5 and low[-1].endswith(tuple(words("people.toml", "female_endings", "first_names"))):
        return "f"
    return ""


def _share_a_word(a: str, b: str) -> bool:
    """True where two phrases share a word of more than three letters."""
    return bool({w for w in re.findall(r"\w{4,}", a.lower())} & set(re.findall(r"\w{4,}", b.lower())))


def lower_article(name: str) -> str:
    """A noun phrase as it stands inside a sentence."""
    first = name.split(" ", 1)[0]
    return (
        name[:1].lower() + name[1:]
        if first.lower()
        in (
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "some",
            "many",
            "several",
            "two",
            "one",
            "other",
            "local",
            "another",
            "those",
            "all",
        )
        else name
    )
