"""The model computed by the library in ``cpp/``: the same annotations as spaCy's, many times faster.

Belongs here: loading the library, handing it weights and arrays, the check that it agrees. Does not
belong here: the arithmetic (``cpp/``), the model's layout (``weights``), ruler and lemmas (``words``).
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import POINTER, c_char_p, c_float, c_int, c_int64, c_void_p
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.extract.parser import weights
from ingest.extract.parser.build import library_path
from ingest.extract.parser.weights import Array, EncoderWeights, NormedLayer, ScorerWeights, UnknownModelError
from ingest.extract.parser.words import ANNOTATED, Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ingest.extract.parser.stock import StockEngine

# Parsed at every start by both engines. Invented; has an entity of several words, marks, and white space of all kinds.
_PROBE = (
    'The mayor of Kalynivka, Olena Marchenko, said on 3 May that "about 40 people" had been hurt.\n\n'
    "  What she hadn't known: the strike, which hit a depot, killed at least twelve of the workers who slept there…\n"
)


_UNKNOWN = "the native engine does not know this model ({})"


class UnavailableError(Exception):
    """The native engine cannot run here; says why."""


_SCORER_ARRAYS = ("reduce_w", "reduce_b", "lower_w", "lower_b", "lower_pad", "upper_w", "upper_b")


class _ScorerStruct(ctypes.Structure):
    _fields_ = (("places", c_int), ("moves", c_int), *((name, POINTER(c_float)) for name in _SCORER_ARRAYS))


# name -> result, arguments; arrays are passed by address
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "parser_tables": (c_int, ()),
    "parser_table_name": (c_char_p, (c_int,)),
    "parser_table_runs": (c_int, (c_int,)),
    "encoder_new": (c_void_p, (c_int, c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)),
    "encoder_encode": (c_int, (c_void_p, c_void_p, c_int64, c_void_p)),
    "encoder_free": (None, (c_void_p,)),
    "classifier_new": (c_void_p, (c_int, c_void_p, c_void_p, c_int)),
    "classifier_classify": (c_int, (c_void_p, c_void_p, c_int64, c_void_p)),
    "classifier_free": (None, (c_void_p,)),
    "arc_eager_new": (c_void_p, (c_int, POINTER(_ScorerStruct), c_void_p, c_void_p, c_int, c_void_p, c_void_p, c_int)),
    "arc_eager_parse": (c_int, (c_void_p, c_void_p, c_void_p, c_void_p, c_int64, *[c_void_p] * 4)),
    "arc_eager_free": (None, (c_void_p,)),
    "biluo_new": (c_void_p, (c_int, POINTER(_ScorerStruct), c_void_p, c_void_p)),
    "biluo_recognise": (c_int64, (c_void_p, c_void_p, c_void_p, c_int64, *[c_void_p] * 5)),
    "biluo_free": (None, (c_void_p,)),
}


@cache
def load_library(path: str) -> ctypes.CDLL:
    """The library, with the types of its functions declared.

    Raises:
        UnavailableError: it is not there, or is not one.
    """
    try:
        library = ctypes.CDLL(path)
    except OSError as problem:
        raise UnavailableError(f"the native engine cannot be loaded: {problem}") from None
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def _library() -> ctypes.CDLL:
    path = library_path()
    if not path.exists():
        raise UnavailableError("the native engine has not been built (python -m ingest.extract.parser.build builds it)")
    return load_library(str(path))


def instruction_sets() -> list[str]:
    """Those that the library is built for and this processor has, slowest first.

    Raises:
        UnavailableError: there is no library.
    """
    library = _library()
    return [name for name, runs in _tables(library) if runs]


def _tables(library: ctypes.CDLL) -> list[tuple[str, bool]]:
    count = library.parser_tables()
    return [(library.parser_table_name(i).decode(), bool(library.parser_table_runs(i))) for i in range(count)]


def name_for(model: str) -> str:
    """What the engine for a model package is called, from what can be seen without loading the model.

    Raises:
        UnavailableError: there is no library, no such package, or the model is an unknown one.
    """
    chosen = instruction_sets()[-1]
    spec = find_spec(model)
    if spec is None or spec.origin is None:
        raise UnavailableError(f"there is no package {model}")
    try:
        weights.check_name(json.loads((Path(spec.origin).parent / "meta.json").read_bytes()))
    except (OSError, KeyError, ValueError):
        raise UnavailableError(f"{model} is no package of a model") from None
    except UnknownModelError as difference:
        raise UnavailableError(_UNKNOWN.format(difference)) from None
    return f"native ({chosen})"


# spaCy's codes of ENT_IOB
_INSIDE, _OUTSIDE, _BEGINS = 1, 2, 3


class _Object:
    """An object of the library, freed with this one. Calls raise ``MemoryError`` where the library ran out of it."""

    def __init__(self, library: ctypes.CDLL, kind: str, *arguments: Any) -> None:
        self._free: Callable[[int], None] = getattr(library, f"{kind}_free")
        self._address: int | None = getattr(library, f"{kind}_new")(*arguments)
        if not self._address:
            raise MemoryError(f"no memory for the {kind}")

    def call(self, function: Any, *arguments: Any) -> int:
        """Call with arrays as they are; they must be in C order and of the function's type."""
        result: int = function(self._address, *(a.ctypes.data if isinstance(a, np.ndarray) else a for a in arguments))
        if result < 0:
            raise MemoryError("no memory to parse a text")
        return result

    def __del__(self) -> None:
        if getattr(self, "_address", None):
            self._free(self._address)  # type: ignore[arg-type]


