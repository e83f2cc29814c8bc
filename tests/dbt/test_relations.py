"""How well the relations of statements are those that a reader sees.

Measured on what the extraction finds in all of the project's own articles: on pairs that were judged one by one,
and on those that the samples were labelled with, related ones and such as only tempt. The floors only ever rise.
"""

from __future__ import annotations

from collections import Counter

import pytest
from dbt_runs import Dbt, failures

from benchmarks.landed import land
from evaluation import relations as judgements

LEAST_RIGHT = 18
LEAST_PRECISION = 0.9
# of the pairs that the samples require, those that are found
LEAST_FOUND = {"against": 9, "revision": 1}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory, dbt_work: object) -> list[judgements.Found]:
    root = tmp_path_factory.mktemp("extracted")
    every = judgements.extracted()
    load = land(root / "loads", [(article, facts) for _, article, facts in every])
    dbt = Dbt(root / "candidate.duckdb", dbt_work)  # type: ignore[arg-type]
    assert not failures(dbt.build([load], "--exclude-resource-type", "test", models=["relations", "fct_claims"]))
    return judgements.found_in(dbt.candidate, {article.article_version_id: name for name, article, _ in every})


def test_contradictions_are_right(extracted: list[judgements.Found]) -> None:
    result = judgements.compare(extracted, judgements.judged())
    assert len(result.right) >= LEAST_RIGHT
    assert result.precision >= LEAST_PRECISION


def test_the_pairs_of_the_samples_are_found(extracted: list[judgements.Found]) -> None:
    hits = Counter(
        wanted.family
        for wanted in judgements.expected()
        if wanted.is_required
        and any(judgements.FAMILY[f.kind] == wanted.family and wanted.pair.is_of(f) for f in extracted)
    )
    assert {family: hits[family] for family in LEAST_FOUND if hits[family] < LEAST_FOUND[family]} == {}


def test_no_pair_is_related_that_only_tempts(extracted: list[judgements.Found]) -> None:
    tempting = [wanted.pair for wanted in judgements.expected() if wanted.family == "none"]
    assert tempting
    assert [(f.a, f.b, f.rule_id) for f in extracted if any(pair.is_of(f) for pair in tempting)] == []


def test_a_judgement_is_of_a_pair_but_for_a_few_words() -> None:
    judged = judgements.Judged(("x", "the town has been taken by them"), ("y", "it is ours"), True, "two holders")

    def found(a: str, b: str, article: str = "x") -> judgements.Found:
        return judgements.Found((article, a), ("y", b), "contradicts", "control", "rule", (None, None))

    assert judged.is_of(found("that the town has been taken by them", "it is ours"))
    assert not judged.is_of(found("the town is ours", "it is ours"))
    assert not judged.is_of(found("the town has been taken by them", "it is ours", "z"))
    result = judgements.compare([found("the town is ours", "it is ours")], [judged])
    assert (result.right, result.unjudged, result.missed) == ([], [found("the town is ours", "it is ours")], [judged])
