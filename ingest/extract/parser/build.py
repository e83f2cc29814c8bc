"""Build the native engine's library, where there is a compiler.

    python -m ingest.extract.parser.build [--sanitize]

Belongs here: finding a compiler, the flags, where the library lies. Does not belong here: loading
it. Needs nothing but the standard library, so that it runs before anything else is installed.

A checkout keeps the library beside its sources, and a wheel brings it there where it was made with a
compiler. An installed program writes nothing into its own folder: what it builds is in the user's cache.

A library is named after the digest of its sources and flags: one that is there is the right one,
and one that is not there is not taken for it. It appears whole or not at all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ingest.home import IS_CHECKOUT, cache_dir

SOURCES = Path(__file__).parent / "cpp"
BUILT = Path(__file__).parent / "built"

_COMMON = ("-std=c++17", "-O3", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra")
# Found errors end the process; the frame pointer gives readable traces.
_SANITIZE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g", "-O1")


@dataclass(frozen=True)
class Table:
    """One instruction set that kernels.cpp is compiled for: floats in a register, name, flags."""

    symbol: str
    name: str
    lanes: int
    flags: tuple[str, ...] = ()


_PLAIN = Table("kernels_plain", "plain", 4)
_X86 = (
    Table("kernels_avx2", "AVX2", 8, ("-mavx2", "-mfma")),
    Table("kernels_avx512", "AVX-512", 16, ("-mavx512f", "-mfma", "-mprefer-vector-width=512")),
)


def _is_x86() -> bool:
    return platform.machine().lower() in ("x86_64", "amd64")


def _tables() -> tuple[Table, ...]:
    return (_PLAIN, *_X86) if _is_x86() else (_PLAIN,)


def _flags(sanitize: bool) -> list[str]:
    return [*_COMMON, *(_SANITIZE if sanitize else ()), *(["-DHAVE_X86"] if _is_x86() else [])]


def library_path(*, sanitize: bool = False) -> Path:
    """Where the library of the sources as they are now lies, or is to be built."""
    name = _library_name(sanitize)
    return BUILT / name if IS_CHECKOUT or (BUILT / name).exists() else cache_dir() / "parser" / name


def _library_name(sanitize: bool) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(SOURCES.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    digest.update(repr((_flags(sanitize), _tables(), platform.system(), platform.machine())).encode())
    return f"parser-{digest.hexdigest()}{'-sanitized' if sanitize else ''}.so"


def compiler() -> str | None:
    """The C++ compiler: ``CXX``, or the first usual one that is there."""
    for name in (os.environ.get("CXX"), "g++", "clang++", "c++"):
        if name and (path := shutil.which(name)):
            return path
    return None


def build(*, sanitize: bool = False, folder: Path | None = None) -> Path:
    """Build the library unless it is there.

    Args:
        sanitize: with address and undefined-behaviour sanitizers.
        folder: where it is to lie, if not where it is looked for.

    Raises:
        RuntimeError: there is no compiler, or it failed; the message is one line.
    """
    target = folder / _library_name(sanitize) if folder else library_path(sanitize=sanitize)
    if target.exists():
        return target
    cxx = compiler()
    if cxx is None:
        raise RuntimeError("there is no C++ compiler")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as work:
            _compile(cxx, Path(work), target, _flags(sanitize))
    except OSError as problem:
        raise RuntimeError(f"{target.parent} cannot be written to: {problem.strerror}") from None
    for old in target.parent.glob("parser-*.so"):
        if old != target and old.name.endswith("-sanitized.so") == sanitize:
            old.unlink(missing_ok=True)
    return target


def _compile(cxx: str, folder: Path, target: Path, flags: list[str]) -> None:
    objects = []
    for table in _tables():
        made = folder / f"{table.symbol}.o"
        defines = [f"-DLANES={table.lanes}", f"-DTABLE={table.symbol}", f'-DTABLE_NAME="{table.name}"']
        _run([cxx, *flags, *table.flags, *defines, "-c", str(SOURCES / "kernels.cpp"), "-o", str(made)])
        objects.append(str(made))
    library = folder / target.name
    _run([cxx, *flags, "-shared", str(SOURCES / "api.cpp"), *objects, "-o", str(library)])
    library.replace(target)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()] or done.stderr.splitlines()
        raise RuntimeError(f"{Path(command[0]).name} failed: {lines[0] if lines else f'exit code {done.returncode}'}")


def main() -> None:
    """Build, and say in one line which engine will run. Never fails: stock runs everywhere."""
    parser = argparse.ArgumentParser(description="Build the native parser, where there is a compiler.")
    parser.add_argument("--sanitize", action="store_true", help="with address and undefined-behaviour sanitizers")
    args = parser.parse_args()
    try:
        path = build(sanitize=args.sanitize)
    except RuntimeError as reason:
        sys.stdout.write(f"Parser: stock spaCy ({reason})\n")
        return
    sys.stdout.write(f"{path}\n" if args.sanitize else "Parser: native\n")


if __name__ == "__main__":
    main()
