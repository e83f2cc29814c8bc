"""The tables that resolving lands: records, and their columns.

Belongs here: what a step of resolving writes, one record a table. Does not belong here: the tables of a load
(``ingest.tables``), where the files lie (``steps``).

A step writes whole events: for each event that it changed, all its members and relations. The rows of the last
step that changed an event are what stands.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

from ingest.records import BOUNDS, COUNT_ROLES, COUNT_SCOPES, EVENT_KINDS, EXTENTS, column
from ingest.tables import Table, table_of
from ingest.values import value

EVENT_CHANGE_KINDS = ("formed", "changed", "renamed", "split", "joined", "dissolved")
EVENT_FAMILIES = (
    *("violence", "control", "advance", "encircle", "custody", "release", "displacement", "deployment"),
    *("delivery", "talks", "decrees", "protests"),
)
RELATION_KINDS = ("contradicts", "denies", "corroborates", "repeats", "revises")
AXES = ("polarity", "control", "count", "agent", "target", "place", "date", "cause", "quotation")


@value(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What became of an event when a load was resolved: the history of joins and splits."""

    event_change_id: str = column("Identity: the event and the step.")
    event_id: str = column("The event.")
    step_number: int = column("Place of the load among all loads, from 1.", low=1)
    change: str = column("What became of the event.", codes=EVENT_CHANGE_KINDS)
    is_event: bool = column("False of a group of claims: one quotation, or a denial that a text states.")
    other_event_id: str | None = column(
        "The event that it was split from, that it is named anew after, or that its members went to.", default=None
    )


@value(frozen=True, slots=True, kw_only=True)
class ResolvedEvent:
    """One happening, or one state of a place, as its members tell it."""

    event_version_id: str = column("Identity: the event and the step.")
    event_id: str = column("The event: it keeps its id as long as the member stands that was landed first.")
    step_number: int = column("The step that gave it this form.", low=1)
    kind: str = column("The kind that most of its mentions have.", codes=EVENT_KINDS)
    family: str = column("The family of the kind: events of one family are compared.", codes=EVENT_FAMILIES)
    is_state: bool = column("True of who holds a place over a time, false of what happened.")
    location_id: str | None = column("The place mention that says best where it was.", default=None)
    first_date: date | None = column(
        "First day on which it may have happened, or first day of the state.", default=None
    )
    last_date: date | None = column("Last day on which it may have happened, or last day of the state.", default=None)
    is_dated: bool = column("True where a text gives the days, false where they are those of publication.")


@value(frozen=True, slots=True, kw_only=True)
class EventMember:
    """An event mention in an event, with the score and the rule that put it there."""

    event_member_id: str = column("Identity: the event, the mention and the step.")
    event_id: str = column("The event.")
    step_number: int = column("The step that gave the event this form.", low=1)
    event_mention_id: str = column("The event mention.")
    account_id: str = column("First mention of the account: what the article itself ties together.")
    is_first_of_account: bool = column("True of the mention that stands for its account.")
    joined_with_account_id: str | None = column(
        "The account that it is most like among the event's; null of the event's first.", default=None
    )
    score: float = column("Likeness of the two accounts in points; of what the text ties, 1.")
    rule_id: str = column("What the two accounts agree on, or how the text ties the mention.")
    is_superseded: bool = column("True where a later version of the article took its place.")
    is_doubtful: bool = column("True where it is less sure that the account is of what most articles tell.")
    voice: str | None = column("Who says it: a speaker, or the publisher.", default=None)
    voice_key: str = column("What tells that voice from others, in all articles.")
    voice_side: str | None = column("Side of the voice.", default=None)
    is_publisher_voice: bool = column("True where the publisher says it in its own voice.")
    origin: str = column("Whose text it was read in: an agency, or the first of its copies.")


@value(frozen=True, slots=True, kw_only=True)
class EventFigure:
    """A count in an event: what is compared between those who give one."""

    event_figure_id: str = column("Identity: the event, the mention, the figure, its role and the step.")
    event_id: str = column("The event.")
    step_number: int = column("The step that gave the event this form.", low=1)
    event_mention_id: str = column("The event mention that has it.")
    figure_id: str = column("The figure.")
    role: str = column("What befell those counted, or what they did.", codes=COUNT_ROLES)
    scope: str = column("How much the count covers.", codes=COUNT_SCOPES)
    thing: str = column("Class of those counted, where the text tells; else what is counted, or people.")
    low: float | None = column("Lowest value that is meant, inclusive; null where open.", default=None)
    high: float | None = column("Highest value that is meant, inclusive; null where open.", default=None)
    bound: str = column("How the value is bounded.", codes=BOUNDS)


