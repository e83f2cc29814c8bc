"""Resolve the loads of a folder that are not yet, and say what that took of this process.

Belongs here: the measuring of resolving alone, with nothing loaded beside the resolver. Does not belong here: the loads
(``landed``), what is printed of it (``marts``).

    python -m benchmarks.resolving FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from ingest.landing import Landing
from ingest.late import arrow_without_pandas
from ingest.resolve.steps import Resolution

STATE = "state"  # beside the loads


def resolve_once(root: Path) -> dict[str, Any]:
    """Resolve the loads of a folder that are not yet, and what that took of this process."""
    began = time.perf_counter()
    resolution = Resolution(Landing(root), root / STATE)
    rows = resolution.row_counts(resolution.run())
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
        "rows": rows,
    }


if __name__ == "__main__":
    arrow_without_pandas()  # as a refresh does
    print(json.dumps(resolve_once(Path(sys.argv[1]))))
