"""What a source is: the interface that every kind of source has.

Belongs here: the interface. Does not belong here: any kind of source.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from ingest.documents import Known, RawDocument


class Source(Protocol):
    """A place that documents come from."""

    def documents(self, known: Known) -> Generator[RawDocument, None, None]:
        """What is there and not known yet, in order of uri. Never raises for a bad document."""
        ...
