"""spaCy's own components, set up to be quick without changing what they compute.

Belongs here: settings of spaCy that cost nothing but a line. Does not belong here: arithmetic of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ingest.late import stood_in_for

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language
    from spacy.tokens import Doc

# ner is a third of the pipeline's time and does not know the towns of a front line
_ONLY_COMPLETE = ("ner", "lemmatizer", "attribute_ruler")
# documents at a time: their arrays stay in the processor's caches, which 256 outgrow
_BATCH = 16
# distinct words whose tokens the tokenizer keeps; with its own 10,000 a run over news soon splits every new word anew
_CACHED_WORDS = 50_000


class StockEngine:
    """The model as spaCy runs it."""

    name = "stock"

    def __init__(self, model: str, *, complete: bool = False) -> None:
        # its commands, which import what downloads models: half of its import
        with stood_in_for("spacy.cli.info", "info"):
            import spacy

        self.nlp: Language = spacy.load(model, exclude=[] if complete else list(_ONLY_COMPLETE))
        tokenizer: Any = self.nlp.tokenizer
        tokenizer.max_cache_size = _CACHED_WORDS
        self.complete = complete
        _use_numpy_products(self.nlp)
        if complete:
            _index_lemmas(self.nlp)
        self._parser: Any = self.nlp.get_pipe("parser")

    def tag(self, doc: Doc) -> tuple[list[str], np.ndarray[Any, Any]]:
        if len(doc):
            self.nlp.get_pipe("tok2vec")(doc)
            self.nlp.get_pipe("tagger")(doc)
        return [t.tag_ for t in doc], doc.tensor

    def parse(
        self, doc: Doc, vectors: np.ndarray[Any, Any], parts: Sequence[Sequence[int]]
    ) -> tuple[list[int], list[str]]:
        from spacy.tokens import Doc as SpacyDoc

        docs = []
        for part in parts:
            piece = SpacyDoc(doc.vocab, words=[doc[i].text for i in part])
            piece.tensor = vectors[list(part)]
            docs.append(piece)
        heads: list[int] = []
        labels: list[str] = []
        for piece in self._parser.pipe(docs, batch_size=64):
            heads += [t.head.i for t in piece]
            labels += [t.dep_ for t in piece]
        return heads, labels

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        if not self.complete:
            raise ValueError("the engine was loaded without what whole documents need")
        return self.nlp.pipe(texts, batch_size=_BATCH)


def _use_numpy_products(nlp: Language) -> None:
    """Multiply matrices with numpy's BLAS in place of blis, which knows few processors' best kernels."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        if hasattr(pipe, "model") and hasattr(pipe.model, "walk"):
            for node in pipe.model.walk():
                node.ops = ops


def _index_lemmas(nlp: Language) -> None:
    """Make sets of the lemmatizer's word lists, the longest of 57,528 words, which it searches from end to end."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for key, words in list(index.items()):
        index[key] = dict.fromkeys(words)
