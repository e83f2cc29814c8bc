"""The record of what an extractor decided, and why: what a trace shows.

Belongs here: the one ``Decision`` record of all kinds of facts and the recorder that collects it. Does
not belong here: printing a trace (``ingest.extract.trace``) and any rule.

An extractor reads the recorder off its analysis and asks once whether there is one:

    recorder = analysis.recorder
    if recorder is not None:
        recorder.record("claims", "attribution", rule.id, Outcome.REFUSED, "the verb has no subject", span)

``Analysis.recorder`` is None unless somebody traces, so that extraction pays for one comparison. A
decision never changes what is extracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of an attempt."""

    ACCEPTED = "accepted"  # the rule made what it makes
    REFUSED = "refused"  # the rule does not fit here
    VETOED = "vetoed"  # the rule fitted, and another rule forbids what it made


@dataclass(frozen=True, slots=True)
class Decision:
    """One attempt of one rule at one place in the text.

    Attributes:
        kind: the kind of fact: ``claims``, ``figures``, ``dates``, ``locations``, ``events``.
        step: the step of the extractor, such as ``attribution``, ``veto``, ``coreference``, ``place``.
        rule_id: the rule that was tried, by its id in the catalogue; ``""`` where a step has no rules.
        outcome: what became of it.
        reason: why, in a few words that a reader understands; ``""`` where the rule's id says it all.
        span: characters that the decision is about, end exclusive; None where it is about no place.
    """

    kind: str
    step: str
    rule_id: str
    outcome: Outcome
    reason: str = ""
    span: tuple[int, int] | None = None


class Recorder:
    """Collects decisions in the order in which they are made."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []

    def record(
        self,
        kind: str,
        step: str,
        rule_id: str,
        outcome: Outcome,
        reason: str = "",
        span: tuple[int, int] | None = None,
    ) -> None:
        """Add one decision; the arguments are the attributes of ``Decision``."""
        self.decisions.append(Decision(kind, step, rule_id, outcome, reason, span))
