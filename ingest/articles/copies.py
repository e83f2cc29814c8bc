"""Copies: the same text elsewhere, whole, cut or edited.

Belongs here: how alike two texts are, and finding the earlier text that a new one repeats. Does not
belong here: versions of one article (``ingest.articles.change``), what is counted
(the warehouse).

Two texts are compared by their runs of :data:`WORDS` words. What counts is the share of the shorter
one's runs that the longer one has (containment): a copy that was cut to its first paragraphs is a
copy. Two reporters on one event share names and a quotation, but few runs. The threshold was chosen
on labelled pairs (``tests/cases/copies.jsonl``); ``evaluation/copies.py`` prints the figures.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.files import atomic_write

Hashes = npt.NDArray[np.uint64]

WORDS = 5
THRESHOLD = 0.5
FEWEST_RUNS = 12
_SAMPLE_BITS = np.uint64(3)  # one in four
_FEWEST_PRINTS = 12
_MOST_CANDIDATES = 5
_LEAST_LIKELY = 0.25  # of the shorter text's prints; what is a copy has half of them, give or take chance
_MOST_OWNERS = 2_000  # looked at for one text, those of its rarest prints first
_MOST_RECENT = 100_000  # prints that are kept apart before they are sorted in
_WORD = re.compile(r"\w+")
_FORMAT = 3  # to be raised whenever runs or prints are made in another way
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
    """The few runs by which a text is looked up: one in four, the same ones in every text that has them."""
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
    """Texts seen so far, by some of their runs: about 1,300 bytes a text of 400 words.

    ``runs_of`` gives all runs of a key's text, for the few candidates that are compared in full.
    """

    def __init__(self, runs_of: Callable[[str], Hashes | None]) -> None:
        self._runs_of = runs_of
        self._keys: list[str] = []
        self._sizes: list[int] = []
        self._sorted = np.empty(0, dtype=np.uint64)
        self._owners = np.empty(0, dtype=np.uint32)
        self._recent: dict[int, list[int]] = {}
        self._recent_count = 0

    def save(self, path: Path) -> None:
        """Write the index, whole or not at all. It is a cache: losing it costs time only."""
        self._settle()
        with atomic_write(path) as file:
            np.savez(
                file,
                version=np.array([_FORMAT]),
                keys=np.frombuffer("\n".join(self._keys).encode(), dtype=np.uint8),
                sizes=np.array(self._sizes, dtype=np.uint32),
                sorted=self._sorted,
                owners=self._owners,
            )

    @classmethod
    def load(cls, path: Path, runs_of: Callable[[str], Hashes | None]) -> CopyIndex:
        """A saved index; an empty one where there is none that can be read."""
        index = cls(runs_of)
        try:
            with np.load(path, allow_pickle=False) as saved:
                if saved["version"].tolist() == [_FORMAT]:
                    keys = saved["keys"].tobytes().decode()
                    index._keys = keys.split("\n") if keys else []
                    index._sizes = saved["sizes"].tolist()
                    index._sorted, index._owners = saved["sorted"], saved["owners"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return cls(runs_of)
        return index

    @property
    def keys(self) -> list[str]:
        """The keys of all texts in it, as they were put in."""
        return self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def keep_first(self, count: int) -> None:
        """Forget all texts but the first ``count``."""
        self._settle()
        is_kept = self._owners < count
        self._sorted, self._owners = self._sorted[is_kept], self._owners[is_kept]
        del self._keys[count:], self._sizes[count:]

    def add(self, key: str, marks: Hashes) -> None:
        """Put in one text by its prints."""
        number = len(self._keys)
        self._keys.append(key)
        self._sizes.append(len(marks))
        for mark in marks.tolist():
            self._recent.setdefault(mark, []).append(number)
        self._recent_count += len(marks)
        if self._recent_count > max(_MOST_RECENT, len(self._sorted) // 16):
            self._settle()

    def _settle(self) -> None:
        if not self._recent:
            return
        sizes = np.fromiter(map(len, self._recent.values()), dtype=np.int64, count=len(self._recent))
        marks = np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent)).repeat(sizes)
        owners = np.fromiter(chain.from_iterable(self._recent.values()), dtype=np.uint32, count=self._recent_count)
        all_marks, all_owners = np.concatenate([self._sorted, marks]), np.concatenate([self._owners, owners])
        order = np.argsort(all_marks, kind="stable")
        self._sorted, self._owners = all_marks[order], all_owners[order]
        self._recent, self._recent_count = {}, 0

    def find(self, all_runs: Hashes, skip: Callable[[str], bool] = lambda key: False) -> Match | None:
        """The text that one of these runs is most a copy of; of equals the one that came first.

        What ``skip`` says True of is passed over.
        """
        found = [
            Match(self._keys[number], share)
            for number in self._candidates(prints(all_runs), skip)
            if (other := self._runs_of(self._keys[number])) is not None
            and (share := containment(all_runs, other)) >= THRESHOLD
        ]
        return max(found, key=lambda m: m.share) if found else None

    def _candidates(self, marks: Hashes, skip: Callable[[str], bool]) -> list[int]:
        """The likeliest texts, in the order in which they came."""
        first = np.searchsorted(self._sorted, marks, "left")
        last = np.searchsorted(self._sorted, marks, "right")
        recent = [self._recent.get(mark, []) for mark in marks.tolist()]
        sizes = last - first + np.fromiter(map(len, recent), dtype=np.int64, count=len(recent))
        owners: list[npt.NDArray[np.uint32]] = []
        looked = room = 0
        # A run in very many texts is boilerplate, or the text is one that very many carry: then it has
        # no rare ones, and the first owners of the common ones will do.
        for i in np.argsort(sizes, kind="stable").tolist():
            room = _MOST_OWNERS - sum(map(len, owners))
            if room <= 0:
                break
            looked += 1
            held = self._owners[first[i] : last[i]][:room]
            owners += [held, np.array(recent[i][: room - len(held)], dtype=np.uint32)]
        if not owners:
            return []
        numbers, counts = np.unique(np.concatenate(owners), return_counts=True)
        fewer = np.minimum(looked, np.array([self._sizes[n] for n in numbers.tolist()]))
        fewest = np.where(fewer <= _FEWEST_PRINTS, 1, _LEAST_LIKELY * fewer)
        shares = counts / np.maximum(fewer, 1)
        likely: list[int] = []
        for i in np.lexsort((numbers, -counts, -shares)).tolist():
            if counts[i] >= fewest[i] and not skip(self._keys[numbers[i]]):
                likely.append(int(numbers[i]))
                if len(likely) == _MOST_CANDIDATES:
                    break
        return sorted(likely)


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
