"""Many pairs at once: the same pairs, and the same scores, as one pair after the other."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from ingest.resolve.joining import batch_scoring as many_at_once
from ingest.resolve.joining import pairing
from ingest.resolve.joining.accusations import accusations_of, accuse_each_other
from ingest.resolve.joining.batch_scoring import NEVER, Columns, Pairs
from ingest.resolve.joining.clustering import Scored
from ingest.resolve.joining.features import TEN_THOUSANDTHS, whole
from ingest.resolve.joining.pairing import Blocks, numbered_pairs
from ingest.resolve.joining.scoring import JOIN_LAST, compare
from ingest.resolve.kinds import limits
from tests.unit.resolve.made_accounts import account, count, some, statement


@pytest.mark.parametrize("most_of_table", [0, 4_000_000])
def test_the_scores_of_many_pairs_are_those_of_each(monkeypatch: pytest.MonkeyPatch, most_of_table: int) -> None:
    monkeypatch.setattr(many_at_once, "_MOST_OF_TABLE", most_of_table)
    rng = random.Random(3)
    accounts = [some(rng, number) for number in range(200)]
    accounts += [account("z", statement("z", n, counts=(count(n),))) for n in (2, 40)]
    # numbers that are alike but for their being out of date
    accounts += [account(f"o{n}", statement(f"o{n}", counts=(count(3, is_outdated=bool(n)),))) for n in (1, 0)]
    pairs = list(combinations(range(len(accounts)), 2))
    one, other = (np.array(numbers) for numbers in zip(*pairs, strict=True))
    found = Columns(accounts).scores(one, other)
    scores, handicap = found.score, found.handicap
    expected = [compare(accounts[a], accounts[b]) for a, b in pairs]
    assert scores.tolist() == [
        NEVER if found.forbids is not None else round(found.score * TEN_THOUSANDTHS) for found in expected
    ]
    of_rule = {"story": limits()["story_handicap"], **dict.fromkeys(JOIN_LAST, limits()["last_handicap"])}
    handicaps = [whole(of_rule.get(found.rule_id, 0)) for found in expected if found.forbids is None]
    assert handicap[scores > NEVER].tolist() == handicaps
    assert {found.forbids or found.rule_id for found in expected} >= {
        *("other_kind", "other_days", "other_place", "other_counts", "one_publisher"),
        *("story", "state", "count_again", "two_counts", "one_death", "place_and_days_same_agent_names"),
    }
    scored = [(accounts[a], accounts[b], found) for (a, b), found in zip(pairs, expected, strict=True)]
    compared = [(a, b, found.rule_id) for a, b, found in scored if found.forbids is None]
    assert any(rule == "story" and a.kinds | b.kinds <= {"decree", "deliver"} for a, b, rule in compared)
    # two that accuse each other, scored by what is told of them and by no sign that they share
    told = [(accusations_of(a), accusations_of(b)) for a, b, rule in compared if rule.startswith("place_and_days")]
    assert any(accuse_each_other(ours, theirs) for ours, theirs in told)


@pytest.mark.parametrize("few", [0, 1, 1_000])
def test_pairs_are_those_that_share_a_block_and_hold_one_that_is_touched(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(pairing, "_FEW", few)
    rng = random.Random(5)
    blocks = [{(key, rng.random() < 0.7) for key in rng.sample("abcdefgh", rng.randint(0, 3))} for _ in range(40)]
    new = np.array([rng.random() < 0.5 for _ in blocks])

    def meet(one: int, other: int) -> bool:
        whole, part = (dict(sorted(blocks[n])) for n in (one, other))
        return any(whole[key] or part[key] for key in whole.keys() & part.keys())

    expected = [(a, b) for a, b in combinations(range(len(blocks)), 2) if meet(a, b)]
    for touching, wanted in ((None, expected), (new, [(a, b) for a, b in expected if new[a] or new[b]])):
        found = [
            pair
            for one, other in numbered_pairs(Blocks.of(blocks), touching)
            for pair in zip(one.tolist(), other.tolist(), strict=True)
        ]
        assert sorted(found) == wanted


def test_whom_an_account_conflicts_with_at_once_is_what_comparing_each_finds() -> None:
    rng = random.Random(7)
    accounts = [some(rng, number) for number in range(120)]
    known = Scored(accounts, Pairs.of([])).conflicts()
    found = {(a, b) for a, b in combinations(range(len(accounts)), 2) if known.has(a, b)}
    assert found == {(a, b) for b, a in combinations(range(len(accounts) - 1, -1, -1), 2) if known.has(b, a)}
    conflicts = {compare(accounts[a], accounts[b]).forbids for a, b in found}
    assert None not in conflicts
    assert "one_publisher" in conflicts
