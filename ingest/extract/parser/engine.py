"""What an engine is, and which one runs.

Belongs here: the interface and the choice. Does not belong here: any engine.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language
    from spacy.tokens import Doc

Choice = Literal["auto", "native", "stock"]
CHOICES: tuple[Choice, ...] = get_args(Choice)

log = logging.getLogger(__name__)


class Engine(Protocol):
    """A loaded model. Safe to share between threads as far as spaCy's vocabulary is."""

    name: str
    """``stock`` or ``native (AVX2)``: what ``claimhouse status`` shows."""

    nlp: Language
    """The spaCy pipeline it was loaded from; its tokenizer is used by every engine."""

    def tag(self, doc: Doc) -> tuple[list[str], np.ndarray[Any, Any]]:
        """The tag of each token of a tokenized document, and the tokens' vectors (tokens x 96, float32)."""
        ...

    def parse(
        self, doc: Doc, vectors: np.ndarray[Any, Any], parts: Sequence[Sequence[int]]
    ) -> tuple[list[int], list[str]]:
        """Heads and labels of stretches of a tagged document, each parsed as a text of its own.

        ``parts`` holds token indices, in order and without white space. The lists have one entry for
        each of them, the parts laid end to end; a head is an index within its part, a root its own head.
        """
        ...

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Texts to documents with everything that the model annotates, in order. Needs ``complete``."""
        ...


def engine_in_use(model: str, choice: Choice = "auto") -> str:
    """Name of the engine that ``load_engine`` gives, and why where it is stock; costs no loading of the model."""
    if choice == "stock":
        return "stock"
    from ingest.extract.parser.native import UnavailableError, name_for

    try:
        return name_for(model)
    except UnavailableError as reason:
        return f"stock ({reason})"


def load_engine(model: str, choice: Choice = "auto", *, complete: bool = False) -> Engine:
    """Load a model package and the engine for it.

    Args:
        model: name of an installed spaCy model package.
        choice: ``native`` and ``auto`` both fall back to stock; ``native`` says so as a warning.
        complete: load what only ``docs`` needs too: entities, attribute ruler, lemmatizer.
    """
    from ingest.extract.parser.stock import StockEngine

    stock = StockEngine(model, complete=complete)
    if choice == "stock":
        return stock
    from ingest.extract.parser.native import NativeEngine, UnavailableError

    try:
        return NativeEngine(stock)
    except UnavailableError as reason:
        log.log(logging.WARNING if choice == "native" else logging.INFO, "spaCy parses by itself: %s", reason)
        return stock
