"""The blocks of many accounts, and whom each meets in them."""

from __future__ import annotations

import numpy as np

from ingest.resolve.joining.pairing import Blocks, numbered_pairs


def _pairs(blocks: Blocks) -> list[tuple[int, int]]:
    return sorted(p for ends in numbered_pairs(blocks) for p in zip(*(end.tolist() for end in ends), strict=True))


def test_of_two_parts_of_a_block_none_meets_the_other() -> None:
    blocks = Blocks.of([[("a", True)], [("a", False)], [("a", False), ("b", True)], [("b", True)]])
    assert _pairs(blocks) == [(0, 1), (0, 2), (2, 3)]


def test_groups_share_no_block() -> None:
    blocks = Blocks.of([[("a", True)], [("a", True)], [("a", True), ("b", True)], [("b", True)]])
    assert _pairs(blocks.within(np.array([0, 1, 0, 0]))) == [(0, 2), (2, 3)]


def test_blocks_of_the_same_members_are_one_and_others_are_kept() -> None:
    both, part = [("a", True), ("b", True)], [("a", False), ("b", True)]
    members = [(numbers.tolist(), whole) for numbers, whole in Blocks.of([both, both, both]).of_several()]
    assert members == [([0, 1, 2], 3)]
    assert len(Blocks.of([both, both, part]).of_several()) == 2


def test_no_accounts_have_no_pairs() -> None:
    assert _pairs(Blocks.of([])) == _pairs(Blocks.joined([])) == _pairs(Blocks.of([[], [("a", True)]])) == []
