"""A warehouse in a folder of its own, refreshed as a user would, with time and memory taken.

Belongs here: running ``claimhouse refresh`` on generated articles, and watching it. Does not
belong here: what is printed of it.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import Article
from ingest.settings import settings

_CLAIMHOUSE = [sys.executable, "-c", "from claimhouse.cli import main; main()"]
_PROC = Path("/proc")
_SOURCES = """\
sources:
  - {name: generated, kind: folder}
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One refresh: how long it took, and how much memory its processes held at the worst moment.

    ``peak_mb`` is of all processes together, shared pages counted once; ``largest_mb`` is of the
    largest one, which ``largest`` names. Both are 0 where the system does not tell.
    """

    seconds: float
    peak_mb: float
    largest_mb: float
    largest: str
    output: str


class House:
    """A data folder with an inbox, apart from the project's own."""

    def __init__(self, folder: Path, entries: str = _SOURCES) -> None:
        self.folder = folder
        self.inbox = folder / "data" / "inbox"
        self.inbox.mkdir(parents=True)
        sources = folder / "sources.yml"
        sources.write_text(entries, encoding="utf-8")
        self._environment = {
            **os.environ,
            "CLAIMHOUSE_DATA_DIR": str(folder / "data"),
            "CLAIMHOUSE_INBOX": str(self.inbox),
            "CLAIMHOUSE_SOURCES_FILE": str(sources),
            "CLAIMHOUSE_GAZETTEER": str(settings().gazetteer_dir),
            "DAGSTER_HOME": str(folder / "dagster"),
        }

    def drop(self, name: str, articles: Iterable[Article]) -> None:
        """Put a file of articles into the inbox."""
        with (self.inbox / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(a.as_document()) + "\n" for a in articles)

    def refresh(self) -> Run:
        """Refresh, and wait for it.

        Raises:
            RuntimeError: it failed.
        """
        started = time.perf_counter()
        command = [*_CLAIMHOUSE, "refresh"]
        with subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            watch = Watch(process.pid)
            output, _ = process.communicate()
            watch.stop()
        if process.returncode:
            raise RuntimeError(f"the refresh failed:\n{output}")
        return Run(time.perf_counter() - started, watch.peak / 1024, watch.largest / 1024, watch.largest_name, output)

    def query(self, sql: str) -> str:
        """The answer of the published warehouse, as CSV without a header's line."""
        command = [*_CLAIMHOUSE, "query", sql, "--format", "csv"]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True)
        return done.stdout.strip().splitlines()[-1]


class Watch:
    """Looks at a process and its descendants a few times a second, from its making to ``stop``; sizes in KB.

    CPU is that of each process as it was last seen: a process of Spark may end without any other waiting for it, and
    what the system then counts to its parent is not all, or is counted when the next thing is measured.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.peak = self.largest = 0
        self.largest_name = ""
        self._used: dict[tuple[int, int], int] = {}
        self._before: dict[tuple[int, int], int] = {}
        self._look_at_cpu(family(pid))
        self._before = dict(self._used)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()
        self._look_at_cpu(family(self._pid))

    @property
    def cpu_seconds(self) -> float:
        """CPU, of user and system, that all of them used since the watch began; up to 0.2 s of each is not seen."""
        ticks = sum(used - self._before.get(process, 0) for process, used in self._used.items())
        return ticks / os.sysconf("SC_CLK_TCK")

    def _look_at_cpu(self, pids: list[int]) -> None:
        for pid in pids:
            try:
                fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            # a number may be given to another process, which began at another time
            self._used[pid, int(fields[19])] = int(fields[11]) + int(fields[12])

    def _look(self) -> None:
        for look in itertools.count():
            if self._done.wait(0.2):
                return
            pids = family(self._pid)
            self._look_at_cpu(pids)
            # the sums of a large process take the system a while
            if look % 5:
                continue
            sizes = {pid: _size(pid) for pid in pids}
            self.peak = max(self.peak, sum(sizes.values()))
            pid, largest = max(sizes.items(), key=lambda item: item[1])
            if largest > self.largest:
                self.largest, self.largest_name = largest, _name(pid)


def family(pid: int) -> list[int]:
    """A process and all its descendants that are there now; none but itself where the system does not tell."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def _name(pid: int) -> str:
    """What a process does, by its command line."""
    try:
        command = (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return "gone"
    return "worker" if "multiprocessing" in command else "refresh"


def _size(pid: int) -> int:
    """Memory of a process in KB, its part of shared pages only; 0 where it is gone."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
