"""The sensors: what starts a run because something happened.

Belongs here: looking, cheaply. Does not belong here: reading documents.
"""

import hashlib
from pathlib import Path

import dagster as dg

from ingest.settings import Settings
from orchestration.jobs import REFRESH
from orchestration.layers import OWNERS

_SECONDS_BETWEEN_LOOKS = 30


def inbox_state(inbox: Path) -> str | None:
    """A digest of names, sizes and times of all files in the inbox; None where there are none."""
    if not inbox.exists():
        return None
    lines = []
    for path in sorted(inbox.rglob("*")):
        try:
            stat = path.lstat()
        except OSError:
            continue  # gone while we looked: the next look sees it
        if not path.is_dir():
            lines.append(f"{path.relative_to(inbox)}\0{stat.st_size}\0{stat.st_mtime_ns}")
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:16] if lines else None


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
        if state is None or state == context.cursor:
            return dg.SkipReason("nothing new in the inbox")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"inbox-{state}")], cursor=state)

    return [inbox]
