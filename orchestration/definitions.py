"""What ``workspace.yaml`` loads: the definitions of the project, built when asked for."""

import dagster as dg

from orchestration.build import build_defs


@dg.definitions
def defs() -> dg.Definitions:
    """All definitions."""
    return build_defs()
