"""One analyser for all tests of claims: making one takes a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ingest.extract.analysis import Analyser
from ingest.extract.base import Found, check_spans
from ingest.extract.claims import ClaimExtractor, wants_parse
from ingest.records import Claim


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser(wants_parse=wants_parse)


@pytest.fixture(scope="session")
def claims_of(analyser: Analyser) -> Callable[[str], Sequence[Claim]]:
    extractor = ClaimExtractor()

    def extract(text: str) -> Sequence[Claim]:
        found = extractor.extract(analyser.analyse(text), Found())
        check_spans(text, found)
        return found

    return extract
