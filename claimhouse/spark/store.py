"""A folder of files that are whole or absent, on this machine's file system or on an object store.

Belongs here: reading, writing and finding the files of one folder, from any process of a cluster. Does not belong
here: what is in them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

# file systems on which a file appears under its name when all of it is there
_WHOLE_BY_NATURE = {"s3", "gcs", "abfs"}


@dataclass(frozen=True)
class Store:
    """One folder. ``uri`` is a path, or an address as ``s3://bucket/folder``."""

    uri: str

    def _at(self, name: str) -> tuple[fs.FileSystem, str]:
        if "://" in self.uri:
            system, root = fs.FileSystem.from_uri(self.uri)
        else:
            system, root = fs.LocalFileSystem(), str(Path(self.uri).absolute())
        return system, f"{root.rstrip('/')}/{name}" if name else root

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted, without those that are being written."""
        system, path = self._at(folder)
        found = system.get_file_info(fs.FileSelector(path, allow_not_found=True))
        return sorted(f.base_name for f in found if f.is_file and not f.base_name.startswith("."))

    def has(self, name: str) -> bool:
        """True where there is such a file."""
        system, path = self._at(name)
        return bool(system.get_file_info(path).is_file)

    def write(self, name: str, data: bytes | pa.Table) -> None:
        """Write a file, a table as Parquet: it is there whole, or not at all, whoever writes it at the same time."""
        system, path = self._at(name)
        is_whole = system.type_name in _WHOLE_BY_NATURE
        folder, _, last = path.rpartition("/")
        if not is_whole:
            system.create_dir(folder, recursive=True)
        target = path if is_whole else f"{folder}/.tmp-{last}-{uuid4().hex}"
        with system.open_output_stream(target) as out:
            if isinstance(data, pa.Table):
                pq.write_table(data, out, compression="zstd")
            else:
                out.write(data)
        if not is_whole:
            system.move(target, path)

    def write_json(self, name: str, value: Any) -> None:
        """Write a value as JSON."""
        self.write(name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def read_json(self, name: str) -> Any:
        """What a file of JSON holds; None where there is none."""
        if not self.has(name):
            return None
        system, path = self._at(name)
        with system.open_input_stream(path) as file:
            return json.loads(file.read())

    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """The rows of a Parquet file, or some of its columns."""
        system, path = self._at(name)
        return pq.read_table(path, columns=columns, filesystem=system)

    def row_count(self, name: str) -> int:
        """The rows of a Parquet file, from its own sums."""
        system, path = self._at(name)
        return int(pq.read_metadata(path, filesystem=system).num_rows)
