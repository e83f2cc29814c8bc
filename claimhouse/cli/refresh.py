"""``claimhouse refresh``: the job of the UI, without the UI."""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
import time
import uuid
from collections import Counter
from contextlib import redirect_stdout, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from claimhouse.cli import console
from ingest.garbage import without_garbage_collection
from ingest.late import arrow_without_pandas

if TYPE_CHECKING:
    from dagster import EventLogEntry

    from ingest.settings import Settings

# steps of the job, as a person would call what they do; what is shorter than this says nothing
_STEPS = {
    "read_documents": "reading the sources",
    "extract_facts": "finding facts in the new articles",
    "check_load": "checking the new facts",
    "commit_load": "committing the load",
    "resolve_events": "joining event mentions to events",
    "build_candidate": "building and testing the warehouse",
    "claimhouse_duckdb": "publishing the warehouse",
    "briefing": "writing the briefing",
}
_SECONDS_UNTOLD = 2.0
_OURS = re.compile(r"(?:ingest|claimhouse|orchestration)\.")
_MODULE_AND_CLASS = re.compile(r"^(?:\w+\.)+\w+: ")


def refresh(
    reextract: Annotated[
        bool, typer.Option("--reextract", help="Take the facts of known articles anew, with the present extractors.")
    ] = False,
    published_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --reextract: first day of publication.")
    ] = None,
    published_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --reextract: last day of publication.")
    ] = None,
) -> None:
    """Take in what is new in every source, check it, and publish the warehouse."""
    if (published_from or published_to) and not reextract:
        raise typer.BadParameter("--published-from and --published-to go with --reextract")
    from claimhouse.publishing import LockedError, LostLoadError
    from claimhouse.reporting import blocked_loads, loads_aside, pages_of, report_run
    from claimhouse.reviews import ReviewError
    from ingest.authority import AuthorityError
    from ingest.files import DamagedError
    from ingest.landing import Landing
    from ingest.migration import HouseError
    from ingest.settings import settings
    from ingest.sources import SourcesError

    console.narrate("ingest", "claimhouse", "orchestration")
    # Dagster tells the same by its own log, and warns of each check that had nothing to look at
    logging.getLogger().addHandler(logging.NullHandler())
    interruption = Interruption()
    try:
        if _is_idle() and not reextract:
            typer.echo("Nothing new: no load was made, and the published warehouse is as it was.")
            return
        before = {load.load_id for load in Landing(settings().landing_dir).all_loads() if load.is_committed}
    except (LockedError, SourcesError, LostLoadError, DamagedError, HouseError, AuthorityError, ReviewError) as error:
        console.fail(str(error))
    window = {
        name: day.date().isoformat()
        for name, day in (("published_from", published_from), ("published_to", published_to))
        if day
    }
    started = time.time()
    try:
        run_id, problem = _run(reextract, window)
    except (KeyboardInterrupt, SystemExit):
        run_id, problem = "", "interrupted"
    if interruption.exit_code:
        typer.echo(f"claimhouse: {_what_is_kept(settings())}", err=True)
        raise typer.Exit(interruption.exit_code)
    try:
        for table in report_run(settings(), run_id, before):
            console.print_table(table.result, table.title)
        for title, page in pages_of(settings(), before, started):
            typer.echo(f"{title}: {page}")
        told = [str(one) for one in (*blocked_loads(settings()), *loads_aside(settings(), run_id))]
    except DamagedError as error:
        told = [str(error)]
    if told or problem:
        # what keeps a load out is the cause of all that the run says about it
        console.fail("\n".join(told) or str(problem))


def _what_is_kept(settings: Settings) -> str:
    from ingest.landing import Landing

    kept = "interrupted; the published warehouse is as it was before or already the new one, never half"
    unfinished = [load.load_id for load in Landing(settings.landing_dir).unfinished()]
    if unfinished:
        return f"{kept}. What was read is kept in load {', '.join(unfinished)}, and the next refresh goes on with it"
    return f"{kept}. The next refresh does what is left to do"


