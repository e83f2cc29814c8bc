"""Whose a document is: "its statement", "the website of the council", "the report said".

Belongs here: nouns for what somebody writes or publishes, and who speaks in it. Does not belong here: documents
that the cue's own sentence gives an owner (``attribution.speaker``).
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.speaker import is_of_named
from ingest.extract.claims.coreference.actors import Actor
from ingest.extract.claims.coreference.discourse import Discourse, Resolved
from ingest.extract.claims.coreference.mentions import NameMentions
from ingest.extract.claims.lexicon import listed
from ingest.extract.lexicon import words

_OWNED = words("coreference.toml", "owned")
_REPORTING = words("coreference.toml", "reporting")
_DOCUMENTS = words("people.toml", "documents")
_PUBLISHING = listed("support_verbs")
_MEDIUM_BACK = 2  # sentences back that "the report" may reach for who reported
_DOCUMENT_BACK = 15  # and "the statement" for who made it
_LONGEST = 10  # tokens from a document to its owner behind it
_PRONOUNS = frozenset(["PRP", "PRP$"])
_NAMELESS = frozenset(["unnamed", "role"])


class Documents:
    """Whose the documents of one text are.

    Args:
        analysis: the text.
        mentions: its runs of proper nouns and its noun phrases.
        discourse: the mentions that were read so far; it grows as the text is read.
        whom: tells the actor of the noun or possessive pronoun at a token, in the sentence of that number.
    """

    def __init__(
        self,
        analysis: Analysis,
        mentions: NameMentions,
        discourse: Discourse,
        whom: Callable[[int, int], Actor | None],
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._mentions = mentions
        self._discourse = discourse
        self._whom = whom

    def owner(self, first: int, i: int, number: int) -> Actor | None:
        """Whose website or statement the phrase from ``first`` with the noun ``i`` names; None where it names nobody.

        ``number`` is that of the sentence.
        """
        t = self._tokens
        if t.lowers[i] not in _OWNED:
            return None
        return self._whom(first, number) if t.tags[first] == "PRP$" else self._named_in(first, i, number)

    def writer(self, i: int, first: int, number: int) -> Actor | None:
        """Of "the report said", "the statement added" who reported, or made the statement told of before."""
        return self._medium(i, first, number) or self._maker(i, first, number)

    def _named_in(self, first: int, i: int, number: int) -> Actor | None:
        """Whom a document's phrase names as its owner: before "'s", or behind "of", "by" and "from"."""
        t = self._tokens
        for k in range(i - 1, first, -1):
            if t.tags[k] == "POS":
                return self._whom(k - 1, number)
        if i - 1 >= first and is_of_named(t, i):
            return self._whom(i - 1, number)  # "the UN statement"
        if i + 1 >= len(t) or t.lowers[i + 1] not in ("of", "by", "from"):
            return None
        behind = range(i + 2, min(i + _LONGEST, len(t)))
        at = next((k for k in behind if t.heads[k] == i + 1 and t.deps[k] == "pobj"), None)
        return None if at is None or t.tags[at] in _PRONOUNS else self._whom(at, number)

    def _medium(self, i: int, first: int, number: int) -> Actor | None:
        """ "The report said": the medium that has just reported, where the text tells of no other report."""
        t = self._tokens
        if t.lowers[i] not in _REPORTING or t.lowers[first:i] != ["the"]:
            return None
        for seen in self._discourse.nearest():
            if number - seen.sentence > _MEDIUM_BACK:
                return None
            if (seen.speaks and seen.weight >= 1) or t.lowers[seen.token] == t.lowers[i]:
                is_whose = seen.actor.kind == "media" or self._has_reported(seen, t.lowers[i], number)
                return seen.actor if is_whose else None
        return None

    def _has_reported(self, seen: Resolved, noun: str, number: int) -> bool:
        """True for a body of whose report the text has just told ("a report by the council said …")."""
        if seen.actor.kind != "institution":
            return False
        s = self._analysis.sentences
        return noun in self._tokens.lowers[s[max(0, seen.sentence)].first : s[number].first]

    def _maker(self, i: int, first: int, number: int) -> Actor | None:
        """ "The statement added": who made the statement of which the text has told last."""
        t, sentences = self._tokens, self._analysis.sentences
        noun = t.lowers[i]
        if noun not in _DOCUMENTS or t.lowers[first:i] not in (["the"], ["this"]):
            return None
        for n in range(number - 1, max(-1, number - _DOCUMENT_BACK), -1):
            s = sentences[n]
            at = next((k for k in range(s.last - 1, s.first - 1, -1) if t.lowers[k] == noun), None)
            if at is None or not s.is_body:
                continue
            actor = self._named_in(self._mentions.phrase(at)[0], at, n) or self._announcer(at, n)
            if actor is None and t.lowers[at - 1] in ("the", "this"):
                actor = self._told_of(at)
                if actor is None:
                    continue  # told of again, and whose it is stands before
            return actor if actor is not None and actor.kind not in _NAMELESS else None
        return None

    def _told_of(self, document: int) -> Actor | None:
        """Whose "the statement" at the token ``document`` is, where that was found when it was read."""
        seen = next((x for x in self._discourse.nearest() if x.token <= document), None)
        is_owned = seen is not None and seen.token == document and seen.actor.kind not in _NAMELESS
        return seen.actor if seen is not None and is_owned else None

    def _announcer(self, document: int, number: int) -> Actor | None:
        """Who says something in a document, or publishes it: "the council said in a statement", "issued a report"."""
        t = self._tokens
        governor = t.heads[document]
        made = t.deps[document] == "dobj" and t.lowers[governor] in _PUBLISHING
        if not made and (t.deps[document] != "pobj" or t.lowers[governor] != "in"):
            return None
        verb = governor if made else t.heads[governor]
        for seen in self._discourse.nearest():
            if seen.sentence < number:
                break
            if t.heads[seen.token] == verb and t.deps[seen.token] == "nsubj":
                return seen.actor
        return None
