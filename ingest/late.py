"""Modules that are imported when something of them is first asked for.

Belongs here: the stand-in for such a module. Does not belong here: who has use for it. It serves where a library takes
a good part of a second to import and most runs of the code that names it never ask it for anything.
"""

from __future__ import annotations

import importlib
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
