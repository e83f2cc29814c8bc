"""The pipeline: order, versions, and the check that nothing passes without its evidence."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from weakref import ref

import pytest

from ingest.extract import pipeline as module
from ingest.extract.base import SpanError, check_spans
from ingest.extract.pipeline import Pipeline
from ingest.records import DateMention


def mention(**changes: object) -> DateMention:
    fields = {"char_start": 0, "char_end": 3, "exact": "May", "rule_id": "r", "confidence": 1.0}
    return DateMention(**{**fields, "timex_type": "DATE", "value": "2025-05", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [{"exact": "may"}, {"char_start": -1}, {"char_end": 99}, {"char_start": 3}, {"char_start": 1}],
)
def test_evidence_that_is_not_the_text_is_refused(changes: dict[str, object]) -> None:
    check_spans("May 2025", [mention()])
    with pytest.raises(SpanError, match="r: "):
        check_spans("May 2025", [mention(**changes)])


def test_a_pipeline_whose_extractor_invents_evidence_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline(kinds=("dates",))
    monkeypatch.setattr(type(pipeline._extractors[0][1]), "extract", lambda *a: [mention(exact="June")])
    with pytest.raises(SpanError):
        pipeline.extract("May 2025")


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="smells"):
        Pipeline(kinds=("smells",))


def test_version_follows_every_file_of_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "__init__.py").write_text("")
    lexicon = tmp_path / "data" / "words.toml"
    lexicon.write_text("a = 1")

    class Module:
        __file__ = str(tmp_path / "__init__.py")

    monkeypatch.setattr(module.importlib, "import_module", lambda name: Module)
    before = module._digest("some.rules:Extractor")
    assert module._digest("some.rules:Extractor") == before
    lexicon.write_text("a = 2")
    assert module._digest("some.rules:Extractor") != before


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def test_every_fact_of_a_text_and_the_same_again(pipeline: Pipeline) -> None:
    text = (
        "Shelling kills two in Izium\n\n"
        'Two people were killed in Izium on Monday, the mayor, Petro Hrab, said. "They were at home," he added.'
    )
    facts = pipeline.extract(text, date(2025, 11, 20))
    assert [d.value for d in facts.dates] == ["2025-11-17"]
    assert {c.speaker_name for c in facts.claims} >= {"Petro Hrab"}
    assert any(f.low == 2 and f.status == "killed" for f in facts.figures)
    assert [(p.exact, p.country, round(p.lat or 0)) for p in facts.locations][:2] == [("Izium", "UA", 49)] * 2
    assert facts == pipeline.extract(text, date(2025, 11, 20))


@pytest.mark.parametrize("text", ["", " ", "\n", "x", "\x00", "\ufeff", "\u202e", "A" * 5000, "!" * 5000, "\n" * 5000])
def test_no_text_is_too_strange(pipeline: Pipeline, text: str) -> None:
    pipeline.extract(text)


@pytest.mark.parametrize(("home", "country"), [(None, None), ("US", "US"), ("GB", "GB"), ("FR", None)])
def test_publishers_home_breaks_a_tie_and_no_more(pipeline: Pipeline, home: str | None, country: str | None) -> None:
    (cambridge,) = pipeline.extract("A shop in Cambridge was closed.", home=home).locations
    assert cambridge.country == country
    (london,) = pipeline.extract("London was quiet on Monday.", home=home).locations
    assert london.country == "GB"


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to Morning Wire, our free newsletter from Lviv, every weekday at 7am.",
        "Read more: 12 towns near Odesa lost power on Tuesday",
        "Tags: Kharkiv, Izium",
        "Image caption Guards in Sumy on 12 March",
    ],
)
def test_lines_of_the_page_hold_no_fact(pipeline: Pipeline, line: str) -> None:
    head, tail = "Guards retake Kupiansk\n\nForty guards entered Kupiansk on Monday.", "The mayor of Lviv thanked them."
    facts = pipeline.extract(f"{head}\n\n{line}\n\n{tail}", date(2023, 3, 17))
    first, last = len(head), len(head) + 2 + len(line)
    kinds = (facts.figures, facts.locations, facts.events)  # when a letter comes is a date wherever it stands
    assert all(kinds)
    assert not [f.exact for kind in kinds for f in kind if first <= f.char_start < last]


def test_an_analysis_goes_without_a_search_for_garbage(pipeline: Pipeline) -> None:
    text = (
        "Strike hits Odesa port\n\nThe mayor of Odesa, Jane Roe, said on 3 May 2025 that a strike had killed "
        'four people in the port. "We heard it near Chornomorsk," she said. Russia denied the report.'
    )
    gc.disable()
    try:
        analysis = pipeline.analyse(text, date(2025, 5, 4))
        facts = pipeline.facts(analysis)
        seen = ref(analysis)
        del analysis
        assert all((facts.claims, facts.events, facts.locations, facts.dates))
        assert seen() is None
    finally:
        gc.enable()
