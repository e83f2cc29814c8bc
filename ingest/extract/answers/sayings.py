"""The sayings of an article: each claim with what it is compared by.

Belongs here: what one claim has of words, events and views, and where it stands among the others. Does not belong
here: two claims beside each other (``ingest.extract.answers``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.wording import is_retort, is_standing, points_right_back, tells_of_a_charge
from ingest.extract.claims.coreference.actors import demonyms
from ingest.once import once
from ingest.records import Claim, EventMention, Span

WORD = re.compile(r"[^\W\d_]+(?:[’']s)?")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
_CONTINUED = "quotation.continued"  # the rule of claims whose cue is that of the quotation before
_CHARGE_CHARS, _CHARGE_WORDS = 50, 6  # before a cue, in which the word for what is denied stands
_HABIT_CHARS = 24  # before a cue, in which it stands how often
_MARKS = "\"'“”‘’ "
_OBJECT_WORDS = 8  # between cue and content, in which it stands what is called something
_SENTENCE = re.compile(r".+?[.!?](?=[”\"]?\s+[A-Z“\"])", re.S)  # of several, the first
LEAST_LETTERS = 4
NEAR_CHARS = 700  # a denial that only points back stands this near to what it points at
_FAR_CHARS = 6_000
_NO_STATEMENTS = frozenset(["deny", "ask", "order", "promise"])
_LEADING_WORDS = 6  # of a content, in which the verb stands that says what it does


class Mentions:
    """The event mentions of a text, by where their triggers begin."""

    def __init__(self, events: Sequence[EventMention]) -> None:
        self._in_order = sorted(enumerate(events), key=lambda entry: entry[1].char_start)
        self._starts = [event.char_start for _, event in self._in_order]

    def inside(self, claim: Claim) -> list[tuple[int, EventMention]]:
        """Those whose triggers begin in a claim's content, each with its index."""
        bounds = [(bisect_left(self._starts, s.start), bisect_left(self._starts, s.end)) for s in claim.content]
        return [entry for first, last in bounds for entry in self._in_order[first:last]]


