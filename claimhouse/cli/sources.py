"""``claimhouse sources``: the list of sources, and a try of each without loading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimhouse.cli import console
from claimhouse.warehouse import Result

if TYPE_CHECKING:
    from ingest.sources import SourceConfig

app = typer.Typer(help="The sources that documents come from.", no_args_is_help=True)


@app.command("list")
def list_sources() -> None:
    """Show every source of sources.yml and how its last runs went."""
    from ingest.settings import settings
    from ingest.sources import health_of

    rows: list[tuple[object, ...]] = []
    for source in _sources():
        health = health_of(source, settings())
        where = (
            getattr(source, "url", None) or getattr(source, "path", None) or f"{len(getattr(source, 'urls', ()))} urls"
        )
        last = (health.succeeded_at or "")[:16].replace("T", " ") or None
        if health.failures:
            last = f"failed {'once' if health.failures == 1 else f'{health.failures} times'}: {health.problem}"
        rows.append((source.name, source.kind, source.is_enabled, source.publisher, str(where), source.licence, last))
    console.print_table(
        Result(["source", "kind", "enabled", "publisher", "where", "licence", "last run"], rows), "Sources"
    )


@app.command("check")
def check(
    names: Annotated[list[str] | None, typer.Argument(help="Only these sources.")] = None,
    documents: Annotated[int, typer.Option(help="Documents that are read of each.", min=1, max=100)] = 3,
) -> None:
    """Try each source: is it reachable, does it parse, how many documents are new. Nothing is loaded."""
    from ingest.landing import Landing
    from ingest.settings import settings
    from ingest.sources.trial import try_source

    sources = [s for s in _sources() if (s.name in names if names else s.is_enabled)]
    missing = set(names or ()) - {s.name for s in sources}
    if missing:
        raise typer.BadParameter(f"no such source: {', '.join(sorted(missing))}")
    files = Landing(settings().landing_dir).known().files
    failed = 0
    for source in sources:

        def is_known(uri: str, fingerprint: str, name: str = source.name) -> bool:
            return files.get((name, uri)) == fingerprint

        trial = try_source(source, settings(), is_known, documents)
        failed += trial.problem is not None
        count = f"{trial.new} new" if trial.is_all else f"{trial.new} or more new"
        typer.echo(f"{source.name} ({source.kind}): {'FAILED: ' + trial.problem if trial.problem else count}")
        for draft in trial.drafts:
            found = f"{draft.published_date} ({draft.published_date_source})" if draft.published_date else "no date"
            typer.echo(f"  {found}  {draft.language or '?'}  {draft.title or draft.text[:80]}")
        for rejection in trial.rejections:
            typer.echo(f"  {rejection.reason}: {rejection.detail}  [{rejection.uri}]")
    if failed:
        typer.echo(f"{failed} of {len(sources)} sources failed", err=True)
        raise typer.Exit(1)


def _sources() -> list[SourceConfig]:
    from ingest.settings import settings
    from ingest.sources import SourcesError, load_sources

    try:
        return load_sources(settings().sources_file, settings())
    except SourcesError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
