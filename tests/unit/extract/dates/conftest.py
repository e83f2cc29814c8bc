"""One analyser and one extractor for all tests of dates; the parser never runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ingest.extract.analysis import Analyser
from ingest.extract.base import Found
from ingest.extract.dates import DateExtractor
from ingest.records import DateMention

Extract = Callable[[str, date | None], list[DateMention]]


@pytest.fixture(scope="session")
def dates() -> Extract:
    analyser, extractor = Analyser(wants_parse=lambda analysis, sentence: False), DateExtractor()
    return lambda text, dct: extractor.extract(analyser.analyse(text, dct), Found())