class Encoder:
    """Vectors of the tokens of a document."""

    def __init__(self, library: ctypes.CDLL, table: int, w: EncoderWeights) -> None:
        self._attributes: list[int | str] = [t.attribute for t in w.tables]
        rows = np.array([len(t.vectors) for t in w.tables], dtype=np.uint32)
        seeds = np.array([t.seed for t in w.tables], dtype=np.uint32)
        layers = [w.mix, *w.layers]
        self._object = _Object(
            library, "encoder", table, len(w.tables), rows.ctypes.data, seeds.ctypes.data,
            _addresses([t.vectors for t in w.tables]), len(w.layers),
            _addresses([a for layer in layers for a in _parameters(layer)]),
        )  # fmt: skip
        self._encode = library.encoder_encode

    def __call__(self, doc: Doc) -> Array:
        """Vectors (tokens x 96) of a tokenized document."""
        keys = np.ascontiguousarray(doc.to_array(self._attributes), dtype=np.uint64)
        vectors = np.empty((len(doc), weights.WIDTH), dtype=np.float32)
        self._object.call(self._encode, keys, len(doc), vectors)
        return vectors


class Tagger:
    """The best tag of each token, as its number."""

    def __init__(self, library: ctypes.CDLL, table: int, w: Array, b: Array) -> None:
        self._object = _Object(library, "classifier", table, w.ctypes.data, b.ctypes.data, len(b))
        self._classify = library.classifier_classify

    def __call__(self, vectors: Array) -> Array:
        tags = np.empty(len(vectors), dtype=np.int32)
        self._object.call(self._classify, vectors, len(vectors), tags)
        return tags


class Parser:
    """Heads and labels (as numbers) of stretches of tokens."""

    def __init__(self, library: ctypes.CDLL, table: int, pipe: Any) -> None:
        moves = weights.parser_moves(pipe)
        self.labels = moves.labels
        plain, lifted_to = weights.lifted_labels(moves.labels)
        arrays = [np.array(a, dtype=np.int32) for a in (moves.kinds, moves.label_of, plain, lifted_to)]
        scorer = weights.scorer_weights(pipe, places=8)
        self._object = _Object(
            library, "arc_eager", table, _scorer_struct(scorer), arrays[0].ctypes.data, arrays[1].ctypes.data,
            moves.labels.index("ROOT"), arrays[2].ctypes.data, arrays[3].ctypes.data, len(moves.labels),
        )  # fmt: skip
        self._parse = library.arc_eager_parse

    def __call__(
        self, vectors: Array, rows: Array, lengths: Array, sent_starts: Array, is_space: Array
    ) -> tuple[Array, Array]:
        """Parse stretches of ``lengths`` tokens, laid end to end in ``rows`` (indices into ``vectors``).

        ``sent_starts`` and ``is_space`` have an entry for each row, as in spaCy's tokens. Heads are
        indices within the stretch.
        """
        heads, labels = np.empty(len(rows), dtype=np.int32), np.empty(len(rows), dtype=np.int32)
        self._object.call(
            self._parse, vectors, rows, lengths, len(lengths), sent_starts, is_space, heads, labels
        )  # fmt: skip
        return heads, labels


