"""Where Dagster keeps its runs: a home inside the desk or the checkout.

Belongs here: making DAGSTER_HOME, what tells the UI whose a run is, removing old runs. Does not belong here:
definitions.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from sqlalchemy.exc import DatabaseError

from ingest.home import home as home_of_process

_CONFIG = Path(__file__).with_name("dagster.yaml")
# of which definitions a run is, as the UI writes it on those that it starts: their name and that of their location in
# workspace.yaml. Without it a run is not shown under its job.
RUN_TAGS = {".dagster/repository": "__repository__@claimhouse"}
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_KEPT_RUNS = 20
_REMOVED_AT_ONCE = 50


def dagster_home() -> Path:
    """The home in DAGSTER_HOME, or the folder's own, which is made and configured where it is missing."""
    set_already = os.environ.get("DAGSTER_HOME")
    home = Path(set_already) if set_already else home_of_process().dagster_dir
    home.mkdir(parents=True, exist_ok=True)
    target = home / "dagster.yaml"
    if not set_already or not target.exists():
        shutil.copyfile(_CONFIG, target)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


class RecordsError(Exception):
    """Dagster's records of runs cannot be used; the message says where they are and how to get on."""


@contextmanager
def open_instance() -> Iterator[dg.DagsterInstance]:
    """The instance of the home, which is made where it is missing.

    Raises:
        RecordsError: its files are no records of runs, or its configuration is none.
    """
    home = dagster_home()
    try:
        with _configured(home) as instance:
            instance.get_runs(limit=1)
            yield instance
    except DatabaseError as problem:
        raise RecordsError(
            f"the records of runs in {home} cannot be used ({problem.orig}). They are a history, and no part of the"
            f" warehouse: remove {home / 'history'} and {home / 'schedules'}, and they are begun anew"
        ) from problem


def _configured(home: Path) -> dg.DagsterInstance:
    try:
        return dg.DagsterInstance.get()
    except DatabaseError:
        raise
    except Exception as problem:  # of whatever kind: Dagster looks into its configuration unchecked
        told = " ".join(str(problem).split())[:200]
        raise RecordsError(
            f"{home / 'dagster.yaml'} is no configuration of Dagster ({told}); removed, it is written anew"
        ) from problem


def remove_old_runs(instance: dg.DagsterInstance, days: int) -> int:
    """Remove records of runs that ended more than so many days ago; returns how many.

    The last twenty runs stay whatever their age, so that the UI shows what each asset is. Some are removed at a time,
    the rest by the runs that follow.
    """
    before = datetime.now(UTC) - timedelta(days=days)
    kept = {record.dagster_run.run_id for record in instance.get_run_records(limit=_KEPT_RUNS)}
    old = instance.get_run_records(
        dg.RunsFilter(statuses=_ENDED, created_before=before), limit=_REMOVED_AT_ONCE, ascending=True
    )
    gone = [record.dagster_run.run_id for record in old if record.dagster_run.run_id not in kept]
    for run_id in gone:
        instance.delete_run(run_id)
    return len(gone)
