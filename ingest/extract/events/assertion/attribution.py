"""Whose statement an event mention is: the innermost claim that holds it, of what is denied the denial.

Belongs here: looking the claim up. Does not belong here: claims and their nesting (``ingest.extract.claims``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ingest.records import Claim


class Voices:
    """The contents of the claims of one text, in order."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        spans = [(part.start, part.end, k) for k, claim in enumerate(claims) for part in claim.content]
        spans.sort(key=lambda span: (span[0], -span[1], span[2]))
        self._starts = [start for start, _, _ in spans]
        self._spans = spans
        # for each span the nearest one before it that holds it, so that a look-up walks outwards
        self._outer: list[int] = []
        open_spans: list[int] = []
        for n, (start, end, _) in enumerate(spans):
            while open_spans and spans[open_spans[-1]][1] < max(end, start + 1):
                open_spans.pop()
            self._outer.append(open_spans[-1] if open_spans else -1)
            open_spans.append(n)

    def of(self, start: int, end: int, *, is_negative: bool = False) -> int | None:
        """Index of the innermost claim whose content holds the characters; None for the publisher's own voice.

        Of "the army denied reports that the town had fallen" it is the army that says that it has not.
        """
        held = self._innermost(start, end)
        claim = self._claims[held] if held is not None else None
        if claim is None or not is_negative or claim.stance != "disputed" or claim.parent is None:
            return held
        return claim.parent if self._claims[claim.parent].cue_class == "deny" else held

    def _innermost(self, start: int, end: int) -> int | None:
        n = bisect_right(self._starts, start) - 1
        while n >= 0:
            if self._spans[n][1] >= end:
                return self._spans[n][2]
            n = self._outer[n]
        return None
