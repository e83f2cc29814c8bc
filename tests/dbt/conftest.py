"""Fixtures of the tests of the models."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt_runs import Dbt


@pytest.fixture(scope="session")
def dbt_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture
def dbt(dbt_work: Path, tmp_path: Path) -> Dbt:
    """A candidate that is not there yet."""
    return Dbt(tmp_path / "candidate.duckdb", dbt_work)
