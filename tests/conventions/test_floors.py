"""Rooms stand on floors, and imports go down only; no modules import each other in a circle.

An import inside a function, or for type checking alone, counts as any other: a circle that is hidden
is one all the same.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ingest", "claimhouse", "orchestration")
# from the ground up; rooms on one floor do not know each other
FLOORS = (
    ("ingest.home", "ingest.yaml_files", "ingest.garbage", "ingest.late", "ingest.values", "ingest.once"),
    ("ingest.records", "ingest.settings", "ingest.processes", "ingest.language", "ingest.files"),
    ("ingest.tables", "ingest.store"),
    ("ingest.identity", "ingest.aside", "ingest.known", "ingest.working_copy"),
    ("ingest.documents", "ingest.landing", "ingest.manifest"),
    ("ingest.articles", "ingest.extract", "ingest.migration"),
    ("ingest.extract.events.model",),
    ("ingest.extract.events.lexicon", "ingest.extract.events.likelihood"),
    ("ingest.extract.events.entities", "ingest.extract.events.grammar"),
    (
        "ingest.extract.events.frames",
        "ingest.extract.events.arguments",
        "ingest.extract.events.places",
        "ingest.extract.events.assertion",
        "ingest.extract.events.counts",
    ),
    ("ingest.extract.events.coreference",),
    ("ingest.extract.events.extractor",),
    ("ingest.extract.events",),
    ("ingest.sources", "ingest.authority"),
    ("ingest.resolve",),
    ("ingest.resolve.accounts",),
    ("ingest.resolve.joining",),
    ("ingest.resolve.relations",),
    ("ingest.resolve.outcome",),
    ("ingest.resolve.steps",),
    ("ingest.quality",),
    ("ingest.intake",),
    ("ingest.loads",),
    ("claimhouse.dbt_readers",),
    ("claimhouse.warehouse", "claimhouse.evidence", "claimhouse.dbt_schema", "claimhouse.desk", "claimhouse.extras"),
    (
        "claimhouse.published",
        "claimhouse.reconcile",
        "claimhouse.reviews",
        "claimhouse.data_tests",
        "claimhouse.lookups",
        "claimhouse.bounded",
    ),
    ("claimhouse.search",),
    ("claimhouse.publishing",),
    ("claimhouse.spark",),
    ("claimhouse.building", "claimhouse.reporting"),
    ("claimhouse.questions", "claimhouse.reviewing", "claimhouse.watchlist"),
    ("claimhouse.changes", "claimhouse.watching"),
    ("claimhouse.selections",),
    ("claimhouse.python", "claimhouse.publications", "claimhouse.loopback"),
    ("claimhouse.briefing",),
    ("claimhouse.serve", "claimhouse.mcp"),
    ("orchestration",),
    ("claimhouse.cli",),
)


def modules() -> dict[str, Path]:
    """Every module of the packages by its dotted name; a package stands for its ``__init__``."""
    found = {}
    for path in sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of the packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # "from package import module" names a module, "from module import name" does not
            found |= {
                f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in known else node.module for a in node.names
            }
    return found & set(known)


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: imports(path, known) - {name} for name, path in known.items()}


def room(module: str) -> str:
    """The room that a module is in: the longest name of ``FLOORS`` that it begins with."""
    rooms = [r for floor in FLOORS for r in floor if module == r or module.startswith(f"{r}.")]
    return max(rooms, key=len, default="")


def test_every_module_is_in_a_room(graph: dict[str, set[str]]) -> None:
    assert [m for m in graph if not room(m) and m not in PACKAGES] == []


def test_every_room_is_there(graph: dict[str, set[str]]) -> None:
    assert [r for floor in FLOORS for r in floor if r not in graph] == []


def test_imports_go_down(graph: dict[str, set[str]]) -> None:
    level = {r: number for number, floor in enumerate(FLOORS) for r in floor}
    wrong = [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in sorted(others)
        if room(module) and room(other) and room(module) != room(other) and level[room(module)] <= level[room(other)]
    ]
    assert wrong == []


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Modules that can be reached from themselves, those of one circle together."""
    reached: dict[str, set[str]] = {}
    for module in graph:
        seen, todo = set[str](), [module]
        while todo:
            for other in graph[todo.pop()] - seen:
                seen.add(other)
                todo.append(other)
        reached[module] = seen
    found = {tuple(sorted(o for o in reached[m] if m in reached[o])) for m in graph if m in reached[m]}
    return [list(circle) for circle in sorted(found)]


def test_no_modules_import_each_other_in_a_circle(graph: dict[str, set[str]]) -> None:
    assert circles(graph) == []


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [["a", "b", "c"]]
