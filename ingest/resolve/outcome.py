"""What a step of resolving found, as the rows that it lands.

Belongs here: from an event to the rows of its tables. Does not belong here: which events there are
(``events``), files (``steps``).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from ingest.resolve.accounts.voices import PERSON
from ingest.resolve.joining.events import OF_CLAIMS, Settled
from ingest.resolve.joining.reclustering import is_of_claims
from ingest.resolve.kinds import families
from ingest.resolve.model import Account, Event, Place, Voice
from ingest.resolve.relations.denials import DENIED
from ingest.resolve.relations.relations import Relation, relations_of
from ingest.resolve.relations.statements import Told
from ingest.resolve.relations.states import states_of
from ingest.resolve.tables import (
    EVENT_CHANGES,
    EVENT_FIGURES,
    EVENT_MEMBERS,
    EVENT_STATES,
    EVENTS,
    RELATIONS,
    RESOLVED,
    EventChange,
    EventFigure,
    EventMember,
    EventState,
    ResolvedEvent,
    ResolvedRelation,
    row_of,
)
from ingest.tables import identity


class StepRows:
    """The rows of one step, by table."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in RESOLVED}

    def drain(self) -> dict[str, list[dict[str, Any]]]:
        """All rows that were taken since the last call."""
        rows, self.rows = self.rows, {table.name: [] for table in RESOLVED}
        return rows

    def take(self, settled: Settled) -> None:
        """Add what a step made of one event."""
        change = settled.change
        self.rows[EVENT_CHANGES.name].append(
            row_of(
                EventChange(
                    event_change_id=identity(change.event_id, self._number),
                    event_id=change.event_id,
                    step_number=self._number,
                    change=change.change,
                    is_event=not change.event_id.startswith(OF_CLAIMS),
                    other_event_id=change.other_event_id,
                )
            )
        )
        if settled.event is not None:
            if not is_of_claims(settled.event.members[0].account):
                self.rows[EVENTS.name].append(row_of(_event_row(settled.event, self._number)))
                self.rows[EVENT_MEMBERS.name] += map(row_of, _member_rows(settled.event, self._number))
                self.rows[EVENT_FIGURES.name] += map(row_of, _figure_rows(settled.event, self._number))
                self.rows[EVENT_STATES.name] += map(row_of, _state_rows(settled.event, self._number))
            self.rows[RELATIONS.name] += [row_of(relation_row(r, self._number)) for r in relations_of(settled.event)]


def _event_row(event: Event, number: int) -> ResolvedEvent:
    accounts = [member.account for member in event.members if not member.is_doubtful]
    told = [s for a in accounts for s in a.statements if s.is_told]
    happened = [s for s in told if not s.is_negative] or told
    kinds = Counter(s.kind for s in happened)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    is_state = families()[kind] == "control"
    first, last, is_dated = _days(accounts, is_state)
    place = _place(accounts)
    return ResolvedEvent(
        event_version_id=identity(event.event_id, number),
        event_id=event.event_id,
        step_number=number,
        kind=kind,
        family=families()[kind],
        is_state=is_state,
        location_id=place.location_id if place else None,
        first_date=first,
        last_date=last,
        is_dated=is_dated,
    )


def _days(accounts: list[Account], is_state: bool) -> tuple[date | None, date | None, bool]:
    """The days that most accounts give, of those that a text states; of a state, from the first to the last."""
    dated = [a for a in accounts if a.first_date and a.last_date]
    if not dated:
        return None, None, False
    stated = [a for a in dated if a.is_dated] or dated
    if is_state:
        firsts, lasts = ([d for a in stated if (d := getattr(a, n))] for n in ("first_date", "last_date"))
        return min(firsts), max(lasts), stated[0].is_dated
    windows = Counter((a.first_date, a.last_date) for a in stated if a.first_date and a.last_date)
    first, last = min(windows, key=lambda w: (-windows[w], w[1] - w[0], w))
    return first, last, stated[0].is_dated


def _place(accounts: list[Account]) -> Place | None:
    """The place that most accounts give, of the most precise that any gives."""
    places = [account.places[0] for account in accounts if account.places]
    if not places:
        return None
    best = min(place.precision for place in places)
    precise = [place for place in places if place.precision == best]
    votes = Counter(place.place_id for place in precise)
    winner = min(votes, key=lambda p: (-votes[p], p))
    return next(place for place in precise if place.place_id == winner)


