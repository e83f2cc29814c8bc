"""Extraction takes time in proportion to the text, whatever its shape."""

from __future__ import annotations

import gc
import time

import pytest

from benchmarks.broken import SHAPES
from ingest.extract.analysis import LONGEST_SENTENCE, Analyser
from ingest.extract.parser.tokens import LONGEST_STRETCH
from ingest.extract.pipeline import Pipeline

SMALL, LARGE = 8_000, 32_000
# a text four times as long takes four times as long; where the square counted, sixteen times
MOST = 9.0


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    pipeline = Pipeline()
    pipeline.extract("The army said that it had shelled Borova on Monday, killing two.")
    return pipeline


def _seconds(pipeline: Pipeline, shape: str, size: int) -> float:
    """The quicker of two runs; collecting garbage takes as long as the other tests have left objects behind."""
    text = (shape * (size // len(shape) + 1))[:size]
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(2):
            started = time.process_time()
            pipeline.extract(text)
            taken.append(time.process_time() - started)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_no_more_than_its_share(pipeline: Pipeline, shape: str) -> None:
    small = max(_seconds(pipeline, shape, SMALL), 0.02)
    assert _seconds(pipeline, shape, LARGE) / small < MOST


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(wants_parse=lambda analysis, sentence: False)


@pytest.mark.parametrize("size", [1, LONGEST_STRETCH, LONGEST_STRETCH + 1, 3 * LONGEST_STRETCH, 1_234])
def test_a_stretch_without_spaces_is_tokenized_whole(analyser: Analyser, size: int) -> None:
    text = f"before {'a,' * size} behind"
    tokens = analyser.analyse(text).tokens
    at = 0
    for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
        assert text[at:start].strip() == ""
        assert text[start:end] == word
        at = end
    assert text[at:].strip() == ""


def test_a_text_without_a_full_stop_is_cut_into_sentences(analyser: Analyser) -> None:
    analysis = analyser.analyse("Shells fell on the town, " * 200)
    sizes = [s.last - s.first for s in analysis.sentences]
    assert max(sizes) <= LONGEST_SENTENCE
    assert sum(sizes) == len(analysis.tokens)
    assert [s.first for s in analysis.sentences[1:]] == [s.last for s in analysis.sentences[:-1]]
    assert {analysis.tokens.words[s.last - 1] for s in analysis.sentences} == {","}


def test_a_text_of_more_than_a_million_characters_gives_facts(pipeline: Pipeline) -> None:
    filler = "Nothing of note was seen there. " * 32_000
    facts = pipeline.extract(f"{filler}\n\nThe governor said that the army had shelled Borova on Monday.")
    assert len(facts.claims) == 1
