"""The file of reviews: what a person said of pairs of statements that a rule had related.

Belongs here: reading the file, what a line may say, adding a line, the rows that the warehouse reads. Does not
belong here: finding the reviewed pair in a warehouse (the model ``relation_reviews``), asking a person
(``claimhouse.reviewing``).

The file is CSV, so that it can be read, sorted and mended in any editor. A line names a pair by what outlasts a
rebuild: article, version of its text, characters and words of both statements. Lines are only added; of two on one
pair the later one holds.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from ingest.files import atomic_write
from ingest.resolve.tables import AXES, RELATION_KINDS
from ingest.tables import identity

ACCEPTED, REJECTED, WITHDRAWN = "accepted", "rejected", "withdrawn"
VERDICTS = (ACCEPTED, REJECTED, WITHDRAWN)
_LONGEST_NOTE = 2_000
_LARGEST_FILE = 100_000_000
# a spreadsheet takes what begins with one of these for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReviewError(ValueError):
    """The file of reviews cannot be read or written, or says what is not allowed; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One line of the file: what somebody said of one pair of statements."""

    reviewed_at: str  # ISO 8601, UTC
    verdict: str
    kind: str
    axis: str
    rule_id: str  # that related the two when they were reviewed
    note: str = ""
    reviewer: str = ""
    earlier_article_id: str
    earlier_version_id: str
    earlier_start: int  # first character in the text of the version, from 0
    earlier_end: int  # character after the last
    earlier_words: str
    earlier_address: str = ""  # for the reader of the file
    later_article_id: str
    later_version_id: str
    later_start: int
    later_end: int
    later_words: str
    later_address: str = ""

    @property
    def review_id(self) -> str:
        """Identity of the reviewed pair: what a later line on the same pair shares with it."""
        ends = (self.earlier_version_id, self.earlier_start, self.earlier_end)
        others = (self.later_version_id, self.later_start, self.later_end)
        return identity(self.kind, self.axis, *ends, *others)


COLUMNS = tuple(f.name for f in fields(Review))
_NUMBERS = tuple(name for name in COLUMNS if name.endswith(("_start", "_end")))
_OPTIONAL = ("note", "reviewer", "earlier_address", "later_address")


def load_reviews(path: Path) -> list[Review]:
    """The reviews that hold, one a pair, in the order of the file; none where there is no file.

    Raises:
        ReviewError: the file cannot be read, or a line says what is not allowed.
    """
    if not path.exists():
        return []
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ReviewError(f"{path}: has more than {_LARGEST_FILE} bytes")
        text = _text(path)
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReviewError(f"{path}: cannot be read: {error}") from error
    if lines and (missing := [name for name in COLUMNS if name not in lines[0] and name not in _OPTIONAL]):
        raise ReviewError(f"{path}: the first line must name the columns, with commas between; {missing[0]} is missing")
    held: dict[str, Review] = {}
    for number, line in enumerate(lines, 1):
        if not any(value for value in line.values() if isinstance(value, str)):
            continue
        review = _review(f"{path}: review {number}", line)
        held.pop(review.review_id, None)
        if review.verdict != WITHDRAWN:
            held[review.review_id] = review
    return list(held.values())


def _text(path: Path) -> str:
    """What stands in the file, with the ends of lines as they are: they may be within quoted words."""
    return path.read_bytes().decode("utf-8-sig")


def _review(where: str, line: Mapping[str, Any]) -> Review:
    values: dict[str, Any] = {name: _unguarded(line.get(name) or "").strip() for name in COLUMNS}
    for name in _NUMBERS:
        if not values[name].isascii() or not values[name].isdigit():
            raise ReviewError(f"{where}: {name} is {values[name]!r}; a number of characters is needed")
        values[name] = int(values[name])
    allowed = {"verdict": VERDICTS, "kind": RELATION_KINDS, "axis": AXES}
    values["verdict"] = values["verdict"].lower()
    for name, codes in allowed.items():
        if values[name] not in codes:
            raise ReviewError(f"{where}: {name} is {values[name]!r}; allowed are {', '.join(codes)}")
    for end in ("earlier", "later"):
        if not values[f"{end}_article_id"] or values[f"{end}_start"] >= values[f"{end}_end"]:
            raise ReviewError(f"{where}: {end}_article_id, {end}_start and {end}_end do not name a statement")
    try:
        datetime.fromisoformat(values["reviewed_at"])
    except ValueError:
        problem = f"{where}: reviewed_at is {values['reviewed_at']!r}; a moment is needed, as 2025-11-30T14:05:00+00:00"
        raise ReviewError(problem) from None
    return Review(**values)


def add_review(path: Path, review: Review) -> None:
    """Add a line to the file, which is made where there is none; other lines stay as they are.

    Raises:
        ReviewError: the file cannot be read or written, or the review says what is not allowed.
    """
    if len(review.note) > _LONGEST_NOTE:
        raise ReviewError(f"a note may have {_LONGEST_NOTE} characters; this one has {len(review.note)}")
    values = {name: getattr(review, name) for name in COLUMNS}
    _review("the review", {name: str(value) for name, value in values.items()})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=30):
            load_reviews(path)  # what is wrong must be mended before more is added
            text = _text(path) if path.exists() else ""
            names = next(csv.reader(io.StringIO(text, newline="")), None) or list(COLUMNS)
            added = io.StringIO(newline="")
            writer = csv.DictWriter(added, names, extrasaction="ignore", lineterminator="\n")
            if not text.strip():
                text = ""
                writer.writeheader()
            elif not text.endswith("\n"):
                text += "\n"
            writer.writerow({name: _guarded(str(value)) for name, value in values.items()})
            with atomic_write(path) as file:
                file.write((text + added.getvalue()).encode())
    except (OSError, TimeoutError) as problem:
        raise ReviewError(f"{path}: cannot be written: {problem}") from problem


def _guarded(value: str) -> str:
    """Words of strangers as a spreadsheet shows and does not run them."""
    return f"'{value}" if value.startswith(_FORMULA) or value.startswith("'") else value


def _unguarded(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith((*_FORMULA, "'")) else value


def review_rows(path: Path) -> list[dict[str, Any]]:
    """A row for each review that holds, as the warehouse reads them.

    Raises:
        ReviewError: the file is wrong.
    """
    return [{"review_id": r.review_id, **{n: getattr(r, n) for n in COLUMNS}} for r in load_reviews(path)]


def reviews_digest(path: Path) -> str:
    """What tells the content of the file from another; the same for files that say the same."""
    rows: Iterable[dict[str, Any]] = sorted(review_rows(path), key=lambda row: str(row["review_id"]))
    return hashlib.sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()
