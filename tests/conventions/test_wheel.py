"""What the wheel carries: all that an installed program needs, and nothing that a run has made."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ingest.extract.parser.build import library_path
from ingest.home import STARTER_FILES

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "claimhouse/shipped/"


def _tracked(*patterns: str) -> set[str]:
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return {line for line in done.stdout.splitlines() if (ROOT / line).exists()}


def _build(folder: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def pure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(tmp_path_factory.mktemp("pure"), CLAIMHOUSE_PURE_WHEEL="1")


@pytest.fixture(scope="module")
def names(pure: Path) -> set[str]:
    with zipfile.ZipFile(pure) as archive:
        return set(archive.namelist())


def test_every_file_of_the_packages_is_in_it(names: set[str]) -> None:
    assert _tracked("ingest", "claimhouse", "orchestration") - names == set()


def test_dbt_project_samples_and_starters_are_in_it(names: set[str]) -> None:
    wanted = {
        name for name in _tracked("dbt_project", "samples", "workspace.yaml") if not Path(name).name.startswith(".")
    }
    assert {SHIPPED + name for name in wanted | set(STARTER_FILES)} - names == set()


def test_every_starter_of_the_root_is_one(names: set[str]) -> None:
    at_root = {name for name in _tracked("*.yml") if "/" not in name and not name.startswith((".", "compose"))}
    assert at_root == set(STARTER_FILES)


def test_nothing_else_is_in_it(names: set[str]) -> None:
    known = _tracked() | {SHIPPED + name for name in _tracked()}
    assert {n for n in names - known if ".dist-info/" not in n} == set()


def test_without_a_library_it_runs_anywhere(pure: Path, names: set[str]) -> None:
    assert pure.name.endswith("-py3-none-any.whl")
    assert [n for n in names if n.endswith(".so")] == []


def test_with_the_library_it_is_of_this_machine(tmp_path: Path) -> None:
    if not library_path().exists():
        pytest.skip("the parser has not been built here")
    wheel = _build(tmp_path, CLAIMHOUSE_PURE_WHEEL="")
    assert "-py3-none-" in wheel.name
    assert not wheel.name.endswith("-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert f"ingest/extract/parser/built/{library_path().name}" in archive.namelist()
