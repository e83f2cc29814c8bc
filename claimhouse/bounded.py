"""A statement that somebody else wrote, in a process of its own with limits on time, memory and answer.

Belongs here: running it, ending it, and cutting its answer. Does not belong here: what may be asked
(``claimhouse.warehouse``).

DuckDB looks whether it was interrupted only between vectors of rows, and counts only part of what a function takes
against its memory limit: ``select repeat('x', 4000000000)`` is one value and holds neither. The system holds both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from claimhouse.warehouse import NotAllowedError, NoWarehouseError, check_question, connect

_MOST_THREADS = 4
_MOST_AT_ONCE = 2
_LONGEST_LIST = 200
# python and DuckDB themselves, and what a function takes beside DuckDB's own memory limit
_BESIDE_DUCKDB = 1_000_000_000  # bytes
_LARGEST_EXACT = 2**53  # beyond it, readers of JSON round whole numbers

_places = threading.BoundedSemaphore(_MOST_AT_ONCE)


class LimitError(Exception):
    """A statement went beyond a limit; the message says which, and what to do."""


class StatementError(Exception):
    """A statement is wrong; the message is DuckDB's."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one statement may go."""

    seconds: float = 10.0
    memory: int = 1_000_000_000  # bytes that DuckDB may hold
    rows: int = 200
    characters: int = 400_000  # of the whole answer
    value_characters: int = 2_000  # of one text


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows as JSON has them, and whether rows were left out because of a limit."""

    columns: list[str]
    rows: list[list[Any]]
    has_more: bool


def ask_bounded(path: Path, statement: str, limits: Limits) -> Answer:
    """The answer of the published file to one statement.

    Args:
        path: the published file.
        statement: one statement that only reads.
        limits: what ends it, and what cuts its answer.

    Raises:
        LimitError: it took longer or needs more memory than it may, or too many are running.
        NotAllowedError: it is not one statement that only reads.
        NoWarehouseError: there is nothing to ask.
        StatementError: it is wrong.
    """
    if not _places.acquire(timeout=limits.seconds):
        raise LimitError("other statements are still running; ask again later")
    try:
        told = _told_by_process({"path": str(path), "statement": statement, "limits": asdict(limits)}, limits.seconds)
    finally:
        _places.release()
    if told is None:
        raise _too_large()
    if "answer" in told:
        return Answer(**told["answer"])
    kind = {kind.__name__: kind for kind in (LimitError, NotAllowedError, NoWarehouseError)}.get(told["kind"])
    raise (kind or StatementError)(told["problem"])


def _told_by_process(asked: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """What the process says; None where it ended without a word, as the system ends one that has no memory left."""
    process = subprocess.Popen(  # noqa: S603 this module, run by the same Python
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        said, _ = process.communicate(json.dumps(asked).encode(), timeout=seconds)
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"this took longer than {seconds:g} seconds and was broken off; ask for fewer rows or days"
        ) from None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    try:
        told: dict[str, Any] = json.loads(said)
    except ValueError:
        return None
    return told


def _too_large() -> LimitError:
    return LimitError("this needs more memory than it may; ask for fewer rows or shorter values")


# --- in the process ---------------------------------------------------------------------------------


def _answer(path: Path, statement: str, limits: Limits) -> Answer:
    check_question(statement)
    settings: dict[str, str | int] = {
        "memory_limit": f"{limits.memory}B",
        "threads": min(os.cpu_count() or 1, _MOST_THREADS),
        "max_temp_directory_size": "0B",  # nothing is written beside the warehouse
    }
    with connect(path, settings=settings) as connection:
        _limit_memory(limits.memory + _BESIDE_DUCKDB)
        asked = connection.execute(statement)
        columns = _distinct(column[0] for column in asked.description or ())
        rows: list[list[Any]] = []
        left = limits.characters
        while row := asked.fetchone():
            shown = [plain(value, limits.value_characters) for value in row]
            left -= len(json.dumps(shown))
            if len(rows) >= limits.rows or left < 0:
                return Answer(columns, rows, has_more=True)
            rows.append(shown)
    return Answer(columns, rows, has_more=False)


def _distinct(names: Iterable[str]) -> list[str]:
    """Names of columns, of which a second of the same name is numbered."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def _limit_memory(size: int) -> None:
    """Let the system refuse this process more than some bytes, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def plain(value: Any, longest: int = 2_000) -> Any:
    """A value as every reader of JSON can hold it.

    Args:
        value: of a row.
        longest: characters of a text; what is longer is cut, and lists are cut after some elements.
    """
    if isinstance(value, str):
        return value if len(value) <= longest else f"{value[:longest]}…"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one, longest) for one in value[:_LONGEST_LIST]]
    if isinstance(value, Mapping):
        return {str(name): plain(one, longest) for name, one in list(value.items())[:_LONGEST_LIST]}
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal):
        value = float(value)
    is_exact = isinstance(value, int) and abs(value) <= _LARGEST_EXACT
    if is_exact or (isinstance(value, float) and isfinite(value)):
        return value
    return plain(str(value), longest)


def _main() -> None:
    """Read a question from standard input, write what is told to standard output."""
    import duckdb

    asked = json.load(sys.stdin)
    try:
        answer = _answer(Path(asked["path"]), asked["statement"], Limits(**asked["limits"]))
        told: dict[str, Any] = {"answer": asdict(answer)}
    except (duckdb.OutOfMemoryException, MemoryError):
        told = {"kind": LimitError.__name__, "problem": str(_too_large())}
    except (NotAllowedError, NoWarehouseError, duckdb.Error, RecursionError) as problem:
        told = {"kind": type(problem).__name__, "problem": str(problem)[:2_000]}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    _main()
