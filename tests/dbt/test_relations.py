"""How well the relations of claims are those that a reader of the samples sees.

Measured on the hand-made facts of the samples, so that the rules of ``claim_relations`` alone are
judged. The floors only ever rise. A relation that the gold does not list counts as invented here, also
where it is true: the gold lists what a reader would remark on.
"""

from __future__ import annotations

from collections import Counter

import pytest
from dbt_runs import Dbt, failures
from gold_landing import Key, pair, relations, write

FAMILIES = {
    "contradicts": "against",
    "denies": "against",
    "revises": "revision",
    "repeats": "with",
    "corroborates": "with",
}
# of the relations found, the share that the gold has; of those that it requires, how many are found
LEAST_PRECISION = {"against": 0.76, "revision": 0.85, "with": 0.75}
LEAST_FOUND = {"against": 27, "revision": 3, "with": 9}
# the pairs that the samples were written for, by what they show
MUST = {
    "a town claimed, and denied by the other side": "r1",
    "the same, by another speaker": "r3",
    "the claim repeated in another paper": "r32",
    "an encirclement denied": "r40",
    "no encirclement, says an agency copy too": "r42",
    "a count of prisoners denied": "r143",
    "a claim rejected in the sentence that reports it": "r14",
    "a village fallen, and not": "r160",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, dbt_work: object) -> list[tuple[frozenset[Key], str, str]]:
    root = tmp_path_factory.mktemp("gold")
    load, names = write(root / "loads")
    dbt = Dbt(root / "candidate.duckdb", dbt_work)  # type: ignore[arg-type]
    assert not failures(dbt.build([load], "--exclude-resource-type", "test"))
    rows = dbt.query("SELECT earlier_claim_id, later_claim_id, kind, rule_id FROM claim_relations")
    return [(frozenset([names[a], names[b]]), FAMILIES[kind], rule) for a, b, kind, rule in rows]


def test_relations_are_those_a_reader_sees(found: list[tuple[frozenset[Key], str, str]]) -> None:
    gold: dict[frozenset[Key], set[str]] = {}
    for row in relations():
        if row["kind"] in FAMILIES:
            gold.setdefault(pair(row), set()).add(FAMILIES[row["kind"]])
    right, every = Counter[str](), Counter[str]()
    for key, family, _ in found:
        every[family] += 1
        right[family] += family in gold.get(key, ())
    precision = {family: right[family] / every[family] for family in every}
    assert {f: p for f, p in precision.items() if p < LEAST_PRECISION[f]} == {}

    have = {(key, family) for key, family, _ in found}
    required = [(pair(r), FAMILIES[r["kind"]]) for r in relations() if r["kind"] in FAMILIES and r["is_required"]]
    hits = Counter(family for key, family in required if (key, family) in have)
    assert {f: hits[f] for f in LEAST_FOUND if hits[f] < LEAST_FOUND[f]} == {}


@pytest.mark.parametrize("shows", MUST)
def test_the_pairs_that_the_samples_are_for(shows: str, found: list[tuple[frozenset[Key], str, str]]) -> None:
    [row] = [r for r in relations() if r["id"] == MUST[shows]]
    assert (pair(row), FAMILIES[row["kind"]]) in {(key, family) for key, family, _ in found}


def test_no_pair_that_a_reader_would_be_misled_by(found: list[tuple[frozenset[Key], str, str]]) -> None:
    tempting = {pair(r) for r in relations() if r["kind"] == "none"}
    assert [(key, rule) for key, _, rule in found if key in tempting] == []
