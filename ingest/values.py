"""Values: records that nobody changes once they are made.

Belongs here: the decorator that makes them cheap, and making one like another. Does not belong here: any record.

A frozen dataclass of the library refuses assignments when the program runs, and for that sets each of its own fields
by a detour that takes four times as long. Extraction makes some 700 of them an article. Of a value the type checker
refuses assignments just the same, and it is made like any other object.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as value
    from dataclasses import replace
else:

    def value(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Any:
        """``dataclass`` of the same arguments, hashed by its fields and equal by them, which is not guarded."""
        return dataclass(slots=slots, kw_only=kw_only, eq=eq, unsafe_hash=frozen and eq)

    def replace(record: Any, /, **changes: Any) -> Any:
        """``dataclasses.replace`` for values: a new one with some fields changed, in a tenth of the library's time.

        The library asks each field anew what it is, and makes the record by its fields' names.
        """
        kind = record.__class__
        names, read, fresh = _copied(kind)
        made = object.__new__(kind)
        for name, told in zip(names, read(record), strict=True):
            setattr(made, name, told)
        for name, default in fresh:
            setattr(made, name, default())
        for name, told in changes.items():
            setattr(made, name, told)
        return made


@cache
def _copied(kind: Any) -> tuple[tuple[str, ...], Any, tuple[tuple[str, Any], ...]]:
    """The fields of a kind of value that a copy takes over, what reads all of them, and those that it has anew."""
    names = tuple(f.name for f in fields(kind) if f.init)
    fresh = tuple((f.name, f.default_factory) for f in fields(kind) if f.default_factory is not MISSING and not f.init)
    read = attrgetter(*names)
    return names, read if len(names) > 1 else lambda record: (read(record),), fresh


__all__ = ["replace", "value"]
