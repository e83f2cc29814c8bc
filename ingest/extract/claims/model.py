"""What the steps of the extractor hand to one another: frozen candidates.

Belongs here: the candidate of a claim, the cue as it stands in a text, and the flags that a step sets for a
later one. Does not belong here: any rule.

A step never changes a candidate. It returns another one, made with ``dataclasses.replace``.
"""

from __future__ import annotations

from enum import Enum, auto

from ingest.extract.claims.lexicon import Cue
from ingest.extract.syntax.tree import Mention
from ingest.values import value

Span = tuple[int, int]  # characters, end exclusive


class Flag(Enum):
    """What a step knows of a candidate that a later step asks for."""

    QUOTATION = auto()  # its content is a quotation, or goes on with one
    RETROSPECTIVE = auto()  # a sentence that only names who said the sentences before
    TOLD = auto()  # retrospective by "told the agency about this"
    EVIDENCE = auto()  # the speaker is what somebody goes by ("according to intercepts")
    DISMISSED = auto()  # called false in the phrase that names it
    REJECTED = auto()  # the object of a cue that rejects it
    REQUEST = auto()  # asks or calls for what is to be done
    BY_WORDS = auto()  # where the speaker begins is read from the words, because the tree is wrong
    SCARE_QUOTES = auto()  # the cue alone is in quotation marks


@value(frozen=True, slots=True)
class CueMention:
    """A cue as it stands in a sentence: its token and its row of the lexicon."""

    token: int
    entry: Cue
    # who speaks, where the cue's own clause says so; frames that find the speaker elsewhere do not read it
    speaker: Mention | None = None
    # "who", "which" where the cue's clause is a relative one
    relative: Span | None = None


@value(frozen=True, slots=True, eq=False)
class Candidate:
    """A claim in the making. Two candidates are the same only if they are one object.

    Attributes:
        rule: id of the rule that found it, as in the catalogue.
        cue: the cue's row of the lexicon.
        cue_span: characters of the cue; None where there is none.
        speaker: who speaks; None where the text names nobody.
        content: characters of what is claimed, one span or more, in order.
        sentence: number of the sentence in which the cue stands.
        verb: token of the cue, -1 where there is none.
        negated: the cue is denied ("did not say that").
        question: the content is asked.
        lead: where the content begins with the object before it ("urged Kyiv to talk"), where the two differ.
        clause: characters of the clause around the cue, in which addressee and channel are named.
        addressee: characters of who is told.
        basis: characters of what the speaker goes by.
        relative: characters of "who" or "which" where the cue's clause is a relative one.
        about: the claim that the content ("this", "a charge") stands for.
        flags: what later steps ask for.
    """

    rule: str
    cue: Cue | None
    cue_span: Span | None
    speaker: Mention | None
    content: tuple[Span, ...]
    sentence: int
    verb: int = -1
    negated: bool = False
    question: bool = False
    lead: int | None = None
    clause: Span = (0, 0)
    addressee: Span | None = None
    basis: Span | None = None
    relative: Span | None = None
    about: Candidate | None = None
    flags: frozenset[Flag] = frozenset()

    @property
    def frame(self) -> str:
        """The frame of the rule: its id up to the first full stop."""
        return self.rule.partition(".")[0]

    @property
    def start(self) -> int:
        """Where the content begins."""
        # nearly all have one span, and this is asked of each candidate many times
        return self.content[0][0] if len(self.content) == 1 else min(s for s, _ in self.content)

    @property
    def end(self) -> int:
        """Where the content ends, exclusive."""
        return self.content[0][1] if len(self.content) == 1 else max(e for _, e in self.content)

    @property
    def size(self) -> int:
        """Characters of the content."""
        return sum(e - s for s, e in self.content)

    def holds(self, start: int, end: int) -> bool:
        """True where the span lies inside one span of the content."""
        for s, e in self.content:  # noqa: SIM110 - in any() it takes twice as long
            if s <= start and end <= e:
                return True
        return False
