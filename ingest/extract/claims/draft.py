"""What the rules hand to one another before a claim is finished.

Belongs here: the draft of a claim. Does not belong here: any rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.extract.claims.lexicon import Cue
from ingest.extract.syntax.tree import Mention


@dataclass(slots=True)
class Draft:
    """A claim in the making. Offsets are characters; ``verb`` is the cue's token."""

    rule: str
    cue: Cue | None
    cue_span: tuple[int, int] | None
    speaker: Mention | None
    content: list[tuple[int, int]]
    sentence: int
    verb: int = -1
    negated: bool = False
    question: bool = False
    confidence: float = 0.8
    # content with the object that stands before it ("urged Kyiv to talk"), where the two differ
    lead: int | None = None
    # characters of the clause around the cue, in which addressee and channel are named
    clause: tuple[int, int] = (0, 0)
    addressee: tuple[int, int] | None = None
    basis: tuple[int, int] | None = None
    # "who", "which" where the cue's clause is a relative one
    relative: tuple[int, int] | None = None
    # the speaker is that of the claim before
    follows: Draft | None = None
    # the claim that "this" or "a charge" stands for
    about: Draft | None = None
    notes: set[str] = field(default_factory=set)

    @property
    def start(self) -> int:
        # nearly all have one span, and this is asked of each draft many times
        return self.content[0][0] if len(self.content) == 1 else min(s for s, _ in self.content)

    @property
    def end(self) -> int:
        return self.content[0][1] if len(self.content) == 1 else max(e for _, e in self.content)

    @property
    def size(self) -> int:
        return sum(e - s for s, e in self.content)

    def holds(self, start: int, end: int) -> bool:
        for s, e in self.content:  # noqa: SIM110 - in any() it takes twice as long
            if s <= start and end <= e:
                return True
        return False
