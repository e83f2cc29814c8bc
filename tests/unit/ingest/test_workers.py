"""Extraction in processes: what a text can do to its own facts, and no more."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from test_landing import article, document

from ingest.extract.pipeline import Pipeline
from ingest.extract.workers import PipelineConfig, extract_load, extractor_version
from ingest.landing import INGEST, Landing, Load
from ingest.records import DateMention, Facts
from ingest.settings import Settings
from ingest.tables import DATES, EXTRACTIONS


class FakePipeline:
    """Finds the first word of a text; some texts are dangerous."""

    def __init__(self, version: str) -> None:
        self.version = version

    def extract(self, text: str, dct: date | None = None, home: str | None = None) -> Facts:
        if text.startswith("Raise"):
            raise RuntimeError("a rule broke")
        if text.startswith("Crash"):
            os._exit(11)
        if text.startswith("Loop"):
            while True:
                pass
        if text.startswith("Wait"):
            time.sleep(1.5)
        if text.startswith("Work"):
            started = time.process_time()
            while time.process_time() - started < 1.5:
                pass
        word = text.split()[0]
        mention = DateMention(
            char_start=text.index(word), char_end=text.index(word) + len(word), exact=word,
            rule_id="fake", confidence=1.0, timex_type="DATE", value=None,
        )  # fmt: skip
        return Facts(claims=[], figures=[], dates=[mention], locations=[])


@dataclass(frozen=True, slots=True)
class FakeConfig(PipelineConfig):
    version: str = "fake-1"

    def pipeline(self) -> Pipeline:
        return FakePipeline(self.version)  # type: ignore[return-value]


def config(version: str = "fake-1", seconds: int = 30) -> FakeConfig:
    return FakeConfig("none", Path("none"), seconds, version=version)


def load_of(root: Path, *texts: str) -> Load:
    load = Landing(root).begin(INGEST)
    rows = [article(str(i), text) for i, text in enumerate(texts)]
    for shard, row in enumerate(rows):
        load.write_documents(shard, [document(row["uri"], row["article_version_id"])], [row])
    return load


def errors(load: Load) -> list[str | None]:
    return load.read(EXTRACTIONS)["error"].to_pylist()


def test_every_shard_is_extracted_once(tmp_path: Path) -> None:
    load = load_of(tmp_path, "One.", "Two.", "Three.")
    told: list[tuple[int, int]] = []
    assert extract_load(load, config(), 2, lambda done, total: told.append((done, total))) == "fake-1"
    assert sorted(load.read(DATES)["exact"].to_pylist()) == ["One.", "Three.", "Two."]
    assert told[-1] == (3, 3)
    times = [p.stat().st_mtime_ns for p in load.parts(EXTRACTIONS)]
    extract_load(load, config(), 2)
    assert [p.stat().st_mtime_ns for p in load.parts(EXTRACTIONS)] == times


def test_a_newer_extractor_takes_an_open_loads_facts_anew(tmp_path: Path) -> None:
    load = load_of(tmp_path, "One.")
    extract_load(load, config("fake-1"), 1)
    extract_load(load, config("fake-2"), 1)
    assert load.read(EXTRACTIONS)["extractor_version"].to_pylist() == ["fake-2"]


def test_a_text_that_raises_costs_its_own_facts(tmp_path: Path) -> None:
    load = load_of(tmp_path, "One.", "Raise.", "Three.")
    extract_load(load, config(), 1)
    assert errors(load) == [None, "RuntimeError: a rule broke", None]


def test_a_text_that_kills_its_process_costs_its_own_facts(tmp_path: Path) -> None:
    load = load_of(tmp_path, "One.", "Crash.", "Three.", "Four.")
    extract_load(load, config(), 2)
    assert [e for e in errors(load) if e] == ["the text brought its extraction process down"]
    assert sorted(load.read(DATES)["exact"].to_pylist()) == ["Four.", "One.", "Three."]


def test_a_text_that_takes_for_ever_is_left(tmp_path: Path) -> None:
    load = load_of(tmp_path, "Loop.", "Two.")
    extract_load(load, config(seconds=1), 1)
    assert errors(load) == ["TooSlowError: extraction took over 1 s of work", None]


def test_neither_a_busy_machine_nor_its_length_costs_a_text_its_facts(tmp_path: Path) -> None:
    load = load_of(tmp_path, "Wait.", "Work. " * 20_000)
    extract_load(load, config(seconds=1), 1)
    assert errors(load) == [None, None]


def test_other_languages_are_not_read(tmp_path: Path) -> None:
    load = Landing(tmp_path).begin(INGEST)
    row = article("a", "Это текст.") | {"language": "ru"}
    load.write_documents(0, [document("a", row["article_version_id"])], [row])
    extract_load(load, config(), 1)
    assert errors(load) == [None]
    assert load.read(DATES).num_rows == 0


def test_of_a_text_in_two_languages_the_english_paragraphs_are_read(tmp_path: Path) -> None:
    load = Landing(tmp_path).begin(INGEST)
    english = "The mayor of the town said on Friday that two warehouses near the station had burned out."
    text = f"Міський голова повідомив, що вночі у місті згоріли два склади.\n\n{english}"
    row = article("a", text) | {"language": "uk"}
    load.write_documents(0, [document("a", row["article_version_id"])], [row])
    extract_load(load, config(), 1)
    assert errors(load) == [None]
    assert load.read(DATES)["exact"].to_pylist() == ["The"]


def test_version_is_that_of_the_pipeline() -> None:
    assert extractor_version(config("fake-7")) == "fake-7"


def test_reextraction_is_a_load_of_its_own_and_ends_when_all_is_new(tmp_path: Path) -> None:
    from ingest.loads import Loads

    settings = Settings(data_dir=tmp_path, sources_file=tmp_path / "none.yml", workers=1)
    first = load_of(settings.landing_dir, "One.", "Two.")
    old, new = (Loads(settings, run, config(version)) for run, version in (("r1", "fake-1"), ("r2", "fake-2")))
    extract_load(first, config("fake-1"), 1)
    first.commit({})
    assert old.plan_reextraction() is None
    opened = new.plan_reextraction(date(2025, 11, 1))
    assert opened is not None
    again = new.plan_reextraction()
    assert again is not None
    assert again.load_id == opened.load_id, "an open one is taken up"
    new.extract()
    results = new.audit()
    assert [r.label for r in results if r.severity == "error" and not r.is_passed] == []
    (done,) = new.commit()
    assert done.manifest()["kind"] == "reextract"
    assert done.manifest()["extractor_version"] == "fake-2"
    assert done.manifest()["dates"] == 2
    assert new.plan_reextraction() is None


def die(path: Path, run_id: str) -> None:
    os._exit(9)


def test_checks_that_are_killed_leave_the_load_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.loads import BlockedError, Loads

    settings = Settings(data_dir=tmp_path, sources_file=tmp_path / "none.yml", workers=1)
    load = load_of(settings.landing_dir, "One.")
    loads = Loads(settings, "r", config())
    loads.extract()
    with monkeypatch.context() as patched:
        patched.setattr("ingest.quality.landed.check_landed", die)
        with pytest.raises(RuntimeError, match=f"{load.load_id} was killed"):
            loads.audit()
    with pytest.raises(BlockedError):
        loads.commit()
    assert Loads(settings, "r2", config()).audit(), "the next run checks it"


def test_a_load_that_was_not_checked_is_not_committed(tmp_path: Path) -> None:
    from ingest.loads import BlockedError, Loads

    settings = Settings(data_dir=tmp_path, sources_file=tmp_path / "none.yml", workers=1)
    load_of(settings.landing_dir, "One.")
    loads = Loads(settings, "r", config())
    loads.extract()
    with pytest.raises(BlockedError, match="did not pass"):
        loads.commit()
