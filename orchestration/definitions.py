"""What ``workspace.yaml`` loads: the definitions of the project, built when asked for."""

from __future__ import annotations

from ingest.garbage import without_garbage_collection
from ingest.late import arrow_without_pandas

# a run that the UI or the daemon starts is a process of its own, which begins with this
arrow_without_pandas()
with without_garbage_collection(is_all_kept=True):
    import dagster as dg

    from orchestration.build import build_defs


@dg.definitions
def defs() -> dg.Definitions:
    """All definitions."""
    with without_garbage_collection(is_all_kept=True):
        return build_defs()
