"""A house in an object store: the promises of the landing hold there too, wherever a push or a pull is killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from object_store import serve_bucket
from test_landing import landed

from ingest.landing import INGEST, Landing
from ingest.settings import Settings
from ingest.store import Store
from ingest.tables import TABLES
from ingest.working_copy import LISTED, HeldError, MovedError, WorkingCopy


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with serve_bucket() as address:
        yield address


@pytest.fixture
def store(bucket: str) -> Store:
    """A folder of its own in the bucket."""
    return Store(bucket.format(uuid4().hex))


class KilledError(Exception):
    """Stands for the end of a process."""


class Failing(Store):
    """A store whose machine dies at the nth file that is written or fetched, of which nothing comes to be."""

    def __init__(self, uri: str, calls: int) -> None:
        super().__init__(uri)
        object.__setattr__(self, "_left", iter(range(calls)))

    def _count(self) -> None:
        if next(self._left, None) is None:  # type: ignore[attr-defined]
            raise KilledError

    def write(self, name: str, data: Any) -> None:
        self._count()
        super().write(name, data)

    def fetch(self, name: str, target: Path) -> None:
        self._count()
        super().fetch(name, target)


def begin(folder: Path, name: str) -> Any:
    """A committed load of one article, and its document in the archive."""
    landing = Landing(folder / "landing")
    landing.archive(name.encode())
    return landed(landing, (name, f"The mayor of Izium spoke of {name}."))


def contents(folder: Path) -> dict[str, list[Any]]:
    """All rows of the committed loads by table, each load found as its manifest says."""
    landing = Landing(folder / "landing")
    for load in landing.committed():
        assert load.manifest()["tables"] == {name: load.held(table) for name, table in TABLES.items()}
    return {
        name: [row for load in landing.committed() for row in load.read(table).to_pylist()]
        for name, table in TABLES.items()
    }


def test_another_machine_finds_the_house(tmp_path: Path, store: Store) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    begin(here, "bridge")
    (here / "claimhouse.duckdb").write_bytes(b"published")
    (here / "relation_reviews.csv").write_text("review_id\n")
    assert WorkingCopy(store, here).push()
    assert not WorkingCopy(store, here).push(), "nothing has changed"
    WorkingCopy(store, there).pull()
    assert contents(there) == contents(here)
    assert (there / "claimhouse.duckdb").read_bytes() == b"published"
    assert not os.access(there / "claimhouse.duckdb", os.W_OK) or os.geteuid() == 0
    assert (there / "claimhouse.duckdb").stat().st_mode & 0o222 == 0
    # what was archived is in the store, and told by its address there
    archived = Landing(there / "landing").archive_path(Landing(here / "landing").archive(b"bridge"))
    assert WorkingCopy(store, there).address(archived).startswith("s3://news/")
    assert store.has(archived.relative_to(there).as_posix())
    begin(there, "depot")
    assert WorkingCopy(store, there).push()
    WorkingCopy(store, here).pull()
    assert contents(here) == contents(there)
    assert len(Landing(here / "landing").committed()) == 2


def test_a_push_that_is_killed_leaves_the_house_as_it_was(tmp_path: Path, store: Store) -> None:
    here = tmp_path / "here"
    begin(here, "bridge")
    WorkingCopy(store, here).push()
    before = contents(here)
    begin(here, "depot")
    (here / "landing" / "schema.json").write_text('{"version": 2}')
    after, listed = contents(here), store.read_json(LISTED)
    for calls in count():
        try:
            WorkingCopy(Failing(store.uri, calls), here).push()
            break
        except KilledError:
            assert store.read_json(LISTED) == listed
            if calls % 6 == 0:
                WorkingCopy(store, tmp_path / f"fresh-{calls}").pull()
                assert contents(tmp_path / f"fresh-{calls}") == before
    assert calls > len(TABLES)
    WorkingCopy(store, tmp_path / "fresh").pull()
    assert contents(tmp_path / "fresh") == after


def test_a_pull_that_is_killed_is_done_by_the_next(tmp_path: Path, store: Store) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    begin(here, "bridge")
    WorkingCopy(store, here).push()
    for calls in count():
        try:
            WorkingCopy(Failing(store.uri, calls), there).pull()
            break
        except KilledError:
            assert Landing(there / "landing").committed() == []
    assert contents(there) == contents(here)


def test_what_a_killed_run_did_is_kept_where_nobody_came_between(tmp_path: Path, store: Store) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    begin(here, "bridge")
    WorkingCopy(store, here).push()
    WorkingCopy(store, there).pull()
    # a run was killed here before it pushed
    begin(here, "depot")
    Landing(here / "landing").begin(INGEST)
    WorkingCopy(store, here).pull()
    assert len(Landing(here / "landing").all_loads()) == 3
    # and meanwhile another machine has read the same document
    begin(there, "depot")
    WorkingCopy(store, there).push()
    with pytest.raises(MovedError, match="changed by somebody else"):
        WorkingCopy(store, here).push()
    WorkingCopy(store, here).pull()
    assert contents(here) == contents(there)
    assert len(Landing(here / "landing").all_loads()) == 2


def test_an_open_load_is_gone_on_with_elsewhere(tmp_path: Path, store: Store) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    load = Landing(here / "landing").begin(INGEST)
    load.write_documents(0, [], [])
    WorkingCopy(store, here).push()
    WorkingCopy(store, there).pull()
    (found,) = Landing(there / "landing").unfinished()
    assert (found.load_id, found.shard_count) == (load.load_id, 1)
    Landing(there / "landing").drop(found.load_id)
    WorkingCopy(store, there).push()
    WorkingCopy(store, here).pull()
    assert Landing(here / "landing").all_loads() == []


def test_a_key_that_is_listed_is_never_written_again(tmp_path: Path, store: Store) -> None:
    here, published = tmp_path / "here", tmp_path / "here" / "claimhouse.duckdb"
    begin(here, "bridge")
    keys = []
    for number in range(3):
        published.unlink(missing_ok=True)
        published.write_bytes(f"number {number}".encode())
        os.utime(published, ns=(number, number))
        WorkingCopy(store, here).push()
        keys.append(store.read_json(LISTED)["files"]["claimhouse.duckdb"])
    assert len(set(keys)) == 3
    # who read the list before the last one still finds what it names
    assert [store.has(key) for key in keys] == [False, True, True]


def test_one_machine_at_a_time(tmp_path: Path, store: Store) -> None:
    copy = WorkingCopy(store, tmp_path)
    with copy.held(), pytest.raises(HeldError, match="If that one is dead, remove held/"), copy.held():
        pass
    with copy.held():
        pass
    # of a process of this machine that is gone
    name = f"held/{os.uname().nodename}-999999999-ab.json"
    store.write_json(name, {})
    with copy.held():
        assert not store.has(name)
    assert store.names("held") == []


def test_a_folder_with_a_house_of_its_own_is_left_alone(tmp_path: Path, store: Store) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    begin(here, "bridge")
    WorkingCopy(store, here).push()
    begin(other, "depot")
    before = contents(other)
    with pytest.raises(MovedError, match="a house of its own"):
        WorkingCopy(store, other).pull()
    assert contents(other) == before


def test_an_address_as_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMHOUSE_WORK_DIR", str(tmp_path))
    assert WorkingCopy.of(Settings(data_dir=tmp_path)) is None
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", "s3://news/house")
    found = Settings()
    assert (found.data_dir, found.object_store) == (tmp_path, "s3://news/house")
    assert WorkingCopy.of(found) is not None
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", "ftp://news/house")
    with pytest.raises(ValueError, match="begins with one of s3://"):
        Settings()


def test_a_store_on_a_file_system_shows_whole_files_only(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.write("a/b.txt", b"one")
    (tmp_path / "c.txt").write_bytes(b"two")
    store.write("a/c.txt", tmp_path / "c.txt")
    assert store.names("a") == ["b.txt", "c.txt"]
    store.fetch("a/c.txt", tmp_path / "d.txt")
    assert (tmp_path / "d.txt").read_bytes() == b"two"
    store.remove("a/b.txt")
    store.remove("a/b.txt")
    assert store.names("a") == ["c.txt"]
    shutil.rmtree(tmp_path / "store")
    assert store.read_json(LISTED) is None
