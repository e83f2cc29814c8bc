"""The cases of ``tests/cases/claims``, one file a rule: what a good reader finds in them, and what he does not.

Every case binds. One that the extractor gets wrong says so (``known_failure``), and fails when it is mended and
still says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evaluation.claim_cases import CASES, Case, compare, load
from ingest.extract.analysis import Analyser
from ingest.extract.base import Found, check_spans
from ingest.extract.claims import ClaimExtractor
from ingest.extract.claims.extractor import load_rules
from ingest.extract.decisions import Outcome, Recorder
from ingest.records import Claim

ALL = load()
RULES = load_rules()
# texts in which nobody claims anything, by no rule in particular
WITHOUT_RULE = "no_claim"

Read = Callable[[str], tuple[Sequence[Claim], set[str]]]


def _by_file() -> list[tuple[str, Case]]:
    return [(path.stem, case) for path in sorted((CASES / "claims").glob("*.jsonl")) for case in load(path)]


@pytest.fixture(scope="module")
def read(analyser: Analyser) -> Read:
    extractor = ClaimExtractor()

    def reading(text: str) -> tuple[Sequence[Claim], set[str]]:
        """The claims of a text, and the rules that found or refused any."""
        recorder = Recorder()
        claims = extractor.extract(analyser.analyse(text, recorder=recorder), Found())
        check_spans(text, claims)
        vetoes = {d.rule_id for d in recorder.decisions if d.outcome == Outcome.VETOED}
        return claims, vetoes | {c.rule_id for c in claims}

    return reading


def test_every_file_is_a_rules():
    assert {path.stem for path in Path(CASES / "claims").glob("*.jsonl")} - {WITHOUT_RULE} == set(RULES)


def test_no_case_stands_twice():
    assert len({c["id"] for c in ALL}) == len(ALL)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_two_cases_and_one_of_what_it_leaves(rule: str):
    cases = load(CASES / "claims" / f"{rule}.jsonl")
    assert sum(not c.get("negative") and "known_failure" not in c for c in cases) >= 2
    assert any(c.get("negative") for c in cases)


@pytest.mark.parametrize(("rule", "case"), _by_file(), ids=lambda x: x["id"] if isinstance(x, dict) else None)
def test_case(rule: str, case: Case, read: Read):
    claims, fired = read(case["text"])
    wrong = compare(case, claims)[1]
    if "known_failure" in case:
        assert wrong, f"{case['id']} is right now: take its known_failure away"
        return
    assert wrong == []
    if rule != WITHOUT_RULE:
        assert (rule in fired) != case.get("negative", False)


@pytest.mark.parametrize("case", ALL, ids=lambda c: c["id"])
def test_gold_spans_are_in_the_text(case: Case):
    for claim in case["claims"]:
        for span in [*claim["content"], *(s for s in (claim["speaker"], claim["cue"]) if s)]:
            assert case["text"][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_the_example_of_a_rule_is_one(rule, read: Read):
    assert rule.id in read(rule.example)[1]
