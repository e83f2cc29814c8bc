"""The pairs of some accounts: each two that share a block, many at a time.

Belongs here: the blocks of many accounts as numbers, and the pairs that they make. Does not belong here: which blocks
an account is in (``blocking``), keeping them (``index``), scores (``batch_scoring``).

An account is of the *whole* of a block, and meets all that is in it, or of a part, and meets those of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.values import value

Numbers = NDArray[np.int64]

_PAIRS_AT_ONCE = 50_000
_FEW = 32  # of so many accounts one is met: to sort those that are is faster than to look through all
_SEED = 17  # of the weights by whose sums blocks of the same members are told


@value(frozen=True, slots=True)
class Blocks:
    """The blocks of accounts that are numbered from 0, of one after the other.

    ``flagged`` are numbers of blocks whose last bit tells whether the account is of the whole; ``sizes`` has for each
    account how many blocks it is in.
    """

    flagged: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, blocks_of: Iterable[Iterable[tuple[Hashable, bool]]]) -> Blocks:
        """The blocks of each account by whatever names them, and whether it is of the whole."""
        numbers: dict[Hashable, int] = {}
        found = [
            [numbers.setdefault(key, len(numbers)) << 1 | is_whole for key, is_whole in blocks] for blocks in blocks_of
        ]
        sizes = np.array([len(blocks) for blocks in found], dtype=np.int64)
        return cls(np.array(list(chain.from_iterable(found)), dtype=np.int64), sizes)

    @classmethod
    def joined(cls, blocks_of: Sequence[Numbers]) -> Blocks:
        """The blocks of each account, flagged numbers already."""
        none = np.zeros(0, dtype=np.int64)
        sizes = np.array([len(blocks) for blocks in blocks_of], dtype=np.int64)
        return cls(np.concatenate([none, *blocks_of]), sizes)

    def within(self, group_of: Numbers) -> Blocks:
        """The same, each group of accounts with blocks of its own."""
        distinct, block = np.unique(self.flagged >> 1, return_inverse=True)
        block += len(distinct) * np.repeat(group_of, self.sizes)
        return Blocks(block << 1 | self.flagged & 1, self.sizes)

    def of_several(self) -> list[tuple[Numbers, int]]:
        """The members of each block that has several: those that are of the whole of it first, and how many.

        What is near in place and days shares several blocks, of the same members mostly, of which one is enough.
        """
        number = np.repeat(np.arange(len(self.sizes)), self.sizes)
        order = np.argsort(self.flagged ^ 1, kind="stable")  # of the whole first
        number, flagged = number[order], self.flagged[order]
        starts = np.flatnonzero(np.diff(flagged >> 1, prepend=(flagged[:1] >> 1) - 1))
        ends = np.append(starts[1:], len(flagged))
        at = ends - starts > 1
        if not at.any():
            return []
        are_whole = flagged & 1
        wholes = np.add.reduceat(are_whole, starts)
        # blocks of the same members have one sum of their weights, and others none of another's
        weights = np.random.default_rng(_SEED).integers(1 << 63, size=len(self.sizes))
        _, first = np.unique(np.add.reduceat(weights[number] * (1 + 2 * are_whole), starts)[at], return_index=True)
        chosen = np.flatnonzero(at)[first]
        bounds = zip(starts[chosen].tolist(), ends[chosen].tolist(), wholes[chosen].tolist(), strict=True)
        return [(number[start:end], whole) for start, end, whole in bounds]


def numbered_pairs(blocks: Blocks, touching: NDArray[np.bool_] | None = None) -> Iterator[tuple[Numbers, Numbers]]:
    """Each two numbers that share a block, once, the smaller first: many at a time, in the order of the first.

    With ``touching``, only pairs of which one is among these: the others of a block do not meet, however many; then the
    order is that of the one among them.
    """
    many = len(blocks.sizes)
    meets: dict[int, list[Numbers]] = defaultdict(list)
    for everybody, wholes in blocks.of_several():
        whole = everybody[:wholes]
        for number in whole.tolist():
            meets[number].append(everybody)
        for number in everybody[wholes:].tolist():
            meets[number].append(whole)
    is_new = np.ones(many, dtype=bool) if touching is None else touching
    is_met = np.zeros(many, dtype=bool)
    asked, rows, waiting = [], [], 0
    for number in sorted(meets):
        if is_new[number]:
            asked.append(number)
            rows.append(_met(meets[number], is_met))
            waiting += len(rows[-1])
        if waiting >= _PAIRS_AT_ONCE:
            yield _pairs_of(asked, rows, is_new)
            asked, rows, waiting = [], [], 0
    if waiting:
        yield _pairs_of(asked, rows, is_new)


def _met(meets: list[Numbers], is_met: NDArray[np.bool_]) -> Numbers:
    """All numbers that are in some arrays, sorted; ``is_met`` is false for each, and so it is left."""
    if _FEW * sum(map(len, meets)) < len(is_met):
        found = np.concatenate(meets)
        found.sort()
        return found[np.diff(found, prepend=-1) > 0]
    for members in meets:
        is_met[members] = True
    found = is_met.nonzero()[0]
    is_met[found] = False
    return found


def _pairs_of(asked: list[int], rows: list[Numbers], is_new: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The numbers asked for with those that each meets, once for two that are both asked for; the smaller first."""
    one, other = np.repeat(np.array(asked, dtype=np.int64), list(map(len, rows))), np.concatenate(rows)
    once = (other > one) | ~is_new[other]
    one, other = one[once], other[once]
    return np.minimum(one, other), np.maximum(one, other)
