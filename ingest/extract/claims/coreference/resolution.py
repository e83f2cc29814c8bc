"""What each mention of an actor stands for.

Belongs here: mentions resolved in document order, by rules over the whole document; the interface
that other extractors ask. Does not belong here: which mention speaks or acts (the rules of claims and
events). What is doubtful stays as written; nobody is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.coreference.actors import Actor, demonyms, known, sex_of_role, state_called
from ingest.extract.claims.coreference.discourse import Discourse, Resolved
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.claims.coreference.pronouns import antecedent
from ingest.extract.claims.coreference.roles import bearer, same_body
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER

_COMMON = frozenset(["NN", "NNS", "JJ", "NNPS"])
_MENTIONING = _COMMON | {"PRP"}

Spans = Sequence[tuple[int, int]]


def nowhere_quoted(offset: int) -> bool:
    """The answer for a text whose quotation marks nobody looked for."""
    return False


class Coreference:
    """The actors of one text and the mentions that stand for them.

    Args:
        analysis: the text.
        is_quoted: tells whether a character stands inside quotation marks.
        speakers: the head token of each speaker's mention with its weight, 1 for a claim of the article's own.
        contents: characters of what the claims of the same mentions say.
        places: the last token of each name of a place.
    """

    def __init__(
        self,
        analysis: Analysis,
        is_quoted: Callable[[int], bool] = nowhere_quoted,
        speakers: Mapping[int, float] | None = None,
        contents: Mapping[int, Spans] | None = None,
        places: frozenset[int] = frozenset(),
    ) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.entities = Entities(analysis)
        self.mentions = self.entities.mentions
        self._is_quoted = is_quoted
        self._speakers = speakers or {}
        self._contents = contents or {}
        self._places = places
        self._actors: dict[int, Actor] = {}
        self._discourse = Discourse()
        self._walk()

    def _walk(self) -> None:
        t, runs = self.tokens, self.mentions.runs
        for number, s in enumerate(self.analysis.sentences):
            if not s.is_body:
                continue
            for i in range(s.first, s.last):
                if t.tags[i] not in _MENTIONING and i not in runs and i not in self._speakers:
                    continue
                actor = self._at(i, number)
                if actor is not None:
                    self._actors[i] = actor
                    is_subject, is_quoted = t.deps[i] in ("nsubj", "nsubjpass"), self._is_quoted(t.starts[i])
                    weight = self._speakers.get(i, 0.0)
                    self._discourse.add(Resolved(i, number, actor, is_subject, i in self._speakers, weight, is_quoted))

    def _at(self, i: int, number: int) -> Actor | None:
        """The actor that the token ``i`` of sentence ``number`` stands for; None for no actor's mention."""
        t, runs = self.tokens, self.mentions.runs
        low, speaks = t.lowers[i], i in self._speakers
        is_subject = t.deps[i] in ("nsubj", "nsubjpass")
        if i in runs:
            if low in CALENDAR or (i in self._places and not speaks):
                return None
            return self.entities.named(runs[i], i)
        if low in demonyms() and t.deps[i] in ("amod", "compound", "nmod"):
            return None
        if t.tags[i] == "PRP" and (is_subject or speaks):
            return self._pronoun(i, number, self._discourse)
        roles, collective = words("people.toml", "roles"), words("people.toml", "collective", "words")
        names_someone = is_subject or low in roles or low in collective or low[:-1] in roles
        if speaks or (t.tags[i] in _COMMON and names_someone):
            return self._common(i, number)
        return None

    def _pronoun(self, i: int, number: int, discourse: Discourse) -> Actor | None:
        t = self.tokens
        is_quoted = self._is_quoted(t.starts[i])
        return antecedent(t.lowers[i], number, is_quoted, discourse, t.starts, self._contents.get(i, ()))

    # --- common nouns ---------------------------------------------------------------------------

    def _common(self, i: int, number: int) -> Actor | None:
        """ "the spokesman", "local officials", "Russia's defence ministry"."""
        t, entities = self.tokens, self.entities
        low = t.lowers[i]
        if t.heads[i] != NO_HEAD and i + 1 < len(t) and t.heads[i] == i + 1 and t.deps[i] == "compound":
            return None
        if low in entities.acronyms or (low in known() and t.words[i].isupper()):
            return entities.named(i, i)
        first, last = self.mentions.phrase(i)
        is_plural = t.tags[i] in ("NNS", "NNPS")
        name = self.mentions.text(first, last)
        modifiers = [w for w in t.lowers[first:i] if w not in ("the", "a", "an", "'s", "’s", "-")]
        is_role, is_body = low in words("people.toml", "roles"), low in words("people.toml", "collective", "words")
        unnamed = "unnamed" if low in words("coreference.toml", "unnamed") else ""
        if is_plural:
            return entities.other(lower_article(name), unnamed or "group", plural=True, of=name)
        if is_role and not is_body:
            named = self._apposed(first, last)
            if named is not None:
                return named
            if t.lowers[first] not in words("coreference.toml", "indefinite"):
                actor = bearer(low, modifiers, name, number, entities, self._discourse)
                if actor is not None:
                    return actor
            actor = entities.other(lower_article(name), unnamed or "role", of=name)
            actor.roles.add(low)
            actor.sex = sex_of_role(low) or actor.sex
            return actor
        if is_body:
            return self._body(low, modifiers, name, t.lowers[first], number)
        kind = "institution" if low in words("people.toml", "bodies", "words") else "unnamed"
        return entities.other(lower_article(name), kind, of=name)

    def _body(self, low: str, modifiers: Sequence[str], name: str, determiner: str, number: int) -> Actor:
        """The body that a noun like "ministry" names, or names again."""
        if (low == "military" or low in words("people.toml", "roles")) and not modifiers and determiner == "the":
            person = bearer(low, modifiers, name, number, self.entities, self._discourse)
            if person is not None:
                return person
        if not modifiers and determiner in ("the", "this", "its"):
            longer = same_body(low, number, self._discourse)
            if longer is not None:
                return longer
        return self.entities.other(name, "institution", of=name)

    def _apposed(self, first: int, last: int) -> Actor | None:
        """The person a role is in apposition to: "the spokesman, Maj. Jane Roe,", "Jane Roe, the spokesman"."""
        t, runs = self.tokens, self.mentions.runs
        if last + 2 < len(t) and t.lowers[last + 1] == ",":
            for k in range(last + 2, min(last + 8, len(t))):
                if k in runs and runs[k] <= last + 4:
                    return self.entities.person(runs[k], k)
                if t.lowers[k] in (",", ".", ";", ":"):
                    break
        if first >= 2 and t.lowers[first - 1] == "," and first - 2 in runs:
            return self.entities.person(runs[first - 2], first - 2)
        return None

    # --- the answer -----------------------------------------------------------------------------

    def resolve(self, head: int, text: str | None = None) -> Actor | None:
        """The actor that a mention stands for; None for a pronoun of nobody's.

        Args:
            head: the head token of the mention.
            text: the mention as written, by which one without a name is called; the head alone where left out.
        """
        actor = self._actors.get(head)
        if actor is not None:
            return actor
        t = self.tokens
        tag, low = t.tags[head], t.lowers[head]
        text = text or t.words[head]
        number = self.analysis.sentence_at(t.starts[head])
        if tag in ("PRP", "PRP$"):
            return self._pronoun(head, number, self._discourse.before(head))
        if low in demonyms():
            return self.entities.other(state_called().get(low, text), "country", demonyms()[low])
        if tag in PROPER:
            first = head
            while first > 0 and t.tags[first - 1] in PROPER:
                first -= 1
            return self.entities.named(first, head)
        actor = self._common(head, number)
        return actor or self.entities.other(lower_article(text), "unnamed", of=text)
