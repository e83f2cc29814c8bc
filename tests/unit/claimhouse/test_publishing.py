from __future__ import annotations

from pathlib import Path

import pytest

from claimhouse.publishing import Publisher
from ingest.landing import INGEST, Landing
from ingest.settings import Settings


def committed(landing: Landing, facts: int) -> None:
    landing.begin(INGEST).commit({"claims": facts, "figures": 0, "dates": 0, "locations": 0})


@pytest.mark.parametrize(
    ("loads", "memory"),
    [([], "512MB"), ([1_600_000], "512MB"), ([1_600_000, 100_000], "1024MB"), ([10_000_000], "4096MB")],
)
def test_memory_grows_in_steps_with_the_facts(tmp_path: Path, loads: list[int], memory: str) -> None:
    settings = Settings(data_dir=tmp_path)
    for facts in loads:
        committed(Landing(settings.landing_dir), facts)
    assert Publisher(settings).dbt_environment["CLAIMHOUSE_DUCKDB_MEMORY"] == memory


def test_memory_is_what_the_setting_says(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, duckdb_memory="2.5 GB")
    assert Publisher(settings).dbt_environment["CLAIMHOUSE_DUCKDB_MEMORY"] == "2.5 GB"


@pytest.mark.parametrize("wrong", ["2", "lots", "-1GB", "2GB; drop"])
def test_memory_must_be_said_as_duckdb_wants_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="duckdb_memory"):
        Settings(data_dir=tmp_path, duckdb_memory=wrong)
