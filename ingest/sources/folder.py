"""A folder of files, read with everything below it.

Belongs here: which files of a folder are documents, and why one cannot be read. Does not belong
here: what is in a file.

Names that begin with a dot or end as unfinished files do (``~ .part .tmp .crdownload .swp``) are no
documents: write to such a name and rename, and a file is never seen half. What the program itself writes
is none either, where its folder lies in the one that is read. A file that changes while it is read is
refused for this run and read again by the next. No age is asked for: what is dropped into the folder and
refreshed at once is read at once.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

from ingest.documents import Known, Opener, RawDocument, failure_fingerprint, now, open_regular
from ingest.sources.digests import Digests

_UNFINISHED = ("~", ".part", ".tmp", ".crdownload", ".swp")
# a file system that compresses keeps text in a tenth of its size
_LEAST_HOLLOW, _HOLLOW_TIMES = 10_000_000_000, 1_000
_SAFE_IN_URI = "".join(map(chr, range(0x20, 0x7F))).replace("%", "").replace("#", "")
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


class FolderSource:
    """All files of a folder, in order of their uri."""

    def __init__(
        self,
        name: str,
        root: Path,
        opener: Opener = open_regular,
        only: Callable[[str], bool] = lambda name: True,
        digests: Digests | None = None,
        but: Path | None = None,
    ) -> None:
        """``but`` names a folder that is left out where it lies below: the one that the program itself writes into."""
        self.name = name
        self.root = root
        self._open = opener
        self._only = only
        self._digests = digests
        self._but = but

    def documents(self, known: Known) -> Generator[RawDocument, None, None]:
        if not self.root.exists():
            return
        if _is_same(self.root, self._but):
            raise ValueError(f"{self.root} is what the program writes into; documents want a folder of their own")
        real_root = self.root.resolve()
        for uri, path, error in sorted(self._entries(), key=lambda e: e[0]):
            document = self._failed(uri, "unreadable", error, path) if error else self._read(uri, path, real_root)
            if document is not None and not known(document.uri, document.fingerprint):
                yield document
        if self._digests:
            self._digests.save()

    def document(self, path: Path) -> RawDocument | None:
        """The document of one file of the folder."""
        return self._read(self._uri(path), path, self.root.resolve())

    def _entries(self) -> list[tuple[str, Path, str | None]]:
        """(uri, path, why it cannot be listed) of everything below the folder that may be a document."""
        return [
            (self._uri(path), path, error)
            for path, error in files_below(self.root, self._but)
            if error or (not path.name.lower().endswith(_UNFINISHED) and self._only(path.name))
        ]

    def _uri(self, path: Path) -> str:
        relative = os.fsencode(path.relative_to(self.root).as_posix())
        try:
            readable = relative.decode("utf-8").isprintable()
        except UnicodeDecodeError:
            readable = False
        if readable:
            return relative.decode("utf-8").replace("%", "%25").replace("#", "%23")
        return quote_from_bytes(relative, safe=_SAFE_IN_URI)

    def _read(self, uri: str, path: Path, real_root: Path) -> RawDocument | None:
        try:
            target = path.resolve(strict=True)
            if path.is_symlink():
                if not target.is_relative_to(real_root):
                    return self._failed(uri, "outside_inbox", "a link that leads out of the folder", path)
                if target.is_dir():
                    return None  # what it leads to is read where it is
            before = target.stat()
            if not stat.S_ISREG(before.st_mode):
                kind = next((text for test, text in _KINDS if test(before.st_mode)), "no regular file")
                return self._failed(uri, "unsupported_type", kind, path)
            if _is_hollow(before):
                return self._failed(
                    uri, "too_large", f"{before.st_size} bytes, nearly all of which were never written", path
                )
            digest = self._digests.get(target, before) if self._digests else None
            if digest is None:
                with self._open(target) as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            after = target.stat()
        except (OSError, RuntimeError, ValueError) as error:
            return self._failed(uri, "unreadable", getattr(error, "strerror", None) or str(error), path)
        if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
            return self._failed(uri, "unreadable", "changed while it was read; the next run reads it again", path)
        if self._digests:
            self._digests.put(target, after, digest)
        return RawDocument(
            source=self.name,
            uri=uri,
            fingerprint=digest,
            fetched_at=now(),
            path=target,
            byte_count=before.st_size,
        )

    def _failed(self, uri: str, reason: str, detail: str, path: Path) -> RawDocument:
        try:
            status = path.lstat()
            size, state = status.st_size, (status.st_mtime_ns, status.st_size)
        except OSError:
            size, state = None, (0, 0)
        return RawDocument(
            source=self.name,
            uri=uri,
            fingerprint=failure_fingerprint(uri, reason, detail, *state),
            fetched_at=now(),
            byte_count=size,
            problem=(reason, detail),
        )


def files_below(root: Path, but: Path | None = None) -> Iterator[tuple[Path, str | None]]:
    """Everything below a folder that is no folder, and the folders that cannot be listed, with the reason.

    Names that begin with a dot are passed over, and so is the folder ``but``. Neither how deep folders lie nor how
    long a path is ends the walk: what Python has for it recurses, and asks a path that is too long what it is.
    """
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                entries = [(entry.name, _is_folder(entry)) for entry in listed]
        except OSError as error:
            yield folder, f"cannot be listed: {error.strerror}"
            continue
        for name, is_folder in entries:
            path = folder / name
            if name.startswith("."):
                continue
            if not is_folder:
                yield path, None
            elif not _is_same(path, but):
                waiting.append(path)


def _is_same(path: Path, other: Path | None) -> bool:
    try:
        return other is not None and path.name == other.name and path.samefile(other)
    except OSError:
        return False


def _is_hollow(status: os.stat_result) -> bool:
    """True for a long file with next to nothing in it: a system hands out its zeros for hours."""
    written = getattr(status, "st_blocks", status.st_size // 512) * 512
    return status.st_size > _LEAST_HOLLOW and written < status.st_size / _HOLLOW_TIMES


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """True for a folder that is no link to one; where nobody can tell, reading it says why."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
