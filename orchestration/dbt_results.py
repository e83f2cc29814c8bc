"""What dbt tells of a build: which nodes were built, and why others were not.

Belongs here: reading dbt's artifacts. Does not belong here: the data tests (``claimhouse.data_tests``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_STOPPED = {"fail", "error", "runtime error"}
_LONGEST_MESSAGE = 300
# how DuckDB says that a file could not be written, locked or read
_OF_MACHINE = re.compile(r"could not be (?:built|asked): .*\b(?:IO Error|No space left on device|Interrupted)\b")


def succeeded(run_results: Mapping[str, Any]) -> list[str]:
    """The unique ids of the nodes that were built, in the order in which they were."""
    return [ran["unique_id"] for ran in run_results["results"] if ran["status"] == "success"]


def failures(run_results: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    """A sentence for each node that could not be built."""
    told = []
    for ran in run_results["results"]:
        if ran["status"] in _STOPPED:
            node = manifest["nodes"].get(ran["unique_id"]) or {}
            what = " ".join(str(ran.get("message") or "").split())[:_LONGEST_MESSAGE]
            told.append(f"{node.get('name', ran['unique_id'])} could not be built: {what}")
    return told


def is_of_machine(failures: Sequence[str]) -> bool:
    """True where what failed is the machine under the database, as a full disk is, and not what was built."""
    return any(_OF_MACHINE.search(failure) for failure in failures)
