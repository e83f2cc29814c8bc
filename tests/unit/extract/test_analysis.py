"""The shared analysis: tokens, sentences, what the parser is run on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.analysis import NO_HEAD, Analyser


@pytest.fixture(scope="module")
def tagger():
    return Analyser(wants_parse=lambda analysis, sentence: False)


def sentences(analyser, text):
    analysis = analyser.analyse(text)
    return [text[s.start : s.end] for s in analysis.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("“We go.” He left.", ["“We go.”", "He left."]),
        ('"We go!" he said. Nobody moved.', ['"We go!" he said.', "Nobody moved."]),
        ("Gen. Okoye and Mr. Lys met. They talked.", ["Gen. Okoye and Mr. Lys met.", "They talked."]),
        ("Rep. G.K. Smith spoke. All heard.", ["Rep. G.K. Smith spoke.", "All heard."]),
        ("The U.S. Army left. So did we.", ["The U.S. Army left.", "So did we."]),
        ("At 5 p.m. Monday it rained.", ["At 5 p.m. Monday it rained."]),
        ("A" + "l" * 60 + "Gen. Okoye left.", ["A" + "l" * 60 + "Gen.", "Okoye left."]),
        ("They saw Gen" + " " * 60 + ". Okoye left.", ["They saw Gen" + " " * 60 + ". Okoye left."]),
        ("It cost 3.5 million. It sank.", ["It cost 3.5 million.", "It sank."]),
        ("A title\n\nThe text.", ["A title", "The text."]),
        ("The dam broke.Nobody died. It rained.", ["The dam broke.", "Nobody died.", "It rained."]),
        ('It was "the end."The river rose.', ['It was "the end."', "The river rose."]),
        ("It is shut.- We wait - he said.", ["It is shut.", "- We wait - he said."]),
        ("See bridge.com, Node.JS and the U.S.-led force.", ["See bridge.com, Node.JS and the U.S.-led force."]),
        ("no stop at all", ["no stop at all"]),
        ("", []),
        ("   \n\n  ", []),
    ],
)
def test_sentences(tagger, text, expected):
    assert sentences(tagger, text) == expected


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_every_token_is_in_one_sentence(tagger, text):
    analysis = tagger.analyse(text)
    tokens = analysis.tokens
    columns = (tokens.words, tokens.lowers, tokens.starts, tokens.ends, tokens.tags, tokens.heads, tokens.deps)
    assert {len(c) for c in columns} == {len(tokens)}
    covered = [i for s in analysis.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(tokens)))
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start:end] == word
        assert analysis.token_at(start) == tokens.starts.index(start)


def test_the_parser_runs_where_it_is_wanted():
    analyser = Analyser(wants_parse=lambda analysis, sentence: "said" in analysis.text[sentence.start : sentence.end])
    analysis = analyser.analyse("It rained. He said so.")
    assert [analysis.is_parsed(s) for s in analysis.sentences] == [False, True]
    first, second = analysis.sentences
    assert set(analysis.tokens.heads[first.first : first.last]) == {NO_HEAD}
    assert "nsubj" in analysis.tokens.deps[second.first : second.last]
    assert all(second.first <= h < second.last for h in analysis.tokens.heads[second.first : second.last])


def test_offsets_find_their_sentence_and_token(tagger):
    text = "One two. Three four."
    analysis = tagger.analyse(text)
    assert analysis.sentence_at(text.index("two")) == 0
    assert analysis.sentence_at(text.index("four")) == 1
    assert analysis.tokens.words[analysis.token_at(text.index("four") + 2)] == "four"
