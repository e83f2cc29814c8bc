"""dbt as a refresh runs it: the command ``claimhouse-dbt``, which takes dbt's arguments.

Belongs here: what dbt leaves open about its own process. Does not belong here: what it is asked
(``orchestration.dbt``).
"""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib.metadata import version
from pathlib import Path

from ingest.processes import end_with_parent

# names the file of a project that is parsed already; without it dbt parses the project anew for each house
PARSED = "CLAIMHOUSE_DBT_PARSED"
# with it, where to write how each node ended
RESULTS = "CLAIMHOUSE_DBT_RESULTS"


def main() -> None:
    """Run dbt on the arguments of this process; the exit code is dbt's."""
    if sys.argv[1:] == ["--version"]:
        # Dagster asks before each run; dbt would load all of itself and look on the network for newer versions
        print(f"installed: {version('dbt-core')}")  # noqa: T201 the answer itself
        return
    # Most of what dbt makes stays until it ends, and the rest is some 80 MB: to search for that, as Python does
    # of its own accord, takes a tenth of a nightly build.
    gc.disable()
    parsed = os.environ.get(PARSED)
    if parsed:
        # a refresh that was killed lets go of its candidate
        end_with_parent()
        sys.exit(_run_parsed(Path(parsed), sys.argv[1:]))
    from dbt.cli.main import cli

    cli()


def _run_parsed(parsed: Path, arguments: list[str]) -> int:
    """Run dbt on a project that is parsed already; of each node its status is written, and no manifest."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack(parsed.read_bytes())
    # what the macros see as "graph"; dbt makes it after parsing
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    ended = dbtRunner(manifest).invoke([*arguments, "--no-write-json"])
    if ended.exception:
        print(ended.exception, file=sys.stderr)  # noqa: T201 for the refresh to tell
        return 2
    told = [
        {"unique_id": ran.node.unique_id, "status": str(ran.status), "message": ran.message}
        for ran in getattr(ended.result, "results", [])
    ]
    Path(os.environ[RESULTS]).write_text(json.dumps({"results": told}), encoding="utf-8")
    return 0 if ended.success else 1
