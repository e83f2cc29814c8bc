"""Copies: the same text elsewhere, whole, cut or edited.

Belongs here: how alike two texts are, and finding the earlier text that a new one repeats. Does not
belong here: versions of one article (``ingest.articles.change``), what is counted
(the warehouse).

Two texts are compared by their runs of :data:`WORDS` words. What counts is the share of the shorter
one's runs that the longer one has (containment): a copy that was cut to its first paragraphs is a
copy. Two reporters on one event share names and a quotation, but few runs. The threshold was chosen
on labelled pairs (``tests/cases/copies.jsonl``); ``benchmarks/accuracy/copies.py`` prints the figures.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

WORDS = 5
THRESHOLD = 0.5
FEWEST_RUNS = 12
_SAMPLE_BITS = np.uint64(7)  # one in eight
_FEWEST_PRINTS = 12
_MOST_CANDIDATES = 5
_COMMON = 200  # a run in more texts than this is boilerplate
_WORD = re.compile(r"\w+")
_FORMAT = 1  # to be raised whenever runs or prints are made in another way
_PRIME = np.uint64(0x9E3779B97F4A7C15)


def runs(text: str) -> Hashes:
    """Hashes of all runs of words in a text, sorted and distinct."""
    words = np.fromiter((zlib.crc32(w.encode()) for w in _WORD.findall(text.lower())), dtype=np.uint64)
    if len(words) < WORDS:
        return np.empty(0, dtype=np.uint64)
    hashed = np.zeros(len(words) - WORDS + 1, dtype=np.uint64)
    for k in range(WORDS):
        hashed = hashed * _PRIME + words[k : len(words) - WORDS + 1 + k]
    hashed ^= hashed >> np.uint64(31)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(29)
    return np.unique(hashed)


def prints(all_runs: Hashes) -> Hashes:
    """The few runs by which a text is looked up: one in eight, the same ones in every text that has them."""
    sampled = all_runs[(all_runs & _SAMPLE_BITS) == 0]
    return sampled if len(sampled) >= _FEWEST_PRINTS else np.unique(np.append(sampled, all_runs[:_FEWEST_PRINTS]))


def containment(a: Hashes, b: Hashes) -> float:
    """The share of the shorter text's runs that the other has too, 0 to 1."""
    fewer = min(len(a), len(b))
    if fewer < FEWEST_RUNS:
        return 1.0 if len(a) == len(b) and fewer and bool((a == b).all()) else 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / fewer


def are_copies(a: str, b: str) -> bool:
    """True where one text is a copy of the other, be it cut or edited."""
    return containment(runs(a), runs(b)) >= THRESHOLD


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier text that a text repeats, and how much of the shorter one they share."""

    key: str
    share: float


class CopyIndex:
    """Texts seen so far, by a few of their runs: about 600 bytes a text of 400 words.

    ``text_of`` fetches the text of a key, for the few candidates that are compared in full.
    """

    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self._keys: list[str] = []
        self._sorted = np.empty(0, dtype=np.uint64)
        self._owners = np.empty(0, dtype=np.uint32)
        self._recent: dict[int, list[int]] = {}
        self._recent_count = 0

    def save(self, path: Path) -> None:
        """Write the index, whole or not at all. It is a cache: losing it costs time only."""
        self._settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        fd, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
        try:
            with os.fdopen(fd, "wb") as file:
                keys = np.frombuffer("\n".join(self._keys).encode(), dtype=np.uint8)
                np.savez(file, version=np.array([_FORMAT]), keys=keys, sorted=self._sorted, owners=self._owners)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path: Path, text_of: Callable[[str], str | None]) -> CopyIndex:
        """A saved index; an empty one where there is none that can be read."""
        index = cls(text_of)
        try:
            with np.load(path, allow_pickle=False) as saved:
                if saved["version"].tolist() == [_FORMAT]:
                    keys = saved["keys"].tobytes().decode()
                    index._keys = keys.split("\n") if keys else []
                    index._sorted, index._owners = saved["sorted"], saved["owners"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return cls(text_of)
        return index

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all texts in it."""
        return frozenset(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def fill(self, entries: Iterable[tuple[str, Hashes]]) -> None:
        """Put in many texts at once, as (key, prints)."""
        hashed, owners = [self._sorted], [self._owners]
        for key, marks in entries:
            hashed.append(marks)
            owners.append(np.full(len(marks), len(self._keys), dtype=np.uint32))
            self._keys.append(key)
        self._merge(hashed, owners)

    def add(self, key: str, marks: Hashes) -> None:
        """Put in one text by its prints."""
        number = len(self._keys)
        self._keys.append(key)
        for mark in marks.tolist():
            self._recent.setdefault(mark, []).append(number)
        self._recent_count += len(marks)
        if self._recent_count > max(200_000, len(self._sorted) // 4):
            self._settle()

    def _settle(self) -> None:
        pairs = [(mark, n) for mark, numbers in self._recent.items() for n in numbers]
        self._merge(
            [self._sorted, np.array([m for m, _ in pairs], dtype=np.uint64)],
            [self._owners, np.array([n for _, n in pairs], dtype=np.uint32)],
        )
        self._recent, self._recent_count = {}, 0

    def _merge(self, hashed: list[Hashes], owners: list[npt.NDArray[np.uint32]]) -> None:
        all_hashed, all_owners = np.concatenate(hashed), np.concatenate(owners)
        order = np.argsort(all_hashed, kind="stable")
        self._sorted, self._owners = all_hashed[order], all_owners[order]

    def find(self, text: str) -> Match | None:
        """The text that ``text`` is most a copy of; of equals the one that came first."""
        all_runs = runs(text)
        found = [
            Match(self._keys[number], share)
            for number in self._candidates(prints(all_runs))
            if (other := self._text_of(self._keys[number])) is not None
            and (share := containment(all_runs, runs(other))) >= THRESHOLD
        ]
        return max(found, key=lambda m: m.share) if found else None

    def _candidates(self, marks: Hashes) -> list[int]:
        counts: dict[int, int] = {}
        first = np.searchsorted(self._sorted, marks, "left").tolist()
        last = np.searchsorted(self._sorted, marks, "right").tolist()
        for mark, start, end in zip(marks.tolist(), first, last, strict=True):
            numbers = self._recent.get(mark, [])
            if end - start + len(numbers) > _COMMON:
                continue
            for number in (*self._owners[start:end].tolist(), *numbers):
                counts[number] = counts.get(number, 0) + 1
        fewest = 1 if len(marks) <= _FEWEST_PRINTS else 2
        likely = [n for n, count in counts.items() if count >= fewest]
        return sorted(sorted(likely, key=lambda n: (-counts[n], n))[:_MOST_CANDIDATES])


def copy_kind(
    *, is_same_text: bool, publisher: str | None, agency: str | None, of_publisher: str | None, of_agency: str | None
) -> str:
    """``exact``, ``syndicated`` or ``near``: what a copy is to the text that came first.

    It is syndicated where either credits an agency that the other credits too or is.
    """
    agencies = {a.casefold() for a in (agency, of_agency) if a}
    names = {n.casefold() for n in (publisher, of_publisher) if n}
    is_credited = bool(agency and of_agency and len(agencies) == 1) or bool(agencies & names)
    if publisher != of_publisher and (is_credited or (agencies and is_same_text)):
        return "syndicated"
    return "exact" if is_same_text else "near"
