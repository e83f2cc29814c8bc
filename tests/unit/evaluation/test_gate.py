"""The ratchet of accuracy floors."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path

import pytest

from evaluation import gate


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository and, beside it, the shared corpora, with one text in each."""
    monkeypatch.setattr(gate, "ROOT", tmp_path / "repository")
    monkeypatch.delenv("CLAIMHOUSE_SHARED", raising=False)
    for folder in ("repository/cases", "shared/corpora"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "texts.jsonl").write_text("one\n")
    return tmp_path


@pytest.fixture
def file(corpus: Path) -> Path:
    """Floors of one module, at what it measures, on the present corpora."""
    corpora = ["cases", "$shared/corpora"]
    section = gate.Section(corpora, gate.digest_of(corpora), ["*_count"], {"f1": 0.8, "precision": 0.9})
    path = corpus / "floors.toml"
    gate.write(gate.Floors({"dates": section}, []), path)
    return path


def run(file: Path, *arguments: str, **measured: float) -> int:
    return gate.main([*arguments, "--floors", str(file)], {"dates": lambda: measured})


def test_what_is_written_is_read(file: Path) -> None:
    floors = gate.read(file)
    floors.lowered.append(gate.Lowered("dates.f1", 0.8, 0.7, date(2025, 11, 30), 'the "old" gold was wrong'))
    gate.write(floors, file)
    assert gate.read(file) == floors


def test_at_or_over_its_floor_a_figure_passes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, f1=0.8, precision=0.95, case_count=3) == 0
    shown = capsys.readouterr().out
    assert re.search(r"dates\.f1 +0\.8000 +0\.8000\n", shown)
    assert "case_count" not in shown


def test_under_its_floor_it_fails(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_text()
    assert run(file, f1=0.79, precision=0.95) == 1
    assert re.search(r"dates\.f1 .*UNDER ITS FLOOR", capsys.readouterr().out)
    assert file.read_text() == before


@pytest.mark.parametrize("value", [None, math.nan])
def test_a_figure_that_is_not_measured_any_more_fails(file: Path, value: float | None) -> None:
    measured = {"precision": 0.95} | ({} if value is None else {"f1": value})
    assert run(file, **measured) == 1


def test_a_figure_without_a_floor_is_shown_and_passes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, f1=0.8, precision=0.9, recall=0.1) == 0
    assert re.search(r"dates\.recall +0\.1000 +-\n", capsys.readouterr().out)


def test_other_corpora_shut_the_gate_until_the_floors_are_raised(file: Path, corpus: Path) -> None:
    (corpus / "shared/corpora/texts.jsonl").write_text("another\n")
    assert run(file, f1=0.9, precision=0.95) == 1
    assert run(file, "--raise", f1=0.9, precision=0.95) == 0
    assert run(file, f1=0.9, precision=0.95) == 0


def test_absent_corpora_are_left_out(file: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "shared/corpora/texts.jsonl").unlink()
    (corpus / "shared/corpora").rmdir()
    before = file.read_text()
    assert run(file, "--raise", f1=0.1) == 0
    assert "dates: left out, for $shared/corpora is not here" in capsys.readouterr().out
    assert file.read_text() == before


def test_the_shared_corpora_may_lie_elsewhere(file: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus / "shared").rename(corpus / "elsewhere")
    monkeypatch.setenv("CLAIMHOUSE_SHARED", str(corpus / "elsewhere"))
    assert run(file, f1=0.79, precision=0.9) == 1
    assert run(file, f1=0.8, precision=0.9) == 0


def test_a_module_without_a_section_fails(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(["--floors", str(file)], {"figures": dict}) == 1
    assert "figures: no section" in capsys.readouterr().out


def test_floors_rise_to_a_little_under_what_is_reached_and_never_fall(file: Path) -> None:
    assert run(file, "--raise", f1=0.85, precision=0.9001, recall=0.5, case_count=7) == 0
    assert gate.read(file).sections["dates"].floors == {"f1": 0.848, "precision": 0.9, "recall": 0.498}


def test_raising_does_not_hide_a_fall(file: Path) -> None:
    assert run(file, "--raise", f1=0.7, precision=0.99) == 1
    assert gate.read(file).sections["dates"].floors == {"f1": 0.8, "precision": 0.988}


def test_lowering_keeps_the_reason(file: Path) -> None:
    assert run(file, "--lower", "dates.f1=0.75", "--reason", "six labels were wrong") == 0
    floors = gate.read(file)
    assert floors.sections["dates"].floors["f1"] == 0.75
    [one] = floors.lowered
    assert (one.figure, one.before, one.after, one.reason) == ("dates.f1", 0.8, 0.75, "six labels were wrong")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lower", "dates.f1=0.75"],
        ["--lower", "dates.f1=0.75", "--reason", " "],
        ["--lower", "dates.f1=0.85", "--reason", "it is not lower"],
        ["--lower", "dates.recall=0.1", "--reason", "there is no such floor"],
        ["--lower", "dates.f1=low", "--reason", "it is no number"],
        ["figures"],
    ],
)
def test_what_cannot_be_done_changes_nothing(file: Path, arguments: list[str]) -> None:
    before = file.read_text()
    with pytest.raises(SystemExit) as stopped:
        run(file, *arguments)
    assert stopped.value.code == 2
    assert file.read_text() == before


def test_the_digest_is_of_names_and_bytes(corpus: Path) -> None:
    first = gate.digest_of(["cases"])
    assert gate.digest_of(["cases"]) == first
    (corpus / "repository/cases/texts.jsonl").rename(corpus / "repository/cases/other.jsonl")
    assert gate.digest_of(["cases"]) != first


def test_a_star_takes_the_files_of_one_kind(corpus: Path) -> None:
    assert gate.absent(["cases/text*.jsonl"]) == []
    assert gate.absent(["cases/dates_*.jsonl", "$shared/corpora", "nowhere"]) == ["cases/dates_*.jsonl", "nowhere"]
    before = gate.digest_of(["cases/text*.jsonl"])
    (corpus / "repository/cases/figures.jsonl").write_text("x")
    assert gate.digest_of(["cases/text*.jsonl"]) == before


def test_every_module_that_measures_has_a_section() -> None:
    assert set(gate.modules()) <= set(gate.read().sections)
