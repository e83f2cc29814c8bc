"""Pages are written beside the work, never in its way.

Belongs here: carrying on where a page cannot be written. Does not belong here: pages
(``claimhouse.briefing``), the asset of one (``assets.pages``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

Written = TypeVar("Written")


def written(log: logging.Logger, name: str, write: Callable[[], Written]) -> Written | None:
    """What ``write`` returns, or None where it fails: a load is not lost for a page about it."""
    try:
        return write()
    except Exception as problem:
        log.exception(f"{name} is not written: {problem}")
        # the command line shows what the packages say, and not what Dagster does
        logging.getLogger(__name__).warning("%s is not written: %s", name, problem)
        return None
