"""When Python looks for garbage, and when that is in vain.

Belongs here: putting the search off. Does not belong here: what is done meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
