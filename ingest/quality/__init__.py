"""The checks that every load passes before it is published.

Belongs here: what must hold inside one load, what sources are expected to bring, and the results of
having looked. Checks of single
columns are made from ``ingest.tables``; ``rules`` adds what holds between columns and tables.
Does not belong here: what must hold over the whole warehouse (dbt tests own that), or what to do
about a failure (the refresh decides; a failed check of severity ``error`` blocks).
"""

from ingest.quality.checks import Check
from ingest.quality.expect import warm_up
from ingest.quality.load import LoadChecker, catalogue, check_load
from ingest.quality.results import SCHEMA, CheckResult, blocking, to_arrow, write_results
from ingest.quality.sources import CHECKS as SOURCE_CHECKS
from ingest.quality.sources import check_sources, documents_by_day, not_extracted_by_day

__all__ = [
    "SCHEMA",
    "SOURCE_CHECKS",
    "Check",
    "CheckResult",
    "LoadChecker",
    "blocking",
    "catalogue",
    "check_load",
    "check_sources",
    "documents_by_day",
    "not_extracted_by_day",
    "to_arrow",
    "warm_up",
    "write_results",
]
