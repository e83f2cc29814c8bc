"""``claimhouse examples``: three questions with their answers, and where to go from there."""

from __future__ import annotations

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError, ask

# Each shows one thing that the warehouse is for; all are answered by the samples.
EXAMPLES = {
    "Who says who holds Borova, day by day?": """
select c.published_date, c.speaker_side as side, c.speaker_name, c.polarity, c.stance, c.content
from fct_claims as c
where c.is_current
    and c.topic in ('control', 'encirclement')
    and exists (
        select 1
        from bridge_claim_locations
        inner join fct_locations as l using (location_id)
        where claim_id = c.claim_id and l.place = 'Borova'
    )
order by c.published_date, c.publisher, c.ordinal
limit 8""",
    "Which death tolls circulate for Balakliia, and who gives them?": """
select f.published_date, f.publisher, c.speaker_name, f.exact, f.low, f.high, f.bound
from fct_figures as f
inner join bridge_claim_figures using (figure_id)
inner join fct_claims as c using (claim_id)
where f.is_current
    and f.status = 'killed'
    and f.article_id in (select article_id from fct_locations where place = 'Balakliya')
order by f.published_date, f.publisher, f.ordinal
limit 8""",
    "What was read, what was not loaded, and why?": """
select outcome, reason, count(*) as documents, count(distinct source) as sources
from ops_documents
group by all
order by all""",
}


def examples() -> None:
    """Ask the published warehouse three questions, and show how to ask more."""
    from ingest.home import IS_CHECKOUT
    from ingest.settings import settings

    path = settings().warehouse_path
    program = ".venv/bin/claimhouse" if IS_CHECKOUT else "claimhouse"
    for question, sql in EXAMPLES.items():
        try:
            result = ask(path, sql)
        except NoWarehouseError as problem:
            console.fail(str(problem))
        typer.echo(f"\n{sql.strip()};")
        console.print_table(result, question)
    for line in (
        f"\nThe warehouse is {path}, and a page on it {settings().reports_dir / 'briefing.html'}",
        "Try next:",
        f"  who says who holds a place:  {program} ask 1 --place Borova",
        f'  your own question:           {program} query "select publisher, content from fct_claims limit 5"',  # noqa: S608
        f"  read it in a browser:        {program} serve",
    ):
        typer.echo(line)
