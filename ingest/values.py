"""Values: records that nobody changes once they are made.

Belongs here: the decorator that makes them cheap, and making one like another. Does not belong here: any record.

A frozen dataclass of the library refuses assignments when the program runs, and for that sets each of its own fields
by a detour that takes four times as long. Extraction makes some 700 of them an article. Of a value the type checker
refuses assignments just the same, and it is made like any other object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as value
    from dataclasses import replace
else:

    def value(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Any:
        """``dataclass`` of the same arguments, hashed by its fields and equal by them, which is not guarded."""
        return dataclass(slots=slots, kw_only=kw_only, eq=eq, unsafe_hash=frozen and eq)

    def replace(record: Any, /, **changes: Any) -> Any:
        """``dataclasses.replace`` for values: a new one with some fields changed, in a thirtieth of the library's time.

        The library asks each field anew what it is, and makes the record by its fields' names.
        """
        made = _copier(record.__class__)(record)
        for name, told in changes.items():
            setattr(made, name, told)
        return made


@cache
def _copier(kind: type) -> Callable[[Any], Any]:
    """What makes a copy of a kind of value, written out field by field, as the library writes ``__init__``.

    Fields that are not given when a value is made, and have a default that is made for each, begin anew.
    """
    kept = [f.name for f in fields(kind) if f.init]
    fresh = {f.name: f.default_factory for f in fields(kind) if f.default_factory is not MISSING and not f.init}
    told = [f"made.{name} = record.{name}" for name in kept] + [f"made.{name} = fresh[{name!r}]()" for name in fresh]
    names: dict[str, Any] = {"kind": kind, "new": object.__new__, "fresh": fresh}
    exec("\n ".join(["def copy(record):", "made = new(kind)", *told, "return made"]), names)  # noqa: S102
    copy: Callable[[Any], Any] = names["copy"]
    return copy


__all__ = ["replace", "value"]
