"""Some shards of a load as pandas frames, and the vector tools that rules are made of.

Belongs here: the frames, keys as 64-bit hashes, the set of keys seen so far, following parents.
Does not belong here: any rule.

Lists become their lengths in the frames; who needs their contents takes the Arrow table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.late import Late

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Late("pandas")

# Arrays of booleans, of 64-bit hashes, of row numbers: pandas hands them out untyped.
Mask = Any
Hashes = Any
Rows = Any


def frame_of(table: pa.Table) -> pd.DataFrame:
    """The table as a frame with index 0, 1, 2 …"""
    for i, f in enumerate(table.schema):
        if pa.types.is_list(f.type):
            table = table.set_column(i, f.name, pc.list_value_length(table.column(i)))
    return table.to_pandas(date_as_object=False, ignore_metadata=True)


@dataclass
class Batch:
    """Whole shards: the facts of an article and its extraction stand in the same batch.

    ``texts`` has the text of each article version that facts may point into; ``recorded_at`` is
    that of the load's first row, ``seen`` the keys of the batches before.
    """

    arrow: Mapping[str, pa.Table]
    texts: Mapping[str, str]
    load_id: str
    recorded_at: datetime | None
    seen: Mapping[str, KeySet]

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        return {name: frame_of(table) for name, table in self.arrow.items()}

    def values(self, table: str, column: str) -> list[Any]:
        """A column as a plain list with None for null."""
        return self.arrow[table].column(column).to_pylist()


def hashes(frame: pd.DataFrame, columns: tuple[str, ...]) -> Hashes:
    """One 64-bit hash a row over the columns; chance makes two alike once in 10^19 pairs."""
    return pd.util.hash_pandas_object(frame[list(columns)].astype(object), index=False, categorize=False).to_numpy()


def present(frame: pd.DataFrame, columns: tuple[str, ...]) -> Mask:
    """Where none of the columns is null."""
    return frame[list(columns)].notna().all(axis=1).to_numpy()


class KeySet:
    """A growing set of hashes in a few sorted arrays: 8 bytes a key."""

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def add(self, keys: Hashes) -> None:
        self._runs.append(np.sort(keys))
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            self._runs[-1] = np.sort(np.concatenate([self._runs[-1], last]), kind="stable")

    def has(self, keys: Hashes) -> Mask:
        found = np.zeros(len(keys), dtype=bool)
        for run in self._runs:
            if len(run):
                at = np.searchsorted(run, keys)
                found |= run[np.minimum(at, len(run) - 1)] == keys
        return found


def parents_at(children: Hashes, is_child: Mask, keys: Hashes) -> Rows:
    """For each row the row of its parent: -1 without a parent, -2 where the parent is not there."""
    if not len(keys):
        return np.where(is_child, -2, -1)
    order = np.argsort(keys, kind="stable")
    at = np.searchsorted(keys[order], children)
    row = order[np.minimum(at, len(keys) - 1)]
    return np.where(~is_child, -1, np.where(keys[row] == children, row, -2))


def in_cycle(parents: Rows) -> Mask:
    """Where following the parents never ends."""
    at = np.where(parents < 0, -1, parents)
    for _ in range(max(1, len(at)).bit_length() + 1):  # each round doubles the steps taken
        at = np.where(at < 0, -1, at[at])
    return at >= 0
