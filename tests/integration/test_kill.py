"""Promise 3: kill it anywhere, run again: the same warehouse as if never killed. Ask it to stop, and it says so."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House
from killer import POINTS
from object_store import serve_bucket
from stored_house import KILLER, SHARDS, StoredHouse, fill
from stored_house import undisturbed as left_alone

INTERRUPTER = Path(__file__).with_name("interrupter.py")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return left_alone(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.timeout(600)
def test_killed_at_every_point_it_gives_the_same_warehouse(tmp_path: Path, undisturbed: dict[str, list[str]]) -> None:
    house = House(tmp_path, SHARDS)
    fill(house)
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


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with serve_bucket() as address:
        yield address


def test_killed_on_machines_that_are_lost_a_house_in_a_store_gives_the_same_warehouse(
    tmp_path: Path, undisturbed: dict[str, list[str]], bucket: str
) -> None:
    stored = StoredHouse(tmp_path, bucket.format("house"))
    assert stored.killed("listed:2")  # what was read is in the store, and a shard of its facts
    stored.lose_the_machine()
    assert stored.killed("fetch:5")
    assert stored.killed("committed")  # and not pushed
    stored.lose_the_machine()
    assert stored.committed == set()
    assert stored.killed("published")  # and not pushed
    assert len(stored.committed) == 1
    stored.finish(undisturbed)
