"""What a task of Spark finds in its blocks, without Spark: the pairs that one after the other would be found."""

from __future__ import annotations

import random
from itertools import combinations

import pyarrow as pa
import pytest
from made_accounts import some

from claimhouse.spark import resolve
from ingest.resolve.joining.blocking import keys
from ingest.resolve.joining.index import as_text
from ingest.resolve.joining.scoring import compare


@pytest.mark.parametrize("at_once", [1, 30, 4_000])
def test_the_joining_pairs_of_blocks_are_those_of_each_two_that_meet(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(resolve, "_ACCOUNTS_AT_ONCE", at_once)
    rng = random.Random(11)
    accounts = [some(rng, number) for number in range(120)]
    blocks_of = {a.account_id: keys(a) for a in accounts}
    rows = [
        {"block": key, "is_whole": is_whole, "account_id": a.account_id, "body": as_text(a)}
        for a in accounts
        for key, is_whole in blocks_of[a.account_id]
    ]
    rows.sort(key=lambda row: row["block"])
    batches = pa.Table.from_pylist(rows).to_batches(max_chunksize=50)
    found = [tuple(row.values()) for batch in resolve._joining(batches) for row in batch.to_pylist()]

    def meet(one: str, other: str) -> bool:
        ours, theirs = blocks_of[one], blocks_of[other]
        return any((key, True) in theirs or ((key, False) in theirs and is_whole) for key, is_whole in ours)

    expected = {
        (a.account_id, b.account_id)
        for a, b in combinations(sorted(accounts, key=lambda account: account.account_id), 2)
        if meet(a.account_id, b.account_id) and compare(a, b).joins
    }
    assert expected
    assert set(found) == expected
