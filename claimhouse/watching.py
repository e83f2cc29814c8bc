"""Watchlists at work: which events match, writing them down, telling a webhook.

Belongs here: finding the matches of each watchlist among the events that new articles tell of. Does not belong here:
the file of watchlists (``claimhouse.watchlist``).

Matches are added to ``reports/watch.csv``. Which articles were looked at is kept in ``state/watch.json``: after a run
that could not look, the next one does.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any

from claimhouse.warehouse import Result, ask, connect, run
from claimhouse.watchlist import SUMS, Watch, Webhook, load_watchlists
from ingest.extract.locations.names import fold
from ingest.files import atomic_write, write_json
from ingest.settings import Settings

log = logging.getLogger(__name__)

COLUMNS = (
    *("watch", "matched_at", "kind", "place", "first_date", "agent", "target", "articles", "origins", "voices"),
    *("disputes", "counts", "words", "voice", "publisher", "published_date", "link", "event_id"),
)
_MOST_POSTED = 100
# every event of which an article came in since a moment, with what a watchlist may ask of it
_EVENTS = """
with

touched as (
    select distinct member.event_id
    from event_members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    inner join dim_article_versions as version on mention.article_version_id = version.article_version_id
    where version.recorded_at > $since and mention.is_current
),

named as (
    select
        member.event_id,
        list(distinct name.name) as names
    from event_members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    cross join unnest([
        mention.agent, mention.agent_side, mention.target, mention.target_side, member.voice, member.voice_side
    ]) as name (name)
    where mention.is_current and name.name is not null and member.event_id in (select event_id from touched)
    group by member.event_id
),

counted as (
    select
        event_id,
        map_from_entries(list(row(role, highest))) as counts
    from (
        select event_id, role, max(highest) as highest
        from figure_series
        where scope = 'event' and event_id in (select event_id from touched)
        group by event_id, role
    )
    group by event_id
),

newest as (
    select
        member.event_id,
        member.voice,
        mention.publisher,
        mention.published_date,
        coalesce(version.url, version.uri) as link,
        substring(
            version.text, cast(mention.statement_start as integer) + 1,
            cast(mention.statement_end - mention.statement_start as integer)
        ) as words
    from event_members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    inner join dim_article_versions as version on mention.article_version_id = version.article_version_id
    where mention.is_current and member.event_id in (select event_id from touched)
    qualify row_number() over (
        partition by member.event_id
        order by mention.published_date desc nulls last, mention.article_version_id, mention.char_start
    ) = 1
)

select
    event.event_id,
    event.kind,
    event.place,
    event.admin1,
    event.country,
    event.first_date,
    event.agent,
    event.target,
    event.article_count as articles,
    event.origin_count as origins,
    event.voice_count as voices,
    event.dispute_count as disputes,
    coalesce(named.names, []) as names,
    counted.counts,
    newest.words,
    newest.voice,
    newest.publisher,
    newest.published_date,
    newest.link
from events as event
inner join touched on event.event_id = touched.event_id
inner join newest on event.event_id = newest.event_id
left join named on event.event_id = named.event_id
left join counted on event.event_id = counted.event_id
order by event.origin_count desc, event.article_count desc, event.event_id
"""
_LATEST = """
select
    max(recorded_at),
    max(recorded_at) filter (where recorded_at < (select max(recorded_at) from ops_loads where kind = 'ingest'))
