"""The sensors: what starts a run because something happened.

Belongs here: looking, cheaply. Does not belong here: reading documents.
"""

import hashlib
import time
from operator import itemgetter
from pathlib import Path

import dagster as dg

from ingest.settings import Settings
from ingest.sources.folder import files_below
from orchestration.jobs import REFRESH
from orchestration.layers import OWNERS

_SECONDS_BETWEEN_LOOKS = 30
_LONGEST_PAUSE = 3_600  # seconds between two runs for one state of the inbox
_STATE_TAG = "claimhouse/inbox_state"


def inbox_state(inbox: Path) -> str | None:
    """A digest of names, sizes and times of all files in the inbox; None where there are none."""
    if not inbox.exists():
        return None
    lines = []
    for path, _ in sorted(files_below(inbox), key=itemgetter(0)):
        try:
            stat = path.lstat()
        except OSError:
            continue  # gone while we looked: the next look sees it
        lines.append(f"{path.relative_to(inbox)}\0{stat.st_size}\0{stat.st_mtime_ns}")
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:16] if lines else None


def _cursor(cursor: str | None) -> tuple[str | None, int]:
    """The state of the inbox for which runs were asked, and how many."""
    state, _, tries = (cursor or "").partition(" ")
    return state or None, int(tries) if tries.isdigit() else 1


def _no_need(instance: dg.DagsterInstance, state: str, tries: int) -> str | None:
    """Why no run is asked for again for this state of the inbox; None where the last one failed long enough ago.

    A run that found another refresh at work has read nothing, and neither has one that was killed.
    """
    records = instance.get_run_records(dg.RunsFilter(tags={_STATE_TAG: state}), limit=1)
    if not records:
        return "nothing new in the inbox"
    run = records[0]
    if run.dagster_run.status not in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED):
        return "nothing new in the inbox"
    pause = min(_SECONDS_BETWEEN_LOOKS * 2 ** (tries - 1), _LONGEST_PAUSE)
    ended = run.end_time or run.update_timestamp.timestamp()
    left = ended + pause - time.time()
    return f"the last run for what is in the inbox failed; the next one starts in {left:.0f} s" if left > 0 else None


def sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """``inbox``, off until somebody turns it on."""

    @dg.sensor(
        name="inbox",
        job_name=REFRESH,
        minimum_interval_seconds=_SECONDS_BETWEEN_LOOKS,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description=f"Start a refresh when documents arrive in {settings.inbox_dir.name}/.",
        owners=OWNERS,
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        state = inbox_state(settings.inbox_dir)
        if state is None:
            return dg.SkipReason("nothing in the inbox")
        seen, tries = _cursor(context.cursor)
        if state != seen:
            tries = 0
        else:
            why = _no_need(context.instance, state, tries)
            if why:
                return dg.SkipReason(why)
        request = dg.RunRequest(run_key=f"inbox-{state}-{tries}", tags={_STATE_TAG: state})
        return dg.SensorResult(run_requests=[request], cursor=f"{state} {tries + 1}")

    return [inbox]
