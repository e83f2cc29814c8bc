"""One pipeline for all tests of events: making one takes a second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ingest.extract.pipeline import Pipeline
from ingest.records import Facts


@pytest.fixture(scope="session")
def facts_of() -> Callable[[str, str | None], Facts]:
    pipeline = Pipeline()

    def extract(text: str, dct: str | None = None) -> Facts:
        return pipeline.extract(text, date.fromisoformat(dct) if dct else None)

    return extract