from ops_loads
where kind = 'ingest'
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run found: the rows, the file they were added to, and whether a webhook took them."""

    rows: list[dict[str, Any]]
    path: Path
    is_posted: bool | None  # None: there is none, or nothing to post

    @property
    def result(self) -> Result:
        """The rows as a table."""
        return Result(list(COLUMNS), [tuple(row[name] for name in COLUMNS) for row in self.rows])


def matches(settings: Settings, watches: Iterable[Watch], since: datetime) -> list[dict[str, Any]]:
    """A row for each watchlist and event that matches it, of events that articles tell of that came in since.

    Args:
        settings: of the house.
        watches: the watchlists.
        since: a moment in UTC, without a zone, as the warehouse has them; exclusive.

    Raises:
        NoWarehouseError: there is no warehouse.
    """
    with connect(settings.warehouse_path) as connection:
        events = run(connection, _EVENTS, {"since": since}).dicts()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found = []
    for watch in watches:
        for event in events:
            if is_match(watch, event):
                counts = ", ".join(f"{role} {_number(n)}" for role, n in sorted((event["counts"] or {}).items()))
                found.append({**event, "watch": watch.name, "matched_at": now, "counts": counts})
    return [{name: row[name] for name in COLUMNS} for row in found]


def is_match(watch: Watch, event: Mapping[str, Any]) -> bool:
    """True where all that the watchlist asks holds of the event."""
    if watch.kinds and event["kind"] not in watch.kinds:
        return False
    if watch.is_disputed is not None and watch.is_disputed != (event["disputes"] > 0):
        return False
    where = {fold(str(event[name])) for name in ("place", "admin1", "country") if event[name]}
    if watch.places and not where & {fold(place) for place in watch.places}:
        return False
    if watch.actors and not any(_is_named(actor, name) for actor in watch.actors for name in event["names"]):
        return False
    counts = {**{name: event[name] for name in SUMS}, **(event["counts"] or {})}
    return all((counts.get(name) or 0) >= least for name, least in watch.at_least.items())


def _is_named(actor: str, name: str) -> bool:
    """True where the words of the one stand in the other, one after the other: Wagner, in the Wagner group."""
    return f" {' '.join(fold(actor).split())} " in f" {' '.join(fold(name).split())} "


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def run_watchlists(settings: Settings) -> Watched:
    """Look at what came in since the last time, write what matches, and tell the webhook if there is one.

    A webhook that fails is a warning, and the matches stand in the file.

    Raises:
        WatchError: the file of watchlists is wrong.
        NoWarehouseError: there is no warehouse.
        OSError: the files cannot be written.
    """
    lists = load_watchlists(settings.watch_file)
    path = settings.reports_dir / "watch.csv"
    latest, before = latest_moments(settings)
    if not lists.watches or latest is None:
        return Watched([], path, None)
    rows = matches(settings, lists.watches, _seen(settings) or before)
    if rows:
        _add(path, rows)
    write_json(_state(settings), {"seen": latest.isoformat()})
    posted = post(lists.webhook, rows) if lists.webhook and rows else None
    return Watched(rows, path, posted)


def latest_moments(settings: Settings) -> tuple[datetime | None, datetime]:
    """When the newest load was recorded, None without one, and when the one before it was.

    Raises:
        NoWarehouseError: there is no warehouse.
    """
    [(latest, before)] = ask(settings.warehouse_path, _LATEST).rows
    return latest, before or datetime.min  # noqa: DTZ901 as the warehouse has moments


def _state(settings: Settings) -> Path:
    return settings.state_dir / "watch.json"


def _seen(settings: Settings) -> datetime | None:
    try:
        seen = datetime.fromisoformat(json.loads(_state(settings).read_text(encoding="utf-8"))["seen"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return seen.replace(tzinfo=None)


def _add(path: Path, rows: list[dict[str, Any]]) -> None:
    """Add rows to the file of matches."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    before = path.read_bytes() if path.exists() else b""
    if not before:
        writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as file:
        file.write(before + text.getvalue().encode())
    path.chmod(0o644)


# --- the webhook --------------------------------------------------------------------------------


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Matches go to the address that the user gave, and to none that it points to."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def post(webhook: Webhook, rows: list[dict[str, Any]]) -> bool:
    """Post matches as JSON; False, after a warning, where they were not taken within the time that is given."""
    body = json.dumps(payload(rows), ensure_ascii=False).encode()
    told: list[str] = []
    # a socket's time limit starts anew with each byte: the thread's does not
    sender = threading.Thread(target=lambda: told.append(_send(webhook, body)), daemon=True)
    sender.start()
    sender.join(webhook.timeout_seconds)
    problem = told[0] if told else f"no answer within {webhook.timeout_seconds:g} seconds"
    if problem:
        # the address may hold a secret
        log.warning("the webhook at %s did not take %d matches: %s", webhook.host, len(rows), problem)
    return not problem


def payload(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is posted: a text to show, how many matches there are, and the first of them."""
    lines = list(_lines(rows[:_MOST_POSTED]))
    shown = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows[:_MOST_POSTED]]
    return {"text": "\n".join(lines), "match_count": len(rows), "matches": shown}


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        what = " ".join(str(row[name]) for name in ("kind", "place", "first_date") if row[name])
        told = f"{row['articles']} article{'s' if row['articles'] != 1 else ''}"
        yield f"{row['watch']}: {what} ({', '.join(filter(None, [row['counts'], told]))})"


def _send(webhook: Webhook, body: bytes) -> str:
    """Send it; what went wrong in words, or nothing."""
    request = urllib.request.Request(  # noqa: S310 the file allows http and https only
        webhook.url, body, {"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=webhook.timeout_seconds) as answer:
            return "" if answer.status < 300 else f"it answered {answer.status}"
    except urllib.error.HTTPError as problem:
        return f"it answered {problem.code}"
    except urllib.error.URLError as problem:
        return f"it cannot be reached: {problem.reason}"
    except (OSError, ValueError, HTTPException) as problem:
        return f"it cannot be reached: {type(problem).__name__}"
