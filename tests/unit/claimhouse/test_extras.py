"""The bare distribution: what it does, and what it says where an extra is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import duckdb
import pytest
from packaging.requirements import Requirement

from claimhouse.extras import missing

# runs the command line as if the named modules were not installed
BARE = """
import json, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
absent = set(json.loads(sys.argv.pop(1)))
sys.meta_path.insert(0, Absent())
from claimhouse.cli import main
main()
"""


def closure(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The distributions that one needs, with what they need in turn."""
    found, todo = set[tuple[str, frozenset[str]]](), [(name, extras)]
    while todo:
        one = todo.pop()
        if one in found:
            continue
        found.add(one)
        try:
            lines = requires(one[0]) or []
        except PackageNotFoundError:
            continue  # of an extra that is not installed here
        for line in lines:
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in ("", *one[1])):
                todo.append((wanted.name.lower().replace("_", "-"), frozenset(wanted.extras)))
    return {name for name, _ in found}


@pytest.fixture(scope="module")
def absent() -> list[str]:
    """Modules that the extras bring and the bare distribution does not."""
    bare = closure("claimhouse")
    brought = closure("claimhouse", frozenset(["all", "spark"])) - bare
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if (names := {o.lower().replace("_", "-") for o in owners}) and names <= brought
    )


def run(absent: list[str], folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BARE, json.dumps(absent), *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def desk(tmp_path: Path, absent: list[str]) -> Path:
    assert {"dagster", "dbt", "great_expectations", "trafilatura", "mcp", "starlette"} <= set(absent)
    assert not {"spacy", "pyarrow", "duckdb", "tantivy", "numpy"} & set(absent)
    assert run(absent, tmp_path, "init", "desk").returncode == 0
    return tmp_path / "desk"


def test_bare_extracts_and_queries(absent: list[str], desk: Path) -> None:
    with duckdb.connect(desk / "data" / "claimhouse.duckdb") as connection:
        connection.execute("create table notes as select 'seen' as note")
    done = run(absent, desk, "query", "from notes")
    assert "seen" in done.stdout, done.stderr
    line = json.dumps({"doc_id": "a", "text": "The mayor of Izium said two bridges were gone.", "dct": "2025-11-27"})
    done = run(absent, desk, "extract", "--kinds", "claims,figures,dates", given=line)
    found = json.loads(done.stdout)
    assert (len(found["claims"]), len(found["figures"])) == (1, 1), done.stderr


@pytest.mark.parametrize(("command", "extra"), [("refresh", "refresh"), ("ui", "ui")])
def test_a_command_that_needs_more_says_which_extra_in_one_line(
    absent: list[str], desk: Path, command: str, extra: str
) -> None:
    done = run(absent, desk, command)
    assert done.returncode == 1
    assert re.fullmatch(r"claimhouse: \S+ is not installed.*\n", done.stderr), done.stderr
    assert f"claimhouse[{extra}]" in done.stderr


def test_the_narrowest_extra_is_named() -> None:
    given = ["mcp>=2; extra == 'all'", "mcp>=2; extra == 'mcp'", "dbt-core<2; extra == 'refresh'", "spacy>=3"]
    given.append("pyspark>=4; extra == 'spark'")
    assert "claimhouse[mcp]" in str(missing("mcp.server", given))
    assert "claimhouse[refresh]" in str(missing("dbt.cli.main", given))
    assert "'claimhouse[spark]' brings it" in str(missing("pyspark.sql", given))
    assert "claimhouse[all]" not in str(missing("pyspark.sql", given))
    assert missing("spacy", given) is None
    assert missing("no_such_thing", given) is None
