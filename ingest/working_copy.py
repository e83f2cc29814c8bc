"""A house that is kept in an object store, and the folder of this machine that a run works in.

Belongs here: bringing the folder to what the store holds, and the store to what the folder holds. Does not belong
here: what the files say (``ingest.landing``), how a single file is written (``ingest.store``).

Runs work on local files, for DuckDB and a hundred small writes want them. The store holds the house: the landing,
what people keep beside it, and the published file. ``house.json`` there lists the file of each name and the key that
it lies under. A key that is listed is never written again: a file that changes gets a new key, and the list, written
last, makes all changes of a push hold at once. So whoever reads the list finds a state that the house had, wherever a
push was killed. Nothing is renamed.

Three things are not listed. The archive names each file by its own digest and is only added to. What resolving made
and the search index follow from the rest, and are made again.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.files import write_json
from ingest.settings import Settings
from ingest.store import Store

LISTED, HELD = "house.json", "held"
_BEING_PULLED = "being pulled"
_ARCHIVE = "landing/archive"
# below the landing, what follows from the rest; and of the house, what is no part of the landing
_MADE_AGAIN = ("landing/resolved/", f"{_ARCHIVE}/")
_BESIDE = ("relation_reviews.csv", "published.json", "claimhouse.duckdb")
_READ_ONLY = ("claimhouse.duckdb",)
# files that say something of others come after them when they are fetched, and go first when they are removed
_LAST = {"plan.json": 1, "manifest.json": 2, "published.json": 1}


class HeldError(Exception):
    """Another machine works on the house; the message says which, and what to do if it is dead."""


class MovedError(Exception):
    """The house in the store is not the one that this folder is a copy of; the message says what to do."""


class WorkingCopy:
    """A folder of this machine, and the house in the store that it is a copy of."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._state_file = folder / "working_copy.json"

    @classmethod
    def of(cls, settings: Settings) -> WorkingCopy | None:
        """That of the house of these settings; None where the house is the folder itself."""
        return cls(Store(settings.object_store), settings.data_dir) if settings.object_store else None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Allow one machine at a time to work on the house.

        Each that wants to writes a key of its own and then looks for others: of two that come at the same moment
        at most one goes on.

        Raises:
            HeldError: another machine has it.
        """
        name = f"{HELD}/{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}.json"
        self._store.write_json(name, {"since": datetime.now(UTC).isoformat(timespec="seconds")})
        try:
            for other in self._store.names(HELD):
                if f"{HELD}/{other}" != name and not self._is_left_over(other):
                    raise HeldError(
                        f"another machine works on {self._store.uri}: {other.removesuffix('.json')}. If that one is"
                        f" dead, remove {HELD}/{other} there"
                    )
            yield
        finally:
            self._store.remove(name)

    def _is_left_over(self, other: str) -> bool:
        """True, and it is removed, where the key is of a process of this machine that is gone."""
        host, pid, _ = other.rsplit("-", 2)
        if host != socket.gethostname() or Path(f"/proc/{pid}").exists() or not Path("/proc").exists():
            return False
        self._store.remove(f"{HELD}/{other}")
        return True

    def pull(self) -> None:
        """Bring the folder to what the store holds.

        What the folder has beyond that stays where it can only be of a run of this machine that was killed before it
        pushed: where nobody has pushed since. Otherwise the store holds what another machine made of the same
        documents, and what is only here goes.

        Raises:
            MovedError: the folder holds a house that was never in this store, and the store holds another.
        """
        listed, state = self._listed(), self._state()
        if listed["push"] == state["push"]:
            return
        if state["push"] is None and self._names():
            raise MovedError(
                f"{self._folder} holds a house of its own, and {self._store.uri} another: name an empty folder in"
                " CLAIMHOUSE_WORK_DIR"
            )
        # should this be cut off, what is here is of no push, and no house of its own either
        write_json(self._state_file, {**state, "push": _BEING_PULLED})
        for name in sorted(self._names(), key=_order, reverse=True):
            if name not in listed["files"]:
                (self._folder / name).unlink()
        stamps = {}
        for name in sorted(listed["files"], key=_order):
            key, path = listed["files"][name], self._folder / name
            held = state["files"].get(name)
            if held is None or held["key"] != key or not path.exists() or _stamp(path) != held["stamp"]:
                self._store.fetch(key, path)
                if name in _READ_ONLY:
                    path.chmod(0o444)
            stamps[name] = _stamp(path)
        self._remember(listed, stamps, state["archived_ns"])

    def push(self) -> bool:
        """Bring the store to what the folder holds; False where it was so.

        Raises:
            MovedError: somebody else has pushed since this folder was pulled.
        """
        state = self._state()
        stamps = {name: _stamp(self._folder / name) for name in self._names()}
        held = {name: one["stamp"] for name, one in state["files"].items()}
        if stamps == held:
            return False
        listed = self._listed()
        if listed["push"] != state["push"]:
            raise MovedError(f"{self._store.uri} was changed by somebody else while this run worked; run it again")
        archived = self._push_archive(state["archived_ns"])
        taken = {*listed["files"].values(), *listed["left"]}
        files = {}
        for name, stamp in stamps.items():
            if held.get(name) == stamp:
                files[name] = listed["files"][name]
            else:
                files[name] = _free_key(name, taken)
                self._store.write(files[name], self._folder / name)
        # whoever read the list before this one may still read what it names
        left = sorted(set(listed["files"].values()) - set(files.values()))
        now = {"push": secrets.token_hex(8), "files": files, "left": left}
        self._store.write_json(LISTED, now)
        self._remember(now, stamps, archived)
        for key in listed["left"]:
            self._store.remove(key)
        return True

    def address(self, path: Path) -> str:
        """Where people find a file of the archive: its path if it is on this machine, else its address in the store."""
        name = path.relative_to(self._folder).as_posix()
        return str(path) if path.exists() else f"{self._store.uri.partition('?')[0].rstrip('/')}/{name}"

    def _push_archive(self, since_ns: int) -> int:
        """Add to the store what was archived since a moment; returns that of the last file."""
        last = since_ns
        for folder in sorted((self._folder / _ARCHIVE).glob("??")):
            if folder.stat().st_mtime_ns <= since_ns:
                continue
            for path in sorted(folder.iterdir()):
                at = path.stat().st_ctime_ns
                if at > since_ns:
                    self._store.write(f"{_ARCHIVE}/{folder.name}/{path.name}", path)
                    last = max(last, at)
        return last

    def _names(self) -> list[str]:
        """The files of the house that are here, by their names below the folder."""
        found = []
        for path in (self._folder / "landing").rglob("*"):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not name.startswith(_MADE_AGAIN) and not path.name.startswith("."):
                found.append(name)
        return sorted([*found, *(name for name in _BESIDE if (self._folder / name).is_file())])

    def _listed(self) -> dict[str, Any]:
        return self._store.read_json(LISTED) or {"push": None, "files": {}, "left": []}

    def _state(self) -> dict[str, Any]:
        """What the folder was when it was last the same as the store; nothing where that is not known."""
        try:
            state: dict[str, Any] = json.loads(self._state_file.read_text(encoding="utf-8"))
            if state["store"] == self._store.uri:
                return state
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {"store": self._store.uri, "push": None, "files": {}, "archived_ns": 0}

    def _remember(self, listed: dict[str, Any], stamps: dict[str, list[int]], archived_ns: int) -> None:
        files = {name: {"key": key, "stamp": stamps[name]} for name, key in listed["files"].items()}
        state = {"store": self._store.uri, "push": listed["push"], "files": files, "archived_ns": archived_ns}
        write_json(self._state_file, state)


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _order(name: str) -> tuple[int, str]:
    return _LAST.get(Path(name).name, 0), name


def _free_key(name: str, taken: set[str]) -> str:
    """The key of a file: its name, or one like it where an earlier file has that."""
    if name not in taken:
        return name
    path = Path(name)
    return path.with_name(f"{path.stem}.{secrets.token_hex(4)}{path.suffix}").as_posix()
