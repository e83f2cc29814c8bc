"""Run ``claimhouse refresh`` and kill it, without a chance to clean up, at a named point.

Called as a program: ``killer.py POINT``. Only what is called is replaced here; the work is the real one. The points of
:data:`STORE_POINTS` want a house in an object store; all but the last take a number, as in ``write:3``.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner: Any, name: str, when: Callable[..., bool] = lambda *a, **k: True) -> None:
    real = getattr(owner, name)

    def replaced(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        if when(*args, **kwargs):
            die()
        return result

    setattr(owner, name, replaced)


def before(owner: Any, name: str, when: Callable[..., bool] = lambda *a, **k: True) -> None:
    real = getattr(owner, name)

    def replaced(*args: Any, **kwargs: Any) -> Any:
        if when(*args, **kwargs):
            die()
        return real(*args, **kwargs)

    setattr(owner, name, replaced)


def when_there(path: Path, seconds: float = 0.0) -> None:
    """Die once a file is there (and some time has gone)."""

    def watch() -> None:
        while not path.exists():
            time.sleep(0.01)
        time.sleep(seconds)
        die()

    threading.Thread(target=watch, daemon=True).start()


def before_call(number: int) -> Callable[..., bool]:
    """True for the call of this number, counted from 1 over all threads."""
    calls = itertools.count(1)
    return lambda *args, **kwargs: next(calls) == number


def arm_store(point: str, number: int) -> None:
    """Die at the nth call of a kind to the object store: before a file is written or fetched, after a list is."""
    from ingest.store import Store
    from ingest.working_copy import LISTED

    match point:
        case "write" | "fetch":
            before(Store, point, before_call(number))
        case "listed":
            is_it = before_call(number)
            after(Store, "write", lambda self, name, data: name == LISTED and is_it())
        case _:
            sys.exit(f"no such point: {point}")


def arm(point: str) -> None:
    if ":" in point:
        name, _, number = point.partition(":")
        arm_store(name, int(number))
        return
    from claimhouse.publishing import Publisher
    from ingest.landing import Landing, Load
    from ingest.loads import Loads
    from ingest.settings import settings
    from ingest.tables import ARTICLES, DOCUMENTS

    build = settings().build_dir
    match point:
        case "archive":
            after(Landing, "archive_file")
        case "begin":
            after(Landing, "begin")
        case "articles_written":
            after(Load, "_write", lambda self, table, shard, rows: table is ARTICLES and shard == 1)
        case "documents_written":
            after(Load, "_write", lambda self, table, shard, rows: table is DOCUMENTS and shard == 1)
        case "half_a_file":
            before(os, "fsync")
        case "shard_extracted":
            real = Loads.extract

            def extract(self: Loads, progress: Any = None) -> None:
                real(self, lambda done, total: die())

            Loads.extract = extract  # type: ignore[method-assign]
        case "audit_done":
            after(Loads, "audit")
        case "committed":
            after(Load, "commit")
        case "dbt_running":
            when_there(build / "candidate.duckdb", 1.0)
        case "before_rename":
            import claimhouse.publishing as publishing

            before(publishing.os, "fsync", lambda fd: (build / "candidate.duckdb").exists())
        case "after_rename":
            import claimhouse.publishing as publishing

            real_rmtree = publishing.shutil.rmtree

            def rmtree(path: Any, *args: Any, **kwargs: Any) -> None:
                if (
                    Path(path) == build
                    and not (build / "candidate.duckdb").exists()
                    and settings().warehouse_path.exists()
                ):
                    die()
                real_rmtree(path, *args, **kwargs)

            publishing.shutil.rmtree = rmtree  # type: ignore[assignment]
            after(Publisher, "publish")
        case "published":
            from ingest.store import Store

            before(Store, "write", lambda self, name, data: name.startswith("claimhouse.duckdb"))
        case _:
            sys.exit(f"no such point: {point}")


POINTS = (
    "archive",
    "half_a_file",
    "begin",
    "articles_written",
    "documents_written",
    "shard_extracted",
    "audit_done",
    "committed",
    "dbt_running",
    "before_rename",
    "after_rename",
)

STORE_POINTS = ("write", "fetch", "listed", "published")

if __name__ == "__main__":
    arm(sys.argv[1])
    sys.argv = ["claimhouse", "refresh"]
    from claimhouse.cli import main

    main()
