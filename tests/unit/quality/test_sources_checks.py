"""What is said of a source that fails, falls silent, or brings other numbers than before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.intake import Intake
from ingest.landing import Landing
from ingest.loads import Loads
from ingest.quality import CheckResult, blocking
from ingest.quality.sources import documents_by_day, look
from ingest.settings import Settings
from ingest.sources import health_of, load_sources
from ingest.sources.state import Health, State

NOW = datetime(2026, 3, 30, 2, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def found(days: dict[date, int], health: Health | None = None, nights: int = 3) -> dict[str, tuple[bool, str]]:
    return {f.check: (f.is_passed, f.severity) for f in look(days, health or Health(), NOW, nights, {})}


DAILY = {ago(n): 20 + n % 5 for n in range(1, 29)}
WEEKDAYS = {ago(n): 20 for n in range(1, 29) if ago(n).weekday() < 5}


def test_a_source_that_goes_on_as_before_passes() -> None:
    assert found({**DAILY, TODAY: 22}) == {
        "answers": (True, "warning"),
        "is_not_silent": (True, "error"),
        "volume_is_usual": (True, "warning"),
        "language_is_read": (True, "warning"),
    }


def test_a_daily_source_is_silent_on_the_first_day_without() -> None:
    assert found(DAILY)["is_not_silent"] == (False, "error")


def test_a_source_that_rests_on_sundays_may_be_quiet_so_long_and_no_longer() -> None:
    # of this Monday too nothing was read: Saturday, Sunday and Monday are one more than ever
    assert not found(WEEKDAYS)["is_not_silent"][0]
    assert found({**WEEKDAYS, ago(1): 3})["is_not_silent"][0]


def test_two_days_of_rest_are_no_silence_where_they_are_usual() -> None:
    rests = {ago(n): 20 for n in range(2, 29) if n % 7 not in (0, 1)}
    assert found(rests)["is_not_silent"][0]


@pytest.mark.parametrize(
    "days",
    [
        {},
        {ago(3): 50, ago(2): 50, ago(1): 50},  # three days are too few to know it by
        {ago(n): 1 for n in range(3, 28, 5)},  # one every five days is no stream that could dry up
        {ago(40): 100, ago(41): 100, ago(42): 100, ago(43): 100},  # lived before the four weeks
    ],
)
def test_of_a_young_or_rare_source_nothing_is_expected(days: dict[date, int]) -> None:
    assert found(days)["is_not_silent"][0]
    assert found(days)["volume_is_usual"][0]


@pytest.mark.parametrize(("today", "is_usual"), [(9, False), (10, True), (48, True), (49, False), (500, False)])
def test_volume_is_held_against_the_leanest_and_the_fullest_day(today: int, is_usual: bool) -> None:
    assert found({**DAILY, TODAY: today})["volume_is_usual"] == (is_usual, "warning")


def test_a_failing_source_is_a_warning_and_after_some_nights_an_error() -> None:
    def health(failures: int, hours: float) -> Health:
        since = (NOW - timedelta(hours=hours)).isoformat()
        return Health(failures=failures, problem="HTTP 503", failing_since=since, failed_at=NOW.isoformat())

    assert found({}, health(1, 0))["answers"] == (False, "warning")
    assert found({}, health(2, 24))["answers"] == (False, "warning")
    assert found({}, health(3, 48))["answers"] == (False, "error")
    assert found({}, health(3, 47))["answers"] == (False, "error")
    assert found({}, health(9, 2))["answers"] == (False, "warning")  # many runs of one bad night
    assert found({}, health(1, 0), nights=1)["answers"] == (False, "error")


def test_a_success_begins_the_count_anew(tmp_path: Path) -> None:
    state = State(tmp_path / "s.json")
    for _ in range(3):
        state.failed("HTTP 503")
    first = state.health.failing_since
    assert (state.health.failures, first) == (3, state.health.failing_since)
    state.succeeded(is_new=False)
    assert (state.health.failures, state.health.failing_since) == (0, None)


class Desk:
    def __init__(self, root: Path) -> None:
        (root / "inbox").mkdir()
        (root / "sources.yml").write_text(
            "sources:\n  - {name: inbox, kind: folder}\n  - {name: table, kind: jsonl, path: t.jsonl}\n"
            "  - {name: idle, kind: folder, path: nowhere, is_enabled: false}\n",
            encoding="utf-8",
        )
        self.settings = Settings(data_dir=root / "data", inbox=root / "inbox", sources_file=root / "sources.yml")
        self.inbox = root / "inbox"

    def night(self) -> list[CheckResult]:
        sources = load_sources(self.settings.sources_file, self.settings)
        report = Intake(Landing(self.settings.landing_dir), self.settings).run(sources)
        if report.load:
            report.load.commit({})
        return Loads(self.settings, "run").check_sources()


def test_results_are_kept_and_block_no_load(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (desk.inbox / "a.txt").write_text("The council met on Monday. It rained.", encoding="utf-8")
    results = desk.night()
    assert {(r.column_name, r.check_name) for r in results} == {
        (name, check)
        for name in ("inbox", "table")
        for check in ("answers", "is_not_silent", "language_is_read", "volume_is_usual")
    }
    assert all(r.stage == "source" and r.load_id is None for r in results)
    assert blocking(results) == []
    assert Loads(desk.settings, "run").checks_file("source").exists()


def test_only_articles_count_as_brought(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (desk.inbox / "a.txt").write_text("The council met on Monday. It rained.", encoding="utf-8")
    (desk.inbox / "b.bin").write_bytes(b"\0\1\2")
    desk.night()
    ((source, days),) = documents_by_day(Landing(desk.settings.landing_dir)).items()
    assert (source, list(days.values())) == ("inbox", [1])


def test_articles_in_a_language_without_extractor_are_a_warning(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (desk.inbox / "a.txt").write_text("Міський голова повідомив, що вночі у місті лунали вибухи.", encoding="utf-8")
    (desk.inbox / "b.txt").write_text("The council met on Monday. It rained.", encoding="utf-8")
    [result] = [r for r in desk.night() if (r.column_name, r.check_name) == ("inbox", "language_is_read")]
    assert (result.is_passed, result.severity) == (False, "warning")
    assert result.observed == "1 of 2 articles of today have no facts: no extractor reads their language"


def test_a_local_source_that_fails_is_remembered_and_forgiven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.sources.files import FilesSource

    desk = Desk(tmp_path)
    [table] = [s for s in load_sources(desk.settings.sources_file, desk.settings) if s.name == "table"]

    def fails(self: FilesSource, known: object) -> object:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(FilesSource, "documents", fails)
        desk.night()
        results = {(r.column_name, r.check_name): r for r in desk.night()}
    assert not results["table", "answers"].is_passed
    assert "the disk is gone" in results["table", "answers"].observed
    assert health_of(table, desk.settings).failures == 2
    desk.night()
    assert health_of(table, desk.settings).failures == 0
