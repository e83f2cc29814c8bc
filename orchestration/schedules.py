"""The schedules: when jobs run by themselves.

Belongs here: cron lines from settings. Does not belong here: jobs.
"""

from __future__ import annotations

import dagster as dg

from ingest.settings import Settings
from orchestration.jobs import REFRESH
from orchestration.layers import OWNERS


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """``nightly``, running as soon as a daemon does."""
    return [
        dg.ScheduleDefinition(
            name="nightly",
            job_name=REFRESH,
            cron_schedule=settings.nightly_cron,
            # without a zone and a status in code a schedule never fires by itself
            execution_timezone=settings.timezone,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description="The nightly refresh. CLAIMHOUSE_NIGHTLY_CRON and CLAIMHOUSE_TIMEZONE say when.",
            owners=OWNERS,
        )
    ]
