"""Properties that are worked out once.

Belongs here: the property. Does not belong here: what is remembered beyond one object (``functools.cache``).

Before Python 3.12 the library's ``cached_property`` takes a lock each time that it works a value out, which takes
longer than most of our values do. No object that has such a property is worked on by two threads here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property as once
else:

    class once:  # noqa: N801 (stands where the library's own does)
        """``functools.cached_property`` without its lock, as Python 3.12 has it."""

        def __init__(self, read: Any) -> None:
            self._read = read
            self.__doc__ = read.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        def __get__(self, record: Any, owner: type | None = None) -> Any:
            if record is None:
                return self
            found = record.__dict__[self._name] = self._read(record)
            return found


__all__ = ["once"]
