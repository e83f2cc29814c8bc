"""When Python looks for garbage, and when that is in vain.

Belongs here: putting the search off, and leaving nothing for it. Does not belong here: what is done meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def without_garbage_collection(*, is_all_kept: bool = False) -> Iterator[None]:
    """No search for garbage meanwhile.

    It is for work most of whose objects stay, as importing large libraries makes them, or dbt: Python looks through all
    of them again and again while they grow in number, which takes a tenth to a fifth of such work.

    Args:
        is_all_kept: what there is at the end stays for as long as the process, so that no later search looks at it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_all_kept:
            gc.freeze()
        if was_enabled:
            gc.enable()


def weakly(method: Callable[P, R]) -> Callable[P, R]:
    """The method of an object that hands it to a part of its own; the object is not kept by it.

    Otherwise the two would keep each other, and all that they hold, until Python looks for garbage.
    """
    kept: WeakMethod[Callable[P, R]] = WeakMethod(method)

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        alive = kept()
        assert alive is not None, "the part has outlived its object"
        return alive(*args, **kwargs)

    return call
