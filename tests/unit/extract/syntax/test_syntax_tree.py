"""Walks over the parse."""

from __future__ import annotations

from ingest.extract.analysis import Analyser
from ingest.extract.syntax.tree import Tree

TEXT = (
    "The mayor of the town, who had been told of the raid, said that the bridge which the army built was hit.\n\n"
    "He left. They stayed, the governor wrote, because nobody had called them."
)


def test_each_token_knows_how_far_its_subtree_reaches(analyser: Analyser) -> None:
    analysis = analyser.analyse(TEXT)
    heads = analysis.tokens.heads
    parsed = [s for s in analysis.sentences if analysis.is_parsed(s)]
    assert parsed
    for sentence in parsed:
        tree = Tree(analysis, sentence)
        below = {k: {k} for k in range(sentence.first, sentence.last)}
        for k in below:
            at = k
            while heads[at] != at:
                at = heads[at]
                below[at].add(k)
        for k, tokens in below.items():
            assert (tree.left(k), tree.right(k)) == (min(tokens), max(tokens))
