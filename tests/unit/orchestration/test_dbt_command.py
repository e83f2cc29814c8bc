from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from orchestration.dbt import DBT_EXECUTABLE

ASKED = """
import sys
from orchestration.dbt_command import main
sys.argv[1:] = ["--version"]
main()
assert not {"dbt", "urllib3"} & set(sys.modules)
"""


def test_the_version_is_told_without_dbt_or_network() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert version("dbt-core") in done.stdout


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["no-such-thing"], 2)])
def test_anything_else_is_dbts(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = subprocess.run([DBT_EXECUTABLE, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "dbt" in done.stdout + done.stderr
