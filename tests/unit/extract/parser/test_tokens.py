"""Tokens are spaCy's, but where sentences are glued and where a stretch has no end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.extract.parser.stock import StockEngine
from ingest.extract.parser.tokens import glued_ends, tokenize

# words that spaCy has a special case for, marks, a stretch that hides two words
_PIECES = ["At 5 a.m.", "don't", "(the", "port)", "“U.S.-led”", "\n\n", "  ", ":)", "Odesa's", "3.5%", "end—of", ","]


@pytest.fixture(scope="module")
def plain() -> spacy.language.Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def tokenizer(stock: StockEngine) -> Callable[[str], Doc]:
    return partial(tokenize, stock.nlp)


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=20).map(" ".join))
def test_the_tokens_are_spacys_own(plain: spacy.language.Language, tokenizer: Callable[[str], Doc], text: str) -> None:
    if glued_ends(text):
        return
    expected = plain.tokenizer(text)
    assert [t.text_with_ws for t in tokenizer(text)] == [t.text_with_ws for t in expected]


def test_the_samples_have_spacys_tokens_but_where_sentences_are_glued(
    plain: spacy.language.Language, tokenizer: Callable[[str], Doc], own_texts: list[str]
) -> None:
    for text in own_texts:
        cuts = {at for at in glued_ends(text) if not text[at].isspace()}
        found = {t.idx for t in tokenizer(text)}
        assert cuts <= found
        assert cuts or found == {t.idx for t in plain.tokenizer(text)}


def test_a_sentence_that_is_glued_to_the_next_ends_there(tokenizer: Callable[[str], Doc]) -> None:
    assert [t.text for t in tokenizer("The dam broke.Nobody died.")] == [
        "The",
        "dam",
        "broke",
        ".",
        "Nobody",
        "died",
        ".",
    ]


def test_a_stretch_without_white_space_is_cut(tokenizer: Callable[[str], Doc]) -> None:
    text = "a" * 450 + " end"
    assert [t.text for t in tokenizer(text)] == ["a" * 200, "a" * 200, "a" * 50, "end"]
