"""A text as it is written and as it is read, where that is not the same.

Belongs here: offsets and facts of the text that is read, told of the text that is written. Does not belong here: what
is changed in a text before it is read (``ingest.extract.apostrophes``).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TypeVar

from ingest.records import Claim, EventArgument, EventMention, Evidence, Facts, Span
from ingest.values import replace, value

_Fact = TypeVar("_Fact", bound=Evidence)


@value(frozen=True, slots=True)
class Written:
    """A text as it is written, beside the text as it is read.

    ``text`` is the former; ``marks`` are the apostrophes that the latter has besides: offsets in it, in order.
    """

    text: str
    marks: tuple[int, ...]

    @property
    def read(self) -> str:
        """The text with its apostrophes."""
        parts, last = [], 0
        for number, mark in enumerate(self.marks):
            parts.append(self.text[last : mark - number])
            last = mark - number
        return "'".join([*parts, self.text[last:]])

    def offset(self, at: int) -> int:
        """Where character ``at`` of the text as it is read stands in the text as it is written."""
        return at - bisect_left(self.marks, at)

    def facts(self, facts: Facts) -> Facts:
        """Facts of the text as it is read, told of the text as it is written."""
        return Facts(
            claims=[self._claim(claim) for claim in facts.claims],
            figures=[self.evidence(figure) for figure in facts.figures],
            dates=[self.evidence(mention) for mention in facts.dates],
            locations=[self.evidence(location) for location in facts.locations],
            events=[self._event(event) for event in facts.events],
        )

    def evidence(self, fact: _Fact) -> _Fact:
        """A fact with no spans but its own, told of the text as it is written."""
        start, end = self.offset(fact.char_start), self.offset(fact.char_end)
        return replace(fact, char_start=start, char_end=end, exact=self.text[start:end])

    def _span(self, span: Span) -> Span:
        start, end = self.offset(span.start), self.offset(span.end)
        return replace(span, start=start, end=end, text=self.text[start:end])

    def _claim(self, claim: Claim) -> Claim:
        speaker, cue = (part and self._span(part) for part in (claim.speaker, claim.cue))
        content = tuple(self._span(part) for part in claim.content)
        return replace(self.evidence(claim), speaker=speaker, cue=cue, content=content)

    def _event(self, event: EventMention) -> EventMention:
        arguments = tuple(self._argument(argument) for argument in event.arguments)
        start, end = self.offset(event.statement_start), self.offset(event.statement_end)
        return replace(self.evidence(event), statement_start=start, statement_end=end, arguments=arguments)

    def _argument(self, argument: EventArgument) -> EventArgument:
        start, end = self.offset(argument.start), self.offset(argument.end)
        return replace(argument, start=start, end=end, text=self.text[start:end])