def _member_rows(event: Event, number: int) -> list[EventMember]:
    rows = []
    for member in event.members:
        account = member.account
        for statement, link in zip(account.statements, account.links, strict=True):
            is_first = statement.mention_id == account.account_id
            rows.append(
                EventMember(
                    event_member_id=identity(event.event_id, statement.mention_id, number),
                    event_id=event.event_id,
                    step_number=number,
                    event_mention_id=statement.mention_id,
                    account_id=account.account_id,
                    is_first_of_account=is_first,
                    joined_with_account_id=member.joined_with if is_first else None,
                    score=member.score if is_first else 1.0,
                    rule_id=member.rule_id if is_first else link,
                    is_superseded=member.is_superseded,
                    is_doubtful=member.is_doubtful,
                    voice=statement.voice.name,
                    voice_key=statement.voice.key,
                    voice_side=statement.voice.side,
                    is_publisher_voice=statement.voice.is_publisher,
                    origin=statement.voice.origin,
                )
            )
    return rows


def _told(event: Event) -> list[Told]:
    """The statements of an event that say what was, or was not."""
    return [Told(s, m) for m in event.members for s in m.account.statements if s.is_told]


def _figure_rows(event: Event, number: int) -> list[EventFigure]:
    rows = {}
    for told in _told(event):
        for count in told.statement.counts:
            mention_id = told.statement.mention_id
            key = identity(event.event_id, mention_id, count.figure_id, count.role, number)
            rows[key] = EventFigure(
                event_figure_id=key,
                event_id=event.event_id,
                step_number=number,
                event_mention_id=mention_id,
                figure_id=count.figure_id,
                role=count.role,
                scope=count.scope,
                thing=count.people or count.counted or "people",
                low=count.low,
                high=count.high,
                bound=count.bound,
            )
    return list(rows.values())


def _state_rows(event: Event, number: int) -> list[EventState]:
    rows = []
    for told, state in states_of(_told(event)):
        statement = told.statement
        bodies = [p for p in statement.agents if not (p.actor_key or "").startswith(PERSON)]  # no person holds a place
        names = [p.name for p in bodies if p.name and p.side == state.holder]
        rows.append(
            EventState(
                event_state_id=identity(event.event_id, statement.mention_id, number),
                event_id=event.event_id,
                step_number=number,
                event_mention_id=statement.mention_id,
                location_id=state.place.location_id,
                holder=state.holder,
                holder_name=next(iter(names), None),
                is_holding=state.holds,
                is_change=state.goes_on,
                extent=state.extent,
                first_date=statement.first_date,
                last_date=statement.last_date,
            )
        )
    return rows


def relation_row(relation: Relation, number: int) -> ResolvedRelation:
    """A relation as it is landed."""
    one, other = relation.earlier, relation.later
    relation_id = identity(one.statement.mention_id, other.statement.mention_id, relation.axis)
    is_of_mentions = not is_of_claims(one.account)
    return ResolvedRelation(
        relation_version_id=identity(relation_id, number),
        relation_id=relation_id,
        group_id=relation.group_id,
        event_id=relation.group_id if is_of_mentions else None,
        step_number=number,
        kind=relation.kind,
        axis=relation.axis,
        rule_id=relation.rule_id,
        confidence=relation.confidence,
        earlier_mention_id=_mention_id(one),
        later_mention_id=_mention_id(other),
        earlier_figure_id=relation.earlier_figure_id,
        later_figure_id=relation.later_figure_id,
        **_side_of_row("earlier", one),
        **_side_of_row("later", other),
    )


def _mention_id(told: Told) -> str | None:
    """The event mention that a statement is; None of one that is a claim."""
    is_claim = is_of_claims(told.account) or told.statement.kind == DENIED
    return None if is_claim else told.statement.mention_id


def _side_of_row(prefix: str, told: Told) -> dict[str, Any]:
    statement = told.statement
    voice: Voice = statement.voice
    values = {
        "claim_id": statement.claim_id,
        "version_id": told.account.article_version_id,
        "start": statement.start,
        "end": statement.end,
        "voice": voice.name,
        "voice_key": voice.key,
        "voice_side": voice.side,
    }
    return {f"{prefix}_{name}": value for name, value in values.items()}