class Saying:
    """A claim with what it is compared by, each worked out when it is asked for: most claims have no answer near them.

    Args:
        text: the text of the article.
        index: the claim's place in the list.
        claim: the claim.
        mentions: the event mentions of the text, of which it looks up its own.
    """

    def __init__(self, text: str, index: int, claim: Claim, mentions: Mentions) -> None:
        self._text = text
        self._mentions = mentions
        self.index = index
        self.claim = claim
        self._content = " ".join([span.text for span in claim.content])

    @once
    def speaker(self) -> str | None:
        return self.claim.actor_key or (self.claim.speaker_name or "").lower() or None

    @once
    def name_words(self) -> list[str]:
        """The words of its speaker's name in lower case."""
        return (self.claim.speaker_name or "").lower().split()

    @once
    def is_of_somebody(self) -> bool:
        """The article names who says it, and is not led to that name by a denial or an invention.

        Those "made up by pranksters" say nothing themselves; a denial may have been read into a speaker's name.
        """
        name, cue = (self.claim.speaker_name or "").lower(), self.claim.cue
        is_named = name not in lexicon().nobody and lexicon().of_denying.isdisjoint(self.name_words)
        return is_named and (cue is None or lexicon().forging.search(cue.text) is None)

    @once
    def tells_of_a_charge(self) -> bool:
        """It tells of a charge as something rejected or false."""
        return any(tells_of_a_charge(span.text) for span in self.claim.content)

    @once
    def opening(self) -> str:
        """The first part of the content in lower case; empty for none."""
        return next((span.text.lower() for span in self.claim.content), "")

    @once
    def _words(self) -> list[str]:
        return WORD.findall(self._content)

    @once
    def _begins(self) -> list[str]:
        return [word.lower()[:STEM] for word in self._words]

    @once
    def stems(self) -> frozenset[str]:
        """Stems of the content's longer words that are not common ones."""
        words = zip(self._words, self._begins, strict=True)
        return frozenset(stem for word, stem in words if len(word) >= LEAST_LETTERS) - lexicon().common

    @once
    def matters(self) -> frozenset[str]:
        """Stems that are no names."""
        words = enumerate(zip(self._words, self._begins, strict=True))
        return self.stems - {stem for i, (word, stem) in words if i and word[0].isupper()}

    @once
    def words(self) -> frozenset[str]:
        """Stems of all its words."""
        return frozenset(self._begins)

    @once
    def accused(self) -> frozenset[str]:
        """Sides that it is said of, its words between cue and content included."""
        claim, sides = self.claim, demonyms()
        start = min(claim.char_start, claim.cue.start if claim.cue is not None else claim.char_start)
        told = WORD.findall(self._text[start : claim.char_end].lower())
        return frozenset(sides[word] for word in told if word in sides)

    @once
    def spoken_of(self) -> frozenset[str]:
        """Sides that its words name, but for where something happened: a capital is a place and a state."""
        claim, sides = self.claim, demonyms()
        told = WORD.findall(self._text[claim.char_start : claim.char_end].lower())
        return frozenset(sides[word] for word in told if word in sides and word[:STEM] not in self.places)

    @once
    def _inside(self) -> list[tuple[int, EventMention]]:
        return self._mentions.inside(self.claim)

    @once
    def events(self) -> tuple[EventMention, ...]:
        """The mentions that stand in it."""
        return tuple(e for _, e in self._inside)

    @once
    def happenings(self) -> frozenset[int]:
        """Those of its events, each by the index of its first mention in the text."""
        return frozenset(k if e.same_event is None else e.same_event for k, e in self._inside)

    @once
    def places(self) -> frozenset[str]:
        """Stems of the words for where they happened."""
        arguments = (a for e in self.events for a in e.arguments if a.role == "place")
        return frozenset(word for a in arguments for word in self.words_at(a) if len(word) >= LEAST_LETTERS)

    def words_at(self, span: Span) -> frozenset[str]:
        """Stems of the words of a span of the text, pronouns and numbers included."""
        return frozenset(w.lower()[:STEM] for w in _WORD_OR_NUMBER.findall(self._text[span.start : span.end]))

    @once
    def own_names(self) -> frozenset[str]:
        """Stems of the words by which others name its speaker: no offices, which many hold."""
        words = WORD.findall(self.claim.speaker_name or "") + WORD.findall(self.claim.speaker_affiliation or "")
        sides = demonyms()
        long = [w.lower() for w in words if len(w) >= LEAST_LETTERS]
        # "Chad's National Front" is named by "front", the state is named by all that is said of the country
        named = frozenset(w[:STEM] for w in long if w not in sides) or frozenset(w[:STEM] for w in long)
        return named - lexicon().offices - lexicon().bodies or named - lexicon().offices

    @once
    def called(self) -> frozenset[str]:
        """Stems of all words for its speaker: the name, the words at hand, and the office."""
        claim = self.claim
        at_hand = claim.speaker.text if claim.speaker is not None else ""
        told = f"{claim.speaker_name or ''} {at_hand} {claim.speaker_role or ''} {claim.speaker_affiliation or ''}"
        return frozenset(w.lower()[:STEM] for w in WORD.findall(told) if len(w) >= LEAST_LETTERS)

    @once
    def told_words(self) -> frozenset[str]:
        """Stems of all its words, those between cue and content included."""
        claim = self.claim
        start = min(claim.char_start, claim.cue.start if claim.cue is not None else claim.char_start)
        return frozenset(w.lower()[:STEM] for w in WORD.findall(self._text[start : claim.char_end]))

    @once
    def start(self) -> int:
        """Where its first part begins: speaker, cue or content."""
        claim = self.claim
        spans = [s for s in (claim.speaker, claim.cue) if s is not None]
        return min([claim.char_start, *(s.start for s in spans)])

    @once
    def end(self) -> int:
        """Where its last part ends."""
        claim = self.claim
        spans = [s for s in (claim.speaker, claim.cue) if s is not None]
        return max([claim.char_end, *(s.end for s in spans)])

    def is_joined_to(self, other: Saying) -> bool:
        """True where no sentence ends between it and a claim behind it."""
        return not any(mark in self._text[self.end : other.start] for mark in ".!?\n")

    @once
    def follows_a_charge(self) -> bool:
        """The word for what it denies stands right before its cue: ", an account dismissed by the army"."""
        cue = self.claim.cue
        before = self._text[max(0, cue.start - _CHARGE_CHARS) : cue.start].lower() if cue is not None else ""
        words = WORD.findall(before.rpartition(",")[2]) if "," in before else []
        return 0 < len(words) <= _CHARGE_WORDS and not lexicon().charges.isdisjoint(words)

    @once
    def is_habit(self) -> bool:
        """It tells what a speaker says again and again: "has repeatedly accused"."""
        cue = self.claim.cue
        return (
            cue is not None
            and lexicon().habits.search(self._text[max(0, cue.start - _HABIT_CHARS) : cue.start]) is not None
        )

    @once
    def is_retort(self) -> bool:
        """It says of other words that they are not so."""
        return is_retort(self._content) or self._object_is_retorted

    @once
    def is_short_retort(self) -> bool:
        """It says no more than that what stands right before is not so."""
        return self.is_retort and (points_right_back(self._content) or self._object_is_retorted)

    @once
    def _object_is_retorted(self) -> bool:
        """True of "called the reports fabricated": the charge stands between cue and content, or opens it."""
        claim = self.claim
        if claim.cue is None or claim.cue.end > claim.char_start:
            return False
        between = WORD.findall(self._text[claim.cue.end : claim.char_start].lower())
        charge, as_, called = self._content.partition(" as ")
        if not between and as_:
            between, called = WORD.findall(charge.lower()), called.strip(_MARKS)
        else:
            called = self._content
        if len(between) > _OBJECT_WORDS or lexicon().charges.isdisjoint(between):
            return False
        return any(found.search(called) for found in (lexicon().retorts, lexicon().dismissive)) or is_retort(called)

    @once
    def is_denial(self) -> bool:
        """It says that something is not so."""
        if self.claim.cue_class == "deny":
            return True
        negations = lexicon().negations
        return self.claim.polarity == "negative" and any(negations.search(s.text) for s in self.claim.content)

    @once
    def is_no_denial_itself(self) -> bool:
        """True of what a denial holds and turns down, and of a quotation that only goes on behind a denial."""
        claim = self.claim
        if claim.stance == "disputed" and claim.parent is not None:
            return True
        is_further = claim.rule_id == _CONTINUED and claim.cue_class == "deny"
        return is_further and not (self.is_retort or lexicon().negations.search(self._content))

    @once
    def is_standing(self) -> bool:
        """It tells that a speaker has always denied it, or denies it by the way."""
        cue = self.claim.cue
        return cue is not None and is_standing(self._text[: cue.start], self._content)

    @property
    def says_something(self) -> bool:
        """It affirms something, whatever else its content holds."""
        return self.claim.cue_class not in _NO_STATEMENTS and self.claim.polarity == "affirmative"

    @once
    def may_be_answered(self) -> bool:
        """It affirms something, on which others can have another view: its first sentence says that something is so.

        Who has begun to investigate says nothing that others could deny.
        """
        claim = self.claim
        content = claim.content[0].text if claim.content else ""
        first = _SENTENCE.match(content)
        is_one = first is None and len(claim.content) == 1
        return (
            claim.cue_class not in _NO_STATEMENTS
            # one denial disputes it, another answers it; an accusation that the text doubts is denied all the same
            and (claim.stance != "disputed" or claim.parent is not None or claim.cue_class == "accuse")
            and (claim.polarity == "affirmative" or (claim.polarity == "negative" and not is_one))
            and not self.is_retort
            and lexicon().negations.search(content if first is None else first[0]) is None
            and not _looks_into(self.opening)
        )


