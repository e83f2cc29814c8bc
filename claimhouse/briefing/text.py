"""The briefing without pictures: the same numbers as tables.

Belongs here: which tables, in which words. Does not belong here: how a table is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimhouse.briefing import figures, maps, words
from claimhouse.briefing.records import Briefing, Voice
from claimhouse.briefing.timeline import timeline
from claimhouse.reporting import Titled
from claimhouse.warehouse import Result


def text_tables(briefing: Briefing) -> Iterator[Titled]:
    """Events, changes, places, time, figures, contradictions, claims, sources.

    Text of articles is stripped of control characters.
    """
    for title, columns, rows in _tables(briefing):
        yield Titled(title, Result(columns, [tuple(map(_plain, row)) for row in rows]))


def _plain(value: Any) -> Any:
    return words.clean(value) if isinstance(value, str) else value


def _tables(b: Briefing) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    yield (
        "What happened, as it is told: events, the most told first",
        ["day", "what", "where", "who", "whom", "cost", "articles", "origins", "disputed", "told by", "event_id"],
        [
            (
                e.first,
                words.event_noun(e.kind),
                e.place,
                e.agent,
                e.target,
                ", ".join(f"{t.role} {words.toll(t.lowest, t.highest)}" for t in e.tolls),
                e.articles,
                e.origins,
                ", ".join(dict.fromkeys(d.axis for d in e.disputes)),
                ", ".join(t.voice for t in e.told if t.voice),
                e.event_id,
            )
            for e in b.events
        ],
    )
    yield (
        "What is new: what the newest load brought",
        ["what", "where", "who", "detail", "words", "publisher", "published"],
        [(c.what, c.place, c.who, c.detail, words.brief(c.words), c.publisher, c.published) for c in b.changes],
    )
    spots = maps.spots_of(b.mentions, b.contested)
    yield (
        "Where: claims by place, as exactly as it was said",
        ["place", "country", "how it was said", "claims", "in a contradiction"],
        [(s.place, b.sides.get(s.country or "", s.country), s.how, s.claims, s.contested) for s in spots],
    )
    time = timeline(b.days, b.scope.since, b.scope.until)
    yield (
        f"When: claims by {time.unit} of publication and side of the speaker",
        ["from", "to", "side", "plain", "denying", "passed on as untrue", "all"],
        [
            (
                bar.first,
                bar.last,
                b.lane_name(lane.side),
                *(bar.of(m) for m in ("plain", "negative", "disputed")),
                bar.claims,
            )
            for lane in time.lanes
            for bar in lane.bars
        ],
    )
    yield (
        "Figures in circulation",
        ["what", "published", "speaker", "figure", "in its words", "since the last", "publisher", "figure_id"],
        [
            (
                words.heading(b, chart.thing),
                r.statement.published,
                r.statement.speaker,
                words.bounds(r.statement.low, r.statement.high, r.statement.bound),
                r.statement.exact,
                words.revision(r.statement),
                r.statement.publisher,
                r.statement.figure_id,
            )
            for chart in map(figures.chart, b.things)
            for r in chart.ranges
        ],
    )
    yield (
        "Contradictions, [speaker], {cue} and «content» marked",
        ["kind", "axis", "place", "earlier", "later", "rule"],
        [
            (pair.kind, pair.axis, pair.place, _voice(b, pair.earlier), _voice(b, pair.later), pair.rule)
            for pair in b.contradictions
        ],
    )
    yield (
        "All claims, newest first",
        ["published", "side", "speaker", "claim", "polarity", "stance", "topic", "places", "publisher", "claim_id"],
        [
            (
                c.published,
                c.side,
                c.speaker or c.speaker_text,
                words.shortened(c.content)[0],
                c.polarity,
                c.stance,
                c.topic,
                ", ".join(name for _, name in c.places),
                c.publisher,
                c.claim_id,
            )
            for c in b.claims
        ],
    )
    yield (
        "Sources: copies of one text, and what one agency is credited with, count once",
        ["publisher", "country", "side", "articles", "copies", "claims", "first", "last", "of late"],
        [
            (s.publisher, s.country, s.side, s.articles, s.copies, s.claims, s.first, s.last, s.activity)
            for s in b.sources
        ],
    )


_BRACKETS = {"speaker": "[{}]", "cue": "{{{}}}", "content": "«{}»", "evidence": "«{}»"}


def _voice(b: Briefing, voice: Voice) -> str:
    sentence = "".join(_BRACKETS.get(p.role, "{}").format(p.text) for p in voice.sentence)
    side = f" ({b.side_name(voice.side)})" if voice.side else ""
    who = f"{voice.speaker or 'speaker not named'}{side}"
    return f"{voice.published} {voice.publisher or ''}: {who}: {sentence} {voice.claim_id}"
