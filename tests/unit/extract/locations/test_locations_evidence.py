"""The catalogue of signs: code and rows name the same, and each weighs what its row says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ingest.extract.analysis import Analyser
from ingest.extract.base import Found
from ingest.extract.catalogue import CatalogueError
from ingest.extract.decisions import Recorder
from ingest.extract.locations import evidence
from ingest.extract.locations.weights import check_signs, evidence_catalogue


def _yielded() -> set[str]:
    """Every text that a generator of ``evidence`` yields."""
    tree = ast.parse(Path(evidence.__file__).read_text(encoding="utf-8"))
    yields = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield) and node.value is not None]
    return {n.value for y in yields for n in ast.walk(y) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_code_and_catalogue_name_the_same_signs():
    check_signs(_yielded())


def test_a_sign_without_a_row_and_a_row_without_a_sign_are_told():
    known = set(evidence_catalogue())
    for wrong in (known | {"invented"}, known - {"dateline"}):
        with pytest.raises(CatalogueError, match=r"invented|dateline"):
            check_signs(wrong)


@pytest.mark.parametrize(
    ("sentence", "signs"),
    [
        ("Shells fell near Izium.", {"strong_preposition"}),
        ("KHARKIV, Ukraine — Rain fell.", {"dateline"}),
        ("They drove to the village of Borova.", {"called_a_place"}),
        ("The battle for Bakhmut went on.", {"fought_over"}),
        ("Izium said the road was shut.", {"speaks"}),
        ("Izium residents queued for bread.", {"people_of_a_town"}),
        ("He drank the Geneva cocktail.", {"thing_called_so"}),
    ],
)
def test_a_trace_shows_the_signs_beside_a_name(extractor, sentence, signs):
    analysis = Analyser(wants_parse=lambda analysis, sentence: False).analyse(sentence)
    analysis.recorder = Recorder()
    extractor.extract(analysis, Found())
    made = [d for d in analysis.recorder.decisions if (d.kind, d.step) == ("locations", "evidence")]
    assert signs <= {d.rule_id for d in made}
    assert all(d.reason == f"{evidence_catalogue()[d.rule_id].weight:+}" for d in made)
    assert all(sentence[slice(*d.span)][0].isupper() for d in made)