@value(frozen=True, slots=True, kw_only=True)
class EventState:
    """Who is said to hold a place, or not to hold it, from which day."""

    event_state_id: str = column("Identity: the event, the mention and the step.")
    event_id: str = column("The state of the place that it is a statement of.")
    step_number: int = column("The step that gave the event this form.", low=1)
    event_mention_id: str = column("The event mention that says so.")
    location_id: str = column("The place that is held.")
    holder: str = column("Side that holds it, or does not; of a body without a side, its key.")
    holder_name: str | None = column("The holder as the article names it.", default=None)
    is_holding: bool = column("True where the holder is said to hold it, false where not, or no more.")
    is_change: bool = column("True where a state begins or ends on the day: the place is taken or left.")
    extent: str = column("How much of the place.", codes=EXTENTS)
    first_date: date | None = column("First day of which it is said.", default=None)
    last_date: date | None = column("Last day of which it is said.", default=None)


@value(frozen=True, slots=True, kw_only=True)
class ResolvedRelation:
    """Two statements that are against each other, with each other, or the one a later word than the other."""

    relation_version_id: str = column("Identity: the relation and the step.")
    relation_id: str = column("Identity: the two statements and the axis.")
    group_id: str = column("The event, or the group of claims, in which the two were compared.")
    event_id: str | None = column("The event of both; null where the text itself relates two claims.", default=None)
    step_number: int = column("The step that found it.", low=1)
    kind: str = column("What the later statement is to the earlier one.", codes=RELATION_KINDS)
    axis: str = column("In what they agree or differ.", codes=AXES)
    rule_id: str = column("The rule that related them.")
    confidence: float = column("How sure it is, 0 to 1.", low=0, high=1)
    earlier_mention_id: str | None = column("The earlier event mention.", default=None)
    later_mention_id: str | None = column("The later event mention.", default=None)
    earlier_claim_id: str | None = column("Claim that makes the earlier statement; null: its publisher.", default=None)
    later_claim_id: str | None = column("Claim that makes the later statement; null: its publisher.", default=None)
    earlier_figure_id: str | None = column("The earlier count, where counts are related.", default=None)
    later_figure_id: str | None = column("The later count, where counts are related.", default=None)
    earlier_version_id: str = column("Article version of the earlier statement.")
    earlier_start: int = column("First character of the earlier statement.", low=0)
    earlier_end: int = column("Character after the earlier statement.", low=1)
    later_version_id: str = column("Article version of the later statement.")
    later_start: int = column("First character of the later statement.", low=0)
    later_end: int = column("Character after the later statement.", low=1)
    earlier_voice: str | None = column("Who makes the earlier statement.", default=None)
    earlier_voice_key: str = column("What tells that voice from others.")
    earlier_voice_side: str | None = column("Side of the earlier voice.", default=None)
    later_voice: str | None = column("Who makes the later statement.", default=None)
    later_voice_key: str = column("What tells that voice from others.")
    later_voice_side: str | None = column("Side of the later voice.", default=None)


EVENT_CHANGES = table_of("event_changes", "event_change_id", EventChange)
EVENTS = table_of("events", "event_version_id", ResolvedEvent)
EVENT_MEMBERS = table_of("event_members", "event_member_id", EventMember)
RELATIONS = table_of("relations", "relation_version_id", ResolvedRelation)
EVENT_FIGURES = table_of("event_figures", "event_figure_id", EventFigure)
EVENT_STATES = table_of("event_states", "event_state_id", EventState)
RESOLVED: tuple[Table, ...] = (EVENTS, EVENT_MEMBERS, EVENT_FIGURES, EVENT_STATES, RELATIONS, EVENT_CHANGES)

Records = EventChange | ResolvedEvent | EventMember | EventFigure | EventState | ResolvedRelation


def row_of(record: Records) -> dict[str, Any]:
    """A record as a row, without the columns of the load."""
    names, values = _FIELDS[type(record)]
    return dict(zip(names, values(record), strict=True))


def _fields_of(record: type) -> tuple[tuple[str, ...], Callable[[Records], tuple[Any, ...]]]:
    names = tuple(f.name for f in dataclasses.fields(record))
    return names, attrgetter(*names)


_FIELDS = {kind: _fields_of(kind) for kind in Records.__args__}
