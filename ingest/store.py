"""A folder of files that are whole or absent, on this machine's file system or on an object store.

Belongs here: reading, writing and finding the files of one folder, from any process of a cluster. Does not belong
here: what is in them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from ingest.files import atomic_write

# file systems on which a file appears under its name when all of it is there
_WHOLE_BY_NATURE = {"s3", "gcs", "abfs"}
_CHUNK = 1 << 22


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

    def write(self, name: str, data: bytes | Path | pa.Table) -> None:
        """Write a file: bytes, a copy of a local file, or a table as Parquet.

        It is there whole, or not at all, whoever writes it at the same time. On an object store it appears with its
        last byte; elsewhere it is written under another name and renamed.
        """
        system, path = self._at(name)
        is_whole = system.type_name in _WHOLE_BY_NATURE
        folder, _, last = path.rpartition("/")
        if not is_whole:
            system.create_dir(folder, recursive=True)
        target = path if is_whole else f"{folder}/.tmp-{last}-{uuid4().hex}"
        if isinstance(data, Path):
            with data.open("rb") as source, system.open_output_stream(target) as out:
                shutil.copyfileobj(source, out, _CHUNK)
        else:
            # closing a stream ends the file: what fails must do so before there is one
            content = _parquet(data) if isinstance(data, pa.Table) else data
            with system.open_output_stream(target) as out:
                out.write(content)
        if not is_whole:
            system.move(target, path)

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file to this machine, where it appears whole.

        Raises:
            OSError: there is no such file, or the store does not answer.
        """
        system, path = self._at(name)
        with system.open_input_stream(path) as source, atomic_write(target) as out:
            shutil.copyfileobj(source, out, _CHUNK)

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is as good as removed."""
        if self.has(name):
            system, path = self._at(name)
            system.delete_file(path)

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


def _parquet(table: pa.Table) -> pa.Buffer:
    made = pa.BufferOutputStream()
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()
