"""What an extractor is, and the check that whatever one returns must pass.

Belongs here: the interface, the registry, the span check. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.extract.analysis import Analysis
from ingest.records import Claim, DateMention, EventMention, Evidence, Figure, Location

if TYPE_CHECKING:
    from ingest.extract.claims.coreference import Coreference


@dataclass(slots=True)
class Found:
    """What the extractors that ran before have found, each list in order of its evidence."""

    dates: list[DateMention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    # who is meant by each mention, as the claims extractor resolved it; None where it did not run
    coreference: Coreference | None = None


class Extractor(Protocol):
    """Finds the facts of one kind. Deterministic, without side effects, never raises on any text."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def extract(self, analysis: Analysis, found: Found) -> Sequence[Evidence]:
        """Facts in order of ``char_start``; ``found`` holds the kinds that ran before."""
        ...


# In the order they run: figures see the dates, locations both, claims all three, events all four.
KINDS = ("dates", "figures", "locations", "claims", "events")


class SpanError(ValueError):
    """A fact's evidence is not the text it points at."""


def check_spans(text: str, facts: Sequence[Evidence]) -> None:
    """Raise ``SpanError`` unless ``exact == text[char_start:char_end]`` for every fact.

    Speakers, cues and contents of claims and the arguments of event mentions are checked as well; what an event
    mention's statement is must hold its trigger.
    """
    for fact in facts:
        spans = [(fact.char_start, fact.char_end, fact.exact)]
        if isinstance(fact, Claim):
            parts = [*fact.content, *(p for p in (fact.speaker, fact.cue) if p is not None)]
            spans += [(p.start, p.end, p.text) for p in parts]
        elif isinstance(fact, EventMention):
            spans += [(a.start, a.end, a.text) for a in fact.arguments]
            if not 0 <= fact.statement_start <= fact.char_start < fact.char_end <= fact.statement_end <= len(text):
                raise SpanError(
                    f"{fact.rule_id}: the statement at {fact.statement_start}:{fact.statement_end} does not hold"
                    f" {fact.exact!r} at {fact.char_start}:{fact.char_end}"
                )
        for start, end, exact in spans:
            if not 0 <= start < end <= len(text) or text[start:end] != exact:
                raise SpanError(
                    f"{fact.rule_id}: {exact!r} is not the text at {start}:{end}, which is {text[start:end]!r}"
                )


Factory = Callable[[], Extractor]
