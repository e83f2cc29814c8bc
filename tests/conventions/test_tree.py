"""Rules of the house that the tree itself can be asked about."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ingest", "orchestration", "claimhouse")
# what each room must not import, and why: see the room's own docstring
FORBIDDEN = {
    "ingest": {"dagster", "dagster_dbt", "dbt", "duckdb", "orchestration", "claimhouse"},
    "claimhouse": {"dbt"},
    "orchestration": set(),
}
LONGEST_MODULE = 500


def _tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).exists()]


def _modules() -> list[Path]:
    return [p for p in _tracked("*.py") if p.relative_to(ROOT).parts[0] in PACKAGES]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_imports_only_what_it_may(package: str) -> None:
    wrong = {
        str(p.relative_to(ROOT)): sorted(bad)
        for p in _modules()
        if p.relative_to(ROOT).parts[0] == package and (bad := _imports(p) & FORBIDDEN[package])
    }
    assert wrong == {}


def test_every_module_says_what_it_is_for() -> None:
    without = [
        str(p.relative_to(ROOT)) for p in _modules() if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert without == []


def test_what_a_program_of_the_tests_imports_lies_beside_it() -> None:
    """The tests have the folders of each other in their path; a program that is called by hand has its own."""
    there = {p.stem: p for p in _tracked("tests/*.py") if not p.name.startswith("test_")}
    programs = [p for p in there.values() if '__name__ == "__main__"' in p.read_text(encoding="utf-8")]
    elsewhere = {
        p.name: sorted(module.stem for module in _reached(p, there) if module.parent != p.parent) for p in programs
    }
    assert {"stored_house.py", "cookbook.py"} <= set(elsewhere)
    assert {name: modules for name, modules in elsewhere.items() if modules} == {}


def _reached(path: Path, there: dict[str, Path]) -> set[Path]:
    """The modules of the tests that one of them imports, and those import."""
    found, open_ones = set[Path](), [path]
    while open_ones:
        new = {there[name] for name in _imports(open_ones.pop()) if name in there} - found
        found |= new
        open_ones += new
    return found


def test_no_module_is_too_long() -> None:
    lines = {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in _tracked("*.py", "*.sql")
    }
    assert {name: n for name, n in lines.items() if n > LONGEST_MODULE} == {}


def test_no_private_part_of_dagster_is_imported() -> None:
    private = re.compile(r"(from|import) dagster\w*\._")
    # Dagster's guide to event logs names a module of dagster._core too: there is no other way to one's own
    allowed = ["event_log.py"]
    assert [p.name for p in _modules() if private.search(p.read_text(encoding="utf-8"))] == allowed


def test_no_file_names_a_package_host() -> None:
    hosts = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "test" + r"\.pypi"]))
    named = []
    for path in _tracked():
        if path.suffix not in (".gz", ".zst", ".zip", ".png"):
            text = path.read_text(encoding="utf-8", errors="ignore")
            named += [str(path.relative_to(ROOT))] if hosts.search(text) else []
    assert named == []


def test_what_runs_make_is_not_in_git() -> None:
    kept = [str(p.relative_to(ROOT)) for p in _tracked("*.duckdb", "*.parquet", "uv.lock", "data/*", ".dagster/*")]
    assert kept == []


# the extras that are in no other lock, and in none but theirs
OWN_LOCKS = {"spark": "requirements-spark.lock"}


def _wanted(lock: str) -> list[str]:
    """The distributions that a lock must pin: those that ``pyproject.toml`` names for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    mine = [w for extra, wanted in extras.items() if OWN_LOCKS.get(extra, "requirements.lock") == lock for w in wanted]
    dev = project["dependency-groups"]["dev"] if lock == "requirements.lock" else extras["refresh"]
    wanted = [w for w in (*project["project"]["dependencies"], *mine, *dev) if not w.startswith("claimhouse[")]
    return [re.match(r"[A-Za-z0-9._-]+", w).group().lower().replace("_", "-") for w in wanted]


def _pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    return {name.replace("_", "-"): version for name, version in found}


@pytest.mark.parametrize("name", ["requirements.lock", *OWN_LOCKS.values()])
def test_lock_pins_every_direct_dependency_by_hash(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert set(_wanted(name)) - set(_pins(name)) == set()
    assert not re.search(r"https?://", lock)
    pins, hashes = re.findall(r"^[a-z0-9].*==", lock, re.M), re.findall(r"--hash=sha256:", lock)
    assert len(hashes) >= len(pins)


def test_locks_agree_and_spark_is_in_its_own_only() -> None:
    pins, spark = _pins("requirements.lock"), _pins("requirements-spark.lock")
    assert {name for name in pins.keys() & spark.keys() if pins[name] != spark[name]} == set()
    assert {"pyspark", "dbt-spark"} & pins.keys() == set()
    assert spark.keys() - pins.keys() <= {"pyspark", "py4j", "dbt-spark", "sqlparams", "setuptools"}


def test_makefile_explains_each_target_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.M))
    named = re.findall(r"(?:^|`)make ([a-z]+)", readme, re.M)
    assert set(named) <= explained
