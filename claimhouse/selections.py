"""Lists of the warehouse that people page through: what is in them, by which filters, in which order.

Belongs here: the SQL of lists of claims, event mentions, events, relations, figure series and who holds a place, with
their filters. Does not belong here: the ten questions (``claimhouse.questions``), full-text search
(``claimhouse.search``), how a list is shown or handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from claimhouse.lookups import ORDERS
from ingest.extract.locations.names import fold

if TYPE_CHECKING:
    import duckdb

    from claimhouse.search.names import Known


_IN_PLACES = """{alias}.place_id in (
        select p.place_id from dim_places as p
        where
            p.place_id in (select unnest($place_ids))
            or p.country in (select unnest($place_countries))
            or p.country || ':' || p.admin1 in (select unnest($place_regions))
    )"""


_PLACE_PARAMETERS = ("place_ids", "place_countries", "place_regions")


class SelectionError(ValueError):
    """What is asked for cannot be selected; the message says why."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is filtered by: the place itself, or a region or country with all that lies in it."""

    name: str
    place_ids: tuple[str, ...] = ()
    regions: tuple[tuple[str, str], ...] = ()  # country, region
    countries: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, tokens: Iterable[str]) -> Where:
        """The place of the tokens that the search index filters by."""
        ids, regions, countries = [], [], []
        for token in tokens:
            head, _, rest = token.partition(":")
            if head == "country":
                countries.append(rest)
            elif head == "region":
                country, _, region = rest.partition(":")
                regions.append((country, region))
            else:
                ids.append(token)
        return cls(name, tuple(ids), tuple(regions), tuple(countries))

    @property
    def is_one(self) -> bool:
        """True for a single place, not several of one name and no region."""
        return len(self.place_ids) == 1 and not self.regions and not self.countries

    def condition(self, alias: str, parameters: dict[str, Any]) -> str:
        """What holds of a row with place_id, country and admin1."""
        regions = [f"{country}:{region}" for country, region in self.regions]
        parameters |= dict(zip(_PLACE_PARAMETERS, (list(self.place_ids), list(self.countries), regions), strict=True))
        # of the few places first, and not of each row
        return _IN_PLACES.format(alias=alias)


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows must be; what is None is left open. Not every list has every filter."""

    place: Where | None = None
    speaker: str | None = None
    actor_id: str | None = None
    side: str | None = None
    kind: str | None = None
    topic: str | None = None
    axis: str | None = None
    publisher: str | None = None
    polarity: str | None = None
    status: str | None = None
    event_id: str | None = None
    is_disputed: bool | None = None
    since: date | None = None
    until: date | None = None

    def given(self) -> set[str]:
        """The names of what is not left open."""
        return {f.name for f in fields(self) if getattr(self, f.name) is not None}


@dataclass(frozen=True, slots=True)
class Selection:
    """One SELECT with its parameters, and the part of its rows that is wanted."""

    query: str
    parameters: dict[str, Any] = field(default_factory=dict)
    limit: int | None = None
    offset: int = 0
    source: tuple[str, str, str] | None = None  # of a list: its table, what rows must be, its order
    looked_up: str | None = None  # what rows must be, said by the lookups of a published file
    listed: str | None = None  # of a list, rows and their places in it by the lookups, where they know all of it
    by_list: bool = False  # ``listed`` is asked and not the table

    @property
    def sql(self) -> str:
        """The statement to run."""
        if self.limit is None:
            return self.query
        part = f"limit {int(self.limit)} offset {int(self.offset)}"
        if self.source is None:
            return f"{self.query}\n{part}"
        # the rows are found by the columns that are asked for, and only then read whole
        table, where, order = self.source
        numbers = f"select r.rowid from {table} as r where {where}\norder by {order}\n{part}"  # noqa: S608 SQL of ours
        if self.by_list:
            numbers = f"select f.row from ({self.listed}) as f order by f.nth {part}"  # noqa: S608 SQL of ours
        return f"select r.*\nfrom {table} as r\nwhere r.rowid in ({numbers})\norder by {order}"

    def by_lookups(self) -> Selection:
        """The same rows, found by the lookups of a file that has them."""
        if self.source is None or self.looked_up is None:
            return self
        table, _, order = self.source
        by_list = self.listed is not None
        return replace(self, source=(table, self.looked_up, order), looked_up=None, by_list=by_list)

    def page(self, limit: int, offset: int = 0) -> Selection:
        """So many of these rows from so many on."""
        if self.limit is None:
            return replace(self, limit=limit, offset=offset)
        return replace(self, limit=max(min(limit, self.limit - offset), 0), offset=self.offset + offset)

    def count(self) -> str:
        """The statement that gives the number of rows."""
        if self.by_list and self.limit is None:
            return f"select count(*) from ({self.listed})"  # noqa: S608 SQL of ours
        if self.source is not None and self.limit is None:
            table, where, _ = self.source
            return f"select count(*) from {table} as r\nwhere {where}"  # noqa: S608 SQL of ours
        return f"select count(*) from ({self.sql})"  # noqa: S608 SQL of ours, or what was checked to be a question


@dataclass(frozen=True, slots=True)
class _List:
    """One list: where it is from, in which order, and how each filter is said of a row ``r``.

    An order ends in the number of the row, so that pages follow each other without a gap: it costs a tenth of what
    an id as the last key does.
    """

    table: str
    order: str
    conditions: dict[str, str]
    place: str | None = None  # a template with {place} for the condition on a row with place_id, country, admin1
    always: str = "true"
    looked_up: dict[str, str] = field(default_factory=dict)  # filters said by the lookups of a published file
    of_places: str | None = None  # the lookup of its rows by place, in its order


_SPEAKER = (
    "(contains(lower(r.speaker_name), lower($speaker)) or r.actor_id in"
    " (select actor_id from actor_aliases where contains(lower(name), lower($speaker))))"
)
_OF_EVENT = "r.event_id in (select e.event_id from events as e where {place})"
_LISTS = {
    "claims": _List(
        *ORDERS["claims"],
        {
            "speaker": _SPEAKER,
            "actor_id": "r.actor_id = $actor_id",
            "side": "r.speaker_side = upper($side)",
            "topic": "r.topic = $topic",
            "kind": "r.claim_id in (select b.claim_id from bridge_claim_event_mentions as b"
            " inner join fct_event_mentions as m using (event_mention_id) where b.is_current and m.kind = $kind)",
            "publisher": "lower(r.publisher) = lower($publisher)",
            "polarity": "r.polarity = $polarity",
            "event_id": "r.claim_id in (select m.claim_id from fct_event_mentions as m inner join event_members as em"
            " using (event_mention_id) where em.event_id = $event_id)",
            "since": "r.published_date >= $since",
            "until": "r.published_date <= $until",
        },
        "r.claim_id in (select b.claim_id from bridge_claim_locations as b inner join fct_locations as l"
        " using (location_id) where b.is_current and {place})",
        "r.is_current",
        {
            "kind": "r.rowid in (select l.claim_row from lookup.claims_of_kinds as l where l.kind = $kind)",
            "speaker": "(r.speaker_name in (select n.speaker_name from lookup.speakers as n"
            " where contains(lower(n.speaker_name), lower($speaker))) or r.actor_id in"
            " (select actor_id from actor_aliases where contains(lower(name), lower($speaker))))",
        },
        "lookup.claims_of_places",
    ),
    "event_mentions": _List(
        "fct_event_mentions",
        "r.published_date desc nulls last, r.rowid desc",
        {
            "speaker": "contains(lower(r.voice_name), lower($speaker))",
            "side": "(r.agent_side = upper($side) or r.target_side = upper($side))",
            "kind": "r.kind = $kind",
            "publisher": "lower(r.publisher) = lower($publisher)",
            "polarity": "r.polarity = $polarity",
            "event_id": "r.event_mention_id in (select event_mention_id from event_members where event_id = $event_id)",
            "since": "r.published_date >= $since",
            "until": "r.published_date <= $until",
        },
        "{place}",
        "r.is_current",
        {
            "speaker": "r.voice_name in (select n.voice_name from lookup.voices as n"
            " where contains(lower(n.voice_name), lower($speaker)))",
        },
    ),
    "events": _List(
        *ORDERS["events"],
        {
            "side": "(r.agent_side = upper($side) or r.target_side = upper($side))",
            "kind": "r.kind = $kind",
            "event_id": "r.event_id = $event_id",
            "is_disputed": "(r.dispute_count > 0) = $is_disputed",
            "since": "coalesce(r.last_date, r.last_published_date) >= $since",
            "until": "coalesce(r.first_date, r.first_published_date) <= $until",
        },
        "{place}",
        of_places="lookup.events_of_places",
    ),
    "relations": _List(
        *ORDERS["relations"],
        {
            "kind": "r.kind = $kind",
            "axis": "r.axis = $axis",
            "side": "(r.earlier_voice_side = upper($side) or r.later_voice_side = upper($side))",
            "speaker": "(contains(lower(r.earlier_voice), lower($speaker)) or contains(lower(r.later_voice),"
            " lower($speaker)))",
            "publisher": "lower($publisher) in (lower(r.earlier_publisher), lower(r.later_publisher))",
            "event_id": "r.event_id = $event_id",
            "since": "r.later_published_date >= $since",
            "until": "r.later_published_date <= $until",
        },
        _OF_EVENT,
        of_places="lookup.relations_of_places",
    ),
    "figures": _List(
        "figure_series",
        "r.change_count desc, r.step_count desc, r.last_published_date desc nulls last, r.rowid desc",
        {
            "kind": "r.event_kind = $kind",
            "status": "r.role = $status",
            "speaker": "contains(lower(r.voice), lower($speaker))",
            "side": "r.voice_side = upper($side)",
            "event_id": "r.event_id = $event_id",
            "since": "r.last_published_date >= $since",
            "until": "r.first_published_date <= $until",
        },
        _OF_EVENT,
    ),
    "control": _List(
        "control_timeline",
        "r.week_start_date desc nulls last, r.place, r.published_date desc, r.rowid desc",
        {
            "side": "r.holder = upper($side)",
            "speaker": "contains(lower(r.voice), lower($speaker))",
            "publisher": "lower(r.publisher) = lower($publisher)",
            "event_id": "r.event_id = $event_id",
            "since": "coalesce(r.last_date, r.published_date) >= $since",
            "until": "coalesce(r.first_date, r.published_date) <= $until",
        },
        "r.place_id in (select l.place_id from dim_places as l where {place})",
    ),
}
LISTS = tuple(_LISTS)


def select(name: str, filters: Filters | None = None) -> Selection:
    """The rows of a list, in its order.

    Args:
        name: one of ``LISTS``.
        filters: what rows must be.

    Raises:
        SelectionError: there is no such list, or it has no such filter.
    """
    if name not in _LISTS:
        raise SelectionError(f"there is no list {name!r}; there are {', '.join(LISTS)}")
    found, wanted = _LISTS[name], filters or Filters()
    known = {*found.conditions, *(("place",) if found.place else ())}
    if unknown := sorted(wanted.given() - known):
        raise SelectionError(
            f"{name} cannot be filtered by {', '.join(unknown)}; they can by {', '.join(sorted(known))}"
        )
    parameters: dict[str, Any] = {given: getattr(wanted, given) for given in sorted(wanted.given() - {"place"})}
    conditions = {given: found.conditions[given] for given in parameters}
    looked_up = conditions | {given: sql for given, sql in found.looked_up.items() if given in conditions}
    listed = None
    if wanted.place is not None and found.place:
        row = {"claims": "l", "event_mentions": "r", "control": "l", "events": "r"}.get(name, "e")
        place = wanted.place.condition(row, parameters)
        conditions["place"] = found.place.format(place=place)
        looked_up["place"] = conditions["place"]
        if found.of_places:
            within = wanted.place.condition("l", parameters)
            looked_up["place"] = f"r.rowid in (select l.row from {found.of_places} as l where {within})"  # noqa: S608 SQL of ours
            if not parameters.keys() - set(_PLACE_PARAMETERS):
                # of several places a row may be more than once
                rows = "l.nth, l.row" if wanted.place.is_one else "distinct l.nth, l.row"
                listed = f"select {rows} from {found.of_places} as l where {within}"  # noqa: S608 SQL of ours
    where, by_lookups = ("\n    and ".join([found.always, *said.values()]) for said in (conditions, looked_up))
    query = f"select r.*\nfrom {found.table} as r\nwhere {where}\norder by {found.order}"
    source = (found.table, where, found.order)
    return Selection(query, parameters, source=source, looked_up=by_lookups, listed=listed)


def place_named(
    name: str,
    connection: duckdb.DuckDBPyConnection,
    known: Known | None = None,
    gazetteer: Callable[[], Any] | None = None,
) -> Where:
    """The place of a name in any spelling.

    Args:
        name: as somebody wrote it.
        connection: an open warehouse.
        known: the names of its search index, where there is one.
        gazetteer: opens the list of places, which is asked where there is no index.

    Raises:
        SelectionError: no place of the warehouse is called so.
    """
    if known is not None:
        found = known.one(name, "place")
        if found:
            # of places with this very name, the others are not meant
            exact = [n for n in found if fold(n.name) == fold(name)] or found
            return Where.of(exact[0].name, [n.token for n in exact if n.token])
        raise SelectionError(f"no place here is called {name!r}")
    from claimhouse.questions import QuestionError, resolved

    try:
        place = resolved({"place": name}, connection, gazetteer)[0]["place"]
    except QuestionError as problem:
        raise SelectionError(str(problem)) from None
    rows = connection.execute(
        "select place_id, country, admin1, kind, feature_code from dim_places where place = $1", [place]
    ).fetchall()
    from claimhouse.search.names import place_token

    return Where.of(place, [place_token(*row) for row in rows])
