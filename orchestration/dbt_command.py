"""dbt with the settings of this project: the command ``claimhouse-dbt``, which takes dbt's arguments.

Belongs here: what dbt leaves open about its own process. Does not belong here: what it is asked, and the build of a
refresh (``orchestration.dbt``).
"""

from __future__ import annotations

import gc
import sys
from importlib.metadata import version


def main() -> None:
    """Run dbt on the arguments of this process; the exit code is dbt's."""
    if sys.argv[1:] == ["--version"]:
        # Dagster asks before each run; dbt would load all of itself and look on the network for newer versions
        print(f"installed: {version('dbt-core')}")  # noqa: T201 the answer itself
        return
    # what dbt makes stays until it ends; to search it for garbage costs a tenth of its time
    gc.disable()
    from dbt.cli.main import cli

    cli()
