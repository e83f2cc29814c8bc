"""The analyser and the extractor, made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.extract.analysis import Analyser, Analysis
from ingest.extract.base import Found
from ingest.extract.figures import FigureExtractor
from ingest.records import Figure


@pytest.fixture(scope="session")
def analyse() -> Callable[[str], Analysis]:
    """Tags only: figures must not need heads or labels to be found."""
    analyser = Analyser(wants_parse=lambda analysis, sentence: False)
    return analyser.analyse


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Analysis]:
    """Tags and trees, by which some fates are told."""
    return Analyser().analyse


@pytest.fixture(scope="session")
def extractor() -> FigureExtractor:
    return FigureExtractor()


@pytest.fixture(scope="session")
def figures_of(analyse: Callable[[str], Analysis], extractor: FigureExtractor) -> Callable[[str], list[Figure]]:
    return lambda text: extractor.extract(analyse(text), Found())
