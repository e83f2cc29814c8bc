"""Where the rows of one thing stand in a published file, so that a page does not read whole tables for it.

Belongs here: the tables of the schema ``lookup``, which are made when a candidate is finished, and the SQL that finds
rows by them. Does not belong here: what is asked of those rows.

A published file is never written to, so the number of a row stays. The facts of one article stand together: first and
last row tell where. Anything else is found by a digest of its key in a sorted table, of which DuckDB reads one part.
A file without these tables, of an earlier program say, gives the same answers, more slowly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SCHEMA = "lookup"
FORMAT = 3  # another one means that a published file is built anew
# (table, column): rows that pages ask for by one key or a few
_KEYS = (
    ("fct_claims", "claim_id"),
    ("fct_event_mentions", "event_mention_id"),
    ("dim_article_versions", "article_version_id"),
    ("events", "event_id"),
    ("event_members", "event_id"),
    ("event_members", "event_mention_id"),
    ("figure_series", "figure_series_id"),
    ("figure_series", "event_id"),
    ("figure_revisions", "figure_series_id"),
    ("fct_figures", "figure_id"),
    ("relations", "earlier_claim_id"),
    ("relations", "later_claim_id"),
    ("relations", "earlier_mention_id"),
    ("relations", "later_mention_id"),
)
_OF_ARTICLES = (
    "fct_claims", "fct_claim_chain", "fct_dates", "fct_event_arguments", "fct_event_mentions", "fct_figures",
    "fct_locations", "bridge_claim_dates", "bridge_claim_event_mentions", "bridge_claim_figures",
    "bridge_claim_locations", "bridge_event_mention_figures",
)  # fmt: skip
# lists whose rows of a place are found without reading the list: its table, the order of its rows ``r``
ORDERS = {
    "claims": ("fct_claims", "r.published_date desc nulls last, r.rowid desc"),
    "events": ("events", "r.last_published_date desc nulls last, r.voice_count desc, r.rowid desc"),
    "relations": ("relations", "r.later_published_date desc nulls last, r.confidence desc, r.rowid desc"),
}
# their rows with the places that each is of
_OF_PLACES = {
    "claims": """
        select distinct location.place_id, claim.rowid as row
        from bridge_claim_locations as link
        inner join fct_locations as location on link.location_id = location.location_id
        inner join fct_claims as claim on link.claim_id = claim.claim_id
        where link.is_current and claim.is_current and location.place_id is not null""",
    "events": "select place_id, rowid as row from events where place_id is not null",
    "relations": """
        select event.place_id, relation.rowid as row
        from relations as relation
        inner join events as event on relation.event_id = event.event_id
        where event.place_id is not null""",
}
# of the mentions ``m`` of an event ``e`` the one that tells a reader what it is: the earliest that says in its own
# words what happened, and where
TELLS_BEST = """
    m.kind <> e.kind, m.polarity = 'negative', m.realis <> 'actual', m.place_id is distinct from e.place_id,
    m.published_date nulls last, m.char_start, m.event_mention_id"""
_HEADLINES = f"""
    create table lookup.headlines as
    select md5_number_lower(event_id) as key, row
    from (
        select
            e.event_id,
            m.rowid as row,
            row_number() over (partition by e.event_id order by {TELLS_BEST}) as nth
        from event_members as em
        inner join events as e on em.event_id = e.event_id
        inner join fct_event_mentions as m on em.event_mention_id = m.event_mention_id
        where not em.is_superseded and m.is_current
    )
    where nth = 1
    order by key, row"""  # noqa: S608 SQL of ours
_MADE = """
    create table lookup.claims_of_kinds as
    select distinct mention.kind, claim.rowid as claim_row
    from bridge_claim_event_mentions as link
    inner join fct_event_mentions as mention on link.event_mention_id = mention.event_mention_id
    inner join fct_claims as claim on link.claim_id = claim.claim_id
    where link.is_current and claim.is_current
    order by kind, claim_row;

    create table lookup.speakers as
    select distinct speaker_name from fct_claims where speaker_name is not null order by speaker_name;

    create table lookup.voices as
    select distinct voice_name from fct_event_mentions where voice_name is not null order by voice_name;

    create table lookup.spellings as
    select place_id, exact, count(*) as mention_count
    from fct_locations
    where place_id is not null and is_current and kind <> 'reference'
    group by place_id, exact
    order by place_id, mention_count desc, exact"""
_RANGES = """
    select table_name, min(first_row), max(last_row)
    from lookup.articles
    where key = md5_number_lower($1)
    group by table_name"""
_FIELD = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables in a warehouse that is open for writing, and has none of them."""
    connection.execute(f"create schema {SCHEMA}")
    for table, column in _KEYS:
        rows = f"select md5_number_lower({column}) as key, rowid as row from {table} where {column} is not null"  # noqa: S608 names of ours
        connection.execute(f"create table {_by_key(table, column)} as {rows} order by key, row")
    ranges = " union all ".join(
        f"select '{table}' as table_name, md5_number_lower(article_version_id) as key, min(rowid) as first_row,"  # noqa: S608 names of ours
        f" max(rowid) as last_row from {table} group by article_version_id"
        for table in _OF_ARTICLES
    )
    connection.execute(f"create table {SCHEMA}.articles as {ranges} order by key, table_name")
    for name, rows in _OF_PLACES.items():
        table, order = ORDERS[name]
        nth = f"select r.rowid as row, row_number() over (order by {order}) as nth from {table} as r"  # noqa: S608 names of ours
        connection.execute(
            f"create table {SCHEMA}.{name}_of_places as select f.place_id, o.nth, f.row from ({rows}) as f"  # noqa: S608 names of ours
            f" inner join ({nth}) as o on f.row = o.row order by f.place_id, o.nth"
        )
    connection.execute(_HEADLINES)
    connection.execute(_MADE)