class Recogniser:
    """Entities of a document: first token, last token (exclusive), label."""

    def __init__(self, library: ctypes.CDLL, table: int, pipe: Any) -> None:
        moves = weights.recogniser_moves(pipe)
        self.labels = moves.labels
        kinds, label_of = (np.array(a, dtype=np.int32) for a in (moves.kinds, moves.label_of))
        scorer = weights.scorer_weights(pipe, places=3)
        self._object = _Object(library, "biluo", table, _scorer_struct(scorer), kinds.ctypes.data, label_of.ctypes.data)
        self._recognise = library.biluo_recognise

    def __call__(self, vectors: Array, sent_starts: Array, is_space: Array) -> list[tuple[int, int, str]]:
        count = len(vectors)
        starts, ends, labels = (np.empty(count, dtype=np.int32) for _ in range(3))
        rows = np.arange(count, dtype=np.int64)
        found = self._object.call(
            self._recognise, vectors, rows, count, sent_starts, is_space, starts, ends, labels
        )  # fmt: skip
        names = [self.labels[label] for label in labels[:found].tolist()]
        return list(zip(starts[:found].tolist(), ends[:found].tolist(), names, strict=True))


def _parameters(layer: NormedLayer) -> tuple[Array, Array, Array, Array]:
    return layer.w, layer.b, layer.gain, layer.shift


def _addresses(arrays: list[Array]) -> Any:
    return (c_void_p * len(arrays))(*(a.ctypes.data for a in arrays))


def _scorer_struct(w: ScorerWeights) -> _ScorerStruct:
    """Addresses of the weights, which the caller keeps alive until the library has copied them."""
    struct = _ScorerStruct(w.places, len(w.upper_b))
    for name in _SCORER_ARRAYS:
        setattr(struct, name, getattr(w, name).ctypes.data_as(POINTER(c_float)))
    return struct


