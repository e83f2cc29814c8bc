"""A house in an object store whose refreshes are killed, on machines that may be lost with their folders.

Called as a program it kills refreshes before each file that they write to the store, once with the machine lost each
time and once with it kept: ``python tests/integration/stored_house.py [lost] [kept]``.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from house import House
from invented import ARTICLES
from object_store import CREDENTIALS, serve_bucket

from ingest.landing import Landing
from ingest.store import Store
from ingest.tables import ARTICLES as LANDED_ARTICLES
from ingest.tables import TABLES
from ingest.working_copy import LISTED, WorkingCopy

KILLER = Path(__file__).with_name("killer.py")
SHARDS = {"CLAIMHOUSE_SHARD_ARTICLES": "2"}


def fill(house: House) -> None:
    """Lay five articles into the inbox of a house."""
    for name, (title, text) in ARTICLES.items():
        house.put(name, text, title)


class StoredHouse:
    """A house in the store, the machine that works on it now, and what the store was seen to hold."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.store = Store(address)
        env = {**SHARDS, **CREDENTIALS, "CLAIMHOUSE_DATA_DIR": address, "CLAIMHOUSE_WORK_DIR": str(root / "data")}
        self.house = House(root, env)
        self.committed: set[str] = set()
        fill(self.house)

    def killed(self, point: str) -> bool:
        """Kill a refresh at a point; False where it ended before it came there."""
        done = self.house.run(point, check=False, script=KILLER)
        if done.returncode == 0:
            return False
        assert done.returncode == -signal.SIGKILL, f"{point}: not killed\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        self.look(point)
        return True

    def lose_the_machine(self) -> None:
        shutil.rmtree(self.root / "data")

    def look(self, point: str) -> None:
        """What the store holds is whole: rows as the manifests say, no article twice, no commit that is gone again."""
        with tempfile.TemporaryDirectory(dir=self.root) as folder:
            listed = WorkingCopy(self.store, Path(folder))
            listed.pull()
            loads = Landing(Path(folder, "landing")).committed()
            for load in loads:
                assert load.manifest()["tables"] == {name: load.held(table) for name, table in TABLES.items()}, point
            titles = [title for load in loads for title in load.read(LANDED_ARTICLES, ["title"])["title"].to_pylist()]
            assert len(titles) == len(set(titles)), f"{point}: an article twice"
            assert self.committed <= {load.load_id for load in loads}, f"{point}: a commit is gone"
            self.committed = {load.load_id for load in loads}

    def finish(self, expected: dict[str, list[str]]) -> None:
        """A refresh that nobody kills comes to the same warehouse, here and on a machine that only looks at it."""
        self.house.refresh()
        self.look("finished")
        assert self.house.contents() == expected
        assert self.house.landing.unfinished() == []
        assert len(self.committed) == 1
        assert self.store.names("held") == []
        self.lose_the_machine()
        WorkingCopy(self.store, self.house.settings.data_dir).pull()
        assert self.house.contents() == expected


def undisturbed(root: Path) -> dict[str, list[str]]:
    """What a house holds after one refresh that nobody kills."""
    house = House(root, SHARDS)
    fill(house)
    house.refresh()
    return house.contents()


def sweep(root: Path, address: str, expected: dict[str, list[str]], *, is_lost: bool) -> int:
    """Kill the refreshes of one house before each file that they write; returns how many were killed.

    Each refresh starts from what the one before it left, and dies a file later. Where it brought the house further
    before it died, what is still to be written is counted from there. So every state that a kill leaves is gone on
    from, and what went wrong anywhere would show at the end.
    """
    stored = StoredHouse(root, address)
    number, killed, held = 1, 0, set[str]()
    while stored.killed(f"write:{number}"):
        killed += 1
        print(f"{root.name}: killed before write {number}, from {len(held)} files on", flush=True)
        before, held = held, _held(stored)
        number = number + 1 if held == before else 1
        if is_lost:
            stored.lose_the_machine()
    stored.finish(expected)
    return killed


def _held(stored: StoredHouse) -> set[str]:
    """The files that the store lists, without results of checks: each run has its own."""
    listed = stored.store.read_json(LISTED) or {"files": {}}
    return {name for name in listed["files"] if not name.startswith("landing/checks/")}


def main(machines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, serve_bucket() as bucket, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        expected = undisturbed(Path(folder, "undisturbed"))
        for name in machines:
            killed = sweep(Path(folder, name), bucket.format(name), expected, is_lost=name == "lost")
            print(f"{killed} refreshes killed, the machine {name} each time: the same warehouse", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["lost", "kept"])
