"""``claimhouse status``: loads, counts, last checks."""

from __future__ import annotations

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError, Result, ask, tables

_LOADS = """
select load_id, kind, state, recorded_at, documents_read, articles_loaded, duplicates, rejected
from ops_loads order by sequence desc limit 10
"""
_CHECKS = """
select stage, severity, count(*) as checks, count(*) filter (is_passed) as passed, max(checked_at) as checked_at
from ops_check_results
where run_id = (select run_id from ops_check_results order by checked_at desc limit 1)
group by all order by all
"""
_MOST_SHOWN = 20
_GAPS = """
select
  title,
  source,
  uri,
  concat_ws(', ', if(published_date is null, 'date', null), if(publisher is null, 'publisher', null)) as without
from dim_articles
where published_date is null or publisher is null
order by published_date is not null, source, uri
limit $most
"""
_GAP_COUNTS = """
select count(*) filter (where published_date is null) as undated, count(*) filter (where publisher is null) as unnamed
from dim_articles
"""


def status() -> None:
    """Show the last loads, the rows of each table, the last checks, what is unfinished, and what parses.

    Also how many articles have no date or no publisher, and the first of them.
    """
    import duckdb

    from claimhouse.reporting import Gaps, blocked_loads, loads_aside
    from claimhouse.reviewing import precision_by_rule
    from ingest.extract.parser import engine_in_use
    from ingest.files import DamagedError
    from ingest.landing import Landing
    from ingest.settings import settings

    path = settings().warehouse_path
    try:
        console.print_table(ask(path, _LOADS), "Last loads")
        console.print_table(Result(["table", "rows"], tables(path)), f"Published: {path}")
        console.print_table(ask(path, _CHECKS), "Last checks")
        ((undated, unnamed),) = ask(path, _GAP_COUNTS).rows
        if gaps := Gaps(undated, unnamed):
            shown = ask(path, _GAPS, {"most": _MOST_SHOWN})
            title = str(gaps) if len(shown.rows) < _MOST_SHOWN else f"{gaps}; the first {len(shown.rows)}"
            console.print_table(shown, title)
        if (right := precision_by_rule(path)).rows:
            console.print_table(right, "Reviewed pairs, by rule")
    except NoWarehouseError as problem:
        typer.echo(str(problem))
    except duckdb.Error:
        typer.echo(f"{path} was made by another version of the program; the next refresh builds it anew")
    typer.echo(f"parser: {engine_in_use(settings().model, settings().parser)}")
    try:
        landing = Landing(settings().landing_dir)
        blocked = blocked_loads(settings())
        for one in (*blocked, *loads_aside(settings())):
            typer.echo(str(one))
        for load in landing.unfinished():
            if load.load_id not in {one.load_id for one in blocked}:
                typer.echo(f"unfinished: load {load.load_id} ({load.kind}); the next refresh takes it up")
        if clock := landing.clock_problem():
            typer.echo(clock)
    except DamagedError as problem:
        console.fail(str(problem))