class _Documents:
    """Whole documents: everything that the model's pipeline annotates.

    Raises:
        UnavailableError: the recogniser, the ruler or the lemmatizer is another one.
    """

    def __init__(self, library: ctypes.CDLL, table: int, engine: NativeEngine) -> None:
        nlp = engine.nlp
        self._encoder, self._tagger, self._parser = engine.encoder, engine.tagger, engine.parser
        try:
            ner: Any = nlp.get_pipe("ner")
            self._ner_encoder = Encoder(library, table, weights.encoder_weights(ner.model.get_ref("tok2vec").layers[0]))
            self._ner = Recogniser(library, table, ner)
            self._words = Words(nlp)
        except (KeyError, UnknownModelError) as difference:
            raise UnavailableError(_UNKNOWN.format(difference)) from None
        strings = nlp.vocab.strings
        self._tags = np.array([strings.add(tag) for tag in engine.tags], dtype=np.uint64)
        self._labels = np.array([strings.add(label) for label in self._parser.labels], dtype=np.uint64)
        self._strings = strings

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a tokenized document, in place."""
        count = len(doc)
        vectors = self._encoder(doc)
        doc.tensor = vectors
        if not count:
            return doc
        tags = self._tags[self._tagger(vectors)]
        known = doc.to_array(["ORTH", "IS_SPACE", "SENT_START"])
        is_space = np.ascontiguousarray(known[:, 1].astype(np.uint8))
        places = np.arange(count)
        heads, numbers = self._parser(
            vectors, places, np.array([count]), np.ascontiguousarray(known[:, 2].astype(np.int8)), is_space
        )
        labels = self._labels[numbers]
        words = self._words(known[:, 0].tolist(), tags.tolist(), labels.tolist())
        relative = (heads - places).astype(np.int64).view(np.uint64)
        found: Any = np.column_stack([relative, words])
        doc.from_array(["HEAD", *ANNOTATED], found)
        # from the heads, spaCy has found where sentences start, over which no entity reaches
        sent_starts = doc.to_array(["SENT_START"]).astype(np.int8).reshape(-1)
        entities: Any = np.zeros((count, 2), dtype=np.uint64)
        entities[:, 0] = _OUTSIDE
        for start, end, label in self._ner(self._ner_encoder(doc), np.ascontiguousarray(sent_starts), is_space):
            entities[start:end] = (_INSIDE, self._strings[label])
            entities[start, 0] = _BEGINS
        doc.from_array(["ENT_IOB", "ENT_TYPE"], entities)
        return doc


class NativeEngine:
    """Tags, heads and labels from the library, for a model that it knows.

    Args:
        stock: the same model, loaded; it tokenizes, and is asked once whether the library agrees.
        instruction_set: one of ``instruction_sets()``; the fastest by default.

    Raises:
        UnavailableError: there is no library, the model is another one, or the two do not agree.
    """

    def __init__(self, stock: StockEngine, instruction_set: str | None = None) -> None:
        library = _library()
        names = [name for name, _ in _tables(library)]
        chosen = instruction_set or instruction_sets()[-1]
        table = names.index(chosen)
        self.nlp = stock.nlp
        self.name = f"native ({chosen})"
        try:
            weights.check_model(self.nlp)
            tagger: Any = self.nlp.get_pipe("tagger")
            tok2vec: Any = self.nlp.get_pipe("tok2vec")
            self.encoder = Encoder(library, table, weights.encoder_weights(tok2vec.model))
            self.tagger = Tagger(library, table, *weights.classifier_weights(tagger))
            self.parser = Parser(library, table, self.nlp.get_pipe("parser"))
        except UnknownModelError as difference:
            raise UnavailableError(_UNKNOWN.format(difference)) from None
        self.tags: list[str] = list(tagger.labels)
        self._check(stock)
        self._documents = _Documents(library, table, self) if stock.complete else None

    def tag(self, doc: Doc) -> tuple[list[str], Array]:
        vectors = self.encoder(doc)
        names = self.tags
        return [names[i] for i in self.tagger(vectors).tolist()], vectors

    def parse(self, doc: Doc, vectors: Array, parts: Sequence[Sequence[int]]) -> tuple[list[int], list[str]]:
        lengths = np.array([len(p) for p in parts], dtype=np.int64)
        rows = np.array(list(chain.from_iterable(parts)), dtype=np.int64)
        # a text's first token starts a sentence, of the others nothing is known
        sent_starts = np.zeros(len(rows), dtype=np.int8)
        sent_starts[(np.cumsum(lengths) - lengths)[lengths > 0]] = 1
        heads, labels = self.parser(vectors, rows, lengths, sent_starts, np.zeros(len(rows), dtype=np.uint8))
        names = self.parser.labels
        return heads.tolist(), [names[i] for i in labels.tolist()]

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        if self._documents is None:
            raise ValueError("the engine was loaded without what whole documents need")
        return map(self._documents, map(self.nlp.make_doc, texts))

    def _check(self, stock: StockEngine) -> None:
        """Compare with stock on a few sentences: the last guard against what is not what it seems."""
        doc = self.nlp.make_doc(_PROBE)
        parts = [[t.i for t in doc if not t.is_space]]
        tags, vectors = self.tag(doc)
        theirs, their_vectors = stock.tag(doc)
        if tags != theirs or not np.allclose(vectors, their_vectors, atol=1e-3):
            raise UnavailableError("the native engine and spaCy do not agree on tags")
        if self.parse(doc, vectors, parts) != stock.parse(doc, their_vectors, parts):
            raise UnavailableError("the native engine and spaCy do not agree on heads")
