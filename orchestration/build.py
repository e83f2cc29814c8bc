"""All definitions in one call, with whatever a test wants to swap.

Belongs here: putting together. Does not belong here: definitions.
"""

from __future__ import annotations

import warnings
from typing import Any

import dagster as dg

from ingest.settings import Settings
from ingest.settings import settings as settings_of_process
from orchestration.assets.landing import landing_assets
from orchestration.assets.pages import page_assets
from orchestration.assets.resolve import resolve_assets
from orchestration.assets.warehouse import warehouse_assets
from orchestration.checks import load_checks, source_checks
from orchestration.dbt import compiled_project
from orchestration.jobs import jobs
from orchestration.resources import House
from orchestration.schedules import schedules
from orchestration.sensors import sensors


def build_defs(settings: Settings | None = None, **resources: Any) -> dg.Definitions:
    """All definitions of the project; ``resources`` replace those of the same name.

    Raises:
        RuntimeError: the dbt project cannot be compiled.
        ingest.sources.SourcesError: the list of sources is wrong.
    """
    # owners of schedules and sensors are new in Dagster; it says so at every start
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    settings = settings or settings_of_process()
    return dg.Definitions(
        assets=[
            *landing_assets(settings),
            *resolve_assets(),
            *warehouse_assets(compiled_project()),
            *page_assets(),
        ],
        asset_checks=[*source_checks(settings), load_checks()],
        jobs=jobs(),
        schedules=schedules(settings),
        sensors=sensors(settings),
        resources={
            "house": House(),
            **resources,
        },
        # one process: a process a step would spend more on imports than on work
        executor=dg.in_process_executor,
    )
