"""What each mention of an actor stands for.

Belongs here: short names, roles, pronouns and bare nouns resolved in document order to the actors
of the roster, by rules over the whole document. Does not belong here: which mention speaks
(``verbal``, ``nominal``). What is doubtful stays as written; nobody is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.actors import (
    Actor,
    demonyms,
    known,
    lower_article,
    same_roles,
    sex_of_role,
    share_a_word,
)
from ingest.extract.claims.quotes import Quotes
from ingest.extract.claims.roster import Roster
from ingest.extract.lexicon import toml, words
from ingest.extract.syntax.tree import CALENDAR, PROPER

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_MANY = frozenset(["they", "them", "their", "themselves"])
_THING = frozenset(["it", "its", "itself"])
_FIRST = frozenset(["i", "we", "me", "us", "my", "our"])
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
# what any body may be called when it is named again
_ANY_BODY = frozenset(["group", "organisation", "organization", "body", "watchdog", "charity", "outlet", "institution"])
_COMMON = frozenset(["NN", "NNS", "JJ", "NNPS"])
_MENTIONING = _COMMON | {"PRP"}
_MEMORY = 400  # mentions back that a role may reach
_REACH = 6  # sentences back that a pronoun may reach


@dataclass(slots=True)
class _Seen:
    token: int
    sentence: int
    actor: Actor
    subject: bool
    speaks: bool
    weight: float
    quoted: bool


class Cast(Roster):
    """The actors of one text and the mentions that stand for them."""

    def __init__(
        self,
        analysis: Analysis,
        quotes: Quotes,
        speakers: dict[int, float],
        contents: dict[int, list[tuple[int, int]]] | None = None,
        places: frozenset[int] = frozenset(),
    ) -> None:
        """``speakers`` maps the head token of each speaker's mention to its weight, 1 for a claim of the article's own.

        ``contents`` holds the contents of the same mentions, ``places`` the last token of each name of a place.
        """
        self._contents = contents or {}
        self._places = places
        super().__init__(analysis)
        self.quotes = quotes
        self._speakers = speakers
        self.at: dict[int, Actor] = {}
        self._seen: list[_Seen] = []
        self._walk()

    def _quoted(self, i: int) -> bool:
        return self.quotes.marked(self.t.starts[i]) is not None

    def _walk(self) -> None:
        t, runs, speakers, origins = self.t, self._runs, self._speakers, demonyms()
        tags = t.tags
        roles, collective = words("people.toml", "roles"), words("people.toml", "collective", "words")
        for number, s in enumerate(self.analysis.sentences):
            if not s.is_body:
                continue
            mentioning = [i for i in range(s.first, s.last) if tags[i] in _MENTIONING or i in runs or i in speakers]
            for i in mentioning:
                tag, low = tags[i], t.lowers[i]
                subject = t.deps[i] in ("nsubj", "nsubjpass")
                actor: Actor | None = None
                if i in runs:
                    if low in CALENDAR or (i in self._places and i not in speakers):
                        continue
                    actor = self.named(runs[i], i)
                elif low in origins and t.deps[i] in ("amod", "compound", "nmod"):
                    continue
                elif tag == "PRP" and (subject or i in speakers):
                    actor = self._pronoun(i, low, number)
                elif i in speakers or (
                    tag in _COMMON and (subject or low in roles or low in collective or low[:-1] in roles)
                ):
                    actor = self._common(i, number)
                if actor is not None:
                    self.at[i] = actor
                    self._seen.append(
                        _Seen(i, number, actor, subject, i in speakers, speakers.get(i, 0.0), self._quoted(i))
                    )

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
        own = self._contents.get(i, [])
        best, best_score = None, 0.0
        for seen in reversed(self._seen):
            back = number - seen.sentence
            if back > _REACH:
                break
            score = self._fit(seen.actor, wanted)
            at = self.t.starts[seen.token]
            if score <= 0 or any(s <= at < e for s, e in own):
                continue  # who is told of in a content does not say it
            score += (
                6
                - 1.4 * back
                + 2.2 * (seen.subject or seen.speaks)
                + 2.5 * seen.weight
                - (4 if seen.quoted and not inside else 0)
            )
            if back == 0 and not seen.subject and not seen.speaks:
                score -= 1
            if score > best_score:
                best, best_score = seen.actor, score
        return best

    @staticmethod
    def _fit(actor: Actor, wanted: str) -> float:
        someone = actor.kind in ("person", "role") or (actor.kind == "unnamed" and bool(actor.roles))
        human = someone and not actor.plural
        if wanted in ("m", "f"):
            if not human or (actor.sex and actor.sex != wanted):
                return 0
            return 1.6 if actor.sex == wanted else 1.0
        if wanted == "p":
            if actor.plural or actor.kind == "group":
                return 2.0
            if actor.kind == "unnamed":
                return 0.6 if actor.roles else 0.0  # "a corridor" is nobody
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
        if (
            not plural
            and low in words("people.toml", "roles")
            and low not in words("people.toml", "collective", "words")
        ):
            named = self._named_beside(first, last)
            if named is not None:
                return named
            if determiner not in ("a", "an", "another", "one", "some", "no", "any", "every", "each"):
                actor = self._by_role(i, low, modifiers, name, number)
                if actor is not None:
                    return actor
            actor = self._other(lower_article(name), "unnamed" if low in _UNNAMED else "role", of=name)
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
                longer = self._same_head(low, number)
                if longer is not None:
                    return longer
            return self._other(name, "institution", of=name)
        if plural:
            kind = "unnamed" if low in _UNNAMED else "group"
            return self._other(lower_article(name), kind, plural=True, of=name)
        kind = "institution" if low in words("people.toml", "bodies", "words") else "unnamed"
        return self._other(lower_article(name), kind, of=name)

    def _named_beside(self, first: int, last: int) -> Actor | None:
        """The person a role is in apposition to: "the spokesman, Maj. Jane Roe,", "Jane Roe, the spokesman"."""
        t = self.t
        if last + 2 < len(t) and t.lowers[last + 1] == ",":
            for k in range(last + 2, min(last + 8, len(t))):
                if k in self._runs and self._runs[k] <= last + 4:
                    return self._person(self._runs[k], k)
                if t.lowers[k] in (",", ".", ";", ":"):
                    break
        if first >= 2 and t.lowers[first - 1] == "," and first - 2 in self._runs:
            return self._person(self._runs[first - 2], first - 2)
        return None

    def _same_head(self, low: str, number: int) -> Actor | None:
        """ "the ministry" after "the Russian defence ministry" is that one; "the group" the body just named."""
        for seen in reversed(self._seen[-_MEMORY:]):
            name = seen.actor.name.lower()
            just_spoke = seen.speaks and number - seen.sentence <= 1 and seen.actor.kind in ("institution", "media")
            if low in _ANY_BODY and just_spoke and " " in name:
                return seen.actor
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
        for rank, seen in enumerate(reversed(self._seen[-_MEMORY:])):
            if id(seen.actor) not in near:
                near[id(seen.actor)] = rank + (0 if seen.speaks or seen.subject else 2)
        speakers = {id(s.actor) for s in self._seen[-_MEMORY:] if s.speaks}
        best, best_score = None, 0.0
        of = re.search(r"\b(?:of|for|at)\s+(.+)$", name)
        people = [
            *self._people.values(),
            *(a for a in self._others.values() if a.kind in ("role", "person", "unnamed") and not a.plural),
        ]
        for actor in people:
            score = 3.0 if low in actor.roles else 1.5 if same & actor.roles else 0.0
            if not score or (actor.sex and sex_of_role(low) not in ("", actor.sex)):
                continue
            if origins:
                if actor.side in origins or {demonyms()[m] for m in actor.marks} & origins:
                    score += 1
                elif actor.side is None and not actor.marks and low in actor.roles:
                    score -= 1  # of no stated origin: another's only if none fits better
                else:
                    continue
            stated = (actor.role or "").lower()
            if of is not None and of.group(1).startswith(("a ", "an ")):
                return None  # "the mayor of a town": of one not told of before
            if of is not None and not share_a_word(of.group(1), stated):
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
            if low == "military" and (id(actor) not in speakers or actor.kind != "person"):
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
                fits = not seen.actor.roles and sex_of_role(low) in ("", seen.actor.sex or sex_of_role(low))
                return seen.actor if fits else None
        return None

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
            lower_article(text), "unnamed", of=text
        )
