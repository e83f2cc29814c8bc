"""What a briefing knows, as plain records.

Belongs here: their fields, and what follows from them alone. Does not belong here: where they are
from (``data``), how they look (``maps``, ``timeline``, ``figures``, ``page``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from claimhouse.briefing.scope import Scope
from claimhouse.evidence import Piece

# small sides that share a lane of the timeline
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as the table of claims shows it. ``places`` are (place_id, name as listed)."""

    claim_id: str
    published: date
    publisher: str | None
    title: str | None
    url: str | None
    speaker: str | None
    speaker_text: str | None
    side: str | None
    cue: str | None
    content: str
    polarity: str
    stance: str
    topic: str
    depth: int
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Claims that are about one place in one manner: in it, near it, so far from it in a direction.

    ``lat`` and ``lon`` are the place's own; ``precision`` is UCDP's, 1 to 7. ``claim_ids`` are those
    in scope. An unresolved mention has a name and nothing else.
    """

    place_id: str | None
    place: str
    country: str | None
    admin1: str | None
    kind: str | None
    feature: str | None
    lat: float | None
    lon: float | None
    relation: str
    direction: str | None
    distance_km: float | None
    precision: int | None
    claim_ids: tuple[str, ...]

    @property
    def claims(self) -> int:
        return len(self.claim_ids)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Claims of one day, side and manner: plain, negative, or disputed by whoever passes them on."""

    day: date
    side: str | None
    manner: str
    claims: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as one speaker gave it. ``revision`` is of the same speaker's series; null deltas where open."""

    figure_id: str
    claim_id: str | None
    published: date
    speaker: str | None
    speaker_key: str
    side: str | None
    publisher: str | None
    exact: str
    low: float | None
    high: float | None
    bound: str
    revision: str | None
    previous_figure_id: str | None
    low_delta: float | None
    high_delta: float | None


@dataclass(frozen=True, slots=True)
class Thing:
    """What several statements count: the same thing, with the same fate, at the same place."""

    thing_id: str
    place: str | None
    kind: str
    unit: str | None
    counted: str
    counted_side: str | None
    status: str | None
    is_cumulative: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a contradiction: who, when, where published, and the sentence in pieces."""

    claim_id: str
    published: date
    publisher: str | None
    title: str | None
    url: str | None
    speaker: str | None
    side: str | None
    figure: str | None
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both hold, or of which the later rejects the earlier."""

    relation_id: str
    kind: str
    axis: str
    rule: str
    topic: str
    place: str | None
    days_apart: int
    earlier: Voice
    later: Voice
    same_again: int = 0


@dataclass(frozen=True, slots=True)
class Toll:
    """What an event cost, by role: the least and the greatest number that any voice gives last."""

    role: str
    lowest: float
    highest: float
    voices: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two voices against each other on one event, and in what; ``axis`` is a code of relation_axis."""

    kind: str
    axis: str
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """What one voice says of an event, in its words; no ``claim_id`` where a publisher says it itself."""

    voice: str | None
    side: str | None
    is_publisher: bool
    publisher: str | None
    published: date | None
    url: str | None
    words: str
    claim_id: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as all articles in scope tell it: what, where, when, by whom it is told, in what it is disputed."""

    event_id: str
    kind: str
    place: str
    admin1: str | None
    country: str | None
    first: date | None
    last: date | None
    is_dated: bool
    agent: str | None
    target: str | None
    articles: int
    origins: int
    voices: int
    tolls: tuple[Toll, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    told: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the question ``changes``: what the newest load brought."""

    what: str
    place: str | None
    kind: str | None
    who: str | None
    detail: str
    words: str
    publisher: str | None
    published: date | None
    url: str | None
    of_sort: int


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's share. ``copies`` are articles whose text another carried first, or that credit an agency."""

    publisher: str | None
    country: str | None
    side: str | None
    articles: int
    copies: int
    claims: int
    first: date
    last: date
    activity: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The sums of the lead. ``speakers`` are those that have a name or a title of their own.

    ``independent`` are the origins of the articles: copies of one text, and what one agency is credited with, have
    one, and so have all texts of one publisher.
    """

    claims: int
    speakers: int
    unattributed: int
    articles: int
    publishers: int
    independent: int
    sides: int
    negative: int
    disputed: int
    figures: int
    undated: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that one page tells.

    ``contested`` says of each claim in a contradiction or denial in how many; ``thing_count`` counts
    also the things that are not in ``things``, ``event_count`` the events that are not in ``events``; ``queries`` are
    the statements that told it, by section.
    """

    scope: Scope
    counts: Counts
    relations: dict[str, int]
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    days: tuple[DayCount, ...]
    things: tuple[Thing, ...]
    thing_count: int
    contested: dict[str, int]
    contradictions: tuple[Contradiction, ...]
    events: tuple[Event, ...]
    event_count: int
    changes: tuple[Change, ...]
    sources: tuple[Source, ...]
    sides: dict[str, str]
    meanings: dict[tuple[str, str], str]
    published_at: datetime | None
    loads: int
    queries: dict[str, str] = field(default_factory=dict)

    def meaning(self, code_list: str, code: str | None) -> str:
        """A code in words, without its full stop; the code itself where no list has it."""
        return self.meanings.get((code_list, code or ""), code or "").rstrip(".")

    def side_name(self, side: str | None) -> str:
        """A side by the name of its country or camp."""
        return self.sides.get(side, side) if side else "No side"

    def lane_name(self, side: str | None) -> str:
        """A side, or those that share a lane of the timeline."""
        return "Other sides" if side == OTHERS else self.side_name(side)
