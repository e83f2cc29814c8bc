"""What dbt's tests found, in the same records as the checks on a load.

Belongs here: from dbt's artifacts to check results. Does not belong here: the tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.quality import CheckResult
from ingest.quality.results import result_id

_FAILED = {"fail", "error", "warn"}
_STOPPED = {"fail", "error", "runtime error"}
_LONGEST_MESSAGE = 300
# how DuckDB says that a file could not be written, locked or read
_OF_MACHINE = re.compile(r"could not be built: .*\b(?:IO Error|No space left on device|Interrupted)\b")


def check_results(run_results: Mapping[str, Any], manifest: Mapping[str, Any], run_id: str) -> list[CheckResult]:
    """One result for each data test that dbt ran; tests that it skipped said nothing."""
    results = []
    for ran in run_results["results"]:
        node = manifest["nodes"].get(ran["unique_id"])
        if node is None or node["resource_type"] != "test" or ran["status"] == "skipped":
            continue
        attached = manifest["nodes"].get(node.get("attached_node") or "") or {}
        table, name, column = attached.get("name", "warehouse"), node["name"], node.get("column_name")
        failures = ran.get("failures") or 0
        results.append(
            CheckResult(
                check_result_id=result_id(run_id, None, "warehouse", table, name, column),
                run_id=run_id,
                load_id=None,
                stage="warehouse",
                table_name=table,
                check_name=name,
                column_name=column,
                severity="error" if node["config"]["severity"].lower() == "error" else "warning",
                is_passed=ran["status"] not in _FAILED,
                checked_rows=None,
                failed_rows=failures,
                expected=node.get("description") or name,
                observed=ran.get("message") or f"{failures} rows fail",
                sample_json=json.dumps([]),
                checked_at=_finished_at(ran),
            )
        )
    return results


def failures(run_results: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    """A sentence for each model that could not be built and each rule of severity error that failed."""
    told = []
    for ran in run_results["results"]:
        if ran["status"] not in _STOPPED:
            continue
        node = manifest["nodes"].get(ran["unique_id"]) or {}
        what = " ".join(str(ran.get("message") or "").split())[:_LONGEST_MESSAGE]
        if node.get("resource_type") == "test":
            table = (manifest["nodes"].get(node.get("attached_node") or "") or {}).get("name", "the warehouse")
            told.append(f"rule {node['name']} of {table} failed: {what}")
        else:
            told.append(f"{node.get('name', ran['unique_id'])} could not be built: {what}")
    return told


def is_of_machine(failures: Sequence[str]) -> bool:
    """True where what failed is the machine under the database, as a full disk is, and not what was built."""
    return any(_OF_MACHINE.search(failure) for failure in failures)


def _finished_at(ran: Mapping[str, Any]) -> datetime:
    times = [t["completed_at"] for t in ran.get("timing", []) if t.get("completed_at")]
    return datetime.fromisoformat(max(times).replace("Z", "+00:00")) if times else datetime.now(UTC)
