"""What dbt has compiled is a cache: damaged, it is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimhouse.published import digest_of
from orchestration.dbt import is_whole


@pytest.fixture
def target(tmp_path: Path) -> tuple[Path, ...]:
    stamp, manifest, parsed = (tmp_path / name for name in ("refresh.digest", "manifest.json", "partial_parse.msgpack"))
    manifest.write_text('{"nodes": {}}', encoding="utf-8")
    parsed.write_bytes(b"\x80")
    stamp.write_text(f"models {digest_of(manifest)} {digest_of(parsed)}", encoding="utf-8")
    return stamp, manifest, parsed


def is_used(target: tuple[Path, ...], digest: str) -> bool:
    return is_whole(target[0], target[1:], digest)


def test_what_dbt_wrote_is_used_again(target: tuple[Path, ...]) -> None:
    assert is_used(target, "models")
    assert not is_used(target, "other models")


@pytest.mark.parametrize("damage", [b"", b'{"nodes": {', b"\xff\x00", b'{"nodes": {"x": 1}}'])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_damaged_it_is_not(target: tuple[Path, ...], which: int, damage: bytes) -> None:
    target[which].write_bytes(damage)
    assert not is_used(target, "models")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_missing_it_is_not(target: tuple[Path, ...], which: int) -> None:
    target[which].unlink()
    assert not is_used(target, "models")
