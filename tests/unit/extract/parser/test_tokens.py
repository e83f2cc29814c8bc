"""The tokenizer gives spaCy's tokens, whatever it has split before, and in time."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.parser.stock import StockEngine
from ingest.extract.parser.tokens import Tokenizer, glued_ends

# words that spaCy has a special case for, marks, a stretch that hides two words
_PIECES = ["At 5 a.m.", "don't", "(the", "port)", "“U.S.-led”", "\n\n", "  ", ":)", "Odesa's", "3.5%", "end—of", ","]


@pytest.fixture(scope="module")
def plain() -> spacy.language.Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def tokenizer(stock: StockEngine) -> Tokenizer:
    return Tokenizer(stock.nlp)


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=20).map(" ".join))
def test_the_tokens_are_spacys_own(plain: spacy.language.Language, tokenizer: Tokenizer, text: str) -> None:
    if glued_ends(text):
        return
    expected = plain.tokenizer(text)
    for _ in range(2):
        found = tokenizer(text)
        assert [t.text_with_ws for t in found] == [t.text_with_ws for t in expected]


def test_the_samples_have_spacys_tokens_but_where_sentences_are_glued(
    plain: spacy.language.Language, tokenizer: Tokenizer, own_texts: list[str]
) -> None:
    for text in own_texts:
        cuts = {at for at in glued_ends(text) if not text[at].isspace()}
        found = {t.idx for t in tokenizer(text)}
        assert cuts <= found
        assert cuts or found == {t.idx for t in plain.tokenizer(text)}


def test_a_sentence_that_is_glued_to_the_next_ends_there(tokenizer: Tokenizer) -> None:
    assert [t.text for t in tokenizer("The dam broke.Nobody died.")] == [
        "The",
        "dam",
        "broke",
        ".",
        "Nobody",
        "died",
        ".",
    ]


def test_a_stretch_without_white_space_is_cut(tokenizer: Tokenizer) -> None:
    text = "a" * 450 + " end"
    assert [t.text for t in tokenizer(text)] == ["a" * 200, "a" * 200, "a" * 50, "end"]
