"""How well the relations of claims are those that a reader sees.

Measured twice. On the hand-made facts of the samples, so that the rules of ``claim_relations`` alone are
judged: there a relation that the gold does not list counts as invented, also where it is true, since the
gold lists what a reader would remark on. And on what the extraction finds in all of the project's own
articles, where every pair was judged by itself. The floors only ever rise.
"""

from __future__ import annotations

from collections import Counter

import pytest
from dbt_runs import Dbt, failures
from gold_landing import Key, pair, relations, write

from benchmarks.landed import land
from evaluation import relations as judgements

FAMILIES = {
    "contradicts": "against",
    "denies": "against",
    "revises": "revision",
    "repeats": "with",
    "corroborates": "with",
}
# of the relations found, the share that the gold has; of those that it requires, how many are found
LEAST_PRECISION = {"against": 1.0, "revision": 1.0, "with": 1.0}
LEAST_FOUND = {"against": 63, "revision": 8, "with": 18}
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


LEAST_JUDGED = 210
LEAST_EXTRACTED_PRECISION = 0.97
LEAST_EXTRACTED_RECALL = 0.84


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory, dbt_work: object) -> list[judgements.Found]:
    root = tmp_path_factory.mktemp("extracted")
    every = judgements.extracted()
    load = land(root / "loads", [(article, facts) for _, article, facts in every])
    dbt = Dbt(root / "candidate.duckdb", dbt_work)  # type: ignore[arg-type]
    assert not failures(dbt.build([load], "--exclude-resource-type", "test"))
    return judgements.found_in(dbt.candidate, {article.article_version_id: name for name, article, _ in every})


def test_contradictions_of_extracted_facts_are_right(extracted: list[judgements.Found]) -> None:
    result = judgements.compare(extracted, judgements.judged())
    assert len(result.right) + len(result.wrong) >= LEAST_JUDGED
    assert result.precision >= LEAST_EXTRACTED_PRECISION
    assert result.recall >= LEAST_EXTRACTED_RECALL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Some 2,500 Ukrainian soldiers are trapped in Huliaipole", "four square kilometres between two gullies"),
        ("almost completely in the hands of the Russian army", "the capture of Huliaipole was out of the question"),
    ],
)
def test_a_ring_against_a_gully_and_hands_against_no_question(
    one: str, other: str, extracted: list[judgements.Found]
) -> None:
    texts = [(pair.a[1], pair.b[1]) for pair in extracted]
    assert any((one in a and other in b) or (one in b and other in a) for a, b in texts)


def test_a_judgement_is_of_a_pair_but_for_a_few_words() -> None:
    judged = judgements.Judged(("x", "the town has been taken by them"), ("y", "it is ours"), True, "two holders")

    def found(a: str, b: str, article: str = "x") -> judgements.Found:
        return judgements.Found((article, a), ("y", b), "contradicts", "control", "rule", (None, None))

    assert judged.is_of(found("that the town has been taken by them", "it is ours"))
    assert not judged.is_of(found("the town is ours", "it is ours"))
    assert not judged.is_of(found("the town has been taken by them", "it is ours", "z"))
    result = judgements.compare([found("the town is ours", "it is ours")], [judged])
    assert (result.right, result.unjudged, result.missed) == ([], [found("the town is ours", "it is ours")], [judged])