class Sayings:
    """The claims of a text, by where they begin and by the claim that holds them."""

    def __init__(self, spoken: Sequence[Saying]) -> None:
        self._spoken = spoken
        self._by_start = sorted(spoken, key=lambda one: one.claim.char_start)
        self._starts = [one.claim.char_start for one in self._by_start]
        self._inside: dict[int, list[Saying]] = {}
        self._called: dict[str | None, set[str]] | None = None  # worked out when it is first asked for
        for one in spoken:
            if one.claim.parent is not None:
                self._inside.setdefault(one.claim.parent, []).append(one)

    def near(self, one: Saying) -> Sequence[Saying]:
        """Those that begin no further from a claim than what it may answer; it is among them."""
        at = one.claim.char_start
        first = bisect_left(self._starts, at - _FAR_CHARS)
        return self._by_start[first : bisect_right(self._starts, at + NEAR_CHARS)]

    def behind(self, one: Saying, within: int) -> Sequence[Saying]:
        """Those that begin behind a claim, within so many characters."""
        at = one.claim.char_start
        return self._by_start[bisect_right(self._starts, at) : bisect_right(self._starts, at + within)]

    def called(self, one: Saying) -> frozenset[str]:
        """Stems of all words by which the article calls a claim's speaker."""
        if self._called is None:
            called: dict[str | None, set[str]] = {}
            for other in self._by_start:
                called.setdefault(other.speaker, set()).update(other.called)
            self._called = called
        return frozenset(self._called.get(one.speaker, ()))

    def around(self, one: Saying) -> Saying | None:
        """The one that holds a claim directly."""
        return self._spoken[one.claim.parent] if one.claim.parent is not None else None

    def inside(self, one: Saying) -> Sequence[Saying]:
        """Those that a claim holds directly, and those disputed in its words that reach beyond it."""
        first = bisect_left(self._starts, one.claim.char_start + 1)
        begun = self._by_start[first : bisect_left(self._starts, one.claim.char_end)]
        beyond = (o for o in begun if o.claim.parent is None and o.claim.stance == "disputed")
        return [*self._inside.get(one.index, ()), *beyond]


def _looks_into(opening: str) -> bool:
    """True of a content that says no more than that something is looked into."""
    leading = WORD.findall(opening)[: _LEADING_WORDS + 1]
    is_inquiry = not lexicon().inquiries.isdisjoint(leading[:_LEADING_WORDS])
    return is_inquiry or lexicon().following.search(" ".join(leading)) is not None
