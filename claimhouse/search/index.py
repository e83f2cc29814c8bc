"""An index on disk, and how it is kept with the published file that it belongs to.

Belongs here: making an index in whole or from the one before, moving it into place, opening the one of a file. Does
not belong here: what is in it (``documents``, ``names``), asking it (``search``).

An index lies in a folder beside the published file, named for that one publication; the file says itself which
publication it is. The index is in its place before the file is, so a reader finds the index of the very file it
has opened or none, also while a refresh publishes another.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from claimhouse.search.documents import documents, extractions
from claimhouse.search.fields import FORMAT, NAME, register, schema
from claimhouse.search.names import Gazetteer, name_documents
from ingest.files import write_json

if TYPE_CHECKING:
    import duckdb

log = logging.getLogger(__name__)

FOLDER = "search"
_COMPLETE = "index.json"  # written last
_EXTRACTIONS = "extractions.txt"
_INDEX = "index"
# words, where each stands, how long texts are, columns, positions for phrases, what is shown
_READ = (".term", ".fieldnorm", ".fast", ".idx", ".pos", ".store")
_PIECE = 1 << 20
_MEMORY = 96_000_000  # bytes; what the index has no room for goes to disk


class NoIndexError(Exception):
    """There is no index of this publication; the message says what makes one."""


def publication(connection: duckdb.DuckDBPyConnection) -> str:
    """What names the publication that an open warehouse file is, in 16 hex digits.

    Raises:
        NoIndexError: the file was not published.
    """
    import duckdb

    try:
        facts = connection.execute("select key, value from ops_warehouse order by key").fetchall()
    except duckdb.CatalogException:
        facts = []
    if not facts:
        raise NoIndexError("the file is not a published warehouse, so there is no search index of it")
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def folder_of(warehouse: Path, name: str) -> Path:
    """Where the index of a publication lies."""
    return warehouse.parent / FOLDER / name


def is_complete(folder: Path) -> bool:
    """True where an index was made whole, by a program that made it as this one does."""
    try:
        return bool(json.loads((folder / _COMPLETE).read_text(encoding="utf-8")) == _made_by())
    except (OSError, ValueError):
        return False


def _made_by() -> dict[str, str | int]:
    return {"format": FORMAT, "tantivy": version("tantivy")}


def latest(warehouse: Path) -> Path | None:
    """The newest index that can be built on; None where there is none."""
    whole = [path for path in (warehouse.parent / FOLDER).glob("*") if is_complete(path)]
    return max(whole, key=lambda path: path.stat().st_mtime_ns, default=None)


def make(
    connection: duckdb.DuckDBPyConnection, folder: Path, *, before: Path | None, gazetteer: Gazetteer | None
) -> int:
    """Make the index of an open warehouse in a folder that is not there yet; returns the number of documents.

    Args:
        connection: the warehouse.
        folder: the folder to make.
        before: another index; what both hold is taken over, where it can be read.
        gazetteer: names of places; None where only the spellings of the articles are to be known.
    """
    if before is not None:
        try:
            return _make(connection, folder, before, gazetteer)
        except Exception as problem:
            # whatever is wrong with it, what it holds is made of the warehouse too
            log.warning("the search index is made anew, since the one before cannot be read: %s", problem)
            shutil.rmtree(folder, ignore_errors=True)
    return _make(connection, folder, None, gazetteer)


def _make(connection: duckdb.DuckDBPyConnection, folder: Path, before: Path | None, gazetteer: Gazetteer | None) -> int:
    wanted = extractions(connection)
    held = _take_over(before, folder) if before else set()
    (folder / _INDEX).mkdir(parents=True, exist_ok=True)
    index = register(tantivy.Index(schema(), str(folder / _INDEX)))
    writer = index.writer(_MEMORY, 1)
    for extraction in sorted(held - wanted.keys()):
        writer.delete_documents_by_term("extraction", extraction)
    writer.delete_documents_by_term("record", NAME)
    for document in documents(connection, {e: of for e, of in wanted.items() if e not in held}):
        writer.add_document(document)
    for document in name_documents(connection, gazetteer):
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    _write_lines(folder / _EXTRACTIONS, wanted)
    write_json(folder / _COMPLETE, _made_by())
    index.reload()
    return int(index.searcher().num_docs)


def _take_over(before: Path, folder: Path) -> set[str]:
    """Begin with the files of another index, which are never written again; returns the extractions it holds."""
    held = set((before / _EXTRACTIONS).read_text(encoding="utf-8").split())
    (folder / _INDEX).mkdir(parents=True)
    for path in (before / _INDEX).iterdir():
        if path.name.endswith(".lock") or not path.is_file():
            continue
        target = folder / _INDEX / path.name
        if path.suffix == ".json":
            shutil.copyfile(path, target)  # the lists of files are written anew
        else:
            _link(path, target)
    return held


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # a file system without links
        shutil.copyfile(path, target)


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def put_in_place(made: Path, warehouse: Path, name: str) -> None:
    """Move an index to where readers of the publication look for it."""
    target = folder_of(warehouse, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    made.replace(target)


def remove_others(warehouse: Path, names: Iterable[str]) -> None:
    """Remove the indexes of all publications but these; readers who have one open keep it."""
    kept = set(names)
    for path in (warehouse.parent / FOLDER).glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def read_ahead(warehouse: Path, name: str) -> None:
    """Read the files of an index, so that the system has them in its memory; those first that every search reads.

    A search reads in dozens of places of them, one after the other, and waits for the disk at each; it gives the whole
    in a second or two. (What a system is asked to read by itself it may cut to a few megabytes of each file.)
    """
    files = [path for path in (folder_of(warehouse, name) / _INDEX).glob("*") if path.suffix in _READ]
    piece, left = bytearray(_PIECE), _memory() // 4
    for path in sorted(files, key=lambda path: _READ.index(path.suffix)):
        # an index may be removed meanwhile
        with suppress(OSError), path.open("rb", buffering=0) as file:
            while left > 0 and (read := file.readinto(piece)):
                left -= read


def _memory() -> int:
    """Bytes of memory that this machine has."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 4 << 30


def open_index(warehouse: Path, name: str) -> tantivy.Index:
    """The index of a publication.

    Raises:
        NoIndexError: there is none, or one that another program made or that is damaged.
    """
    folder = folder_of(warehouse, name)
    if not is_complete(folder):
        raise NoIndexError(f"there is no search index of {warehouse}; `claimhouse refresh` makes it")
    try:
        index = register(tantivy.Index.open(str(folder / _INDEX)))
        index.searcher()
    except (ValueError, OSError) as problem:
        told = f"the search index {folder} is damaged ({problem}); `claimhouse refresh` makes it anew"
        raise NoIndexError(told) from problem
    return index
