"""``claimhouse examples``: three questions with their answers, and where to go from there."""

from __future__ import annotations

import typer

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError, ask

# Each shows one thing that the warehouse is for; all are answered by the samples.
EXAMPLES = {
    "Who says what about Vovchansk, since when, and who disputes it?": """
select c.published_date, c.publisher, c.speaker_name, c.polarity, c.stance, c.content
from fct_claims as c
inner join bridge_claim_locations as b using (claim_id)
inner join fct_locations as l using (location_id)
where l.place = 'Vovchansk' and c.topic in ('control', 'advance', 'encirclement') and c.is_current
group by all
order by c.published_date, c.publisher
limit 8""",
    "Which counts of killed and wounded are in circulation?": """
select f.published_date, f.publisher, f.status, f.exact, f.low, f.high, f.bound, f.counted
from fct_figures as f
where f.status in ('killed', 'wounded') and f.is_current
order by f.published_date, f.status, f.low
limit 8""",
    "What was loaded, and what was not, and why?": """
select source, outcome, reason, count(*) as documents
from ops_documents
group by all
order by all""",
}


def examples() -> None:
    """Ask the published warehouse three questions, and show how to ask more."""
    from ingest.settings import settings

    path = settings().warehouse_path
    for question, sql in EXAMPLES.items():
        try:
            result = ask(path, sql)
        except NoWarehouseError as problem:
            console.fail(str(problem))
        typer.echo(f"\n{sql.strip()};")
        console.print_table(result, question)
    for line in (
        f"The warehouse is {path}",
        '  ask it:      .venv/bin/claimhouse query "from fct_claims limit 5"',
        "  one fact:    .venv/bin/claimhouse explain FACT_ID",
        f"  add yours:   put documents into {settings().inbox_dir} and run .venv/bin/claimhouse refresh",
        "  the UI:      make ui",
    ):
        typer.echo(line)
