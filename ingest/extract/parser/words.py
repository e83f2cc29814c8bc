"""What spaCy's attribute ruler and lemmatizer make of tokens, looked up where spaCy works them out again each time.

Belongs here: the memo over spaCy's attribute ruler and lemmatizer. Does not belong here: rules of
ours; what is not in the memo is asked of spaCy's own components.

What the two make of a token depends on its text and tag, on its label where a rule names that, and for
the few words of rules over two tokens on the neighbours that such a rule names as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.extract.parser.weights import Array, UnknownModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# text, tag and label of a token, as numbers of the string store; labels that no rule names count as one
Key = tuple[int, int, int]

# What a rule of the ruler may ask of a token, for all of which the key is enough.
_KNOWN = {"ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"}
_LONGEST_RULE = 2
# What the two may set; the ruler sets the label too, of white space.
ANNOTATED: tuple[str, ...] = ("TAG", "DEP", "POS", "MORPH", "LEMMA")
_KEPT = 60_000
# in place of a row: not seen yet; depends on the neighbours
_UNSEEN, _CONCERNED = -1, -2


class Words:
    """The memo. Not bound to a document; bounded in size.

    Raises:
        UnknownModelError: the ruler has rules, or the lemmatizer a way of working, that the memo would get wrong.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._ruler, self._lemmatizer = ruler, lemmatizer
        mode = lemmatizer.mode
        if mode != "rule":
            raise UnknownModelError(f"lemmatizer: mode {mode!r}, not 'rule'")
        named: set[str] = set()
        # whom a rule over several tokens may concern: lower-case texts, patterns of them, labels
        lowers: set[str] = set()
        expressions: list[str] = []
        labels: set[str] = set()
        for rule in ruler.patterns:
            if not set(rule["attrs"]) <= set(ANNOTATED):
                raise UnknownModelError(f"attribute_ruler: a rule sets {', '.join(rule['attrs'])}")
            for pattern in rule["patterns"]:
                unknown = {name for token in pattern for name in token} - _KNOWN
                if unknown or len(pattern) > _LONGEST_RULE:
                    raise UnknownModelError(f"attribute_ruler: the rule {pattern}")
                named.update(value for token in pattern for _, value in _values(token.get("DEP", [])))
                for token in pattern if len(pattern) > 1 else ():
                    values = list(_values(token.get("LOWER", token.get("DEP", []))))
                    if not values or not {kind for kind, _ in values} <= {"IN", "REGEX"}:
                        raise UnknownModelError(f"attribute_ruler: the rule {pattern}")
                    into = lowers if "LOWER" in token else labels
                    into.update(value for kind, value in values if kind == "IN")
                    expressions += [value for kind, value in values if kind == "REGEX"]
        strings = nlp.vocab.strings
        self._named = {strings.add(label) for label in named}
        self._longer_lowers, self._longer_labels = lowers, {strings.add(label) for label in labels}
        self._longer_expression = re.compile("|".join(expressions) or r"(?!)")
        parser: Any = nlp.get_pipe("parser")
        self._unnamed: int = next(strings[label] for label in parser.labels if strings[label] not in self._named)
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[Key, int] = {}
        self._cases: dict[tuple[Key | None, Key, Key | None], int] = {}
        self._found: list[list[int]] = []
        self._table = np.zeros((0, len(ANNOTATED)), dtype=np.uint64)

    def __call__(self, orths: list[int], tags: list[int], labels: list[int]) -> Array:
        """The columns of ``ANNOTATED`` (tokens x 5, uint64) of a parsed text's tokens."""
        if len(self._found) > _KEPT:
            self._forget()
        named, unnamed = self._named, self._unnamed
        keys = list(zip(orths, tags, [label if label in named else unnamed for label in labels], strict=True))
        get = self._rows.get
        rows = [get(key, _UNSEEN) for key in keys]
        if unseen := list(dict.fromkeys(key for key, row in zip(keys, rows, strict=True) if row == _UNSEEN)):
            self._learn(unseen)
            rows = [self._rows[key] for key in keys]
        for i, row in enumerate(rows):
            if row == _CONCERNED:
                rows[i] = self._row_among_others(keys, i)
        if fresh := self._found[len(self._table) :]:
            self._table = np.concatenate([self._table, np.array(fresh, dtype=np.uint64)])
        found = self._table[rows]
        label = found[:, ANNOTATED.index("DEP")]
        np.copyto(label, np.array(labels, dtype=np.uint64), where=label == unnamed)
        return found

    def _learn(self, keys: list[Key]) -> None:
        """Give each key its row; those that a longer rule may concern have one for each neighbourhood."""
        alone = []
        for key in keys:
            if self._may_be_in_longer_rule(key):
                self._rows[key] = _CONCERNED
            else:
                alone.append(key)
        # no rule reaches from one of these to the next
        self._rows.update(zip(alone, self._ask(alone), strict=True))

    def _may_be_in_longer_rule(self, key: Key) -> bool:
        lower = self._vocab.strings[key[0]].lower()
        return (
            lower in self._longer_lowers
            or key[2] in self._longer_labels
            or self._longer_expression.search(lower) is not None
        )

    def _row_among_others(self, keys: list[Key], i: int) -> int:
        """Row of token ``i``, which a longer rule may concern; so it may its neighbours, if they are such words too."""
        before = keys[i - 1] if i > 0 and self._rows[keys[i - 1]] == _CONCERNED else None
        after = keys[i + 1] if i + 1 < len(keys) and self._rows[keys[i + 1]] == _CONCERNED else None
        case = (before, keys[i], after)
        if case not in self._cases:
            self._cases[case] = self._ask([k for k in case if k])[1 if before else 0]
        return self._cases[case]

    def _ask(self, keys: list[Key]) -> list[int]:
        """Have spaCy annotate tokens that follow each other; returns their rows."""
        if not keys:
            return []
        doc = self._doc(keys)
        self._lemmatizer(self._ruler(doc))
        first = len(self._found)
        self._found += doc.to_array([*ANNOTATED]).tolist()
        return list(range(first, len(self._found)))

    def _doc(self, keys: list[Key]) -> Doc:
        from spacy.tokens import Doc

        strings = self._vocab.strings
        return Doc(
            self._vocab,
            words=[strings[orth] for orth, _, _ in keys],
            tags=[strings[tag] for _, tag, _ in keys],
            deps=[strings[label] for _, _, label in keys],
            heads=list(range(len(keys))),
        )


def _values(condition: Any) -> Iterator[tuple[str, Any]]:
    """What a condition of a rule compares with, and how: a plain value is one that the token's must be ``IN``."""
    if isinstance(condition, dict):
        for kind, values in condition.items():
            yield from ((kind, value) for value in (values if isinstance(values, list) else [values]))
    elif isinstance(condition, list):
        yield from (("IN", value) for value in condition)
    else:
        yield "IN", condition
