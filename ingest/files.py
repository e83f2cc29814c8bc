"""Files that are whole or absent, and reading them so that a damaged one is named.

Belongs here: writing and reading one file. Does not belong here: what lies where (``ingest.landing``).
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

# what code meets that finds other values than it wrote, nested deeper than anybody would or of another type
_OF_CONTENT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


class DamagedError(Exception):
    """A file of the landing cannot be read; the message names it and says what to do."""


@contextmanager
def reading(path: Path, advice: str) -> Iterator[None]:
    """Turn whatever reading a landed file raises into a message that names the file and says what to do.

    Raises:
        DamagedError: the file is not there, or is not what was written.
    """
    try:
        yield
    except (*_OF_CONTENT, OSError, pa.ArrowException) as problem:
        what = "is missing" if isinstance(problem, FileNotFoundError) else f"is damaged ({first_line(problem)})"
        raise DamagedError(f"{path} {what}. {advice}") from problem


def read_moment(stated: str) -> datetime:
    """A moment as a file states it in ISO form.

    Raises:
        ValueError: it is none, or in no time zone.
    """
    moment = datetime.fromisoformat(stated)
    if moment.tzinfo is None:
        raise ValueError(f"{stated} is in no time zone")
    return moment


def first_line(problem: BaseException) -> str:
    """The first line of what an exception says, cut to what fits in a message."""
    lines = str(problem).strip().splitlines()
    return lines[0][:200] if lines else type(problem).__name__


@contextmanager
def atomic_write(path: Path, mode: str = "wb") -> Iterator[IO[Any]]:
    """Write a file that appears whole, under its name, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
    try:
        with os.fdopen(fd, mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table as one Parquet file, whole or not at all."""
    with atomic_write(path) as file:
        pq.write_table(table, file, compression="zstd")


def write_json(path: Path, value: Any) -> None:
    """Write a value as one JSON file, whole or not at all."""
    with atomic_write(path, "w") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
