"""One analyser for all tests of the syntax: it parses every sentence."""

from __future__ import annotations

import pytest

from ingest.extract.analysis import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser()
