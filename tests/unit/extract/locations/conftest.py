"""One analyser and one gazetteer for all tests of locations; the parser never runs.

The gazetteer is the project's own, in the folder of the settings: it is built there by whatever
needs it first, and kept between runs.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.extract.analysis import Analyser
from ingest.extract.base import Found
from ingest.extract.locations import LocationExtractor
from ingest.extract.locations.gazetteer import Gazetteer
from ingest.records import Location

Extract = Callable[[str], list[Location]]


@pytest.fixture(scope="session")
def extractor() -> LocationExtractor:
    return LocationExtractor()


@pytest.fixture(scope="session")
def gazetteer(extractor) -> Gazetteer:
    return extractor.gazetteer


@pytest.fixture(scope="session")
def locations(extractor) -> Extract:
    analyser = Analyser(wants_parse=lambda analysis, sentence: False)
    return lambda text: extractor.extract(analyser.analyse(text), Found())
