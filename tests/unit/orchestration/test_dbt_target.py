"""What dbt has parsed is a cache: damaged, it is made anew."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from claimhouse.published import digest_of
from orchestration.dbt import is_whole, remove_old_runs


@pytest.fixture
def target(tmp_path: Path) -> tuple[Path, Path]:
    manifest, stamp = tmp_path / "manifest.json", tmp_path / "manifest.digest"
    manifest.write_text('{"nodes": {}}', encoding="utf-8")
    stamp.write_text(f"models {digest_of(manifest)}", encoding="utf-8")
    return manifest, stamp


def test_what_dbt_wrote_is_used_again(target: tuple[Path, Path]) -> None:
    assert is_whole(*target, "models")
    assert not is_whole(*target, "other models")


@pytest.mark.parametrize("damage", [b"", b'{"nodes": {', b"\xff\x00", b'{"nodes": {"x": 1}}'])
@pytest.mark.parametrize("which", [0, 1])
def test_damaged_it_is_not(target: tuple[Path, Path], which: int, damage: bytes) -> None:
    target[which].write_bytes(damage)
    assert not is_whole(*target, "models")


@pytest.mark.parametrize("which", [0, 1])
def test_missing_it_is_not(target: tuple[Path, Path], which: int) -> None:
    target[which].unlink()
    assert not is_whole(*target, "models")


def test_old_runs_are_removed_but_for_the_last_and_those_of_the_day(tmp_path: Path) -> None:
    now = time.time()
    for number in range(15):
        folder = tmp_path / f"build_candidate-{number:02}"
        folder.mkdir()
        # two of the last day, the others of the days before
        age = number * 60 if number < 2 else (number + 1) * 86_400
        os.utime(folder, (now - age, now - age))
    (tmp_path / "manifest.json").touch()
    remove_old_runs(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *(f"build_candidate-{number:02}" for number in range(10)),
        "manifest.json",
    ]
    for number in range(15):
        (tmp_path / f"build_candidate-{number + 20}").mkdir()
    remove_old_runs(tmp_path)
    assert len(list(tmp_path.glob("build_candidate-[23]*"))) == 15
