"""Figures: every quantity that an article asserts, with bounds, unit, counted thing and status.

Belongs here: the extractor, which walks the numerals of a text and makes facts of those that no
veto turns down. The parts, in the order in which they are asked: ``openings``, ``numerals`` (one numeral),
``units``, ``joins`` (ranges, ratios), ``bounds``, ``reader`` (all of these at one place), ``counted``
(the noun phrase), ``codes`` and ``vetoes`` (what is no figure), ``ages``, ``denied_harm``; then, over all
figures of a sentence, ``status`` and ``relations``; of the whole text, ``bare_currencies``. Words, units and the
catalogue of rules are data in ``data/``. The columns of a figure are defined in ``ingest.records``.

Does not belong here: dates (they run first, and a figure never overlaps one, except a duration
that measures something), and the link between figures and claims.
"""

from __future__ import annotations

from bisect import bisect_left

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.decisions import Outcome
from ingest.extract.figures import (
    ages,
    bare_currencies,
    codes,
    denied_harm,
    measures,
    relations,
    units,
    vetoes,
)
from ingest.extract.figures.lexicon import rules
from ingest.extract.figures.openings import ARTICLES, Openings
from ingest.extract.figures.reader import Reader
from ingest.extract.figures.reading import Reading
from ingest.records import DateMention, Figure


class FigureExtractor:
    """Finds figures. Deterministic; needs tokens and tags; where a sentence has its tree too, more fates are found."""

    name = "figures"
    version = "1.0"

    def __init__(self) -> None:
        self._openings = Openings()
        self._confidence = {rule: row["confidence"] for rule, row in rules().items() if "confidence" in row}

    def extract(self, analysis: Analysis, found: Found) -> list[Figure]:
        tried = self.readings(analysis, found)
        if analysis.recorder is not None:
            for r in tried:
                outcome = Outcome.ACCEPTED if r.veto is None else Outcome.VETOED
                reason = "" if r.veto is None else f"read by {r.rule}"
                analysis.recorder.record("figures", "numeral", r.veto or r.rule, outcome, reason, (r.start, r.end))
        readings = [r for r in tried if r.veto is None]
        relations.fill(analysis, readings)
        bare_currencies.settle(analysis, readings)
        index = {id(r): k for k, r in enumerate(readings)}
        return [self._fact(analysis, r, index) for r in readings]

    def readings(self, analysis: Analysis, found: Found) -> list[Reading]:
        """All readings in order of their start, those that a veto turned down included."""
        if not analysis.sentences or not len(analysis.tokens):
            return []
        out: list[Reading] = []
        reader = Reader(analysis)
        text = analysis.text
        consumed = 0
        previous: Reading | None = None
        dates = _Dates(found.dates)
        for at, token in self._openings.of(analysis):
            if at < consumed:
                continue
            sentence = analysis.sentence_at(at)
            if analysis.tokens.lowers[token] in denied_harm.STARTERS:
                r = denied_harm.read(analysis, at, token, sentence)
                if r is None:
                    continue
            else:
                if codes.glued(text, at) is not None and units.before(text, at) is None:
                    consumed = codes.run_end(text, at)
                    continue
                r = reader.read(at, token, sentence)
                if r is None or (analysis.tokens.lowers[token] in ARTICLES and _is_article(analysis, r)):
                    continue
                r.after = bisect_left(analysis.tokens.starts, r.end)
                measures.phrase_of(analysis, r)
                if r.rule == "count.numeral":
                    self._name_rule(analysis, r, previous)
                r.veto = vetoes.judge(analysis, r, previous) or dates.veto(r)
            if previous is not None and previous.veto is None and r.start < previous.end:
                r.start = max(r.start, min(previous.end, r.number))
            out.append(r)
            consumed = self._consumed(text, r)
            previous = r
        self._same_names(text, out)
        return [r for r in out if r.start < r.end]

    def _same_names(self, text: str, readings: list[Reading]) -> None:
        """Where "Boeing 787" is a name, so is a lone "787" further on."""
        names = {
            text[r.number : r.number_end]
            for r in readings
            if r.veto == "veto.name" and r.is_bare and 100 <= r.value < 1000
        }
        if not names:
            return
        for r in readings:
            lone = r.veto is None and r.is_bare and r.unit is None and r.rule in ("count.numeral", "count.bare")
            if lone and text[r.number : r.number_end] in names and (r.phrase is None or r.opening == r.token):
                r.veto = "veto.name"

    def _consumed(self, text: str, r: Reading) -> int:
        """Where the next numeral may begin: behind the figure, or behind the code that it was part of."""
        if r.veto is None:
            return max(r.end, r.number_end)
        if r.veto == "veto.score" and (end := codes.odds_end(text, r)) is not None:
            return end
        if r.veto == "veto.contact":
            return codes.contact_end(text, r.number)
        if r.veto == "veto.coordinate" and (end := codes.coordinate_end(text, r.number)) is not None:
            return end
        if text[r.number].isdigit() and r.veto in (
            "veto.date",
            "veto.clock",
            "veto.name",
            "veto.ordinal",
            "veto.score",
        ):
            return max(r.number_end, codes.run_end(text, r.number))
        return max(r.number_end, r.number + 1)

    def _name_rule(self, analysis: Analysis, r: Reading, previous: Reading | None) -> None:
        if r.value == 1 and r.form == "words":
            r.rule = "count.one"
        elif r.phrase is None:
            if ages.is_age(analysis, r, previous):
                r.unit, r.kind, r.rule = units.named("a"), "duration", "age.apposition"
            else:
                r.rule = "count.bare"

    def _fact(self, analysis: Analysis, r: Reading, index: dict[int, int]) -> Figure:
        si = r.unit is not None and r.unit.factor is not None and r.kind in units.SI_UNITS
        return Figure(
            char_start=r.start,
            char_end=r.end,
            exact=analysis.text[r.start : r.end],
            rule_id=r.rule,
            confidence=self._confidence.get(r.rule, 0.5),
            low=r.low,
            high=r.high,
            best=r.best,
            bound=r.bound,
            kind=r.kind,
            unit=r.unit.symbol if r.unit is not None else None,
            si_low=units.to_si(r.unit, r.low) if si and r.unit is not None else None,
            si_high=units.to_si(r.unit, r.high) if si and r.unit is not None else None,
            si_unit=units.SI_UNITS[r.kind] if si else None,
            counted=r.counted,
            counted_phrase=r.counted_phrase,
            status=r.status,
            vague_word=r.vague_word,
            per=r.per,
            part_of=index[id(r.part_of)] if r.part_of is not None else None,
            is_cumulative=r.is_cumulative,
        )


def _is_article(analysis: Analysis, r: Reading) -> bool:
    """Whether "a" is the article it looks like: it counts only under a bound and before a unit, "over a month"."""
    is_word = r.value == 1 and analysis.text[r.number : r.number_end].lower() in ARTICLES
    return is_word and (r.bound == "exact" or r.unit is None)


class _Dates:
    """The dates that were found before, to be stepped through from left to right."""

    def __init__(self, dates: list[DateMention]) -> None:
        self._dates = sorted(dates, key=lambda d: d.char_start)
        self._starts = [d.char_start for d in self._dates]

    def veto(self, r: Reading) -> str | None:
        """Why a date forbids ``r``: only a measuring duration may share characters with one."""
        k = bisect_left(self._starts, r.end) - 1
        while k >= 0 and self._dates[k].char_end > r.start:
            d = self._dates[k]
            if d.timex_type != "DURATION":
                return "veto.date"
            if r.kind != "duration":
                return "veto.date"
            k -= 1
        return None
