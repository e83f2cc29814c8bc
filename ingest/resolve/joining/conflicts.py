"""Which clusters of one component conflict, so that they never come together.

Belongs here: keeping conflicts while clusters merge. Does not belong here: what a conflict is (``scoring``), the order
in which clusters merge (``clustering``).

A cluster is named by its smallest member, and goes by the name of the other where two have merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Conflicts(Protocol):
    """The conflicts of some clusters, which begin as single accounts, numbered from 0."""

    def has(self, one: int, other: int) -> bool:
        """True where the two are known to conflict."""

    def add(self, one: int, other: int) -> None:
        """Keep that two conflict."""

    def merge(self, kept: int, gone: int) -> None:
        """Let one cluster be all that two were, with the conflicts of both."""


class Bits:
    """Conflicts as numbers with a bit for each account: fast, at an eighth of a byte for each two accounts."""

    def __init__(self, foes: Sequence[int]) -> None:
        """``foes`` has for each account those that it is known to conflict with."""
        self._foes = list(foes)
        self._members = [1 << number for number in range(len(foes))]

    def has(self, one: int, other: int) -> bool:
        """True where the two are known to conflict."""
        return bool(self._foes[one] & self._members[other])

    def add(self, one: int, other: int) -> None:
        """Keep that two conflict."""
        self._foes[one] |= self._members[other]
        self._foes[other] |= self._members[one]

    def merge(self, kept: int, gone: int) -> None:
        """Let one cluster be all that two were, with the conflicts of both."""
        self._members[kept] |= self._members[gone]
        self._foes[kept] |= self._foes[gone]


class Sets:
    """Conflicts as sets, where bits would not fit into memory: none is known before it is found."""

    def __init__(self) -> None:
        self._foes: dict[int, set[int]] = {}

    def has(self, one: int, other: int) -> bool:
        """True where the two are known to conflict."""
        return other in self._foes.get(one, ())

    def add(self, one: int, other: int) -> None:
        """Keep that two conflict."""
        self._foes.setdefault(one, set()).add(other)
        self._foes.setdefault(other, set()).add(one)

    def merge(self, kept: int, gone: int) -> None:
        """Let one cluster be all that two were, with the conflicts of both."""
        for foe in self._foes.pop(gone, ()):
            self._foes[foe].remove(gone)
            self.add(kept, foe)
