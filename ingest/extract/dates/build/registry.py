"""The builders' registry and the small helpers that all of them use.

Belongs here: looking nodes up by class, making phrases, unit codes. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.extract.dates.lexer import Node
from ingest.extract.dates.meaning import LENGTH, Meaning
from ingest.values import replace

Builder = Callable[[Sequence[Node], str], "Node | list[Node] | None"]
BUILDERS: dict[str, Builder] = {}

NUMBERS = frozenset(("n0", "n12", "n24", "n31", "n59", "nx", "w12", "w31", "wx", "decimal"))
DAYS_OF_MONTH = frozenset(("n12", "n24", "n31", "ord", "ord31", "second", "w12", "w31"))
MONTHS = frozenset(("month", "month_verb"))
PHRASES = frozenset(
    ("DAY", "MONTH", "YEAR", "PERIOD", "CLOCK", "TIME", "OFFSET", "LENGTH", "WINDOW", "REPEAT", "REFERENCE", "RANGE")
)


def builder(name: str) -> Callable[[Builder], Builder]:
    """Register a builder under the name that the catalogue uses."""

    def register(function: Builder) -> Builder:
        BUILDERS[name] = function
        return function

    return register


def pick(nodes: Sequence[Node], *classes: str) -> Node | None:
    """The first node of one of the classes."""
    for node in nodes:
        if node.cls in classes:
            return node
    return None


def phrases(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that an earlier level made."""
    return [n for n in nodes if n.cls in PHRASES]


def has(nodes: Sequence[Node], *classes: str) -> bool:
    """Whether one of the classes is among the nodes."""
    return any(n.cls in classes for n in nodes)


def make(cls: str, nodes: Sequence[Node], meaning: Meaning) -> Node:
    """A phrase over all the nodes."""
    return Node(cls, nodes[0].start, nodes[-1].end, meaning)


def meaning_of(node: Node) -> Meaning:
    """What a phrase says."""
    meaning: Meaning = node.value
    return meaning


def with_fields(meaning: Meaning, **fields: object) -> Meaning:
    """A copy with other fields; phrases are shared between alternative readings."""
    return replace(meaning, **fields)  # type: ignore[arg-type]


def length(*lengths: tuple[float, str], vague: str | None = None) -> Meaning:
    """A length of one or more units."""
    return Meaning(LENGTH, lengths=lengths, vague=vague)


def is_capitalised(node: Node, text: str) -> bool:
    """Whether the node begins with a capital."""
    return text[node.start].isupper()


def drop(nodes: Sequence[Node], *classes: str) -> Sequence[Node]:
    """Without leading nodes of those classes: prepositions stand outside the evidence."""
    i = 0
    while i < len(nodes) - 1 and nodes[i].cls in classes:
        i += 1
    return nodes[i:]