def has_lookups(connection: duckdb.DuckDBPyConnection) -> bool:
    """True where an open file has the tables, those of this format."""
    asked = "select count(*) from duckdb_tables() where schema_name = $1 and table_name = 'headlines'"
    found = connection.execute(asked, [SCHEMA]).fetchone()
    return bool(found and found[0])


def _by_key(table: str, column: str) -> str:
    return f"{SCHEMA}.{table}__{column}"


def with_rows(template: str, ranges: dict[str, tuple[int, int]] | None, *, indexed: bool) -> str:
    """A statement over the rows of one article, or of a few keys.

    Args:
        template: a statement that begins with its SELECT, in which ``{table}`` stands for the rows of an article, which
            is the parameter ``$version``, and ``{table.column}`` for those whose column is one of the parameter
            ``$ids``.
        ranges: first and last row by table of that article; None where the template has no ``{table}``, or the file
            no lookups.
        indexed: whether the file has lookups.
    """

    read: dict[str, str] = {}

    def source(match: re.Match[str]) -> str:
        table, column = match.groups()
        if column is None:
            rows = table
            if indexed:
                first, last = (ranges or {}).get(table, (0, -1))
                rows = f"rows_of_{table}"
                # read before anything is compared: by a comparison DuckDB would look at a whole part of the table
                read[rows] = f"select * from {table} where rowid between {int(first)} and {int(last)}"  # noqa: S608 names of ours
            return f"(select * from {rows} where article_version_id = $version)"  # noqa: S608 names of ours
        numbers = ""
        if indexed and (table, column) in _KEYS:
            numbers = (
                f" and rowid in (select row from {_by_key(table, column)}"  # noqa: S608 names of ours
                " where key in (select md5_number_lower(unnest($ids))))"
            )
        return f"(select * from {table} where {column} in (select unnest($ids)){numbers})"  # noqa: S608 names of ours

    statement = _FIELD.sub(source, template)
    parts = ", ".join(f"{rows} as materialized ({sql})" for rows, sql in read.items())
    return f"with {parts} {statement}" if parts else statement


def ranges_of(connection: duckdb.DuckDBPyConnection, version: str) -> dict[str, tuple[int, int]]:
    """First and last row of an article in each table of facts, in a file that has lookups."""
    rows = connection.execute(_RANGES, [version]).fetchall()
    return {table: (first, last) for table, first, last in rows}
