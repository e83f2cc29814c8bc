"""Modules that are imported when something of them is first asked for, or not at all.

Belongs here: the stand-ins for such modules. Does not belong here: who has use for them. They serve where a library
takes a good part of a second to import and most runs of the code that names it never ask it for anything.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class Late(ModuleType):
    """Stands for a module until something of it is asked for, and hands out what is in it from then on."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            # what Python itself asks any object for, as when it copies or shows one
            raise AttributeError(name)
        found = getattr(importlib.import_module(self.__name__), name)
        setattr(self, name, found)
        return found


@contextmanager
def taken_for_absent(*libraries: str) -> Iterator[None]:
    """Meanwhile these libraries count as not installed, whether or not somebody has imported them already."""
    imported = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] in libraries}
    sys.modules.update(dict.fromkeys(libraries))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for library in libraries:
            del sys.modules[library]
        sys.modules.update(imported)


@contextmanager
def left_for_later(*modules: str) -> Iterator[None]:
    """Meanwhile importing one of these modules gives a stand-in, unless somebody has imported it already."""
    stands = {}
    for name in modules:
        package, _, inner = name.partition(".")
        if name not in sys.modules and package not in sys.modules:
            stands[package] = Late(package)
            if inner:
                setattr(stands[package], inner, Late(name))
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name, stand in stands.items():
            if sys.modules.get(name) is stand:
                del sys.modules[name]


@contextmanager
def stood_in_for(module: str, *names: str) -> Iterator[None]:
    """Meanwhile importing the module gives an empty one with these names, unless somebody has imported it already."""
    stand = None if module in sys.modules else ModuleType(module)
    if stand is not None:
        stand.__dict__.update(dict.fromkeys(names))
        sys.modules[module] = stand
    try:
        yield
    finally:
        if stand is not None:
            del sys.modules[module]


class _NotFound:
    """Finds no module of one name, nor lets anybody else find it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == self._name:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def arrow_without_pandas() -> None:
    """Keep Arrow from importing pandas with the first array that it makes, in this process.

    Only when somebody asks it for a frame will it import it.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    not_found: Any = _NotFound("pandas")
    sys.meta_path.insert(0, not_found)
    try:
        pa.array([0])  # it looks once
    finally:
        sys.meta_path.remove(not_found)
