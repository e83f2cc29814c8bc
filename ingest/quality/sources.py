"""How the sources are: whether they answer, have fallen silent, bring what they usually bring.

Belongs here: the checks on sources, from what was landed and how the last runs went. Does not belong
here: checks on a load. None of these keeps a load out: one bad source never stops another.

Days are days of reading, UTC. What a source usually brings is told by the four weeks before today; of a
source that has not brought anything on at least :data:`LEAST_DAYS` of them nothing can be expected.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pyarrow.compute as pc

from ingest.landing import INGEST, Landing
from ingest.quality.results import CheckResult, result_id
from ingest.records import NOT_EXTRACTED
from ingest.sources.state import Health
from ingest.tables import DOCUMENTS

STAGE, TABLE = "source", "sources"
CHECKS = {
    "answers": "the last run reached it and read it to its end",
    "is_not_silent": "not quiet for longer than ever in the four weeks before",
    "language_is_read": "no extractor is missing for a language of what it brought today",
    "volume_is_usual": "from half the leanest to twice the fullest day of the four weeks before",
}
WINDOW = timedelta(days=28)
LEAST_DAYS = 4
LEAST_A_DAY = 5.0  # documents, below which the numbers of days say little
LEAST_MISSED = 5.0  # documents that a source would have brought while it is silent
DAY = timedelta(days=1)
_EARLIER = timedelta(hours=4)  # a nightly run may begin a little earlier than the last

Days = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check on one source."""

    check: str
    is_passed: bool
    observed: str
    severity: str = "warning"


def documents_by_day(landing: Landing) -> dict[str, Counter[date]]:
    """How many articles each source brought on each day, be they known already; a refusal is none."""
    found: dict[str, Counter[date]] = {}
    for load in landing.loads():
        if load.kind != INGEST:
            continue
        documents = load.read(DOCUMENTS, ["source", "fetched_at", "outcome"])
        documents = documents.filter(pc.field("outcome") != "rejected")
        days = documents.set_column(1, "day", pc.cast(documents["fetched_at"], "date32"))
        for row in days.group_by(["source", "day"]).aggregate([([], "count_all")]).to_pylist():
            found.setdefault(row["source"], Counter())[row["day"]] += row["count_all"]
    return found


def not_extracted_by_day(landing: Landing) -> dict[str, Counter[date]]:
    """How many articles of each source, by day of reading, were loaded without facts for want of an extractor."""
    found: dict[str, Counter[date]] = {}
    for load in landing.loads():
        if load.kind != INGEST:
            continue
        documents = load.read(DOCUMENTS, ["source", "fetched_at", "outcome", "reason"])
        for row in documents.filter(pc.field("reason") == NOT_EXTRACTED).to_pylist():
            if row["outcome"] == "loaded":
                found.setdefault(row["source"], Counter())[row["fetched_at"].date()] += 1
    return found


def look(days: Days, health: Health, now: datetime, failing_nights: int, unread: Days) -> list[Finding]:
    """What is to be said of one source now, after a run; ``unread`` is what gave no facts for its language."""
    today = now.astimezone(UTC).date()
    before = {day: n for day, n in days.items() if today - WINDOW <= day < today}
    return [
        _answers(health, now, failing_nights),
        _silence(before, days.get(today, 0), today),
        _volume(before, days.get(today, 0)),
        _language(days.get(today, 0), unread.get(today, 0)),
    ]


def _answers(health: Health, now: datetime, failing_nights: int) -> Finding:
    if not health.failures:
        return Finding("answers", True, "it did")
    since = datetime.fromisoformat(health.failing_since) if health.failing_since else now
    # not only so many runs: five within an hour are one bad night
    is_lasting = health.failures >= failing_nights and now - since >= (failing_nights - 1) * DAY - _EARLIER
    times = "once" if health.failures == 1 else f"{health.failures} times"
    observed = f"failed {times} since {since:%Y-%m-%d}: {health.problem}"
    return Finding("answers", False, observed, "error" if is_lasting else "warning")


def _silence(before: Days, of_today: int, today: date) -> Finding:
    if of_today:
        return Finding("is_not_silent", True, f"{of_today} documents today", "error")
    if len(before) < LEAST_DAYS:
        return Finding("is_not_silent", True, "brings too little to tell", "error")
    dates = sorted(before)
    longest = max((b - a).days for a, b in pairwise(dates)) - 1
    quiet = (today - dates[-1]).days  # today is one of them: the run has been
    a_day = sum(before.values()) / (today - dates[0]).days
    is_silent = quiet > longest and a_day * quiet >= LEAST_MISSED
    observed = f"{quiet} days without any; before, {a_day:.1f} a day and never more than {longest} days without"
    return Finding("is_not_silent", not is_silent, observed, "error")


def _volume(before: Days, of_today: int) -> Finding:
    if len(before) < LEAST_DAYS or sum(before.values()) < LEAST_A_DAY * len(before):
        return Finding("volume_is_usual", True, f"{of_today} today; too young or too small to tell")
    low, high = min(before.values()), max(before.values())
    # a day without any is the business of silence: many publishers rest on Sundays
    is_usual = not of_today or low / 2 <= of_today <= 2 * high
    return Finding("volume_is_usual", is_usual, f"{of_today} today, {low} to {high} on the days before")


def _language(of_today: int, unread: int) -> Finding:
    observed = f"{unread} of {of_today} articles of today have no facts: no extractor reads their language"
    return Finding("language_is_read", not unread, observed if unread else "every language of today is read")


def check_sources(
    names: Iterable[str],
    days: Mapping[str, Days],
    healths: Mapping[str, Health],
    run_id: str,
    now: datetime,
    failing_nights: int,
    unread: Mapping[str, Days],
) -> list[CheckResult]:
    """The checks on each named source, as results of a run."""
    return [
        CheckResult(
            check_result_id=result_id(run_id, None, STAGE, TABLE, found.check, name),
            run_id=run_id,
            load_id=None,
            stage=STAGE,
            table_name=TABLE,
            check_name=found.check,
            column_name=name,
            severity=found.severity,
            is_passed=found.is_passed,
            checked_rows=1,
            failed_rows=int(not found.is_passed),
            expected=CHECKS[found.check],
            observed=found.observed,
            sample_json=json.dumps([] if found.is_passed else [{"source": name}]),
            checked_at=now,
        )
        for name in names
        for found in look(days.get(name, {}), healths[name], now, failing_nights, unread.get(name, {}))
    ]
