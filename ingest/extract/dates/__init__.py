"""Dates: expressions of when, how long and how often, as in TIMEX3.

Belongs here: the extractor, which joins the parts of this package: the prefilter and lexer
(``lexer``), the grammar and its builders (``grammar``, ``build``), refusal (``veto``), the day
that the text states as its own (``dateline``), the surroundings and the text's time line
(``context``), missing years (``years``) and values (``resolve``). The rules are data:
``data/en/rules.toml``. Does not belong here: ages and measured amounts (``ingest.extract.figures``).
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.dates.build.registry import PHRASES
from ingest.extract.dates.context import (
    Spoken,
    Surroundings,
    TimeLine,
    is_deictic,
    names_days,
    order_of_numbers,
    tells_history,
)
from ingest.extract.dates.dateline import later_dateline, reported_day, spoken_day, stated_day
from ingest.extract.dates.early_years import early_years
from ingest.extract.dates.grammar import load_grammar
from ingest.extract.dates.lexer import Node, lexemes, runs
from ingest.extract.dates.meaning import CALENDAR, OFFSET, RANGE, WINDOW, Meaning
from ingest.extract.dates.resolve import Resolver
from ingest.extract.dates.values import Placed
from ingest.extract.dates.veto import judge
from ingest.extract.decisions import Outcome
from ingest.records import DateMention

__all__ = ["DateExtractor"]

# "rose to 40 on Sept. 30 from 30 a year ago": of two dates
_COMPARES = re.compile(r"[,;\d]|\b(?:from|than|with|against)\b")
# What a rule is sure of; the rest is as sure as this.
_COARSE = ("day", "month", "season", "year")
_FURTHEST_SPELLED = 20  # characters between an offset and the date that spells it out
_CONFIDENCE = {"explicit": 0.98, "publication": 0.9, "text": 0.8, "era": 0.95, "none": 0.9}


class DateExtractor:
    """Finds and resolves temporal expressions."""

    name = "dates"
    version = "1"

    def __init__(self) -> None:
        self._grammar = load_grammar()

    def extract(self, analysis: Analysis, found: Found) -> list[DateMention]:
        """All temporal expressions of the text, in order."""
        candidates = [(node, Surroundings(analysis, node)) for node in self._candidates(analysis)]
        kept = []
        for node, around in candidates:
            judged = judge(node, around, analysis.text)
            if analysis.recorder is not None:
                outcome = Outcome.ACCEPTED if judged is not None else Outcome.VETOED
                rule = judged.rule if judged is not None else node.rule
                reason = "" if judged is not None else "the words beside it say that it is no date"
                analysis.recorder.record("dates", "grammar", rule, outcome, reason, (node.start, node.end))
            if judged is not None:
                around.node = judged
                kept.append((judged, around))
        dct = stated_day([n for n, _ in kept], analysis.text, analysis.dct) or analysis.dct or reported_day(kept)
        _look_ahead([around for _, around in kept])
        line = TimeLine(dct, tells_history([(n.value, around) for n, around in kept], dct))
        line.is_day_first = order_of_numbers([n.value for n, _ in kept])
        line.names_days = names_days([n.value for n, _ in kept])
        if line.is_history:
            line.open_with([n.value for n, _ in kept])
        resolver = Resolver(line)
        placed: list[tuple[Node, Placed]] = []
        speech = spoken_day([n for n, _ in kept], analysis.text)
        for node, around in kept:
            if speech is not None and node.start >= speech[0]:
                line.dct, speech = _day_of(speech[1], placed) or line.dct, None
            where = resolver.place(node.value, around)
            if analysis.recorder is not None:
                reason = f"{where.value}, counted from {where.anchor}"
                span = (node.start, node.end)
                analysis.recorder.record("dates", "value", node.rule, Outcome.ACCEPTED, reason, span)
            placed.append((node, where))
            day = where.days[0] if where.days is not None and where.granularity == "day" else None
            if day is not None and later_dateline(node, analysis.text, day, line.dct):
                line.dct = day
            _remember(line, node, where, around)
        _spelled_out(placed, analysis.text)
        return [_mention(node, where, analysis.text) for node, where in placed]

    def _candidates(self, analysis: Analysis) -> list[Node]:
        text, tokens = analysis.text, analysis.tokens
        parse = self._grammar.parse
        out = []
        years = early_years(text)
        for first, last in runs(tokens, years):
            nodes = lexemes(text, tokens.starts[first], tokens.ends[last - 1], years)
            out += [n for n in parse(nodes, text) if n.cls in PHRASES]
        return out


def _day_of(phrase: Node, placed: list[tuple[Node, Placed]]) -> date | None:
    """The day at which a phrase was placed, if it is one day."""
    days = next((where.days for node, where in placed if node is phrase), None)
    return days[0] if days is not None and days[0] == days[1] else None


def _look_ahead(arounds: list[Surroundings]) -> None:
    """Let each expression know of what its sentence names next and it lacks.

    The day of a time ("at 5 a.m., he said on Monday"), the year of a day or month ("in March in the city two years
    ago").
    """
    for around, following in pairwise(arounds):
        meaning: Meaning = around.node.value
        after: Meaning = following.node.value
        is_time_only = meaning.kind == CALENDAR and meaning.clock is not None and not meaning.has_day
        names_day = after.kind == CALENDAR and after.has_day and not after.has_time and not after.is_text_bound
        if is_time_only and names_day and following.sentence is around.sentence:
            around.ahead = following
        is_ago = after.kind == OFFSET and after.first is None and not after.is_text_bound and after.vague is None
        if is_ago and after.sign < 0 and after.lengths[0][1] == "Y" and _lacks_year(meaning):
            between = around.analysis.text[around.node.end : following.node.start]
            if following.sentence is around.sentence and not _COMPARES.search(between):
                around.years_back = int(after.lengths[0][0])


def _lacks_year(meaning: Meaning) -> bool:
    """Whether it is a month, a day of a month or a feast without a year."""
    is_named = meaning.month is not None or meaning.holiday is not None
    return meaning.kind == CALENDAR and is_named and meaning.year is None and meaning.which is None


def _remember(line: TimeLine, node: Node, where: Placed, around: Surroundings) -> None:
    """Put a placed date on the text's time line."""
    meaning: Meaning = node.value
    if where.days is None or where.granularity is None or meaning.kind == WINDOW:
        return
    head = meaning.first if meaning.kind == RANGE and meaning.first is not None else meaning
    has_year = head.kind == CALENDAR and head.year is not None
    line.told.append(
        Spoken(
            start=where.days[0],
            end=where.days[1],
            granularity=where.granularity,
            at=node.start,
            stop=node.end,
            has_year=has_year or (where.anchor == "text" and where.is_year_inferred),
            is_deictic=is_deictic(head),
            is_aside=head.kind == OFFSET and head.lengths[0][1] in ("Y", "DE", "CE"),
            is_begin=around.is_begin(),
        )
    )


def _spelled_out(placed: list[tuple[Node, Placed]], text: str) -> None:
    """The date that the text spells out wins over the offset: "a week ago (November 17-23)", "years later, in 1896"."""
    for k in range(len(placed) - 1):
        node, where = placed[k]
        other, told = placed[k + 1]
        meaning: Meaning = node.value
        is_open = meaning.kind == OFFSET or (meaning.kind == CALENDAR and meaning.which is not None)
        if not is_open or told.days is None or other.start - node.end > _FURTHEST_SPELLED:
            continue
        between = text[node.end : other.start].strip()
        if meaning.kind == OFFSET and other.value.kind == CALENDAR and between in (", in", ", on"):
            if told.timex_type == "DATE" and told.granularity in _COARSE:
                where.value, where.days, where.anchor_date = told.value, told.days, told.anchor_date
                where.granularity, where.timex_type, where.anchor = told.granularity, "DATE", told.anchor
                where.mod = told.mod
            continue
        if between not in ("(", "(i.e.", "—", "–"):
            continue
        if not text[other.end : other.end + 3].lstrip().startswith((")", "—", "–")):
            continue
        first, last = told.days
        where.days, where.anchor_date = told.days, told.anchor_date
        year, week, weekday = first.isocalendar()
        if weekday == 1 and (last - first).days == 6:
            where.value, where.granularity = f"{year:04d}-W{week:02d}", "week"
        else:
            where.value, where.granularity = told.value, told.granularity


def _mention(node: Node, where: Placed, text: str) -> DateMention:
    start, end = where.days if where.days is not None else (None, None)
    return DateMention(
        char_start=node.start,
        char_end=node.end,
        exact=text[node.start : node.end],
        rule_id=node.rule,
        confidence=_CONFIDENCE[where.anchor],
        timex_type=where.timex_type,
        value=where.value,
        mod=where.mod,
        start_date=start,
        end_date=end,
        granularity=where.granularity,
        anchor=where.anchor,
        anchor_date=where.anchor_date,
        is_year_inferred=where.is_year_inferred,
    )
