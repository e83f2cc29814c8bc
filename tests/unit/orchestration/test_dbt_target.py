"""What dbt has parsed is a cache: damaged, it is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimhouse.published import digest_of
from orchestration.dbt import is_whole


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
