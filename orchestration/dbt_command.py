"""dbt as a refresh runs it: the command ``claimhouse-dbt``, which takes dbt's arguments.

Belongs here: what dbt leaves open about its own process. Does not belong here: what it is asked
(``orchestration.dbt``).
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
    # Most of what dbt makes stays until it ends, and the rest is some 80 MB: to search for that, as Python does
    # of its own accord, takes a tenth of a nightly build.
    gc.disable()
    from dbt.cli.main import cli

    cli()
