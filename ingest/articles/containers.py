"""Files that hold documents: lines, lists, archives; compressed or not.

Belongs here: getting at the members of a file in bounded memory and time. Does not belong here: what
a member says.

What a small file may unpack to is bounded: a document by ``max_document_bytes``, an archive by
``MOST_TIMES`` its own size. News text packs 3 to 10 times, repetitive exports 50; a bomb packs
1,000 times and more.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import PurePosixPath
from typing import IO, Any, Protocol

from ingest.articles.draft import RefusedError

MOST_TIMES = 200
FREE_BYTES = 10_000_000
MOST_MEMBERS = 100_000
_CHUNK = 65_536
BROKEN = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Readable(Protocol):
    """What is needed of a file."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes."""
        ...


class _Zstd:
    """Frames of zstd, one behind the other. One that breaks off is an error, which the library's reader hides."""

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        self._file = file
        self._new = lambda: zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        self._frame: Any = None
        self._packed = self._data = b""

    def read1(self, size: int) -> bytes:
        while not self._data:
            # small pieces: four bytes of a bomb are 128 KB
            self._packed = self._packed or self._file.read(2_048)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("it breaks off")
                return b""
            frame = self._frame or self._new()
            self._data = frame.decompress(self._packed)
            self._packed = frame.unused_data if frame.eof else b""
            self._frame = None if frame.eof else frame
        data, self._data = self._data[:size], self._data[size:]
        return data


_PACKED: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda f: gzip.GzipFile(fileobj=f),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _Zstd,
}


def packed_suffix(name: str) -> str | None:
    """``.gz``, ``.bz2``, ``.xz`` or ``.zst`` of a compressed file's name."""
    suffix = PurePosixPath(name.lower()).suffix
    return suffix if suffix in _PACKED else None


class _Bounded(RawIOBase):
    """Unpacked bytes, refused once they are too many times the packed ones."""

    def __init__(self, unpacked: Any, packed: IO[bytes], packed_size: int | None) -> None:
        self._read = unpacked.read1 if hasattr(unpacked, "read1") else unpacked.read
        self._packed = packed
        self._packed_size = packed_size
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            # not read: it would throw away what came before the place where a file breaks off
            data = self._read(len(buffer))
        except BROKEN as error:
            raise RefusedError("malformed", f"broken compression: {error or type(error).__name__}") from None
        except (OSError, ValueError) as error:
            raise RefusedError("malformed", f"broken compression: {error}") from None
        except Exception as error:
            if type(error).__name__ != "ZstdError":
                raise
            raise RefusedError("malformed", f"broken compression: {error}") from None
        self._count += len(data)
        packed = self._packed_size if self._packed_size is not None else max(self._packed.tell(), 1)
        if self._count > FREE_BYTES and self._count > MOST_TIMES * packed:
            raise RefusedError("too_large", f"unpacks to more than {MOST_TIMES} times its size")
        buffer[: len(data)] = data
        return len(data)


def unpacked(file: IO[bytes], suffix: str) -> BufferedReader:
    """The unpacked bytes of a compressed file, bounded."""
    return BufferedReader(_Bounded(_PACKED[suffix](file), file, None), _CHUNK)


def read_all(file: Readable, most: int) -> bytes:
    """All bytes of a document.

    Raises:
        RefusedError: it is larger than ``most``.
    """
    data = file.read(most + 1)
    while len(data) <= most:
        more = file.read(most + 1 - len(data))
        if not more:
            return data
        data += more
    raise RefusedError("too_large", f"more than {most} bytes")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, from 1; ``data`` is None where it is longer than allowed."""

    number: int
    data: bytes | None


def lines(file: BufferedReader, most: int) -> Iterator[Line]:
    """The lines of a file that hold something, none of them kept longer than ``most`` bytes."""
    number = 0
    while True:
        number += 1
        data = file.readline(most + 1)
        if not data:
            return
        if len(data) > most and not data.endswith(b"\n"):
            while True:  # the rest of a line that is too long is read past, piece by piece
                rest = file.readline(_CHUNK)
                if not rest or rest.endswith(b"\n"):
                    break
            yield Line(number, None)
        elif data.strip():
            yield Line(number, data.strip(b"\r\n"))


def zip_members(file: IO[bytes], size: int, most: int) -> Iterator[tuple[str, bytes | RefusedError]]:
    """(name, bytes or why it has none) of the files in a ZIP archive, in its order.

    Raises:
        RefusedError: it is no ZIP archive, or a bomb.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (*BROKEN, OSError, ValueError) as error:
        raise RefusedError("malformed", f"no ZIP archive: {error}") from None
    if len(members) > MOST_MEMBERS:
        raise RefusedError("too_large", f"{len(members)} files in it")
    left = max(MOST_TIMES * size, FREE_BYTES)
    for member in members:
        name = PurePosixPath(member.filename)
        if member.filename.endswith("/") or name.name.startswith(".") or "__MACOSX" in name.parts:
            continue
        try:
            with archive.open(member) as packed:
                data = read_all(packed, most)
        except RefusedError as error:
            yield member.filename, error
            left -= most
        except (*BROKEN, OSError, ValueError) as error:
            yield member.filename, RefusedError("malformed", f"cannot be unpacked: {error}")
        else:
            left -= len(data)
            yield member.filename, data
        if left < 0:
            raise RefusedError("too_large", f"unpacks to more than {MOST_TIMES} times its size")


def bounded(data: bytes) -> BufferedReader:
    """Bytes at hand as a file."""
    return BufferedReader(BytesIO(data))
