"""Conflicts of clusters while these merge: kept as bits and as sets they are the same."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve.joining.conflicts import Bits, Sets

MANY = 9
steps = st.lists(st.tuples(st.booleans(), st.integers(0, MANY - 1), st.integers(0, MANY - 1)), max_size=40)


@given(steps)
def test_bits_and_sets_keep_the_same_conflicts(done: list[tuple[bool, int, int]]) -> None:
    bits, sets = Bits([0] * MANY), Sets()
    standing = set(range(MANY))
    for is_merge, a, b in done:
        kept, gone = sorted((a, b))
        if kept == gone or not {kept, gone} <= standing:
            continue
        if is_merge and not bits.has(kept, gone):
            for conflicts in (bits, sets):
                conflicts.merge(kept, gone)
            standing.remove(gone)
        elif not is_merge:
            for conflicts in (bits, sets):
                conflicts.add(kept, gone)
    for one, other in combinations(sorted(standing), 2):
        assert bits.has(one, other) == bits.has(other, one) == sets.has(one, other) == sets.has(other, one)


def test_conflicts_that_are_known_at_first_go_with_the_cluster() -> None:
    bits = Bits([0b100, 0, 0b001])
    assert bits.has(0, 2)
    bits.merge(0, 1)
    assert bits.has(0, 2)
    assert bits.has(2, 0)
    assert not bits.has(1, 2)
