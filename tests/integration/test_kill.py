"""Promise 3: kill it anywhere, run again: the same warehouse as if never killed. Ask it to stop, and it says so."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from house import House
from invented import ARTICLES
from killer import POINTS

KILLER = Path(__file__).with_name("killer.py")
INTERRUPTER = Path(__file__).with_name("interrupter.py")


def _fill(house: House) -> None:
    for name, (title, text) in ARTICLES.items():
        house.put(name, text, title)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    house = House(tmp_path_factory.mktemp("undisturbed"), {"CLAIMHOUSE_SHARD_ARTICLES": "2"})
    _fill(house)
    house.refresh()
    return house.contents()


@pytest.mark.timeout(600)
def test_killed_at_every_point_it_gives_the_same_warehouse(tmp_path: Path, undisturbed: dict[str, list[str]]) -> None:
    house = House(tmp_path, {"CLAIMHOUSE_SHARD_ARTICLES": "2"})
    _fill(house)
    for point in POINTS:
        done = house.run(point, check=False, script=KILLER)
        assert done.returncode == -signal.SIGKILL, f"{point}: not killed\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        if point != "after_rename":
            assert not house.warehouse.exists(), f"{point}: something was published"
        if point == "documents_written":
            _stop(house)
    house.refresh()
    assert house.contents() == undisturbed
    assert [load for load in house.landing.loads() if not load.is_committed] == []
    assert not list((tmp_path / "data").rglob(".tmp-*.parquet"))


def _stop(house: House) -> None:
    """Interrupt a refresh while it finds facts, by each signal: it ends as shells expect, and says what is kept."""
    for name in ("SIGINT", "SIGTERM"):
        done = house.run(name, check=False, script=INTERRUPTER)
        assert done.returncode == 128 + signal.Signals[name], done.stderr[-2000:]
        (load,) = house.landing.unfinished()
        (said,) = [line for line in done.stderr.splitlines() if line.startswith("claimhouse: ")]
        assert said.startswith("claimhouse: interrupted; the published warehouse is as it was before")
        assert f"What was read is kept in load {load.load_id}, and the next refresh goes on with it" in said
        assert "Traceback" not in done.stderr
        assert not house.warehouse.exists()
