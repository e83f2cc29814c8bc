"""Values: records that nobody changes once they are made.

Belongs here: the decorator that makes them cheap. Does not belong here: any record.

A frozen dataclass of the library refuses assignments when the program runs, and for that sets each of its own fields
by a detour that takes four times as long. Extraction makes some 700 of them an article. Of a value the type checker
refuses assignments just the same, and it is made like any other object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Any:
        """``dataclass`` of the same arguments, hashed by its fields and equal by them, which is not guarded."""
        return dataclass(slots=slots, kw_only=kw_only, eq=eq, unsafe_hash=frozen and eq)


__all__ = ["value"]
