"""YAML that a person wrote, read within bounds.

Belongs here: the loader. Does not belong here: what the files may say (``ingest.sources.loading``,
``ingest.authority``, ``claimhouse.watchlist``).
"""

from __future__ import annotations

import yaml

_MOST_VALUES = 1_000_000


class BoundedLoader(yaml.SafeLoader):
    """Refuses aliases that stand for too much: a few lines of them can stand for billions of values."""

    def get_single_node(self) -> yaml.Node | None:
        node: yaml.Node | None = super().get_single_node()
        if node is not None and _values(node, {}) > _MOST_VALUES:
            raise yaml.YAMLError(f"its aliases stand for more than {_MOST_VALUES:,} values")
        return node


def _values(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node stands for, with those that aliases repeat; ``known`` are those counted before.

    Raises:
        yaml.YAMLError: an alias stands inside what it stands for.
    """
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in known:
        if known[id(node)] == 0:
            raise yaml.YAMLError("an alias stands inside what it stands for")
        return known[id(node)]
    known[id(node)] = 0
    inside = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    known[id(node)] = 1 + sum(_values(part, known) for part in inside)
    return known[id(node)]