class Progress:
    """Says on standard error which step is under way, once it takes longer than a person likes to wait unknowing."""

    def __init__(self) -> None:
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._cancel()

    def on_event(self, entry: EventLogEntry) -> None:
        """Take an event of the run: a step that starts will be named, one that ends no longer."""
        from dagster import DagsterEventType

        event = entry.dagster_event
        if event is None or event.event_type is None:
            return
        if event.event_type in (
            DagsterEventType.STEP_SUCCESS,
            DagsterEventType.STEP_FAILURE,
            DagsterEventType.STEP_SKIPPED,
        ):
            self._cancel()
        elif event.event_type == DagsterEventType.STEP_START and event.step_key in _STEPS:
            self._cancel()
            self._timer = threading.Timer(_SECONDS_UNTOLD, typer.echo, (f"{_STEPS[event.step_key]} …",), {"err": True})
            self._timer.daemon = True
            self._timer.start()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


class Interruption:
    """Whether somebody stopped this process, by Ctrl-C or SIGTERM, whoever takes the signal.

    Dagster and dbt set handlers of their own while they run; the system tells here too which signals came.
    """

    def __init__(self) -> None:
        self._exit_code = 0
        self._told, told = os.pipe()
        os.set_blocking(self._told, False)
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, _stop)

    @property
    def exit_code(self) -> int:
        """128 and the number of the first signal that was to end this process, as shells count; 0 for none."""
        with suppress(BlockingIOError):
            # what is read is gone from the pipe
            stopped = [number for number in os.read(self._told, 1_000) if number in (signal.SIGINT, signal.SIGTERM)]
            if stopped and not self._exit_code:
                self._exit_code = 128 + stopped[0]
        return self._exit_code


def _stop(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _is_idle() -> bool:
    """True where the job would change nothing: a look that spares the seconds that starting it takes.

    A landing of an older program is brought up to date by the way.

    Raises:
        LockedError: another refresh is under way.
        SourcesError: the list of sources is wrong.
        LostLoadError, DamagedError: what was landed is gone or damaged.
        AuthorityError: the authority file of actors is wrong.
        ReviewError: the file of reviews is wrong.
        HouseError: the landing is of another program, and cannot be brought up to date.
    """
    from claimhouse.publishing import Publisher, refresh_lock
    from ingest.landing import Landing
    from ingest.loads import Loads
    from ingest.migration import migrate
    from ingest.settings import settings

    with refresh_lock(settings()):
        migrate(Landing(settings().landing_dir))
        publisher = Publisher(settings())
        publisher.refuse_lost()
        is_idle = Loads(settings(), "none").has_nothing_to_do() and publisher.has_nothing_to_do()
        if is_idle and publisher.complete_index():
            typer.echo("The search index was missing or damaged, and is made anew.", err=True)
        return is_idle


def _run(reextract: bool, window: dict[str, str]) -> tuple[str, str | None]:
    """Run the job in this process; returns the run's id and what went wrong, if anything did."""
    arrow_without_pandas()
    with without_garbage_collection(is_all_kept=True):
        from orchestration.build import build_defs
        from orchestration.instance import RUN_TAGS, RecordsError, open_instance

        job = build_defs().resolve_job_def("reextract" if reextract else "refresh")
    config: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    if reextract:
        config["ops"] = {"read_documents": {"config": {"reextract": True, **window}}}
    run_id = str(uuid.uuid4())
    # dbt's own log is long, and kept in its target folder; what failed is shown with the checks
    try:
        with (
            open_instance() as instance,
            Path(os.devnull).open("w") as quiet,
            redirect_stdout(quiet),
            Progress() as progress,
        ):
            instance.add_event_listener(run_id, progress.on_event)
            result = job.execute_in_process(
                instance=instance, run_id=run_id, run_config=config, raise_on_error=False, tags=RUN_TAGS
            )
    except RecordsError as error:
        console.fail(str(error))
    return result.run_id, None if result.success else _problem(result)


def _problem(result: Any) -> str:
    """The first cause of a failed run, without the stack."""
    from dagster import DagsterEventType

    told = Counter[str]()
    for event in result.all_events:
        if event.event_type not in (DagsterEventType.STEP_FAILURE, DagsterEventType.RUN_FAILURE):
            continue
        error = getattr(event.event_specific_data, "error", None)
        # ours name what is wrong and the way on; what they came of does not
        while error is not None and error.cause is not None and not _OURS.match(error.message):
            error = error.cause
        if error is not None:
            # errors of Python itself keep their names, which say more than "'name'"; ours say all that there is to say
            told[_MODULE_AND_CLASS.sub("", error.message.strip())] += 1
    return "; ".join(told) or "the run failed; `claimhouse ui` shows its log"
