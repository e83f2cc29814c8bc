"""A trace: what the extractors made of a short text, rule by rule.

Belongs here: running the pipeline with a recorder and putting the result into lines. Does not belong here: the
record of a decision (``ingest.extract.decisions``) and any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.base import KINDS
from ingest.extract.decisions import Decision, Outcome, Recorder
from ingest.extract.pipeline import Pipeline
from ingest.records import Evidence, Facts

_MARKS = {Outcome.ACCEPTED: "+", Outcome.REFUSED: "-", Outcome.VETOED: "x"}
_LONGEST = 60  # characters of a text that a line shows


@dataclass(frozen=True, slots=True)
class Trace:
    """What was seen of a text: its analysis, the decisions in the order in which they were made, the facts."""

    analysis: Analysis
    decisions: tuple[Decision, ...]
    facts: Facts
    kinds: tuple[str, ...]

    def lines(self, *, refused: bool = True) -> Iterator[str]:
        """The trace for a reader.

        Args:
            refused: also show the rules that were tried and did not fit.
        """
        yield from self._tokens()
        for kind in self.kinds:
            decisions = [d for d in self.decisions if d.kind == kind]
            yield ""
            yield f"{kind}:"
            if kind not in {d.kind for d in self.decisions}:
                yield "  nothing was tried"
            for d in decisions:
                if refused or d.outcome != Outcome.REFUSED:
                    yield self._decision(d)
            for fact in getattr(self.facts, kind):
                yield f"  = {_shown(fact.exact)!r} {fact.rule_id} ({fact.confidence:g})"
                yield from (f"      {line}" for line in _fields(fact))

    def _tokens(self) -> Iterator[str]:
        t = self.analysis.tokens
        for number, s in enumerate(self.analysis.sentences, 1):
            parsed = "" if self.analysis.is_parsed(s) else " (not parsed: no word of it may be a cue)"
            yield f"sentence {number}, characters {s.start} to {s.end}{parsed}"
            for i in range(s.first, s.last):
                head = t.heads[i]
                above = "" if head == NO_HEAD else " root" if head == i else f" {t.deps[i]} of {t.words[head]} ({head})"
                yield f"  {i:>4} {t.words[i]:<16} {t.tags[i]:<5}{above}"

    def _decision(self, d: Decision) -> str:
        words = "" if d.span is None else f" {_shown(self.analysis.text[slice(*d.span)])!r}"
        reason = f": {d.reason}" if d.reason else ""
        rule = f" {d.rule_id}" if d.rule_id else ""
        return f"  {_MARKS[d.outcome]} {d.step}{words}{rule} {d.outcome.value}{reason}"


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_TOLD = {
    "claims": ("speaker_name", "speech", "polarity", "stance", "hedge", "topic", "parent"),
    "dates": ("timex_type", "value", "mod", "start_date", "end_date", "anchor"),
    "figures": ("low", "high", "bound", "kind", "unit", "counted", "status"),
    "locations": ("place", "country", "admin1", "kind", "relation", "direction", "precision"),
    "events": ("kind", "polarity", "realis", "first_date", "last_date", "time_rule"),
}


def _fields(fact: Evidence) -> Iterator[str]:
    """The fact's main fields that have a value, on one line."""
    names = dict.fromkeys(name for listed in _TOLD.values() for name in listed)
    told = [f"{name}={getattr(fact, name)}" for name in names if getattr(fact, name, None) not in (None, "none")]
    if told:
        yield ", ".join(told)


def trace_text(
    text: str,
    dct: date | None = None,
    home: str | None = None,
    kinds: Sequence[str] = KINDS,
    pipeline: Pipeline | None = None,
) -> Trace:
    """Extract a text's facts and keep every decision.

    Args:
        text: the text, a sentence or an article.
        dct: the day of its publication, where known.
        home: ISO code of its publisher's country, where known.
        kinds: kinds of facts to show; all that they build on is found too.
        pipeline: the extractors; made anew where left out, which costs a second.

    Raises:
        ValueError: there is no such kind of fact.
    """
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"no such kind of fact: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    recorder = Recorder()
    extractors = pipeline if pipeline is not None else Pipeline()
    analysis = extractors.analyse(text, dct, home, recorder)
    facts = extractors.facts(analysis)
    return Trace(analysis, tuple(recorder.decisions), facts, tuple(kind for kind in KINDS if kind in kinds))
