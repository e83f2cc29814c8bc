"""The published file: replaced in one step, read-only, and known again."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from claimhouse.published import PublishedFile
from claimhouse.warehouse import ask, connect

COUNT = "select count(*) from facts"


def candidate(folder: Path, rows: int) -> Path:
    path = folder / "candidate.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table facts as select * from range({rows})")
    return path


@pytest.fixture
def file(tmp_path: Path) -> PublishedFile:
    file = PublishedFile(tmp_path / "claimhouse.duckdb")
    file.replace_with(candidate(tmp_path, 10))
    return file


def leave_wal(path: Path) -> None:
    """What a client leaves that changes the file and is killed: its changes, beside it."""
    path.chmod(0o644)
    script = (
        "import duckdb, os, sys\n"
        "c = duckdb.connect(sys.argv[1])\n"
        "c.execute(\"set checkpoint_threshold = '1TB'\")\n"
        "c.execute('delete from facts where range >= 4')\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9


def test_nobody_may_write_to_it(file: PublishedFile) -> None:
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o444
    if os.geteuid():  # the system lets root write anywhere
        with pytest.raises(PermissionError):
            file.path.open("r+b")


def test_changes_left_beside_it_do_not_come_into_the_next_one(file: PublishedFile, tmp_path: Path) -> None:
    leave_wal(file.path)
    assert file.wal_path.exists()
    with duckdb.connect(str(file.path), read_only=True) as connection:
        assert connection.execute(COUNT).fetchall() == [(4,)], "DuckDB takes in what lies beside the file"
    file.replace_with(candidate(tmp_path, 20))
    assert not file.wal_path.exists()
    with duckdb.connect(str(file.path), read_only=True) as connection:
        assert connection.execute(COUNT).fetchall() == [(20,)]


def test_readers_see_what_was_published_whatever_lies_beside_it(file: PublishedFile) -> None:
    leave_wal(file.path)
    assert ask(file.path, COUNT).rows == [(10,)]
    assert file.wal_path.exists()
    assert file.remove_wal()
    assert not file.remove_wal()
    assert ask(file.path, COUNT).rows == [(10,)]


def test_a_changed_file_is_known(file: PublishedFile, tmp_path: Path) -> None:
    assert file.is_unchanged()
    assert file.copy_to(tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == file.path.read_bytes()
    file.path.chmod(0o644)
    with duckdb.connect(str(file.path)) as connection:
        connection.execute("update facts set range = 99 where range = 3")
    assert not file.is_unchanged()
    assert not file.copy_to(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_change_that_hides_its_time_is_seen_before_it_is_built_on(file: PublishedFile, tmp_path: Path) -> None:
    before = file.path.stat()
    file.path.chmod(0o644)
    with file.path.open("r+b") as raw:
        raw.seek(-1, os.SEEK_END)
        raw.write(b"\x7f")
    os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not file.copy_to(tmp_path / "copy")


def test_a_copy_put_back_is_the_published_file(file: PublishedFile) -> None:
    data = file.path.read_bytes()
    file.path.unlink()
    assert not file.is_unchanged()
    file.path.write_bytes(data)
    assert file.is_unchanged()


def test_a_crash_before_the_rename_leaves_a_file_that_is_known(
    file: PublishedFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    new = candidate(tmp_path, 20)
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, to: crash(self, to) if self == new else replace(self, to))
    with pytest.raises(KeyboardInterrupt):
        file.replace_with(new)
    assert file.is_unchanged()
    monkeypatch.undo()
    file.replace_with(new)
    assert file.is_unchanged()
    assert ask(file.path, COUNT).rows == [(20,)]


def test_what_a_killed_reader_left_is_removed_and_what_one_holds_is_not(file: PublishedFile, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom claimhouse.warehouse import connect\n"
        "with connect(Path(sys.argv[1]), apart=True):\n    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(file.path)]
    killed, alive = (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    )
    for reader in (killed, alive):
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
    killed.kill()
    killed.communicate()
    assert len(list(tmp_path.glob(".reading-*"))) == 2
    with connect(file.path, apart=True):
        # a moment ago: this may be a reader that is about to open it
        assert len(list(tmp_path.glob(".reading-*"))) == 3
    long_ago = time.time() - 3_600
    for left in tmp_path.glob(".reading-*"):
        os.utime(left, (long_ago, long_ago))
    with connect(file.path, apart=True):
        assert len(list(tmp_path.glob(".reading-*"))) == 2, "that of the reader that lives, and this one"
    alive.communicate("")
    assert alive.returncode == 0
    assert list(tmp_path.glob(".reading-*")) == []
    assert file.path.stat().st_nlink == 1
