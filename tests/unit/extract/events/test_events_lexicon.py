"""The data files of the events extractor: every code is one of the records, every rule one of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extract.events import lexicon
from ingest.extract.events.extractor import load_rules
from ingest.records import ARGUMENT_CLASSES, COUNT_ROLES, EVENT_KINDS, TARGET_CLASSES

CASES = Path(__file__).parents[3] / "cases" / "events"


def test_triggers_name_kinds_and_counts_of_the_records() -> None:
    senses = {id(sense): sense for known in lexicon.senses().values() for sense in known}.values()
    assert {sense.kind for sense in senses} == set(EVENT_KINDS)
    assert {sense.counts for sense in senses if sense.counts} <= set(COUNT_ROLES)


def test_classes_are_those_of_the_records() -> None:
    assert set(lexicon.classes().values()) <= set(ARGUMENT_CLASSES)
    assert set(lexicon.target_classes().values()) <= set(TARGET_CLASSES)


@pytest.mark.parametrize("rule", sorted(load_rules()))
def test_every_rule_has_its_cases(rule: str) -> None:
    """Two texts in which it finds what it should and one in which it should not."""
    lines = (CASES / f"{rule}.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum('"events"' in line for line in lines) >= 2
    assert sum('"absent"' in line for line in lines) >= 1


def test_forms_are_spelled_out() -> None:
    assert list(lexicon.forms(["shell -s -ed", "strike struck"])) == ["shell", "shells", "shelled", "strike", "struck"]


def test_a_field_that_nothing_reads_is_refused() -> None:
    row = {"kind": "strike", "forms": ["shell"], "roles": {}, "colour": "red"}
    with pytest.raises(lexicon.LexiconError, match="colour"):
        lexicon._sense("verb", row)
