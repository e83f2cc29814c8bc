"""What this machine must have for Spark, said plainly; neither Java nor Spark need be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimhouse.spark.session import java_version, what_is_missing


@pytest.mark.parametrize(
    ("said", "version", "missing"),
    [
        ('openjdk version "17.0.16" 2025-07-15', 17, None),
        ('openjdk version "21" 2023-09-19', 21, None),
        ('java version "1.8.0_402"', 8, "the Java that was found is 8"),
        ("a program of another kind", None, "no Java was found"),
        (None, None, "no Java was found"),
    ],
)
def test_java_is_asked_for_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, version: int | None, missing: str | None
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if said is not None:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    assert java_version() == version
    found = what_is_missing()
    if missing is None:
        assert found is None
    else:
        assert found is not None
        assert "Spark needs Java 17 or newer, and " + missing in found
        assert "openjdk-17-jre-headless" in found
